"""Questions across authorities that the register answers: which, how many, what share, who changed, who is worst.

A question is taken as such a survey only where its wording leaves no doubt: it asks for authorities or
counts of reports, and by a grade. Everything else goes the usual way, to the reports' own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.lookup import OVERALL
from rag.period import ALWAYS, Period, period_of
from rag.understand import Understanding

# Adequate and satisfactory are grades of older frameworks, of the same rank as requires improvement.
RANK = {"inadequate": 1, "requires improvement": 2, "adequate": 2, "satisfactory": 2, "good": 3, "outstanding": 4}
GRADE = (
    r"(?P<grade>outstanding|good|requir(?:es?|ed|ing)[ -]improvement(?: to be good)?|inadequate|adequate|satisfactory)"
)
GRADES = re.compile(rf"\b{GRADE}\b", re.IGNORECASE)
GROUP = (
    r"(?:local authorit\w+|authorit\w+|councils?|boroughs?|count(?:y|ies)|LAs?|places|(?:full )?inspections?|reports?)"
)
# "Which authorities", "how many of the reports", "name all councils": not the "what did councils" of a finding.
ASKS_WHICH = re.compile(
    rf"\b(?:which|list|name|show(?: me)?|any|all|every|how (?:many|often)"
    rf"|(?:number|share|percentage|per ?cent|proportion) of)\b(?:\W+[\w-]+){{0,4}}?\W+{GROUP}\b"
    rf"|\b(?:what|are there)\b(?:\W+(?!did|do|does)[\w-]+){{0,2}}?\W+{GROUP}\b"
    rf"|\bwho(?:'s| has| have| is| are| was| were| went| moved| got| improved| declined| fell| lost| rose)\b"
    rf"|^\W*(?:which|how many)\b(?=\W+(?:were|was|are|have|went|got|ones|has|is)\b)",
    re.IGNORECASE,
)
HOW_MANY = re.compile(r"\bhow many\b|\bnumber of\b|\bcount\b|\bhow often\b", re.IGNORECASE)
SHARE = re.compile(r"\b(?:share|percentage|per ?cent|proportion)\b|%", re.IGNORECASE)
BREAKDOWN = re.compile(
    r"\b(?:each|every|by) (?:overall )?(?:grade|judge?ment|rating)\b|\bbreakdown\b|\bdistribution\b|\bgrades? split\b",
    re.IGNORECASE,
)
REPEATED = re.compile(r"\btwice\b|\bmore than once\b|\brepeatedly\b|\b(?:two|three|several) times\b", re.IGNORECASE)
FROM_TO = re.compile(rf"\b{GRADE}\b.{{0,40}}?\bto\b.{{0,25}}?\b{GRADE.replace('grade', 'after')}\b", re.IGNORECASE)
BETTER = re.compile(
    r"\bimproved\b(?! by)|\bgot better\b|\b(?:gone|went|moved) up\b|\brose\b|\bout of\b|\bcame off\b|\bturned around\b",
    re.IGNORECASE,
)
WORSE = re.compile(
    r"\bgot(?:ten)? worse\b|\bdeclined\b|\bdropped\b|\bfell\b|\bfallen\b|\bgone down\b|\bwent down\b|\bdeteriorated\b"
    r"|\blost (?:its|their|an?)\b|\bslipped\b|\bdowngraded\b",
    re.IGNORECASE,
)
WORST = re.compile(r"\bworst\b|\bweakest\b|\blowest[- ](?:rated|graded|judged|grades?|ratings?)\b", re.IGNORECASE)
BEST = re.compile(r"\bbest\b|\bstrongest\b|\bhighest[- ](?:rated|graded|judged|grades?|ratings?)\b", re.IGNORECASE)
JUDGED = re.compile(
    r"\b(?:rat(?:ed|ing)s?|grad(?:ed|e)s?|judg\w+|overall|children'?s services|latest|reports?|inspections?)\b"
    r"|\b(?:authorit\w+|councils?)\b",
    re.IGNORECASE,
)
TO_BE_GOOD = re.compile(r"(?<=improvement) to be good", re.IGNORECASE)
AT_LEAST_GOOD = re.compile(r"\bgood or (?:better|above|higher)\b|\bat least good\b", re.IGNORECASE)
BELOW_GOOD = re.compile(
    r"\b(?:below|less than|worse than|lower than|not(?: yet)?|short of) (?:rated |judged )?good\b", re.IGNORECASE
)
NOW = re.compile(
    r"\b(?:currently|now|today|at present|at the moment|latest|most recent|newest|still)\b|\b(?:are|is)\b",
    re.IGNORECASE,
)
TIMES_OF_ONE = re.compile(r"\bhow many times\b|\bhow often\b", re.IGNORECASE)


class Form(StrEnum):
    """What the rows are to be made into."""

    LIST = "list"
    COUNT = "count"
    SHARE = "share"
    BREAKDOWN = "breakdown"
    CHANGE = "change"
    EXTREME = "extreme"
    REPEATED = "repeated"


@dataclass(frozen=True)
class Survey:
    """A question to the register's grades.

    `grades` are those that are looked for, normal forms; `before` those that a change came from, and
    `direction` whether it must be for the better (1), for the worse (-1) or either (0). In an EXTREME,
    `direction` says which end. `latest` takes only the newest grade of each authority. `authorities`
    narrows it to those named, empty for all.
    """

    form: Form
    area: str = OVERALL
    grades: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    direction: int = 0
    period: Period = ALWAYS
    latest: bool = False
    authorities: tuple[str, ...] = ()


def survey_of(asked: Understanding, today: date) -> Survey | None:
    """How a question surveys the register, None when it does not."""
    question = TO_BE_GOOD.sub("", asked.question)
    if asked.why or len(asked.areas) > 1:
        return None
    area = asked.areas[0] if asked.areas else OVERALL
    grades, period = _grades(question), period_of(question, today)
    if asked.authorities:
        # Of one authority only how often it was given a grade is a matter of counting rows.
        wanted = bool(TIMES_OF_ONE.search(question) and grades)
        return Survey(Form.COUNT, area, grades, period=period, authorities=asked.authorities) if wanted else None
    form = _form(question, grades)
    if form is None:
        return None
    if form is Form.CHANGE:
        return _change(question, area, grades, period)
    direction = (-1 if WORST.search(question) else 1) if form is Form.EXTREME else 0
    latest = form is not Form.REPEATED and period.is_open and (form is Form.EXTREME or bool(NOW.search(question)))
    return Survey(form, area, grades, direction=direction, period=period, latest=latest)


def _form(question: str, grades: frozenset[str]) -> Form | None:
    which = bool(ASKS_WHICH.search(question))
    extreme = WORST.search(question) or BEST.search(question)
    forms = (
        (Form.CHANGE, which and (FROM_TO.search(question) or WORSE.search(question) or BETTER.search(question))),
        (Form.BREAKDOWN, (which or HOW_MANY.search(question)) and BREAKDOWN.search(question)),
        (Form.EXTREME, extreme and not grades and JUDGED.search(question)),
        (Form.REPEATED, which and grades and REPEATED.search(question)),
        (Form.SHARE, which and grades and SHARE.search(question)),
        (Form.COUNT, which and grades and HOW_MANY.search(question)),
        (Form.LIST, which and grades),
    )
    return next((form for form, fits in forms if fits), None)


def _change(question: str, area: str, grades: frozenset[str], period: Period) -> Survey:
    if pair := FROM_TO.search(question):
        before, after = frozenset({_normal(pair["grade"])}), frozenset({_normal(pair["after"])})
        return Survey(Form.CHANGE, area, after, before, period=period)
    worse = bool(WORSE.search(question))
    # A grade beside the change is the one that was left: "lost their good", "came out of inadequate".
    return Survey(Form.CHANGE, area, before=grades, direction=-1 if worse else 1, period=period)


def _grades(question: str) -> frozenset[str]:
    if AT_LEAST_GOOD.search(question):
        return frozenset({"good", "outstanding"})
    if BELOW_GOOD.search(question):
        return frozenset(grade for grade, rank in RANK.items() if rank < RANK["good"])
    return frozenset(_normal(match["grade"]) for match in GRADES.finditer(question))


def _normal(printed: str) -> str:
    words = printed.lower()
    return "requires improvement" if words.startswith("requir") else words
