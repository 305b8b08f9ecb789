"""How a question is taken apart over the words that an index knows."""

from __future__ import annotations

import pytest

from index.retrieval.asked import mended, take_apart
from index.search import Index


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("How are interveiws in Hartlepool?", "How are interviews in Hartlepool?"),
        ("How is Hartlepool doing at the moment?", "How is Hartlepool doing at the moment?"),
        ("How are plans in Hartlepool?", "How are plans in Hartlepool?"),
        # Not in these reports, and an everyday word all the same.
        ("Who gets a fridge in Hartlepool?", "Who gets a fridge in Hartlepool?"),
    ],
)
def test_slips_are_mended_and_ordinary_words_are_not(question: str, read: str, index: Index) -> None:
    assert mended(question, index) == read


def test_a_question_about_change_alone_is_asked_of_all_reports(index: Index) -> None:
    assert take_apart("Has Hartlepool gone downhill?", index).understanding.across
    assert not take_apart("Has Hartlepool gone downhill since the last inspection?", index).understanding.across


def test_the_askers_own_part_is_no_subject(index: Index) -> None:
    asked = take_apart("As a parent of two: how are plans in Hartlepool?", index)
    assert [concept.name for concept in asked.concepts] == ["plans"]
    about = take_apart("As a foster carer: what is said about us in Hartlepool?", index)
    assert [concept.name for concept in about.concepts] == ["foster carer"]


def test_what_belongs_to_an_authority_is_read_without_it(index: Index) -> None:
    asked = take_apart("How are young people who left Hartlepool's care?", index)
    assert any("left care" in concept.name for concept in asked.concepts)
