"""Bringing reports into a corpus folder: read first, then copied whole under a name that is free."""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile, TemporaryDirectory

from filelock import FileLock, Timeout

from corpus.catalogue import CATALOGUE, Entry, entries_in, load_catalogues
from corpus.download import Downloading
from corpus.folder import report_files
from corpus.read import LARGEST_FILE_BYTES, read_report
from corpus.report import Report, ReportError
from corpus.screen import shown

LOCK = ".add.lock"
LOCK_SECONDS = 10.0
PREFIX = ".adding-"
WEB = ("http://", "https://")
# What makes an entry worth writing down.
SAID = frozenset(Entry.model_fields) - {"file", "sha256"}


@dataclass(frozen=True)
class Added:
    """A report that was brought in, as it was understood under its new name."""

    source: str
    report: Report


@dataclass(frozen=True)
class Refused:
    """What was not brought in, and why, in a sentence."""

    source: str
    reason: str


@dataclass(frozen=True)
class _Offer:
    """A file on offer: what a person calls it, the name it would like, its bytes, and what is known of it."""

    source: str
    name: str
    data: Callable[[], bytes]
    entry: Entry


def add(sources: tuple[str, ...], folder: Path, said: Entry, downloading: Downloading) -> Iterator[Added | Refused]:
    """Bring files, folders of files and web addresses into a corpus folder, one at a time.

    `said` is what the user says of each, which goes into the catalogue. No file is replaced. Raises
    ReportError when the folder's catalogue is broken or another process is adding.
    """
    folder.mkdir(parents=True, exist_ok=True)
    load_catalogues(folder)
    try:
        with FileLock(folder / LOCK, timeout=LOCK_SECONDS):
            corpus = _Corpus(folder)
            for source in sources:
                for offer in _offers(source, folder, said, downloading):
                    yield offer if isinstance(offer, Refused) else corpus.take(offer)
    except Timeout as error:
        raise ReportError("Another process is adding to this folder. Wait until it has finished.") from error


def _offers(source: str, folder: Path, said: Entry, downloading: Downloading) -> Iterator[_Offer | Refused]:
    try:
        if source.lower().startswith(WEB):
            yield _from_web(source, said, downloading)
        elif "://" in source:
            yield Refused(source, "Only addresses that begin with http:// or https:// are fetched.")
        elif (path := Path(source).expanduser()).is_dir():
            yield from _from_folder(path, folder, said)
        elif path.is_file():
            yield _from_file(path, path.name, said)
        else:
            yield Refused(source, "There is no such file or folder. Check its name.")
    except ReportError as error:
        yield Refused(source, str(error))


def _from_web(source: str, said: Entry, downloading: Downloading) -> _Offer:
    found = downloading.get(source)
    day = datetime.now(UTC).date().isoformat()
    # What comes after "?" may be a key that opens the file to its bearer.
    kept = source.partition("#")[0].partition("?")[0]
    return _Offer(source, found.name, lambda: found.data, said.model_copy(update={"source": f"{kept}, fetched {day}"}))


def _from_folder(path: Path, folder: Path, said: Entry) -> Iterator[_Offer | Refused]:
    if folder.resolve() in (path.resolve(), *path.resolve().parents):
        yield Refused(str(path), "It is in the corpus folder already.")
        return
    catalogue = load_catalogues(path)
    for file in report_files(path):
        name = file.relative_to(path).as_posix()
        known = catalogue.get(name, Entry(file=name)).model_dump()
        yield _from_file(file, name, Entry.model_validate(known | said.model_dump(exclude_none=True)))


def _from_file(path: Path, name: str, entry: Entry) -> _Offer:
    return _Offer(str(path), name, lambda: _bytes_of(path), entry)


def _bytes_of(path: Path) -> bytes:
    # Before it is opened: a large file would fill the memory.
    if path.stat().st_size > LARGEST_FILE_BYTES:
        raise ReportError(f"The file has {path.stat().st_size:,} bytes; the limit is {LARGEST_FILE_BYTES:,}.")
    return path.read_bytes()


