"""How far a sync is and how long it will take: a bar on a terminal, now and then a line in a log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from corpus.screen import Screen, shown

if TYPE_CHECKING:
    from index.sync import SyncProgress

LINE_EVERY_SECONDS = 15.0
FEWEST_FOR_TIME = 3
NAME_SHOWN = 50


@dataclass
class Pace:
    """How long is left, by the reports that were read: unchanged ones cost nothing, and those to come are known."""

    clock: Callable[[], float] = time.monotonic
    read: int = 0
    _begun: float = field(init=False)

    def __post_init__(self) -> None:
        self._begun = self.clock()

    def left(self, step: SyncProgress) -> str:
        """What to say after a step: "about 2 min left", or nothing while too few have been read to tell."""
        if step.done in ("indexed", "set aside"):
            self.read += 1
        if step.left == 0 or self.read < FEWEST_FOR_TIME:
            return ""
        seconds = (self.clock() - self._begun) / self.read * step.left
        return f"about {seconds / 60:.0f} min left" if seconds > 90 else f"about {max(seconds, 1):.0f} s left"


@contextmanager
def progress(total: int, screen: Screen) -> Iterator[Callable[[SyncProgress], None]]:
    """What is to be told of each step of a sync over so many files; it shows them while the context is open."""
    if not screen.is_terminal:
        yield _Lines(total, screen).heard
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}", markup=False),
    )
    pace = Pace()
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("Looking for changes", total=total, left="")

        def heard(step: SyncProgress) -> None:
            done = f"{step.done}: {shown(step.document)[-NAME_SHOWN:]}" if step.document else step.done
            forward = 1 if step.document and step.done != "removed" else 0
            bar.update(task, advance=forward, description=done, left=pace.left(step))

        yield heard


class _Lines:
    """Lines for a log: one every so often, so that nobody wonders whether it still runs."""

    def __init__(self, total: int, screen: Screen, clock: Callable[[], float] = time.monotonic) -> None:
        self._total, self._screen, self._clock = total, screen, clock
        self._pace, self._last, self._done = Pace(clock), clock(), 0

    def heard(self, step: SyncProgress) -> None:
        left = self._pace.left(step)
        if step.document and step.done != "removed":
            self._done += 1
        if self._clock() - self._last < LINE_EVERY_SECONDS:
            return
        self._last = self._clock()
        if not step.document:
            self._screen.say(f"All reports done; {step.done}.")
            return
        to_read = f", {step.left} to be read" if step.left else ""
        self._screen.say(f"{self._done} of {self._total} reports{to_read}{f', {left}' if left else ''}.")
