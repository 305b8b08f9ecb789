"""Who was inspected, when, and what kind of publication a report is, read from its own words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from corpus.authorities import find_mentions
from corpus.framework import framework_of
from corpus.report import Framework, ReportKind

MONTHS = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), start=1
    )
}
MONTH = "|".join(MONTHS)
# Some faces shorten a month: "18 Feb 2014".
SHORT_MONTHS = {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
MONTH_PRINTED = rf"{MONTH}|(?:{'|'.join(sorted(SHORT_MONTHS, reverse=True))})\b"
DAY = rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+({MONTH_PRINTED}))?(?:\s+(\d{{4}}))?"
# "27 January 2015  19 February 2015" has lost its dash in conversion, so the joint may be space alone.
RANGE = re.compile(
    rf"{DAY}\s*(?:to|and|[-–—]|\s)\s*(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH_PRINTED})\s+(\d{{4}})", re.IGNORECASE
)
SINGLE = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH_PRINTED})\s+(\d{{4}})", re.IGNORECASE)
# "12/09/2016 to 06/10/2016": the day stands first, as everywhere in Britain.
NUMERIC_RANGE = re.compile(
    r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}))?\s*(?:to|and|[-–—]|\s)\s*(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])"
)
NUMERIC = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
# Half a span ("3 May 2016 to 12/5") is no single day.
GOES_ON = re.compile(r"\s*(?:(?:to|[-–—])\s*\d|and\s*\d{1,2}/)", re.IGNORECASE)
INSPECTED = re.compile(
    r"inspection dates?:?|(?:conducted|carried out|took place|visit to .{3,80}?services?|inspected)\s+(?:on"
    r"|between|from)",
    re.IGNORECASE,
)
# The line of a report's face; where it is there, no other words say when the inspection was.
DATES_LINE = re.compile(r"^[\s*#|]*inspection dates?[ *|]*(?::|$)[\s*|]*", re.IGNORECASE | re.MULTILINE)
# At the head of a line: "the last report, published on …" in a letter is not the letter's own date.
PUBLISHED = re.compile(
    r"^[\s*#]*(?:(?:report )?published:?(?: on)?|publication date:?)[\s*]*", re.IGNORECASE | re.MULTILINE
)
PUBLISHED_LINE = re.compile(
    r"^[\s*#|]*(?:report )?(?:published|publication date)[ *|]*:[ *|]*(?=[^\n]*\d)", re.IGNORECASE | re.MULTILINE
)
ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
# A line that ends a wrapped span ("… 2019 to\\n8 August 2019") is no letter's date.
LETTER_DATE = re.compile(
    rf"(?<!\bto\n)(?<!\band\n)(?<![-–—]\n)^[^\S\n]*(\d{{1,2}}\s+(?:{MONTH})\s+\d{{4}})\s*$",
    re.IGNORECASE | re.MULTILINE,
)
FACE_CHARACTERS, LINE_CHARACTERS = 4000, 80
# How far from the words that announce it a date may stand.
NEAR_SPAN, NEAR_DAY = 12, 6
TITLE_WEIGHT = 3
EARLIEST, LATEST = 2000, 2050
# The longest inspections take some months; a longer span is a misprint of a year.
MOST_DAYS = 366

# The one whose words stand first counts, for a report names others of other kinds further down.
KINDS: tuple[tuple[ReportKind, re.Pattern[str]], ...] = (
    (
        ReportKind.JOINT_INSPECTION,
        re.compile(r"joint (?:targeted )?area (?:\w+ )?inspection|joint inspection of", re.IGNORECASE),
    ),
    # A review of the board alone is no inspection of the authority's services.
    (
        ReportKind.OTHER,
        re.compile(r"review of the effectiveness of the\s+local safeguarding children\s+board", re.IGNORECASE),
    ),
    (ReportKind.FOCUSED_VISIT, re.compile(r"focused visit", re.IGNORECASE)),
    (ReportKind.MONITORING_VISIT, re.compile(r"monitoring visit", re.IGNORECASE)),
    (ReportKind.UNANNOUNCED_INSPECTION, re.compile(r"unannounced inspection", re.IGNORECASE)),
    (ReportKind.INSPECTION, re.compile(r"inspection of|inspection dates?:", re.IGNORECASE)),
)
TITLED = re.compile(
    r"(?:inspection of(?: the)?|visit (?:of|to)|services (?:in|at)|within|review of(?: the)?|dear \S+)"
    r"\s*(?:local authority\s)?$",
    re.IGNORECASE,
)
NEWS = re.compile(r"\bOfsted (?:said|makes|report of)\b|said the report", re.IGNORECASE)
YEAR_IN_NAME = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass(frozen=True)
class Identity:
    """What a report's face says of itself; None for what it does not say.

    `prints_published` says that a day of publication is printed, be it one that can be or not.
    """

    kind: ReportKind
    authority: str | None
    inspection_start: date | None
    inspection_end: date | None
    published: date | None
    framework: Framework | None = None
    prints_published: bool = False


@dataclass(frozen=True)
class _Span:
    """The days of an inspection as printed, and as dates where such days can be."""

    printed: str
    start: date | None
    end: date | None


def identify(text: str) -> Identity:
    """Read the face of a report: its first pages, where title, authority and dates stand."""
    face = _face(text)
    start, end = inspection_dates(face)
    kind = report_kind(face)
    published = publication_date(face)
    if published and end and published < end:
        published = None
    printed = PUBLISHED_LINE.search(face) is not None or _published(face) is not None
    return Identity(kind, authority_of(face), start, end, published, framework_of(face, kind), printed)


def report_kind(face: str) -> ReportKind:
    """The kind of publication; a news item is told from a report by who speaks in it."""
    if NEWS.search(face) and not INSPECTED.search(face):
        return ReportKind.NEWS
    found = [(match.start(), kind) for kind, pattern in KINDS if (match := pattern.search(face))]
    return min(found)[1] if found else ReportKind.OTHER


def inspection_dates(face: str) -> tuple[date | None, date | None]:
    """First and last day of the inspection, from "Inspection dates: …" or a letter's opening sentence."""
    span = _inspected(face)
    return (span.start, span.end) if span else (None, None)


