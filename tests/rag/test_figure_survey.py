"""Rankings by figures: how they are asked for, which rows they take, what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index.records import Counted, Source
from index.retrieval.understand import understand
from rag.figure_survey import Ranked, Ranking, not_stated, rank, ranking_of, write
from rag.period import ALWAYS, Period
from rag.survey_groups import Group
from tests.rag.builders import report

TODAY = date(2024, 5, 20)
IN_2016 = Period(date(2016, 1, 1), date(2016, 12, 31))


def asked(question: str) -> Ranking | None:
    return ranking_of(understand(question), TODAY)


@pytest.mark.parametrize(
    ("question", "subject", "unit", "direction"),
    [
        ("which authority had the most children on child protection plans?", "cp_plan", "children", 1),
        ("Which council has the highest rate of children with a CP plan?", "cp_plan_rate", "per 10,000", 1),
        ("highest rate of looked after children", "looked_after_rate", "per 10,000", 1),
        ("Which councils had the fewest children in care", "looked_after", "children", -1),
        ("Which council looks after the most children?", "looked_after", "children", 1),
        ("Which council has the fewest children in care for its size?", "looked_after_rate", "per 10,000", -1),
        ("top five councils by number of children in need", "children_in_need", "children", 1),
        ("which councils have the most UASC", "unaccompanied_asylum_seeking", "children", 1),
        ("which council had the lowest percentage of children living in poverty", "living_in_poverty", "%", -1),
        (
            "what council has the largest share of looked after children placed out of area?",
            "looked_after_outside_area",
            "%",
            1,
        ),
        ("which council has the most privately fostered children", "private_fostering", "children", 1),
    ],
)
def test_a_ranking_is_taken(question: str, subject: str, unit: str, direction: int) -> None:
    ranking = asked(question)
    assert ranking is not None
    assert (ranking.subject, ranking.unit, ranking.direction) == (subject, unit, direction)


def test_a_ranking_has_its_period_and_group() -> None:
    ranking = asked("Which London boroughs had the most looked after children in 2016?")
    assert ranking is not None
    assert ranking.period == IN_2016
    assert ranking.group is not None
    assert ranking.group.words == "London boroughs"


@pytest.mark.parametrize(
    "question",
    [
        "How many children in care did Kent have in 2016?",
        "Which council has the most social workers?",
        "Which council had the most children in care at risk of exploitation?",
        "Which council had the highest and the lowest number of looked after children?",
        "Why does one council have the most looked after children?",
        "What is the most common need of children in need?",
        "Which council makes the most of children in care councils?",
    ],
)
def test_other_questions_are_no_ranking(question: str) -> None:
    assert asked(question) is None


def figure(source: Source, value: str, as_at: date | None = date(2016, 3, 31), **fields: str) -> Counted:
    told = {"subject": "looked_after", "unit": "children", **fields}
    return Counted(source, value=value, quote=f"{value} children", page=2, as_at=as_at, **told)


NAMES = ("Barnet", "Bexley", "Bolton", "Devon", "Kent", "Leeds", "Luton")
SOURCES = tuple(report(name, 2016) for name in NAMES)
FIGURES = tuple(figure(source, value) for source, value in zip(SOURCES, "90 1100 20 50 50 200 50".split(), strict=True))
MOST = Ranking("looked_after", "children", "children looked after", 1, IN_2016)
LEAST = replace(MOST, direction=-1)


def named(found: Ranked) -> list[str | None]:
    return [row.source.authority for row in found.rows]


def test_the_first_five_are_shown_and_those_equal_to_the_last() -> None:
    assert named(rank(MOST, FIGURES, SOURCES)) == ["Bexley", "Leeds", "Barnet", "Devon", "Kent", "Luton"]
    assert named(rank(LEAST, FIGURES, SOURCES)) == ["Bolton", "Devon", "Kent", "Luton", "Barnet"]


def test_only_reports_of_the_period_and_group_count() -> None:
    assert not rank(replace(MOST, period=Period(date(2017, 1, 1))), FIGURES, SOURCES).rows
    group = Group("these", frozenset({"Kent"}))
    assert named(rank(replace(MOST, group=group), FIGURES, SOURCES)) == ["Kent"]


def test_the_newest_report_and_its_newest_day_count() -> None:
    kent = report("Kent", 2016)
    later = replace(kent, document="later.txt", published=date(2016, 12, 1))
    rows = (figure(kent, "70"), figure(later, "60"), figure(later, "80", date(2015, 3, 31)))
    assert [row.value for row in rank(MOST, rows, (kent, later)).rows] == ["60"]


def test_two_values_for_one_day_are_none() -> None:
    kent = report("Kent", 2016)
    found = rank(MOST, (figure(kent, "70"), figure(kent, "71")), (kent,))
    assert not found.rows
    assert found.silent == (kent,)


def test_other_subjects_and_units_are_not_mixed_in() -> None:
    kent = report("Kent", 2016)
    rows = (figure(kent, "70", unit="%"), figure(kent, "71", subject="children_in_need"))
    assert not rank(MOST, rows, (kent,)).rows


def test_without_a_period_the_newest_report_that_states_it_counts() -> None:
    old, new = report("Kent", 2016), report("Kent", 2020)
    found = rank(replace(MOST, period=ALWAYS), (figure(old, "70"),), (old, new))
    assert (named(found), found.silent) == (["Kent"], ())


def test_the_answer_names_the_first_lists_and_cites_each_and_says_what_was_read() -> None:
    written = write(rank(MOST, FIGURES, (*SOURCES, report("Wigan", 2016))))
    assert written.head.text == (
        "Of the figures in the reports published in 2016, the largest number of children looked after is that of "
        "Bexley, 1,100:"
    )
    assert "- Bexley: 1,100 at 31 March 2016 (published 12 September 2016) [1]\n- Leeds: 200" in written.text
    assert "Read from the reports published in 2016 of 7 of 8 authorities; not found for Wigan." in written.text
    assert (written.evidence[0].quote, written.evidence[0].page) == ("1100 children", 2)


def test_equal_firsts_rates_shares_and_figures_without_a_day_are_said_plainly() -> None:
    rows = (figure(SOURCES[0], "7.5", None, unit="%"), figure(SOURCES[1], "7.5", None, unit="%"))
    ranking = replace(LEAST, unit="%", period=ALWAYS)
    text = write(rank(ranking, rows, SOURCES)).text
    assert (
        "Of the figures in the reports held, the lowest share of children looked after is that of Barnet and Bexley"
        in text
    )
    assert "- Barnet: 7.5% (published 12 September 2016) [1]" in text
    assert "Compared are 2 authorities, each by the newest report held that states the figure." in text
    rate = replace(MOST, unit="per 10,000", subject="looked_after_rate")
    rates = (figure(SOURCES[0], "60", unit="per 10,000", subject="looked_after_rate"),)
    assert "the highest rate per 10,000 of children looked after is that of Barnet, 60 per 10,000:" in (
        write(rank(rate, rates, SOURCES)).text
    )


def test_that_no_report_states_it_is_said() -> None:
    assert not_stated(MOST) == (
        "No inspection report held published in 2016 states the number of children looked after in words that can be "
        "compared."
    )
