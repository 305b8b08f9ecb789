"""`python -m rag chat`: one question after another on the command line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rag.__main__ import app
from rag.settings import Settings
from tests.fakes import FakeEmbedder

GRADE = "What was the overall grade for Hartlepool in 2022?"


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


def printed(typed: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["chat"], input=typed)
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.stdout


def test_a_follow_up_is_understood_and_said_so() -> None:
    text = printed(f"{GRADE}\nwho led it?\n\n")
    assert text.count("Understood as: ") == 1
    assert "Understood as: Who led the inspection of Hartlepool in 2022?" in text
    assert text.index("was judged good") < text.index("Understood as: ")


@pytest.mark.parametrize("ending", ["", "\n", "   \n"], ids=["end of input", "empty line", "blank line"])
def test_it_ends(ending: str) -> None:
    assert printed(f"{GRADE}\n{ending}").count("model: none") == 1


def test_nothing_is_asked_after_an_empty_line() -> None:
    assert "model: none" not in printed(f"\n{GRADE}\n")


def test_markup_that_is_typed_is_left_alone() -> None:
    assert "in [b]Narborough council[/b]" not in printed("[b]why[/b]?\n")


def test_without_an_index_it_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHAPTER_VERSE_DATA", str(tmp_path))
    result = CliRunner().invoke(app, ["chat"], input=f"{GRADE}\n")
    assert result.exit_code == 1
    assert "python -m index sync" in result.stderr
