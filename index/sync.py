"""Bring the index in step with the corpus: unchanged reports cost nothing, changed ones are replaced, gone ones go."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.read import SetAside, read_folder
from corpus.report import Report
from index.chunk import CHUNKER, passages_of, text_to_embed
from index.embed import Embedder
from index.records import IndexProblem, SyncCounts
from index.register import Register
from index.store import PassageStore

# Raised whenever the same file would be read differently, so that a sync reads it again.
READER = "reader-9"
LOCK_SECONDS = 2.0


@dataclass(frozen=True)
class SyncProgress:
    """One report dealt with: its document and what was done ("indexed", "unchanged", "set aside", "removed")."""

    document: str
    done: str


def recipe_of(embedder: Embedder) -> str:
    """A short name for how passages are made: reader, chunker and embedder. Other recipe, other vectors."""
    return hashlib.sha256(f"{READER}|{CHUNKER}|{embedder.name}".encode()).hexdigest()[:12]


def sync(
    folders: tuple[Path, ...],
    index_folder: Path,
    embedder: Embedder,
    *,
    batch: int = 32,
    heard: Callable[[SyncProgress], None] = lambda _: None,
) -> SyncCounts:
    """Make the index hold exactly the reports of `folders`.

    Each report is replaced as a whole: its new passages are written beside the old ones, then the
    register's row points to them. A sync that is killed leaves the old or the new, and the next goes on.
    Raises IndexProblem when another sync is running or the disk is full, ReportError when a folder is
    missing.
    """
    with _alone(index_folder):
        recipe = recipe_of(embedder)
        store = PassageStore(index_folder / "chroma", recipe)
        register = Register(index_folder / "register.sqlite")
        # What an open page may still read from is kept until the sync after this one.
        store.drop_others({used.split("-")[0] for _, used in register.recipes().values()})
        return _Sync(store, register, embedder, recipe, batch, heard).run(folders)


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

    def run(self, folders: tuple[Path, ...]) -> SyncCounts:
        for folder in folders:
            for found in read_folder(folder):
                self._take(found)
        gone = sorted(self._known.keys() - self._seen)
        for document in gone:
            self._register.remove(document)
            self._store.remove(document)
            self._heard(SyncProgress(document, "removed"))
        return SyncCounts(
            **self._counts, removed=len(gone), passages=self._store.count(), set_aside=tuple(self._set_aside)
        )

    def _take(self, found: Report | SetAside) -> None:
        if isinstance(found, Report) and found.document in self._seen:
            found = SetAside(found.document, "Another corpus folder has a file of the same name; rename one of them.")
        if isinstance(found, Report) and (twin := self._digests.get(found.digest)):
            found = SetAside(found.document, f"It is the same file, byte for byte, as {twin}.")
        if isinstance(found, SetAside):
            self._set_aside.append((found.document, found.reason))
            self._heard(SyncProgress(found.document, "set aside"))
            return
        self._seen.add(found.document)
        self._digests[found.digest] = found.document
        before = self._known.get(found.document)
        stamp = _stamp(self._recipe, found)
        if before == (found.digest, stamp):
            self._counts["unchanged"] += 1
            self._heard(SyncProgress(found.document, "unchanged"))
            return
        self._replace(found)
        self._counts["changed" if before else "added"] += 1
        self._heard(SyncProgress(found.document, "indexed"))

    def _replace(self, report: Report) -> None:
        passages = passages_of(report)
        vectors = self._embedder.embed([text_to_embed(passage) for passage in passages], self._batch)
        # The new passages lie beside the old until the register's row, in one transaction, points to them.
        self._store.put(passages, vectors)
        self._register.put(report, _stamp(self._recipe, report), len(passages))
        self._store.remove(report.document, keep=report.digest)


def _stamp(recipe: str, report: Report) -> str:
    """The recipe and what the catalogue says, since either makes a report another one to the index."""
    return f"{recipe}-{report.catalogued[:12]}"
