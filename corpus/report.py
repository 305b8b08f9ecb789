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
    JOINT_INSPECTION = "joint inspection"
    NEWS = "news"
    OTHER = "other"


class Framework(StrEnum):
    """The rules that a report was inspected under, by the short name that people use."""

    ILACS = "ILACS"
    SIF = "SIF"
    JTAI = "JTAI"
    CHILD_PROTECTION = "child protection 2012-13"
    LOOKED_AFTER = "looked after children 2013"
    SAFEGUARDING_LOOKED_AFTER = "safeguarding and looked after 2009-12"
    CONTACT_REFERRAL_ASSESSMENT = "contact, referral and assessment 2009-12"


class ReportError(ValueError):
    """A file cannot be read as a report; the message says why in a sentence a user can act on."""


THIS = "this"


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
    inadequate), `printed` the words in the report, `quote` the verbatim words that give it. `of` is THIS
    for the report's own grades; for a grade that it recalls, the words that name the earlier inspection.
    """

    area: str
    grade: str
    printed: str
    quote: str
    page: int | None = None
    of: str = THIS


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
class Figure:
    """A count or rate that a report gives in set words.

    `subject` is what is counted ("cp_plan", "looked_after"), `value` the number as digits with a point for
    decimals, `unit` what it counts ("children", "%", "per 10,000"). `as_at` is the day it holds for,
    `period` the stretch of time as printed ("2014-15", "in the last 12 months"), `comparison` the verbatim
    words that set it against another figure, `quote` the verbatim words that give it.
    """

    subject: str
    value: str
    unit: str
    quote: str
    as_at: date | None = None
    period: str | None = None
    comparison: str | None = None
    page: int | None = None


@dataclass(frozen=True)
class Recommendation:
    """One thing that inspectors say must improve.

    `number` counts from 1 in the order of the report, `heading` is the list's own heading ("What needs to
    improve"), `text` the whole item on one line, `quote` its verbatim words, as far as no footnote or page
    break interrupts them.
    """

    number: int
    heading: str
    text: str
    quote: str
    page: int | None = None


@dataclass(frozen=True)
class Officer:
    """Someone whom a report names, or whose office it dates.

    `role` is the office ("director of children's services", "addressee"), `since` when the person took
    it, as ISO date as far as printed ("2017-10", "2013"). What the report does not say is None.
    """

    role: str
    quote: str
    name: str | None = None
    since: str | None = None
    page: int | None = None


@dataclass(frozen=True)
class Report:
    """One published document as it was understood; what could not be read is None, never guessed.

    `document` is the path below the corpus folder, `digest` the SHA-256 of the file's bytes, and
    `catalogued` a digest of what a catalogue says of it: a change in either makes it another report.
    `year` is the year that people call the report by: that of publication, else of inspection.
    `problems` are sentences about what is missing or damaged. `pages` is how many pages the file has, None
    where it has none; `page_labels` the printed number of each, "" where none is printed; `ocr_pages`
    those, counted from 1, whose words were recognised from a picture and may be wrong. `published_from` says
    where the day of publication was read: "text", "catalogue", "file name", or "" where none was found.
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
    framework: Framework | None = None
    figures: tuple[Figure, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    officers: tuple[Officer, ...] = ()
    pages: int | None = None
    page_labels: tuple[str, ...] = ()
    ocr_pages: frozenset[int] = frozenset()
    published_from: str = ""

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


# One glyph for two or three letters, as some fonts print them.
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
# Ligatures, and the private use area, from which symbol fonts take their bullets.
_ODD_GLYPH = re.compile(rf"[{''.join(LIGATURES)}\ue000-\uf8ff]")


def words_pattern(words: str) -> re.Pattern[str]:
    """A pattern that finds `words` whatever white space and light Markdown stands between them.

    A word may be broken after its hyphen.
    """
    gap = r"(?:[\s*#|]|</?sup>)+"
    escaped = (re.escape(word) for word in re.sub(r"[*|]", " ", words).split())
    return re.compile(gap.join(word.replace(r"\-", r"\-\s*") for word in escaped))


def is_verbatim(quote: str, text: str) -> bool:
    """Whether `quote` stands in `text` letter for letter; line breaks, emphasis, ligatures and bullets aside."""
    if not any(map(str.isalnum, quote)):
        return False
    pattern = words_pattern(quote)
    return pattern.search(text) is not None or (
        _ODD_GLYPH.search(text) is not None
        and pattern.search(_ODD_GLYPH.sub(lambda glyph: LIGATURES.get(glyph[0], " "), text)) is not None
    )
