"""Work spread over processes, in order, with little of it in memory, and whole when one of them dies."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
# Results that may wait, for each process, until the ones before them are taken.
AHEAD = 3
# As many scanned pages as are recognised of a file, and as many that are turned, take half of it on a slow machine.
LONGEST_SECONDS = 300.0


@dataclass(frozen=True)
class ReaderStopped:
    """A task that ended the process which worked on it, or never came to an end."""

    reason: str


def in_processes(
    work: Callable[[Task], Result], tasks: Sequence[Task], processes: int, seconds: float = LONGEST_SECONDS
) -> Iterator[Result | ReaderStopped]:
    """The results of `work` for each task, in their order.

    A process that dies, or takes longer than `seconds` over one task, takes nothing with it: the tasks under
    way are done again, each alone, and the one that is at fault comes as ReaderStopped.
    """
    place = 0
    while place < len(tasks):
        for result in _until_broken(work, tasks[place:], processes, seconds):
            yield result
            place += 1
        # Those under way when it broke are done one by one, so that it is plain which is at fault.
        for task in tasks[place : place + processes * AHEAD]:
            yield _alone(work, task, seconds)
            place += 1


def _until_broken(
    work: Callable[[Task], Result], tasks: Sequence[Task], processes: int, seconds: float
) -> Iterator[Result]:
    waiting: deque[Future[Result]] = deque()
    left = iter(tasks)
    with _Pool(processes) as pool:
        try:
            for task in left:
                waiting.append(pool.submit(work, task))
                if len(waiting) >= processes * AHEAD:
                    yield waiting.popleft().result(seconds)
            while waiting:
                yield waiting.popleft().result(seconds)
        except (BrokenExecutor, TimeoutError):
            pool.kill()


def _alone(work: Callable[[Task], Result], task: Task, seconds: float) -> Result | ReaderStopped:
    with _Pool(1) as pool:
        try:
            return pool.submit(work, task).result(seconds)
        except BrokenExecutor:
            return ReaderStopped("it ended the process that read it, so it is damaged")
        except TimeoutError:
            pool.kill()
            return ReaderStopped(f"it was not done after {seconds:.0f} seconds")


class _Pool(ProcessPoolExecutor):
    """Processes that start anew: a copy of one in which other threads run could wait for them forever."""

    def __init__(self, processes: int) -> None:
        super().__init__(processes, multiprocessing.get_context("spawn"))

    def kill(self) -> None:
        """End the processes at once, whatever they are at."""
        for process in list((self._processes or {}).values()):
            process.kill()
