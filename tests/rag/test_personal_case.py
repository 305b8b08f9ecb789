"""The asker's own life and particular children are for people; ordinary questions about children are not."""

from __future__ import annotations

import pytest

from rag.personal_case import ERRAND, is_personal_case


def is_word(word: str) -> bool:
    return word not in {"kayleigh", "okafor"}


@pytest.mark.parametrize(
    "question",
    [
        "my uncle hurts me and nobody listens",
        "i'm 12 and scared to go home",
        "I have run away from my children's home",
        "i dont feel safe where i live",
        "my mum's partner threatens us",
        "i want to hurt myself",
        "Will they take my baby off me?",
        "Is my grandson being looked after properly in Leeds?",
        "What happens at my child protection conference?",
        "Our son was placed in Kent. Why?",
        "the baby next door screams all night",
        "I think a girl at the school is being groomed",
        "who should I tell about a child being left alone?",
        "how do we get him back from foster care?",
        "can social services stop us moving?",
        "What is the address of the foster parents?",
        "where is the boy living now?",
        "What do the records of this child say?",
        "Who is Kayleigh's social worker?",
        "What does Hull say about the lad who lives with us?",
    ],
)
def test_a_personal_case_is_for_a_person(question: str) -> None:
    assert is_personal_case(question, is_word)


@pytest.mark.parametrize(
    "question",
    [
        "What do inspectors say of children whose parents hurt them?",
        "Are children at risk seen quickly enough?",
        "How well does Leeds support children who run away?",
        "What did Ofsted say about children being abused?",
        "Where do children in care live?",
        "How does Kent address the needs of care leavers?",
        "What do the records of children show?",
        "Is Leeds's case recording good?",
        "Who is Hull's director?",
        "Help me find the grade for Leeds",
        "What does the 2019 report say about boys who are exploited?",
        # It tells of the asker and asks for what a report says.
        "My foster daughter waited for CAMHS. What did the 2019 report say about that?",
        "My disabled son may move: what was said of help for disabled children in Hull in 2021?",
        "im a care leaver - did ofsted say anything about housing?",
    ],
)
def test_a_question_about_reports_is_not(question: str) -> None:
    assert not is_personal_case(question, is_word)


@pytest.mark.parametrize(
    "question",
    [
        "My son is being hurt at his foster placement in Hull. What was said about safety there in 2021?",
        "my foster mum will not feed me. what was said about that in hull in 2021",
        "What has been said about my case in Hull in 2021?",
        "My daughter was taken from me: what was found in Hull in 2021?",
        "My son is unsafe. What was said about Hull?",
    ],
)
def test_who_asks_what_was_said_of_their_own_trouble_is_told_where_to_turn(question: str) -> None:
    assert is_personal_case(question, is_word)


def test_danger_is_for_a_person_even_beside_a_report() -> None:
    assert is_personal_case("My dad beats me, what does the Ofsted report say?", is_word)


@pytest.mark.parametrize("question", ["How do I know which report is newest?", "Write a summary of the Leeds report"])
def test_what_reports_can_do_is_no_errand(question: str) -> None:
    assert not ERRAND.search(question)
