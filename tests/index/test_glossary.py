"""The field's short forms find what they stand for, and ordinary words do not."""

from __future__ import annotations

import json

import pytest

from index.glossary import GLOSSARY, expand, match_terms


def matched(text: str) -> list[str]:
    return [term for term, _ in match_terms(text)]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("how are RHIs", "return home interviews"),
        ("LAC numbers", "children looked after"),
        ("is the mash any good", "multi-agency safeguarding hub"),
        ("letter before proceedings", "public law outline"),
    ],
)
def test_a_term_brings_the_other_words_for_the_same_thing(asked: str, meant: str) -> None:
    assert expand(asked).startswith(asked)
    assert meant in expand(asked)


@pytest.mark.parametrize("text", ["a smashing time", "he pas de deux", "pa said so", "the cp is here", "Qatar"])
def test_letters_within_a_word_and_short_forms_in_lower_case_are_no_terms(text: str) -> None:
    assert matched(text) == []
    assert expand(text) == text


def test_a_term_is_given_as_it_was_written() -> None:
    assert matched("the CAMHS team") == ["CAMHS"]


def test_longer_terms_come_first() -> None:
    lengths = [len(term) for term in matched("CP plan, SEND and the local safeguarding children board")]
    assert lengths == sorted(lengths, reverse=True)
    assert len(lengths) > 1


def test_every_group_of_the_file_has_at_least_two_different_terms_and_no_two_groups_are_one() -> None:
    groups = [tuple(group) for group in json.loads(GLOSSARY.read_text("utf-8"))["terms"]]
    assert all(len(set(group)) == len(group) >= 2 for group in groups)
    assert len(set(groups)) == len(groups)


@pytest.mark.parametrize("group", json.loads(GLOSSARY.read_text("utf-8"))["terms"], ids=lambda group: group[0])
def test_every_term_of_the_file_is_found_and_brings_its_group(group: list[str]) -> None:
    for term in group:
        assert tuple(group) in [found for _, found in match_terms(f"about {term}, please")]
