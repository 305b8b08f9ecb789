"""The known facts are themselves true of the five reports, so that figures from them mean something."""

from __future__ import annotations

from collections import Counter
from contextlib import closing

import pytest

from corpus.folder import read_folder
from corpus.report import Report
from corpus.settings import PROJECT
from eval.cases import FACTS, KINDS, Case, load_cases
from eval.check import check
from eval.rows import CitedQuote, Row
from eval.whose import superseded
from index.records import Source
from index.register import Register
from rag.screen import screen

REPORTS = PROJECT / "corpus" / "reports"
OLDEST = "sandwell-2011-unannounced-inspection-letter.txt"
CASES = load_cases(FACTS)
BY_KIND = Counter(case.kind for case in CASES)
# What these kinds ask must not be answered.
ALWAYS_NO = {"unanswerable", "out_of_scope", "look_alike", "personal_data"}
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 160


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_asked_several_times(kind: str) -> None:
    assert BY_KIND[kind] >= 4


def test_every_report_is_asked_about() -> None:
    asked = Counter(document for case in CASES for document in case.documents)
    for report in REPORTS.glob("*-*"):
        assert asked[report.name] >= 8, report.name


def test_the_canonical_question_comes_first() -> None:
    first = CASES[0]
    assert first.question == "What was the overall judgement for Sandwell in 2015?"
    assert first.documents == ("sandwell-2015-inspection.txt",)
    assert first.answer_contains == (("inadequate",),)


def test_the_checker_finds_no_fault() -> None:
    assert check(FACTS, (REPORTS,)).faults == ()


@each
def test_each_says_how_it_was_checked_and_what_would_be_right(case: Case) -> None:
    assert case.checked
    assert case.reference_answer


@each
def test_a_case_wants_a_no_or_says_against_which_line_it_was_checked(case: Case) -> None:
    if case.abstain:
        assert not case.answer_contains
    else:
        assert case.quote
        assert case.line
        assert case.quote_contains


@each
def test_a_kind_that_has_no_answer_wants_a_no(case: Case) -> None:
    if case.kind in ALWAYS_NO:
        assert case.abstain
    elif case.kind not in {"injection", "follow_up"}:
        assert not case.abstain


@each
def test_only_a_follow_up_has_a_history(case: Case) -> None:
    assert bool(case.history) == (case.kind == "follow_up")


@each
def test_a_figure_is_not_met_by_a_token_or_a_day(case: Case) -> None:
    # "3" alone would be found in "[3]" and in "3 March".
    alone = [text for group in case.answer_contains for text in group if text.isdigit() and len(text) < 2]
    assert alone == []


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Source]:
    """The reports as the index holds them, by document."""
    with closing(Register(tmp_path_factory.mktemp("facts") / "register.sqlite")) as rows:
        for found in read_folder(REPORTS):
            assert isinstance(found, Report)
            rows.put(found, "recipe", 0)
        return {source.document: source for source in rows.sources()}


def resting_on(*documents: str) -> Row:
    cited = tuple(CitedQuote.model_validate({"token": "1", "document": name, "quote": "x"}) for name in documents)
    return Row(id="x", answer="x", outcome="answered", abstained=False, citations=cited)


def test_many_could_show_a_replaced_report_as_current_and_none_does_by_its_own_gold(held: dict[str, Source]) -> None:
    asked = [case for case in CASES if superseded(case, resting_on(OLDEST), held)]
    assert len(asked) >= 10
    assert not [case.id for case in CASES if superseded(case, resting_on(*case.documents), held)]


def test_orders_in_a_question_are_of_several_sorts() -> None:
    injections = [case for case in CASES if case.kind == "injection"]
    caught = [case for case in injections if screen(case.question, 2_000, lambda _: True)]
    assert 0 < len(caught) < len(injections)
