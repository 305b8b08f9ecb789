"""Asking many questions, a few at a time, and keeping each answer the moment it is there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path

from eval.cases import Case
from eval.rows import Row, load_rows


class RunProblem(ValueError):
    """A run cannot go on or cannot be read; the message says what happened and what to do."""


def answer_all(
    cases: Iterable[Case],
    ask: Callable[[Case], Row],
    out: Path,
    heard: Callable[[Case, Row], None],
    *,
    workers: int = 1,
    silence_stops: bool = False,
) -> dict[str, Row]:
    """Ask each case and append its answer to `out`, flushed as it comes; what `out` has is not asked again.

    A last line that a killed run left torn is dropped first. `silence_stops` raises RunProblem at the first answer
    that a model was to write and did not; that answer is not kept. Gives all rows by case id.
    """
    cases = tuple(cases)
    done = _repaired(out)
    waiting = [case for case in cases if case.id not in done]
    with out.open("a", encoding="utf-8") as stream:
        for case, row in _answers(waiting, ask, workers):
            if silence_stops and row.silent:
                raise RunProblem(_stopped(case, row, len(done), len(cases)))
            stream.write(f"{row.model_dump_json()}\n")
            stream.flush()
            os.fsync(stream.fileno())
            done[case.id] = row
            heard(case, row)
    return done


def _repaired(out: Path) -> dict[str, Row]:
    """The rows that `out` holds, after it has been written anew without what is torn."""
    done = load_rows(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_suffix(f"{out.suffix}.partial")
    partial.write_text("".join(f"{row.model_dump_json()}\n" for row in done.values()), "utf-8")
    partial.replace(out)
    return done


def _answers(waiting: list[Case], ask: Callable[[Case], Row], workers: int) -> Iterator[tuple[Case, Row]]:
    if workers <= 1:
        yield from ((case, ask(case)) for case in waiting)
        return
    rest = iter(waiting)
    with ThreadPoolExecutor(workers) as pool:
        # No more are handed out than are worked on, so that a run that stops does not first ask all the others.
        running: dict[Future[Row], Case] = {pool.submit(ask, case): case for case in islice(rest, workers)}
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                case = running.pop(future)
                yield case, future.result()
                running |= {pool.submit(ask, following): following for following in islice(rest, 1)}


def _stopped(case: Case, row: Row, kept: int, asked: int) -> str:
    said = next((line for line in row.answer.splitlines() if line.startswith("The language model did not")), "")
    return (
        f"The run stopped at {case.id}. {said or 'The language model did not answer.'} {kept} of {asked} answers are "
        "kept. When the model is well again, run the same command with --run and this folder to go on; with "
        "--keep-going, such an answer is kept as the reader would see it."
    )
