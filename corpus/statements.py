"""What a report states of itself in set words: when, by whom, and who held which office since when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from corpus.identity import INSPECTED, LETTER_DATE, MONTH, PUBLISHED, printed_day, printed_days, publication_date
from corpus.inspectors import read_inspectors
from corpus.report import Block, BlockKind, Statement, is_verbatim
from corpus.sentences import sentence_spans

SINCE = re.compile(
    rf"(?P<role>[^.•]{{3,140}}?)\s+(?:ha[sd]|have) been in (?:post|role|position|the (?:post|role|position))"
    rf"(?: as [^.]{{3,40}}?)? since (?P<value>(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{MONTH})? ?\d{{4}})",
    re.IGNORECASE,
)
IN_SINCE = re.compile(r"\bbeen in\b.{0,70}\bsince\b", re.IGNORECASE)
# The first that is found in the words before "has been in post" names the office.
OFFICES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (office, re.compile(pattern, re.IGNORECASE))
    for office, pattern in (
        ("chair of the LSCB", r"\bchair\b"),
        (
            "director of children's services",
            r"director (?:of|for) (?:the )?children|\bDCS\b|strategic director",
        ),
        ("chief executive", r"chief executive"),
    )
)
FACE_BLOCKS = 40


def read_statements(
    blocks: tuple[Block, ...], text: str, inspected: tuple[date | None, date | None]
) -> tuple[Statement, ...]:
    """The statements of a report, the first of each subject; `inspected` is what its dates were read as."""
    found: dict[str, Statement] = {}
    for statement in (
        *_dates(blocks, inspected),
        *_published(blocks, inspected[1]),
        *read_inspectors(blocks),
        *_offices(blocks),
        *_writer(blocks),
    ):
        if is_verbatim(statement.quote, text):
            found.setdefault(statement.subject, statement)
    return tuple(found.values())


def _dates(blocks: tuple[Block, ...], inspected: tuple[date | None, date | None]) -> Iterator[Statement]:
    if not all(inspected):
        return
    for block in blocks[:FACE_BLOCKS]:
        for cue in INSPECTED.finditer(block.text):
            after = block.text[cue.end() : cue.end() + 80]
            if found := printed_days(after):
                at = cue.end() + found.end()
                spans = sentence_spans(block.text)
                quote = next(block.text[start:end] for start, end in spans if start < at <= end)
                yield Statement("inspection dates", found[0], quote, block.page)


def _published(blocks: tuple[Block, ...], inspected: date | None) -> Iterator[Statement]:
    for block in blocks[:FACE_BLOCKS]:
        found = LETTER_DATE.match(block.text) or (PUBLISHED.match(block.text) and printed_day(block.text))
        # The day that an inspection began may head its report; it was not published then.
        if found and not (inspected and (day := publication_date(block.text)) and day < inspected):
            yield Statement("publication date", found[0].strip(), block.text, block.page)


def in_post(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, re.Match[str]]]:
    """Each place where someone "has been in post since" a day, with its block."""
    for block in blocks:
        # The pattern is slow, and few blocks can match it.
        if IN_SINCE.search(block.text):
            for found in SINCE.finditer(block.text):
                yield block, found


def _offices(blocks: tuple[Block, ...]) -> Iterator[Statement]:
    for block, found in in_post(blocks):
        office = next((name for name, pattern in OFFICES if pattern.search(found["role"])), None)
        if office:
            yield Statement(f"{office} since", found["value"].strip(), found[0].strip(), block.page)


def _writer(blocks: tuple[Block, ...]) -> Iterator[Statement]:
    """Who signed a letter: the name below "Yours sincerely"."""
    for close, name in pairwise(blocks):
        if re.match(r"yours (?:sincerely|faithfully)", close.text, re.IGNORECASE) and name.kind is BlockKind.PARAGRAPH:
            signed = re.sub(r"\s+(?:Her|His) Majesty.*$", "", name.text)
            if re.fullmatch(r"(?:[A-Z][\w’'-]+ ){1,3}[A-Z][\w’'-]+", signed):
                yield Statement("signed by", signed, name.text, name.page)
