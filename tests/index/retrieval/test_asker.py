"""Who asks, and in what situation, is no part of the question."""

from __future__ import annotations

import pytest

from index.retrieval.asker import without_asker


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("As a governor: how is early help in Hull?", "how is early help in Hull?"),
        ("As someone who runs a club, how is early help in Hull?", "how is early help in Hull?"),
        ("Headteacher here. How is early help in Hull?", "How is early help in Hull?"),
        ("My son may move: how are disabled children helped in Hull?", "how are disabled children helped in Hull?"),
    ],
)
def test_who_asks_is_left_out(question: str, rest: str) -> None:
    assert without_asker(question) == rest


@pytest.mark.parametrize(
    "question",
    [
        # The situation is what is asked about, or holds the subject.
        "As a foster carer: what is said of us in Hull?",
        "My son waited for CAMHS. What did the report on Hull say about that?",
        "My daughter looks after me. How are kids like her helped in Hull?",
        "I live in Hull. Are the roads good?",
        "How is early help in Hull?",
        "Are children safe here, in Hull?",
        "I mean private fostering in Hull. How many cases of missing children were found?",
        "My question is about private fostering. What did inspectors think of care leavers in Hull?",
        "My son waits for private fostering. How are care leavers helped in Hull?",
        "",
    ],
)
def test_what_is_asked_stays(question: str) -> None:
    assert without_asker(question) == question
