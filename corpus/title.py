"""The title of a report, put together from the lines that it is broken over on the face."""

from __future__ import annotations

import re

from corpus.authorities import by_name
from corpus.report import Block, BlockKind, plain
from corpus.sections import bare_heading, is_known_heading

TITLE_BLOCKS = 12
LONGEST_LINE = 320
# What the words of a title say; a title that was not known for a heading must begin with them.
SAYS = re.compile(r"inspection|visit|review", re.IGNORECASE)
BEGINS = re.compile(r"^(?:[\w-]+ ){0,3}?(?:re-?)?(?:inspection|visit|review) (?:of|to)\b.*[^.]$", re.IGNORECASE)
# What follows a title, in its own block or at the end of the title's.
DATES = re.compile(
    r"\s*\b(?:inspection dates?|(?:report )?published|publication date)\b\W*(?=:|\d|$).*$", re.IGNORECASE
)
NO_TITLE = re.compile(
    r"^(?:(?:deputy |lead |reporting |team )+inspectors?\b|the overall judgement|dear\b|age group)", re.IGNORECASE
)
# A line that cannot be the last of a title.
OPEN = re.compile(r"(?:[,–-]|\b(?:of|and|for|the|in|to|with))$", re.IGNORECASE)
TITLE_KINDS = (BlockKind.HEADING, BlockKind.PARAGRAPH)


def title_of(blocks: tuple[Block, ...]) -> str:
    """The title that stands on the face, on one line; else its first heading, else nothing.

    A heading that every report has ("Executive summary") is no title.
    """
    face = blocks[:TITLE_BLOCKS]
    at = next((place for place, block in enumerate(face) if _begins_title(block)), None)
    if at is not None:
        return bare_heading(plain(_joined(face[at:])))
    headings = (block.text for block in face if block.kind is BlockKind.HEADING)
    return plain(next((text for text in headings if not is_known_heading(text)), ""))


def _begins_title(block: Block) -> bool:
    words = DATES.sub("", block.text)
    if is_known_heading(words) or NO_TITLE.match(words):
        return False
    if block.kind is BlockKind.HEADING:
        return SAYS.search(words) is not None
    return block.kind is BlockKind.PARAGRAPH and len(words) < LONGEST_LINE and BEGINS.match(words) is not None


def _joined(face: tuple[Block, ...]) -> str:
    """The first block with those that continue it.

    Between a title and the dates of the inspection stands nothing but the rest of the title and the authority's
    name. In a letter without such dates, only a line that is plainly unfinished goes on.
    """
    title = DATES.sub("", face[0].text)
    if title != face[0].text:
        return title
    dated = any(DATES.match(block.text) for block in face)
    for block in face[1:]:
        if not _may_continue(block):
            break
        unfinished = OPEN.search(title) or block.text[0].islower()
        if not unfinished and (not dated or by_name(block.text)):
            break
        title = f"{title} {DATES.sub('', block.text)}"
    return title


def _may_continue(block: Block) -> bool:
    if block.kind not in TITLE_KINDS or len(block.text) > LONGEST_LINE or DATES.match(block.text):
        return False
    return not (is_known_heading(block.text) or NO_TITLE.match(block.text))
