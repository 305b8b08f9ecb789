"""Stretches of time that a question names: "in 2016", "since March 2018", "between 2015 and 2017", "before 2014"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from corpus.identity import MONTH_PRINTED, SHORT_MONTHS
from index.records import Source

YEAR = r"(?:19|20)\d\d"
# A year, a month or a day; not the first half of "2015-16" or "2015/16", which is no calendar year.
WHEN = (
    rf"(?:(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:{MONTH_PRINTED})\s+)?"
    rf"{YEAR}\b(?!\s?[-/–]\s?\d\d\b(?!\d))"
)
PARTS = re.compile(
    rf"(?:(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{MONTH_PRINTED})\s+)?(?P<year>{YEAR})",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    rf"\b(?:between|from)\s+({WHEN})\s+(?:and|to|until|till|through)\s+({WHEN})|\b({WHEN})\s*(?:[-–]|to|until)\s*({WHEN})",
    re.IGNORECASE,
)
# "Reports from 2016" are those of 2016; "from 2016 on" is since then.
SINCE = re.compile(
    rf"\b(?:since|starting (?:in|from))\s+(?:the (?:start|beginning) of\s+)?({WHEN})"
    rf"|\b(?:from|in)?\s*({WHEN})\s+(?:on|onwards?|or later|and later|and after)\b",
    re.IGNORECASE,
)
AFTER = re.compile(rf"\b(?:after|later than|(?:since|after) the end of)\s+({WHEN})", re.IGNORECASE)
BEFORE = re.compile(rf"\b(?:before|prior to|earlier than)\s+(?:the (?:start|beginning) of\s+)?({WHEN})", re.IGNORECASE)
UNTIL = re.compile(
    rf"\b(?:until|till|up to|by|before|at|as of|as at)\s+(?:the end of\s+)({WHEN})"
    rf"|\b(?:until|till|up to|by|as of|as at)\s+({WHEN})"
    rf"|\b(?:in\s+)?({WHEN})\s+(?:or|and) (?:earlier|before)\b",
    re.IGNORECASE,
)
IN = re.compile(rf"\b(?:(?:in|during|of|from|for)\s+)?({WHEN})", re.IGNORECASE)
JOINED = re.compile(r"\s*(?:,|and|or|&|,\s*(?:and|or))\s*", re.IGNORECASE)
LAST = re.compile(
    r"\b(?:in|over|during|within)?\s*(?:the )?(?:last|past) "
    r"(?:(?P<count>two|three|four|five|six|eight|ten|twelve|\d{1,2}) )?(?P<unit>years?|months?)\b",
    re.IGNORECASE,
)
THIS_YEAR = re.compile(r"\b(?:in\s+)?this year\b|\bso far this year\b", re.IGNORECASE)
INSPECTED = re.compile(
    r"\binspected\b|\binspections? (?:carried out|held|that took place|took place|done|happened)\b", re.IGNORECASE
)
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12}


@dataclass(frozen=True)
class Period:
    """First and last day, both included. `inspected` counts the day an inspection ended, else that of publication."""

    first: date = date.min
    last: date = date.max
    inspected: bool = False

    def holds(self, source: Source) -> bool:
        """Whether a report is of this period. One that has only a year is if the whole year is; undated, never."""
        if self.is_open:
            return True
        if (day := self.day_of(source)) or source.published or source.inspection_end or not source.year:
            return day is not None and self.first <= day <= self.last
        return self.first <= date(source.year, 1, 1) and date(source.year, 12, 31) <= self.last

    def day_of(self, source: Source) -> date | None:
        """The day of a report that counts here, None where it is not known."""
        return source.inspection_end if self.inspected else source.published

    @property
    def is_open(self) -> bool:
        """Whether every day is of this period."""
        return (self.first, self.last) == (date.min, date.max)

    @property
    def words(self) -> str:
        """The period as it is said to a reader: "published in 2016", "published since March 2018"; empty when open."""
        verb = "on inspections that ended" if self.inspected else "published"
        if self.is_open:
            return ""
        if self.last == date.max:
            return f"{verb} since {_start(self.first)}"
        if self.first == date.min:
            return f"{verb} up to {_end(self.last)}"
        return f"{verb} {_stretch(self.first, self.last)}"


ALWAYS = Period()


@dataclass(frozen=True)
class Named:
    """The period that a text names, open when it names none, and the text without the words that name it."""

    period: Period
    rest: str


def period_in(text: str, today: date) -> Named:
    """Read the period out of a text; years that do not follow one another make none and are left in the text."""
    inspected = bool(INSPECTED.search(text))
    if found := BETWEEN.search(text):
        start, end = (part for part in found.groups() if part)
        return Named(Period(_span(start)[0], _span(end)[1], inspected), _without(text, found))
    if found := LAST.search(text):
        return Named(Period(_ago(found, today), date.max, inspected), _without(text, found))
    if found := THIS_YEAR.search(text):
        return Named(Period(date(today.year, 1, 1), date.max, inspected), _without(text, found))
    first, last, rest = date.min, date.max, text
    if found := AFTER.search(rest):
        first, rest = _span(_named(found))[1] + timedelta(1), _without(rest, found)
    elif found := SINCE.search(rest):
        first, rest = _span(_named(found))[0], _without(rest, found)
    if found := UNTIL.search(rest):
        last, rest = _span(_named(found))[1], _without(rest, found)
    elif found := BEFORE.search(rest):
        last, rest = _span(_named(found))[0] - timedelta(1), _without(rest, found)
    if (first, last) == (date.min, date.max):
        return _in(text, inspected=inspected)
    return Named(Period(first, last, inspected), rest)


def _in(text: str, *, inspected: bool) -> Named:
    """Read years or months that follow one another: "in 2016", "in 2015 and 2016"."""
    named = list(IN.finditer(text))
    joined = all(JOINED.fullmatch(text[one.end() : two.start()]) for one, two in pairwise(named))
    spans = sorted(_span(each[1]) for each in named)
    if not spans or not joined or any(one[1] + timedelta(1) < two[0] for one, two in pairwise(spans)):
        return Named(Period(inspected=inspected), text)
    return Named(Period(spans[0][0], spans[-1][1], inspected), f"{text[: named[0].start()]} {text[named[-1].end() :]}")


def _span(when: str) -> tuple[date, date]:
    """First and last day of a year, a month or a day; of its month, if there is no such day."""
    found = PARTS.search(when)
    if found is None:
        raise ValueError(f"{when!r} names no year.")
    year = int(found["year"])
    if not found["month"]:
        return date(year, 1, 1), date(year, 12, 31)
    month = SHORT_MONTHS[found["month"].lower()[:3]]
    days = calendar.monthrange(year, month)[1]
    day = int(found["day"] or 0)
    if 1 <= day <= days:
        return date(year, month, day), date(year, month, day)
    return date(year, month, 1), date(year, month, days)


def _ago(found: re.Match[str], today: date) -> date:
    count = NUMBERS.get(found["count"].lower()) or int(found["count"]) if found["count"] else 1
    months = count * (12 if found["unit"].lower().startswith("year") else 1)
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(years, month + 1, min(today.day, calendar.monthrange(years, month + 1)[1]))


def _named(found: re.Match[str]) -> str:
    return next(part for part in found.groups() if part)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _stretch(first: date, last: date) -> str:
    if first == last:
        return f"on {_day(first)}"
    if first.day > 1 or (last + timedelta(1)).day > 1:
        return f"from {_day(first)} to {_day(last)}"
    if (first.month, last.month) == (1, 12):
        return f"in {first.year}" if first.year == last.year else f"from {first.year} to {last.year}"
    start, end = f"{first:%B %Y}", f"{last:%B %Y}"
    return f"in {start}" if start == end else f"from {start} to {end}"


def _start(day: date) -> str:
    if day.day > 1:
        return _day(day)
    return str(day.year) if day.month == 1 else f"{day:%B %Y}"


def _end(day: date) -> str:
    if (day + timedelta(1)).day > 1:
        return _day(day)
    return f"the end of {day.year}" if day.month == 12 else f"the end of {day:%B %Y}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
