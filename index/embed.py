"""Texts become vectors, by ONNX Runtime on a processor or by sentence-transformers on a graphics card.

torch takes seconds to import and twice as long for a passage on a processor. So the model is written
down once as an ONNX file beside its weights, and whoever asks or indexes afterwards never loads torch. The
vectors are the same to six decimals, so that an index does not care which of the two made them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np
import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, InvalidGraph, InvalidProtobuf
from tokenizers import Tokenizer

from index.records import IndexProblem
from index.settings import IndexSettings
from index.weights import embedding_model

# A batch has at most so many word pieces with its padding: larger ones leave the processor's caches.
BATCH_TOKENS = 1_024
# Where a model's folder does not say how many word pieces it reads.
MOST_TOKENS = 256
# Raised whenever the same weights would be written down otherwise, so that they are written again.
EXPORT = 2
# Texts after which a sync is worth the seconds that torch takes to load: 6 ms a passage against 4 to 5.
WORTH_TORCH = 2_000

# Word pieces and mask, shape (texts, pieces), in; unit vectors, float32, shape (texts, dimensions), out.
Run = Callable[[np.ndarray, np.ndarray], np.ndarray]


class Embedder(Protocol):
    """Anything that turns texts into unit vectors and says by which recipe."""

    @property
    def name(self) -> str:
        """What the index records, so that vectors of two embedders are never mixed."""

    def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
        """Vectors of length one, float32, shape (texts, dimensions)."""


class OnnxEmbedder:
    """A sentence-transformers model from a folder, run by ONNX Runtime; loaded at first use."""

    def __init__(self, folder: Path, name: str, exports: Path, tuning: Path | None = None) -> None:
        """`folder` holds the model, `exports` takes the ONNX file that is made of it once, with `tuning` if any."""
        self._folder, self._name, self._exports, self._tuning = folder, name, exports, tuning
        self._loading = Lock()

    @property
    def name(self) -> str:
        """The model's name, as the index records it."""
        return self._name

    def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
        """Vectors of length one, float32, shape (texts, dimensions); raises IndexProblem without the model.

        Texts of like length go together, at most `batch` at a time, so that little is computed for padding. Each
        core takes one batch after another: that is faster than all cores at one batch.
        """
        with self._loading:
            run, tokenizer = self._run(), self._tokenizer
        pieces = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
        batches = _batches(pieces, batch, _cores())
        vectors = np.zeros((len(pieces), self._width), dtype=np.float32)

        def fill(places: list[int]) -> None:
            vectors[places] = run(*_padded([pieces[place] for place in places]))

        if len(batches) <= 1:
            # As with a question: to start threads would take a tenth of its time.
            for places in batches:
                fill(places)
        else:
            list(self._threads.map(fill, batches))
        return vectors

    def for_sync(self, worth: int) -> SyncEmbedder:
        """The same model for a sync; torch is loaded after `worth` texts."""
        return SyncEmbedder(self._folder, self._name, self._exports, worth)

    def _run(self) -> Run:
        """What computes the vectors of a batch."""
        session = self._session
        return lambda ids, mask: session.run(None, {"input_ids": ids, "attention_mask": mask})[0]

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        # Kept: what a thread has used of memory stays reserved after it, and a sync would start some for each report.
        return ThreadPoolExecutor(_cores(), thread_name_prefix="embed")

    @cached_property
    def _width(self) -> int:
        width: int = self._session.get_outputs()[0].shape[-1]
        return width

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        # A batch is computed on the thread that asks for it; `embed` has one a core.
        options.intra_op_num_threads = 1
        path = onnx_file(self._folder, self._exports, self._tuning)
        try:
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf) as error:
            raise IndexProblem(f"The file {path} is damaged ({error}). Remove it; it will be made again.") from error

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        path = self._folder / "tokenizer.json"
        if not path.is_file():
            raise _not_there(self._folder, f"{path.name} is missing")
        tokenizer: Tokenizer = Tokenizer.from_file(str(path))
        tokenizer.enable_truncation(_most_tokens(self._folder))
        tokenizer.no_padding()
        return tokenizer


