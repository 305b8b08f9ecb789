"""Nearness in one state of the index: exact, from vectors of its own that no sync changes under a reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np

from index.records import IndexProblem, Passage

# The product with so many vectors of 384 numbers takes some 10 ms on two cores; a graph of neighbours is quicker above.
EXACT_MOST = 100_000
# Of those that a vector store finds, some may belong to reports that this state does not hold, or no longer.
SPARE = 2


class Vectors(Protocol):
    """Anything that knows the vectors of passages."""

    def nearest(self, vector: np.ndarray, count: int, documents: Iterable[str] | None = None) -> list[str]:
        """Ids of the passages nearest to a unit vector by cosine, nearest first, within some documents only."""

    def vectors(self, document: str) -> dict[str, np.ndarray]:
        """The unit vector of each passage of a document, by id."""


class StateVectors:
    """The vectors of one state of the index, a row a passage."""

    def __init__(self, passages: Sequence[Passage], matrix: np.ndarray, store: Vectors | None = None) -> None:
        """`passages` come by document; `store`, for very many, searches all of them faster but not exactly."""
        self._ids = [passage.id for passage in passages]
        self._matrix, self._store = matrix, store
        self._known = frozenset(self._ids) if store else frozenset()
        self._rows: dict[str, range] = {}
        for row, passage in enumerate(passages):
            first = self._rows[passage.document].start if passage.document in self._rows else row
            self._rows[passage.document] = range(first, row + 1)

    def nearest(self, vector: np.ndarray, count: int, documents: Iterable[str] | None = None) -> list[str]:
        """Ids of the passages nearest to a unit vector by cosine, nearest first, within some documents only."""
        if documents is None:
            return self._from_store(vector, count) or self._best(vector, count, [range(len(self._ids))])
        return self._best(vector, count, [self._rows[each] for each in sorted(documents) if each in self._rows])

    def vectors(self, document: str) -> dict[str, np.ndarray]:
        """The unit vector of each passage of a document, by id."""
        rows = self._rows.get(document, range(0))
        return {self._ids[row]: np.asarray(self._matrix[row]) for row in rows}

    def _from_store(self, vector: np.ndarray, count: int) -> list[str]:
        if not self._store:
            return []
        try:
            found = self._store.nearest(vector, count * SPARE)
        except IndexProblem:
            # A sync has dropped or is changing what it holds; the exact search finds the same, and more slowly.
            return []
        return [id_ for id_ in found if id_ in self._known][:count]

    def _best(self, vector: np.ndarray, count: int, spans: Sequence[range]) -> list[str]:
        if not any(spans):
            return []
        cosines = np.concatenate([np.asarray(self._matrix[span.start : span.stop] @ vector) for span in spans])
        starts = np.cumsum([0, *map(len, spans)])
        found = []
        for place in best_places(cosines, count):
            span = int(np.searchsorted(starts, place, side="right")) - 1
            found.append(self._ids[spans[span].start + int(place - starts[span])])
        return found


def best_places(scores: np.ndarray, count: int) -> np.ndarray:
    """The places of the highest scores, best first, the earlier first among equals; no more than `count`."""
    if count < len(scores):
        # Of many scores only the best are sorted; those equal to the last of them are kept, so that the order is fixed.
        least = np.partition(scores, len(scores) - count)[len(scores) - count]
        near = np.flatnonzero(scores >= least)
    else:
        near = np.arange(len(scores))
    return np.asarray(near[np.argsort(-scores[near], kind="stable")][:count])
