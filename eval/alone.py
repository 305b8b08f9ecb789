"""One process at a time at a run, so that none writes over the answers of another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from eval.run_loop import RunProblem

LOCK = ".lock"
BUSY = "Another process is at work on {place}. Wait until it has finished, then run the command again."


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Be the only one who writes in the folder of a run; raises RunProblem when another process does.

    The lock ends with the process that holds it, however that ends; its file, which is empty, stays.
    """
    with _alone(folder / LOCK, f"the run in {folder}"):
        yield


@contextmanager
def alone_at(file: Path) -> Iterator[None]:
    """Be the only one who writes answers to a file, as `alone_in`; the lock lies beside it, hidden."""
    with _alone(file.with_name(f".{file.name}{LOCK}"), f"the answers in {file}"):
        yield


@contextmanager
def _alone(file: Path, place: str) -> Iterator[None]:
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise RunProblem(BUSY.format(place=place)) from error
    try:
        yield
    finally:
        lock.release()
