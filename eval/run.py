"""A run: questions asked through the service, their answers judged, and all of it kept in a folder."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from eval.alone import alone_in
from eval.bench import peak_memory_megabytes
from eval.cases import Case, accepted, load_cases
from eval.checker import checker_errors
from eval.figures import figures
from eval.machine import machine, public_name, versions
from eval.measures import judge
from eval.rows import Row
from eval.run_folder import ANSWERS, Measured, Part, Run, asked_of, begin, earlier_parts, keep, load_run
from eval.run_loop import answer_all
from eval.systems import OWN, open_system
from rag.settings import Settings

# What of the settings decides how answers are found and written.
TOLD = ("embedder", "reranker", "passages", "evidence_tokens", "answer_tokens", "context_tokens", "model_seconds")


@dataclass(frozen=True)
class Wanted:
    """What is to be run: a file of cases, of which `limit` are drawn by `seed`, over folders of reports, by a system.

    `keep_going` keeps answers that the model was to write and did not; else the run stops there.
    `unreviewed` takes the cases too that no person has accepted.
    """

    cases: Path
    corpus: tuple[Path, ...]
    limit: int | None = None
    seed: int = 0
    system: str = OWN
    keep_going: bool = False
    unreviewed: bool = False


@dataclass(frozen=True)
class Heard:
    """What is told while a run goes on: that it begins with so many left to ask, and each answer."""

    begins: Callable[[int], None]
    answered: Callable[[Case, Row], None]


def run_cases(wanted: Wanted, settings: Settings, folder: Path, heard: Heard) -> Run:
    """Ask, judge and keep; a folder that holds part of the same run is gone on with.

    Raises RunProblem when the folder holds another run, another process is at work on it or the model does not answer,
    CaseError for a bad case file.
    """
    counted = accepted(load_cases(wanted.cases), wanted.cases.name, unreviewed=wanted.unreviewed)
    chosen = drawn(counted, wanted.limit, wanted.seed)
    asked = asked_of(wanted.system, settings.model, chosen, wanted.cases, (wanted.limit, wanted.seed), wanted.corpus)
    # Before the lock, so that nothing is put into a folder that holds something else.
    earlier_parts(folder, asked)
    with alone_in(folder):
        begin(folder, asked, told(settings), _part(settings))
        return _asked_and_judged(chosen, wanted, settings, folder, heard)


def _part(settings: Settings) -> Part:
    return Part(started=datetime.now(tz=UTC), machine=machine(), versions=versions(settings))


def _asked_and_judged(chosen: list[Case], wanted: Wanted, settings: Settings, folder: Path, heard: Heard) -> Run:
    system = open_system(wanted.system, wanted.corpus, settings, folder)
    heard.begins(len(chosen))
    rows = answer_all(
        chosen,
        system.ask,
        folder / ANSWERS,
        heard.answered,
        workers=system.workers,
        silence_stops=not wanted.keep_going,
    )
    held = {source.document: source for source in system.sources}
    verdicts = [judge(case, rows.get(case.id), wanted.corpus, held) for case in chosen]
    measured = Measured(
        figures=tuple(figures(verdicts)), checker=checker_errors(), memory_megabytes=round(peak_memory_megabytes())
    )
    keep(folder, system.sources, verdicts, measured)
    return load_run(folder)


def drawn(cases: tuple[Case, ...], limit: int | None, seed: int) -> list[Case]:
    """All cases, or `limit` of them by lot; the same seed draws the same."""
    if limit is None or limit >= len(cases):
        return list(cases)
    return random.Random(seed).sample(cases, limit)  # noqa: S311  (a sample, not a secret)


def told(settings: Settings) -> dict[str, int | float | str]:
    """The settings that decide how answers are found and written, without the paths to what they name."""
    values = {name: value for name in TOLD if (value := getattr(settings, name, None)) is not None}
    return {
        name: value if isinstance(value, int | float) else public_name(str(value)) for name, value in values.items()
    }
