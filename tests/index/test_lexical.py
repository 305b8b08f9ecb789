"""Search by words: which words count, and which text is best."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import LexicalIndex, tokens

TEXTS = ("Children who go missing are interviewed.", "Agency staff and agency costs.", "Privately fostered children.")


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    return LexicalIndex(TEXTS)


# Words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fostering", "fostered"),
        ("Interviews", "interview"),
        ("children's", "children"),
        ("children’s", "children"),
        ("1,441 contacts", "1441 contacts"),
        ("the service of the council", "service council"),
    ],
)
def test_forms_of_a_word_are_the_same_word(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)


def test_a_share_is_not_the_bare_number() -> None:
    assert tokens("87% of 87") == ["87%", "87"]


def test_repeats_and_order_are_kept() -> None:
    assert tokens("agency staff, agency") == ["agenc", "staff", "agenc"]


def test_little_words_alone_are_no_words() -> None:
    assert tokens("What is it about?") == []


def test_a_quoted_name_keeps_its_first_letter() -> None:
    assert tokens("the 'Signs of Safety' model") == tokens("the Signs of Safety model")


@given(st.text())
def test_stems_are_plain_whatever_the_text(text: str) -> None:
    assert all(stem and stem == stem.lower() and "," not in stem for stem in tokens(text))


# Scores


def test_the_text_with_the_words_scores_best(lexical: LexicalIndex) -> None:
    scores = lexical.scores("Was any fostering private?")
    assert scores.shape == (len(TEXTS),)
    assert int(np.argmax(scores)) == 2


def test_a_text_without_any_of_the_words_scores_nothing(lexical: LexicalIndex) -> None:
    assert lexical.scores("missing").tolist()[1:] == [0, 0]


@pytest.mark.parametrize("query", ["", "the of and", "zebra"])
def test_unknown_words_score_nothing(lexical: LexicalIndex, query: str) -> None:
    assert lexical.scores(query).tolist() == [0, 0, 0]


def test_a_repeated_word_in_the_question_does_not_count_twice(lexical: LexicalIndex) -> None:
    assert lexical.scores("agency agency staff").tolist() == lexical.scores("agency staff").tolist()


@pytest.mark.parametrize("texts", [[], [""], ["the of and"]])
def test_an_index_of_no_words_can_be_asked(texts: list[str]) -> None:
    lexical = LexicalIndex(texts)
    assert lexical.scores("children").tolist() == [0] * len(texts)
    assert lexical.frequency("children") == 0
    assert lexical.nearest("children", 1) is None


def test_a_text_without_words_among_others_scores_nothing() -> None:
    assert LexicalIndex(["children", "", "the"]).scores("children").tolist()[1:] == [0, 0]


# What it knows of words


def test_the_frequency_is_the_share_of_texts_and_not_of_words(lexical: LexicalIndex) -> None:
    assert lexical.frequency("children") == pytest.approx(2 / 3)
    assert lexical.frequency("agenc") == pytest.approx(1 / 3)
    assert lexical.frequency("zebra") == 0


def test_a_slip_is_near_its_word_and_a_stranger_is_near_none(lexical: LexicalIndex) -> None:
    assert lexical.nearest("childrn", 80) == "children"
    assert lexical.nearest("zebra", 80) is None


def test_a_word_that_never_stands_in_lower_case_is_likely_a_name() -> None:
    lexical = LexicalIndex(["Marlow saw the plans."])
    assert lexical.is_word("Plans")
    assert not lexical.is_word("marlow")


def test_a_word_that_stands_in_capitals_alone_has_to_be_all_but_the_same() -> None:
    lexical = LexicalIndex(["The Commissioner was commissioned. An Easter club."])
    assert lexical.nearest_word("commisioner", 84) == "commissioner"
    assert lexical.nearest_word("commisioned", 84) == "commissioned"
    assert lexical.nearest_word("eastern", 84) is None
