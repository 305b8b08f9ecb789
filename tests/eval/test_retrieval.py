"""Measuring searches: what supports an answer, what counts as another authority's, and the figures by kind."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.__main__ import app
from eval.cases import Case
from eval.ranking import FIRST, FIRST_FIVE
from eval.retrieval import ALL, Piece, Searched, can_be_found, foreign, outcome, places, search_all, supports
from eval.searches import System, open_search
from index.retrieval.find import find
from index.search import Index
from rag.settings import Settings
from tests.conftest import REPORTS
from tests.fakes import FakeEmbedder

HELD = {"rutland.md": "Rutland", "hartlepool.txt": "Hartlepool", "old.pdf": "Hartlepool", "leaflet.pdf": None}


def case(**fields: object) -> Case:
    return Case.model_validate(
        {"id": "c", "kind": "narrative", "question": "What about Rutland?", "documents": ["rutland.md"], **fields}
    )


@pytest.mark.parametrize(
    ("wanted", "text", "so"),
    [
        (["private fostering"], "Private  Fostering is **known**.", True),
        (["fostering"], "Fosterings differ.", False),
        (["requires improvement"], "Services require improvement to be good.", True),
        (["require improvement"], "It requires improvement.", True),
        (["22%", "a fifth"], "A fifth of them became referrals.", True),
    ],
)
def test_a_piece_of_the_document_with_a_quote_supports(wanted: list[str], text: str, so: bool) -> None:
    assert supports(case(quote_contains=wanted), Piece("rutland.md", text)) is so
    assert not supports(case(quote_contains=wanted), Piece("hartlepool.txt", text))


def test_without_quotes_a_string_of_the_answer_supports_but_not_a_year() -> None:
    one = case(answer_contains=[["good"], ["2015"]])
    assert supports(one, Piece("rutland.md", "It was good."))
    assert not supports(one, Piece("rutland.md", "Published in 2015."))


@pytest.mark.parametrize(
    ("held", "named", "so"),
    [
        ("north/report.pdf", "north/report.pdf", True),
        ("south/report.pdf", "north/report.pdf", False),
        ("north/report.pdf", "report.pdf", True),
        ("report.pdf", "north/report.pdf", True),
    ],
)
def test_reports_of_one_name_in_two_folders_are_two(held: str, named: str, so: bool) -> None:
    assert supports(case(documents=[named], quote_contains=["good"]), Piece(held, "good")) is so


def test_each_document_has_the_rank_of_its_first_support() -> None:
    one = case(documents=["rutland.md", "hartlepool.txt", "old.pdf"], quote_contains=["good"])
    pieces = [
        Piece("hartlepool.txt", "poor"),
        Piece("rutland.md", "good"),
        Piece("rutland.md", "good"),
        Piece("hartlepool.txt", "good"),
    ]
    assert places(one, pieces) == (2, 4, None)


@pytest.mark.parametrize(
    ("question", "documents", "count"),
    [
        pytest.param("What about Rutland?", ["rutland.md"], 2, id="another's reports"),
        pytest.param("What about Rutland and Hartlepool?", ["rutland.md"], 0, id="both are named"),
        pytest.param("What about Rutland?", ["rutland.md", "old.pdf"], 0, id="the case wants the other's too"),
        pytest.param("What about fostering?", ["rutland.md"], None, id="none is named"),
        pytest.param("What about Walsall?", ["rutland.md"], None, id="the one named is not held"),
    ],
)
def test_passages_of_another_authority_are_counted(question: str, documents: list[str], count: int | None) -> None:
    pieces = [Piece(name, "") for name in ("rutland.md", "hartlepool.txt", "old.pdf", "leaflet.pdf", "set-aside.pdf")]
    assert foreign(case(question=question, documents=documents), pieces, HELD) == count


def test_what_has_no_answer_or_leans_on_questions_before_is_left_out() -> None:
    assert can_be_found(case())
    assert not can_be_found(case(abstain=True))
    assert not can_be_found(case(documents=[]))
    assert not can_be_found(case(history=["What about Hartlepool?"]))


def test_a_search_that_finds_nothing_scores_nothing() -> None:
    answers = {"found": [Piece("rutland.md", "good")], "silent": []}
    cases = [case(id=name, question=name, kind=name, quote_contains=["good"]) for name in answers]
    found = search_all(cases, lambda question: answers.get(question, []), HELD)
    figures = {share.kind: share.values[FIRST_FIVE].value for share in outcome(found).shares}
    assert figures == {"found": 1.0, "silent": 0.0, ALL: 0.5}


def test_only_the_first_ten_count() -> None:
    pieces = [Piece("rutland.md", "poor")] * 10 + [Piece("rutland.md", "good")]
    (one,) = search_all([case(quote_contains=["good"])], lambda _: pieces, HELD)
    assert one.place is None
    assert len(one.pieces) == 10


def test_foreign_questions_and_seconds_are_summed_up() -> None:
    def searched(foreign_count: int | None, seconds: float) -> Searched:
        values = dict.fromkeys((FIRST, FIRST_FIVE, "all in five", "nDCG@10", "MRR@10"), 1.0)
        return Searched(case(), (), 1, values, foreign_count, seconds)

    found = outcome([searched(3, 0.1), searched(0, 0.3), searched(None, 0.2)])
    assert (found.named, found.foreign_questions, found.foreign_pieces) == (2, 1, 3)
    assert found.median_seconds == 0.2


def test_all_searches_give_pieces_of_the_reports(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.searches.open_embedder", lambda _: FakeEmbedder())
    documents = {source.document for source in index.sources}
    for system in System:
        search = open_search(system, index, (REPORTS,), Settings(data=tmp_path))
        pieces = search("How is private fostering in Rutland?")
        assert pieces, system
        assert {piece.document for piece in pieces} <= documents
        assert any("rivate foster" in piece.text for piece in pieces), system


def test_our_search_alone_keeps_to_the_authority_named(index: Index) -> None:
    question = "Return home interviews in Rutland"
    ours = {item.hit.passage.document for item in find(question, index).passages}
    assert ours == {"rutland-2023-inspection.md"}
    assert "hartlepool-2024-focused-visit.txt" in {passage.document for passage in index.by_words(question, 10)}
    assert "hartlepool-2024-focused-visit.txt" in {passage.document for passage in index.by_meaning(question, 40)}


@pytest.mark.parametrize(
    "question", ["What did inspectors find in Walsall?", "How was Sandwich council rated in 2015?"]
)
def test_an_authority_that_is_not_held_gives_nothing_and_says_so(index: Index, question: str) -> None:
    found = find(question, index)
    assert found.passages == ()
    place = "Walsall" if "Walsall" in question else "Sandwich"
    assert found.scope.gaps == (f"No report on {place} is held.",)


def test_by_words_leaves_out_what_has_no_word_of_the_question(index: Index) -> None:
    assert index.by_words("zyzzyva", 5) == ()
    assert len(index.by_words("children", 5)) == 5


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings for the command line, and the file of questions it is given."""
    for name in [name for name in os.environ if name.startswith("CHAPTER_VERSE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("CHAPTER_VERSE_DATA", str(tmp_path / "data"))
    for name in ("COLUMNS", "TERMINAL_WIDTH"):
        monkeypatch.setenv(name, "200")
    for module in ("eval.answers", "rag.service", "eval.searches"):
        monkeypatch.setattr(f"{module}.open_embedder", lambda _: FakeEmbedder())
    return tmp_path / "cases.jsonl"


def asked(command: Path, *options: str, documents: str = "rutland-2023-inspection.md", code: int = 0) -> str:
    cases = [
        case(id="a", question="How was Rutland rated?", documents=[documents], quote_contains=["outstanding"]),
        case(id="b", question="What of ponies in Rutland?", documents=[documents], quote_contains=["ponies"]),
        case(id="no", abstain=True),
    ]
    command.write_text("".join(f"{one.model_dump_json()}\n" for one in cases), "utf-8")
    result = CliRunner().invoke(app, ["retrieval", "--reports", str(REPORTS), "--cases", str(command), *options])
    assert result.exit_code == code, result.output
    return result.output


def test_the_command_prints_every_search_and_what_ours_missed(command: Path) -> None:
    told = asked(command, "--misses")
    for name in ("ours", "dense", "bm25", "langchain"):
        assert f"{name}: " in told
    assert "b (narrative): What of ponies in Rutland?" in told
    assert "a (narrative)" not in told
    assert "0 got passages of another's" in told.partition("dense: ")[0].rpartition("ours: ")[2]


def test_the_command_prints_json(command: Path) -> None:
    told = json.loads(asked(command, "--json", "--misses", "--system", "ours"))
    assert told["misses"] == [{"id": "b", "kind": "narrative", "place": None}]
    (ours,) = told["systems"].values()
    over_all = ours["shares"][-1]
    assert (over_all["kind"], over_all["count"]) == (ALL, 2)
    assert over_all["values"][FIRST_FIVE]["value"] == 0.5
    assert over_all["values"][FIRST_FIVE]["low"] < 0.5 < over_all["values"][FIRST_FIVE]["high"]


def test_goals_stand_beside_the_figures(command: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    goals = tmp_path / "goals.toml"
    goals.write_text("[cases]\nfirst = 0.4\nfirst_five = 0.9\n", "utf-8")
    monkeypatch.setattr("eval.commands.retrieval.GOALS", goals)
    told = asked(command, "--system", "ours")
    assert "Goal for cases, first: 40 %; 50.0 %, reached." in told
    assert "Goal for cases, first five: 90 %; 50.0 %, not reached." in told


def test_reports_without_the_documents_asked_about_are_told(command: Path) -> None:
    told = asked(command, documents="walsall/other.pdf", code=1)
    assert "None of the reports that cases.jsonl asks about is below" in told


def test_a_file_without_questions_that_can_be_found_is_told(command: Path) -> None:
    arguments = ["retrieval", "--reports", str(REPORTS), "--cases", str(command)]
    for one, told in (
        (case(abstain=True), "holds no question whose answer is in a report"),
        (case(reviewed=False), "has been reviewed yet"),
    ):
        command.write_text(f"{one.model_dump_json()}\n", "utf-8")
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 1
        assert told in result.output
