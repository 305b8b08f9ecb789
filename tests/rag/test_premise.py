"""What a question takes for granted is held against the register and put right first."""

from __future__ import annotations

from datetime import date

import pytest

from index.records import Counted, Named, Stated
from index.retrieval.scope import resolve
from index.retrieval.understand import understand
from index.search import Index
from rag.premise import TAKEN, correction
from rag.premise_figure import denied_homes, said_of, wrong_figure
from rag.premise_person import wrong_person
from tests.rag.builders import passage, report

SOURCE = report("Rutland", 2019)
CARE = r"looked[- ]after children|children in care"
HOMES = Counted(SOURCE, "childrens_homes_operated", "3", "homes", "The council operates three children's homes.", 4)
PLANS = Counted(SOURCE, "cp_plan", "61", "children", "61 children had a plan.", 4, as_at=date(2019, 3, 31))
RATE = Counted(SOURCE, "cp_plan_rate", "48", "per 10,000", "61 children had a plan (48 per 10,000).", 4)
LEAD = Stated(SOURCE, "lead inspector", "Ada Quill HMI", "Lead inspector: Ada Quill HMI", 2)
DIRECTOR = Named(SOURCE, "director of children's services", "The DCS, Omar Penhale, ...", 5, name="Omar Penhale")


def is_word(word: str) -> bool:
    return word not in {"ada", "quill", "omar", "penhale", "tobias", "wren", "rutland", "quil"}


def figure(question: str) -> str:
    asked = understand(question)
    found = wrong_figure(asked, resolve(asked, (SOURCE,)), (HOMES, PLANS, RATE))
    return found[0] if found else ""


def person(question: str) -> str:
    asked = understand(question)
    found = wrong_person(question, resolve(asked, (SOURCE,)), (LEAD,), (DIRECTOR,), is_word)
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Why had the number of children in care in Rutland risen to 90?", 90),
        ("Why did the number of looked-after children fall from 40 to 31 by 2019?", 31),
        ("How come Rutland has only twelve looked after children?", 12),
        ("Why were there no children in care in Rutland?", 0),
        ("Why doesn't Rutland have any looked after children?", 0),
        # No claim of how many there were.
        ("Why did 12 looked after children go missing?", None),
        ("How many children in care were there?", None),
        ("Are children in care aged 16 supported?", None),
        ("Why did the number of children in care rise in March 2019?", None),
        ("Why were there no children in care with a visitor?", None),
    ],
)
def test_the_number_that_a_question_takes_for_granted(question: str, number: int | None) -> None:
    assert said_of(CARE, question) == number


def test_a_wrong_figure_is_put_right() -> None:
    said = figure("Why had the number of child protection plans in Rutland risen to 75 by March 2019?")
    assert said.startswith("Not 75: the number of children subject to a child protection plan at 31 March 2019 was 61")


def test_none_is_put_right_too() -> None:
    said = figure("Why does Rutland run no children's homes?")
    assert said.startswith(
        "It is not so that there were none: the number of children's homes that the authority runs was 3"
    )


@pytest.mark.parametrize(
    ("question", "denied"),
    [
        ("Which of Rutland's four children's homes are good?", True),
        ("Are children's homes inspected in Rutland?", False),
        ("Why does Rutland run no children's homes?", False),
    ],
)
def test_homes_that_the_report_says_are_not_run(question: str, denied: bool) -> None:
    said = passage("Rutland is small. The council does not operate any children's homes. It buys places.")
    found = denied_homes(question, [said])
    assert (found == ("The council does not operate any children's homes.", said)) is denied


@pytest.mark.parametrize(
    "question",
    [
        "Why had the number of child protection plans in Rutland risen to 61?",
        "Why had the number of child protection plans in Rutland risen to 75 by June 2018?",
        "Why does Rutland run three children's homes?",
        "Why is adoption slow in Rutland?",
    ],
)
def test_what_is_so_or_not_known_is_not_corrected(question: str) -> None:
    assert not figure(question)


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("tobias wren led the rutland inspection, right?", "Not Tobias Wren: the lead inspector was Ada Quill HMI"),
        ("Was Ada Quill the lead inspector in Rutland?", "Yes: the lead inspector was Ada Quill HMI"),
        ("Was the Rutland inspection led by Ada Quil?", "Yes: the lead inspector was Ada Quill HMI"),
        ("Why was Tobias Wren director of children's services in Rutland?", "Not Tobias Wren: the director of"),
    ],
)
def test_a_person_is_confirmed_or_put_right(question: str, opening: str) -> None:
    assert person(question).startswith(opening)


@pytest.mark.parametrize(
    "question",
    [
        "Who led the Rutland inspection?",
        "Did social workers led by the director in Rutland improve?",
        "Who is the director of children's services in Rutland?",
    ],
)
def test_a_question_without_a_name_is_about_nobody(question: str) -> None:
    assert not person(question)


@pytest.mark.parametrize(
    "question",
    [
        "what did they do to be good for adoption?",
        "Why did Ofsted describe the board as outstanding?",
        "What earned them its good rating?",
    ],
)
def test_a_grade_is_taken_for_granted(question: str) -> None:
    assert TAKEN.search(question)


@pytest.mark.parametrize(
    "question", ["What good practice is there?", "Is it good for children to be seen?", "as good a service as before"]
)
def test_a_word_of_praise_is_no_grade(question: str) -> None:
    assert not TAKEN.search(question)


def test_of_the_five_reports_a_grade_is_put_right_and_quoted(five: Index) -> None:
    asked = understand("What did Walsall do to be outstanding for care leavers?")
    found = correction(asked, resolve(asked, five.sources), five)
    assert found is not None
    assert found.sentence.text.startswith("It was not judged outstanding: Walsall was judged")
    assert "Requires improvement" in found.evidence.quote


def test_several_authorities_are_compared_and_not_corrected(five: Index) -> None:
    asked = understand("Why were Walsall and Sandwell described as outstanding?")
    assert correction(asked, resolve(asked, five.sources), five) is None
