"""Authorities compared by nothing but their grades."""

from __future__ import annotations

import pytest

from index.records import Grade
from index.retrieval.ask import Ask
from index.retrieval.understand import understand
from rag.comparing import compared
from tests.rag.builders import report


def judged(authority: str, grade: str) -> Grade:
    return Grade(report(authority), "overall", grade, grade, f"{authority} is {grade}", 3)


@pytest.mark.parametrize(
    "question",
    [
        "Which of the two councils was worse, Sandwell in 2015 or Walsall in 2017?",
        "Who was worse, Sandwell or Walsall?",
        "How do Walsall and Sandwell compare overall?",
        "who did better for care leavers, sandwell 2015 or walsall 2017",
        "Did Walsall or Sandwell get the higher rating in their latest inspections?",
    ],
)
def test_a_comparison_of_nothing_else_is_of_grades(question: str) -> None:
    asked = understand(question)
    assert asked.compared
    assert asked.ask is Ask.GRADE


@pytest.mark.parametrize(
    "question",
    [
        "How do Walsall and Sandwell compare on supervision?",
        "Which council had fewer agency staff, Walsall or Sandwell?",
        "Was Sandwell better in 2025 than in 2015?",
        "What did inspectors say about Walsall and Sandwell?",
        "Did Walsall or Sandwell get better at care leavers?",
    ],
)
def test_a_comparison_of_something_is_not(question: str) -> None:
    assert not understand(question).compared


@pytest.mark.parametrize(
    ("question", "given", "sentence"),
    [
        ("Which was worse?", ("inadequate", "good"), "The lower of these grades was given to Newtown."),
        ("Which was better?", ("inadequate", "good"), "The higher of these grades was given to Oldtown."),
        (
            "Which was best?",
            ("good", "good", "inadequate"),
            "The highest of these grades was given to Newtown and Oldtown.",
        ),
        ("Which was worse?", ("good", "good"), "By these grades none was judged better: Newtown and Oldtown"),
        # Grades of two frameworks that nobody has put in an order.
        ("Which was worse?", ("adequate", "requires improvement"), ""),
        ("Which was worse?", ("good",), ""),
    ],
)
def test_grades_side_by_side(question: str, given: tuple[str, ...], sentence: str) -> None:
    names = ("Newtown", "Oldtown", "Midtown")
    rows = tuple(judged(name, grade) for name, grade in zip(names, given, strict=False))
    said = compared(rows, question)
    assert said.startswith(sentence)
    assert bool(said) is bool(sentence)


def test_an_authority_graded_twice_is_not_compared() -> None:
    rows = (judged("Newtown", "good"), judged("Newtown", "inadequate"), judged("Oldtown", "good"))
    assert not compared(rows, "Which was worse?")
