"""How long a reader waits and how much memory it takes, measured on the chain that serves users."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from dataclasses import dataclass

from eval.cases import Case, CaseError
from rag.service import open_service
from rag.settings import Settings

MEGABYTE = 2**20
FEWEST_CASES = 2


@dataclass(frozen=True)
class Bench:
    """Median and worst seconds over the questions asked, and the process's largest memory in megabytes.

    `first_words` is the wait until the first words of the model's draft are checked and shown; None
    without a model.
    """

    questions: int
    opening: float
    evidence: tuple[float, float]
    first_words: tuple[float, float] | None
    whole: tuple[float, float]
    memory_megabytes: float


def bench(cases: tuple[Case, ...], settings: Settings) -> Bench:
    """Open the service as the page does and ask the questions; the first, which loads the models, is not counted."""
    if len(cases) < FEWEST_CASES:
        raise CaseError("A bench needs at least two questions: the first loads the models and is not counted.")
    start = time.perf_counter()
    service = open_service(settings)
    service.index.search("warm-up", 1)
    opening = time.perf_counter() - start
    service.chain.invoke(cases[0].question)
    answers = [service.chain.invoke(case.question) for case in cases[1:]]
    written = [answer.timing.first for answer in answers if answer.prompt_version and answer.timing.first]
    return Bench(
        len(answers),
        opening,
        _median_and_worst([answer.timing.evidence or 0.0 for answer in answers]),
        _median_and_worst(written) if written and settings.model != "none" else None,
        _median_and_worst([answer.timing.total for answer in answers]),
        peak_memory_megabytes(),
    )


def peak_memory_megabytes() -> float:
    """The largest resident memory this process has had, the model's pages included."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in kilobytes, macOS in bytes.
    return peak / MEGABYTE if sys.platform == "darwin" else peak / 1024


def _median_and_worst(values: list[float]) -> tuple[float, float]:
    return statistics.median(values), max(values)
