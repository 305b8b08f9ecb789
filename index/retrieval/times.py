"""Of when a question asks: the years that it names, and of which of several authorities each is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from corpus.authorities import Mention

YEAR = r"(?:19|20)\d\d"
PERIOD = re.compile(rf"\b({YEAR})\s*[-/–]\s*(?:20)?\d\d\b")
# "The 2017/18 inspection" was of the one year and published in the other.
INSPECTED_OVER = re.compile(
    rf"\b({YEAR})\s*[-/–]\s*(?:20)?(\d\d)\s+(?=inspection|report|visit|letter|ilacs)", re.IGNORECASE
)
SPAN = re.compile(
    rf"\b(?:between|from)\s+(?:the\s+)?(?:[a-z]{{3,9}}\s+)?{YEAR}\s+(?:and|to"
    rf"|until)\s+(?:the\s+)?(?:[a-z]{{3,9}}\s+)?{YEAR}"
    rf"|\b{YEAR}\s+(?:to|until)\s+{YEAR}",
    re.IGNORECASE,
)
SINCE = re.compile(
    rf"\b(?:since|after|compared (?:with|to)|than(?: (?:it|they|things))?(?: (?:was|were|had been"
    rf"|did))?(?: back)? (?:in|at))"
    rf" (?:the )?(?:\w+ )?{YEAR}",
    re.IGNORECASE,
)
AFTER = re.compile(rf"\bafter (?:the )?({YEAR})\b", re.IGNORECASE)
YEARS = re.compile(rf"\b({YEAR})\b")
NEWEST = (
    r"\blatest\b|\bat (?:the moment|present)\b|\bthese days\b|\bnowadays\b|\bas things stand\b|\bmost recent\b"
    r"|\bcurrent(?:ly)?\b|\bnow\b|\bnewest\b|\btoday\b|\blast (?:inspection|inspected|report|time|visited)\b"
)
LATEST = re.compile(rf"{NEWEST}|\bstill\b|^\W*(?:is|are)\b", re.IGNORECASE)
OF_NEWEST = re.compile(NEWEST, re.IGNORECASE)


@dataclass(frozen=True)
class Time:
    """Of when one authority is asked: the years named for it; none where the newest report is meant."""

    years: tuple[int, ...] = ()


def times_apart(question: str, mentions: Sequence[Mention]) -> tuple[tuple[str, Time], ...]:
    """The time of each authority, where each of several has its own: "A in 2015 or B in its latest report".

    Times stand after all of the names or before all of them; empty where one of them has none, and where periods
    ("2013/14", "after 2015") are named, which are not of a report's own time.
    """
    if (
        PERIOD.search(question)
        or AFTER.search(question)
        or len({mention.authority for mention in mentions}) < max(len(mentions), 2)
    ):
        return ()
    ends = [0, *(mention.end for mention in mentions)]
    starts = [*(mention.start for mention in mentions), len(question)]
    between = [question[end:start] for end, start in zip(ends, starts, strict=True)]
    for stretches in (between[1:], between[:-1]):
        times = [_time_in(stretch) for stretch in stretches]
        if all(times):
            return tuple((mention.authority, time) for mention, time in zip(mentions, times, strict=True) if time)
    return ()


def _time_in(stretch: str) -> Time | None:
    years, _ = years_of(stretch, ())
    return Time(years) if years or OF_NEWEST.search(stretch) else None


def years_of(question: str, after_names: Iterable[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The years of reports that a question names, and the periods ("2013/14"); `after_names` is what follows names."""
    question = INSPECTED_OVER.sub(lambda match: f"{match[1]} and 20{match[2]} ", question)
    periods = tuple(match[0] for match in PERIOD.finditer(question))
    rest = PERIOD.sub(" ", question)
    years = [int(match[1]) for match in YEARS.finditer(rest)]
    if len(years) == 2 and SPAN.search(rest):
        years = list(range(min(years), max(years) + 1))
    elif len(years) == 1 and SINCE.search(rest):
        years = list(range(years[0], datetime.now(tz=UTC).year + 1))
    # "newtown 15 vs oldtown 17": two digits right after a name, or with an apostrophe.
    for text in after_names:
        if short := re.match(r"\s*\(?['’]?(\d\d)\b(?![%,.]\d|\s*(?:%|per|children|year))", text):
            years.append(2000 + int(short[1]))
    return tuple(dict.fromkeys(years)), periods
