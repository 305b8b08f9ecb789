"""An answer as plain data: nothing is lost, everything can be written as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from index.retrieval.understand import understand
from index.search import Index
from rag.answer import Answer, Outcome, Sentence, Timing
from rag.chain import Answerer
from rag.record import _plain, as_json, citation
from rag.settings import Settings
from tests.rag.builders import quote, report

QUOTE = replace(quote("Homes are “stable”.", "2"), page=3)
ANSWER = Answer(
    "How are homes in Hartlepool since 2018 in 2013-14?",
    Outcome.PARTLY_ANSWERED,
    text="Homes are stable. [2]",
    evidence=(quote("Staff stay.", "1"), QUOTE),
    cited=("2",),
    sentences=(Sentence("Homes are stable.", ("2",), "model", verified=True),),
    withheld=(Sentence("Homes are 8.", (), "model", verified=False, why="the number “8” is not in the evidence"),),
    understanding=understand("How are homes in Hartlepool in the focused visit of 2018?"),
    model="a-model",
    prompt_version="compose-1",
    timing=Timing(0.1, None, 0.5),
    complete=True,
)


def test_a_record_comes_back_from_json_as_it_was() -> None:
    record = as_json(ANSWER)
    assert json.loads(json.dumps(record)) == record


def test_a_record_holds_what_the_answer_holds() -> None:
    record = as_json(ANSWER)
    assert {key: record[key] for key in ("question", "outcome", "abstained", "answer", "model", "prompt_version")} == {
        "question": ANSWER.question,
        "outcome": "partly_answered",
        "abstained": False,
        "answer": ANSWER.text,
        "model": "a-model",
        "prompt_version": "compose-1",
    }
    assert record["citations"] == [citation(QUOTE)]
    assert record["evidence"] == [citation(item) for item in ANSWER.evidence]
    assert record["withheld"] == [
        {
            "text": "Homes are 8.",
            "tokens": [],
            "origin": "model",
            "verified": False,
            "why": "the number “8” is not in the evidence",
        }
    ]
    assert record["seconds"] == {"evidence": 0.1, "first": None, "total": 0.5}
    understood = record["understanding"]
    assert isinstance(understood, dict)
    assert (understood["kinds"], understood["years"], understood["ask"]) == (["focused visit"], [2018], "finding")


def test_a_citation_says_where_the_quote_stands() -> None:
    assert citation(QUOTE) == {
        "token": "2",
        "document": "hartlepool-2022-inspection.txt",
        "report": "Hartlepool inspection of 4 to 15 July 2022, published 12 September 2022",
        "headings": ["Executive summary"],
        "page": 3,
        "quote": "Homes are “stable”.",
    }


def test_an_answer_that_was_never_understood_has_a_record() -> None:
    record = as_json(Answer("?", Outcome.OUT_OF_SCOPE))
    assert (record["understanding"], record["abstained"], record["citations"]) == (None, True, [])


def test_dates_are_in_iso_form() -> None:
    plain = _plain(report())
    assert isinstance(plain, dict)
    assert (plain["inspection_start"], plain["published"]) == ("2022-07-04", "2022-09-12")


@pytest.mark.parametrize("outcome", Outcome)
def test_only_answers_are_no_abstention(outcome: Outcome) -> None:
    assert as_json(replace(ANSWER, outcome=outcome))["abstained"] is (
        outcome.value not in {"answered", "partly_answered"}
    )


@pytest.mark.parametrize(
    "question", ["How was Hartlepool rated in 2022?", "What needs to improve in Hartlepool?", "Compare 2013-14", ""]
)
def test_every_answer_of_the_chain_can_be_written_as_json(index: Index, question: str) -> None:
    for answer in Answerer(index, Settings(model="none")).stream(question):
        json.dumps(as_json(answer))
