"""`python -m index`: what it prints, what it prints as JSON, and how it ends when something is wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from filelock import FileLock
from typer.testing import CliRunner

from index.__main__ import app
from index.chunk import CHUNKER
from index.settings import IndexSettings
from index.sync import READER
from index.tables import SCHEMA
from index.weights import WeightsError
from tests.fakes import FakeEmbedder

REPORTS = 3
PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, corpus_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data and corpus in the test's own folder, and no real model."""
    for name in [name for name in os.environ if name.startswith("CHAPTER_VERSE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHAPTER_VERSE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CHAPTER_VERSE_CORPUS", str(corpus_folder))
    monkeypatch.setenv("CHAPTER_VERSE_INDEX_NAME", "index")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("index.__main__.fetch", lambda *_, **__: None)
    _embed_with(monkeypatch, FakeEmbedder())


def _embed_with(monkeypatch: pytest.MonkeyPatch, embedder: FakeEmbedder) -> None:
    for module in ("index.__main__", "index.embed_pool"):
        monkeypatch.setattr(f"{module}.open_embedder", lambda _: embedder)


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


# sync


def test_sync_says_what_it_did(corpus_folder: Path) -> None:
    assert run("sync").stdout.startswith("3 added, 0 changed, 0 unchanged, 0 removed; ")
    (corpus_folder / "rutland-2023-inspection.md").unlink()
    assert run("sync").stdout.startswith("0 added, 0 changed, 2 unchanged, 1 removed; ")


def test_sync_names_what_it_set_aside_and_why(corpus_folder: Path) -> None:
    (corpus_folder / "empty [draft].txt").touch()
    assert "Set aside: empty [draft].txt: The file is empty." in run("sync").stdout


def test_sync_as_json_has_every_count(corpus_folder: Path) -> None:
    (corpus_folder / "empty.txt").touch()
    counts = json.loads(run("sync", "--json").stdout)
    assert counts.pop("passages") > REPORTS
    assert counts == {
        "added": 3,
        "changed": 0,
        "unchanged": 0,
        "removed": 0,
        "set_aside": [["empty.txt", "The file is empty."]],
    }


def test_sync_takes_folders_from_the_command_line(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text("Children in Rutland are seen alone. " * 20 + name, "utf-8")
    counts = json.loads(
        run("sync", "--corpus", str(tmp_path / "one"), "--corpus", str(tmp_path / "two"), "--json").stdout
    )
    assert counts["added"] == 2


def test_sync_of_an_empty_folder_says_where_to_put_reports(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert f"There are no reports in {tmp_path / 'empty'}." in run("sync", "--corpus", str(tmp_path / "empty")).stdout


def test_sync_of_a_missing_folder_ends_with_a_sentence(tmp_path: Path) -> None:
    result = run("sync", "--corpus", str(tmp_path / "none"), code=1)
    assert f"There is no folder {tmp_path / 'none'}." in result.stderr
    assert result.stdout == ""


def test_sync_with_a_broken_catalogue_ends_with_a_sentence(corpus_folder: Path) -> None:
    (corpus_folder / "catalogue.toml").write_text("[[report]\n", "utf-8")
    assert "catalogue.toml is not valid TOML" in run("sync", code=1).stderr


def test_sync_while_another_runs_ends_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.sync.LOCK_SECONDS", 0.05)
    (tmp_path / "data" / "index").mkdir(parents=True)
    with FileLock(tmp_path / "data" / "index" / ".sync.lock"):
        assert "Another process is syncing this index." in run("sync", code=1).stderr


def test_sync_on_a_full_disk_says_that_the_rest_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.sync.PassageStore.put", full)
    assert "Reports indexed so far are kept" in run("sync", code=1).stderr


def test_sync_without_a_model_passes_on_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise WeightsError("The embedding model cannot be fetched.")

    monkeypatch.setattr("index.__main__.fetch", missing)
    assert "The embedding model cannot be fetched." in run("sync", code=1).stderr


def test_sync_with_an_embedder_of_the_users_fetches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[object] = []
    monkeypatch.setenv("CHAPTER_VERSE_EMBEDDER", str(tmp_path))
    monkeypatch.setattr("index.__main__.fetch", lambda *asked, **_: fetched.append(asked))
    run("sync")
    assert fetched == []


# status


def test_status_lists_the_reports() -> None:
    run("sync")
    output = run("status").stdout
    assert output.count("Hartlepool") == 2
    assert output.count("Rutland") == 1


def test_status_as_json_says_who_what_when_and_what_is_amiss(corpus_folder: Path) -> None:
    (corpus_folder / "unknown.txt").write_text("Somebody was somewhere and saw something. " * 10, "utf-8")
    run("sync")
    rows = {row["document"]: row for row in json.loads(run("status", "--json").stdout)["sources"]}
    assert len(rows) == REPORTS + 1
    letter = rows["hartlepool-2024-focused-visit.txt"]
    assert (letter["authority"], letter["kind"], letter["published"], letter["problems"]) == (
        "Hartlepool",
        "focused visit",
        "2024-03-14",
        [],
    )
    assert rows["unknown.txt"]["authority"] is None
    assert len(rows["unknown.txt"]["problems"]) == 2


def test_status_says_with_what_and_when_the_index_was_made() -> None:
    run("sync")
    shown = run("status").stdout
    assert f"Embedder fake-64; chunker {CHUNKER}; reader {READER}; schema {SCHEMA}." in shown
    found = json.loads(run("status", "--json").stdout)
    assert (found["made"]["embedder"], found["made"]["chunker"]) == ("fake-64", CHUNKER)
    assert f"3 reports, {sum(row['passages'] for row in found['sources'])} passages; synced {found['synced']}." in shown
    assert (found["unfinished"], found["note"]) == (False, "")


def test_status_says_what_another_program_made_and_that_a_sync_was_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    run("sync")
    _embed_with(monkeypatch, FakeEmbedder(name="other", fails_at=2))
    assert "another embedding model" in run("status").stdout
    assert isinstance(CliRunner().invoke(app, ["sync"]).exception, RuntimeError)
    _embed_with(monkeypatch, FakeEmbedder())
    found = json.loads(run("status", "--json").stdout)
    assert found["unfinished"]
    assert "A sync was not finished: run `python -m index sync`." in found["note"]
    assert len(found["sources"]) == REPORTS


def test_status_says_that_a_sync_is_running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("sync")
    _embed_with(monkeypatch, FakeEmbedder(fails_at=1))
    (tmp_path / "corpus" / "new.txt").write_text("Children in Rutland are seen. " * 20, "utf-8")
    CliRunner().invoke(app, ["sync"])
    with FileLock(tmp_path / "data" / "index" / ".sync.lock"):
        assert "A sync is running." in run("status").stdout


def test_status_shows_a_name_with_brackets(corpus_folder: Path) -> None:
    (corpus_folder / "hartlepool-2022-inspection.txt").rename(corpus_folder / "a [draft].txt")
    run("sync")
    assert "[draft]" in run("status").stdout


# search


def test_search_shows_passages_with_their_report() -> None:
    run("sync")
    output = run("search", "use of agency staff", "--count", "1").stdout
    assert "Hartlepool 2022" in output
    assert "from 31% to 9%" in output


def test_search_as_json_gives_passages_with_their_report_and_ranks() -> None:
    run("sync")
    hits = json.loads(run("search", "use of agency staff", "--count", "2", "--json").stdout)["passages"]
    assert len(hits) == 2
    assert "from 31% to 9%" in hits[0]["text"]
    assert (hits[0]["published"], hits[0]["rank_by_words"]) == ("2022-09-12", 1)


@pytest.mark.parametrize("count", ["0", "101", "many"])
def test_search_refuses_a_count_that_makes_no_sense(count: str) -> None:
    assert "--count" in run("search", "agency", "--count", count, code=2).stderr


# register


def listed(*arguments: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(run("register", "--json", *arguments).stdout)
    return rows


def test_register_lists_grades_with_their_quotes() -> None:
    run("sync")
    shown = run("register", "--authority", "Rutlnd").stdout
    assert "Rutland" in shown
    assert "Hartlepool" not in shown
    (row,) = listed("--authority", "Hartlepool", "--area", "leaders")
    assert (row["grade"], row["published"], row["of"]) == ("good", "2022-09-12", "this")


def test_register_prints_csv_with_a_line_of_names() -> None:
    run("sync")
    lines = run("register", "--what", "reports", "--csv").stdout.splitlines()
    assert lines[0].startswith("document,title,authority,")
    assert len(lines) == REPORTS + 1


def test_register_says_when_nothing_fits_and_what_is_not_understood() -> None:
    run("sync")
    assert run("register", "--since", "2099").stdout == "Nothing in the register fits.\n"
    assert listed("--since", "2099") == []
    assert "There is no grade 'great'." in run("register", "--grade", "great", code=1).stderr
    assert "--kind" in run("register", "--kind", "gossip", code=2).stderr
    assert listed("--framework", "jtai") == []


def test_register_shows_brackets_as_they_are(corpus_folder: Path) -> None:
    (corpus_folder / "hartlepool-2022-inspection.txt").rename(corpus_folder / "a [draft].txt")
    run("sync")
    assert "a [draft].txt" in run("register", "--what", "reports").stdout


def test_register_says_when_a_sync_was_not_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    run("sync")
    _embed_with(monkeypatch, FakeEmbedder(name="other", fails_at=2))
    assert isinstance(CliRunner().invoke(app, ["sync"]).exception, RuntimeError)
    assert "A sync is running, or was not finished" in run("register").stderr


def test_register_says_when_a_first_sync_was_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    _embed_with(monkeypatch, FakeEmbedder(fails_at=2))
    assert isinstance(CliRunner().invoke(app, ["sync"]).exception, RuntimeError)
    assert "A sync is running, or was not finished" in run("register", "--what", "reports").stderr
    _embed_with(monkeypatch, FakeEmbedder())
    run("sync")
    assert run("register", "--what", "reports").stderr == ""


def test_register_prints_csv_or_json_and_not_both() -> None:
    run("sync")
    assert "Choose one of --csv and --json." in run("register", "--csv", "--json", code=2).stderr


def test_register_in_a_narrow_window_has_lines_instead_of_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    run("sync")
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("register", "--authority", "Hartlepool", "--area", "leaders").stdout.splitlines()
    assert lines[:2] == ["Hartlepool, 2022-09-12", "   area: leaders, grade: good, of: this"]
    assert len(lines) == 3


def test_register_in_a_pipe_keeps_words_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    run("sync")
    monkeypatch.delenv("COLUMNS")
    shown = run("register", "--authority", "Hartlepool", "--area", "help_protection").stdout
    assert "help_protection" in shown


@pytest.mark.parametrize("arguments", [("sync",), ("status",), ("register", "--what", "reports"), ("search", "staff")])
def test_what_a_file_is_called_is_shown_as_it_is_but_steers_no_terminal(
    corpus_folder: Path, arguments: tuple[str, ...]
) -> None:
    (corpus_folder / "smile :smile:\x1b[31m.txt").write_text("Staff in Rutland are proud of their work. " * 20)
    (corpus_folder / "empty :smile:\x1b[31m\nb.txt").touch()
    synced = run("sync")
    assert "Set aside: empty :smile:\ufffd[31m b.txt: The file is empty." in synced.stdout.splitlines()
    printed = run(*arguments)
    assert "\x1b" not in printed.output
    if arguments[0] in ("status", "register"):
        assert "smile :smile:\ufffd[31m.txt" in printed.stdout


def test_the_register_may_be_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPTER_VERSE_REGISTER_URL", f"sqlite:///{tmp_path}/else.sqlite")
    run("sync")
    assert (tmp_path / "else.sqlite").is_file()
    assert not (tmp_path / "data" / "index" / "register.sqlite").exists()
    assert len(listed("--what", "reports")) == REPORTS
    assert run("status").stdout.count("Rutland") == 1


def test_the_address_of_the_register_is_not_printed_with_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPTER_VERSE_REGISTER_URL", "postgresql+psycopg://reader:secret@host/database")
    settings = IndexSettings()
    assert "secret" not in f"{settings!r} {settings.model_dump_json()}"
    assert settings.register_at == "postgresql+psycopg://reader:secret@host/database"


def test_listing_the_register_loads_no_slow_library() -> None:
    script = (
        "import sys, index.__main__; print([name for name in ('torch', 'chromadb', 'bm25s') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert done.stdout.strip() == "[]"


# verify and repair


def test_verify_says_that_all_agrees_or_what_does_not_and_repair_mends_it(tmp_path: Path, corpus_folder: Path) -> None:
    run("sync")
    assert "All agrees: 3 reports, " in run("verify").stdout
    (corpus_folder / "rutland-2023-inspection.md").unlink()
    shutil.rmtree(tmp_path / "data" / "index" / "snapshots")
    shown = run("verify", code=1).stdout
    assert "rutland-2023-inspection.md, reports: Its file is no longer in the corpus." in shown
    assert "The index, state that is asked: It is missing" in shown
    found = json.loads(run("verify", "--json", code=1).stdout)
    assert {fault["part"] for fault in found["faults"]} == {"reports", "state that is asked"}
    assert run("repair").stdout.endswith("All agrees now.\n")
    assert json.loads(run("verify", "--json").stdout)["faults"] == []


def test_repair_as_json_says_what_it_did() -> None:
    run("sync")
    done = json.loads(run("repair", "--json").stdout)
    assert (done["dropped"], done["left"], done["counts"]["unchanged"]) == ([], [], REPORTS)


# Without an index


@pytest.mark.parametrize(
    "arguments", [("status",), ("search", "agency"), ("status", "--json"), ("register",), ("verify",)]
)
def test_without_an_index_the_command_ends_with_what_to_do(arguments: tuple[str, ...]) -> None:
    result = run(*arguments, code=1)
    assert result.stderr.strip() == "There is no index yet. Run `python -m index sync` to build it."
    assert result.stdout == ""


@pytest.mark.parametrize("command", ["sync", "status", "search", "register", "verify", "repair"])
def test_every_command_explains_itself(command: str) -> None:
    assert "--json" in run(command, "--help").stdout
    assert command in run("--help").stdout
