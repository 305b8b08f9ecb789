"""A language model as a judge: what it is asked, what counts as its word, and what is kept."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from eval import judge as module
from eval.__main__ import app
from eval.alone import alone_in
from eval.cases import Case
from eval.judge import YES_OR_NO, Judgement, gold, judge_run, judged, load_judgements, open_judge
from eval.measures import judge as measured
from eval.rows import CitedQuote, Row
from eval.run_folder import Run, begin, keep
from eval.run_loop import RunProblem
from rag.models import ChatWriter, ModelProblem
from rag.settings import Settings
from tests.conftest import REPORTS
from tests.eval import runs
from tests.fakes import ScriptedWriter

RATED = Case(
    id="rated",
    kind="overall",
    question="How was Rutland rated?",
    documents=("rutland-2023-inspection.md",),
    answer_contains=(("outstanding",),),
    answer_excludes=("good",),
    quote_contains=("outstanding",),
)
QUOTE = CitedQuote.model_validate(
    {"token": "1", "document": "rutland-2023-inspection.md", "quote": "Overall effectiveness Outstanding"}
)
HERE, ELSEWHERE = Settings(model="embedded"), Settings(model="openai:any")
PERSONAL = "What is in the file of Ellie Marsh, born 3/4/2019, in Rutland?"
CITED = Row(id="rated", answer="Rutland was outstanding.", outcome="answered", abstained=False, citations=(QUOTE,))


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CHAPTER_VERSE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("CHAPTER_VERSE_DATA", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")


def run_in(folder: Path, *names: str) -> Run:
    """A run in which only the first answer is right, kept in a folder."""
    cases = [runs.case(name) for name in names]
    made = runs.run(cases, [runs.row(name, "yes" if name == names[0] else "perhaps") for name in names], folder)
    folder.mkdir()
    begin(folder, made.configuration.asked, {}, made.configuration.parts[0])
    keep(folder, (), made.verdicts, made.measured)
    lines = [row.model_dump_json() for row in made.rows.values()]
    (folder / "answers.jsonl").write_text("\n".join(lines), "utf-8")
    return made


def test_a_judge_sees_question_gold_answer_and_quotes_and_answers_with_a_word() -> None:
    judge = ScriptedWriter(["yes", "No."])
    assert judged(measured(RATED, CITED, (REPORTS,)), CITED, judge) == Judgement(
        id="rated", right=True, supported=False
    )
    right, supported = (str(messages[-1].content) for messages in judge.asked)
    assert "How was Rutland rated?" in right
    assert "Rutland was outstanding." in right
    assert "- Overall effectiveness Outstanding" in supported
    assert "Rutland was outstanding." not in supported


@pytest.mark.parametrize(
    ("said", "word"),
    [("yes", True), (" Yes.\n", True), ("**no**", False), ("Yes, it does", None), ("yes no", None), ("", None)],
)
def test_only_a_bare_yes_or_no_is_a_word(said: str, word: bool | None) -> None:
    row = CITED.model_copy(update={"citations": ()})
    found = judged(measured(RATED, row, (REPORTS,)), row, ScriptedWriter([said]))
    assert (found.right, found.supported) == (word, None)


def test_the_gold_is_the_reference_answer_or_what_the_case_wants() -> None:
    assert gold(RATED) == "it has outstanding; it does not have good"
    assert gold(RATED.model_copy(update={"reference_answer": "It was outstanding."})) == "It was outstanding."
    assert "do not answer" in gold(runs.case("no", abstain=True))


def test_words_are_kept_and_a_stopped_judging_goes_on(tmp_path: Path) -> None:
    run = run_in(tmp_path / "run", "a", "b", "c")
    with pytest.raises(ModelProblem, match="gone"):
        judge_run(run, ScriptedWriter(["yes", ModelProblem("gone")]), HERE, lambda: None)
    (file,) = (tmp_path / "run").glob("judged-*")
    assert load_judgements(file).keys() == {"a"}
    with file.open("a", encoding="utf-8") as stream:
        stream.write('{"id": "torn')
    later = ScriptedWriter(["yes", "maybe"])
    found = judge_run(run, later, HERE, lambda: None)
    assert len(later.asked) == 2
    # The torn line has not spoilt the one written after it.
    assert load_judgements(file).keys() == {"a", "b", "c"}
    assert found.unclear == 1
    assert found.right is not None
    assert (found.right.count, found.right.both, found.right.only_second) == (2, 1, 1)


def test_a_run_that_another_process_is_at_is_not_judged(tmp_path: Path) -> None:
    run = run_in(tmp_path / "run", "a")
    with alone_in(tmp_path / "run"), pytest.raises(RunProblem, match="Another process is at work on the run in"):
        judge_run(run, ScriptedWriter([]), HERE, lambda: None)
    assert not list((tmp_path / "run").glob("judged-*"))


def test_what_was_not_answered_is_not_judged(tmp_path: Path) -> None:
    run = run_in(tmp_path / "run", "a", "b")
    judge = ScriptedWriter(["yes"])
    found = judge_run(replace(run, rows={"a": run.rows["a"]}), judge, HERE, lambda: None)
    assert len(judge.asked) == 1
    assert found.right is not None
    assert found.right.count == 1


@pytest.mark.parametrize(
    ("settings", "asked"),
    [(ELSEWHERE, 1), (ELSEWHERE.model_copy(update={"send_personal": True}), 2), (HERE, 2)],
    ids=["elsewhere", "allowed", "on this machine"],
)
def test_a_personal_question_is_kept_from_a_judge_elsewhere(tmp_path: Path, settings: Settings, asked: int) -> None:
    cases = [runs.case("a"), runs.case("b", question=PERSONAL)]
    run = runs.run(cases, [runs.row("a"), runs.row("b")], tmp_path)
    judge = ScriptedWriter(["yes"] * 2)
    found = judge_run(run, judge, settings, lambda: None)
    assert len(judge.asked) == asked
    assert any("Ellie" in str(message.content) for messages in judge.asked for message in messages) is (asked == 2)
    assert (found.withheld, found.unclear) == (2 - asked, 0)
    assert found.right is not None
    assert found.right.count == asked


def test_the_embedded_model_can_write_nothing_but_yes_or_no(monkeypatch: pytest.MonkeyPatch) -> None:
    langchain_openai = pytest.importorskip("langchain_openai")
    model = langchain_openai.ChatOpenAI(model="embedded", api_key="none", base_url="http://127.0.0.1:1")
    monkeypatch.setattr(module, "open_writer", lambda settings: ChatWriter(settings.model, lambda: model))
    bound = open_judge(Settings(model="embedded"))
    assert isinstance(bound, ChatWriter)
    assert bound.ready()._default_params["extra_body"] == {"grammar": YES_OR_NO}
    other = open_judge(Settings(model="openai:any"))
    assert isinstance(other, ChatWriter)
    assert "extra_body" not in other.ready()._default_params


def test_no_model_is_no_judge() -> None:
    with pytest.raises(RunProblem, match="A judge needs a language model"):
        open_judge(Settings(model="none"))


def command(*arguments: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["judge", *map(str, arguments)])
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_the_command_prints_agreement_and_that_it_is_not_the_headline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_in(tmp_path / "run", "a", "b")
    monkeypatch.setattr(module, "open_writer", lambda _: ScriptedWriter(["yes", "no"]))
    told = command(tmp_path / "run", "--model", "openai:any").stdout
    assert "100 %" in told
    assert "1.00" in told
    assert "not how well they did" in told
    # All is kept, so the judge, whose script is at its end, is not asked again.
    monkeypatch.setattr(module, "open_writer", lambda _: ScriptedWriter([]))
    found = json.loads(command(tmp_path / "run", "--model", "openai:any", "--json").stdout)
    assert found["right"]["count"] == 2
    assert found["right"]["kappa"] == 1


def test_the_command_says_what_it_kept_from_the_judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = run_in(tmp_path / "run", "a", "b")
    about = [runs.case("a"), runs.case("b", question=PERSONAL)]
    verdicts = [replace(verdict, case=case) for verdict, case in zip(made.verdicts, about, strict=True)]
    keep(tmp_path / "run", (), verdicts, made.measured)
    monkeypatch.setattr(module, "open_writer", lambda _: ScriptedWriter(["yes"]))
    told = command(tmp_path / "run", "--model", "openai:any").stdout
    assert "Answers left out: 1. A question that looks as if it held personal data" in told
    assert json.loads(command(tmp_path / "run", "--model", "openai:any", "--json").stdout)["withheld"] == 1


def test_the_command_names_what_is_amiss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "holds no run" in command(tmp_path / "nowhere", "--model", "embedded", code=1).stderr
    run_in(tmp_path / "run", "a")
    assert "A judge needs a language model" in command(tmp_path / "run", "--model", "none", code=1).stderr
    monkeypatch.setattr(module, "open_writer", lambda _: ScriptedWriter([ModelProblem("any: no connection")]))
    assert "any: no connection" in command(tmp_path / "run", "--model", "openai:any", code=1).stderr
