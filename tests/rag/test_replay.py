"""An answer is recorded and asked for again: the same is told from what differs."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from rag.__main__ import app
from rag.record import FORMAT, WITHHELD
from rag.settings import Settings
from tests.fakes import FakeEmbedder, ScriptedWriter

PLANS = "How well are plans for children in need written in Hartlepool?"
TRUE = "Plans for children in need do not say who will do what."
FALSE = "Everything is outstanding [1]."


@pytest.fixture(autouse=True)
def _settings(built_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CHAPTER_VERSE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("CHAPTER_VERSE_DATA", str(built_index.parent))
    monkeypatch.setenv("CHAPTER_VERSE_INDEX_NAME", built_index.name)
    monkeypatch.setenv("CHAPTER_VERSE_MODEL", "none")
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setattr("rag.service.open_embedder", lambda _: FakeEmbedder())


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result


def recorded(file: Path, question: str = PLANS) -> dict[str, object]:
    run("ask", question, "--record", str(file))
    record = json.loads(file.read_text("utf-8"))
    assert isinstance(record, dict)
    return record


def writes(monkeypatch: pytest.MonkeyPatch, reply: str) -> None:
    monkeypatch.setattr("rag.service.open_writer", lambda _: ScriptedWriter([reply]))


def test_a_record_holds_the_answer_its_verdicts_and_what_it_was_made_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes(monkeypatch, f"{TRUE} {FALSE}")
    record = recorded(tmp_path / "record.json")
    made_with, answer = record["made_with"], record["answer"]
    assert isinstance(made_with, dict)
    assert isinstance(answer, dict)
    assert record["format"] == FORMAT
    assert all(made_with[name] for name in ("index", "reader", "chunker", "embedder", "model", "prompt"))
    assert (answer["question"], [sentence["text"] for sentence in answer["sentences"]]) == (PLANS, [TRUE])
    assert [bool(sentence["why"]) for sentence in answer["withheld"]] == [True]
    assert answer["seconds"]["total"] > 0


@pytest.mark.parametrize(
    "question", [PLANS, "What was the overall grade for Hartlepool?", "How was Walsall rated in 2016?", "?"]
)
def test_the_same_answer_is_told_to_be_the_same(tmp_path: Path, question: str) -> None:
    recorded(tmp_path / "record.json", question)
    told = run("replay", str(tmp_path / "record.json")).stdout
    assert told.endswith("different: nothing\n")
    assert json.loads(run("replay", str(tmp_path / "record.json"), "--json").stdout)["different"] == []


def test_another_sentence_is_told_and_ends_with_status_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "record.json"
    writes(monkeypatch, TRUE)
    recorded(file)
    writes(monkeypatch, FALSE)
    told = json.loads(run("replay", str(file), "--json", code=1).stdout)
    assert (told["different"], told["changed"]) == (["sentences", "text"], [])


def test_a_change_of_the_index_is_told(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    record = recorded(file)
    assert isinstance(record["made_with"], dict)
    record["made_with"]["index"] = "another"
    file.write_text(json.dumps(record), "utf-8")
    assert "The index has changed since this was recorded." in run("replay", str(file)).stdout


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is not JSON"),
        ("[]", "is no record"),
        ('{"format": "other"}', "is no record"),
        ('{"format": "chapter-and-verse-record-0"}', "was written by another version"),
        (json.dumps({"format": FORMAT}), "parts of it are missing"),
        (
            json.dumps({"format": FORMAT, "made_with": {}, "answer": {"question": WITHHELD}}),
            "was left out of the record",
        ),
        (
            json.dumps({"format": FORMAT, "made_with": {"passages": "x"}, "answer": {"question": "?"}}),
            "settings that this version does not take",
        ),
    ],
)
def test_what_is_no_record_is_said_plainly(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "record.json"
    file.write_text(text, "utf-8")
    assert why in run("replay", str(file), code=1).stderr


def test_a_record_that_is_not_there_or_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    assert "cannot be read" in run("replay", str(tmp_path / "none.json"), code=1).stderr
    nowhere = str(tmp_path / "none" / "record.json")
    assert "could not be written" in run("ask", PLANS, "--record", nowhere, code=1).stderr


def test_personal_data_is_not_in_a_record(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    recorded(file, "What did Hartlepool do for Sam Example, born 3 May 2012?")
    assert "Sam Example" not in file.read_text("utf-8")
    assert "looked like personal data" in run("replay", str(file), code=1).stderr
