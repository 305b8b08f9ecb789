"""Everyday words and what inspectors write for them."""

from __future__ import annotations

import pytest

from index.lexical import tokens
from index.retrieval.concepts import KINDRED, Concept, concepts_of, coverage
from index.retrieval.kindred import ASKED, WORDS, WRITTEN, kindred_of, phrases_in
from index.retrieval.understand import understand

LINES = [line for line in WORDS.read_text("utf-8").splitlines() if not line.startswith("#")]


class Plain:
    """A vocabulary in which every word is equally usual."""

    def frequency(self, _stem: str) -> float:
        return 0.1

    def nearest(self, _stem: str, _likeness: float) -> str | None:
        return None


@pytest.mark.parametrize("line", LINES)
def test_every_line_gives_words_for_words(line: str) -> None:
    asked, written = line.split(ASKED)
    assert all(tokens(words) for words in asked.split(WRITTEN)), asked
    assert all(tokens(words) for words in written.split(WRITTEN)), written


@pytest.mark.parametrize(("asked", "written"), [("jabs", "immunisation"), ("bosses", "leaders"), ("lawyers", "legal")])
def test_an_everyday_word_brings_the_inspectors(asked: str, written: str) -> None:
    assert frozenset(tokens(written)) in kindred_of(tuple(tokens(asked)))


def test_an_unlisted_word_brings_none() -> None:
    assert kindred_of(("zebra",)) == ()


def test_a_phrase_is_taken_whole() -> None:
    assert phrases_in(tokens("their bags are in the bin")) == ()
    assert tuple(tokens("bin bags")) in phrases_in(tokens("their belongings in bin bags again"))


def test_a_kindred_word_covers_less_than_the_word_itself_and_more_than_none() -> None:
    jabs = Concept((frozenset({"jab"}),), 1.0, kindred=(frozenset({"immunis"}),))
    assert [coverage((jabs,), frozenset({stem})) for stem in ("jab", "immunis", "dental")] == [1.0, KINDRED, 0.0]


def test_what_a_question_is_about_has_its_kindred_words() -> None:
    (concept,) = concepts_of(understand("What about jabs?"), (), Plain())
    assert concept.share(frozenset(tokens("All immunisations are complete."))) == KINDRED
