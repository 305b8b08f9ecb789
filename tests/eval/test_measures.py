"""Each measure on answers made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.report import ReportError
from eval.cases import Case
from eval.measures import Figures, Verdict, figures, has_any, is_verbatim, judge, letters, plain
from eval.rows import CitedQuote, Row, row_of
from rag.answer import Answer, Outcome

TEXT = "## Findings\n\nChildren’s  homes are **stable**, and\n53% of plans are late.\n"
CASE = Case(
    id="a",
    kind="number",
    question="How many?",
    documents=("a.txt",),
    answer_contains=(("53%", "53 per cent"), ("late",)),
    answer_excludes=("inadequate",),
    quote_contains=("53%",),
)
NO = Case(id="n", kind="unanswerable", question="?", abstain=True)


def cited(quote: str, document: str = "a.txt") -> CitedQuote:
    return CitedQuote.model_validate({"token": "1", "document": document, "quote": quote})


QUOTE = cited("53% of plans are late.")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, ...]:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "two" / "b.txt").write_text("Other plans are late, 53% of them.", "utf-8")
    return (tmp_path / "one", tmp_path / "two")


def row(
    answer: str = "53% of plans are late.", *, abstained: bool = False, quotes: tuple[CitedQuote, ...] = (QUOTE,)
) -> Row:
    return Row(id="a", answer=answer, outcome="x", abstained=abstained, citations=quotes, seconds=2.0)


# Text.


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Children’s “homes” – now", 'children\'s "homes" - now'),
        ("a  b\n c", "a b c"),
        ("**bold** a\\-b x<sup>1</sup>", "bold a-b x1"),
        ("| cell | \uf0b7 item", "cell item"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_plain_text_is_in_lower_case_on_one_line_without_markup(text: str, bare: str) -> None:
    assert plain(text) == bare


def test_letters_survive_line_breaks_and_bullets() -> None:
    assert letters("- 53%\n of “plans”") == letters("53% of plans") == "53%ofplans"


@pytest.mark.parametrize(
    ("text", "items", "held"),
    [
        ("it is good.", ["good"], True),
        ("it is goodness", ["good"], False),
        ("153 plans", ["53"], False),
        ("53 plans", ["54", "53"], True),
        ("53% of plans", ["53%"], True),
        ("childrens", ["children’s"], False),
        ("text", [], False),
    ],
)
def test_a_string_is_found_as_whole_words(text: str, items: list[str], held: bool) -> None:
    assert has_any(text, items) is held


# Verbatim.


@pytest.mark.parametrize(
    ("document", "quote", "verbatim"),
    [
        ("a.txt", "homes are stable, and 53% of plans are late.", True),
        ("a.txt", "Children's homes", True),
        ("a.txt", "54% of plans are late", False),
        ("a.txt", "late", False),
        ("a.txt", "", False),
        ("b.txt", "53% of plans are late.", False),
        ("none.txt", "53% of plans are late.", False),
    ],
)
def test_a_quote_is_verbatim_when_it_stands_in_its_document(
    folders: tuple[Path, ...],
    document: str,
    quote: str,
    verbatim: bool,
) -> None:
    assert is_verbatim(document, quote, folders) is verbatim


# One answer.


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("53% of plans are late.", True),
        ("53 per cent came LATE", True),
        ("53% of plans", False),
        ("Plans are late.", False),
        ("53% are late, and it is inadequate.", False),
        ("153% are late", False),
    ],
)
def test_right_is_all_that_is_wanted_and_nothing_that_is_not(
    folders: tuple[Path, ...], answer: str, right: bool
) -> None:
    assert judge(CASE, row(answer), folders).right is right


def test_a_refusal_of_what_can_be_answered_is_wrong(folders: tuple[Path, ...]) -> None:
    verdict = judge(CASE, row(abstained=True), folders)
    assert (verdict.right, verdict.abstained) == (False, True)


@pytest.mark.parametrize("abstained", [True, False])
def test_a_no_is_right_where_a_no_is_wanted(folders: tuple[Path, ...], abstained: bool) -> None:
    verdict = judge(NO, row(abstained=abstained, quotes=()), folders)
    assert (verdict.right, verdict.sourced, verdict.supported) == (abstained, None, None)


def test_a_failure_is_not_the_no_that_is_wanted(folders: tuple[Path, ...]) -> None:
    failed = Answer("?", Outcome.FAILED, text="Something went wrong while answering: x")
    assert not judge(NO, row_of("n", failed), folders).right


def test_a_missing_answer_is_wrong(folders: tuple[Path, ...]) -> None:
    verdict = judge(CASE, None, folders)
    assert (verdict.right, verdict.sourced or False, verdict.supported or False) == (False, False, False)


@pytest.mark.parametrize(
    ("quote", "sourced", "supported", "verbatim"),
    [
        (QUOTE, True, True, True),
        (cited("Children's homes are stable"), True, False, True),
        (cited("Other plans are late, 53% of them.", "b.txt"), False, False, True),
        (cited("53% of homes are late"), False, False, False),
        (None, False, False, True),
    ],
    ids=["proves", "right document", "other document", "invented", "no quote"],
)
def test_sourced_supported_and_verbatim(
    folders: tuple[Path, ...],
    quote: CitedQuote | None,
    sourced: bool,
    supported: bool,
    verbatim: bool,
) -> None:
    verdict = judge(CASE, row(quotes=(quote,) if quote else ()), folders)
    assert (verdict.sourced, verdict.supported, verdict.verbatim) == (sourced, supported, verbatim)


# Figures.


def verdict(case: Case = CASE, seconds: float = 1.0, *, right: bool = True, abstained: bool = False) -> Verdict:
    known = None if case.abstain else right
    return Verdict(case, right, verbatim=True, sourced=known, supported=known, abstained=abstained, seconds=seconds)


def test_figures_are_shares_by_kind_and_then_over_all() -> None:
    table = figures(
        [verdict(seconds=1), verdict(seconds=3, right=False, abstained=True), verdict(NO, 2, abstained=True)]
    )
    assert table == [
        Figures("number", 2, 0.5, 0.5, 0.5, 1.0, 0.5, 2),
        Figures("unanswerable", 1, 1.0, None, None, 1.0, None, 2),
        Figures("all", 3, 2 / 3, 0.5, 0.5, 1.0, 0.5, 2),
    ]


def test_the_median_of_two_is_between_them() -> None:
    assert figures([verdict(seconds=1), verdict(seconds=3)])[-1].seconds == 2


def test_an_unanswered_question_lowers_every_share(folders: tuple[Path, ...]) -> None:
    table = figures([judge(CASE, row(), folders), judge(CASE, None, folders)])
    assert (table[-1].right, table[-1].sourced, table[-1].supported) == (0.5, 0.5, 0.5)


def test_nothing_to_measure_is_told() -> None:
    with pytest.raises(ReportError, match="There are no answers to measure."):
        figures([])
