"""Where a report prints a list of what must improve: its heading, its parts, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from corpus.lines import split_lines
from corpus.report import Block, BlockKind, plain
from corpus.sections import bare_heading, heading_level, is_known_heading

# A list that may be divided into parts, and the names of parts, which also stand alone.
WHOLE = (
    r"(?:what needs to improve(?: in this area of social work practice)?"
    r"|what (?:(?:does|do) .{3,60} need|.{3,60} needs?) to improve)"
)
PART = (
    r"(?:(?:key |main )?(?:recommendations?(?: for improvement)?|priority (?:and immediate )?actions?"
    r"|areas? for (?:improvement|development"
    r"|(?:priority |immediate |priority (?:and|or) immediate )(?:actions?|improvement))))"
)
WHOLE_HEADING = re.compile(rf"{WHOLE}\s?[?:]?", re.IGNORECASE)
PART_HEADING = re.compile(rf"{PART}\s?[?:]?", re.IGNORECASE)
# "Area for priority action: The local authority should …", all in one paragraph.
INLINE = re.compile(rf"(?i:{WHOLE}|{PART})\s?[?:]\s+(?=[A-Z])")
# A line that opens a list without being a heading: "Inspectors made six recommendations, including:".
LEAD_IN = re.compile(r"\brecommendations\b|\bareas? for (?:priority action|improvement|development)\b", re.IGNORECASE)
OF_EARLIER = re.compile(r"\b(?:last|previous|earlier|prior)\b|\bstrengths?\b", re.IGNORECASE)
LEAD_IN_CHARACTERS = 160
# Headings of what comes after a list; and of parts of a list, though a chapter may have the same name.
ENDS = re.compile(
    r"\bstrengths\b|\bfindings\b|\bjudgements?\b|^progress since|^summary|^executive summary|^next steps"
    r"|^information about|^the experiences? and progress|^the impact of leaders|^annex|^contents|^yours |[\s.]\d+$",
    re.IGNORECASE,
)
TOPIC = re.compile(
    r"leadership, management and governance|adoption|care leavers|(?:children )?looked after(?: children)?"
    r"|(?:early )?help and protection",
    re.IGNORECASE,
)
# A title on one line, without a full stop, as it stands above some of the items.
TITLE = re.compile(r"[A-Z][^.!?:;•]{3,70}(?<![,\d])")
TITLE_CHARACTERS, TITLE_LINES = 140, 3
CLOSED = re.compile(r"[.!?][\"'”’)]*\d{0,2}$")
# "Within three months:" tells the items below it apart; a longer line only leads in to them.
LABEL_CHARACTERS = 60
BOARD = re.compile(r"safeguarding children(?:.?s)? board|\b\w?scb\b", re.IGNORECASE)
BOARD_NAME = "The Local Safeguarding Children Board"
AUTHORITY = re.compile(r"\blocal authority\b|\bchildren.{0,2}s services\b", re.IGNORECASE)
NOTHING = re.compile(
    r"there (?:are|were) (?:no|none)\b|none\b|no (?:areas?|priority|immediate|recommendations?)\b"
    r"|(?:the inspection|inspectors?) (?:did not|found no)",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(r"\d{1,2}\s+\S|https?:|www\.|©")
CHAPTER = re.compile(r"section \d\b|the effectiveness of the local safeguarding children board", re.IGNORECASE)
LETTER_CLOSE = re.compile(r"yours (?:sincerely|faithfully|truly)", re.IGNORECASE)
LISTED = (BlockKind.BULLET, BlockKind.NUMBERED)
UNREAD = (BlockKind.FOOTNOTE, BlockKind.TABLE_ROW)


@dataclass(frozen=True)
class Section:
    """One part of a list: the headings above it, the list's own first, and the blocks below them."""

    headings: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def is_listed(self) -> bool:
        """Whether its items are bullets or numbered paragraphs."""
        return any(block.kind in LISTED for block in self.blocks)


@dataclass(frozen=True)
class _Stretch:
    """What stands between one heading and the next; `opens` says that the heading is that of a list."""

    title: str
    opens: bool
    blocks: tuple[Block, ...]
    of_board: bool


def improvement_lists(blocks: tuple[Block, ...], text: str) -> Iterator[tuple[Section, ...]]:
    """Each list of recommendations, priority actions or areas for improvement, as its parts, in reading order."""
    return _lists(_stretches(list(_unglued(blocks, text))))


def is_label(block: Block) -> bool:
    """Whether a line names the part of a list that follows ("Within three months:")."""
    return block.text.endswith(":") and len(block.text) <= LABEL_CHARACTERS


