"""Grades from the register: exact, at once, and without a model."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from index.lexical import tokens
from index.records import Grade, Source
from index.retrieval.ask import Ask
from index.retrieval.scope import Scope
from index.retrieval.understand import IMPROVED, Understanding
from rag import wording
from rag.survey_words import grades_in

OVERALL = "overall"
# "Which areas were inadequate", "all the judgements": every area, not the overall grade alone.
EVERY_AREA = re.compile(
    r"\b(?:which|what|all|every|each|how many|list)\b[^?]{0,30}\b(?:areas|judge?ments|grades|ratings|services|bits"
    r"|parts|aspects|elements|sections)\b"
    r"|\bgrades\b|\b(?:full|complete|whole|entire) (?:set|list|range)\b|\b(?:area by|by|each|every|per) area\b"
    r"|\bbreak ?down\b",
    re.IGNORECASE,
)
# "Which authorities were inadequate": those that were, not a yes or no.
WHICH_AUTHORITY = re.compile(
    r"\b(?:which|what|list|name|any)\b[^?]{0,25}\b(?:authorit\w+|councils?|boroughs?|places?"
    r"|areas of the country)\b|\bwho (?:was|were|is|are)\b",
    re.IGNORECASE,
)

# "Is it any good for care leavers?": the grade comes first, and what was found follows.
HOW_GOOD = re.compile(r"\b(?:any|how) good\b|\bgood enough\b|\bup to (?:scratch|standard|the mark)\b", re.IGNORECASE)

GRADE_FOR = re.compile(
    r"\b(?:graded?|rated|rating|judged|judge?ment|get|got)\b[^?]{0,25}?\b(?:for|on) (?:its |their |the )?"
    r"(?P<topic>[a-z][a-z -]{3,40}?)(?=\W*(?:$|[?,.]|\b(?:in|by|at|during|when|services?)\b))",
    re.IGNORECASE,
)
# What a grade can be given to; a question why something else was found good is not about a grade.
GRADED = frozenset(
    tokens(
        "children's services council authority inadequate good outstanding requires improvement adequate found get "
        "got lscb "
        "local safeguarding children board care leavers adoption performance looked after in care help protection "
        "leadership management governance achieving permanence experiences progress wscb"
    )
)


@dataclass(frozen=True)
class Lookup:
    """What the register says to a question about grades.

    `rows` are the judgements that answer, oldest first. `ungraded` are reports in scope that give no
    such grade, `later` those that are newer than the rows and give none. `elsewhere` is the newest such
    grade of the same authority outside the scope. `contradicts` says that the grade the question takes
    for granted is not so; `none_such` that no report in scope gives the grade that is looked for.
    `named`, of a lone row in a lone lookup, is another area that its report gives the same grade by its
    name, where the row's own words make a verb of it ("services require improvement").
    """

    area: str
    rows: tuple[Grade, ...] = ()
    ungraded: tuple[Source, ...] = ()
    later: tuple[Source, ...] = ()
    elsewhere: tuple[Grade, ...] = ()
    contradicts: bool = False
    none_such: bool = False
    named: Grade | None = None


def is_wanted(understanding: Understanding) -> bool:
    """Whether the register has something to say: a grade is asked for, taken for granted, or the thing to compare."""
    compared = understanding.across and bool(understanding.areas) and understanding.ask is Ask.FINDING
    changed = understanding.across and bool(understanding.change or IMPROVED.search(understanding.question))
    valued = bool(understanding.areas) and bool(HOW_GOOD.search(understanding.question))
    return understanding.ask is Ask.GRADE or understanding.premise is not None or compared or changed or valued


def look_up(understanding: Understanding, scope: Scope, grades: tuple[Grade, ...]) -> tuple[Lookup, ...]:
    """The judgements that the question is about, one lookup an area; every area if it asks for them all."""
    asks_every = EVERY_AREA.search(understanding.question) and "overall" not in understanding.question.lower()
    if understanding.ask is Ask.GRADE and asks_every and not understanding.areas:
        documents = set(scope.documents)
        named = dict.fromkeys(row.area for row in grades if row.source.document in documents)
        areas = [OVERALL, *(area for area in named if area != OVERALL)]
        every = tuple(_of_area(area, understanding, scope, grades, listing=True) for area in areas)
        fitting = tuple(lookup for lookup in every if lookup.rows and not lookup.none_such)
        return fitting or tuple(lookup for lookup in every if lookup.rows) or every[:1]
    listing = not understanding.authorities and bool(WHICH_AUTHORITY.search(understanding.question))
    areas = list(understanding.areas) or [OVERALL]
    found = tuple(_of_area(area, understanding, scope, grades, listing=listing) for area in areas)
    if len(found) == 1 and len(found[0].rows) == 1:
        return (replace(found[0], named=_by_name(found[0].rows[0], grades)),)
    return found


def _of_area(
    area: str, understanding: Understanding, scope: Scope, grades: tuple[Grade, ...], *, listing: bool
) -> Lookup:
    documents = set(scope.documents)
    rows = [row for row in grades if row.area == area and row.source.document in documents]
    graded = {row.source.document for row in rows}
    ungraded = tuple(source for source in scope.sources if source.document not in graded)
    later: tuple[Source, ...] = ()
    if not understanding.years and (understanding.compared or not understanding.across):
        rows = _newest_of_each(rows)
        newest = {row.source.authority: row.source.order for row in rows}
        later = tuple(item for item in ungraded if item.authority in newest and item.order > newest[item.authority])
        ungraded = tuple(item for item in ungraded if item.authority not in newest)
    none_such = False
    if listing and understanding.premise:
        wanted = grades_in(understanding.question).wanted or {understanding.premise}
        fitting = [row for row in rows if row.grade in wanted]
        none_such, rows, ungraded, later = bool(rows) and not fitting, fitting or rows, (), ()
    elsewhere = () if rows else _elsewhere(area, understanding, grades)
    contradicts = (
        not listing
        and bool(rows)
        and understanding.premise is not None
        and all(row.grade != understanding.premise for row in rows)
    )
    return Lookup(area, tuple(rows), ungraded, later, elsewhere, contradicts, none_such)


def _by_name(row: Grade, grades: tuple[Grade, ...]) -> Grade | None:
    if row.grade in row.quote.lower():
        return None
    of_report = [item for item in grades if item.source.document == row.source.document and item.grade == row.grade]
    order = list(wording.AREA_PHRASES)
    by_name = [item for item in of_report if item.grade in item.quote.lower() and item.area in order]
    return min(by_name, key=lambda item: order.index(item.area), default=None)


def _newest_of_each(rows: list[Grade]) -> list[Grade]:
    newest = {row.source.authority: row for row in rows}
    return [row for row in rows if newest[row.source.authority] is row]


def _elsewhere(area: str, understanding: Understanding, grades: tuple[Grade, ...]) -> tuple[Grade, ...]:
    names = set(understanding.authorities)
    for wanted in dict.fromkeys((area, OVERALL)):
        if rows := [row for row in grades if row.area == wanted and row.source.authority in names]:
            return (rows[-1],)
    return ()


def with_gap(asked: Understanding, scope: Scope, frequency: Callable[[str], float]) -> Scope:
    """The scope, with a gap for a thing that reports give no grade of its own to ("graded for fostering")."""
    found = GRADE_FOR.search(asked.question)
    if asked.areas or asked.ask is not Ask.GRADE or not found:
        return scope
    words = [stem for stem in tokens(found["topic"]) if stem not in GRADED and frequency(stem)]
    named = any(stem in tokens(name) for stem in words for name in asked.authorities)
    if not words or named or any(stem.isdigit() for stem in words):
        return scope
    return replace(scope, gaps=(*scope.gaps, wording.NO_OWN_GRADE.format(topic=found["topic"].strip())))
