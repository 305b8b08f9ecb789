"""Sentences are found by their positions, and nothing falls between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentence_spans, sentences


@pytest.mark.parametrize(
    "text",
    [
        "Plans are vague. Drift is not challenged.",
        "Is it safe? Nobody asks.",
        "They said “yes.” Nobody asked.",
        "Guidance is old.3 Nobody reads it.",
        "It rose in 2015. 22 children came.",
        "Help is late; and plans are vague.",
    ],
)
def test_two_sentences_are_two(text: str) -> None:
    assert len(sentences(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Marlow and Dr. Penrose wrote it.",
        "Some services, e.g. Lighthouse, are good.",
        "It rose by 12.5 per cent.",
        "Under Section B. Penrose agreed.",
        "Help is late; plans are vague.",
        "no capital follows. it goes on",
        "One sentence without an end",
    ],
)
def test_one_sentence_is_one(text: str) -> None:
    assert sentences(text) == [text]


def test_spaces_between_sentences_belong_to_none() -> None:
    assert list(sentence_spans("One is here.  Two is there. ")) == [(0, 12), (14, 27)]


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_has_no_sentence(text: str) -> None:
    assert sentences(text) == []


TEXTS = st.one_of(st.text(st.sampled_from('aB1 .!?;”")éetc and'), max_size=120), st.text(max_size=120))


@given(TEXTS)
def test_spans_are_in_order_apart_and_leave_out_only_white_space(text: str) -> None:
    end = 0
    for start, stop in sentence_spans(text):
        assert end <= start < stop
        assert not text[end:start].strip()
        end = stop
    assert not text[end:].strip()


@given(TEXTS)
def test_no_sentence_is_empty_or_ends_in_white_space(text: str) -> None:
    assert all(sentence.strip() and sentence == sentence.rstrip() for sentence in sentences(text))
