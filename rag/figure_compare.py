"""One figure of several authorities side by side, from the register: "who looked after more children, A or B?"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from corpus.authorities import find_mentions
from index.records import Counted
from index.retrieval.understand import Understanding
from rag import survey_words as words
from rag import wording
from rag.answer import Evidence, Sentence
from rag.figure_survey import RATE, SHARE, subject_in, unit_of, without_measure
from rag.phrases import timeless
from rag.survey_text import OTHERS, Written

MORE = re.compile(r"\b(?:more|higher|bigger|larger|greater|most|highest|largest|biggest)\b", re.IGNORECASE)
FEWER = re.compile(r"\b(?:fewer|less|lower|smaller|fewest|least|lowest|smallest)\b", re.IGNORECASE)
JOINING = re.compile(r"\b(?:than|or|compared|compare|versus|vs|against|between|with|to)\b|[,?]", re.IGNORECASE)


@dataclass(frozen=True)
class Comparison:
    """A question for the figures of several authorities; `said` is the figure in words, `direction` as in Ranking."""

    subject: str
    unit: str
    said: str
    direction: int


def comparison_of(asked: Understanding) -> Comparison | None:
    """How a question sets a figure of authorities side by side, None when it does not or is not understood."""
    if len(asked.authorities) < 2 or asked.why:
        return None
    more, fewer = MORE.search(asked.question), FEWER.search(asked.question)
    if bool(more) == bool(fewer):
        return None
    text = asked.question
    for mention in reversed(find_mentions(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    found = subject_in(timeless(text))
    if found is None:
        return None
    subject, said, rest = found
    unit = unit_of(subject, rest)
    for each in (MORE, FEWER, RATE, SHARE, JOINING):
        rest = each.sub(" ", rest)
    if words.unknown_words(without_measure(rest)):
        return None
    kind = f"{subject}_rate" if unit == "per 10,000" else subject
    return Comparison(kind, unit, said, 1 if more else -1)


def compare(comparison: Comparison, asked: Understanding, figures: tuple[Counted, ...]) -> Written | None:
    """The figures with the answer first; None where one of the authorities has none, or the time named has none."""
    rows = [_row(comparison, name, asked, figures) for name in asked.authorities]
    stated = [row for row in rows if row]
    if len(stated) < len(rows):
        return None
    ordered = sorted(stated, key=lambda row: -comparison.direction * Decimal(row.value))
    first, second = ordered[0], ordered[1]
    end = {"children": ("larger", "smaller")}.get(comparison.unit, ("higher", "lower"))
    what = {"children": "number", "%": "share", "per 10,000": "rate per 10,000"}[comparison.unit]
    which = end[0] if comparison.direction > 0 else end[1]
    if Decimal(first.value) == Decimal(second.value):
        head = f"The {what} of {comparison.said} was the same, {_value(first)}:"
    else:
        head = f"{first.source.authority} had the {which} {what} of {comparison.said}:"
    lines = tuple(
        Sentence(f"{row.source.authority}: {_told(row)}", (str(token),), "register", verified=True)
        for token, row in enumerate(ordered, start=1)
    )
    note = f"Each figure holds for its own day. {OTHERS}"
    evidence = tuple(
        Evidence(str(token), row.source, row.quote, row.quote, page=row.page)
        for token, row in enumerate(ordered, start=1)
    )
    return Written(_sentence(head), lines, (_sentence(note),), evidence)


def _row(comparison: Comparison, name: str, asked: Understanding, figures: tuple[Counted, ...]) -> Counted | None:
    """The figure of an authority for a month or year that is named, else that of its newest report that states it."""
    rows = [
        row
        for row in figures
        if row.source.authority == name and (row.subject, row.unit) == (comparison.subject, comparison.unit)
    ]
    if asked.years:
        of_month = [row for row in rows if row.as_at and (row.as_at.year, row.as_at.month) in asked.months]
        dated = [row for row in rows if row.as_at and row.as_at.year in asked.years]
        rows = of_month or dated or [row for row in rows if row.source.years & set(asked.years)]
    rows.sort(key=lambda row: (row.as_at or date.min, row.source.order))
    return rows[-1] if rows else None


def _value(row: Counted) -> str:
    number = f"{Decimal(row.value):,}"
    return f"{number}%" if row.unit == "%" else number


def _told(row: Counted) -> str:
    day = f" at {wording.day(row.as_at)}" if row.as_at else ""
    return f"{_value(row)}{day} ({wording.label(row.source).removeprefix(row.source.authority or '').strip()})"


def _sentence(text: str) -> Sentence:
    return Sentence(text, (), "register", verified=True)
