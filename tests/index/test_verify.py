"""`verify` names what does not agree, `repair` mends just that."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import snapshot
from index.intact import faults, look
from index.repair import Repaired, repair
from index.search import open_index
from index.store import PassageStore
from index.sync import made_of, recipe_of, sync
from index.verify import Part, Places, Verified, verify
from tests.fakes import DIMENSIONS, FakeEmbedder
from tests.syncing import processes

INSPECTION, LETTER = "hartlepool-2022-inspection.txt", "hartlepool-2024-focused-visit.txt"
RUTLAND = "rutland-2023-inspection.md"
# A collection is written to files of a graph from so many passages on.
MANY = 1_100


@pytest.fixture
def folder(tmp_path: Path, built_index: Path) -> Path:
    return Path(shutil.copytree(built_index, tmp_path / "index"))


@pytest.fixture
def _looking_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look into the vector store in this process: starting another each time takes seconds."""
    for module in ("verify", "repair"):
        monkeypatch.setattr(f"index.{module}.looked_into", lambda folder, recipe: look(PassageStore(folder, recipe)))


def verified(corpus: Path, folder: Path) -> Verified:
    return verify((corpus,), Places(folder), made_of(FakeEmbedder()))


def said(corpus: Path, folder: Path) -> list[tuple[Part, str | None]]:
    return [(fault.part, fault.document) for fault in verified(corpus, folder).faults]


def repaired(corpus: Path, folder: Path, embedder: FakeEmbedder | None = None) -> Repaired:
    return repair((corpus,), Places(folder), embedder or FakeEmbedder())


def store_of(folder: Path) -> PassageStore:
    return PassageStore(folder / "chroma", recipe_of(FakeEmbedder()))


def state_of(folder: Path) -> Path:
    state = snapshot.current(folder)
    assert state is not None
    return state.path


def row(folder: Path, query: str) -> None:
    with closing(sqlite3.connect(folder / "register.sqlite")) as connection:
        connection.execute(query)
        connection.commit()


@pytest.mark.usefixtures("_looking_here")
def test_a_whole_index_has_no_fault(folder: Path, corpus_folder: Path) -> None:
    (corpus_folder / "new.txt").write_text("Children in Rutland are seen. " * 20, "utf-8")
    found = verified(corpus_folder, folder)
    assert (found.reports, found.faults, found.unread) == (3, (), ("new.txt",))
    assert found.passages == sum(source.passages for source in open_index(folder, FakeEmbedder()).sources)


# Each breaks one thing


def a_file_changed(_: Path, corpus: Path) -> None:
    (corpus / LETTER).write_text((corpus / LETTER).read_text("utf-8") + "\n\nMore.\n", "utf-8")


def a_file_gone(_: Path, corpus: Path) -> None:
    (corpus / RUTLAND).unlink()


def passages_lost(folder: Path, _: Path) -> None:
    counts = store_of(folder).counts()
    digest = {source.document: source.digest for source in open_index(folder, FakeEmbedder()).sources}[LETTER][:16]
    store_of(folder).keep(counts | {digest: 2})


def passages_left_over(folder: Path, _: Path) -> None:
    passage = replace(open_index(folder, FakeEmbedder()).passages(LETTER)[0], id="feedfeedfeedfeed-00000")
    store_of(folder).put([passage], FakeEmbedder().embed(["kites"]))


def a_vector_spoilt(folder: Path, _: Path) -> None:
    (passage, *_) = open_index(folder, FakeEmbedder()).passages(LETTER)
    store = store_of(folder)
    # Chroma makes every vector one of length one, save one of nothing.
    store.put([passage], np.zeros((1, DIMENSIONS), np.float32))


def a_row_lost(folder: Path, _: Path) -> None:
    row(folder, f"delete from reports where document = '{RUTLAND}'")  # noqa: S608  (a name of ours)


def the_state_spoilt(folder: Path, _: Path) -> None:
    path = state_of(folder) / "vectors.npy"
    path.write_bytes(path.read_bytes()[:-40] + bytes(40))


def the_state_gone(folder: Path, _: Path) -> None:
    shutil.rmtree(folder / "snapshots")


def half_a_state_left(folder: Path, _: Path) -> None:
    (folder / "snapshots" / "0123456789abcdef.99.part").mkdir()


def the_store_no_database(folder: Path, _: Path) -> None:
    shutil.rmtree(folder / "chroma")
    (folder / "chroma").mkdir()
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"this is no database " * 100)


def the_register_spoilt(folder: Path, _: Path) -> None:
    path = folder / "register.sqlite"
    data = bytearray(path.read_bytes())
    data[8192:16384] = b"x" * 8192
    path.write_bytes(data)


def a_sync_broken_off(folder: Path, corpus: Path) -> None:
    with pytest.raises(RuntimeError, match="died"):
        sync((corpus,), folder, FakeEmbedder(name="other", fails_at=1))


