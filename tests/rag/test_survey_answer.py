"""Questions across authorities over the five reports that come with the project."""

from __future__ import annotations

from datetime import date

import pytest

from index.retrieval.understand import understand
from index.search import Index
from rag.survey_answer import surveyed
from rag.survey_text import Written

TODAY = date(2024, 5, 20)


def answer(question: str, index: Index) -> Written | str | None:
    return surveyed(understand(question), index, TODAY)


def test_grades_are_surveyed_and_every_line_is_cited(five: Index) -> None:
    found = answer("Which authorities were judged inadequate?", five)
    assert isinstance(found, Written)
    assert found.lines
    tokens = [token for line in found.lines for token in line.tokens]
    assert tokens == [item.token for item in found.evidence]
    assert all(item.quote for item in found.evidence)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "Which authorities were inadequate in reports published in 1999?",
            "No report held published in 1999 was found to give an",
        ),
        ("Which coastal councils are inadequate?", "“coastal”"),
        ("Which council had the most looked after children in 1999?", "No inspection report held published in 1999"),
    ],
)
def test_what_cannot_be_told_is_said(five: Index, question: str, said: str) -> None:
    found = answer(question, five)
    assert isinstance(found, str)
    assert said in found


def test_another_question_is_left_to_the_other_steps(five: Index) -> None:
    assert answer("What did inspectors say about early help?", five) is None
