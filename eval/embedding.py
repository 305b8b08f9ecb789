"""How quickly passages are embedded: beside LangChain's HuggingFaceEmbeddings, over the same texts in one run."""

from __future__ import annotations

import importlib.util
import multiprocessing
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Protocol

import numpy as np

from corpus.folder import read_folder
from corpus.report import Report
from index.chunk import passages_of, text_to_embed
from index.embed import for_sync, model_folder, open_embedder
from index.records import IndexProblem
from rag.settings import Settings

# LangChain's defaults: torch in float32, 32 texts at a time.
PEER, PEER_LIBRARY = "HuggingFaceEmbeddings", "langchain_huggingface"
FEW, MANY = "ours, few passages", "ours, a large sync"
# The same words with another number each: a question that was asked before is not measured.
QUESTIONS = tuple(
    f"What did inspectors say about the timeliness of assessments in {year}?" for year in range(2001, 2021)
)
WARM_UP = 64

Embed = Callable[[list[str]], np.ndarray]


@dataclass(frozen=True)
class Speed:
    """One system's figures.

    `passages_a_second` and `question_milliseconds` are medians, over rounds and over questions. `ratio` is how many
    times the peer's passages a second: median, least and most of the rounds. `cosine` compares with the peer's
    vectors of the same texts: least and mean.
    """

    system: str
    passages_a_second: float
    question_milliseconds: float
    ratio: tuple[float, float, float]
    cosine: tuple[float, float]


class System(Protocol):
    """Something that embeds and can be timed."""

    @property
    def name(self) -> str:
        """What the table calls it."""

    def timed(self, texts: list[str]) -> tuple[np.ndarray, float]:
        """Vectors, shape (texts, dimensions), and the seconds that they took."""


class OwnProcess:
    """A system in a process of its own, so that none finds threads and libraries as another has left them."""

    def __init__(self, name: str) -> None:
        """`name` is one of `SYSTEMS`, made at first use from the settings in the environment."""
        self.name = name
        self._process = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))

    def timed(self, texts: list[str]) -> tuple[np.ndarray, float]:
        """As System; the time is taken in the process, so that carrying the vectors here costs nothing."""
        return self._process.submit(_timed, self.name, texts).result()

    def close(self) -> None:
        """End the process."""
        self._process.shutdown()


def measure(texts: list[str], rounds: int) -> tuple[Speed, ...]:
    """The peer first, then ours, over the same texts; raises IndexProblem when the peer or the model is missing."""
    if importlib.util.find_spec(PEER_LIBRARY) is None:
        raise IndexProblem(
            f"The comparison needs the package {PEER_LIBRARY.replace('_', '-')}. "
            "Install it with `.venv/bin/python -m pip install -r requirements-dev.txt`."
        )
    with ExitStack() as open_ones:
        return compare([open_ones.enter_context(closing(OwnProcess(name))) for name in SYSTEMS], texts, rounds)


def compare(systems: Sequence[System], texts: list[str], rounds: int) -> tuple[Speed, ...]:
    """Figures of each system; the first is the peer. They take turns, in reversed order every second round."""
    for system in systems:
        system.timed(texts[:WARM_UP])
    seconds: dict[str, list[float]] = {system.name: [] for system in systems}
    vectors: dict[str, np.ndarray] = {}
    for turn in range(rounds):
        for system in systems if turn % 2 == 0 else reversed(systems):
            vectors[system.name], taken = system.timed(texts)
            seconds[system.name].append(taken)
    peer = systems[0].name
    return tuple(
        Speed(
            system.name,
            len(texts) / median(seconds[system.name]),
            1000 * median(system.timed([question])[1] for question in QUESTIONS),
            _ratio(seconds[peer], seconds[system.name]),
            _cosine(vectors[peer], vectors[system.name]),
        )
        for system in systems
    )


def texts_of(folders: Sequence[Path], count: int, seed: int) -> list[str]:
    """At most `count` passages of the reports of some folders, drawn by `seed`, as they are embedded.

    Raises ReportError when a folder is missing, IndexProblem when no report can be read in any.
    """
    texts = [
        text_to_embed(passage)
        for folder in folders
        for report in read_folder(folder, processes=Settings().processes)
        if isinstance(report, Report)
        for passage in passages_of(report)
    ]
    if not texts:
        named = ", ".join(map(str, folders))
        raise IndexProblem(f"No report could be read in {named}. Name a folder of reports with --corpus.")
    return random.Random(seed).sample(texts, min(count, len(texts)))  # noqa: S311  (a sample, not a secret)


def _ratio(peer: list[float], own: list[float]) -> tuple[float, float, float]:
    ratios = [theirs / ours for theirs, ours in zip(peer, own, strict=True)]
    return median(ratios), min(ratios), max(ratios)


def _cosine(peer: np.ndarray, own: np.ndarray) -> tuple[float, float]:
    lengths = np.linalg.norm(peer, axis=1) * np.linalg.norm(own, axis=1)
    cosines = (peer * own).sum(axis=1) / lengths
    return float(cosines.min()), float(cosines.mean())


def _timed(name: str, texts: list[str]) -> tuple[np.ndarray, float]:
    embed = _system(name)
    start = time.perf_counter()
    vectors = embed(texts)
    return vectors, time.perf_counter() - start


@cache
def _system(name: str) -> Embed:
    return SYSTEMS[name]()


def _peer() -> Embed:
    # Only this process has to have it.
    from langchain_huggingface import HuggingFaceEmbeddings  # noqa: PLC0415

    embeddings = HuggingFaceEmbeddings(model_name=str(model_folder(Settings())[0]))
    return lambda texts: np.asarray(embeddings.embed_documents(texts), dtype=np.float32)


def _few() -> Embed:
    settings = Settings()
    embedder = open_embedder(settings)
    return lambda texts: embedder.embed(texts, settings.embed_batch)


def _many() -> Embed:
    settings = Settings()
    embedder = for_sync(open_embedder(settings), worth=0)
    return lambda texts: embedder.embed(texts, settings.embed_batch)


SYSTEMS: dict[str, Callable[[], Embed]] = {PEER: _peer, FEW: _few, MANY: _many}
