"""Reading and embedding over a cluster: its machines turn files into reports with vectors, this one alone writes.

The only module that knows Ray, which is an extra. Files are sent to the machines, and what comes back is what a
sync here would have made, in the same order.
"""

from __future__ import annotations

import hashlib
import logging
import os
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, TypeVar

import numpy as np

from corpus.catalogue import Entry, load_catalogues
from corpus.folder import Known, SetAside, Unchanged, read_folder, report_files
from corpus.pool import ReaderStopped
from corpus.read import LARGEST_FILE_BYTES, read_report
from corpus.report import Report, ReportError
from corpus.settings import PROJECT
from index.chunk import passages_of, text_to_embed
from index.embed import Embedder, for_sync, open_embedder
from index.records import IndexProblem
from index.settings import IndexSettings

Task = TypeVar("Task")
Result = TypeVar("Result")
LOCAL = "local"
# Files under way for each core, so that none waits for the next while the first of them is written.
AHEAD = 2
TRIES = 2
CONNECT_SECONDS = 5.0
LONGEST_SECONDS = 300.0

NO_RAY = (
    "CHAPTER_VERSE_CLUSTER is set, and Ray is not installed here. In the project folder, here and on every machine of "
    'the cluster, run `.venv/bin/python -m pip install ".[cluster]"`, or unset CHAPTER_VERSE_CLUSTER.'
)
NO_CLUSTER = (
    "The Ray cluster at {address} does not answer ({reason}). Start it with `ray start --head` there, correct "
    "CHAPTER_VERSE_CLUSTER (local, or host:port), or unset it to index on this machine."
)
NOT_SET_UP = (
    "A machine of the cluster could not do its part ({reason}). Set the project up there, at the same path and version "
    "as here, with `make setup`, and start Ray there from its .venv."
)
LOST = (
    "The cluster was lost ({reason}). Reports indexed so far are kept: check that it runs, or unset "
    "CHAPTER_VERSE_CLUSTER, and run `python -m index sync` again."
)


@dataclass(frozen=True)
class Job:
    """A file to be read elsewhere: the name to know it by, its bytes, its catalogue entry, and how to embed it."""

    document: str
    content: bytes
    entry: Entry
    settings: IndexSettings


@dataclass(frozen=True)
class Embedded:
    """A report that was read elsewhere, and the vectors of its passages, a row each in their order."""

    report: Report
    vectors: np.ndarray


Found = Report | Embedded | Unchanged | SetAside
# A folder, and what is known of its documents, becomes what is found of each.
Reader = Callable[[Path, Mapping[str, Known]], Iterator[Found]]


class Engine(Protocol):
    """Anything that does work on other machines."""

    def results(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result | ReaderStopped]:
        """The result of each task, in their order; ReaderStopped for one that ends the process it is done in."""


def read_and_embed(job: Job) -> Embedded | SetAside:
    """What a machine of the cluster does with a file; raises IndexProblem when it has no embedding model."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"report{Path(job.document).suffix}")
        path.write_bytes(job.content)
        try:
            report = read_report(path, job.document, job.entry)
        except ReportError as error:
            return SetAside(job.document, str(error))
    texts = [text_to_embed(passage) for passage in passages_of(report)]
    return Embedded(report, _embedder(job.settings).embed(texts, job.settings.embed_batch))


@cache
def _embedder(settings: IndexSettings) -> Embedder:
    return for_sync(open_embedder(settings))


def read_over(engine: Engine, folder: Path, known: Mapping[str, Known], settings: IndexSettings) -> Iterator[Found]:
    """What `read_folder` gives, in its order, with the new reports read and embedded by the engine's machines."""
    files = _files(folder)
    # As if all were known: so it says what there is, and what cannot be read, without reading any.
    listed = list(read_folder(folder, {document: each.known for document, each in files.items()}))
    new = [
        each.document
        for each in listed
        if isinstance(each, Unchanged) and known.get(each.document) != files[each.document].known
    ]
    bare = settings.model_copy(update={"register_url": None, "chroma_url": None, "chroma_token": None})
    done = engine.results(read_and_embed, (_job(files[document], document, bare) for document in new))
    waiting = set(new)
    for each in listed:
        if each.document not in waiting:
            yield each
            continue
        result = next(done)
        if isinstance(result, ReaderStopped):
            result = SetAside(each.document, f"It cannot be read: {result.reason}.")
        yield result


