"""How the index grows: a throw-away one of so many passages is made of the reports at hand, measured and removed."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from eval.bench import peak_memory_megabytes
from eval.percentile import percentile
from index import snapshot
from index.embed import open_embedder
from index.glossary import expand
from index.lexical import LexicalIndex
from index.opening import opened
from index.records import IndexProblem, Passage, Source
from index.register import Register
from index.search import CANDIDATES, Corpus, Index
from index.settings import REGISTER_FILE, IndexSettings
from index.store import PassageStore
from index.sync import made_of
from index.vectors import EXACT_MOST, StateVectors

MEGABYTE = 2**20
STATUS = Path("/proc/self/status")
# How far a copy of a vector is moved, so that copies are near to, and not the same as, what they are copies of.
NOISE = 0.3
BLOCK = 20_000
NAME = "0" * 16


@dataclass(frozen=True)
class Latency:
    """Median and 95th percentile of the seconds that something took."""

    median: float
    p95: float


@dataclass(frozen=True)
class Growth:
    """What so many passages cost: seconds, megabytes (2**20 bytes) on disk and in memory, and seconds a question.

    `chroma_*` is the vector store with its graph of neighbours (HNSW), `lexical_*` BM25, `passages_disk` the texts with
    their places, `exact_disk` the vectors as a matrix. `open_seconds` is from nothing to an index ready to be asked,
    without Chroma; `memory` is then resident, `chroma_memory` what Chroma adds once it was asked. The searches are for
    the nearest 40 by the matrix and by Chroma, by words, and the whole search with the question embedded.
    """

    passages: int
    chroma_build: float
    lexical_build: float
    chroma_disk: float
    lexical_disk: float
    passages_disk: float
    exact_disk: float
    open_seconds: float
    memory: float
    chroma_memory: float
    peak_memory: float
    exact: Latency
    chroma: Latency
    lexical: Latency
    fused: Latency


def grow(passages: int, questions: tuple[str, ...], settings: IndexSettings) -> Growth:
    """Make an index of so many passages, copies of those that the settings' index holds, measure it and remove it.

    Raises IndexProblem when there is no index to copy from or no question, OSError when the disk is full.
    """
    if not questions:
        raise IndexProblem("There is no question to search for. Name a file of cases with at least one.")
    embedder = open_embedder(settings)
    with TemporaryDirectory(prefix="chapter-verse-growth-") as name:
        folder = Path(name)
        with opened(settings.index, embedder, settings.register_at) as state:
            kept = state.passages
            by_document = {source.document: state.vectors.vectors(source.document) for source in state.rows.sources()}
            sources = state.rows.sources()
        matrix = np.stack([by_document[passage.document][passage.id] for passage in kept])
        made = _copies(kept, matrix, sources, passages)
        built = _build(folder, made, made_of(embedder).recipe)
        with closing(Register(folder / REGISTER_FILE)) as rows:
            snapshot.publish(folder, NAME, made_of(embedder), made.passages, made.vectors, rows)
        del matrix, by_document, kept
        # In a process of its own, so that what building took is not counted.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            return pool.submit(_measure, folder, made.sources, questions, settings, built).result()


@dataclass(frozen=True)
class _Made:
    """Copied reports, their passages by document, and a vector each."""

    sources: tuple[Source, ...]
    passages: tuple[Passage, ...]
    vectors: np.ndarray


def _copies(kept: tuple[Passage, ...], matrix: np.ndarray, sources: tuple[Source, ...], count: int) -> _Made:
    """So many passages: the reports over and over, with other words in each text and each vector moved a little."""
    chance = np.random.default_rng(0)
    passages = [_copy(kept, place, chance) for place in range(count)]
    vectors = np.empty((count, matrix.shape[1]), dtype=np.float32)
    for start in range(0, count, BLOCK):
        rows = np.arange(start, min(start + BLOCK, count)) % len(kept)
        noise = chance.normal(size=(len(rows), matrix.shape[1])) * NOISE / np.sqrt(matrix.shape[1])
        moved = matrix[rows] + noise.astype(np.float32)
        vectors[start : start + len(rows)] = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    times = -(-count // len(kept))
    copied = [replace(each, document=_name(time_, each.document)) for time_ in range(times) for each in sources]
    return _Made(tuple(copied), tuple(passages), vectors)


def _copy(kept: tuple[Passage, ...], place: int, chance: np.random.Generator) -> Passage:
    time_, row = divmod(place, len(kept))
    old = kept[row]
    words, other = old.text.split(), kept[int(chance.integers(len(kept)))].text.split()
    text = " ".join((*words[: len(words) // 2], *other[len(other) // 2 :]))
    return replace(old, id=f"{time_:06x}{old.id}", document=_name(time_, old.document), text=text)


def _name(time_: int, document: str) -> str:
    return f"{time_:06}/{document}"


def _build(folder: Path, made: _Made, recipe: str) -> tuple[float, float]:
    """Seconds to fill the vector store and to make the search by words."""
    start = time.perf_counter()
    store = PassageStore(folder / "chroma", recipe)
    for first in range(0, len(made.passages), BLOCK):
        store.put(made.passages[first : first + BLOCK], made.vectors[first : first + BLOCK])
    filled = time.perf_counter()
    LexicalIndex([snapshot.searched_text(passage) for passage in made.passages])
    return filled - start, time.perf_counter() - filled


def _measure(
    folder: Path,
    sources: tuple[Source, ...],
    questions: tuple[str, ...],
    settings: IndexSettings,
    built: tuple[float, float],
) -> Growth:
    embedder, state = open_embedder(settings), folder / snapshot.STATES / NAME
    embedder.embed(["warm-up"])
    before, start = _resident(), time.perf_counter()
    held = snapshot.read(state)
    if held is None or held.vectors is None:
        raise IndexProblem("The index that was made cannot be read. Free space on the disk and try again.")
    store = PassageStore(folder / "chroma", made_of(embedder).recipe)
    exact = StateVectors(held.passages, np.asarray(held.vectors))
    chosen = StateVectors(held.passages, np.asarray(held.vectors), store) if len(held.passages) > EXACT_MOST else exact
    corpus = Corpus(sources, (), (), (), (), (), (), held.passages)
    index = Index(corpus, chosen, embedder, held.lexical)
    ready = time.perf_counter()
    vectors = [embedder.embed([question])[0] for question in questions]
    by_matrix = _latency(lambda place: exact.nearest(vectors[place], CANDIDATES), len(questions))
    by_words = _latency(lambda place: held.lexical.scores(expand(questions[place])), len(questions))
    opened_with = _resident()
    by_graph = _latency(lambda place: store.nearest(vectors[place], CANDIDATES), len(questions))
    with_graph = _resident()
    return Growth(
        len(held.passages),
        *built,
        _size(folder / "chroma"),
        _size(state / snapshot.LEXICAL),
        _size(state / snapshot.PASSAGES),
        _size(state / snapshot.VECTORS),
        ready - start,
        opened_with - before,
        with_graph - opened_with,
        peak_memory_megabytes(),
        by_matrix,
        by_graph,
        by_words,
        _latency(lambda place: index.search(questions[place]), len(questions)),
    )


def _latency(asked: Callable[[int], object], count: int) -> Latency:
    """Of `count` calls after one that is not counted, since it may load what it needs."""
    asked(0)
    return latency(_timed(asked, place) for place in range(count))


def latency(seconds: Iterator[float]) -> Latency:
    """Median and 95th percentile of some durations, of which there is one at least."""
    taken = list(seconds)
    return Latency(statistics.median(taken), percentile(taken, 95))


def _timed(asked: Callable[[int], object], place: int) -> float:
    start = time.perf_counter()
    asked(place)
    return time.perf_counter() - start


def _size(path: Path) -> float:
    """Megabytes of a file, or of the files below a folder."""
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return sum(each.stat().st_size for each in files) / MEGABYTE


def _resident() -> float:
    """Megabytes that this process has in memory now, where the system says so; else the most it has had."""
    if STATUS.is_file():
        kept = next(line for line in STATUS.read_text("ascii").splitlines() if line.startswith("VmRSS:"))
        return int(kept.split()[1]) / 1024
    return peak_memory_megabytes()
