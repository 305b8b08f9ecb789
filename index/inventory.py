"""What the register holds, chosen by authority, area, grade and date, as flat rows for a table, CSV or JSON."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from corpus.authorities import by_name, find_mentions, load_authorities
from corpus.report import Framework, ReportKind
from index.records import Counted, Grade, IndexProblem, Named, Recommended, Source, Stated
from index.register import Register

Cell = str | int | None
Part = Grade | Counted | Recommended | Named | Stated
REPORT_COLUMNS = tuple("document title authority kind framework inspection_start inspection_end published year".split())
GRADES = ("outstanding", "good", "requires improvement", "adequate", "satisfactory", "inadequate")
NEAR, NEAREST = 0.5, 3


class What(StrEnum):
    """What is listed: one row each."""

    GRADES = "grades"
    FIGURES = "figures"
    RECOMMENDATIONS = "recommendations"
    OFFICERS = "officers"
    STATEMENTS = "statements"
    REPORTS = "reports"


RECORDS: dict[What, type[Part]] = {
    What.GRADES: Grade,
    What.FIGURES: Counted,
    What.RECOMMENDATIONS: Recommended,
    What.OFFICERS: Named,
    What.STATEMENTS: Stated,
}

# What a table shows of a row beside whose and when; CSV and JSON have all of it.
SHOWN = {
    What.GRADES: "area grade of page quote",
    What.FIGURES: "subject value unit as_at period comparison page quote",
    What.RECOMMENDATIONS: "number heading text page",
    What.OFFICERS: "role name since page quote",
    What.STATEMENTS: "subject value page quote",
    What.REPORTS: "kind framework document pages problems",
}


@dataclass(frozen=True)
class Wanted:
    """Which rows are asked for; None is any. `earlier` asks for the grades that reports only recall, not their own.

    `authority`, `area` and `grade` are as a person writes them, `since` the first year of reports.
    """

    what: What = What.GRADES
    authority: str | None = None
    area: str | None = None
    grade: str | None = None
    since: int | None = None
    kind: ReportKind | None = None
    framework: Framework | None = None
    earlier: bool = False


def columns_of(what: What) -> tuple[str, ...]:
    """The names of the columns that a row has: of its report, then its own, the quote last."""
    if what is What.REPORTS:
        return (*REPORT_COLUMNS, "pages", "passages", "problems")
    own = [field.name for field in dataclasses.fields(RECORDS[what]) if field.name not in ("source", "page", "quote")]
    return (*REPORT_COLUMNS, *own, "page", "quote")


def chosen(register: Register, wanted: Wanted) -> list[dict[str, Cell]]:
    """The rows that fit, by report, oldest first; raises IndexProblem when what is asked for is not understood."""
    if wanted.what is not What.GRADES and (wanted.area or wanted.grade or wanted.earlier):
        raise IndexProblem(f"--area, --grade and --earlier choose among grades: leave them out with {wanted.what}.")
    sources = _sources(register.sources(), wanted)
    if wanted.what is What.REPORTS:
        return [_row(wanted.what, source, source) for source in sources]
    parts = _graded(register, wanted) if wanted.what is What.GRADES else _parts(register, wanted.what)
    kept = {source.document for source in sources}
    return [_row(wanted.what, part.source, part) for part in parts if part.source.document in kept]


def as_csv(rows: Iterable[Mapping[str, Cell]], what: What) -> str:
    """Rows as CSV with a line of names; every text stands as in the register, so that a quote stays a quote."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns_of(what), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _parts(register: Register, what: What) -> Sequence[Part]:
    match what:
        case What.FIGURES:
            return register.figures()
        case What.RECOMMENDATIONS:
            return register.recommendations()
        case What.OFFICERS:
            return register.officers()
        case _:
            return register.statements()


def _graded(register: Register, wanted: Wanted) -> Sequence[Part]:
    found = register.earlier_grades() if wanted.earlier else register.grades()
    if wanted.area:
        area = "_".join(re.findall(r"\w+", wanted.area.lower().replace("_", " ")))
        areas = {grade.area for grade in (*register.grades(), *register.earlier_grades())}
        if area not in areas:
            raise IndexProblem(
                f"No report grades '{wanted.area}'. The areas are: {', '.join(sorted(areas)) or 'none'}."
            )
        found = tuple(grade for grade in found if grade.area == area)
    if wanted.grade:
        normal = " ".join(wanted.grade.lower().split()).removesuffix(" to be good")
        if normal not in GRADES:
            raise IndexProblem(f"There is no grade '{wanted.grade}'. The grades are: {', '.join(GRADES)}.")
        found = tuple(grade for grade in found if grade.grade == normal)
    return found


def _sources(sources: Sequence[Source], wanted: Wanted) -> list[Source]:
    held = {source.authority for source in sources if source.authority}
    names = _authorities(wanted.authority, held) if wanted.authority else None
    return [
        source
        for source in sources
        if (names is None or source.authority in names)
        and (wanted.since is None or source.order.year >= wanted.since)
        and wanted.kind in (None, source.kind)
        and wanted.framework in (None, source.framework)
    ]


def _authorities(name: str, held: set[str]) -> set[str]:
    """The authorities that a name means; one that the register holds, an alias, a trust or a slip of the pen."""
    if same := {each for each in held if each.casefold() == name.strip().casefold()}:
        return same
    if known := by_name(name):
        return {known.name}
    if mentioned := {mention.authority for mention in find_mentions(name)}:
        return mentioned
    names = {title.casefold(): each.name for each in load_authorities() for title in (each.name, *each.aliases)}
    near = get_close_matches(name.casefold(), names, NEAREST, NEAR)
    nearest = ", ".join(dict.fromkeys(names[each] for each in near))
    raise IndexProblem(f"No authority is called '{name}'." + (f" The nearest are: {nearest}." if nearest else ""))


def _row(what: What, source: Source, own: Source | Part) -> dict[str, Cell]:
    return {name: _cell(getattr(source if name in REPORT_COLUMNS else own, name)) for name in columns_of(what)}


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)
