"""Each measure on answers made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.report import ReportError, ReportKind
from eval import citing
from eval.cases import Case
from eval.checker import Pair, checker_errors, load_pairs
from eval.completeness import completeness
from eval.figures import Waits, figures
from eval.matching import has_any, is_verbatim, letters, plain
from eval.measures import Verdict, judge
from eval.rows import CitedQuote, Row, Said, row_of
from eval.whose import superseded, wrong_authority
from rag.answer import Answer, Outcome
from tests.rag.builders import report

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
    assert (verdict.right, verdict.sourced, verdict.supported, verdict.answered) == (False, False, False, False)


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
    return Verdict(
        case,
        right,
        verbatim=True,
        sourced=known,
        supported=known,
        abstained=abstained,
        seconds=seconds,
        wrongly_refused=None if case.abstain else abstained,
        rightly_refused=abstained if case.abstain else None,
    )


def test_figures_are_shares_by_kind_and_then_over_all() -> None:
    table = figures(
        [verdict(seconds=1), verdict(seconds=3, right=False, abstained=True), verdict(NO, 2, abstained=True)]
    )
    names = ("right", "sourced", "supported", "verbatim", "wrongly_refused", "rightly_refused")
    assert [(row.kind, row.count, *(row.share(name) for name in names)) for row in table] == [
        ("number", 2, 0.5, 0.5, 0.5, 1.0, 0.5, None),
        ("unanswerable", 1, 1.0, None, None, 1.0, None, 1.0),
        ("all", 3, 2 / 3, 0.5, 0.5, 1.0, 0.5, 1.0),
    ]
    assert table[0].whole == Waits(2, 3, 3)


def test_the_median_of_two_is_between_them() -> None:
    assert figures([verdict(seconds=1), verdict(seconds=3)])[-1].whole.median == 2


def test_an_unanswered_question_lowers_every_share(folders: tuple[Path, ...]) -> None:
    table = figures([judge(CASE, row(), folders), judge(CASE, None, folders)])
    assert [table[-1].share(name) for name in ("right", "sourced", "supported")] == [0.5, 0.5, 0.5]
    assert table[-1].unanswered == 1


def test_nothing_to_measure_is_told() -> None:
    with pytest.raises(ReportError, match="There are no answers to measure."):
        figures([])


# Where, whose and of when.


def located(**changes: object) -> Case:
    return CASE.model_copy(update=changes)


@pytest.mark.parametrize(("page", "right"), [(1, True), (2, False)])
def test_the_right_page_is_the_one_the_case_names(folders: tuple[Path, ...], page: int, right: bool) -> None:
    answer = row(quotes=(QUOTE.model_copy(update={"page": page}),))
    assert judge(located(page=1), answer, folders).page is right


@pytest.mark.parametrize(
    ("quote", "right"),
    [("53% of plans are late.", True), ("are stable, and 53% of plans", True), ("Children's homes are", False)],
)
def test_the_right_line_is_met_by_a_quote_that_overlaps_the_cases(
    folders: tuple[Path, ...], quote: str, right: bool
) -> None:
    case = located(line=4, quote="53% of plans are late")
    assert judge(case, row(quotes=(cited(quote),)), folders).page is right


def test_a_case_without_a_place_has_no_right_page(folders: tuple[Path, ...]) -> None:
    assert judge(CASE, row(), folders).page is None
    assert judge(located(page=3), None, folders).page is False


HELD = {
    source.document: source
    for source in (
        report("Hartlepool", 2016),
        report("Hartlepool", 2021),
        report("Hartlepool", 2022, ReportKind.FOCUSED_VISIT),
        report("Rutland", 2021),
    )
}
OLD, NEW, VISIT, OTHER = HELD


@pytest.mark.parametrize(
    ("question", "documents", "cites", "wrong"),
    [
        ("How is Hartlepool rated?", (), (NEW,), False),
        ("How is Hartlepool rated?", (), (OTHER,), True),
        ("How is Hartlepool rated?", (), (NEW, OTHER), True),
        ("How do Hartlepool and Rutland compare?", (), (NEW, OTHER), False),
        ("How is it rated?", (NEW,), (OTHER,), True),
        ("How many were good?", (), (OTHER,), None),
    ],
)
def test_wrong_authority_is_a_report_of_one_not_asked_about(
    question: str, documents: tuple[str, ...], cites: tuple[str, ...], wrong: bool | None
) -> None:
    case = Case(id="a", kind="x", question=question, documents=documents)
    assert wrong_authority(case, row(quotes=tuple(cited("x", name) for name in cites)), HELD) is wrong


@pytest.mark.parametrize(
    ("question", "cites", "replaced"),
    [
        ("How is Hartlepool rated now?", (OLD, NEW), True),
        ("How is Hartlepool rated now?", (NEW, OLD), False),
        ("How is Hartlepool rated now?", (VISIT, OLD), True),
        ("How is Hartlepool rated now?", (VISIT,), False),
        ("How was Hartlepool rated?", (OLD,), None),
        ("What is the latest of 2016 on Hartlepool?", (OLD,), None),
    ],
)
def test_superseded_is_a_replaced_inspection_cited_first_for_now(
    question: str, cites: tuple[str, ...], replaced: bool | None
) -> None:
    case = Case(id="a", kind="x", question=question)
    assert superseded(case, row(quotes=tuple(cited("x", name) for name in cites)), HELD) is replaced


@pytest.mark.parametrize(
    ("documents", "cites", "replaced"),
    [
        ((VISIT,), (VISIT, NEW), False),
        ((VISIT,), (NEW, VISIT), True),
        ((VISIT,), (OTHER, NEW), True),
        ((VISIT,), (OTHER, VISIT), False),
        ((VISIT,), (OTHER,), False),
        ((VISIT,), (), False),
        ((NEW,), (VISIT,), False),
        ((NEW, VISIT), (OLD, VISIT), True),
        ((NEW, VISIT), (NEW,), False),
        ((OLD, VISIT), (NEW, VISIT), None),
        ((OLD,), (OLD,), None),
        ((OLD, NEW), (OLD, NEW), None),
        ((OTHER,), (OTHER,), None),
        ((f"below/{VISIT}",), (NEW,), True),
    ],
    ids=[
        "the newest first",
        "an older one first",
        "an older one first of its authority",
        "another authority before it",
        "another authority alone",
        "no citation",
        "a newer one than named",
        "older than both named",
        "one of those named",
        "between those named",
        "named although replaced",
        "both named",
        "no other report of its authority",
        "named with its folder",
    ],
)
def test_superseded_goes_by_the_newest_report_that_the_case_names(
    documents: tuple[str, ...], cites: tuple[str, ...], replaced: bool | None
) -> None:
    case = Case(id="a", kind="x", question="Is it still so?", documents=documents)
    assert superseded(case, row(quotes=tuple(cited("x", name) for name in cites)), HELD) is replaced


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Are visits in Hartlepool late at the moment?", True),
        ("are visits in hartlepool still late", True),
        ("What is the most recent grade for Hartlepool?", True),
        ("What do they say these days in Hartlepool?", True),
        ("What is known of Hartlepool?", False),
        ("Are visits in Hartlepool late in the Stillness home?", False),
        ("Were visits in Hartlepool still late in 2016?", False),
    ],
)
def test_superseded_is_of_questions_that_ask_about_now_and_name_no_year(question: str, asks: bool) -> None:
    answer = row(quotes=(cited("x", OLD),))
    assert superseded(Case(id="a", kind="x", question=question), answer, HELD) is (True if asks else None)


def test_superseded_of_all_authorities_at_once_goes_by_the_first_inspection() -> None:
    case = Case(id="a", kind="count", question="Which councils are good now?")
    assert superseded(case, row(quotes=(cited("x", OLD), cited("x", OTHER))), HELD) is True
    assert superseded(case, row(quotes=(cited("x", OTHER), cited("x", NEW))), HELD) is False


def test_a_refusal_speaks_of_no_authority_and_no_date() -> None:
    case = Case(id="a", kind="x", question="How is Hartlepool rated now?")
    refused = row(abstained=True, quotes=(cited("x", OTHER),))
    assert (wrong_authority(case, refused, HELD), superseded(case, refused, HELD)) == (None, None)


# Lists.

LIST = Case(id="l", kind="list", question="List them", answer_contains=(("training",), ("plans", "planning")))


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("They are:\n- training\n- plans", 1.0),
        ("They are:\n- training\n- homes", 0.5),
        ("They are:\n1. training of all\n2. planning\n3. homes\n4. staff", 2 / 3),
        ("Training. And planning.", 1.0),
        ("They are:\n- homes", 0.0),
    ],
)
def test_a_list_is_scored_by_what_it_names_and_what_it_adds(answer: str, score: float) -> None:
    assert completeness(LIST, row(answer)) == pytest.approx(score)


def test_only_a_list_has_completeness_and_a_refused_one_has_none_of_it() -> None:
    assert completeness(CASE, row()) is None
    assert completeness(LIST, row(abstained=True)) == 0.0


# Citations, sentence by sentence.


def said(text: str, *tokens: str, origin: str = "model") -> Said:
    return Said(text=text, tokens=tokens, origin=origin)


def answered_with(*sentences: Said, quotes: tuple[str, ...]) -> Row:
    citations = tuple(
        CitedQuote(token=str(number), document=NEW, quote=quote) for number, quote in enumerate(quotes, start=1)
    )
    return Row(id="a", answer="", outcome="answered", abstained=False, citations=citations, sentences=sentences)


LATE, STABLE = "Too many plans are late.", "Children live in stable homes."


def test_a_statement_counts_when_its_citations_support_it() -> None:
    answer = answered_with(said(LATE, "1"), said("Plans are never late.", "1"), quotes=(LATE,))
    assert citing.cited(answer, HELD) == citing.Cited(recall=2 / 3, precision=2 / 3)


def test_a_statement_without_a_citation_is_not_supported() -> None:
    answer = answered_with(said(LATE), quotes=(LATE,))
    assert citing.cited(answer, HELD) == citing.Cited(recall=0.5, precision=1.0)


def test_a_citation_that_the_others_spare_is_not_precise() -> None:
    answer = answered_with(said(LATE, "1", "2"), quotes=(LATE, STABLE))
    found = citing.cited(answer, HELD)
    assert found
    assert (found.recall, found.precision) == (1.0, 3 / 4)


def test_the_registers_words_are_judged_by_their_facts() -> None:
    right = said("Hartlepool was judged good overall in the inspection of 4 to 15 July 2021.", "1", origin="register")
    wrong = said("Hartlepool was judged good overall in the inspection of 4 to 15 July 2019.", "1", origin="register")
    quotes = ("Overall effectiveness Good",)
    assert citing.cited(answered_with(right, quotes=quotes), HELD) == citing.Cited(1.0, 1.0)
    assert citing.cited(answered_with(wrong, quotes=quotes), HELD) == citing.Cited(0.5, 0.5)


def test_a_text_alone_is_taken_apart_into_sentences_and_quotes() -> None:
    text = f"Plans are late [1]. Homes are stable. [2]\n\nIn the report:\n- “{STABLE}” [2]"
    answer = row(text)
    assert [(item.text, item.tokens, item.origin) for item in citing.statements(answer)] == [
        ("Plans are late.", ("1",), "model"),
        ("Homes are stable.", ("2",), "model"),
        (STABLE, ("2",), "quote"),
    ]


def test_a_refusal_states_nothing() -> None:
    assert citing.cited(row(abstained=True), HELD) is None


def test_the_labelled_pairs_are_many_of_both_and_few_false_ones_pass() -> None:
    pairs = load_pairs()
    assert len({(pair.sentence, pair.quote) for pair in pairs}) == len({pair.id for pair in pairs}) == len(pairs) >= 115
    errors = checker_errors(pairs)
    assert min(errors.let_through.count, errors.stopped.count) >= 50
    assert errors.let_through.value <= 0.02
    assert errors.stopped.value <= 0.4


def test_the_checkers_errors_are_counted_both_ways() -> None:
    denied = Pair(id="a", sort="x", supported=True, sentence="Plans are not late.", quote=LATE)
    copied = Pair(id="b", sort="x", supported=False, sentence=LATE, quote=LATE)
    errors = checker_errors((denied, copied))
    assert (errors.let_through.value, errors.stopped.value, errors.wrong) == (1.0, 1.0, ("a", "b"))
