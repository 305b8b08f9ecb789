"""Stretches of time: how questions name them, which reports are of them, how they are said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index.records import Source
from rag.period import ALWAYS, Named, Period, period_in
from tests.rag.builders import report

TODAY = date(2024, 5, 20)
YEAR_2016 = (date(2016, 1, 1), date(2016, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("inadequate in 2016", *YEAR_2016),
        ("reports from 2016", *YEAR_2016),
        ("the 2016 reports", *YEAR_2016),
        ("in March 2016", date(2016, 3, 1), date(2016, 3, 31)),
        ("in Feb 2016", date(2016, 2, 1), date(2016, 2, 29)),
        ("in Sept 2016", date(2016, 9, 1), date(2016, 9, 30)),
        ("on 3 May 2016", date(2016, 5, 3), date(2016, 5, 3)),
        ("in 2015 and 2016", date(2015, 1, 1), date(2016, 12, 31)),
        ("in 2014, 2015 or 2016", date(2014, 1, 1), date(2016, 12, 31)),
        ("between 2015 and 2017", date(2015, 1, 1), date(2017, 12, 31)),
        ("from March 2015 to June 2017", date(2015, 3, 1), date(2017, 6, 30)),
        ("2015-2017", date(2015, 1, 1), date(2017, 12, 31)),
        ("between 1 April 2015 and 31 March 2016", date(2015, 4, 1), date(2016, 3, 31)),
        ("since 2018", date(2018, 1, 1), date.max),
        ("since March 2018", date(2018, 3, 1), date.max),
        ("from 2018 onwards", date(2018, 1, 1), date.max),
        ("2018 or later", date(2018, 1, 1), date.max),
        ("since the end of 2018", date(2019, 1, 1), date.max),
        ("after 2018", date(2019, 1, 1), date.max),
        ("after March 2018", date(2018, 4, 1), date.max),
        ("before 2014", date.min, date(2013, 12, 31)),
        ("before March 2014", date.min, date(2014, 2, 28)),
        ("up to 2014", date.min, date(2014, 12, 31)),
        ("until March 2014", date.min, date(2014, 3, 31)),
        ("before the end of 2014", date.min, date(2014, 12, 31)),
        ("as at the end of 2014", date.min, date(2014, 12, 31)),
        ("2014 or earlier", date.min, date(2014, 12, 31)),
        ("after 2014 and before 2017", date(2015, 1, 1), date(2016, 12, 31)),
        ("in the last five years", date(2019, 5, 20), date.max),
        ("over the past 6 months", date(2023, 11, 20), date.max),
        ("in the last year", date(2023, 5, 20), date.max),
        ("this year", date(2024, 1, 1), date.max),
    ],
)
def test_a_period_is_read(text: str, first: date, last: date) -> None:
    assert period_in(text, TODAY).period == Period(first, last)


@pytest.mark.parametrize(
    "text",
    ["inadequate", "in 2014 and 2018", "in 2015-16", "in 2015/16", "in 1066", "the 2010s", "in 2014 but not 2015"],
)
def test_what_is_no_stretch_of_calendar_time_makes_no_period_and_stays_in_the_text(text: str) -> None:
    assert period_in(text, TODAY) == Named(ALWAYS, text)


@pytest.mark.parametrize(
    "text", ["which were good in 2016?", "which were good since March 2016?", "which were good from 2015 to 2016?"]
)
def test_the_words_of_the_period_are_taken_out(text: str) -> None:
    assert period_in(text, TODAY).rest.split() == ["which", "were", "good", "?"]


def test_a_day_that_the_month_has_not_got_stands_for_the_month() -> None:
    assert period_in("since 31 February 2016", TODAY).period.first == date(2016, 2, 1)


def test_the_inspection_counts_when_it_is_named() -> None:
    assert period_in("inspected in 2016", TODAY).period == Period(*YEAR_2016, inspected=True)
    assert not period_in("inspections published in 2016", TODAY).period.inspected


SOURCE = report(year=2016)
LATE = replace(SOURCE, inspection_end=date(2015, 12, 18), published=date(2016, 2, 1))
UNDATED = replace(SOURCE, inspection_start=None, inspection_end=None, published=None)


@pytest.mark.parametrize(
    ("period", "source", "held"),
    [
        (Period(*YEAR_2016), SOURCE, True),
        (Period(*YEAR_2016), LATE, True),
        (Period(*YEAR_2016, inspected=True), LATE, False),
        (Period(date(2016, 9, 12), date(2016, 9, 12)), SOURCE, True),
        (Period(date(2016, 9, 13)), SOURCE, False),
        (Period(*YEAR_2016), UNDATED, True),
        (Period(date(2016, 3, 1)), UNDATED, False),
        (Period(*YEAR_2016, inspected=True), replace(SOURCE, inspection_end=None), False),
        (Period(*YEAR_2016), replace(UNDATED, year=None), False),
        (ALWAYS, replace(UNDATED, year=None), True),
    ],
)
def test_a_report_is_of_a_period_only_if_the_day_that_counts_is(period: Period, source: Source, held: bool) -> None:
    assert period.holds(source) is held


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("in 2016", "published in 2016"),
        ("in March 2016", "published in March 2016"),
        ("on 3 May 2016", "published on 3 May 2016"),
        ("inspected in 2016", "on inspections that ended in 2016"),
        ("from 2015 to 2016", "published from 2015 to 2016"),
        ("from March 2015 to June 2017", "published from March 2015 to June 2017"),
        ("between 3 May 2015 and June 2017", "published from 3 May 2015 to 30 June 2017"),
        ("since 2018", "published since 2018"),
        ("since March 2018", "published since March 2018"),
        ("since 5 March 2018", "published since 5 March 2018"),
        ("before 2014", "published up to the end of 2013"),
        ("until March 2014", "published up to the end of March 2014"),
        ("before 5 March 2014", "published up to 4 March 2014"),
    ],
)
def test_a_period_is_said(text: str, words: str) -> None:
    assert period_in(text, TODAY).period.words == words
