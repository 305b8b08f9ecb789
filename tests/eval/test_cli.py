"""`python -m eval`: the figures it prints and the status it ends with."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from eval.__main__ import app
from eval.alone import alone_at, alone_in
from eval.rows import load_rows
from eval.run_folder import load_run
from rag.settings import Settings
from tests.conftest import REPORTS
from tests.fakes import FakeEmbedder, ScriptedWriter

RIGHT = {
    "id": "right",
    "kind": "overall",
    "question": "What was the overall grade for Rutland?",
    "documents": ["rutland-2023-inspection.md"],
    "answer_contains": [["outstanding"]],
    "quote_contains": ["outstanding"],
}
WRONG = {**RIGHT, "id": "wrong", "kind": "area", "question": "How was [b]Hartlepool[/b] rated overall?"}
NO = {"id": "no", "kind": "unanswerable", "question": "What was the overall grade for Walsall?", "abstain": True}


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CHAPTER_VERSE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("CHAPTER_VERSE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CHAPTER_VERSE_CORPUS", str(REPORTS))
    monkeypatch.setenv("COLUMNS", "200")
    for module in ("eval.answers", "rag.service"):
        monkeypatch.setattr(f"{module}.open_embedder", lambda _: FakeEmbedder())


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("".join(f"{json.dumps(case)}\n" for case in (RIGHT, WRONG, NO)), "utf-8")
    return path


def run(*arguments: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_run_prints_figures_by_kind_and_over_all(cases: Path) -> None:
    lines = run("run", "--cases", cases, "--model", "none").stdout.splitlines()
    figures = [line.replace("│", " ").split() for line in lines]
    assert [row[:2] for row in figures if row and row[0] in {"area", "overall", "unanswerable", "all"}] == [
        ["area", "1"],
        ["overall", "1"],
        ["unanswerable", "1"],
        ["all", "3"],
    ]
    assert next(row for row in figures if row and row[0] == "all")[2:4] == ["66.7", "%"]


def test_run_as_json_prints_the_same_figures(cases: Path) -> None:
    table = json.loads(run("run", "--cases", cases, "--model", "none", "--json").stdout)
    assert {row["kind"]: round(row["right"], 3) for row in table} == {
        "area": 0.0,
        "overall": 1.0,
        "unanswerable": 1.0,
        "all": 0.667,
    }
    assert table[-1]["verbatim"] == 1.0
    assert table[-1]["wrongly_refused"] == 0.0


@pytest.mark.parametrize(("least", "code"), [("0.6", 0), ("0.66", 0), ("0.7", 1), ("1", 1)])
def test_the_exit_status_says_whether_enough_is_right(cases: Path, least: str, code: int) -> None:
    run("run", "--cases", cases, "--model", "none", "--least", least, code=code)


@pytest.mark.parametrize("least", ["1.5", "-1", "most"])
def test_a_share_that_is_none_is_refused(cases: Path, least: str) -> None:
    run("run", "--cases", cases, "--model", "none", "--least", least, code=2)


def test_wrong_answers_are_printed_as_they_are(cases: Path) -> None:
    printed = run("run", "--cases", cases, "--model", "none", "--wrong").stdout
    assert "wrong (area): How was [b]Hartlepool[/b] rated overall?" in printed
    assert "Hartlepool was judged good overall" in printed
    assert "right (overall)" not in printed


def test_a_limited_run_draws_the_same_questions_by_the_same_seed(cases: Path, tmp_path: Path) -> None:
    drawn = []
    for name in ("one", "two"):
        run("answers", "--cases", cases, "--model", "none", "--limit", "2", "--seed", "3", "--out", tmp_path / name)
        drawn.append([json.loads(line)["id"] for line in (tmp_path / name).read_text("utf-8").splitlines()])
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 2


def test_a_named_folder_is_gone_on_with(cases: Path, tmp_path: Path) -> None:
    for _ in range(2):
        run("run", "--cases", cases, "--model", "none", "--run", tmp_path / "mine")
    assert len((tmp_path / "mine" / "answers.jsonl").read_text("utf-8").splitlines()) == 3
    result = run("run", "--cases", cases, "--model", "none", "--limit", "2", "--run", tmp_path / "mine", code=1)
    assert "holds another run" in result.stderr


@pytest.mark.parametrize(("right", "code", "said"), [(0.6, 0, "holds: right"), (0.7, 1, "FAILS: right (all): 66.7 %")])
def test_thresholds_decide_the_exit_status(cases: Path, tmp_path: Path, right: float, code: int, said: str) -> None:
    demands = tmp_path / "demands.toml"
    demands.write_text(f'[[threshold]]\ncases = "cases.jsonl"\nmodel = "none"\nright = {right}\n', "utf-8")
    assert said in run("run", "--cases", cases, "--model", "none", "--thresholds", demands, code=code).output


def test_runs_are_compared_reported_and_put_among_results(cases: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        run("run", "--cases", cases, "--model", "none", "--run", folder)
    assert "3 questions: 0 better, 0 worse, 0 other answer, 3 same." in run("compare", one, two).stdout
    assert json.loads(run("compare", one, two, "--fail-if-worse", "--json").stdout)["counts"]["same"] == 3
    run("report", one, "--markdown", tmp_path / "r.md", "--junit", tmp_path / "r.xml")
    assert "<h1>" in (one / "report.html").read_text("utf-8")
    assert (tmp_path / "r.md").exists()
    assert (tmp_path / "r.xml").exists()
    assert run("results", one, two).stdout.count("## cases.jsonl") == 2
    run("results", one, "--out", tmp_path / "results.md")
    assert (tmp_path / "results.md").read_text("utf-8") == run("results", one).stdout


@pytest.mark.parametrize("command", [["compare", "{tmp}/a", "{tmp}/b"], ["report", "{tmp}/a"], ["results", "{tmp}/a"]])
def test_a_folder_without_a_run_is_told_in_a_sentence(tmp_path: Path, command: list[str]) -> None:
    result = run(*(part.format(tmp=tmp_path) for part in command), code=1)
    assert "holds no run" in result.stderr
    assert "Traceback" not in result.output


def test_answers_are_written_for_a_scorer(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "answers.jsonl"
    assert run("answers", "--cases", cases, "--model", "none", "--out", out).stdout == f"3 answers in {out}.\n"
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(row["id"], row["abstained"]) for row in rows] == [("right", False), ("wrong", False), ("no", True)]
    assert rows[0]["citations"][0]["document"] == "rutland-2023-inspection.md"


@pytest.mark.parametrize("command", ["run", "answers"])
def test_a_second_process_is_told_and_loses_nothing(cases: Path, tmp_path: Path, command: str) -> None:
    place = tmp_path / "mine"
    option, alone, kept = (
        ("--run", alone_in, place / "answers.jsonl") if command == "run" else ("--out", alone_at, place)
    )
    arguments = (command, "--cases", cases, "--model", "none", option, place)
    run(*arguments)
    before = kept.read_bytes()
    with alone(place):
        result = run(*arguments, code=1)
    assert "Another process is at work on the " in result.stderr
    assert kept.read_bytes() == before
    run(*arguments)


@pytest.mark.parametrize(
    ("system", "model", "answered"),
    [
        ("chapter-and-verse", "none", "none"),
        ("chapter-and-verse-none", "openai:any", "none"),
        ("langchain", "openai:any", "scripted"),
    ],
)
def test_answers_are_those_of_the_system_named(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, model: str, answered: str
) -> None:
    if system == "langchain":
        pytest.importorskip("langchain_text_splitters")
    monkeypatch.setattr("eval.peers.opening.open_embedder", lambda _: FakeEmbedder())
    monkeypatch.setattr("eval.peers.opening.open_writer", lambda _: ScriptedWriter(["It was outstanding."] * 3))
    out = tmp_path / "answers.jsonl"
    run("answers", "--cases", cases, "--model", model, "--system", system, "--out", out)
    rows = load_rows(out)
    assert {row.model for row in rows.values()} == {answered}
    assert sorted(rows) == ["no", "right", "wrong"]
    assert "outstanding" in rows["right"].answer.lower()
    assert not (tmp_path / "records").exists()


def test_a_run_of_this_system_without_a_model_is_recorded_as_that(cases: Path, tmp_path: Path) -> None:
    arguments = ("run", "--cases", cases, "--system", "chapter-and-verse-none", "--model", "openai:any")
    run(*arguments)
    (folder,) = (tmp_path / "data" / "eval-runs").iterdir()
    asked = load_run(folder).configuration.asked
    assert (asked.system, asked.model) == ("chapter-and-verse", "none")
    assert folder.name.endswith("-cases-none")


@pytest.mark.parametrize("command", [("run",), ("answers", "--out", "{tmp}/a.jsonl")], ids=["run", "answers"])
@pytest.mark.parametrize(
    ("system", "model", "said"),
    [
        (
            "cleverer",
            "none",
            "There is no system 'cleverer'. Those known are chapter-and-verse, ",
        ),
        ("langchain", "none", "The system langchain answers only with a language model."),
    ],
)
def test_a_system_that_cannot_answer_is_told(
    cases: Path, tmp_path: Path, command: tuple[str, ...], system: str, model: str, said: str
) -> None:
    words = (word.format(tmp=tmp_path) for word in command)
    result = run(*words, "--cases", cases, "--system", system, "--model", model, code=1)
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_a_run_is_always_asked_afresh(cases: Path, tmp_path: Path) -> None:
    run("run", "--cases", cases, "--model", "none")
    (folder,) = (tmp_path / "data" / "eval-runs").iterdir()
    kept = folder / "answers.jsonl"
    kept.write_text(kept.read_text("utf-8").replace("outstanding", "good"), "utf-8")
    table = json.loads(run("run", "--cases", cases, "--model", "none", "--json").stdout)
    assert round(table[-1]["right"], 3) == 0.667


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--cases", "{tmp}/none.jsonl"], "none.jsonl cannot be read"),
        (["--cases", "{tmp}/cases.jsonl", "--corpus", "{tmp}/nowhere"], "nowhere"),
    ],
    ids=["no cases", "no corpus"],
)
def test_what_cannot_be_used_is_told_in_a_sentence(
    cases: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    assert cases.is_file()
    result = run("run", "--model", "none", *(argument.format(tmp=tmp_path) for argument in arguments), code=1)
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_bench_measures_the_waits(cases: Path, monkeypatch: pytest.MonkeyPatch, built_index: Path) -> None:
    monkeypatch.setenv("CHAPTER_VERSE_DATA", str(built_index.parent))
    monkeypatch.setenv("CHAPTER_VERSE_INDEX_NAME", built_index.name)
    found = json.loads(run("bench", "--cases", cases, "--model", "none", "--json").stdout)
    assert (found["questions"], found["first_words"]) == (2, None)
    assert 0 < found["evidence"][0] <= found["whole"][1]
    assert found["memory_megabytes"] > 1


def test_bench_of_one_question_says_that_it_needs_two(
    cases: Path, monkeypatch: pytest.MonkeyPatch, built_index: Path
) -> None:
    monkeypatch.setenv("CHAPTER_VERSE_DATA", str(built_index.parent))
    monkeypatch.setenv("CHAPTER_VERSE_INDEX_NAME", built_index.name)
    result = run("bench", "--cases", cases, "--model", "none", "--limit", "1", code=1)
    assert "A bench needs at least two questions" in result.stderr
