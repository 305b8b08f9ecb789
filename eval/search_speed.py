"""How fast an index opens and is searched, measured in a process that does nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.settings import PROJECT
from index.records import IndexProblem

MOST_SEARCH_SECONDS, MOST_P95_SECONDS, MOST_TIMES_EMBEDDING, MOST_START_SECONDS = 0.040, 0.100, 4.0, 3.0
FEWEST_QUESTIONS = 2
COMMAND = "from eval.search_timed import run; run()"


@dataclass(frozen=True)
class SearchSpeed:
    """Seconds: `start` from the start of Python to an index that has answered one search, `opening` a part of it.

    `search` and `embedding` (the question alone) are median and 95th percentile over the questions, each asked
    once; `memory` is the most megabytes that the process had.
    """

    passages: int
    questions: int
    start: float
    opening: float
    search: tuple[float, float]
    embedding: tuple[float, float]
    torch_imported: bool
    memory: float

    @property
    def times_embedding(self) -> float:
        """The median search in times of the median embedding of a question."""
        return self.search[0] / self.embedding[0]

    @property
    def goals(self) -> dict[str, bool]:
        """Each goal in words, and whether it is met."""
        return {
            f"median search under {1000 * MOST_SEARCH_SECONDS:.0f} ms": self.search[0] < MOST_SEARCH_SECONDS,
            f"95th percentile under {1000 * MOST_P95_SECONDS:.0f} ms": self.search[1] < MOST_P95_SECONDS,
            f"at most {MOST_TIMES_EMBEDDING:.0f} times embedding": self.times_embedding <= MOST_TIMES_EMBEDDING,
            f"start-up under {MOST_START_SECONDS:.0f} s": self.start < MOST_START_SECONDS,
            "torch not imported": not self.torch_imported,
        }


def search_speed(questions: tuple[str, ...]) -> SearchSpeed:
    """Open the index of the settings in the environment in a new process and search it for each question.

    Raises IndexProblem when there are too few questions, or in the words of the process when it failed.
    """
    asked = list(dict.fromkeys(questions))
    if len(asked) < FEWEST_QUESTIONS:
        raise IndexProblem("The speed of search needs at least two different questions: the first is not counted.")
    done = subprocess.run(
        [sys.executable, "-c", COMMAND],
        input=json.dumps({"started": time.time(), "questions": asked}),
        capture_output=True,
        text=True,
        cwd=Path(PROJECT),
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["the process ended without a word"])[-1]
        raise IndexProblem(f"The speed of search could not be measured: {last}")
    found: dict[str, Any] = json.loads(done.stdout)
    found |= {name: tuple(found[name]) for name in ("search", "embedding")}
    return SearchSpeed(**found)
