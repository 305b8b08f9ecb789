"""States of an index: all that a reader needs of it, in one folder that appears whole and is never changed.

A state is named by what its register holds. The file CURRENT names the one that is asked; a sync writes the
next beside it, switches CURRENT in one step, and keeps the state before for those who are reading it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus.report import BlockKind
from index.lexical import LexicalIndex
from index.made import Made
from index.records import Passage, Source
from index.register import Register
from index.settings import REGISTER_FILE
from index.store import PassageStore

STATES, CURRENT = "snapshots", "CURRENT"
PASSAGES, LEXICAL, VECTORS, ABOUT = "passages.jsonl", "lexical", "vectors.npy", "about.json"
NAME = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class State:
    """A state that was written whole: its folder, what made it, and the SHA-256 and size of each of its files."""

    path: Path
    made: Made
    files: Mapping[str, tuple[str, int]]

    @property
    def name(self) -> str:
        """The name of what its register holds."""
        return self.path.name

    @property
    def register(self) -> Path:
        """Its own copy of the register."""
        return self.path / REGISTER_FILE

    def is_whole(self) -> bool:
        """Whether every file is there in its size; `damaged` reads them."""
        return all(_size(self.path / name) == size for name, (_, size) in self.files.items())

    def damaged(self) -> tuple[str, ...]:
        """The names of its files that are missing or not as they were written."""
        return tuple(name for name, (digest, _) in self.files.items() if _digest(self.path / name) != digest)


@dataclass(frozen=True)
class Contents:
    """The passages of a state by document and place, their vectors a row each (None in old ones), and their words."""

    passages: tuple[Passage, ...]
    vectors: np.ndarray | None
    lexical: LexicalIndex


def fingerprint(recipes: Mapping[str, tuple[str, str]]) -> str:
    """A short name for a state of the register: which documents it has, of what digest and recipe."""
    return hashlib.sha256(json.dumps(sorted(recipes.items())).encode()).hexdigest()[:16]


def searched_text(passage: Passage) -> str:
    """The words by which a passage is found."""
    return " ".join((*passage.headings, passage.lead, passage.text))


def held(store: PassageStore, sources: Iterable[Source]) -> tuple[Passage, ...]:
    """The passages of these reports, by document and place; those of a report that is being replaced left out.

    The store knows a passage by its file: which document that is, the register says.
    """
    of_file: dict[str, list[Passage]] = {}
    for passage in store.all():
        of_file.setdefault(passage.id.partition("-")[0], []).append(passage)
    return tuple(
        dataclasses.replace(passage, document=source.document)
        for source in sorted(sources, key=lambda source: source.document)
        for passage in of_file.get(source.digest[:16], ())
        if passage.order < source.passages
    )


def newest(folder: Path) -> str:
    """The name of the state that is asked, empty when there is none; it changes when a sync has changed something."""
    try:
        name = (folder / CURRENT).read_text("utf-8").strip()
    except (OSError, ValueError):
        return ""
    return name if NAME.fullmatch(name) else ""


def current(folder: Path) -> State | None:
    """The state that is asked; None when there is none yet, or it does not say what it is."""
    name = newest(folder)
    return _state(folder / STATES / name) if name else None


def publish(
    folder: Path, name: str, made: Made, passages: Sequence[Passage], vectors: np.ndarray, register: Register
) -> None:
    """Write a state below `folder` and switch to it in one step; the one before is kept, older ones go.

    `vectors` has one row a passage, float32. Raises OSError or IndexProblem when it cannot be written, and leaves
    the state before as it was.
    """
    before, target = newest(folder), folder / STATES / name
    clear(folder, {name, before})
    held = _state(target)
    if not (held and held.made == made and held.is_whole()):
        part = target.with_suffix(f".{os.getpid()}.part")
        try:
            _write(part, made, passages, vectors, register)
            shutil.rmtree(target, ignore_errors=True)
            part.rename(target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    pointer = folder / f"{CURRENT}.part"
    pointer.write_text(f"{name}\n", "utf-8")
    _flush(pointer)
    pointer.replace(folder / CURRENT)


def clear(folder: Path, kept: set[str]) -> None:
    """Remove the states but those named, and what a killed sync left half written."""
    place = folder / STATES
    place.mkdir(parents=True, exist_ok=True)
    for path in place.iterdir():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def read(path: Path) -> Contents | None:
    """What the state in this folder holds, its vectors read as they are needed; None when it is not whole."""
    try:
        with (path / PASSAGES).open(encoding="utf-8") as file:
            passages = tuple(_passage(json.loads(line)) for line in file)
        matrix = np.load(path / VECTORS, mmap_mode="r") if (path / VECTORS).exists() else None
        if matrix is not None and len(matrix) != len(passages):
            return None
        return Contents(passages, matrix, LexicalIndex.load(path / LEXICAL))
    except (OSError, ValueError, KeyError, TypeError, EOFError):
        return None


def _write(part: Path, made: Made, passages: Sequence[Passage], vectors: np.ndarray, register: Register) -> None:
    part.mkdir(parents=True)
    LexicalIndex([searched_text(passage) for passage in passages]).save(part / LEXICAL)
    with (part / PASSAGES).open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(dataclasses.astuple(passage), ensure_ascii=False)}\n" for passage in passages)
    np.save(part / VECTORS, np.asarray(vectors, dtype=np.float32))
    register.copy_to(part / REGISTER_FILE)
    written = sorted(path for path in part.rglob("*") if path.is_file())
    for path in written:
        _flush(path)
    files = {path.relative_to(part).as_posix(): (_digest(path), _size(path)) for path in written}
    about = {"made": dataclasses.asdict(made), "files": files}
    (part / ABOUT).write_text(json.dumps(about, indent=1), "utf-8")
    _flush(part / ABOUT)


def _state(path: Path) -> State | None:
    try:
        about = json.loads((path / ABOUT).read_text("utf-8"))
        files = {name: (str(digest), int(size)) for name, (digest, size) in about["files"].items()}
        # What another version has written beside, or not at all, is no reason not to say what it is.
        made = Made(**{each.name: str(about["made"].get(each.name, "unknown")) for each in dataclasses.fields(Made)})
        return State(path, made, files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _passage(values: list[Any]) -> Passage:
    # By place and not by name, since there are very many; `layout` in index/made.py tells another order of fields.
    values[3], values[4], values[-1] = BlockKind(values[3]), tuple(values[4]), tuple(values[-1])
    return Passage(*values)


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _flush(path: Path) -> None:
    """Have a file on the disk before anything points to it, in case the power goes."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
