"""The records that reading a report gives: what was written, where it stands, who was inspected and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of text is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    NUMBERED = "numbered"
    BULLET = "bullet"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"


class ReportKind(StrEnum):
    """Which sort of publication a report is."""

    INSPECTION = "inspection"
    FOCUSED_VISIT = "focused visit"
    MONITORING_VISIT = "monitoring visit"
    UNANNOUNCED_INSPECTION = "unannounced inspection"
    NEWS = "news"
    OTHER = "other"


class ReportError(ValueError):
    """A file cannot be read as a report; the message says why in a sentence a user can act on."""


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, bullet or table row.

    `text` is the block on one line, without its bullet or paragraph number. `start` and `end` are
    character positions (half open) into `Report.text`. `headings` is the path of headings above it,
    outermost first. `number` is the printed paragraph number. `page` counts from 1, or is None in a
    document without pages. `cut` says that the beginning of the block is missing from the copy held.
    """

    kind: BlockKind
    text: str
    start: int
    end: int
    headings: tuple[str, ...] = ()
    number: str | None = None
    page: int | None = None
    cut: bool = False


@dataclass(frozen=True)
class Judgement:
    """One grade that a report gives to one area.

    `grade` is the normal form (outstanding, good, requires improvement, adequate, satisfactory,
    inadequate), `printed` the words in the report, `quote` the verbatim words that give it.
    """

    area: str
    grade: str
    printed: str
    quote: str
    page: int | None = None


@dataclass(frozen=True)
class Statement:
    """Something a report states of itself or of an office: "lead inspector", "director of children's services since".

    `value` is as printed, `quote` the verbatim words that say it.
    """

    subject: str
    value: str
    quote: str
    page: int | None = None


@dataclass(frozen=True)
class Report:
    """One published document as it was understood; what could not be read is None, never guessed.

    `document` is the path below the corpus folder, `digest` the SHA-256 of the file's bytes, and
    `catalogued` of what a catalogue says of it: a change in either makes it another report.
    `year` is the year that people call the report by: that of publication, else of inspection.
    `problems` are sentences about what is missing or damaged.
    """

    document: str
    digest: str
    title: str
    kind: ReportKind
    authority: str | None
    inspection_start: date | None
    inspection_end: date | None
    published: date | None
    year: int | None
    text: str
    blocks: tuple[Block, ...]
    judgements: tuple[Judgement, ...] = ()
    statements: tuple[Statement, ...] = ()
    problems: tuple[str, ...] = ()
    catalogued: str = ""

    @property
    def years(self) -> frozenset[int]:
        """Every year that a question may mean by this report: of publication and of inspection."""
        dates = (self.inspection_start, self.inspection_end, self.published)
        return frozenset(day.year for day in dates if day) | ({self.year} if self.year else frozenset())

    @property
    def date(self) -> date | None:
        """The day to sort by: publication, else the end of the inspection, else mid-year of `year`."""
        known = self.published or self.inspection_end or self.inspection_start
        return known or (date(self.year, 7, 1) if self.year else None)


def plain(text: str) -> str:
    """Text on one line: runs of white space become one space."""
    return " ".join(text.split())


def words_pattern(words: str) -> re.Pattern[str]:
    """A pattern that finds `words` whatever white space and light Markdown stands between them."""
    gap = r"(?:[\s*#|]|</?sup>)+"
    return re.compile(gap.join(re.escape(word) for word in re.sub(r"[*|]", " ", words).split()))


def is_verbatim(quote: str, text: str) -> bool:
    """Whether `quote` stands in `text` letter for letter, line breaks and Markdown emphasis aside."""
    return any(map(str.isalnum, quote)) and words_pattern(quote).search(text) is not None
