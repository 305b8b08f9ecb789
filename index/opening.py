"""One whole state of the index for a reader, whatever a sync does meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import snapshot
from index.chroma_server import ChromaServer
from index.embed import Embedder
from index.intact import is_torn
from index.lexical import LexicalIndex
from index.made import Made
from index.records import IndexProblem, Passage
from index.register import Register
from index.served import bring
from index.settings import REGISTER_FILE
from index.store import PassageStore
from index.sync import CHROMA, is_running, made_of
from index.vectors import EXACT_MOST, StateVectors, Vectors

NO_REPORTS = "The index holds no reports. Put reports into the corpus folder and run `python -m index sync`."
FIRST_RUNS = "The index is being built for the first time. Wait until the sync has finished, then ask again."
OTHER_VERSION = (
    "The index was built by another version or with another embedding model. "
    "Run `python -m index sync` to bring it up to date."
)
BEGUN = "A sync has begun while the index was being opened. Run the command again."
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opened:
    """A state, open for reading: its rows, its passages by document and place, and the searches over them."""

    rows: Register
    passages: tuple[Passage, ...]
    vectors: Vectors
    lexical: LexicalIndex | None
    made: Made


@contextmanager
def opened(
    folder: Path, embedder: Embedder, register: Path | str | None, server: ChromaServer | None = None
) -> Iterator[Opened]:
    """The state that is asked; without one, as in an index of earlier versions, what the vector store holds.

    Raises IndexProblem when there is none that this program and embedder can ask.
    """
    own = made_of(embedder)
    if server:
        bring(folder, server, register or folder / REGISTER_FILE, own)
    state = snapshot.current(folder)
    if state and (problem := state.made.why_not(own)):
        raise IndexProblem(problem)
    if state and (note := state.made.note(own)):
        log.warning(note)
    store = server or folder / CHROMA
    held = snapshot.read(state.path) if state else None
    if state and held and held.vectors is not None:
        with closing(Register(state.register, reading=True)) as rows:
            _not_empty(rows)
            yield Opened(rows, held.passages, _vectors(held, store, state.made), held.lexical, state.made)
    else:
        with closing(Register(register or folder / REGISTER_FILE, reading=True)) as rows:
            yield _from_store(folder, rows, store, own)


def _vectors(held: snapshot.Contents, store: Path | ChromaServer, made: Made) -> Vectors:
    matrix = np.asarray(held.vectors)
    large = PassageStore(store, made.recipe) if len(held.passages) > EXACT_MOST else None
    return StateVectors(held.passages, matrix, large)


def _from_store(folder: Path, rows: Register, store: Path | ChromaServer, own: Made) -> Opened:
    before = rows.recipes()
    if any(not used.startswith(own.recipe) for _, used in before.values()):
        raise IndexProblem(OTHER_VERSION)
    _not_empty(rows)
    if rows.is_unfinished():
        if is_running(folder):
            raise IndexProblem(FIRST_RUNS)
        if isinstance(store, Path) and is_torn(store, own.recipe):
            raise IndexProblem("The sync before was broken off. Run `python -m index sync` to finish it.")
    passages_in = PassageStore(store, own.recipe)
    kept = snapshot.read(folder / snapshot.STATES / snapshot.fingerprint(before))
    passages = kept.passages if kept else snapshot.held(passages_in, rows.sources())
    if rows.recipes() != before:
        raise IndexProblem(BEGUN)
    return Opened(rows, passages, passages_in, kept.lexical if kept else None, own)


def _not_empty(rows: Register) -> None:
    if not rows.sources():
        raise IndexProblem(NO_REPORTS)