Harm = Callable[[Path, Path], None]
CASES: list[tuple[Harm, set[tuple[Part, str | None]], int]] = [
    (a_file_changed, {(Part.REPORTS, LETTER)}, 1),
    (a_file_gone, {(Part.REPORTS, RUTLAND)}, 0),
    (passages_lost, {(Part.STORE, LETTER)}, 0),
    (passages_left_over, {(Part.STORE, None)}, 0),
    (a_vector_spoilt, {(Part.STORE, LETTER)}, 0),
    (a_row_lost, {(Part.STORE, None), (Part.STATE, None)}, 1),
    (the_state_spoilt, {(Part.STATE, None), (Part.STATE, LETTER)}, 0),
    (the_state_gone, {(Part.STATE, None)}, 0),
    (half_a_state_left, {(Part.STATE, None)}, 0),
    (the_register_spoilt, {(Part.REGISTER, None)}, 0),
    (a_sync_broken_off, {(Part.REGISTER, None)}, 0),
]


@pytest.mark.usefixtures("_looking_here")
@pytest.mark.parametrize(("harm", "faults_in", "embedded"), CASES, ids=[case[0].__name__ for case in CASES])
def test_what_is_wrong_is_named_and_mended_with_as_little_as_it_takes(
    folder: Path, corpus_folder: Path, harm: Harm, faults_in: set[tuple[Part, str | None]], embedded: int
) -> None:
    harm(folder, corpus_folder)
    found = said(corpus_folder, folder)
    assert found
    assert {part for part, _ in found} == {part for part, _ in faults_in}
    assert faults_in & set(found)
    embedder = FakeEmbedder()
    done = repaired(corpus_folder, folder, embedder)
    assert done.left == ()
    assert len(embedder.calls) == embedded
    assert verified(corpus_folder, folder).faults == ()
    assert all(len(open_index(folder, FakeEmbedder()).passages(each)) > 0 for each in (INSPECTION, LETTER))


def test_a_vector_store_that_is_no_database_is_made_again(folder: Path, corpus_folder: Path) -> None:
    the_store_no_database(folder, corpus_folder)
    assert said(corpus_folder, folder) == [(Part.STORE, None)]
    assert repaired(corpus_folder, folder).left == ()


@pytest.mark.usefixtures("_looking_here")
def test_a_repair_that_dies_can_be_done_again(folder: Path, corpus_folder: Path) -> None:
    a_row_lost(folder, corpus_folder)
    the_state_spoilt(folder, corpus_folder)
    a_file_changed(folder, corpus_folder)
    with pytest.raises(RuntimeError, match="died"):
        repaired(corpus_folder, folder, FakeEmbedder(fails_at=2))
    assert repaired(corpus_folder, folder).left == ()


def test_vectors_that_are_no_good_are_told_apart() -> None:
    good = np.array([0.6, 0.8], np.float32)
    vectors = {"a": good, "b": good, "c": good * 2, "d": np.array([np.nan, 1], np.float32), "e": np.ones(1, np.float32)}
    assert faults(vectors) == {
        "c": "is not of length one",
        "d": "is not a number in places",
        "e": "has 1 numbers instead of 2",
    }
    assert faults({}) == {}


# The graph of neighbours


def _many(corpus: Path, folder: Path) -> None:
    sync((corpus,), folder, FakeEmbedder())


@pytest.mark.parametrize("file", ["header.bin", "data_level0.bin"])
def test_a_vector_store_torn_by_a_kill_is_made_again_by_the_next_sync(
    many: tuple[Path, Path], tmp_path: Path, file: str
) -> None:
    corpus, whole = many
    folder = Path(shutil.copytree(whole, tmp_path / "index"))
    (torn,) = (folder / "chroma").glob(f"*/{file}")
    half = torn.read_bytes()[: torn.stat().st_size // 2]
    torn.write_bytes(half + bytes(torn.stat().st_size - len(half)))
    row(folder, "update about_register set value = 'begun' where name = 'sync'")
    before = [hit.passage.id for hit in open_index(folder, FakeEmbedder()).search("kites number 7")]
    assert before
    assert said(corpus, folder)
    embedder = FakeEmbedder()
    counts = sync((corpus,), folder, embedder)
    assert (counts.unchanged, embedder.calls) == (1, [])
    assert said(corpus, folder) == []
    assert [hit.passage.id for hit in open_index(folder, FakeEmbedder()).search("kites number 7")] == before


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus with so many passages that Chroma has written its graph, and its index, made by another process."""
    place = tmp_path_factory.mktemp("many")
    (place / "corpus").mkdir()
    lines = "\n\n".join(f"{number}. Children fly kites number {number} with their carers." for number in range(1, MANY))
    (place / "corpus" / "many.txt").write_text(f"Main findings\n\n{lines}\n", "utf-8")
    process = processes().Process(target=_many, args=(place / "corpus", place / "index"))
    process.start()
    process.join(120)
    assert process.exitcode == 0
    assert list((place / "index" / "chroma").glob("*/header.bin"))
    return place / "corpus", place / "index"