@contextmanager
def reader_for_sync(settings: IndexSettings) -> Iterator[Reader | None]:
    """What reads folders in a sync, when the settings name a cluster; raises IndexProblem as `engine_at` does."""
    if not settings.cluster:
        yield None
        return
    with engine_at(settings.cluster) as engine:
        yield partial(read_over, engine, settings=settings)


@contextmanager
def engine_at(address: str) -> Iterator[Engine]:
    """The engine at an address, `local` for processes of this machine.

    Raises IndexProblem when Ray is not installed, or the cluster does not answer.
    """
    try:
        # An extra, and slow to import.
        import ray  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise IndexProblem(NO_RAY) from error
    # Nothing is told to Ray's makers.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    options = {
        "log_to_driver": False,
        "logging_level": logging.ERROR,
        "runtime_env": {"env_vars": {"PYTHONPATH": str(PROJECT)}},
    }
    try:
        if address == LOCAL:
            ray.init(num_cpus=os.cpu_count(), include_dashboard=False, **options)
        else:
            _knock(address)
            ray.init(address, **options)
    except (OSError, RuntimeError, ValueError) as error:
        raise IndexProblem(NO_CLUSTER.format(address=address, reason=error)) from error
    try:
        yield _RayEngine(ray)
    finally:
        ray.shutdown()


class _RayEngine:
    """Work done by a Ray cluster, a core each task."""

    def __init__(self, ray: Any) -> None:  # noqa: ANN401  (an extra, without types when it is not installed)
        self._ray = ray

    def results(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result | ReaderStopped]:
        """The result of each task, in their order; ReaderStopped for one that ends the process it is done in."""
        remote = self._ray.remote(num_cpus=1, max_retries=TRIES - 1)(work)
        most = AHEAD * max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        waiting: deque[Any] = deque()
        for task in tasks:
            waiting.append(remote.remote(task))
            if len(waiting) >= most:
                yield self._result(waiting.popleft())
        while waiting:
            yield self._result(waiting.popleft())

    def _result(self, reference: Any) -> Any:  # noqa: ANN401
        errors = self._ray.exceptions
        try:
            return self._ray.get(reference, timeout=LONGEST_SECONDS)
        except errors.GetTimeoutError:
            self._ray.cancel(reference, force=True)
            return ReaderStopped(f"it was not done after {LONGEST_SECONDS:.0f} seconds")
        except (errors.WorkerCrashedError, errors.OutOfMemoryError):
            return ReaderStopped(f"it ended {TRIES} processes that read it, so it is damaged")
        except errors.RayTaskError as error:
            if isinstance(error.cause, IndexProblem):
                raise error.cause from error
            raise IndexProblem(NOT_SET_UP.format(reason=f"{type(error.cause).__name__}: {error.cause}")) from error
        except errors.RayError as error:
            raise IndexProblem(LOST.format(reason=type(error).__name__)) from error


def _knock(address: str) -> None:
    """Try the address for a few seconds, since Ray would do so for two minutes; raises OSError or ValueError."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdigit():
        raise ValueError("it is no host:port")
    socket.create_connection((host, int(port)), CONNECT_SECONDS).close()


@dataclass(frozen=True)
class _File:
    """A file of the corpus, what the catalogue says of it, and the digests of both."""

    path: Path
    entry: Entry
    known: Known


def _files(folder: Path) -> dict[str, _File]:
    """The files below a folder that can be sent, by the documents they are; others are left to `read_folder`."""
    if not folder.is_dir():
        return {}
    entries, found = load_catalogues(folder), {}
    for path in report_files(folder):
        document = path.relative_to(folder).as_posix()
        entry = entries.get(document) or Entry(file=document)
        with suppress(OSError, UnicodeEncodeError):
            document.encode()
            if path.stat().st_size <= LARGEST_FILE_BYTES:
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                found[document] = _File(path, entry, Known(digest, entry.digest))
    return found


def _job(file: _File, document: str, settings: IndexSettings) -> Job:
    try:
        content = file.path.read_bytes()
    except OSError:
        # It has gone since it was listed; an empty file is set aside.
        content = b""
    return Job(document, content, file.entry, settings)
