"""Nearness in one state: the same as the vector store's, and there when the store is not."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from corpus.report import BlockKind
from index.records import IndexProblem, Passage
from index.vectors import StateVectors

PASSAGES = [
    Passage(f"{name}-{order:05d}", f"{name}.txt", "", BlockKind.PARAGRAPH, (), order, 0, 0)
    for name in ("aa", "bb")
    for order in range(2)
]
MATRIX = np.array([[1, 0], [0.8, 0.6], [0.6, 0.8], [0, 1]], np.float32)
EAST = MATRIX[0]
IDS = [passage.id for passage in PASSAGES]


class Store:
    """A store that finds what it is told, or fails."""

    def __init__(self, found: list[str] | IndexProblem) -> None:
        self.found, self.asked = found, 0

    def nearest(self, vector: np.ndarray, count: int, documents: Iterable[str] | None = None) -> list[str]:
        assert (vector is EAST, documents) == (True, None)
        self.asked = count
        if isinstance(self.found, IndexProblem):
            raise self.found
        return self.found[:count]

    def vectors(self, document: str) -> dict[str, np.ndarray]:
        raise NotImplementedError(document)


def test_the_nearest_come_first_within_the_documents_asked_for() -> None:
    vectors = StateVectors(PASSAGES, MATRIX)
    assert vectors.nearest(EAST, 3) == IDS[:3]
    assert vectors.nearest(MATRIX[3], 2) == [IDS[3], IDS[2]]
    assert vectors.nearest(EAST, 5, ["bb.txt", "zz.txt"]) == IDS[2:]
    assert vectors.nearest(EAST, 5, ["bb.txt", "aa.txt"]) == IDS
    assert vectors.nearest(EAST, 5, []) == []


def test_the_vectors_of_a_document_come_by_passage() -> None:
    found = StateVectors(PASSAGES, MATRIX).vectors("bb.txt")
    assert [(id_, row.tolist()) for id_, row in found.items()] == [
        (id_, row.tolist()) for id_, row in zip(IDS[2:], MATRIX[2:], strict=True)
    ]
    assert StateVectors(PASSAGES, MATRIX).vectors("zz.txt") == {}


def test_a_state_without_passages_has_nothing_near() -> None:
    assert StateVectors([], np.zeros((0, 0), np.float32)).nearest(EAST, 5) == []


def test_a_store_is_asked_over_all_and_what_this_state_does_not_hold_is_left_out() -> None:
    store = Store(["gone-00000", IDS[1], "new-00000", IDS[0]])
    vectors = StateVectors(PASSAGES, MATRIX, store)
    assert vectors.nearest(EAST, 2) == [IDS[1], IDS[0]]
    assert store.asked > 2
    assert vectors.nearest(EAST, 1, ["bb.txt"]) == [IDS[2]]


@pytest.mark.parametrize("found", [[], ["gone-00000"], IndexProblem("It cannot be read.")])
def test_where_the_store_fails_the_search_goes_on_without_it(found: list[str] | IndexProblem) -> None:
    assert StateVectors(PASSAGES, MATRIX, Store(found)).nearest(EAST, 2) == IDS[:2]
