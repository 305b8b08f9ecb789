"""A survey's rows, taken from the register: complete, and with what they were taken from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from corpus.report import ReportKind
from index.records import Grade, Source
from rag.survey import RANK, Form, Survey


@dataclass(frozen=True)
class Line:
    """One authority's judgements that answer, oldest first; of a change, the one before and the one after."""

    authority: str
    rows: tuple[Grade, ...]


@dataclass(frozen=True)
class Surveyed:
    """What the register says to a survey.

    `lines` are those that answer, by authority (a change's by the date it was made). `looked_at` are all
    judgements of the area in the period, those of each authority's newest graded report when only the latest
    count; `silent` are full inspections that were looked at too and give the area no grade.
    """

    survey: Survey
    lines: tuple[Line, ...]
    looked_at: tuple[Grade, ...]
    silent: tuple[Source, ...]

    @property
    def judgements(self) -> int:
        """How many judgements answer."""
        return sum(len(line.rows) for line in self.lines)


def run(survey: Survey, grades: tuple[Grade, ...], sources: tuple[Source, ...]) -> Surveyed:
    """Take the rows that answer a survey; `grades` and `sources` are the register's, oldest first."""
    ours = [row for row in grades if row.area == survey.area and row.source.authority and _is_of(survey, row.source)]
    inspections = [
        source
        for source in sources
        if source.kind is ReportKind.INSPECTION and source.authority and _is_of(survey, source)
    ]
    held = [row for row in ours if survey.period.holds(row.source)]
    graded = {row.source.document for row in held}
    silent = tuple(source for source in inspections if survey.period.holds(source) and source.document not in graded)
    if survey.latest:
        newest = {row.source.authority: row.source.document for row in grades}
        held = [row for row in held if row.source.document == newest[row.source.authority]]
        told = {row.source.authority for row in held}
        silent = tuple(
            source
            for source in inspections
            if newest.get(source.authority) == source.document and source.authority not in told
        )
    return Surveyed(survey, _lines(survey, held, ours), tuple(held), silent)


def _is_of(survey: Survey, source: Source) -> bool:
    return not survey.authorities or source.authority in survey.authorities


def _lines(survey: Survey, held: list[Grade], ours: list[Grade]) -> tuple[Line, ...]:
    if survey.form is Form.CHANGE:
        return _changes(survey, ours)
    if survey.form is Form.BREAKDOWN:
        return _by_authority(held)
    if survey.form is Form.EXTREME:
        ranks = [RANK[row.grade] for row in held if row.grade in RANK]
        wanted = (min(ranks) if survey.direction < 0 else max(ranks)) if ranks else 0
        return _by_authority([row for row in held if RANK.get(row.grade) == wanted])
    found = _by_authority([row for row in held if row.grade in survey.grades])
    return tuple(line for line in found if len(line.rows) > 1) if survey.form is Form.REPEATED else found


def _by_authority(rows: list[Grade]) -> tuple[Line, ...]:
    names = sorted({row.source.authority or "" for row in rows})
    return tuple(Line(name, tuple(row for row in rows if row.source.authority == name)) for name in names)


def _changes(survey: Survey, ours: list[Grade]) -> tuple[Line, ...]:
    """The changes whose later judgement is of the period; between two named grades others may have come."""
    lines = []
    for line in _by_authority(ours):
        change = _between(survey, line) if survey.before and survey.grades else _step(survey, line)
        lines += [change] if change else []
    return tuple(lines)


def _between(survey: Survey, line: Line) -> Line | None:
    """From the last time that the one grade was given to the first time, after it, that the other was."""
    before: list[Grade] = []
    for row in line.rows:
        if row.grade in survey.before:
            before = [row]
        elif before:
            before.append(row)
            if row.grade in survey.grades and survey.period.holds(row.source):
                return Line(line.authority, tuple(before))
            if row.grade in survey.grades:
                before = []
    return None


def _step(survey: Survey, line: Line) -> Line | None:
    """The latest pair of successive judgements in the period that differ in the direction asked for."""
    fitting = [
        Line(line.authority, (earlier, later))
        for earlier, later in pairwise(line.rows)
        if survey.period.holds(later.source)
        and (RANK.get(later.grade, 0) - RANK.get(earlier.grade, 0)) * survey.direction > 0
        and (not survey.before or earlier.grade in survey.before)
    ]
    return fitting[-1] if fitting else None
