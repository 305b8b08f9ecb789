"""Vectors are the same over any number of processes, and a process that dies costs another try."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from index.embed_pool import PooledEmbedder, embedder_for_sync
from index.records import IndexProblem
from index.settings import IndexSettings
from tests.fakes import FakeEmbedder

TEXTS = [f"Passage {number} is about {'children in care ' * (number % 5)}." for number in range(40)]


@dataclass
class Deadly:
    """An embedder whose process is killed at the word "die", as long as fewer than `times` were."""

    deaths: Path
    times: int
    name: str = "deadly"

    def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
        died = len(list(self.deaths.iterdir()))
        if died < self.times and any("die" in text for text in texts):
            (self.deaths / str(died)).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return FakeEmbedder().embed(texts, batch)


def failing() -> FakeEmbedder:
    return FakeEmbedder(fails_at=1, problem=IndexProblem("The embedding model cannot be loaded."))


@pytest.fixture(scope="module")
def pooled() -> Iterator[PooledEmbedder]:
    pool = PooledEmbedder("fake-64", FakeEmbedder, 2)
    yield pool
    pool.close()


@pytest.mark.parametrize("count", [0, 1, 7, 40])
def test_vectors_are_those_of_one_process_in_the_order_of_the_texts(pooled: PooledEmbedder, count: int) -> None:
    found = pooled.embed(TEXTS[:count])
    assert np.array_equal(found, FakeEmbedder().embed(TEXTS[:count]))
    assert found.dtype == np.float32


def test_it_goes_by_the_name_of_the_embedder_inside(pooled: PooledEmbedder) -> None:
    assert pooled.name == FakeEmbedder().name


@pytest.mark.parametrize("times", [1, 2])
def test_a_process_that_dies_once_costs_a_try_and_twice_a_sentence(tmp_path: Path, times: int) -> None:
    pool = PooledEmbedder("deadly", partial(Deadly, tmp_path, times), 2)
    texts = [*TEXTS, "Here it has to die."]
    if times == 1:
        assert np.array_equal(pool.embed(texts), FakeEmbedder().embed(texts))
    else:
        with pytest.raises(IndexProblem, match="ended twice.*CHAPTER_VERSE_EMBED_PROCESSES to a smaller number"):
            pool.embed(texts)
        assert np.array_equal(pool.embed(TEXTS), FakeEmbedder().embed(TEXTS))
    pool.close()


def test_a_problem_in_a_process_is_told_as_it_is() -> None:
    pool = PooledEmbedder("fake-64", failing, 1)
    with pytest.raises(IndexProblem, match="^The embedding model cannot be loaded.$"):
        pool.embed(TEXTS)
    pool.close()


def test_one_process_is_no_pool_and_more_are() -> None:
    with embedder_for_sync(IndexSettings(_env_file=None)) as one:
        assert not isinstance(one, PooledEmbedder)
    with embedder_for_sync(IndexSettings(_env_file=None, embed_processes=2)) as two:
        assert isinstance(two, PooledEmbedder)
        assert two.name == one.name
