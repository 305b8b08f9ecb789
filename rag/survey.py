"""Questions across authorities that the register answers: which, how many, what share, who changed, who is worst.

A question is taken as such a survey only where every word of it is understood: it asks for authorities or for
counts of reports, by a grade. Everything else goes the usual way, to the reports' own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from corpus.authorities import find_mentions
from corpus.report import Framework
from index.retrieval.understand import AREAS, Understanding
from rag import survey_words as words
from rag.lookup import OVERALL
from rag.period import ALWAYS, Period, period_in
from rag.survey_groups import Group, group_in

FRAMEWORKS = (
    (
        Framework.ILACS,
        re.compile(r"\b(?:under|in|by|using)?\s*(?:the )?(?:current )?ILACS(?: framework)?\b", re.IGNORECASE),
    ),
    (
        Framework.SIF,
        re.compile(
            r"\b(?:under|in|by|using)?\s*(?:the )?(?:(?-i:SIF)|single inspection framework)(?: framework)?\b",
            re.IGNORECASE,
        ),
    ),
)
# This many grades in one "how many" are a breakdown.
SEVERAL = 3


class Form(StrEnum):
    """What the rows are to be made into."""

    LIST = "list"
    COUNT = "count"
    SHARE = "share"
    BREAKDOWN = "breakdown"
    CHANGE = "change"
    EXTREME = "extreme"
    REPEATED = "repeated"
    NEVER = "never"
    FIRST = "first"


@dataclass(frozen=True)
class Survey:
    """A question to the register's grades.

    `grades` are those that are looked for, normal forms. Of a change they are those that were reached, `before`
    those that were left, in a report of the period `was`, and `direction` whether it must be for the better (1),
    for the worse (-1) or either (0). In an EXTREME, `direction` says which end, in a
    FIRST whether the first (-1) or the last (1) such report is wanted. `latest` takes only the newest
    report of each authority, `least` is how often a REPEATED grade was given, `of_reports` says that reports and
    not authorities are counted. `authorities` and `group` narrow it, `unknown` are words that would too, but by
    something that the register does not record.
    """

    form: Form
    area: str = OVERALL
    grades: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    direction: int = 0
    period: Period = ALWAYS
    was: Period = ALWAYS
    latest: bool = False
    least: int = 2
    of_reports: bool = False
    authorities: tuple[str, ...] = ()
    group: Group | None = None
    framework: Framework | None = None
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Reading:
    """A question taken apart: without the names and periods in it, what it narrows to, and the rest of its words."""

    question: str
    narrowed: Survey
    rest: str
    now: bool


def survey_of(asked: Understanding, today: date) -> Survey | None:
    """How a question surveys the register, None when it does not."""
    if asked.why or len(asked.areas) > 1 or len(asked.authorities) > 1:
        return None
    reading = _read(asked, today)
    if asked.authorities:
        survey = _times_of_one(asked.authorities, reading)
    elif not words.ASKS_ELSE.search(reading.question) and _asks(reading.question):
        survey = _pair(reading) or _of_form(reading)
    else:
        return None
    return survey and _understood(survey, reading)


def _asks(question: str) -> bool:
    short = words.WORST.search(question) or words.BEST.search(question) or words.BREAKDOWN.search(question)
    return bool(words.ASKS.search(question) or (short and not words.ONE_UNNAMED.search(question)))


def _read(asked: Understanding, today: date) -> _Reading:
    """Take out of a question, one after the other, the names, the period, the group, the framework and the area."""
    text = asked.question
    for mention in reversed(find_mentions(text) if asked.authorities else ()):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    pair = _between_grades(text)
    between = text[pair[0].end() : pair[1].start()] if pair else ""
    was = period_in(between, today) if pair else None
    if pair and was:
        text = f"{text[: pair[0].end()]} {was.rest} {text[pair[1].start() :]}"
    named = period_in(text, today)
    group, text = group_in(named.rest)
    framework = None
    for name, pattern in FRAMEWORKS:
        if found := pattern.search(text):
            framework, text = name, f"{text[: found.start()]} {text[found.end() :]}"
    area = asked.areas[0] if asked.areas else OVERALL
    period, left = named.period, was.period if was else ALWAYS
    if not left.is_open and _is_backwards(between):
        # "Good in 2018, up from inadequate": the first period is that of the grade that was reached.
        period, left = left, period
    now = bool(words.NOW.search(asked.question))
    narrowed = Survey(Form.LIST, area, period=period, was=left, group=group, framework=framework)
    return _Reading(re.sub(r"\s+", " ", text).strip(), narrowed, _without_area(area, text), now)


def _without_area(area: str, text: str) -> str:
    pattern = dict(AREAS).get(area)
    return re.sub(pattern, " ", text, flags=re.IGNORECASE) if pattern else text


def _between_grades(text: str) -> tuple[re.Match[str], re.Match[str]] | None:
    """The two grades of a text that tells a change from the one to the other, as they stand."""
    found = list(words.GRADES.finditer(text))
    if len(found) != 2 or words.normal(found[0][0]) == words.normal(found[1][0]):
        return None
    between = text[found[0].end() : found[1].start()]
    return (found[0], found[1]) if words.THEN.search(between) or words.FORMERLY.search(between) else None


def _is_backwards(between: str) -> bool:
    """Whether the second grade came first, "good, having been inadequate": the last word of time before it tells."""
    then = max((found.start() for found in words.THEN.finditer(between)), default=-1)
    # "Used to be" is no "to".
    return any(found.end() > then for found in words.FORMERLY.finditer(between))


def _pair(reading: _Reading) -> Survey | None:
    pair = _between_grades(reading.question)
    if pair is None:
        return None
    first, second = pair
    left, reached = frozenset({words.normal(first[0])}), words.grades_in(reading.question[second.start() :]).wanted
    between = reading.question[first.end() : second.start()]
    if _is_backwards(between):
        left, reached = frozenset({words.normal(second[0])}), frozenset({words.normal(first[0])})
    latest = reading.now or bool(words.PRESENT.search(between))
    return replace(reading.narrowed, form=Form.CHANGE, before=left, grades=reached, latest=latest)


def _times_of_one(authorities: tuple[str, ...], reading: _Reading) -> Survey | None:
    """Of one authority only how often it was given a grade is a matter of counting rows."""
    found = words.grades_in(reading.question)
    if not (found.wanted and words.TIMES_OF_ONE.search(reading.question)):
        return None
    return replace(reading.narrowed, form=Form.COUNT, grades=found.wanted, authorities=authorities)


def _of_form(reading: _Reading) -> Survey | None:
    question = words.NEVER.sub(" ", reading.question)
    grades = words.grades_in(question).wanted
    survey = replace(reading.narrowed, grades=grades, of_reports=bool(words.OF_REPORTS.search(question)))
    if grades and words.NO_LONGER.search(question):
        return replace(survey, form=Form.CHANGE, grades=frozenset(), before=grades, latest=True)
    if words.NEVER.search(reading.question):
        return replace(survey, form=Form.NEVER) if grades else None
    if words.WORSE.search(question) or words.BETTER.search(question) or words.BECAME.search(question):
        return _change(question, replace(survey, latest=reading.now))
    form = _form(question, grades)
    if form is Form.REPEATED:
        return replace(survey, form=form, least=_least(question))
    if form is Form.FIRST:
        return replace(survey, form=form, direction=1 if words.LAST.search(question) else -1)
    direction = (-1 if words.WORST.search(question) else 1) if form is Form.EXTREME else 0
    return replace(survey, form=form, direction=direction, latest=_is_latest(reading)) if form else None


def _form(question: str, grades: frozenset[str]) -> Form | None:
    extreme = words.WORST.search(question) or words.BEST.search(question)
    several = len(words.GRADES.findall(question)) >= SEVERAL and words.HOW_MANY.search(question)
    forms = (
        (Form.BREAKDOWN, words.BREAKDOWN.search(question) or several),
        (Form.EXTREME, extreme and not grades),
        (Form.FIRST, grades and (words.FIRST.search(question) or words.LAST.search(question))),
        (Form.REPEATED, grades and words.REPEATED.search(question)),
        (Form.SHARE, grades and words.SHARE.search(question)),
        (Form.COUNT, grades and words.HOW_MANY.search(question)),
        (Form.LIST, grades),
    )
    return next((form for form, fits in forms if fits), None)


def _least(question: str) -> int:
    found = words.REPEATED.search(question)
    said = found[0].lower().split() if found else []
    return max((words.MANY_TIMES.get(word, 2) for word in said), default=2)


def _is_latest(reading: _Reading) -> bool:
    """Whether the state of things is asked for, and not what ever was."""
    return reading.now or (reading.narrowed.period.is_open and not words.PAST.search(reading.question))


def _change(question: str, survey: Survey) -> Survey:
    direction = -1 if words.WORSE.search(question) else 1 if words.BETTER.search(question) else 0
    if words.REACHED.search(question):
        return replace(survey, form=Form.CHANGE, direction=direction)
    # "Lost their good", "came out of inadequate": the grade beside the change is the one that was left.
    return replace(survey, form=Form.CHANGE, grades=frozenset(), before=survey.grades, direction=direction)


def _understood(survey: Survey, reading: _Reading) -> Survey | None:
    """The survey, if every word of the question has its part in it; with those that pick out unknown authorities."""
    rest = words.grades_in(reading.rest).rest
    if survey.before and survey.grades:
        rest = words.GRADES.sub(" ", rest)
    if survey.grades and survey.grades <= {"adequate", "satisfactory"}:
        rest = words.OLD_FRAMEWORK.sub(" ", rest)
    patterns = {
        Form.CHANGE: (words.NO_LONGER, words.BETTER, words.WORSE, words.BECAME, words.FORMERLY, words.THEN),
        Form.EXTREME: (words.WORST, words.BEST),
        Form.REPEATED: (words.REPEATED,),
        Form.BREAKDOWN: (words.BREAKDOWN,),
        Form.NEVER: (words.NEVER,),
        Form.FIRST: (words.FIRST, words.LAST),
    }
    for pattern in (words.NUMBERED, *patterns.get(survey.form, ()), words.NOW):
        rest = pattern.sub(" ", rest)
    unknown = words.unknown_words(rest)
    if not unknown:
        return survey
    if all(words.qualifies_authorities(word, reading.question) for word in unknown):
        return replace(survey, unknown=tuple(unknown))
    return None
