"""Embedding over several processes of this machine, each with the model and its share of the processor's cores.

One process uses every core already; several pay where there are many cores, since what one process does by itself,
as cutting texts into word pieces and putting vectors in their places, keeps all of its cores but one waiting.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from multiprocessing.queues import SimpleQueue

import numpy as np

from index.embed import Embedder, for_sync, open_embedder
from index.records import IndexProblem
from index.settings import IndexSettings

# Fewer texts for each process than these are embedded at once by one of them.
WORTH_A_PROCESS = 8
DIED = (
    "A process that embeds was ended twice at the same texts, perhaps for want of memory. Set "
    "CHAPTER_VERSE_EMBED_PROCESSES to a smaller number, or to 1, and run `python -m index sync` again; what was "
    "indexed is kept."
)

_opened: Callable[[], Embedder]


class PooledEmbedder:
    """An embedder whose texts are dealt out to processes; one that dies costs another try, then IndexProblem."""

    def __init__(self, name: str, opened: Callable[[], Embedder], processes: int) -> None:
        """`opened` makes the embedder called `name` in each process, so it has to be picklable."""
        self._name, self._opened, self._processes = name, opened, processes
        self._pool: ProcessPoolExecutor | None = None

    @property
    def name(self) -> str:
        """The name of the embedder in the processes: the vectors are its own."""
        return self._name

    def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
        """Vectors of length one, float32, shape (texts, dimensions); raises IndexProblem when a process dies twice."""
        shares = _shares(texts, min(self._processes, -(-len(texts) // WORTH_A_PROCESS)))
        try:
            rows = self._ask(texts, shares, batch)
        except BrokenExecutor:
            self.close()
            try:
                rows = self._ask(texts, shares, batch)
            except BrokenExecutor as error:
                self.close()
                raise IndexProblem(DIED) from error
        vectors = np.zeros((len(texts), rows[0].shape[1]), dtype=np.float32)
        for places, some in zip(shares, rows, strict=True):
            vectors[places] = some
        return vectors

    def close(self) -> None:
        """End the processes; the next call starts new ones."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _ask(self, texts: Sequence[str], shares: list[list[int]], batch: int) -> list[np.ndarray]:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            own = context.SimpleQueue()
            for cores in _cores_each(self._processes):
                own.put(cores)
            self._pool = ProcessPoolExecutor(self._processes, context, _start, (self._opened, own))
        waiting = [self._pool.submit(_embed, [texts[place] for place in places], batch) for places in shares]
        return [each.result() for each in waiting]


@contextmanager
def embedder_for_sync(settings: IndexSettings) -> Iterator[Embedder]:
    """The embedder that a sync uses: the one that the settings name, over as many processes as they say."""
    if settings.embed_processes == 1:
        yield open_embedder(settings)
        return
    pooled = PooledEmbedder(open_embedder(settings).name, partial(_for_sync, settings), settings.embed_processes)
    try:
        yield pooled
    finally:
        pooled.close()


def _shares(texts: Sequence[str], count: int) -> list[list[int]]:
    """The places of the texts, dealt out so that each share has as many long ones as any other."""
    longest_first = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
    return [longest_first[first :: max(count, 1)] for first in range(max(count, 1))]


def _cores_each(processes: int) -> list[set[int]]:
    """The cores that this process may use, dealt out; none where the system does not say, or there are too few."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return [set(cores[first::processes]) for first in range(processes)]


def _for_sync(settings: IndexSettings) -> Embedder:
    return for_sync(open_embedder(settings))


def _start(opened: Callable[[], Embedder], own: SimpleQueue[set[int]]) -> None:
    """Tell this process which embedder and which cores it has; an error in here would end it without a word."""
    if cores := own.get():
        os.sched_setaffinity(0, cores)
    global _opened  # noqa: PLW0603  (a process has one)
    _opened = opened


@cache
def _own() -> Embedder:
    return _opened()


def _embed(texts: list[str], batch: int) -> np.ndarray:
    return _own().embed(texts, batch)
