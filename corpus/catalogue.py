"""The catalogue of a corpus folder: what is known of each file from outside the file.

`catalogue.toml` is optional. An entry says what the text cannot (licence, source, a date that the
page does not print) and wins over what the text seems to say.
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
    """The entries of a folder by file name, empty when it has no catalogue.

    Raises ReportError when the catalogue is not valid TOML or has a key or value that is not understood.
    """
    path = folder / CATALOGUE
    if not path.is_file():
        return {}
    try:
        entries = _Catalogue.model_validate(tomllib.loads(path.read_text("utf-8"))).report
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReportError(f"{path.name} is not valid TOML: {error}. Correct it or remove it.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReportError(f"{path.name}, {where}: {first['msg']}. Correct the entry or remove it.") from error
    return {entry.file: entry for entry in entries}
