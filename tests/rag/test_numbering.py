"""Tokens in the order of the text, none left out."""

from __future__ import annotations

from dataclasses import replace

from rag.answer import Answer, Outcome, Sentence
from rag.numbering import numbered
from tests.rag.builders import quote

ONE, TWO, THREE = (replace(quote(text), token=token) for text, token in (("Aa.", "1"), ("Bb.", "2"), ("Cc.", "3")))
ANSWER = Answer("?", Outcome.ANSWERED, evidence=(ONE, TWO, THREE), cited=("1", "2", "3"))


def told(answer: Answer) -> list[tuple[str, str]]:
    return [(item.token, item.quote) for item in answer.evidence]


def test_what_leads_is_the_first() -> None:
    found = numbered(replace(ANSWER, leads=("3",)))
    assert told(found) == [("1", "Cc."), ("2", "Aa."), ("3", "Bb.")]
    assert found.leads == ("1",)


def test_what_is_not_shown_takes_the_last_numbers() -> None:
    found = numbered(replace(ANSWER, leads=("2",), below=("3",), cited=("2", "3")))
    assert told(found) == [("1", "Bb."), ("2", "Cc."), ("3", "Aa.")]
    assert (found.leads, found.below, found.cited) == (("1",), ("2",), ("1", "2"))


def test_what_a_sentence_cites_comes_before_what_leads() -> None:
    found = numbered(
        replace(ANSWER, sentences=(Sentence("It was good.", ("2",), "register", verified=True),), leads=("3",))
    )
    assert told(found) == [("1", "Bb."), ("2", "Cc."), ("3", "Aa.")]
    assert found.sentences[0].tokens == ("1",)


def test_quotes_of_a_report_stand_together() -> None:
    other = replace(TWO, source=replace(TWO.source, document="other.txt"))
    found = numbered(replace(ANSWER, evidence=(ONE, other, THREE)))
    assert told(found) == [("1", "Aa."), ("2", "Cc."), ("3", "Bb.")]


def test_numbering_anew_changes_nothing() -> None:
    once = numbered(replace(ANSWER, leads=("3",), below=("1",), cited=("1", "3")))
    assert numbered(once) == once
