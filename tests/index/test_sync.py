"""A sync does what has changed and nothing else, and what goes wrong leaves what was good."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from corpus.report import ReportError
from index.records import IndexProblem, SyncCounts
from index.search import Index, open_index
from index.snapshot import newest
from index.store import PassageStore
from index.sync import SyncProgress, recipe_of, sync
from tests.fakes import FakeEmbedder

INSPECTION = "hartlepool-2022-inspection.txt"
LETTER = "hartlepool-2024-focused-visit.txt"
RUTLAND = "rutland-2023-inspection.md"
ALL = {INSPECTION, LETTER, RUTLAND}


@pytest.fixture
def folder(tmp_path: Path, built_index: Path) -> Path:
    """An index of the three reports that may be changed."""
    return Path(shutil.copytree(built_index, tmp_path / "index"))


def documents(folder: Path, embedder: FakeEmbedder | None = None) -> set[str]:
    return {source.document for source in opened(folder, embedder).sources}


def opened(folder: Path, embedder: FakeEmbedder | None = None) -> Index:
    return open_index(folder, embedder or FakeEmbedder())


def found(folder: Path, question: str) -> list[str]:
    return [hit.passage.text for hit in opened(folder).search(question)]


def changes(counts: SyncCounts) -> tuple[int, int, int, int]:
    return counts.added, counts.changed, counts.unchanged, counts.removed


def add_line(path: Path, line: str) -> None:
    path.write_text(path.read_text("utf-8") + f"\n\n{line}\n", "utf-8")


# What has changed


def test_a_first_sync_adds_every_report(tmp_path: Path, corpus_folder: Path, embedder: FakeEmbedder) -> None:
    counts = sync((corpus_folder,), tmp_path / "index", embedder)
    assert changes(counts) == (3, 0, 0, 0)
    assert counts.passages == sum(source.passages for source in opened(tmp_path / "index").sources)
    assert counts.set_aside == ()


def test_unchanged_reports_cost_no_embedding(folder: Path, corpus_folder: Path, embedder: FakeEmbedder) -> None:
    assert changes(sync((corpus_folder,), folder, embedder)) == (0, 0, 3, 0)
    assert embedder.calls == []


def test_a_changed_report_is_replaced_and_only_it_is_embedded(
    folder: Path, corpus_folder: Path, embedder: FakeEmbedder
) -> None:
    path = corpus_folder / LETTER
    path.write_text(path.read_text("utf-8").replace("81% took place", "95% took place"), "utf-8")
    assert changes(sync((corpus_folder,), folder, embedder)) == (0, 1, 2, 0)
    assert len(embedder.calls) == 1
    texts = " ".join(found(folder, "return home interviews within 72 hours"))
    assert "95% took place" in texts
    assert "81% took place" not in texts


def test_no_passage_of_the_old_version_stays(folder: Path, corpus_folder: Path, embedder: FakeEmbedder) -> None:
    add_line(corpus_folder / LETTER, "A word more.")
    counts = sync((corpus_folder,), folder, embedder)
    digests = {source.document: source.digest[:16] for source in opened(folder).sources}
    kept = PassageStore(folder / "chroma", recipe_of(embedder)).all()
    assert {(each.document, each.id.split("-")[0]) for each in kept} == set(digests.items())
    assert counts.passages == len(kept)


def test_a_removed_report_goes_with_its_grades_and_passages(
    folder: Path, corpus_folder: Path, embedder: FakeEmbedder
) -> None:
    (corpus_folder / RUTLAND).unlink()
    assert changes(sync((corpus_folder,), folder, embedder)) == (0, 0, 2, 1)
    index = opened(folder)
    assert {source.document for source in index.sources} == {INSPECTION, LETTER}
    assert {grade.source.authority for grade in index.grades} == {"Hartlepool"}
    assert RUTLAND not in {each.document for each in PassageStore(folder / "chroma", recipe_of(embedder)).all()}


def test_a_renamed_report_keeps_its_passages_under_the_new_name(
    folder: Path, corpus_folder: Path, embedder: FakeEmbedder
) -> None:
    before = len(opened(folder).passages(RUTLAND))
    (corpus_folder / RUTLAND).rename(corpus_folder / "a-new-name.md")
    assert changes(sync((corpus_folder,), folder, embedder)) == (1, 0, 2, 1)
    assert len(opened(folder).passages("a-new-name.md")) == before


def test_two_reports_that_swap_names_are_told_apart(folder: Path, corpus_folder: Path, embedder: FakeEmbedder) -> None:
    one, other = (corpus_folder / INSPECTION).read_bytes(), (corpus_folder / LETTER).read_bytes()
    (corpus_folder / INSPECTION).write_bytes(other)
    (corpus_folder / LETTER).write_bytes(one)
    sync((corpus_folder,), folder, embedder)
    index = opened(folder)
    assert "Lighthouse" in " ".join(passage.text for passage in index.passages(LETTER))
    assert all(len(index.passages(source.document)) == source.passages for source in index.sources)


def test_a_corrected_catalogue_is_taken_up(folder: Path, corpus_folder: Path, embedder: FakeEmbedder) -> None:
    entry = f'[[report]]\nfile = "{RUTLAND}"\nauthority = "Leicestershire"\n'
    (corpus_folder / "catalogue.toml").write_text(entry, "utf-8")
    sync((corpus_folder,), folder, embedder)
    assert [item.authority for item in opened(folder).sources if item.document == RUTLAND] == ["Leicestershire"]


def test_every_report_is_told_of_as_it_is_dealt_with(folder: Path, corpus_folder: Path, embedder: FakeEmbedder) -> None:
    heard: list[SyncProgress] = []
    (corpus_folder / RUTLAND).unlink()
    (corpus_folder / "empty.txt").touch()
    add_line(corpus_folder / LETTER, "A word more.")
    sync((corpus_folder,), folder, embedder, heard=heard.append)
    assert {step.document: step.done for step in heard} == {
        "empty.txt": "set aside",
        INSPECTION: "unchanged",
        LETTER: "indexed",
        RUTLAND: "removed",
        "": "writing what can be searched",
    }


def test_how_many_files_are_left_to_be_read_counts_no_unchanged_ones(
    folder: Path, corpus_folder: Path, embedder: FakeEmbedder
) -> None:
    heard: list[SyncProgress] = []
    add_line(corpus_folder / LETTER, "A word more.")
    add_line(corpus_folder / RUTLAND, "A word more.")
    sync((corpus_folder,), folder, embedder, heard=heard.append)
    assert [(step.done, step.left) for step in heard[:3]] == [("unchanged", 2), ("indexed", 1), ("indexed", 0)]


# Another recipe


def test_another_embedder_embeds_everything_again(folder: Path, corpus_folder: Path) -> None:
    other = FakeEmbedder(name="other")
    assert changes(sync((corpus_folder,), folder, other)) == (0, 3, 0, 0)
    assert documents(folder, other) == ALL
    # An open page may still read from the old collection, so it goes with the sync after.
    assert PassageStore(folder / "chroma", recipe_of(FakeEmbedder())).count() > 0
    sync((corpus_folder,), folder, other)
    assert PassageStore(folder / "chroma", recipe_of(FakeEmbedder())).count() == 0


@pytest.mark.parametrize("name", ["READER", "CHUNKER"])
def test_another_reader_or_chunker_embeds_everything_again(
    folder: Path, corpus_folder: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(f"index.sync.{name}", "another")
    assert changes(sync((corpus_folder,), folder, embedder)) == (0, 3, 0, 0)


# What cannot be read


def test_files_that_are_no_reports_are_set_aside_with_a_reason_and_the_rest_goes_on(
    tmp_path: Path, corpus_folder: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus_folder / "binary.txt").write_bytes(bytes(range(32)) * 100)
    (corpus_folder / "empty.txt").touch()
    (corpus_folder / "type.xls").write_bytes(b"PK")
    (corpus_folder / "locked.txt").write_text("word " * 100, "utf-8")
    shutil.copy(corpus_folder / LETTER, corpus_folder / "twin.txt")
    read_bytes = Path.read_bytes

    def guarded(path: Path) -> bytes:
        if path.name == "locked.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", guarded)
    counts = sync((corpus_folder,), tmp_path / "index", embedder)
    said = {
        "binary.txt": "binary",
        "empty.txt": "empty",
        "type.xls": ".xls",
        "locked.txt": "denied",
        "twin.txt": LETTER,
    }
    assert {document for document, _ in counts.set_aside} == set(said)
    assert all(said[document] in reason for document, reason in counts.set_aside)
    assert documents(tmp_path / "index") == ALL


def test_a_report_that_can_no_longer_be_read_goes_and_is_named(
    folder: Path, corpus_folder: Path, embedder: FakeEmbedder
) -> None:
    (corpus_folder / RUTLAND).write_bytes(b"")
    counts = sync((corpus_folder,), folder, embedder)
    assert (counts.removed, counts.set_aside) == (1, ((RUTLAND, "The file is empty."),))


def test_a_report_without_a_passage_is_held_all_the_same(tmp_path: Path, embedder: FakeEmbedder) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.md").write_text("# Strengths\n" * 60, "utf-8")
    assert sync((tmp_path / "corpus",), tmp_path / "index", embedder).passages == 0
    assert opened(tmp_path / "index").search("strengths") == ()


def test_a_file_name_in_two_folders_is_taken_once(tmp_path: Path, corpus_folder: Path, embedder: FakeEmbedder) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / RUTLAND).write_text("Children in Rutland are seen by social workers. " * 10, "utf-8")
    counts = sync((corpus_folder, tmp_path / "more"), tmp_path / "index", embedder)
    ((document, reason),) = counts.set_aside
    assert (document, counts.added) == (RUTLAND, 3)
    assert "rename one of them" in reason


def test_the_same_file_in_two_folders_under_two_names_is_taken_once(
    tmp_path: Path, corpus_folder: Path, embedder: FakeEmbedder
) -> None:
    (tmp_path / "more").mkdir()
    shutil.copy(corpus_folder / RUTLAND, tmp_path / "more" / "twin.md")
    sync((corpus_folder, tmp_path / "more"), tmp_path / "index", embedder)
    index = opened(tmp_path / "index")
    assert all(len(index.passages(source.document)) == source.passages for source in index.sources)


# What breaks off


def test_a_sync_that_dies_leaves_the_first_report_searchable_and_the_next_goes_on(
    tmp_path: Path, corpus_folder: Path, embedder: FakeEmbedder
) -> None:
    folder = tmp_path / "index"
    with pytest.raises(RuntimeError, match="died"):
        sync((corpus_folder,), folder, FakeEmbedder(fails_at=2))
    assert documents(folder) == {INSPECTION}
    assert any("Lighthouse" in text for text in found(folder, "Lighthouse hub"))
    assert changes(sync((corpus_folder,), folder, embedder)) == (2, 0, 1, 0)
    assert len(embedder.calls) == 2
    assert documents(folder) == ALL


def test_a_changed_report_that_cannot_be_embedded_stays_as_it_was(folder: Path, corpus_folder: Path) -> None:
    add_line(corpus_folder / LETTER, "A word more.")
    with pytest.raises(RuntimeError, match="died"):
        sync((corpus_folder,), folder, FakeEmbedder(fails_at=1))
    assert documents(folder) == ALL
    assert any("81%" in text for text in found(folder, "return home interviews"))


def test_a_full_disk_leaves_what_was_good_and_the_next_sync_goes_on(
    tmp_path: Path, corpus_folder: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, put = tmp_path / "index", PassageStore.put

    def full_at_the_letter(store: PassageStore, passages: Sequence[object], vectors: np.ndarray) -> None:
        if "Fairweather" in str(passages):
            raise OSError(28, "No space left on device")
        put(store, passages, vectors)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(PassageStore, "put", full_at_the_letter)
        with pytest.raises(OSError, match="No space left"):
            sync((corpus_folder,), folder, embedder)
    assert documents(folder) == {INSPECTION}
    assert found(folder, "Lighthouse hub")
    sync((corpus_folder,), folder, embedder)
    assert documents(folder) == ALL


def test_a_change_of_embedder_that_breaks_off_leaves_the_old_to_ask_and_the_next_sync_goes_on(
    folder: Path, corpus_folder: Path
) -> None:
    before = found(folder, "return home interviews")
    with pytest.raises(RuntimeError, match="died"):
        sync((corpus_folder,), folder, FakeEmbedder(name="other", fails_at=2))
    with pytest.raises(IndexProblem, match="another embedding model.*build it with other.*built with, fake-64"):
        opened(folder, FakeEmbedder(name="other"))
    assert documents(folder) == ALL
    assert found(folder, "return home interviews") == before
    assert changes(sync((corpus_folder,), folder, FakeEmbedder(name="other"))) == (0, 2, 1, 0)
    assert documents(folder, FakeEmbedder(name="other")) == ALL


def test_passages_of_a_report_that_was_not_entered_are_not_visible(folder: Path, corpus_folder: Path) -> None:
    store = PassageStore(folder / "chroma", recipe_of(FakeEmbedder()))
    passages = opened(folder).passages(RUTLAND)
    opened(folder)
    (corpus_folder / RUTLAND).unlink()
    sync((corpus_folder,), folder, FakeEmbedder())
    store.put(passages, FakeEmbedder().embed([passage.text for passage in passages]))
    assert all(hit.source.document != RUTLAND for hit in opened(folder).search("advocacy by disabled children"))


# Who else is there


def test_a_second_sync_at_the_same_time_is_refused_in_a_sentence(
    tmp_path: Path, corpus_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.sync.LOCK_SECONDS", 0.05)
    folder, begun, go_on = tmp_path / "index", threading.Event(), threading.Event()

    class Slow(FakeEmbedder):
        def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
            begun.set()
            go_on.wait(10)
            return super().embed(texts, batch)

    first = threading.Thread(target=sync, args=((corpus_folder,), folder, Slow()))
    first.start()
    assert begun.wait(10)
    with pytest.raises(IndexProblem, match="Another process is syncing this index"):
        sync((corpus_folder,), folder, FakeEmbedder())
    go_on.set()
    first.join(10)
    assert documents(folder) == ALL


def test_a_sync_that_failed_lets_the_next_one_in(tmp_path: Path, corpus_folder: Path) -> None:
    with pytest.raises(RuntimeError, match="died"):
        sync((corpus_folder,), tmp_path / "index", FakeEmbedder(fails_at=1))
    with FileLock(tmp_path / "index" / ".sync.lock", timeout=0):
        pass


# Folders


def test_a_missing_corpus_folder_is_an_error_and_the_index_is_kept(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="There is no folder"):
        sync((tmp_path / "unplugged",), folder, FakeEmbedder())
    assert documents(folder) == ALL


def test_a_missing_second_folder_removes_nothing_either(folder: Path, corpus_folder: Path, tmp_path: Path) -> None:
    (corpus_folder / RUTLAND).unlink()
    with pytest.raises(ReportError, match="unplugged"):
        sync((corpus_folder, tmp_path / "unplugged"), folder, FakeEmbedder())
    assert documents(folder) == ALL


def test_an_empty_folder_empties_the_index(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    counts = sync((tmp_path / "empty",), folder, FakeEmbedder())
    assert (counts.removed, counts.passages) == (3, 0)


# The register


def test_tables_of_another_version_are_made_anew_while_the_old_state_is_asked(
    folder: Path, corpus_folder: Path, embedder: FakeEmbedder
) -> None:
    with closing(sqlite3.connect(folder / "register.sqlite")) as connection:
        connection.executescript("update about_register set value = '1'")
    with pytest.raises(RuntimeError, match="died"):
        sync((corpus_folder,), folder, FakeEmbedder(fails_at=2))
    assert documents(folder) == ALL
    assert changes(sync((corpus_folder,), folder, embedder)) == (2, 0, 1, 0)
    assert documents(folder) == ALL


@pytest.mark.parametrize("name", ["READER", "CHUNKER"])
def test_an_index_of_another_reader_or_chunker_is_asked_as_it_is_and_that_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    monkeypatch.setattr(f"index.sync.{name}", "of-tomorrow")
    assert documents(folder) == ALL
    assert f"built by another version of this program ({name.lower()} " in caplog.text
    assert "here of-tomorrow" in caplog.text


@pytest.mark.parametrize("name", ["schema", "layout"])
def test_an_index_that_this_version_cannot_read_says_what_differs(folder: Path, name: str) -> None:
    about = folder / "snapshots" / (folder / "CURRENT").read_text().strip() / "about.json"
    held = json.loads(about.read_text("utf-8"))
    held["made"][name] = "of-tomorrow"
    about.write_text(json.dumps(held), "utf-8")
    with pytest.raises(IndexProblem, match=f"another version of this program \\({name} of-tomorrow, here .*index sync"):
        opened(folder)


def test_without_the_vector_store_it_is_made_again_from_what_readers_ask_without_embedding(
    folder: Path, corpus_folder: Path, embedder: FakeEmbedder
) -> None:
    copy = Path(shutil.copytree(folder, folder.with_name("copy"), ignore=shutil.ignore_patterns("chroma")))
    assert changes(sync((corpus_folder,), copy, embedder)) == (0, 0, 3, 0)
    assert embedder.calls == []
    passages = sum(source.passages for source in opened(copy).sources)
    assert PassageStore(copy / "chroma", recipe_of(embedder)).count() == passages


def test_without_vector_store_and_states_everything_is_indexed_again(
    folder: Path, corpus_folder: Path, embedder: FakeEmbedder
) -> None:
    left = shutil.ignore_patterns("chroma", "snapshots", "CURRENT")
    copy = Path(shutil.copytree(folder, folder.with_name("copy"), ignore=left))
    assert changes(sync((corpus_folder,), copy, embedder)) == (0, 3, 0, 0)
    assert found(copy, "Lighthouse hub")


def test_a_full_disk_while_the_state_is_written_leaves_the_one_before(
    folder: Path, corpus_folder: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    add_line(corpus_folder / LETTER, "A zebra crossing.")
    before = states(folder)
    with monkeypatch.context() as patch:
        patch.setattr("index.snapshot.np.save", full)
        with pytest.raises(OSError, match="No space left"):
            sync((corpus_folder,), folder, embedder)
    assert states(folder) == before
    assert not any("zebra" in text for text in found(folder, "zebra crossing"))
    sync((corpus_folder,), folder, embedder)
    assert any("zebra" in text for text in found(folder, "zebra crossing"))


def states(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "snapshots").iterdir())


# A reader during a sync


def test_a_reader_goes_on_while_its_reports_are_replaced_removed_and_renamed(
    folder: Path, corpus_folder: Path, embedder: FakeEmbedder
) -> None:
    reader = opened(folder)

    def answers() -> object:
        hits = [reader.search(text, documents=some) for text in ("staff", "home") for some in (None, ALL, {RUTLAND})]
        return hits, [reader.nearness("staff", reader.passages(document)).tolist() for document in sorted(ALL)]

    before = answers()
    during: list[object] = []
    add_line(corpus_folder / LETTER, "A word more.")
    (corpus_folder / RUTLAND).unlink()
    (corpus_folder / INSPECTION).rename(corpus_folder / "renamed.txt")
    sync((corpus_folder,), folder, embedder, heard=lambda _: during.append(answers()))
    sync((corpus_folder,), folder, FakeEmbedder(name="other"), heard=lambda _: during.append(answers()))
    assert len(during) > 4
    assert all(each == before for each in [*during, answers()])


def test_who_opens_in_the_middle_of_a_sync_gets_the_state_before(
    folder: Path, corpus_folder: Path, embedder: FakeEmbedder
) -> None:
    seen: list[set[str]] = []
    (corpus_folder / "a.txt").write_text("Children in Rutland are seen by social workers. " * 10, "utf-8")
    (corpus_folder / RUTLAND).unlink()
    sync((corpus_folder,), folder, embedder, heard=lambda _: seen.append(documents(folder)))
    assert all(each == ALL for each in seen)
    assert documents(folder) == {INSPECTION, LETTER, "a.txt"}


def test_a_report_that_comes_back_as_it_was_is_asked_again(
    folder: Path, corpus_folder: Path, embedder: FakeEmbedder
) -> None:
    before, text = newest(folder), (corpus_folder / RUTLAND).read_bytes()
    (corpus_folder / RUTLAND).unlink()
    sync((corpus_folder,), folder, embedder)
    assert newest(folder) != before
    (corpus_folder / RUTLAND).write_bytes(text)
    sync((corpus_folder,), folder, embedder)
    assert newest(folder) == before
    assert documents(folder) == ALL


def test_the_register_may_lie_elsewhere(tmp_path: Path, corpus_folder: Path, embedder: FakeEmbedder) -> None:
    address = f"sqlite:///{tmp_path / 'else.sqlite'}"
    sync((corpus_folder,), tmp_path / "index", embedder, register=address)
    assert not (tmp_path / "index" / "register.sqlite").exists()
    assert {source.document for source in open_index(tmp_path / "index", embedder, address).sources} == ALL
