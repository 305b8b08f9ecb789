"""Bring the index in step with the corpus: unchanged reports cost nothing, changed ones are replaced, gone ones go."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.folder import Known, SetAside, Unchanged, read_folder
from corpus.report import Report
from index import snapshot
from index.chunk import CHUNKER, passages_of, text_to_embed
from index.embed import Embedder
from index.records import IndexProblem, SyncCounts
from index.register import Register
from index.settings import REGISTER_FILE
from index.store import PassageStore
from index.tables import SCHEMA

# Raised whenever the same file would be read differently, so that a sync reads it again.
READER = "reader-12"
LOCK_SECONDS = 2.0


@dataclass(frozen=True)
class SyncProgress:
    """One report dealt with: its document and what was done ("indexed", "unchanged", "set aside", "removed")."""

    document: str
    done: str


def recipe_of(embedder: Embedder) -> str:
    """A short name for how rows and passages are made: reader, tables, chunker and embedder."""
    return hashlib.sha256(f"{READER}|{SCHEMA}|{CHUNKER}|{embedder.name}".encode()).hexdigest()[:12]


def sync(  # noqa: PLR0913  (each is a choice of its own)
    folders: tuple[Path, ...],
    index_folder: Path,
    embedder: Embedder,
    *,
    batch: int = 32,
    processes: int = 1,
    register: Path | str | None = None,
    heard: Callable[[SyncProgress], None] = lambda _: None,
) -> SyncCounts:
    """Make the index hold exactly the reports of `folders`; `register` is its register's file or address if elsewhere.

    Each report is replaced as a whole: its new passages are written beside the old ones, then the
    register's row points to them. A sync that is killed leaves the old or the new, and the next goes on.
    Raises IndexProblem when another sync is running or the disk is full, ReportError when a folder is
    missing.
    """
    with _alone(index_folder):
        recipe = recipe_of(embedder)
        store = PassageStore(index_folder / "chroma", recipe)
        with closing(Register(register or index_folder / REGISTER_FILE)) as rows:
            # What an open page may still read from is kept until the sync after this one.
            if used := {used.split("-")[0] for _, used in rows.recipes().values()}:
                store.drop_others(used)
            counts = _Sync(store, rows, embedder, recipe, batch, heard).run(folders, processes)
            rows.finish()
            state = snapshot.fingerprint(rows.recipes())
            if not snapshot.exists(index_folder, state):
                snapshot.write(index_folder, state, snapshot.held(store, rows.sources()))
            return counts


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".sync.lock")
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

    def run(self, folders: tuple[Path, ...], processes: int) -> SyncCounts:
        # Without vectors, as after the folder was removed, nothing is known that need not be read again.
        held = self._store.count()
        known = {
            document: Known(digest, stamp.removeprefix(f"{self._recipe}-"))
            for document, (digest, stamp) in self._known.items()
            if stamp.startswith(f"{self._recipe}-") and held
        }
        for folder in folders:
            for found in read_folder(folder, known, processes):
                self._take(found)
        gone = sorted(self._known.keys() - self._seen)
        for document in gone:
            self._register.remove(document)
            self._store.remove(document)
            self._heard(SyncProgress(document, "removed"))
        return SyncCounts(
            **self._counts, removed=len(gone), passages=self._store.count(), set_aside=tuple(self._set_aside)
        )

    def _take(self, found: Report | Unchanged | SetAside) -> None:
        found = self._but_doubles(found)
        if isinstance(found, SetAside):
            self._set_aside.append((found.document, found.reason))
            self._heard(SyncProgress(found.document, "set aside"))
            return
        self._seen.add(found.document)
        self._digests[found.digest] = found.document
        if isinstance(found, Unchanged):
            self._counts["unchanged"] += 1
            self._heard(SyncProgress(found.document, "unchanged"))
            return
        self._replace(found)
        self._counts["changed" if found.document in self._known else "added"] += 1
        self._heard(SyncProgress(found.document, "indexed"))

    def _but_doubles(self, found: Report | Unchanged | SetAside) -> Report | Unchanged | SetAside:
        if isinstance(found, SetAside):
            return found
        if found.document in self._seen:
            return SetAside(found.document, "Another corpus folder has a file of the same name; rename one of them.")
        if twin := self._digests.get(found.digest):
            return SetAside(found.document, f"It is the same file, byte for byte, as {twin}.")
        return found

    def _replace(self, report: Report) -> None:
        passages = passages_of(report)
        vectors = self._embedder.embed([text_to_embed(passage) for passage in passages], self._batch)
        # The new passages lie beside the old until the register's row, in one transaction, points to them.
        self._store.put(passages, vectors)
        self._register.put(report, _stamp(self._recipe, report), len(passages))
        self._store.remove(report.document, keep=report.digest)


def _stamp(recipe: str, report: Report) -> str:
    """The recipe and what the catalogue says, since either makes a report another one to the index."""
    return f"{recipe}-{report.catalogued}"
