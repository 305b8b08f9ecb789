"""What an index was made with, and in plain words how that differs from what this program would make."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass

from index.records import Passage

OTHER_EMBEDDER = (
    "The index was built with another embedding model. Run `python -m index sync` to build it with {own} (if a sync "
    "is running, wait until it has finished), or set CHAPTER_VERSE_EMBEDDER to the one it was built with, {held}."
)
OTHER_PROGRAM = (
    "The index was built by another version of this program ({differences}), and this one cannot read it. "
    "Run `python -m index sync` to build it again; if a sync is running, wait until it has finished."
)
STILL_GOOD = (
    "The index was built by another version of this program ({differences}). It can be asked as it is; "
    "run `python -m index sync` to bring it up to date."
)
# What questions cannot be put to an index without; with another reader or chunker it only says other things.
READABLE = ("schema", "layout")
LAYOUT = " ".join(field.name for field in dataclasses.fields(Passage))


@dataclass(frozen=True)
class Made:
    """What made an index: names of the embedder, the chunker and the reader of files, and the tables' version.

    `layout` are the fields of a passage as they are written down.
    """

    embedder: str
    chunker: str
    reader: str
    schema: str
    layout: str = LAYOUT

    @property
    def recipe(self) -> str:
        """A short name for all of it that decides what rows, passages and vectors hold."""
        return hashlib.sha256(f"{self.reader}|{self.schema}|{self.chunker}|{self.embedder}".encode()).hexdigest()[:12]

    def why_not(self, own: Made) -> str | None:
        """Why a program that makes `own` cannot ask this index, in a sentence; None when it can."""
        if any(getattr(self, name) != getattr(own, name) for name in READABLE):
            return OTHER_PROGRAM.format(differences=self.differences(own))
        if self.embedder != own.embedder:
            return OTHER_EMBEDDER.format(own=own.embedder, held=self.embedder)
        return None

    def note(self, own: Made) -> str | None:
        """What is to be said when a program that makes `own` asks this index; None when they are the same."""
        return None if self == own else self.why_not(own) or STILL_GOOD.format(differences=self.differences(own))

    def differences(self, own: Made) -> str:
        """What differs: "chunker structure-4, here structure-5; schema 1, here 2"."""
        both = ((name, getattr(self, name), getattr(own, name)) for name in (f.name for f in dataclasses.fields(Made)))
        return "; ".join(f"{name} {held}, here {here}" for name, held, here in both if held != here)
