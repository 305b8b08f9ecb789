"""Answers in a file: what is kept of one, and reading a file that a killed run left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.rows import CitedQuote, Retrieved, Row, Said, load_rows, row_of
from rag.answer import Answer, Outcome, Sentence, Timing
from rag.wording import MODEL_SILENT
from tests.rag.builders import quote, report

FIRST, SECOND = (
    Row(id="a", answer="Yes.", outcome="answered", abstained=False),
    Row(id="b", answer="No.", outcome="not_in_reports", abstained=True),
)


def test_a_row_keeps_what_a_scorer_needs() -> None:
    here, there = report("Hartlepool"), report("Rutland")
    answer = Answer(
        "How?",
        Outcome.ANSWERED,
        text="Well. [2]",
        evidence=(quote("Staff stay.", "1", there), replace(quote("Homes are stable.", "2", here), page=3)),
        cited=("2",),
        withheld=(Sentence("Badly.", (), "model", verified=False),),
        model="a-model",
        timing=Timing(0.123456, None, 2.0),
        complete=True,
    )
    assert row_of("x", answer) == Row(
        id="x",
        answer="Well. [2]",
        outcome="answered",
        abstained=False,
        citations=(
            CitedQuote.model_validate(
                {"token": "2", "document": here.document, "page": 3, "quote": "Homes are stable."}
            ),
        ),
        seconds=2.0,
        seconds_to_evidence=0.1235,
        seconds_to_first=0.0,
        model="a-model",
        withheld=1,
        retrieved=(Retrieved(document=there.document), Retrieved(document=here.document, page=3)),
        sentences=(),
        withheld_sentences=(Said(text="Badly."),),
    )


def test_a_row_keeps_the_sentences_the_best_score_and_the_whole_of_a_quote_over_a_page_end() -> None:
    first = replace(quote("Staff stay, and homes are stable.", "1"), printed="Staff stay, and", score=1.5)
    said = Sentence("Staff stay.", ("1",), "model", verified=True)
    kept = row_of("x", Answer("?", Outcome.ANSWERED, evidence=(first,), cited=("1",), sentences=(said,)))
    assert (kept.citations[0].quote, kept.citations[0].whole) == ("Staff stay, and", first.quote)
    assert (kept.sentences, kept.score) == ((Said(text="Staff stay.", tokens=("1",)),), 1.5)
    assert not kept.silent


def test_a_row_tells_that_the_model_was_silent() -> None:
    assert row_of("x", Answer("?", Outcome.ANSWERED, text=MODEL_SILENT.format(reason="gone"))).silent


@pytest.mark.parametrize("outcome", [Outcome.NOT_IN_REPORTS, Outcome.OUT_OF_SCOPE, Outcome.FAILED])
def test_no_answer_is_an_abstention(outcome: Outcome) -> None:
    assert row_of("x", Answer("?", outcome)).abstained


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(f"{FIRST.model_dump_json()}\n{SECOND.model_dump_json()}\n", "utf-8")
    assert load_rows(path) == {"a": FIRST, "b": SECOND}


@pytest.mark.parametrize("torn", range(1, len(SECOND.model_dump_json()), 17))
def test_a_torn_last_line_is_passed_over(tmp_path: Path, torn: int) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(f"{FIRST.model_dump_json()}\n{SECOND.model_dump_json()[:torn]}", "utf-8")
    assert load_rows(path) == {"a": FIRST}


def test_a_line_torn_inside_a_letter_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(f"{FIRST.model_dump_json()}\n".encode() + "{“".encode()[:-1])
    assert load_rows(path) == {"a": FIRST}


def test_a_text_with_line_separators_stays_one_row(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = FIRST.model_copy(update={"answer": "one\ntwo\r\nthree"})
    path.write_text(f"{row.model_dump_json()}\n", "utf-8")
    assert load_rows(path) == {"a": row}


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085"], ids=ascii)
def test_a_text_with_unusual_line_separators_stays_one_row(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "rows.jsonl"
    row = FIRST.model_copy(update={"answer": f"one{separator}two"})
    path.write_text(f"{row.model_dump_json()}\n", "utf-8")
    assert load_rows(path) == {"a": row}


def test_no_file_is_no_rows(tmp_path: Path) -> None:
    assert load_rows(tmp_path / "none.jsonl") == {}
