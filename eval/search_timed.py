"""The process that `eval.search_speed` starts: it imports no more than asking an index needs."""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable

from eval.percentile import percentile
from index.embed import open_embedder
from index.records import IndexProblem
from index.search import open_index
from index.settings import IndexSettings


def run() -> None:
    """Read questions and the time of the start from standard input, write what was measured to standard output."""
    given = json.load(sys.stdin)
    settings = IndexSettings()
    embedder = open_embedder(settings)
    begun = time.perf_counter()
    try:
        index = open_index(settings.index, embedder, settings.register_at)
    except IndexProblem as problem:
        sys.exit(str(problem))
    opening = time.perf_counter() - begun
    first, *questions = given["questions"]
    index.search(first)
    start = time.time() - given["started"]
    passages = sum(source.passages for source in index.sources)
    # Embedding first: the search keeps the vectors of questions, and embedding by itself keeps nothing.
    embedding = _seconds(lambda question: embedder.embed([question]), questions)
    search = _seconds(index.search, questions)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    figures = {
        "passages": passages,
        "questions": len(questions),
        "start": start,
        "opening": opening,
        "search": median_and_p95(search),
        "embedding": median_and_p95(embedding),
        "torch_imported": "torch" in sys.modules,
        "memory": peak / 2**20 if sys.platform == "darwin" else peak / 1024,
    }
    sys.stdout.write(json.dumps(figures))


def _seconds(ask: Callable[[str], object], questions: list[str]) -> list[float]:
    found = []
    for question in questions:
        start = time.perf_counter()
        ask(question)
        found.append(time.perf_counter() - start)
    return found


def median_and_p95(values: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile of some durations."""
    return statistics.median(values), percentile(values, 95)