def publication_date(face: str) -> date | None:
    """The day the report was published; for a letter, the day it bears."""
    if printed := _published(face):
        return _day(*printed.groups())
    if letter := LETTER_DATE.search(face[:1500]):
        return _day(*letter[1].split())
    return None


def impossible_dates(text: str) -> tuple[str, ...]:
    """A sentence for each date on the face that cannot be right or is not understood, and is therefore left empty."""
    face = _face(text)
    span, published = _inspected(face), _published(face)
    problems = []
    if span and not span.end:
        problems.append(f"Its inspection dates, “{span.printed}”, are impossible and left empty.")
    elif not span and (line := DATES_LINE.search(face)):
        problems.append(f"Its inspection dates, “{_line(face, line)}”, are not understood and left empty.")
    if published:
        printed = " ".join(published[0].split())
        day = _day(*published.groups())
        if not day:
            problems.append(f"Its publication date, “{printed}”, is impossible and left empty.")
        elif span and span.end and day < span.end:
            problems.append(f"Its publication date, “{printed}”, is before the inspection's end and left empty.")
    elif line := PUBLISHED_LINE.search(face):
        problems.append(f"Its publication date, “{_line(face, line)}”, is not understood and left empty.")
    return tuple(problems)


def printed_days(words: str) -> re.Match[str] | None:
    """The span of days that words begin with, else the single day; None where they begin with neither."""
    for pattern in (RANGE, NUMERIC_RANGE, SINGLE, NUMERIC):
        if (found := pattern.search(words)) and found.start() < NEAR_SPAN:
            half = len(found.groups()) == 3 and GOES_ON.match(words, found.end())
            return None if half else found
    return None


def printed_day(words: str) -> re.Match[str] | None:
    """The first day in words, its day, month and year as groups."""
    return SINGLE.search(words) or NUMERIC.search(words)


def _face(text: str) -> str:
    return text[:FACE_CHARACTERS].replace("\xa0", " ")


def _line(face: str, cue: re.Match[str]) -> str:
    return " ".join(face[cue.end() : cue.end() + LINE_CHARACTERS].partition("\n")[0].split())


def _inspected(face: str) -> _Span | None:
    if line := DATES_LINE.search(face):
        return _span(" ".join(face[line.end() : line.end() + LINE_CHARACTERS].split()))
    flat = " ".join(face.split())
    spans = (_span(flat[cue.end() : cue.end() + LINE_CHARACTERS]) for cue in INSPECTED.finditer(flat))
    return next((span for span in spans if span), None)


def _span(words: str) -> _Span | None:
    found = printed_days(words)
    if not found:
        return None
    groups = found.groups()
    end = _day(*groups[-3:])
    # A day, or a day and month, alone have their year from the end of the span.
    start = _day(groups[0], groups[1] or groups[-2], groups[2] or groups[-1])
    possible = start and end and 0 <= (end - start).days <= MOST_DAYS
    return _Span(found[0], start, end) if possible else _Span(found[0], None, None)


def _published(face: str) -> re.Match[str] | None:
    for cue in PUBLISHED.finditer(face):
        if (found := printed_day(face[cue.end() : cue.end() + 40])) and found.start() < NEAR_DAY:
            return found
    return None


def date_in_name(name: str) -> date | None:
    """The day in a file's name, as those who publish or collect reports put it there: "… - 05 july 2022.pdf"."""
    if found := SINGLE.search(re.sub(r"[_-]+", " ", name)):
        return _day(*found.groups())
    if iso := ISO.search(name):
        month = next(word for word, number in MONTHS.items() if number == int(iso[2])) if 0 < int(iso[2]) < 13 else ""
        return _day(iso[3], month, iso[1])
    return None


def _day(day: str, month: str, year: str) -> date | None:
    try:
        number = int(month) if month.isdecimal() else (MONTHS | SHORT_MONTHS)[month.lower()]
        found = date(int(year), number, int(day))
    # A month can be missing too: matching without case also takes letters such as the long s.
    except (ValueError, KeyError):
        return None
    return found if EARLIEST <= found.year <= LATEST else None


def authority_of(face: str) -> str | None:
    """The authority that is named most; a name in the title or subject counts more than one in an address."""
    flat = " ".join(face.split())
    counts: Counter[str] = Counter()
    for mention in find_mentions(flat, typos=False):
        titled = TITLED.search(flat[max(0, mention.start - 60) : mention.start])
        counts[mention.authority] += TITLE_WEIGHT if titled else 1
    return counts.most_common(1)[0][0] if counts else None


def year_in_name(name: str) -> int | None:
    """The year in a file's name, where there is no day and only one year: "…-2018-inspection-news.txt"."""
    if date_in_name(name):
        return None
    years = {int(found[0]) for found in YEAR_IN_NAME.finditer(name.rpartition("/")[2])}
    return years.pop() if len(years) == 1 else None
