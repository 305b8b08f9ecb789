"""Passages come back from the vector store as they went in, and only those asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from chromadb.api.models.Collection import Collection
from chromadb.errors import InternalError

from corpus.report import BlockKind
from index.records import IndexProblem, Passage
from index.store import PassageStore

FULL = Passage(
    id="aaaa-00000",
    document="a.txt",
    text="Help comes “early”.",
    kind=BlockKind.NUMBERED,
    headings=("Leadership", "Größe: 50%"),
    order=0,
    start=10,
    end=30,
    number="7",
    page=3,
    lead="In the last 12 months:",
    cut=True,
    boilerplate=True,
)
BARE = Passage("bbbb-00000", "b.txt", "Plans are vague.", BlockKind.PARAGRAPH, (), 0, 0, 16)
EAST, NORTH = np.array([1, 0], np.float32), np.array([0, 1], np.float32)


@pytest.fixture
def store(tmp_path: Path) -> PassageStore:
    """A store with one passage to the east and one to the north."""
    store = PassageStore(tmp_path, "recipe")
    store.put([FULL, BARE], np.stack([EAST, NORTH]))
    return store


def test_a_passage_comes_back_as_it_went_in(store: PassageStore) -> None:
    assert store.all() == (FULL, BARE)


def test_passages_come_by_document_and_place(tmp_path: Path) -> None:
    store = PassageStore(tmp_path, "recipe")
    places = [("b", 0), ("a", 10), ("a", 2)]
    store.put(
        [replace(BARE, id=f"{name}{order}", document=name, order=order) for name, order in places], np.ones((3, 2))
    )
    assert [(each.document, each.order) for each in store.all()] == [("a", 2), ("a", 10), ("b", 0)]


def test_more_passages_than_a_page_and_a_batch_are_all_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.store.PAGE", 3)
    monkeypatch.setattr("index.store.UPSERT", 2)
    store = PassageStore(tmp_path, "recipe")
    store.put([replace(BARE, id=str(order), order=order) for order in range(8)], np.ones((8, 2)))
    assert [each.order for each in store.all()] == list(range(8))


def test_what_is_kept_is_there_when_opened_again(tmp_path: Path, store: PassageStore) -> None:
    assert PassageStore(tmp_path, "recipe").count() == store.count() == 2


def test_the_same_id_replaces(store: PassageStore) -> None:
    store.put([replace(FULL, text="Help comes late.")], EAST[None])
    assert [each.text for each in store.all()] == ["Help comes late.", BARE.text]


def test_what_is_kept_is_so_many_passages_of_each_file(store: PassageStore) -> None:
    assert store.counts() == {"aaaa": 1, "bbbb": 1}
    assert store.keep({"bbbb": 1, "cccc": 5}) == 1
    assert store.all() == (BARE,)
    assert store.keep({"bbbb": 0}) == 1
    assert store.count() == 0


def test_all_vectors_come_by_passage(store: PassageStore) -> None:
    vectors = store.all_vectors()
    assert vectors.keys() == {FULL.id, BARE.id}
    assert np.allclose(vectors[FULL.id], EAST)


# Nearest


def test_the_nearest_comes_first(store: PassageStore) -> None:
    assert store.nearest(EAST * 0.9 + NORTH * 0.1, 5) == [FULL.id, BARE.id]
    assert store.nearest(NORTH, 1) == [BARE.id]


def test_only_the_documents_asked_for_are_found(store: PassageStore) -> None:
    assert store.nearest(EAST, 5, ["b.txt"]) == [BARE.id]
    assert store.nearest(EAST, 5, ["z.txt"]) == []
    assert store.nearest(EAST, 5, []) == []


def test_an_empty_store_has_nothing_near(tmp_path: Path) -> None:
    assert PassageStore(tmp_path, "recipe").nearest(EAST, 5) == []


# Recipes


def test_passages_of_two_recipes_never_mix(tmp_path: Path, store: PassageStore) -> None:
    other = PassageStore(tmp_path, "other")
    assert (other.count(), store.count()) == (0, 2)


def test_other_recipes_are_dropped_on_demand(tmp_path: Path, store: PassageStore) -> None:
    PassageStore(tmp_path, "other").drop_others(set())
    assert PassageStore(tmp_path, "recipe").count() == 0
    with pytest.raises(Exception, match="does not exist"):
        store.count()


def test_damaged_files_are_a_problem_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"this is no database " * 100)
    with pytest.raises(IndexProblem, match="Remove that folder and run `python -m index sync`"):
        PassageStore(tmp_path, "recipe")


def test_a_full_disk_is_a_problem_of_the_projects_own(store: PassageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise InternalError("Error in compaction: database or disk is full")

    monkeypatch.setattr(Collection, "upsert", full)
    with pytest.raises(IndexProblem, match="could not be written.*disk is full.*Free space"):
        store.put([BARE], NORTH[None])
