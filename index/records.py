"""The value types that the index hands out; nothing of an outside library shows in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from corpus.report import THIS, BlockKind, Framework, ReportKind


class IndexProblem(RuntimeError):
    """The index cannot be used or built as asked; the message says what happened and what to do."""


NOT_WRITTEN = (
    "The {what} could not be written ({reason}). Reports indexed so far are kept. Free space on the disk or set "
    "CHAPTER_VERSE_DATA to a folder with more, then run `python -m index sync` again."
)


@dataclass(frozen=True)
class Source:
    """A report as the index knows it: everything but its text; `pages`, `page_labels` and `ocr_pages` as in Report."""

    document: str
    digest: str
    title: str
    kind: ReportKind
    authority: str | None
    inspection_start: date | None
    inspection_end: date | None
    published: date | None
    year: int | None
    passages: int
    problems: tuple[str, ...] = ()
    framework: Framework | None = None
    pages: int | None = None
    page_labels: tuple[str, ...] = ()
    ocr_pages: frozenset[int] = frozenset()

    @property
    def years(self) -> frozenset[int]:
        """Every year that a question may mean by this report: of publication and of inspection."""
        dates = (self.inspection_start, self.inspection_end, self.published)
        return frozenset(day.year for day in dates if day) | ({self.year} if self.year else frozenset())

    @property
    def order(self) -> date:
        """The day to sort by, oldest first; a report without any date comes first of all."""
        known = self.published or self.inspection_end
        return known or (date(self.year, 7, 1) if self.year else date.min)


@dataclass(frozen=True)
class Passage:
    """A stretch of a report that is retrieved as one.

    `text` is on one line. `start` and `end` are character positions into the report's text; `lead`
    is the line that introduces a list item ("In the last 12 months:"); `cut` says that the beginning
    is missing from the copy; `boilerplate` that every report of its kind has the same words. `page` is
    the one it begins on, `page_ends` are the positions in `text` where a page ends.
    """

    id: str
    document: str
    text: str
    kind: BlockKind
    headings: tuple[str, ...]
    order: int
    start: int
    end: int
    number: str | None = None
    page: int | None = None
    lead: str = ""
    cut: bool = False
    boilerplate: bool = False
    page_ends: tuple[int, ...] = ()

    def on_page(self, quote: str) -> tuple[int | None, str]:
        """The page that a quote from the passage stands on, and what of it is there word for word.

        In the file, headers and footnotes stand between the halves of a sentence that runs over a page end, so
        that only the longer half can be found on a page.
        """
        place = self.text.find(quote)
        if self.page is None or place < 0:
            return self.page, quote
        within = [end - place for end in self.page_ends if 0 < end - place < len(quote)]
        edges = [0, *within, len(quote)]
        parts = [quote[first:last].strip() for first, last in pairwise(edges)]
        longest = max(range(len(parts)), key=lambda number: len(parts[number]))
        return self.page + sum(end <= place for end in self.page_ends) + longest, parts[longest]


@dataclass(frozen=True)
class Grade:
    """A judgement as a row of the register: which report, area, grade, and the words that give it.

    `of` is THIS for the report's own grade, else the words that name the earlier inspection it recalls.
    """

    source: Source
    area: str
    grade: str
    printed: str
    quote: str
    page: int | None
    of: str = THIS


@dataclass(frozen=True)
class Stated:
    """Something a report states in set words, as a row of the register: "lead inspector", and who it was."""

    source: Source
    subject: str
    value: str
    quote: str
    page: int | None


@dataclass(frozen=True)
class Counted:
    """A figure as a row of the register; the fields are those of Figure."""

    source: Source
    subject: str
    value: str
    unit: str
    quote: str
    page: int | None
    as_at: date | None = None
    period: str | None = None
    comparison: str | None = None


@dataclass(frozen=True)
class Recommended:
    """A recommendation as a row of the register; the fields are those of Recommendation."""

    source: Source
    number: int
    heading: str
    text: str
    quote: str
    page: int | None


@dataclass(frozen=True)
class Named:
    """An officer as a row of the register: whom a report names, or whose office it dates; the fields are Officer's."""

    source: Source
    role: str
    quote: str
    page: int | None
    name: str | None = None
    since: str | None = None


@dataclass(frozen=True)
class Hit:
    """A passage that was found, its fused score (higher is better) and its rank in each search, from 1."""

    passage: Passage
    source: Source
    score: float
    dense_rank: int | None
    lexical_rank: int | None


@dataclass(frozen=True)
class SyncCounts:
    """What a sync did, in reports; `set_aside` pairs a document with the reason."""

    added: int
    changed: int
    unchanged: int
    removed: int
    passages: int
    set_aside: tuple[tuple[str, str], ...]
