"""Mend what does not agree in an index: what is broken is dropped, and a sync brings back just that."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index import snapshot
from index.database import damage_of
from index.embed import Embedder
from index.intact import look, looked_into
from index.records import SyncCounts
from index.settings import REGISTER_FILE
from index.store import PassageStore
from index.sync import CHROMA, SyncProgress, alone, made_of, sync
from index.verify import Fault, Places, verify


@dataclass(frozen=True)
class Repaired:
    """What was dropped, in sentences; what the sync after it did; and what is still wrong."""

    dropped: tuple[str, ...]
    counts: SyncCounts
    left: tuple[Fault, ...]


def repair(
    folders: tuple[Path, ...],
    places: Places,
    embedder: Embedder,
    *,
    batch: int = 32,
    processes: int = 1,
    heard: Callable[[SyncProgress], None] = lambda _: None,
) -> Repaired:
    """Drop what is broken, then sync: what a state still has whole is put back, and only the rest is read again.

    Killed at any moment it leaves what a sync or another repair can go on with. Raises what `sync` raises.
    """
    made = made_of(embedder)
    with alone(places.folder):
        dropped = (*_bad_register(places), *_bad_state(places.folder), *_bad_vectors(places, made.recipe))
    counts = sync(
        folders,
        places.folder,
        embedder,
        batch=batch,
        processes=processes,
        register=places.register,
        server=places.server,
        heard=heard,
    )
    return Repaired(dropped, counts, verify(folders, places, made).faults)


def _bad_register(places: Places) -> Iterator[str]:
    """A register whose file is damaged goes; the copy in the state that is asked, if whole, takes its place."""
    file = places.folder / REGISTER_FILE
    if places.rows != file or not file.is_file() or not damage_of(file):
        return
    for name in (f"{REGISTER_FILE}-wal", f"{REGISTER_FILE}-shm"):
        (places.folder / name).unlink(missing_ok=True)
    state = snapshot.current(places.folder)
    if state and REGISTER_FILE not in state.damaged():
        part = file.with_suffix(".part")
        shutil.copyfile(state.register, part)
        part.replace(file)
        yield "The register was damaged. Its copy has taken its place."
    else:
        file.unlink()
        yield "The register was damaged. All reports are read again."


def _bad_state(folder: Path) -> Iterator[str]:
    state = snapshot.current(folder)
    if state and state.damaged():
        shutil.rmtree(state.path)
        yield "The state that is asked was damaged. It is written again."
    snapshot.clear(folder, {snapshot.newest(folder)})


def _bad_vectors(places: Places, recipe: str) -> Iterator[str]:
    """The whole store goes when it cannot be read, else the files with a vector that is no good."""
    folder = places.folder / CHROMA
    if not places.server and not folder.is_dir():
        return
    held = look(PassageStore(places.server, recipe)) if places.server else looked_into(folder, recipe)
    if held is None:
        shutil.rmtree(folder)
        yield "The vector store could not be read. It is made again."
    elif bad := {id_.partition("-")[0] for id_ in held.bad}:
        store = PassageStore(places.server or folder, recipe)
        store.keep({file: count for file, count in held.counts.items() if file not in bad})
        yield f"{len(bad)} reports had vectors that were no good. Theirs are made again."
