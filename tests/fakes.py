"""Stand-ins for the outside: an embedder without weights, a writer with a script, and a network that refuses."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from index.lexical import tokens

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

    from rag.models import ModelProblem

DIMENSIONS = 64


class NetworkRefusedError(RuntimeError):
    """A test reached for the network; it is no OSError, so that nothing mistakes it for a bad connection."""


@dataclass
class FakeEmbedder:
    """A hashed bag of stemmed words: texts that share words are near. `fails_at` is the call that raises, from 1."""

    name: str = "fake-64"
    fails_at: int | None = None
    problem: Exception = field(default_factory=lambda: RuntimeError("the embedder died"))
    calls: list[list[str]] = field(default_factory=list)

    def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:  # noqa: ARG002  (the protocol's)
        """Vectors of length one, float32, shape (texts, 64)."""
        self.calls.append(list(texts))
        if len(self.calls) == self.fails_at:
            raise self.problem
        return np.stack([_vector(text) for text in texts]) if texts else np.zeros((0, DIMENSIONS), np.float32)


def _vector(text: str) -> np.ndarray:
    bag = np.zeros(DIMENSIONS, np.float32)
    for stem in tokens(text) or [""]:
        bag[zlib.crc32(stem.encode()) % DIMENSIONS] += 1
    return np.asarray(bag / np.linalg.norm(bag), np.float32)


@dataclass
class ScriptedWriter:
    """A writer that gives its replies in turn, each in pieces of `piece` characters.

    A reply is a text, a problem to raise before any text, or a text and the problem that cuts it off. What
    it was asked is in `asked`, one list of messages a call.
    """

    replies: list[str | ModelProblem | tuple[str, ModelProblem]]
    name: str = "scripted"
    piece: int = 3
    asked: list[list[BaseMessage]] = field(default_factory=list)
    only_copies: bool = False

    def stream(self, messages: list[BaseMessage]) -> Iterator[str]:
        """The next reply; AssertionError when the script is at its end."""
        self.asked.append(list(messages))
        if len(self.asked) > len(self.replies):
            raise AssertionError(f"The script has {len(self.replies)} replies and was asked once more.")
        reply = self.replies[len(self.asked) - 1]
        text, problem = (reply, None) if isinstance(reply, str) else reply if isinstance(reply, tuple) else ("", reply)
        for start in range(0, len(text), self.piece):
            yield text[start : start + self.piece]
        if problem:
            raise problem
