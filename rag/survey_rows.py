"""A survey's rows, taken from the register: complete, and with what they were taken from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from corpus.authorities import by_name
from corpus.report import ReportKind
from index.records import Grade, Source
from rag.survey import Form, Survey
from rag.survey_words import RANK


@dataclass(frozen=True)
class Line:
    """One authority's judgements that answer, oldest first; of a change, the first is what was left."""

    authority: str
    rows: tuple[Grade, ...]


@dataclass(frozen=True)
class Surveyed:
    """What the register says to a survey.

    `lines` are those that answer, by authority, and `gone` those that would if the authority still existed.
    `looked_at` are all judgements of the area that were compared; `silent` are full inspections that were
    looked at too and give the area no grade, `undated` those that lack the date that counts. `otherwise` is
    how many lines there would be if a year meant the inspection and not its publication, or the reverse.
    """

    survey: Survey
    lines: tuple[Line, ...]
    looked_at: tuple[Grade, ...]
    silent: tuple[Source, ...] = ()
    gone: tuple[Line, ...] = ()
    undated: tuple[Source, ...] = ()
    otherwise: int | None = None

    @property
    def judgements(self) -> int:
        """How many judgements answer."""
        return sum(len(line.rows) for line in self.lines)

    @property
    def looked_at_authorities(self) -> int:
        """Of how many authorities judgements were compared."""
        return len({row.source.authority for row in self.looked_at})


def run(survey: Survey, grades: tuple[Grade, ...], sources: tuple[Source, ...]) -> Surveyed:
    """Take the rows that answer a survey; `grades` and `sources` are the register's, oldest first."""
    found = _run(survey, grades, sources)
    if survey.latest and not found.looked_at and not found.gone:
        # The frameworks of today grade no adoption and no boards: then what ever was.
        return run(replace(survey, latest=False), grades, sources)
    period = survey.period
    if period.is_open or survey.latest or survey.form not in (Form.LIST, Form.COUNT):
        return found
    other = _run(replace(survey, period=replace(period, inspected=not period.inspected)), grades, sources)
    return replace(found, otherwise=_count(other) if _count(other) != _count(found) else None)


def _count(found: Surveyed) -> int:
    return found.judgements if found.survey.of_reports else len(found.lines)


def _run(survey: Survey, grades: tuple[Grade, ...], sources: tuple[Source, ...]) -> Surveyed:
    gives = {row.source.document for row in grades if row.area == survey.area}
    reports = [
        source
        for source in sources
        if (source.kind is ReportKind.INSPECTION or source.document in gives) and _is_of(survey, source)
    ]
    counted = _newest_of_each(survey, reports) if survey.latest else reports
    if survey.form is not Form.CHANGE:
        counted = [source for source in counted if survey.period.holds(source)]
    documents = {source.document for source in counted}
    # A change needs what came before; with `latest`, its last judgement must be of the newest report.
    of = {source.document for source in reports} if survey.form is Form.CHANGE else documents
    rows = [row for row in grades if row.area == survey.area and row.source.document in of]
    lines = _lines(survey, rows, documents)
    left_out = [source for source in reports if survey.latest and _is_gone(source.authority, survey.period.last)]
    names = {source.authority for source in left_out}
    gone = tuple(line for line in lines if line.authority in names)
    given = {row.source.document for row in rows}
    return Surveyed(
        survey,
        tuple(line for line in lines if line.authority not in names),
        tuple(row for row in rows if row.source not in left_out),
        tuple(source for source in counted if source.document not in given and source not in left_out),
        gone,
        tuple(source for source in reports if not survey.period.is_open and not survey.period.day_of(source)),
    )


def _is_of(survey: Survey, source: Source) -> bool:
    return bool(
        source.authority
        and (not survey.authorities or source.authority in survey.authorities)
        and (survey.group is None or source.authority in survey.group.names)
        and (survey.framework is None or source.framework is survey.framework)
    )


def _newest_of_each(survey: Survey, reports: list[Source]) -> list[Source]:
    """The newest report of each authority, up to the last day of the period."""
    newest = {source.authority: source for source in reports if source.order <= survey.period.last}
    return list(newest.values())


def _is_gone(name: str | None, day: date) -> bool:
    """Whether an authority had been replaced by others by that day's year."""
    authority = by_name(name or "")
    return authority is not None and any(change.year <= day.year for change in authority.successors)


def _lines(survey: Survey, rows: list[Grade], documents: set[str]) -> tuple[Line, ...]:
    lines = _by_authority(rows)
    if survey.form is Form.CHANGE:
        changes = (_change(survey, line, documents) for line in lines)
        return tuple(change for change in changes if change)
    if survey.form is Form.NEVER:
        return tuple(line for line in lines if not any(row.grade in survey.grades for row in line.rows))
    if survey.form is Form.BREAKDOWN:
        return lines
    wanted = survey.grades
    if survey.form is Form.EXTREME:
        ranks = [RANK[row.grade] for row in rows if row.grade in RANK]
        end = (min(ranks) if survey.direction < 0 else max(ranks)) if ranks else 0
        wanted = frozenset(grade for grade, rank in RANK.items() if rank == end)
    fitting = [row for row in rows if row.grade in wanted]
    if survey.form is Form.FIRST and fitting:
        day = (min if survey.direction < 0 else max)(row.source.order for row in fitting)
        fitting = [row for row in fitting if row.source.order == day]
    found = _by_authority(fitting)
    least = survey.least if survey.form is Form.REPEATED else 1
    return tuple(line for line in found if len(line.rows) >= least)


def _by_authority(rows: list[Grade]) -> tuple[Line, ...]:
    of: dict[str, list[Grade]] = {}
    for row in rows:
        of.setdefault(row.source.authority or "", []).append(row)
    return tuple(Line(name, tuple(of[name])) for name in sorted(of))


def _change(survey: Survey, line: Line, documents: set[str]) -> Line | None:
    """The latest change of an authority that fits and whose later report is of the period."""
    fits = _between(survey, line) if survey.before and survey.grades else _step(survey, line)
    if fits is None or not survey.latest:
        return fits
    is_newest = fits.rows[-1] is line.rows[-1] and fits.rows[-1].source.document in documents
    return fits if is_newest else None


def _between(survey: Survey, line: Line) -> Line | None:
    """From the last time that the one grade was given to the first time, after it, that the other was."""
    found: Line | None = None
    since: list[Grade] = []
    for row in line.rows:
        if row.grade in survey.before and survey.was.holds(row.source):
            since = [row]
        elif since:
            since.append(row)
            if row.grade in survey.grades and survey.period.holds(row.source):
                found = Line(line.authority, tuple(since))
            if row.grade in survey.grades:
                since = []
    return found


def _step(survey: Survey, line: Line) -> Line | None:
    """The latest pair of successive judgements that differ in the direction asked for."""
    fitting = [
        Line(line.authority, (earlier, later))
        for earlier, later in pairwise(line.rows)
        if survey.period.holds(later.source)
        and _differ(earlier, later, survey.direction)
        and (not survey.before or earlier.grade in survey.before)
        and (not survey.grades or later.grade in survey.grades)
    ]
    return fitting[-1] if fitting else None


def _differ(earlier: Grade, later: Grade, direction: int) -> bool:
    """Grades of one rank under two frameworks do not differ; a grade that has no rank cannot be compared."""
    if earlier.grade not in RANK or later.grade not in RANK:
        return False
    rise = RANK[later.grade] - RANK[earlier.grade]
    return rise * direction > 0 if direction else rise != 0
