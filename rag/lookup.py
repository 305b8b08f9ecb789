"""Grades from the register: exact, at once, and without a model."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Grade, Source
from rag.scope import Scope
from rag.understand import Ask, Understanding

OVERALL = "overall"


@dataclass(frozen=True)
class Lookup:
    """What the register says to a question about grades.

    `rows` are the judgements that answer, oldest first. `ungraded` are reports in scope that give no
    such grade. `elsewhere` is the newest such grade of the same authority outside the scope, offered
    when there are no rows. `contradicts` says that the grade the question takes for granted is not so.
    """

    area: str
    rows: tuple[Grade, ...] = ()
    ungraded: tuple[Source, ...] = ()
    elsewhere: tuple[Grade, ...] = ()
    contradicts: bool = False


def is_wanted(understanding: Understanding) -> bool:
    """Whether the register has something to say: a grade is asked for, taken for granted, or the thing to compare."""
    compared = understanding.across and bool(understanding.areas)
    return understanding.ask is Ask.GRADE or understanding.premise is not None or compared


def look_up(understanding: Understanding, scope: Scope, grades: tuple[Grade, ...]) -> tuple[Lookup, ...]:
    """The judgements that the question is about, one lookup an area; several areas if it names several."""
    return tuple(_of_area(area, understanding, scope, grades) for area in understanding.areas or (OVERALL,))


def _of_area(area: str, understanding: Understanding, scope: Scope, grades: tuple[Grade, ...]) -> Lookup:
    documents = set(scope.documents)
    rows = [row for row in grades if row.area == area and row.source.document in documents]
    graded = {row.source.document for row in rows}
    ungraded = tuple(source for source in scope.sources if source.document not in graded)
    if not understanding.across and not understanding.years:
        rows = _newest_of_each(rows)
        ungraded = () if rows else ungraded
    if not understanding.authorities and understanding.premise:
        # "Which authorities were inadequate?" wants those that were.
        rows = [row for row in rows if row.grade == understanding.premise]
        ungraded = ()
    elsewhere = () if rows else _elsewhere(area, understanding, grades)
    contradicts = (
        bool(rows) and understanding.premise is not None and all(row.grade != understanding.premise for row in rows)
    )
    return Lookup(area, tuple(rows), ungraded, elsewhere, contradicts)


def _newest_of_each(rows: list[Grade]) -> list[Grade]:
    newest = {row.source.authority: row for row in rows}
    return [row for row in rows if newest[row.source.authority] is row]


def _elsewhere(area: str, understanding: Understanding, grades: tuple[Grade, ...]) -> tuple[Grade, ...]:
    names = set(understanding.authorities)
    for wanted in dict.fromkeys((area, OVERALL)):
        if rows := [row for row in grades if row.area == wanted and row.source.authority in names]:
            return (rows[-1],)
    return ()
