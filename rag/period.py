"""Stretches of time that a question names: "in 2016", "since March 2018", "between 2015 and 2017", "before 2014"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from corpus.identity import MONTHS
from index.records import Source

MONTH = "|".join(MONTHS)
WHEN = rf"(?:(?P<{{0}}month>{MONTH})\s+)?(?P<{{0}}year>(?:19|20)\d\d)"
BETWEEN = re.compile(
    rf"\b(?:between|from)\s+{WHEN.format('a')}\s+(?:and|to|until|till)\s+{WHEN.format('b')}"
    rf"|\b(?P<cyear>20\d\d)\s*(?:[-–]|to)\s*(?P<dyear>20\d\d)\b",
    re.IGNORECASE,
)
# "Reports from 2016" are those of 2016; "from 2016 on" is since then.
FROM = re.compile(
    rf"\b(?:(?P<word>since|after)\s+(?:the (?:end|start) of\s+)?{WHEN.format('a')}"
    rf"|from\s+{WHEN.format('b')}\s+(?:on|onwards?)\b)",
    re.IGNORECASE,
)
UNTIL = re.compile(
    rf"\b(?P<word>before|until|till|up to|by)\s+(?:the (?:end|start) of\s+)?{WHEN.format('a')}", re.IGNORECASE
)
IN = re.compile(rf"\b{WHEN.format('a')}\b", re.IGNORECASE)
INSPECTED = re.compile(r"\binspected\b|\binspections? (?:carried out|held|that took place|done)\b", re.IGNORECASE)
LAST_YEARS = re.compile(r"\b(?:last|past) (?P<count>two|three|four|five|six|ten|\d{1,2}) years\b", re.IGNORECASE)
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}


@dataclass(frozen=True)
class Period:
    """First and last day, both included. `inspected` counts the day an inspection ended, else that of publication."""

    first: date = date.min
    last: date = date.max
    inspected: bool = False

    def holds(self, source: Source) -> bool:
        """Whether a report is of this period; one without the date that counts is taken by its other date or year."""
        dates = (
            (source.inspection_end, source.published) if self.inspected else (source.published, source.inspection_end)
        )
        day = next((each for each in dates if each), None) or (date(source.year, 7, 1) if source.year else None)
        return (day is not None and self.first <= day <= self.last) or (day is None and self.is_open)

    @property
    def is_open(self) -> bool:
        """Whether every day is of this period."""
        return (self.first, self.last) == (date.min, date.max)

    @property
    def words(self) -> str:
        """The period as it is said to a reader: "published in 2016", "published since March 2018"; empty when open."""
        verb = "inspected" if self.inspected else "published"
        if self.is_open:
            return ""
        if self.last == date.max:
            return f"{verb} since {self._start()}"
        if self.first == date.min:
            return f"{verb} up to the end of {self._end()}"
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{verb} in {self.first:%B %Y}"
        if self.first.year == self.last.year and (self.first.month, self.last.month) == (1, 12):
            return f"{verb} in {self.first.year}"
        return f"{verb} from {self._start()} to {self._end()}"

    def _start(self) -> str:
        return str(self.first.year) if self.first.month == 1 else f"{self.first:%B %Y}"

    def _end(self) -> str:
        return str(self.last.year) if self.last.month == 12 else f"{self.last:%B %Y}"


ALWAYS = Period()


def period_of(question: str, today: date) -> Period:
    """The period that a question names, open when it names none."""
    inspected = bool(INSPECTED.search(question))
    if found := BETWEEN.search(question):
        first = _first(found["ayear"] or found["cyear"], found["amonth"])
        return Period(first, _last(found["byear"] or found["dyear"], found["bmonth"]), inspected)
    if found := LAST_YEARS.search(question):
        count = NUMBERS.get(found["count"].lower()) or int(found["count"])
        return Period(date(today.year - count, today.month, 1), date.max, inspected)
    first, last = date.min, date.max
    if found := FROM.search(question):
        year, month = found["ayear"] or found["byear"], found["amonth"] or found["bmonth"]
        first = _after(year, month) if (found["word"] or "").lower() == "after" else _first(year, month)
    if found := UNTIL.search(question):
        before = found["word"].lower() == "before"
        last = _before(found["ayear"], found["amonth"]) if before else _last(found["ayear"], found["amonth"])
    if (first, last) == (date.min, date.max) and (named := list(IN.finditer(question))):
        days = [(_first(each["ayear"], each["amonth"]), _last(each["ayear"], each["amonth"])) for each in named]
        first, last = min(day for day, _ in days), max(day for _, day in days)
    return Period(first, last, inspected)


def _first(year: str, month: str | None) -> date:
    return date(int(year), MONTHS[month.lower()] if month else 1, 1)


def _last(year: str, month: str | None) -> date:
    number = MONTHS[month.lower()] if month else 12
    return date(int(year), number, calendar.monthrange(int(year), number)[1])


def _after(year: str, month: str | None) -> date:
    return date.fromordinal(_last(year, month).toordinal() + 1)


def _before(year: str, month: str | None) -> date:
    return date.fromordinal(_first(year, month).toordinal() - 1)
