"""Whether what an index holds agrees: reports' files, register, passages, vectors, and the state that is asked."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from corpus.folder import report_files
from index import snapshot
from index.chroma_server import ChromaServer
from index.database import damage_of
from index.intact import Looked, faults, look, looked_into
from index.made import Made
from index.records import Source
from index.register import Register
from index.settings import REGISTER_FILE
from index.store import PassageStore
from index.sync import CHROMA


class Part(StrEnum):
    """What a fault is in."""

    REPORTS = "reports"
    REGISTER = "register"
    STORE = "vector store"
    STATE = "state that is asked"


@dataclass(frozen=True)
class Fault:
    """Something that does not agree: in what, in a sentence, and of which report, or of the whole."""

    part: Part
    sentence: str
    document: str | None = None


@dataclass(frozen=True)
class Verified:
    """What was looked at, and what is wrong; `unread` are files that the index does not have: new, or set aside."""

    reports: int
    passages: int
    faults: tuple[Fault, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """Where an index and its parts are: its folder, its register if elsewhere, the server of its vectors if any."""

    folder: Path
    register: Path | str | None = None
    server: ChromaServer | None = None

    @property
    def rows(self) -> Path | str:
        """The register's file or address."""
        return self.register or self.folder / REGISTER_FILE


def verify(folders: tuple[Path, ...], places: Places, made: Made) -> Verified:
    """Look at everything and change nothing; `made` is what this program makes an index with.

    Raises IndexProblem when there is no index, or its register cannot be read at all.
    """
    if damage := damage_of(places.rows):
        return Verified(0, 0, (Fault(Part.REGISTER, f"Its file is damaged: {damage}."),), ())
    with closing(Register(places.rows, reading=True)) as rows:
        sources, recipes = rows.sources(), rows.recipes()
        found = [*_in_register(rows, recipes, made)]
    held, unread = _in_folders(folders, sources)
    found += held
    found += _in_store(places, made.recipe, sources)
    found += _in_state(places.folder, snapshot.fingerprint(recipes), made, sources)
    return Verified(len(sources), sum(source.passages for source in sources), tuple(found), unread)


def _in_register(rows: Register, recipes: Mapping[str, tuple[str, str]], made: Made) -> Iterator[Fault]:
    if rows.is_unfinished():
        yield Fault(Part.REGISTER, "A sync is running, or was not finished.")
    for document, (_, recipe) in sorted(recipes.items()):
        if not recipe.startswith(made.recipe):
            yield Fault(Part.REGISTER, "It was indexed by another version or with another embedder.", document)


def _in_folders(folders: tuple[Path, ...], sources: tuple[Source, ...]) -> tuple[list[Fault], tuple[str, ...]]:
    files: dict[str, Path] = {}
    for folder in folders:
        for path in report_files(folder):
            files.setdefault(path.relative_to(folder).as_posix().encode("utf-8", "replace").decode("utf-8"), path)
    found = []
    for source in sources:
        if source.document not in files:
            found.append(Fault(Part.REPORTS, "Its file is no longer in the corpus.", source.document))
        elif _digest(files.pop(source.document)) != source.digest:
            found.append(Fault(Part.REPORTS, "Its file has changed since it was indexed.", source.document))
    return found, tuple(sorted(files))


def _in_store(places: Places, recipe: str, sources: tuple[Source, ...]) -> Iterator[Fault]:
    held = look(PassageStore(places.server, recipe)) if places.server else looked_into(places.folder / CHROMA, recipe)
    if held is None:
        yield Fault(Part.STORE, "Its files cannot be read.")
        return
    bad = Counter(id_.partition("-")[0] for id_ in held.bad)
    for source in sources:
        file = source.digest[:16]
        if (count := held.counts.get(file, 0)) != source.passages:
            yield Fault(Part.STORE, f"It has {count} passages instead of {source.passages}.", source.document)
        if bad[file]:
            yield Fault(Part.STORE, _of_vectors(held, file, bad[file]), source.document)
    ours = {source.digest[:16] for source in sources}
    if left := sum(count for file, count in held.counts.items() if file not in ours):
        yield Fault(Part.STORE, f"It has {left} passages of reports that the register does not have.")


def _of_vectors(held: Looked, file: str, count: int) -> str:
    first = next(id_ for id_ in held.bad if id_.startswith(file))
    return f"{count} of its vectors are no good: that of passage {first} {held.bad[first]}."


def _in_state(folder: Path, name: str, made: Made, sources: tuple[Source, ...]) -> Iterator[Fault]:
    state = snapshot.current(folder)
    if not state:
        yield Fault(Part.STATE, "It is missing, so that opening the index takes long.")
        return
    if state.name != name:
        yield Fault(Part.STATE, "It is not what the register holds: a sync is running, or was not finished.")
    if note := state.made.note(made):
        yield Fault(Part.STATE, note)
    for damaged in state.damaged():
        yield Fault(Part.STATE, f"Its file {damaged} is missing or not as it was written.")
    if left := sorted(path.name for path in state.path.parent.glob("*.part")):
        yield Fault(Part.STATE, f"A sync that was ended left {', '.join(left)} behind.")
    if (kept := snapshot.read(state.path)) is None or kept.vectors is None:
        yield Fault(Part.STATE, "It cannot be read.")
    elif state.name == name:
        yield from _in_contents(kept, state, sources)


def _in_contents(kept: snapshot.Contents, state: snapshot.State, sources: tuple[Source, ...]) -> Iterator[Fault]:
    counts = Counter(passage.document for passage in kept.passages)
    matrix = np.asarray(kept.vectors)
    bad = faults({passage.id: matrix[row] for row, passage in enumerate(kept.passages)})
    bad_of = Counter(id_.partition("-")[0] for id_ in bad)
    for source in sources:
        if counts[source.document] != source.passages:
            sentence = f"It has {counts[source.document]} passages instead of {source.passages}."
            yield Fault(Part.STATE, sentence, source.document)
        if bad_of[source.digest[:16]]:
            yield Fault(Part.STATE, f"{bad_of[source.digest[:16]]} of its vectors are no good.", source.document)
    if damage := damage_of(state.register):
        yield Fault(Part.STATE, f"Its copy of the register is damaged: {damage}.")
        return
    with closing(Register(state.register, reading=True)) as rows:
        if rows.sources() != sources:
            yield Fault(Part.STATE, "Its copy of the register has other reports than the register.")


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
