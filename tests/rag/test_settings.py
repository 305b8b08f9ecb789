"""Settings are read once from the environment or a file, and a bad value names its key."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from rag.settings import Settings


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CHAPTER_VERSE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)


def test_without_any_setting_the_embedded_model_writes() -> None:
    settings = Settings()
    assert (settings.model, settings.model_url, settings.model_seconds) == ("embedded", None, 90.0)
    assert settings.index == settings.data / "index"


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("model", "ollama:llama3.1", "ollama:llama3.1"),
        ("model_url", "http://models.example/v1", "http://models.example/v1"),
        ("model_seconds", "2.5", 2.5),
        ("answer_tokens", "64", 64),
        ("passages", "3", 3),
        ("data", "/srv/data", Path("/srv/data")),
        ("corpus", f"/a{os.pathsep}/b", (Path("/a"), Path("/b"))),
        ("models_from", "/media/models", Path("/media/models")),
    ],
)
def test_the_environment_sets_a_value(monkeypatch: pytest.MonkeyPatch, key: str, text: str, value: object) -> None:
    monkeypatch.setenv(f"CHAPTER_VERSE_{key.upper()}", text)
    assert getattr(Settings(), key) == value


def test_a_file_sets_a_value_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("CHAPTER_VERSE_PASSAGES=7\nCHAPTER_VERSE_THREADS=2\nUNRELATED=1\n", "utf-8")
    monkeypatch.setitem(Settings.model_config, "env_file", file)
    monkeypatch.setenv("CHAPTER_VERSE_THREADS", "3")
    assert (Settings().passages, Settings().threads) == (7, 3)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("model_seconds", "soon"),
        ("model_seconds", "0"),
        ("model_seconds", "-1"),
        ("answer_tokens", "15"),
        ("answer_tokens", "4096"),
        ("context_tokens", "100"),
        ("threads", "-1"),
        ("evidence_tokens", "10"),
        ("passages", "0"),
        ("passages", "two"),
        ("question_characters", "10"),
        ("index_name", "../elsewhere"),
        ("embed_batch", "0"),
    ],
)
def test_a_bad_value_names_its_key_and_the_value(monkeypatch: pytest.MonkeyPatch, key: str, text: str) -> None:
    monkeypatch.setenv(f"CHAPTER_VERSE_{key.upper()}", text)
    with pytest.raises(ValidationError) as caught:
        Settings()
    (error,) = caught.value.errors()
    assert (error["loc"], error["input"]) == ((key,), text)
    assert error["msg"]


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().passages = 3  # type: ignore[misc]
