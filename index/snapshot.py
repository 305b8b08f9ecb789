"""What searching needs of an index in one folder, so that it opens at once and never changes under a reader.

A snapshot belongs to one state of the register, by whose fingerprint it is named: a sync writes a new one
beside the old and readers of the old go on. Without one the same is made from the vector store, in minutes
rather than seconds where there are many reports.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.report import BlockKind
from index.lexical import LexicalIndex
from index.records import Passage, Source
from index.store import PassageStore

PASSAGES, LEXICAL = "passages.jsonl", "lexical"
# The newest, and the one before it, which an open page may be reading.
KEPT = 2


def fingerprint(recipes: Mapping[str, tuple[str, str]]) -> str:
    """A short name for a state of the register: which documents it has, of what digest and recipe."""
    return hashlib.sha256(json.dumps(sorted(recipes.items())).encode()).hexdigest()[:16]


def searched_text(passage: Passage) -> str:
    """The words by which a passage is found."""
    return " ".join((*passage.headings, passage.lead, passage.text))


def held(store: PassageStore, sources: tuple[Source, ...]) -> tuple[Passage, ...]:
    """The passages of these reports, by document and place; those of a report that is being replaced left out."""
    digests = {source.document: source.digest[:16] for source in sources}
    return tuple(passage for passage in store.all() if passage.id.split("-")[0] == digests.get(passage.document))


def write(folder: Path, state: str, passages: Sequence[Passage]) -> None:
    """Write the snapshot of a state below `folder`; it appears only when it is whole. Raises OSError."""
    target = _path(folder, state)
    part = target.with_suffix(f".{os.getpid()}.part")
    part.mkdir(parents=True, exist_ok=True)
    try:
        LexicalIndex([searched_text(passage) for passage in passages]).save(part / LEXICAL)
        with (part / PASSAGES).open("w", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(dataclasses.astuple(passage), ensure_ascii=False)}\n" for passage in passages)
        if not target.exists():
            part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    _drop_old(folder)


def read(folder: Path, state: str) -> tuple[tuple[Passage, ...], LexicalIndex] | None:
    """The passages and the lexical index of a state, None when there is no whole snapshot of it."""
    path = _path(folder, state)
    try:
        with (path / PASSAGES).open(encoding="utf-8") as file:
            passages = tuple(_passage(json.loads(line)) for line in file)
        return passages, LexicalIndex.load(path / LEXICAL)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def exists(folder: Path, state: str) -> bool:
    """Whether there is a snapshot of this state."""
    return _path(folder, state).is_dir()


def newest(folder: Path) -> str:
    """The name of the newest snapshot, empty when there is none; it changes when a sync has changed something."""
    found = _whole(folder)
    return found[0].name if found else ""


def _whole(folder: Path) -> list[Path]:
    """The snapshots of an index that are whole, newest first."""
    place = folder / "snapshots"
    found = [path for path in place.iterdir() if path.is_dir() and not path.suffix] if place.is_dir() else []
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def _passage(values: list[object]) -> Passage:
    kept = dict(zip((each.name for each in dataclasses.fields(Passage)), values, strict=True))
    kept["kind"] = BlockKind(str(kept["kind"]))
    for name in ("headings", "page_ends"):
        kept[name] = tuple(kept[name])  # type: ignore[arg-type]
    return Passage(**kept)  # type: ignore[arg-type]


def _path(folder: Path, state: str) -> Path:
    return folder / "snapshots" / state


def _drop_old(folder: Path) -> None:
    for path in _whole(folder)[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
