"""A figure that a question takes for granted, held against the register's: "why had the number risen to 375?"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.numbers import NUMBER_WORD, in_digits
from index.records import Counted, Passage
from index.retrieval.scope import Scope
from index.retrieval.understand import Understanding
from rag import wording
from rag.figure_survey import SUBJECTS

HOMES = (
    "childrens_homes_operated",
    "children's homes that the authority runs",
    r"(?:own )?(?:residential )?children['’]?s['’]? homes?|(?:own )?residential homes?",
)
NUMBER = rf"(?P<number>\d[\d,]*(?![\d.,]*\d|%| ?per ?cent)|{NUMBER_WORD.pattern})"
ABOUT = r"(?:(?:about|around|nearly|almost|over|more than|some|only|just|as many as|at least) )?"
NONE = r"(?:\b(?:no|zero|not any|without any)|n['’]?t (?:\w+ ){0,3}any|\bnot (?:\w+ )any)"
HAS = (
    r"(?:has|have|had|having|with|run|runs|running|ran|operates?|operating|operated|look(?:s|ed|ing)? after"
    r"|there (?:were|are|was|is|be))"
)
CHANGED = (
    r"(?:ris(?:e|es|en|ing)|rose|fall(?:s|en|ing)?|fell|up|down|gr(?:ow|ew|own|owing)|gone|went|increas\w+|decreas\w+"
    r"|reduc\w+|dropp?\w*|climb\w*|jump\w*|reach\w*|stood|stand|hit|was|were|is|are)"
)
# "The council does not operate any children's homes" is no figure of the register.
RUNS_NONE = re.compile(
    r"[^.]*\b(?:(?:does|did) not (?:currently |itself |directly )?(?:operate|run|own|have) any|(?:operates|runs"
    r"|owns|has) no)"
    r" (?:residential )?children['’]?s['’]? homes[^.]*\.?",
    re.IGNORECASE,
)
# So many "went missing" is no claim of how many there were; the claim ends with its subject or its date.
ENDED = (
    r"(?!\w)(?=\W*(?:$|[?,.;]|\d|(?-i:[A-Z])"
    r"|(?:in|at|by|as|during|when|right|then|there|now|of (?:its|their) own)\b))"
)


def wrong_figure(asked: Understanding, scope: Scope, figures: tuple[Counted, ...]) -> tuple[str, Counted] | None:
    """The sentence that puts a figure right, and the register's row; None where the question gives none or it is so."""
    for subject, said, pattern in (HOMES, *SUBJECTS):
        number = said_of(pattern, asked.question)
        row = None if number is None else _row(subject, asked, scope, figures)
        if row is not None and float(row.value) != number:
            day = f" at {wording.day(row.as_at)}" if row.as_at else ""
            opening = f"Not {number:,}" if number else "It is not so that there were none"
            text = (
                f"{opening}: the number of {said}{day} was {float(row.value):,.0f}, according to the "
                f"{wording.label(row.source)}."
            )
            return text, row
    return None


def denied_homes(question: str, passages: Iterable[Passage]) -> tuple[str, Passage] | None:
    """The sentence that no children's homes are run, and its passage, where a question takes some for granted."""
    number = re.search(
        rf"(?:\b{HAS}|['’]s|\bits|\btheir|\bthe) {ABOUT}{NUMBER} (?:{HOMES[2]})", question, re.IGNORECASE
    )
    if not number:
        return None
    return next(
        ((found[0].strip(), item) for item in passages if (found := RUNS_NONE.search(item.text)) is not None), None
    )


def said_of(pattern: str, question: str) -> int | None:
    """The number that a question says there are of what a pattern names, 0 for "no such"; None when it says none."""
    if re.search(rf"{NONE} (?:{pattern}){ENDED}", question, re.IGNORECASE):
        return 0
    found = re.search(
        rf"(?:\b{HAS}|['’]s|\bits|\btheir) {ABOUT}{NUMBER} (?:{pattern}){ENDED}", question, re.IGNORECASE
    ) or re.search(
        rf"\b(?:numbers?|total|count) of (?:{pattern})(?!\w)[^?.;]{{0,40}}?\b{CHANGED} (?:up |down )?(?:from [\d,]+ )?"
        rf"(?:to |at )?{ABOUT}{NUMBER}(?!\w)(?! (?:days|weeks|months|years|[JFMASOND][a-z]+ \d{{4}}))",
        question,
        re.IGNORECASE,
    )
    if not found:
        return None
    printed = found["number"].replace(",", "")
    number = int(printed if printed.isdigit() else in_digits(printed))
    return None if 1990 <= number <= 2100 else number


def _row(subject: str, asked: Understanding, scope: Scope, figures: tuple[Counted, ...]) -> Counted | None:
    """The row for the time that is named, or else of the newest report in scope; None if there is not just one."""
    rows = [
        row
        for row in figures
        if row.subject == subject and row.source.document in scope.documents and row.unit in ("children", "homes")
    ]
    if asked.months:
        rows = [row for row in rows if row.as_at and (row.as_at.year, row.as_at.month) in asked.months]
    elif asked.years:
        rows = [row for row in rows if not row.as_at or row.as_at.year in asked.years or row.source.year in asked.years]
    newest = max((row.source.order for row in rows), default=None)
    rows = [row for row in rows if row.source.order == newest]
    return rows[0] if len({float(row.value) for row in rows}) == 1 else None