class _Corpus:
    """A corpus folder that is being added to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_size: dict[int, list[Path]] = defaultdict(list)
        for path in report_files(folder):
            self._by_size[path.stat().st_size].append(path)

    def take(self, offer: _Offer) -> Added | Refused:
        try:
            data = offer.data()
            if twin := self._twin(data):
                return Refused(offer.source, f"It is the same file, byte for byte, as {twin}.")
            return Added(offer.source, self._put(offer, data))
        except ReportError as error:
            return Refused(offer.source, str(error))
        except OSError as error:
            return Refused(offer.source, f"It cannot be copied: {error.strerror or error}.")

    def _twin(self, data: bytes) -> str | None:
        same = (path for path in self._by_size[len(data)] if path.read_bytes() == data)
        return next((path.relative_to(self._folder).as_posix() for path in same), None)

    def _put(self, offer: _Offer, data: bytes) -> Report:
        target = self._free(offer.name)
        document = target.relative_to(self._folder).as_posix()
        known = {"file": document, "sha256": hashlib.sha256(data).hexdigest()}
        entry = Entry.model_validate(offer.entry.model_dump() | known)
        draft = self._draft(data, target.suffix)
        try:
            report = read_report(draft, document, entry)
            target.parent.mkdir(parents=True, exist_ok=True)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        try:
            # Last: an entry without its file would describe whatever takes the name next.
            if any(getattr(entry, name) is not None for name in SAID):
                append_entry(self._folder, entry)
        except (ReportError, OSError):
            target.unlink()
            raise
        self._by_size[len(data)].append(target)
        return report

    def _draft(self, data: bytes, suffix: str) -> Path:
        """The bytes on disk, whole, in a hidden file of the corpus folder, which no sync reads."""
        with NamedTemporaryFile(prefix=PREFIX, suffix=suffix, dir=self._folder, delete=False) as draft:
            path = Path(draft.name)
            try:
                draft.write(data)
                draft.flush()
                os.fsync(draft.fileno())
            except OSError:
                path.unlink()
                raise
        path.chmod(0o644)
        return path

    def _free(self, name: str) -> Path:
        """Where a file may go: under its own name, or with a number after it where that is taken."""
        wanted = PurePosixPath(shown(name.encode("utf-8", "replace").decode("utf-8"), instead="-"))
        if wanted.name == CATALOGUE:
            raise ReportError("It is a catalogue, not a report.")
        # A hidden file would not be read.
        own = PurePosixPath(wanted.name.lstrip(".") or "report")
        taken, number = load_catalogues(self._folder), 1
        target = wanted.with_name(own.name)
        while (self._folder / target).exists() or target.as_posix() in taken:
            number += 1
            target = wanted.with_name(f"{own.stem}-{number}{own.suffix}")
        return self._folder / target


def append_entry(folder: Path, entry: Entry) -> None:
    """Add an entry to the end of a folder's catalogue, leaving all else in it as it is.

    Raises ReportError, and changes nothing, when the catalogue would not be understood with it.
    """
    path = folder / CATALOGUE
    before = path.read_text("utf-8") if path.is_file() else ""
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    fields = [f"{name} = {_toml(value)}\n" for name, value in entry.model_dump().items() if value is not None]
    after = f"{before}{gap}[[report]]\n{''.join(fields)}"
    entries_in(after.encode("utf-8"), CATALOGUE)
    with TemporaryDirectory(prefix=PREFIX, dir=folder) as drafts:
        draft = Path(drafts) / CATALOGUE
        draft.write_text(after, "utf-8")
        if before:
            draft.chmod(path.stat().st_mode)
        draft.replace(path)


def _toml(value: object) -> str:
    if isinstance(value, str):
        # A JSON string is a TOML string, but for the one character that TOML wants written out.
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
