"""The known facts are themselves true of the five reports, so that figures from them mean something."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.report import plain, words_pattern
from corpus.settings import PROJECT
from eval.cases import FACTS, Case, load_cases
from eval.measures import has_any, is_verbatim
from eval.measures import plain as bare

REPORTS = PROJECT / "corpus" / "reports"
CASES = load_cases(FACTS)
KINDS = {
    *("overall", "area", "number", "narrative", "person_date", "list", "compare", "trend"),
    *("false_premise", "unanswerable", "out_of_scope"),
}
QUOTED = [case for case in CASES if case.quote]
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
each_quoted = pytest.mark.parametrize("case", QUOTED, ids=lambda case: case.id)


def test_there_are_enough_of_every_kind() -> None:
    assert len(CASES) >= 40
    assert set(Counter(case.kind for case in CASES)) == KINDS


def test_the_canonical_question_comes_first() -> None:
    first = CASES[0]
    assert first.question == "What was the overall judgement for Sandwell in 2015?"
    assert first.documents == ("sandwell-2015-inspection.txt",)
    assert first.answer_contains == (("inadequate",),)


def test_no_question_is_asked_twice() -> None:
    assert len({plain(case.question).lower() for case in CASES}) == len(CASES)


@each
def test_the_documents_exist(case: Case) -> None:
    assert [name for name in case.documents if not (REPORTS / name).is_file()] == []


@each
def test_a_case_wants_a_no_or_says_what_is_right_and_where_it_stands(case: Case) -> None:
    if case.abstain:
        assert case.kind in {"unanswerable", "out_of_scope"}
        assert not case.answer_contains
        assert not case.quote_contains
    else:
        assert case.answer_contains
        assert case.documents
        assert case.quote_contains
        assert case.quote


@each_quoted
def test_a_quote_is_verbatim(case: Case) -> None:
    assert is_verbatim(case.documents[0], case.quote or "", (REPORTS,))


@each_quoted
def test_a_quote_begins_at_its_line(case: Case) -> None:
    text = (REPORTS / case.documents[0]).read_text("utf-8")
    starts = [text.count("\n", 0, match.start()) + 1 for match in words_pattern(case.quote or "").finditer(text)]
    assert case.line in starts


@each_quoted
def test_a_quote_proves_the_answer(case: Case) -> None:
    # What stands nearest to an answer that there is none of proves nothing.
    assert case.abstain or has_any(bare(case.quote or ""), case.quote_contains)


@each
def test_the_reference_answer_is_right_by_the_cases_own_measure(case: Case) -> None:
    if case.abstain or not case.reference_answer:
        return
    text = bare(case.reference_answer)
    assert [group for group in case.answer_contains if not has_any(text, group)] == []
    assert not has_any(text, case.answer_excludes)
