"""Questions about what became of things, which way, and the sentences that tell it."""

from __future__ import annotations

import pytest

from index.retrieval.change import Change, change_asked, change_said, without_change
from index.retrieval.understand import understand


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What changed between the 2017 inspection and the March 2020 report?", Change.ANY),
        ("What slipped compared with 2018?", Change.WORSE),
        ("Which things have got worse?", Change.WORSE),
        ("Has it got worse?", Change.ANY),
        ("What improved between 2018 and 2022?", Change.BETTER),
        ("Had supervision got any better?", Change.ANY),
        ("Which old problems from the last inspection still hadnt been fixed?", Change.SAME),
        ("What hasn't been sorted since last time?", Change.SAME),
        ("Are high caseloads still a problem?", Change.SAME),
        ("Has it gone downhill?", Change.ANY),
        ("Is it any better than it was in 2018?", Change.ANY),
        ("How have care services moved since 2019?", Change.ANY),
        ("How has support for care leavers changed?", Change.ANY),
        ("What has to improve about supervision?", None),
        ("What did they say must get better about adoption?", None),
        ("What difference did the new team make?", None),
        ("How many changes of social worker were there?", None),
        ("How good is early help?", None),
        ("Do care leavers still get help at 21?", None),
    ],
)
def test_which_way_a_question_asks_about(question: str, asked: Change | None) -> None:
    assert change_asked(question) is asked


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What slipped compared with 2018?", set()),
        ("What hasn't been sorted since last time?", set()),
        ("Are high caseloads still a problem?", {"high", "caseloads", "are"}),
        (
            "Had return home interviews got any better since the previous visit?",
            {"had", "return", "home", "interviews"},
        ),
    ],
)
def test_what_is_left_is_the_subject(question: str, left: set[str]) -> None:
    assert set(without_change(question).lower().strip(" ?").split()) - {"?"} == left


@pytest.mark.parametrize(
    ("asked", "better", "worse"),
    [
        pytest.param(
            Change.WORSE,
            "Practice is not as consistently strong as it was in 2018.",
            "Practice has improved since 2018.",
            id="the way asked about",
        ),
        pytest.param(
            Change.ANY,
            "Services have improved since the last inspection.",
            "Services have improved.",
            id="since when is told",
        ),
        pytest.param(
            Change.ANY,
            "Services have improved since 2017, when they were judged to be inadequate.",
            "Services have improved since 2017.",
            id="from what grade is told",
        ),
        pytest.param(
            Change.SAME,
            "Several areas have not been tackled since the previous inspection.",
            "Several areas have been strengthened since the previous inspection.",
            id="what stayed as it was",
        ),
        pytest.param(Change.SAME, "Delay remains a concern.", "Children remain in care.", id="to remain somewhere"),
    ],
)
def test_one_sentence_tells_it_better_than_another(asked: Change, better: str, worse: str) -> None:
    assert change_said(asked, better) > change_said(asked, worse)


def test_a_sentence_without_change_tells_none() -> None:
    assert change_said(Change.ANY, "Children are seen alone.") == 0.0


def test_change_is_asked_of_findings_in_one_authority() -> None:
    assert understand("What has changed in Leeds since 2018?").change is Change.ANY
    assert understand("How many children were in care in Leeds, and has that changed?").change is None
    assert understand("What has changed in Leeds compared with Walsall?").change is None


def test_since_a_year_means_the_reports_up_to_now() -> None:
    years = understand("Is Leeds any better than it was in 2018?").years
    assert years[0] == 2018
    assert len(years) > 5


def test_an_inspection_over_two_years_is_a_report_of_either() -> None:
    asked = understand("What progress had Leeds made by the 2017/18 inspection?")
    assert (asked.years, asked.periods) == ((2017, 2018), ())


def test_changes_of_something_stay_in_the_question() -> None:
    assert "changes of social worker" in without_change("Are there still changes of social worker?")
    assert "change" not in without_change("What has changed since?")
