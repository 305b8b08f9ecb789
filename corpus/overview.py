"""A report in plain data: all that was understood, or a line of it that says what is missing."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from corpus.report import THIS, Report, ReportKind

FACE = ("document", "title", "authority", "kind", "framework", "inspection_start", "inspection_end", "published")
PARTS = ("judgements", "figures", "recommendations", "officers", "statements")
MISSING = (
    "authority",
    "inspection dates",
    "publication date",
    "framework",
    "lead inspector",
    "grades",
    "recommendations",
)


def as_data(report: Report) -> dict[str, Any]:
    """All that was understood of a report, without its text."""
    return {
        **{name: getattr(report, name) for name in FACE},
        "lead_inspector": _lead_inspector(report),
        "published_from": report.published_from,
        "pages": report.pages,
        "page_labels": list(report.page_labels),
        "ocr_pages": sorted(report.ocr_pages),
        **{name: [dataclasses.asdict(part) for part in getattr(report, name)] for name in PARTS},
        "problems": list(report.problems),
    }


def summary(report: Report) -> dict[str, Any]:
    """A report in a line: who and when, how much was found, what is missing; `grades` are the report's own."""
    return {
        "document": report.document,
        "authority": report.authority,
        "kind": report.kind,
        "framework": report.framework,
        # Not Report.date, which puts a report of which only the year is known in the middle of it.
        "date": report.published or report.inspection_end or report.inspection_start,
        "year": report.year,
        "grades": _own_grades(report),
        "earlier_grades": len(report.judgements) - _own_grades(report),
        "figures": len(report.figures),
        "recommendations": len(report.recommendations),
        "officers": len(report.officers),
        "missing": list(_missing(report)),
        "problems": list(report.problems),
    }


def _own_grades(report: Report) -> int:
    return sum(judgement.of == THIS for judgement in report.judgements)


def _lead_inspector(report: Report) -> str | None:
    return next((each.value for each in report.statements if each.subject == "lead inspector"), None)


def _missing(report: Report) -> Iterator[str]:
    """What a report of this kind should say and this one was not found to say, in the order of MISSING."""
    inspected = report.kind is not ReportKind.NEWS
    full = report.kind is ReportKind.INSPECTION
    found = {
        "authority": report.authority,
        "inspection dates": not inspected or (report.inspection_start and report.inspection_end),
        "publication date": report.published,
        "framework": not inspected or report.framework,
        "lead inspector": not inspected or _lead_inspector(report),
        "grades": not full or _own_grades(report),
        "recommendations": not full or report.recommendations,
    }
    return (name for name in MISSING if not found[name])
