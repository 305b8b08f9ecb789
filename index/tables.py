"""The register's tables, and how a report becomes their rows and a row a record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.report import Framework, Report, ReportKind
from index.records import Source

# Raised with every change of the tables, so that a register of other tables is noticed and built anew.
SCHEMA = "2"
ABOUT = "about_register"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """A column: what it `holds` (str, int or date), whether it is part of the key, and whether it may be empty."""

    name: str
    holds: type[str | int | date] = str
    key: bool = False
    empty: bool = False


_DOCUMENT, _PLACE = Column("document", key=True), Column("place", int, key=True)
_SAID = (Column("page", int, empty=True), Column("quote"))

TABLES: dict[str, tuple[Column, ...]] = {
    ABOUT: (Column("name", key=True), Column("value")),
    "reports": (
        _DOCUMENT,
        Column("digest"),
        Column("recipe"),
        Column("title"),
        Column("kind"),
        Column("framework", empty=True),
        Column("authority", empty=True),
        Column("inspection_start", date, empty=True),
        Column("inspection_end", date, empty=True),
        Column("published", date, empty=True),
        Column("year", int, empty=True),
        Column("pages", int, empty=True),
        Column("page_labels"),
        Column("ocr_pages"),
        Column("passages", int),
        Column("problems"),
    ),
    "judgements": (_DOCUMENT, _PLACE, Column("area"), Column("grade"), Column("printed"), Column("of"), *_SAID),
    "statements": (_DOCUMENT, _PLACE, Column("subject"), Column("value"), *_SAID),
    "figures": (
        _DOCUMENT,
        _PLACE,
        Column("subject"),
        Column("value"),
        Column("unit"),
        Column("as_at", date, empty=True),
        Column("period", empty=True),
        Column("comparison", empty=True),
        *_SAID,
    ),
    "recommendations": (_DOCUMENT, Column("number", int, key=True), Column("heading"), Column("text"), *_SAID),
    "officers": (
        _DOCUMENT,
        _PLACE,
        Column("role"),
        Column("name", empty=True),
        Column("since", empty=True),
        *_SAID,
    ),
}
# Each is also the name of the report's own rows.
PARTS = ("judgements", "statements", "figures", "recommendations", "officers")


def rows_of(report: Report, recipe: str, passages: int) -> dict[str, list[Row]]:
    """The rows of a report for each table, the empty tables too."""
    rows: dict[str, list[Row]] = {"reports": [_report_row(report, recipe, passages)]}
    for table in PARTS:
        parts = enumerate(getattr(report, table), start=1)
        rows[table] = [_part_row(table, part, {"document": report.document, "place": place}) for place, part in parts]
    return rows


def source_of(row: Row) -> Source:
    """The report that a row of `reports` stands for."""
    fields = {name: row[name] for name in _names("reports") if name != "recipe"}
    return Source(
        **fields
        | {
            "kind": ReportKind(row["kind"]),
            "framework": Framework(row["framework"]) if row["framework"] else None,
            "page_labels": tuple(json.loads(row["page_labels"])),
            "ocr_pages": frozenset(json.loads(row["ocr_pages"])),
            "problems": tuple(json.loads(row["problems"])),
        }
    )


def fields_of(table: str, row: Row) -> dict[str, Any]:
    """What a row says beside whose it is and where it comes among its like."""
    return {name: row[name] for name in _names(table) if name not in ("document", "place")}


def _report_row(report: Report, recipe: str, passages: int) -> Row:
    own = {name: getattr(report, name, None) for name in _names("reports")}
    return own | {
        "recipe": recipe,
        "passages": passages,
        "kind": report.kind.value,
        "framework": report.framework.value if report.framework else None,
        "page_labels": _json(report.page_labels),
        "ocr_pages": _json(sorted(report.ocr_pages)),
        "problems": _json(report.problems),
    }


def _part_row(table: str, part: object, where: Row) -> Row:
    return {name: where[name] if name in where else getattr(part, name) for name in _names(table)}


def _names(table: str) -> tuple[str, ...]:
    return tuple(column.name for column in TABLES[table])


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False)
