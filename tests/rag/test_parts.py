"""Questions that ask two things: taken apart, answered one by one, and put together with one numbering."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from index.search import Index
from rag import wording
from rag.answer import Answer, Evidence, Outcome, Sentence
from rag.chain import Answerer
from rag.parts import is_better, merged, parts_of
from rag.settings import Settings
from tests.rag.builders import quote


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "When was Leeds last inspected and by whom?",
            ("When was Leeds last inspected?", "Leeds, latest report: Who led the inspection?"),
        ),
        (
            "Leeds 2022: what overall grade, and how long do children wait to be seen?",
            ("Leeds 2022: what overall grade?", "Leeds, 2022 report: How long do children wait to be seen?"),
        ),
        (
            "Who led the Leeds inspection in March 2022, when, and did children in care see a dentist?",
            (
                "Who led the Leeds inspection in March 2022?",
                "Leeds, March 2022 report: When was the inspection carried out?",
                "Leeds, March 2022 report: Did children in care see a dentist?",
            ),
        ),
        (
            "leeds july 2022 what was the overall grade and how many children went missing",
            ("Leeds july 2022 what was the overall grade?", "Leeds, July 2022: How many children went missing?"),
        ),
        (
            "Leeds 2022 - grade for care leavers, and are plans clear for children?",
            ("Leeds 2022 - grade for care leavers?", "Leeds, 2022 report: Are plans clear for children?"),
        ),
        (
            "Who is the director of children's services in Leeds and are caseloads manageable?",
            ("Who is the director of children's services in Leeds?", "Leeds: Are caseloads manageable?"),
        ),
    ],
)
def test_each_part_can_stand_alone(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "What did inspectors say about fostering and how were carers supported in Leeds?",
        "How was Leeds graded and why?",
        "In the 2015 Leeds report, what judgement was given for care leavers?",
        "Who led the inspection in Leeds and in Walsall, and what was said of fostering?",
        "When was Leeds inspected?",
        "What was the grade, and what about fostering?",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert parts_of(question) == ()


def part(question: str, text: str, outcome: Outcome, *evidence: Evidence, origin: str = "report") -> Answer:
    said = tuple(Sentence(item.quote, (item.token,), origin, verified=True) for item in evidence)
    tokens = tuple(item.token for item in evidence)
    return Answer(question, outcome, text, evidence=evidence, cited=tokens, sentences=said, complete=True)


FIRST = part("When?", "In May [1].", Outcome.ANSWERED, quote("It took place in May."), origin="register")
SECOND = part("How?", "Well [1].", Outcome.ANSWERED, quote("It went well."))
NONE = part("Cost?", "No answer was found in the reports held.", Outcome.NOT_IN_REPORTS)
BASE = Answer("When, and how?", Outcome.NOT_IN_REPORTS)


def test_evidence_is_numbered_through() -> None:
    whole = merged(BASE, (FIRST, SECOND))
    assert whole.text == "In May [1].\n\nWell [2]."
    assert [item.token for item in whole.evidence] == ["1", "2"]
    assert [sentence.tokens for sentence in whole.sentences] == [("1",), ("2",)]
    assert whole.cited == ("1", "2")
    assert whole.outcome is Outcome.ANSWERED


def test_the_line_over_the_quotes_is_said_once() -> None:
    first = replace(FIRST, text="In May [1].\n\nIn the report's words:\n\nLeeds:\n- “May” [1]", leads=("1",))
    second = replace(SECOND, text="Well.\n\nMore on this:\n\nLeeds:\n- “Well” [1]", leads=("1",), below=("1",))
    whole = merged(BASE, (first, second))
    assert whole.text == "In May [1].\n\nWell.\n\nMore on this:\n\nLeeds:\n- “May” [1]\n\nLeeds:\n- “Well” [2]"
    assert (whole.leads, whole.below) == (("1", "2"), ("2",))
    assert merged(replace(BASE, below=("7",)), (FIRST, SECOND)).below is None


def test_a_part_in_which_nothing_leads_is_not_put_below_the_other() -> None:
    first = replace(FIRST, text="In May [1].\n\nIn the report's words:\n\nLeeds:\n- “May” [1]")
    second = replace(SECOND, text="The reports say:\n\nLeeds:\n- “Well” [1]")
    text = merged(BASE, (first, second)).text
    assert text == "In May [1].\n\nThe reports say:\n\nLeeds:\n- “Well” [2]\n\nLeeds:\n- “May” [1]"


def test_what_answers_each_part_comes_before_their_further_quotes() -> None:
    first = replace(FIRST, text="In May [1].\n\nMore on this:\n\nLeeds:\n- “May” [1]")
    assert merged(BASE, (first, SECOND)).text == "In May [1].\n\nWell [2].\n\nMore on this:\n\nLeeds:\n- “May” [1]"


def test_what_comes_near_in_a_part_without_an_answer_is_left_out() -> None:
    text = f"{NONE.text}\n\n{wording.NEAREST}\n\nLeeds:\n- “It cost a lot.” [1]"
    none = replace(NONE, text=text, evidence=(quote("It cost a lot."),), cited=("1",))
    whole = merged(BASE, (FIRST, none))
    assert whole.text == f"In May [1].\n\n“Cost?” {NONE.text}"
    assert whole.cited == ("1",)


def test_a_part_without_an_answer_says_so_and_the_whole_is_partly_answered() -> None:
    whole = merged(BASE, (FIRST, NONE))
    assert "“Cost?” No answer was found in the reports held." in whole.text
    assert whole.outcome is Outcome.PARTLY_ANSWERED


def test_parts_are_better_where_all_are_answered_or_one_of_a_refused_question() -> None:
    answered = replace(BASE, outcome=Outcome.ANSWERED)
    assert is_better((FIRST, SECOND), answered)
    assert is_better((FIRST, NONE), BASE)
    assert is_better((FIRST, NONE), FIRST)
    assert not is_better((FIRST, NONE), answered)
    assert is_better((SECOND, NONE), BASE)
    assert not is_better((NONE, NONE), BASE)


@pytest.fixture
def asked(index: Index) -> Callable[[str], Answer]:
    return lambda question: list(Answerer(index, Settings(model="none")).stream(question))[-1]


def test_a_grade_and_a_finding_are_both_answered(asked: Callable[[str], Answer]) -> None:
    answer = asked("What overall grade did Hartlepool get in 2022, and are health assessments timely?")
    assert answer.outcome is Outcome.ANSWERED
    assert "was judged" in answer.text
    assert any("health assessments" in item.quote.lower() for item in answer.citations)
    assert len({item.token for item in answer.evidence}) == len(answer.evidence)


def test_the_part_that_the_reports_do_not_say_is_named(asked: Callable[[str], Answer]) -> None:
    answer = asked("When was the Hartlepool focused visit, and how much is the weekly fostering allowance?")
    assert answer.outcome is Outcome.PARTLY_ANSWERED
    assert "took place" in answer.text
    assert "weekly fostering allowance" in answer.text
