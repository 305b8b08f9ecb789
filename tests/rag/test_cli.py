"""`python -m rag`: what it prints, in words and as JSON, and how it ends when something is wrong."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from index.weights import WeightsError
from rag.__main__ import app
from rag.models import ModelProblem
from rag.settings import Settings
from tests.fakes import FakeEmbedder, ScriptedWriter

PLANS = "How well are plans for children in need written?"
TRUE = "Plans for children in need do not say who will do what."
GRADE = "What was the overall grade for Hartlepool?"
JUDGED = "Hartlepool was judged good overall in the inspection of 4 to 15 July 2022, published 12 September 2022."


@pytest.fixture(autouse=True)
def _settings(built_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index of the three invented reports, no model, and none of the user's settings."""
    for name in [name for name in os.environ if name.startswith("CHAPTER_VERSE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("CHAPTER_VERSE_DATA", str(built_index.parent))
    monkeypatch.setenv("CHAPTER_VERSE_INDEX_NAME", built_index.name)
    monkeypatch.setenv("CHAPTER_VERSE_MODEL", "none")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("rag.service.open_embedder", lambda _: FakeEmbedder())


def run(*arguments: str, code: int = 0, typed: str | None = None) -> Result:
    result = CliRunner().invoke(app, list(arguments), input=typed)
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result


def writes(monkeypatch: pytest.MonkeyPatch, *replies: str | ModelProblem) -> None:
    monkeypatch.setattr("rag.service.open_writer", lambda _: ScriptedWriter(list(replies)))


# ask


def test_an_answer_is_printed_with_its_quote_its_outcome_and_its_model() -> None:
    printed = run("ask", GRADE).stdout
    assert printed.startswith(f"{JUDGED} [1] The Hartlepool focused visit of ")
    assert "“Overall effectiveness Good” [1]" in printed
    assert printed.rstrip().endswith("model: none")
    assert "\nanswered, 0." in printed


def test_a_question_can_come_from_standard_input() -> None:
    assert JUDGED in run("ask", "-", typed=f"{GRADE}\n").stdout


def test_an_answer_as_json_is_the_whole_record() -> None:
    record = json.loads(run("ask", PLANS, "--json").stdout)
    assert (record["question"], record["outcome"], record["model"]) == (PLANS, "answered", "none")
    assert any(item["quote"].startswith(TRUE) for item in record["citations"])
    assert record["understanding"]["ask"] == "finding"


def test_markup_in_a_question_is_left_alone() -> None:
    question = "[bold]What was[/bold] the overall grade for Hartlepool? [/]"
    assert json.loads(run("ask", question, "--json").stdout)["question"] == question


def test_a_stream_prints_evidence_then_sentences_then_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    writes(monkeypatch, TRUE)
    printed = run("ask", PLANS, "--stream").stdout
    evidence, sentence, whole = (printed.index(part) for part in (f"] “{TRUE}", f"\n{TRUE}", "More on this:"))
    assert evidence < sentence < whole


def test_a_stream_as_json_prints_one_record(monkeypatch: pytest.MonkeyPatch) -> None:
    writes(monkeypatch, TRUE)
    record = json.loads(run("ask", PLANS, "--stream", "--json").stdout)
    assert [sentence["text"] for sentence in record["sentences"]] == [TRUE]


def test_a_stream_without_a_writer_prints_the_answer_too() -> None:
    assert JUDGED in run("ask", GRADE, "--stream").stdout


def test_a_writer_that_is_silent_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    writes(monkeypatch, ModelProblem("the server is down"))
    assert "(the server is down)" in run("ask", PLANS).stdout


def test_a_fault_is_told_in_a_sentence_and_in_the_exit_status(monkeypatch: pytest.MonkeyPatch) -> None:
    writes(monkeypatch)
    assert "Something went wrong while answering" in run("ask", PLANS, code=1).stdout


@pytest.mark.parametrize("question", ["", "   ", "?"], ids=repr)
def test_an_empty_question_is_answered_with_how_to_ask(question: str) -> None:
    assert run("ask", question).stdout.startswith("Please type a question")


def test_a_question_of_ten_thousand_characters_is_told_the_limit() -> None:
    printed = run("ask", "why " * 2_500).stdout
    assert printed.startswith("The question has 9,999 characters; the limit is 2,000.")


def test_without_an_index_it_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHAPTER_VERSE_DATA", str(tmp_path))
    result = run("ask", GRADE, code=1)
    assert result.stdout == ""
    assert result.stderr == "There is no index yet. Run `python -m index sync` to build it.\n"


def test_an_index_of_another_embedder_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.service.open_embedder", lambda _: FakeEmbedder("other"))
    assert "Run `python -m index sync`" in run("ask", GRADE, code=1).stderr


@pytest.mark.parametrize("command", [["ask", GRADE], ["models", "--check"]], ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("key", "value"),
    [("MODEL_SECONDS", "soon"), ("MODEL_SECONDS", "0"), ("ANSWER_TOKENS", "many"), ("INDEX_NAME", "../x")],
)
def test_a_bad_setting_is_named_with_its_value(
    monkeypatch: pytest.MonkeyPatch, command: list[str], key: str, value: str
) -> None:
    monkeypatch.setenv(f"CHAPTER_VERSE_{key}", value)
    assert run(*command, code=1).stderr.startswith(f"CHAPTER_VERSE_{key} is '{value}': ")


def test_a_model_file_that_is_not_there_is_told_in_the_answer() -> None:
    printed = run("ask", PLANS, "--model", "/nowhere/x.gguf").stdout
    assert "There is no model file /nowhere/x.gguf. Correct CHAPTER_VERSE_MODEL." in printed
    assert f"“{TRUE}" in printed


def test_no_arguments_show_the_help() -> None:
    assert "Answer one question from the reports" in CliRunner().invoke(app, []).output


# models


@pytest.fixture
def _no_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHAPTER_VERSE_DATA", str(tmp_path))


@pytest.mark.usefixtures("_no_models")
def test_check_lists_the_models_and_fetches_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("rag.__main__.fetch", lambda *_, **__: pytest.fail("fetched"))
    embedding, chat = run("models", "--check").stdout.splitlines()
    assert embedding.startswith("sentence-transformers/all-MiniLM-L6-v2 (embedding, ")
    assert chat.startswith("Qwen/")
    assert embedding.lower().endswith("apache-2.0): missing")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("_no_models")
def test_missing_models_are_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("rag.__main__.fetch", lambda model, folder, **_: folder / model.folder)
    embedder = FakeEmbedder()
    monkeypatch.setattr("rag.__main__.open_embedder", lambda _: embedder)
    tuned = FakeEmbedder()
    monkeypatch.setattr("rag.__main__.open_sentence_model", lambda _: tuned)
    assert run("models").stdout.count(f"  fetched and checked: {tmp_path / 'models'}") == 2
    assert embedder.calls
    assert tuned.calls


@pytest.mark.usefixtures("_no_models")
def test_a_model_that_cannot_be_fetched_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise WeightsError("No source could be reached [at all].")

    monkeypatch.setattr("rag.__main__.fetch", fail)
    assert run("models", code=1).stderr.strip() == "No source could be reached [at all]."
