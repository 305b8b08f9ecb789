"""Syncs in processes of their own, to be killed: at a moment, or where they reach a certain step."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import numpy as np

from index import snapshot, sync
from index.register import Register
from index.store import PassageStore
from tests.fakes import FakeEmbedder

# Long enough that some moments fall into the embedding.
EMBED_SECONDS = 0.03


class SlowEmbedder(FakeEmbedder):
    """Takes a little time over each report."""

    def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
        time.sleep(EMBED_SECONDS)
        return super().embed(texts, batch)


def processes() -> ForkServerContext:
    """Processes that have imported everything and share nothing with this one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["index.search", "index.sync", "tests.syncing"])
    return context


def begun(context: ForkServerContext, corpus: Path, folder: Path, embedder: str, dies: str = "") -> ForkServerProcess:
    """A process that has just begun to sync; `dies` names the step at which it kills itself."""
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_sync, args=(corpus, folder, embedder, dies, there))
    process.start()
    there.close()
    here.recv()
    return process


def _sync(corpus: Path, folder: Path, embedder: str, dies: str, told: Connection) -> None:
    if dies:
        STEPS[dies]()
    told.send("begun")
    sync.sync((corpus,), folder, SlowEmbedder(name=embedder))


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _before(owner: object, name: str, nth: int = 1) -> Callable[[], None]:
    """Die when a function is called for the nth time."""
    return lambda: _wrap(owner, name, nth, after=False)


def _after(owner: object, name: str, nth: int = 1) -> Callable[[], None]:
    """Die when a function has done its work for the nth time."""
    return lambda: _wrap(owner, name, nth, after=True)


def _wrap(owner: object, name: str, nth: int, *, after: bool) -> None:
    real, calls = getattr(owner, name), []

    def wrapped(*args: object, **named: object) -> object:
        calls.append(name)
        if len(calls) == nth and not after:
            _die()
        result = real(*args, **named)
        if len(calls) == nth:
            _die()
        return result

    setattr(owner, name, wrapped)


STEPS: dict[str, Callable[[], None]] = {
    "vectors written, row not": _before(Register, "put"),
    "row written": _after(Register, "put"),
    "two rows written": _after(Register, "put", 2),
    "a vanished report removed": _after(Register, "remove"),
    "words written": _after(snapshot.LexicalIndex, "save"),
    "register being copied": _before(Register, "copy_to"),
    "state written under another name": _before(shutil, "rmtree"),
    "state written": _after(Path, "rename"),
    "switched": _after(Path, "replace"),
    "old passages dropped": _after(PassageStore, "keep"),
    "register to be closed": _before(Register, "finish"),
}
