"""The catalogue of a corpus folder: what is known of each file from outside the file.

`catalogue.toml` is optional. An entry says what the text cannot (licence, source, a date that the
page does not print) and wins over what the text seems to say. A folder below may have one of its own,
which counts before those above it.
"""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.report import ReportError, ReportKind

CATALOGUE = "catalogue.toml"


class Entry(BaseModel):
    """One file's catalogue entry; everything but the file name may be missing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    title: str | None = None
    publisher: str | None = None
    kind: ReportKind | None = None
    authority: str | None = None
    published: date | None = None
    year: int | None = None
    licence: str | None = None
    source: str | None = None
    sha256: str | None = None
    note: str | None = None

    @property
    def digest(self) -> str:
        """A short digest of all that the entry says, so that a change in it is noticed."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


class _Catalogue(BaseModel):
    model_config = ConfigDict(extra="forbid")

    report: tuple[Entry, ...] = ()


def load_catalogue(folder: Path) -> dict[str, Entry]:
    """The entries of a folder's own catalogue by file name, empty when it has none.

    Raises ReportError when the catalogue cannot be read, is not valid TOML or has a key or value that is not
    understood.
    """
    path = folder / CATALOGUE
    try:
        return entries_in(path.read_bytes(), str(path))
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return {}
    except OSError as error:
        raise ReportError(f"{path} cannot be read: {error.strerror or error}.") from error


def entries_in(data: bytes, name: str) -> dict[str, Entry]:
    """The entries that a catalogue called `name` holds, by file name; raises ReportError as load_catalogue does."""
    try:
        entries = _Catalogue.model_validate(tomllib.loads(data.decode("utf-8"))).report
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReportError(f"{name} is not valid TOML: {error}. Correct it or remove it.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReportError(f"{name}, {where}: {first['msg']}. Correct the entry or remove it.") from error
    return {entry.file: entry for entry in entries}


def load_catalogues(folder: Path) -> dict[str, Entry]:
    """The entries of a folder and of those below it by path below the folder; of two, the one nearest to its file.

    Raises ReportError as load_catalogue does.
    """
    entries: dict[str, Entry] = {}
    places = (path.parent.relative_to(folder) for path in folder.rglob(CATALOGUE))
    for place in sorted(places, key=lambda place: (len(place.parts), place)):
        if not any(part.startswith(".") for part in place.parts):
            entries |= _placed(load_catalogue(folder / place), place)
    return entries


def entry_of(file: Path, folder: Path) -> Entry | None:
    """What the catalogues from a file's own folder up to `folder` say of it; of several entries, the nearest."""
    for above in file.parents:
        if entry := load_catalogue(above).get(file.relative_to(above).as_posix()):
            return entry
        if above == folder:
            break
    return None


def _placed(entries: dict[str, Entry], place: Path) -> dict[str, Entry]:
    paths = {name: (place / name).as_posix() for name in entries}
    return {paths[name]: entry.model_copy(update={"file": paths[name]}) for name, entry in entries.items()}
