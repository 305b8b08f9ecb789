"""Questions that survey the register, and questions that do not."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.report import Framework
from index.retrieval.understand import understand
from rag.period import ALWAYS, Period
from rag.survey import Form, Survey, survey_of

TODAY = date(2024, 5, 20)
IN_2016 = Period(date(2016, 1, 1), date(2016, 12, 31))
SINCE_2018 = Period(date(2018, 1, 1))
INADEQUATE, GOOD, OUTSTANDING = frozenset({"inadequate"}), frozenset({"good"}), frozenset({"outstanding"})
REQUIRES = frozenset({"requires improvement"})
BELOW_GOOD = frozenset({"inadequate", "requires improvement", "adequate", "satisfactory"})


def survey(question: str) -> Survey | None:
    return survey_of(understand(question), TODAY)


def taken(question: str) -> Survey:
    found = survey(question)
    assert found is not None, question
    return found


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        (
            "which authorities were inadequate overall in reports published in 2016?",
            Survey(Form.LIST, grades=INADEQUATE, period=IN_2016),
        ),
        ("Who was rated outstanding in 2016?", Survey(Form.LIST, grades=OUTSTANDING, period=IN_2016)),
        ("outstanding councils 2016", Survey(Form.LIST, grades=OUTSTANDING, period=IN_2016)),
        ("Has any council ever been outstanding?", Survey(Form.LIST, grades=OUTSTANDING)),
        (
            "which three councils were inadequate for care leavers in 2016",
            Survey(Form.LIST, "care_leavers", INADEQUATE, period=IN_2016),
        ),
        ("How many of the councils you cover were good at some point?", Survey(Form.COUNT, grades=GOOD)),
        ("How many councils are good now?", Survey(Form.COUNT, grades=GOOD, latest=True)),
        (
            "How many inspections in 2016 ended in inadequate?",
            Survey(Form.COUNT, grades=INADEQUATE, period=IN_2016, of_reports=True),
        ),
        (
            "Of the reports published in 2016, how many said good?",
            Survey(Form.COUNT, grades=GOOD, period=IN_2016, of_reports=True),
        ),
        ("What share of councils were good in 2016?", Survey(Form.SHARE, grades=GOOD, period=IN_2016)),
        ("How many councils got each grade in 2016?", Survey(Form.BREAKDOWN, period=IN_2016)),
        ("Breakdown of overall grades in 2016", Survey(Form.BREAKDOWN, period=IN_2016)),
        ("Which councils were inadequate more than once?", Survey(Form.REPEATED, grades=INADEQUATE)),
        ("Who has been inadequate three times?", Survey(Form.REPEATED, grades=INADEQUATE, least=3)),
        ("Which councils have never been outstanding?", Survey(Form.NEVER, grades=OUTSTANDING)),
        ("Which councils have not been rated good?", Survey(Form.NEVER, grades=GOOD)),
        (
            "worst for care leavers in the latest reports",
            Survey(Form.EXTREME, "care_leavers", direction=-1, latest=True),
        ),
        ("Which councils were best in 2016?", Survey(Form.EXTREME, direction=1, period=IN_2016)),
        (
            "Which authority was the first to be judged outstanding?",
            Survey(Form.FIRST, grades=OUTSTANDING, direction=-1),
        ),
        ("Which council was most recently judged inadequate?", Survey(Form.FIRST, grades=INADEQUATE, direction=1)),
    ],
)
def test_each_form_is_taken(question: str, wanted: Survey) -> None:
    assert taken(question) == wanted


@pytest.mark.parametrize(
    ("question", "before", "after", "direction"),
    [
        ("how many went from inadequate to good since 2018?", INADEQUATE, GOOD, 0),
        ("Which councils came out of inadequate since 2018?", INADEQUATE, frozenset(), 1),
        ("Which councils lost their good rating since 2018?", GOOD, frozenset(), -1),
        ("Which councils dropped to inadequate since 2018?", frozenset(), INADEQUATE, -1),
        ("Which councils became inadequate since 2018?", frozenset(), INADEQUATE, 0),
        ("Which councils improved since 2018?", frozenset(), frozenset(), 1),
        ("Which councils declined since 2018?", frozenset(), frozenset(), -1),
        ("Which councils are good since 2018, having been inadequate?", INADEQUATE, GOOD, 0),
    ],
)
def test_a_change_has_what_was_left_and_what_was_reached(
    question: str, before: frozenset[str], after: frozenset[str], direction: int
) -> None:
    found = taken(question)
    assert (found.form, found.before, found.grades, found.direction) == (Form.CHANGE, before, after, direction)
    assert found.period == SINCE_2018


def test_a_year_beside_the_grade_that_was_left_belongs_to_it() -> None:
    found = taken("Which councils that were good in 2016 are inadequate now?")
    assert (found.before, found.grades, found.was, found.period) == (GOOD, INADEQUATE, IN_2016, ALWAYS)
    assert found.latest
    turned = taken("Which councils are good in 2016, up from inadequate?")
    assert (turned.before, turned.grades, turned.was, turned.period) == (INADEQUATE, GOOD, ALWAYS, IN_2016)


@pytest.mark.parametrize(
    ("words", "grades"),
    [
        ("good or outstanding", GOOD | OUTSTANDING),
        ("at least good", GOOD | OUTSTANDING),
        ("good or better", GOOD | OUTSTANDING),
        ("above good", OUTSTANDING),
        ("below good", BELOW_GOOD),
        ("not good", BELOW_GOOD),
        ("no better than inadequate", INADEQUATE),
        ("good or worse", BELOW_GOOD | GOOD),
        ("not inadequate", (BELOW_GOOD | GOOD | OUTSTANDING) - INADEQUATE),
        ("RI", REQUIRES),
        ("requiring improvement to be good", REQUIRES),
        ("inadaquate", INADEQUATE),
        ("failing", INADEQUATE),
    ],
)
def test_grades_are_read_as_people_put_them(words: str, grades: frozenset[str]) -> None:
    assert taken(f"which councils were {words} in 2016").grades == grades


@pytest.mark.parametrize(
    ("question", "latest"),
    [
        ("Which councils are inadequate?", True),
        ("inadequate councils", True),
        ("Which councils were inadequate at their latest inspection?", True),
        ("Which councils are still inadequate?", True),
        ("How many councils were inadequate as at the end of 2016?", True),
        ("Which councils were inadequate?", False),
        ("Are there councils that have ever been inadequate?", False),
        ("Which councils were inadequate in 2016?", False),
    ],
)
def test_the_newest_reports_count_when_the_state_of_things_is_asked_for(question: str, latest: bool) -> None:
    assert taken(question).latest is latest


def test_a_question_is_narrowed_by_kind_framework_and_the_day_that_counts() -> None:
    found = taken("which London boroughs inspected in 2016 under the single inspection framework were good")
    assert found.group is not None
    assert (found.group.words, found.framework, found.period.inspected) == ("London boroughs", Framework.SIF, True)


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Which coastal councils were inadequate in 2016?", ("coastal",)),
        ("Which Labour-run councils are inadequate?", ("Labour-run",)),
        ("Which councils near the coast are inadequate?", ("near", "coast")),
        ("Which councils run by Labour improved since 2018?", ("run", "Labour")),
    ],
)
def test_words_that_pick_authorities_out_in_an_unknown_way_are_kept(question: str, unknown: tuple[str, ...]) -> None:
    assert taken(question).unknown == unknown


def test_of_one_authority_its_grades_are_counted_and_nothing_else() -> None:
    found = taken("How many times has Leeds been judged inadequate?")
    assert (found.form, found.authorities, found.grades) == (Form.COUNT, ("Leeds",), INADEQUATE)
    assert survey("Has Leeds ever been inadequate?") is None
    assert survey("How many times were Leeds and Kent inadequate?") is None


def test_adequate_under_older_frameworks_needs_no_more_than_the_grade() -> None:
    assert taken("Which councils were adequate under the older frameworks?").grades == frozenset({"adequate"})
    assert survey("Which councils were inadequate under the older frameworks?") is None


@pytest.mark.parametrize(
    "question",
    [
        "Was the council rated good in 2016?",
        "What do outstanding councils do?",
        "What makes a council outstanding?",
        "What happened after the council was rated inadequate?",
        "Why were so many councils inadequate in 2016?",
        "Which authorities were judged inadequate because of weak leadership?",
        "Which inadequate councils failed care leavers?",
        "Which councils are good at keeping social workers?",
        "Which councils improved their front door?",
        "What works best for care leavers?",
        "What is the best thing about the service?",
        "How many care plans were judged good by auditors?",
        "How many children were looked after in 2016?",
        "Who lost confidence in the service?",
        "Which councils have outstanding actions?",
        "Which councils were good in 2015-16?",
        "Which councils were inadequate in both 2014 and 2018?",
        "Which councils were inadequate in 2014 and good in 2018?",
        "Which councils were good for adoption and for care leavers?",
        "Which council is led by a trust?",
    ],
)
def test_a_question_with_a_word_that_has_no_part_in_a_survey_is_none(question: str) -> None:
    assert survey(question) is None
