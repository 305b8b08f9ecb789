"""A term of the field that the reports nowhere speak of has no answer in them."""

from __future__ import annotations

import pytest

from corpus.report import BlockKind
from index.records import Passage
from index.retrieval.concepts import Concept
from rag.absent import is_absent


def passage(text: str, heading: str = "Findings", lead: str = "") -> Passage:
    return Passage("a-1", "a.txt", text, BlockKind.PARAGRAPH, (heading,), 0, 0, len(text), lead=lead)


def concept(name: str, *terms: str, weight: float = 2.0) -> Concept:
    return Concept((frozenset(name.lower().split()),), weight, name, terms=terms)


CARERS = concept("carers", "young carer", "child who cares", weight=3.0)
SUPPORT = concept("support", weight=1.0)
ASKED = "How good is support for young carers?"


@pytest.mark.parametrize(
    "there",
    [
        passage("Young carers are known."),
        passage("They are helped.", "Young carers"),
        passage("a few", lead="Young carers:"),
    ],
    ids=["text", "heading", "lead"],
)
def test_a_term_that_stands_anywhere_is_there(there: Passage) -> None:
    assert not is_absent(ASKED, (CARERS, SUPPORT), [[passage("Support is good.")], [there]])


def test_a_term_that_stands_nowhere_is_absent() -> None:
    assert is_absent(
        ASKED, (CARERS, SUPPORT), [[passage("Support is good for carers.")], [passage("Young people thrive.")]]
    )


def test_its_words_apart_are_not_the_term() -> None:
    assert is_absent(ASKED, (CARERS,), [[passage("Young people and their carers are heard.")]])


def test_two_words_may_stand_the_other_way_round() -> None:
    attendance = concept("school attendance", "school attendance")
    assert not is_absent(ASKED, (attendance,), [[passage("Attendance at school is good.")]])


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("What is said about Martian families?", True),
        ("Martian families: what is said?", False),
        ("what is said about martian families?", False),
        ("What Was Said In The Report On Martian Families Then?", False),
        ("What is said about MARTIAN families?", False),
    ],
)
def test_a_name_that_stands_nowhere_is_absent(question: str, absent: bool) -> None:
    name = next(word for word in question.split() if word.lower().strip(":") == "martian")
    assert is_absent(question, (concept(name),), [[passage("Families are helped.")]]) is absent
    assert not is_absent(question, (concept(name),), [[passage("Martian families are helped.")]])


def test_its_words_in_two_passages_are_not_the_term() -> None:
    assert is_absent(ASKED, (CARERS,), [[passage("Young people thrive."), passage("Foster carers help.")]])


def test_a_word_of_the_askers_own_may_be_another_for_what_is_there() -> None:
    assert not is_absent(ASKED, (concept("boss"),), [[passage("Leaders are strong.")]])


def test_a_small_part_of_the_question_does_not_decide() -> None:
    assert not is_absent(ASKED, (CARERS, concept("support", weight=9.0)), [[passage("Support is good.")]])


def test_nothing_asked_is_not_absent() -> None:
    assert not is_absent(ASKED, (), [[passage("Support is good.")]])
