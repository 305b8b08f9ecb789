"""What an index is: which reports it holds, what it was made with, when it was synced, and whether to the end."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index import snapshot
from index.made import Made
from index.records import IndexProblem, Source
from index.register import Register
from index.sync import is_running


@dataclass(frozen=True)
class Status:
    """The reports that are asked; what made them (None before the first whole sync); when they were synced, ISO in UTC.

    `note` says what else there is to know: that a sync runs or was broken off, that another version made it.
    """

    sources: tuple[Source, ...]
    made: Made | None
    synced: str | None
    unfinished: bool
    note: str


def status_of(folder: Path, register: Path | str, own: Made) -> Status:
    """How the index below `folder` stands, for a program that makes `own`; raises IndexProblem when there is none."""
    state, notes = snapshot.current(folder), []
    try:
        with closing(Register(register, reading=True)) as rows:
            sources, synced, unfinished = rows.sources(), rows.synced(), rows.is_unfinished()
    except IndexProblem as problem:
        if not state:
            raise
        sources, synced, unfinished = (), None, True
        notes.append(str(problem))
    if state and (note := state.made.note(own)):
        notes.append(note)
    if state and not (note and state.made.schema != own.schema):
        with closing(Register(state.register, reading=True)) as rows:
            sources = rows.sources()
    if unfinished and not notes:
        running = "A sync is running" if is_running(folder) else "A sync was not finished: run `python -m index sync`"
        notes.append(f"{running}. Until it is done, questions are put to the reports as they were before.")
    return Status(sources, state.made if state else None, synced, unfinished, " ".join(notes))