class SyncEmbedder(OnnxEmbedder):
    """The same for many texts: after the first `worth` of them in bfloat16 by torch, if the processor can do that."""

    def __init__(self, folder: Path, name: str, exports: Path, worth: int) -> None:
        super().__init__(folder, name, exports)
        self._worth, self._seen = worth, 0

    def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
        """As OnnxEmbedder."""
        self._seen += len(texts)
        return super().embed(texts, batch)

    def _run(self) -> Run:
        if self._seen <= self._worth or not self._quick_run:
            return super()._run()
        return self._quick_run

    @cached_property
    def _quick_run(self) -> Run | None:
        from index.torch_model import Bfloat16Model, has_bfloat16

        if not has_bfloat16():
            return None
        # Two copies of the model would cost 150 MB; how wide its vectors are is asked of the one that goes.
        _ = self._width
        del self._session
        return Bfloat16Model(self._folder)


def for_sync(embedder: Embedder, worth: int = WORTH_TORCH) -> Embedder:
    """The embedder in the form that is quickest for a whole corpus, from `worth` texts on; its name stays the same."""
    return embedder.for_sync(worth) if isinstance(embedder, OnnxEmbedder) else embedder


def model_folder(settings: IndexSettings) -> tuple[Path, str]:
    """The folder of the model that the settings name, fetched with the project or the user's, and its name."""
    if settings.embedder == "embedded":
        model = embedding_model()
        return model.path_in(settings.models), model.name
    folder = Path(settings.embedder).expanduser()
    return folder, str(folder.resolve())


def open_embedder(settings: IndexSettings) -> Embedder:
    """The embedder that the settings name: the one fetched with the project, or a folder of the user's."""
    folder, name = model_folder(settings)
    if shutil.which("nvidia-smi"):
        # Here and not at the top: torch takes seconds to import.
        from index.torch_model import TorchEmbedder, has_gpu

        if has_gpu():
            return TorchEmbedder(folder, name)
    return OnnxEmbedder(folder, name, settings.models / "onnx")


def onnx_file(folder: Path, exports: Path, tuning: Path | None = None) -> Path:
    """The model of a folder as an ONNX file, made if it is not there yet; raises IndexProblem when it cannot be.

    `tuning` is a file of changes to the model's weights.
    """
    weights = folder / "model.safetensors"
    try:
        state = weights.stat()
    except OSError as error:
        raise _not_there(folder, f"{weights.name} is missing") from error
    tuned = f"-{hashlib.sha256(tuning.read_bytes()).hexdigest()[:12]}" if tuning else ""
    path = exports / f"{folder.name}-{state.st_size:x}-{state.st_mtime_ns:x}-{EXPORT}{tuned}.onnx"
    if not path.is_file():
        from index.torch_model import write_onnx

        write_onnx(folder, path, tuning)
    return path


def _batches(pieces: list[list[int]], batch: int, cores: int) -> list[list[int]]:
    """The places of the texts, longest first, in batches of at most `batch`, so small that each core has its share."""
    longest_first = sorted(range(len(pieces)), key=lambda place: -len(pieces[place]))
    room = min(BATCH_TOKENS, sum(map(len, pieces)) // cores)
    batches = []
    while longest_first:
        most = max(1, min(batch, room // len(pieces[longest_first[0]])))
        batches.append(longest_first[:most])
        longest_first = longest_first[most:]
    return batches


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _padded(pieces: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Word pieces of equal length, filled up with zeros, and a mask that says which are real."""
    shape = (len(pieces), max(map(len, pieces)))
    ids, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for row, text in enumerate(pieces):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    return ids, mask


def _most_tokens(folder: Path) -> int:
    path = folder / "sentence_bert_config.json"
    try:
        most: int = json.loads(path.read_text("utf-8"))["max_seq_length"] or MOST_TOKENS
    except (OSError, KeyError, json.JSONDecodeError):
        return MOST_TOKENS
    return most


def _not_there(folder: Path, reason: str) -> IndexProblem:
    return IndexProblem(
        f"The embedding model in {folder} cannot be loaded ({reason}). Run `python -m rag models` to fetch it again."
    )