def _unglued(blocks: tuple[Block, ...], text: str) -> Iterator[Block]:
    """The same blocks, but a heading that was taken for the last line of the one before is a block of its own."""
    for block in blocks:
        lines = [] if block.kind in UNREAD else list(split_lines(text[block.start : block.end], block.start))
        for count in range(min(TITLE_LINES, len(lines) - 1), 0, -1):
            above, last = lines[-count - 1], lines[-count:]
            words = plain(" ".join(line.text for line in last))
            is_apart = CLOSED.search(above.text.rstrip()) or (len(lines) <= TITLE_LINES and is_known_heading(words))
            if is_apart and block.text.endswith(words) and _is_title(words, count):
                yield replace(block, text=plain(block.text.removesuffix(words)), end=above.end)
                yield replace(block, kind=BlockKind.HEADING, text=words, start=last[0].start, number=None, cut=False)
                break
        else:
            yield block


def _is_title(words: str, lines: int) -> bool:
    if not words[:1].isupper() or words.endswith((".", ",", ";")) or len(words) > TITLE_CHARACTERS:
        return False
    if _is_list_heading(words) or is_known_heading(words) or ENDS.search(words):
        return True
    return lines == 1 and TITLE.fullmatch(words) is not None


def _is_list_heading(title: str) -> bool:
    return bool(WHOLE_HEADING.fullmatch(title) or PART_HEADING.fullmatch(title))


def _stretches(blocks: list[Block]) -> Iterator[_Stretch]:
    """The report, cut at every heading and at every line that opens a list."""
    cuts = [place for place, block in enumerate(blocks) if _cuts(block, blocks[place + 1 : place + 2])]
    of_board = False
    for place, following in pairwise([*cuts, len(blocks)]):
        opener, title = blocks[place], bare_heading(blocks[place].text)
        is_heading = opener.kind is BlockKind.HEADING
        if (is_heading or _closes(opener)) and (BOARD.search(title) or AUTHORITY.search(title)):
            of_board = BOARD.search(title) is not None
        below = [block for block in blocks[place + 1 : following] if not _is_aside(block)]
        if _is_list_heading(title) or is_heading or _closes(opener):
            yield _Stretch(title, _is_list_heading(title), tuple(below), of_board)
        elif inline := INLINE.match(opener.text):
            action = replace(opener, text=opener.text[inline.end() :])
            yield _Stretch(inline[0].strip(), True, (action,), of_board)
        else:
            yield _Stretch(title, True, tuple(takewhile(lambda block: block.kind in LISTED, below)), of_board)


def _is_aside(block: Block) -> bool:
    """Whether a block is neither an item nor a part of one: a footnote, a cell, the words that there is nothing."""
    is_footnote = block.kind is BlockKind.PARAGRAPH and FOOTNOTE.match(block.text) is not None
    return block.kind in UNREAD or is_footnote or NOTHING.match(block.text) is not None


def _cuts(block: Block, following: list[Block]) -> bool:
    if block.kind is not BlockKind.PARAGRAPH:
        return block.kind is BlockKind.HEADING
    if _is_list_heading(block.text) or INLINE.match(block.text) or _closes(block):
        return True
    leads_in = block.text.endswith(":") and len(block.text) <= LEAD_IN_CHARACTERS and LEAD_IN.search(block.text)
    return bool(leads_in and not OF_EARLIER.search(block.text) and following and following[0].kind in LISTED)


def _closes(block: Block) -> bool:
    """Whether a line that is no heading ends a list: a letter's close, a chapter, "It has the following strengths:"."""
    is_chapter = len(block.text) <= TITLE_CHARACTERS and CHAPTER.match(block.text) is not None
    return (
        is_chapter or LETTER_CLOSE.match(block.text) is not None or (is_label(block) and bool(ENDS.search(block.text)))
    )


def _lists(stretches: Iterable[_Stretch]) -> Iterator[tuple[Section, ...]]:
    """Each list from its heading to where the next chapter begins, with its parts."""
    sections: list[Section] = []
    top: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    for stretch in stretches:
        title = stretch.title
        if stretch.opens and top and WHOLE_HEADING.fullmatch(top[-1]) and PART_HEADING.fullmatch(title):
            own = (*top, title)
            sections.append(Section(own, stretch.blocks))
        elif stretch.opens:
            yield tuple(sections)
            top = own = (BOARD_NAME, title) if stretch.of_board and not BOARD.search(title) else (title,)
            sections = [Section(own, stretch.blocks)]
        elif (
            top and not _ends(title) and (not sections[-1].blocks or sections[-1].headings != own or TOPIC.match(title))
        ):
            sections.append(Section((*own, title), stretch.blocks))
        else:
            yield tuple(sections)
            sections, top = [], ()
    yield tuple(sections)


def _ends(title: str) -> bool:
    level = heading_level(title, default=None)
    return ENDS.search(title) is not None or (level is not None and level <= 1 and not TOPIC.fullmatch(title))
