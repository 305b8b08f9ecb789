"""Reports become passages, cut along their structure and never through a numbered paragraph or bullet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from corpus.lines import GRADE_CELL
from corpus.pdf_layout import PAGE_BREAK
from corpus.report import Block, BlockKind, Report
from corpus.sentences import sentence_spans
from index.records import Passage

# Raised whenever the same report would give other passages, so that a sync replaces them.
CHUNKER = "structure-7"
# all-MiniLM-L6-v2 reads 256 word pieces, about 1,100 characters; more would be embedded unread.
LONGEST_PARAGRAPH = 1_100
FEWEST_LETTERS = 12
BOILERPLATE = re.compile(r"inspection judgements mean", re.IGNORECASE)
# What stands on the first and last pages of every report of the inspectorate, in these words or nearly.
BOILERPLATE_TEXT = re.compile(
    r"^(?:the office for standards in education|any complaints about the inspection|if you would like (?:a copy"
    r"|ofsted)|"
    r"you may (?:copy|re-?use)|to receive regular email|interested in our work|this publication is available"
    r"|ofsted produces this|"
    r"www\.|piccadilly gate|. ?crown copyright|a full description of what the inspection judgements"
    r"|to view this licence)",
    re.IGNORECASE,
)
# The name below it is that of the writer.
LETTER_CLOSE = re.compile(r"yours (?:sincerely|faithfully|truly)", re.IGNORECASE)
NOT_CONTENT = re.compile(r"^contents$", re.IGNORECASE)


def passages_of(report: Report) -> tuple[Passage, ...]:
    """The passages of a report in reading order."""
    return tuple(_passages(report))


def text_to_embed(passage: Passage) -> str:
    """What is embedded for a passage: its headings and lead-in before its own words."""
    context = ". ".join(heading.rstrip(".:") for heading in passage.headings)
    return "\n".join(part for part in (context, passage.lead, passage.text) if part)


def _passages(report: Report) -> Iterator[Passage]:
    lead: Block | None = None
    order = 0
    for block in report.blocks:
        if block.kind is BlockKind.HEADING:
            lead = None
            continue
        # Only what stands right under it: a report may set "Contents" larger than every heading after it.
        if block.headings and NOT_CONTENT.match(block.headings[-1]):
            continue
        signs = lead is not None and LETTER_CLOSE.match(lead.text)
        introduced_by = lead if signs else _lead_after(block, lead)
        lead = _lead_after(block, lead)
        few = sum(letter.isalpha() for letter in block.text) < FEWEST_LETTERS
        if LETTER_CLOSE.match(block.text) or (few and not signs):
            continue
        for start, end, text in _pieces(block, report.text):
            yield Passage(
                id=f"{report.digest[:16]}-{order:05d}",
                document=report.document,
                text=text,
                kind=block.kind,
                headings=block.headings,
                order=order,
                start=start,
                end=end,
                number=block.number,
                page=block.page and block.page + report.text.count(PAGE_BREAK, block.start, start),
                lead=introduced_by.text if introduced_by and introduced_by is not block else "",
                cut=block.cut and start == block.start,
                boilerplate=_is_boilerplate(block),
                page_ends=_page_ends(report.text[start:end], text),
            )
            order += 1


def _lead_after(block: Block, lead: Block | None) -> Block | None:
    """The block that introduces what follows: one that ends in a colon, or a letter's closing line.

    A paragraph introduces the bullets after it; a bullet those that go on in lower case or with a number.
    """
    if block.text.endswith(":") or LETTER_CLOSE.match(block.text):
        return block
    if lead is None or block.kind is BlockKind.PARAGRAPH:
        return None
    goes_on = block.text[:1].islower() or block.text[:1].isdigit()
    return lead if lead.kind is BlockKind.PARAGRAPH or goes_on else None


def _is_boilerplate(block: Block) -> bool:
    if block.kind is BlockKind.FOOTNOTE or GRADE_CELL.fullmatch(block.text):
        return True
    return bool(BOILERPLATE_TEXT.match(block.text)) or any(BOILERPLATE.search(heading) for heading in block.headings)


def _pieces(block: Block, text: str) -> Iterator[tuple[int, int, str]]:
    """The block whole, or a long plain paragraph in runs of whole sentences."""
    if block.kind is not BlockKind.PARAGRAPH or len(block.text) <= LONGEST_PARAGRAPH:
        yield block.start, block.end, block.text
        return
    held: list[str] = []
    position = block.start
    for start, end in sentence_spans(block.text):
        sentence = block.text[start:end]
        if held and sum(map(len, held)) + len(sentence) > LONGEST_PARAGRAPH:
            piece = " ".join(held)
            stop = _end_of(piece, text, position, block.end)
            yield position, stop, piece
            position, held = stop, []
        held.append(sentence)
    if held:
        yield position, block.end, " ".join(held)


def _page_ends(raw: str, text: str) -> tuple[int, ...]:
    """Where in the one-line `text` of a passage the pages end that end in its `raw` text."""
    ends = []
    letters = 0
    for part in raw.split(PAGE_BREAK)[:-1]:
        letters += sum(map(str.isalnum, part))
        ends.append(_after_letters(text, letters))
    return tuple(ends)


def _after_letters(text: str, wanted: int) -> int:
    """The position after so many letters and digits, and the marks that cling to the last of them."""
    for position, character in enumerate(text):
        wanted -= character.isalnum()
        if wanted == 0:
            # A page may end within "out-of-hours".
            rest = text[position + 1 :]
            return position + 1 + sum(1 for _ in takewhile(lambda mark: not mark.isalnum() and mark != " ", rest))
    return len(text)


def _end_of(piece: str, text: str, start: int, limit: int) -> int:
    """Where `piece` ends in the raw text, counted by its letters and digits: white space and markup differ."""
    wanted = sum(map(str.isalnum, piece))
    for position in range(start, limit):
        wanted -= text[position].isalnum()
        if wanted == 0:
            stop = position + 1
            while stop < limit and not text[stop].isspace():
                stop += 1
            return stop
    return limit
