"""Bring the index in step with the corpus: unchanged reports cost nothing, changed ones are replaced, gone ones go."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from corpus.folder import Known, SetAside, Unchanged, read_folder
from corpus.report import Report
from index import snapshot
from index.chroma_server import ChromaServer
from index.chunk import CHUNKER, passages_of, text_to_embed
from index.cluster import Embedded, Found, Reader
from index.embed import Embedder, for_sync
from index.intact import is_torn
from index.made import Made
from index.records import IndexProblem, SyncCounts
from index.register import Register
from index.settings import REGISTER_FILE
from index.store import PassageStore
from index.tables import SCHEMA

# Raised whenever the same file would be read differently, so that a sync reads it again.
READER = "reader-13"
LOCK, LOCK_SECONDS = ".sync.lock", 2.0
CHROMA = "chroma"


@dataclass(frozen=True)
class SyncProgress:
    """One report dealt with: its document and what was done ("indexed", "unchanged", "set aside", "removed").

    At the end comes one with no document: then the new state is being written. `left` is how many files are still to
    be read, as far as is known; what is unchanged is not.
    """

    document: str
    done: str
    left: int = 0


def made_of(embedder: Embedder) -> Made:
    """What this program makes an index with, given the embedder."""
    return Made(embedder.name, CHUNKER, READER, SCHEMA)


def recipe_of(embedder: Embedder) -> str:
    """A short name for how rows and passages are made: reader, tables, chunker and embedder."""
    return made_of(embedder).recipe


def sync(  # noqa: PLR0913  (each is a choice of its own)
    folders: tuple[Path, ...],
    index_folder: Path,
    embedder: Embedder,
    *,
    batch: int = 32,
    processes: int = 1,
    register: Path | str | None = None,
    server: ChromaServer | None = None,
    read: Reader | None = None,
    heard: Callable[[SyncProgress], None] = lambda _: None,
) -> SyncCounts:
    """Make the index hold exactly the reports of `folders`.

    `register` is its register's file or address if elsewhere, `server` the one that holds the vectors, if any,
    `read` what reads a folder in place of `processes` of this machine.
    What readers ask is the state that the last whole sync has published, and this one publishes the next at its
    end. A sync that is killed leaves that state as it was, and the next goes on where it stopped. Raises
    IndexProblem when another sync is running or the disk is full, ReportError when a folder is missing.
    """
    made = made_of(embedder)
    with alone(index_folder), closing(Register(register or index_folder / REGISTER_FILE)) as rows:
        if rows.was_broken_off and not server:
            _drop_if_torn(index_folder / CHROMA, made.recipe)
        store, state = PassageStore(server or index_folder / CHROMA, made.recipe), snapshot.current(index_folder)
        used = {used.split("-")[0] for _, used in rows.recipes().values()}
        # The collection of the state that is asked, if it is another one, goes with the sync after this one.
        if used or state:
            store.drop_others(used | ({state.made.recipe} if state else set()))
        lacking = _restored(store, rows, made, state)
        run = _Sync(store, rows, for_sync(embedder), made.recipe, batch, heard)
        counts = run.run(
            folders, read or (lambda folder, known: read_folder(folder, known, processes, run.count)), lacking
        )
        heard(SyncProgress("", "writing what can be searched"))
        publish_from(index_folder, store, rows, made)
        store.keep({source.digest[:16]: source.passages for source in rows.sources()})
        rows.finish()
        return counts


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only one who writes to the index below `folder`; raises IndexProblem when another process does."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=LOCK_SECONDS)
    except Timeout as error:
        raise IndexProblem(
            "Another process is syncing this index. Wait until it has finished, then run the command again."
        ) from error
    try:
        yield
    finally:
        lock.release()


def is_running(folder: Path) -> bool:
    """Whether a process is writing to the index below `folder`."""
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def _drop_if_torn(folder: Path, recipe: str) -> None:
    """Remove a vector store that a killed process has left unreadable: what it held is restored or made again."""
    if is_torn(folder, recipe):
        shutil.rmtree(folder)


def _restored(store: PassageStore, rows: Register, made: Made, state: snapshot.State | None) -> set[str]:
    """Documents whose passages are not all in the store, once those that the state has were put back."""
    counts, recipes = store.counts(), rows.recipes()
    lacking = {
        source.document: source
        for source in rows.sources()
        if recipes[source.document][1].startswith(made.recipe) and counts[source.digest[:16]] < source.passages
    }
    kept = snapshot.read(state.path) if lacking and state and state.made == made else None
    if kept and kept.vectors is not None:
        spans: dict[str, list[int]] = {}
        for row, passage in enumerate(kept.passages):
            spans.setdefault(passage.id.partition("-")[0], []).append(row)
        for source in list(lacking.values()):
            found = spans.get(source.digest[:16], [])
            if len(found) == source.passages:
                store.put([kept.passages[row] for row in found], kept.vectors[found])
                del lacking[source.document]
    return set(lacking)


def publish_from(folder: Path, store: PassageStore, rows: Register, made: Made) -> None:
    """Have the readers of `folder` ask what the register now holds, with the passages and vectors of the store."""
    sources, name, state = rows.sources(), snapshot.fingerprint(rows.recipes()), snapshot.current(folder)
    if state and state.name == name and state.made == made and state.is_whole():
        return
    passages = snapshot.held(store, sources)
    if len(passages) != sum(source.passages for source in sources):
        raise IndexProblem("The vector store has lost passages. Run `python -m index repair`.")
    vectors = store.all_vectors()
    rows_of = [vectors[passage.id] for passage in passages]
    snapshot.publish(folder, name, made, passages, np.stack(rows_of) if rows_of else np.zeros((0, 0)), rows)


class _Sync:
    """One run of `sync` and what it has counted."""

    def __init__(
        self,
        store: PassageStore,
        register: Register,
        embedder: Embedder,
        recipe: str,
        batch: int,
        heard: Callable[[SyncProgress], None],
    ) -> None:
        self._store, self._register, self._embedder = store, register, embedder
        self._recipe, self._batch, self._heard = recipe, batch, heard
        self._known = register.recipes()
        self._counts = {"added": 0, "changed": 0, "unchanged": 0}
        self._set_aside: list[tuple[str, str]] = []
        self._seen: set[str] = set()
        self._digests: dict[str, str] = {}
        self._left = 0

    def run(self, folders: tuple[Path, ...], read: Reader, lacking: set[str]) -> SyncCounts:
        """Deal with every report; those `lacking` passages are read again, changed or not."""
        known = {
            document: Known(digest, stamp.removeprefix(f"{self._recipe}-"))
            for document, (digest, stamp) in self._known.items()
            if stamp.startswith(f"{self._recipe}-") and document not in lacking
        }
        for folder in folders:
            for found in read(folder, known):
                self._take(found)
        gone = sorted(self._known.keys() - self._seen)
        for document in gone:
            self._register.remove(document)
            self._tell(document, "removed")
        # It takes half a gigabyte, and so does what comes after.
        del self._embedder
        passages = sum(source.passages for source in self._register.sources())
        return SyncCounts(**self._counts, removed=len(gone), passages=passages, set_aside=tuple(self._set_aside))

    def _take(self, each: Found) -> None:
        vectors = each.vectors if isinstance(each, Embedded) else None
        found = self._but_doubles(each.report if isinstance(each, Embedded) else each)
        if isinstance(found, SetAside):
            self._set_aside.append((found.document, found.reason))
            self._tell(found.document, "set aside")
            return
        self._seen.add(found.document)
        self._digests[found.digest] = found.document
        if isinstance(found, Unchanged):
            self._counts["unchanged"] += 1
            self._tell(found.document, "unchanged")
            return
        self._replace(found, vectors)
        self._counts["changed" if found.document in self._known else "added"] += 1
        self._tell(found.document, "indexed")

    def count(self, files: int) -> None:
        """Hear of so many more files that are to be read."""
        self._left += files

    def _tell(self, document: str, done: str) -> None:
        if done in ("indexed", "set aside"):
            self._left = max(0, self._left - 1)
        self._heard(SyncProgress(document, done, self._left))

    def _but_doubles(self, found: Report | Unchanged | SetAside) -> Report | Unchanged | SetAside:
        if isinstance(found, SetAside):
            return found
        if found.document in self._seen:
            return SetAside(found.document, "Another corpus folder has a file of the same name; rename one of them.")
        if twin := self._digests.get(found.digest):
            return SetAside(found.document, f"It is the same file, byte for byte, as {twin}.")
        return found

    def _replace(self, report: Report, vectors: np.ndarray | None) -> None:
        passages = passages_of(report)
        if vectors is None:
            vectors = self._embedder.embed([text_to_embed(passage) for passage in passages], self._batch)
        # In this order: a row in the register says that its passages are in the store.
        self._store.put(passages, vectors)
        self._register.put(report, _stamp(self._recipe, report), len(passages))


def _stamp(recipe: str, report: Report) -> str:
    """The recipe and what the catalogue says, since either makes a report another one to the index."""
    return f"{recipe}-{report.catalogued}"
