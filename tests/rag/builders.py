"""Reports and quotes made by hand, for tests that need no index."""

from __future__ import annotations

from datetime import date

from corpus.report import BlockKind, ReportKind
from index.records import Hit, Passage, Source
from rag.answer import Evidence


def report(
    authority: str | None = "Hartlepool",
    year: int = 2022,
    kind: ReportKind = ReportKind.INSPECTION,
    problems: tuple[str, ...] = (),
) -> Source:
    """A report inspected from 4 to 15 July and published on 12 September of its year."""
    days = date(year, 7, 4), date(year, 7, 15), date(year, 9, 12)
    document = f"{(authority or 'none').lower()}-{year}-{kind.value.replace(' ', '-')}.txt"
    return Source(document, "0" * 64, "Inspection", kind, authority, *days, year, 9, problems)


def quote(
    text: str, token: str = "1", source: Source | None = None, headings: tuple[str, ...] = ("Executive summary",)
) -> Evidence:
    return Evidence(token, source or report(), text, text, headings)


def passage(
    text: str,
    order: int = 0,
    *,
    headings: tuple[str, ...] = (),
    kind: BlockKind = BlockKind.PARAGRAPH,
    lead: str = "",
    cut: bool = False,
    source: Source | None = None,
) -> Passage:
    document = (source or report()).document
    return Passage(f"{document}-{order}", document, text, kind, headings, order, 0, len(text), lead=lead, cut=cut)


def hit(text: str, order: int = 0, *, cut: bool = False, source: Source | None = None) -> Hit:
    """A passage that both searches rank at its place, from 0."""
    source = source or report()
    return Hit(passage(text, order, cut=cut, source=source), source, 1.0 / (order + 1), order + 1, order + 1)
