"""The plain LangChain chain's retrieval, as tutorials build it: what this project's own search is measured against.

Reports are read as bare text and cut into 1,000 characters with 200 of overlap; the nearest chunks are found by
cosine over all of them, exactly, where a chain usually has Chroma's approximate search: this is kinder to it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from corpus.folder import report_files
from corpus.report import ReportError
from eval.bare import bare_text_of
from index.embed import Embedder
from index.records import IndexProblem
from index.sync import alone

CHUNK_CHARACTERS, OVERLAP_CHARACTERS = 1_000, 200
# What a chain reads of a question's chunks.
TOP = 5
# Vectors are written after so many, so that a broken run loses no more than some seconds.
AT_A_TIME = 256
CHUNKS, VECTORS, PART = "chunks.jsonl", "vectors.npy", "vectors.part"
NOT_INSTALLED = (
    "The plain chain needs the package langchain-text-splitters. Run `pip install -r requirements-dev.txt`, "
    "or leave the system `langchain` out."
)
NO_TEXT = "There is no report with text below {folders}. Name a folder that holds reports."


@dataclass(frozen=True)
class Chunk:
    """A stretch of a report's bare text, cut without regard to its structure; `document` as in the index."""

    document: str
    text: str


class Splitter(Protocol):
    """Anything that cuts a text into chunks."""

    def split_text(self, text: str) -> list[str]:
        """The chunks of a text in order."""


class PlainChain:
    """Chunks of reports and their vectors, one row a chunk; read-only."""

    def __init__(self, chunks: Sequence[Chunk], vectors: np.ndarray, embedder: Embedder) -> None:
        self.chunks = tuple(chunks)
        self._vectors, self._embedder = vectors, embedder

    def search(self, question: str, count: int = TOP) -> tuple[Chunk, ...]:
        """The chunks nearest to a question by cosine, nearest first."""
        cosines = self._vectors @ self._embedder.embed([question])[0]
        return tuple(self.chunks[place] for place in np.argsort(-cosines, kind="stable")[:count])


def open_plain_chain(
    folders: tuple[Path, ...],
    embedder: Embedder,
    kept: Path,
    heard: Callable[[int, int], None] = lambda _done, _all: None,
) -> PlainChain:
    """The chain over these folders of reports; chunks and vectors are kept below `kept` for the next time.

    `heard` is told how many chunks are embedded, and of how many. A run that is broken off goes on where it stopped.
    Raises ReportError when there is nothing to read, IndexProblem when the splitter is not installed or another process
    is embedding the same.
    """
    files = [(folder, path) for folder in folders for path in report_files(folder)]
    folder = kept / _name(files, embedder)
    if not (folder / CHUNKS).is_file():
        splitter = _splitter()
        _write_chunks([chunk for each in files for chunk in _chunks(*each, splitter)], folder)
    with (folder / CHUNKS).open(encoding="utf-8") as lines:
        chunks = [Chunk(**json.loads(line)) for line in lines]
    if not chunks:
        raise ReportError(NO_TEXT.format(folders=", ".join(map(str, folders))))
    if not (folder / VECTORS).is_file():
        # Two that write rows to one file would mix them.
        with alone(folder):
            _embed(chunks, folder, embedder, heard)
    return PlainChain(chunks, np.load(folder / VECTORS), embedder)


def _name(files: Sequence[tuple[Path, Path]], embedder: Embedder) -> str:
    """A short name for the chunks of these files, another one when a file, the cutting or the embedder is another."""
    digest = hashlib.sha256(f"{CHUNK_CHARACTERS}|{OVERLAP_CHARACTERS}|{embedder.name}".encode())
    for folder, path in files:
        digest.update(f"|{path.relative_to(folder).as_posix()}|".encode("utf-8", "replace"))
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _splitter() -> Splitter:
    try:
        from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415
    except ImportError as error:
        raise IndexProblem(NOT_INSTALLED) from error
    splitter: Splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS)
    return splitter


def _chunks(folder: Path, path: Path, splitter: Splitter) -> list[Chunk]:
    """The chunks of a file; of one that cannot be read, none."""
    try:
        text = bare_text_of(path)
    except ReportError:
        return []
    return [Chunk(path.relative_to(folder).as_posix(), part) for part in splitter.split_text(text)]


def _write_chunks(chunks: Sequence[Chunk], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{CHUNKS}.part"
    with part.open("w", encoding="utf-8", errors="replace") as file:
        file.writelines(f"{json.dumps(asdict(chunk))}\n" for chunk in chunks)
    part.replace(folder / CHUNKS)


def _embed(chunks: Sequence[Chunk], folder: Path, embedder: Embedder, heard: Callable[[int, int], None]) -> None:
    """Write the vectors of all chunks; the rows that a broken run has left whole are not made again."""
    width = embedder.embed([chunks[0].text]).shape[1]
    part = folder / PART
    done = part.stat().st_size // (4 * width) if part.exists() else 0
    with part.open("ab") as file:
        file.truncate(4 * width * done)
        for start in range(done, len(chunks), AT_A_TIME):
            heard(start, len(chunks))
            texts = [chunk.text for chunk in chunks[start : start + AT_A_TIME]]
            file.write(np.asarray(embedder.embed(texts), np.float32).tobytes())
            file.flush()
    heard(len(chunks), len(chunks))
    whole = folder / f"{VECTORS}.part"
    with whole.open("wb") as target:
        np.save(target, np.fromfile(part, np.float32).reshape(len(chunks), width))
    whole.replace(folder / VECTORS)
    part.unlink()
