"""A term of the field that the reports nowhere speak of has no answer in them."""

from __future__ import annotations

import pytest

from corpus.report import BlockKind
from index.records import Passage
from index.retrieval.concepts import Concept
from rag.absent import is_absent


def passage(text: str, heading: str = "Findings", lead: str = "") -> Passage:
    return Passage("a-1", "a.txt", text, BlockKind.PARAGRAPH, (heading,), 0, 0, len(text), lead=lead)


def concept(*wordings: str, weight: float = 2.0) -> Concept:
    return Concept(tuple(frozenset(wording.split()) for wording in wordings), weight)


CARERS = concept("young carer", "child who care", "carer young", weight=3.0)
SUPPORT = concept("support", weight=1.0)


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
    assert not is_absent((CARERS, SUPPORT), [[passage("Support is good.")], [there]])


def test_a_term_that_stands_nowhere_is_absent() -> None:
    assert is_absent((CARERS, SUPPORT), [[passage("Support is good for carers.")], [passage("Young people thrive.")]])


def test_its_words_in_two_passages_are_not_the_term() -> None:
    assert is_absent((CARERS,), [[passage("Young people thrive."), passage("Foster carers help.")]])


def test_a_word_of_the_askers_own_may_be_another_for_what_is_there() -> None:
    assert not is_absent((concept("boss"),), [[passage("Leaders are strong.")]])


def test_a_small_part_of_the_question_does_not_decide() -> None:
    assert not is_absent((CARERS, concept("support", weight=9.0)), [[passage("Support is good.")]])


def test_nothing_asked_is_not_absent() -> None:
    assert not is_absent((), [[passage("Support is good.")]])
