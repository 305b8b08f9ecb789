"""What no report can hold: opinions, predictions, and sums that none names."""

from __future__ import annotations

import pytest

from index.retrieval.concepts import Concept
from rag.unsaid import is_opinion, names_no_sum

AGENCY = (Concept((frozenset({"agenc"}),), 1.0),)


@pytest.mark.parametrize(
    "question",
    [
        "Will Bolton be judged outstanding next time?",
        "Can you predict the next grade?",
        "Is Bolton likely to fail?",
        "What do you think of the director?",
        "who is to blame?",
        "Should the lead member be sacked?",
    ],
)
def test_opinions_and_predictions(question: str) -> None:
    assert is_opinion(question)


@pytest.mark.parametrize(
    "question",
    [
        "What should Bolton improve by the next inspection?",
        "What will the council do about caseloads?",
        "When will inspectors visit next?",
        "What did social workers think of the training?",
        "Should children be seen alone, according to the report?",
    ],
)
def test_what_reports_can_say_is_neither(question: str) -> None:
    assert not is_opinion(question)


@pytest.mark.parametrize(
    "question", ["How much did they spend on agency staff?", "What do they pay agency staff?", "What did staff cost?"]
)
def test_a_sum_that_no_text_names_is_missing(question: str) -> None:
    assert names_no_sum(question, AGENCY, ["Agency staff are few.", "£2 million for homes."])


def test_a_sum_for_what_is_asked_is_not_missing() -> None:
    assert not names_no_sum("How much did they spend on agency staff?", AGENCY, ["Agency staff cost £3 million."])


def test_only_questions_for_money_can_miss_a_sum() -> None:
    assert not names_no_sum("How many agency staff are there?", AGENCY, ["Agency staff are few."])


@pytest.mark.parametrize(
    "question",
    ["What do agency staff pay attention to?", "What does it say about agency staff who pay too little attention?"],
)
def test_to_pay_attention_is_no_question_for_money(question: str) -> None:
    assert not names_no_sum(question, AGENCY, ["Agency staff are few."])


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How are agency staff found, and what do they cost?", "Agency staff are few."),
        ("What do agency staff cost?", "Agency staff are lent at no cost."),
    ],
)
def test_a_sum_is_not_missed_beside_another_question_or_where_a_thing_is_free(question: str, text: str) -> None:
    assert not names_no_sum(question, AGENCY, [text])
