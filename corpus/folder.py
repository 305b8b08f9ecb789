"""A folder of files becomes reports: only what is new is read, over several processes when there is much of it."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.catalogue import CATALOGUE, Entry, load_catalogues
from corpus.pool import ReaderStopped, in_processes
from corpus.read import LARGEST_FILE_BYTES, read_report
from corpus.report import Report, ReportError

# A process of its own takes seconds to start, in which one alone reads so many files.
WORTH_A_PROCESS = 24
CHUNK_BYTES = 1_048_576


@dataclass(frozen=True)
class SetAside:
    """A file that was not taken as a report, and why, in a sentence."""

    document: str
    reason: str


@dataclass(frozen=True)
class Unchanged:
    """A report whose bytes and catalogue entry are those of the last time, so that it was not read again."""

    document: str
    digest: str


@dataclass(frozen=True)
class Known:
    """What a report was last time: the digest of its bytes and of what the catalogue said of it."""

    digest: str
    catalogued: str


@dataclass(frozen=True)
class _Task:
    """A file to be read, and what is known of it before."""

    path: Path
    document: str
    entry: Entry
    digest: str = ""
    found: Unchanged | SetAside | None = field(default=None)


def report_files(folder: Path) -> list[Path]:
    """Every file below a folder that may be a report, in a stable order; hidden files and the catalogue are not.

    Raises ReportError when the folder cannot be read; OSError never.
    """
    return _listed(folder)[0]


def _listed(folder: Path) -> tuple[list[Path], list[SetAside]]:
    """The files below a folder, and what below it cannot be looked into."""
    files: list[Path] = []
    closed: list[SetAside] = []

    def not_read(error: OSError) -> None:
        reason = f"The folder cannot be read: {error.strerror or error}."
        if Path(error.filename) == folder:
            raise ReportError(f"{folder}: {reason}") from error
        closed.append(SetAside(_document(Path(error.filename), folder), reason))

    for above, below, names in os.walk(folder, onerror=not_read):
        closed.extend(
            SetAside(_document(Path(above, name), folder), "It is a link to a folder, which is not followed.")
            for name in below
            if not name.startswith(".") and Path(above, name).is_symlink()
        )
        below[:] = [name for name in below if not name.startswith(".")]
        for path in (Path(above, name) for name in names if not name.startswith(".") and name != CATALOGUE):
            try:
                if stat.S_ISREG(path.stat().st_mode):
                    files.append(path)
            except FileNotFoundError:
                closed.append(SetAside(_document(path, folder), "It is a link to a file that is not there."))
            except OSError as error:
                closed.append(_unreadable(_document(path, folder), error))
    return sorted(files), sorted(closed, key=lambda each: each.document)


def _document(path: Path, folder: Path) -> str:
    """The name to know a file by: one that is no Unicode text is shown, and kept, with its odd bytes replaced."""
    return path.relative_to(folder).as_posix().encode("utf-8", "replace").decode("utf-8")


def read_folder(
    folder: Path,
    known: Mapping[str, Known] | None = None,
    processes: int = 1,
    counted: Callable[[int], None] = lambda _: None,
) -> Iterator[Report | Unchanged | SetAside]:
    """Read every report below a folder in the order of their names; what cannot be read comes as SetAside.

    A document that `known` has with the same digests comes as Unchanged, unread; `counted` is told at once how many
    files are to be read. Only a few reports are in memory at a time. Raises ReportError when the folder is missing
    or cannot be read, or a catalogue is broken.
    """
    if not folder.is_dir():
        raise ReportError(f"There is no folder {folder}. Create it and put reports in it, or name another.")
    catalogue = load_catalogues(folder)
    files, closed = _listed(folder)
    tasks = [_task(path, folder, catalogue, known or {}) for path in files]
    counted(sum(task.found is None for task in tasks))
    first_with: dict[str, str] = {}
    for task, result in zip(tasks, _results(tasks, processes), strict=True):
        if isinstance(result, SetAside):
            yield result
        elif twin := first_with.get(task.digest):
            yield SetAside(task.document, f"It is the same file, byte for byte, as {twin}.")
        else:
            first_with[task.digest] = task.document
            yield result
    yield from closed


def _task(path: Path, folder: Path, catalogue: Mapping[str, Entry], known: Mapping[str, Known]) -> _Task:
    document = _document(path, folder)
    entry = catalogue.get(document) or Entry(file=document)
    try:
        digest = _digest(path)
    except OSError as error:
        return _Task(path, document, entry, found=_unreadable(document, error))
    same = known.get(document) == Known(digest, entry.digest)
    return _Task(path, document, entry, digest, Unchanged(document, digest) if same else None)


def _digest(path: Path) -> str:
    """SHA-256 of a file; of one that is too large to be read anyway, nothing."""
    if path.stat().st_size > LARGEST_FILE_BYTES:
        return ""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK_BYTES):
            digest.update(part)
    return digest.hexdigest()


def _results(tasks: list[_Task], processes: int) -> Iterator[Report | Unchanged | SetAside]:
    new = [task for task in tasks if task.found is None]
    if processes > 1 and len(new) >= WORTH_A_PROCESS:
        read = in_processes(_read, new, processes)
    else:
        read = (_read(task) for task in new)
    for task in tasks:
        result = task.found or next(read)
        if isinstance(result, ReaderStopped):
            result = SetAside(task.document, f"It cannot be read: {result.reason}.")
        yield result


def _read(task: _Task) -> Report | SetAside:
    try:
        return read_report(task.path, task.document, task.entry)
    except ReportError as error:
        return SetAside(task.document, str(error))
    except OSError as error:
        return _unreadable(task.document, error)


def _unreadable(document: str, error: OSError) -> SetAside:
    return SetAside(document, f"It cannot be read: {error.strerror or error}.")
