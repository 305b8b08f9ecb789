"""Texts become vectors, by ONNX Runtime on a processor or by sentence-transformers on a graphics card.

torch takes seconds to import and twice as long for a passage on a processor. So the model is written
down once as an ONNX file beside its weights, and whoever asks or indexes afterwards never loads torch. The
vectors are the same to six decimals, so that an index does not care which of the two made them.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
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


class Embedder(Protocol):
    """Anything that turns texts into unit vectors and says by which recipe."""

    @property
    def name(self) -> str:
        """What the index records, so that vectors of two embedders are never mixed."""

    def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
        """Vectors of length one, float32, shape (texts, dimensions)."""


class OnnxEmbedder:
    """A sentence-transformers model from a folder, run by ONNX Runtime; loaded at first use."""

    def __init__(self, folder: Path, name: str, exports: Path) -> None:
        """`folder` holds the model, `exports` takes the ONNX file that is made of it once."""
        self._folder, self._name, self._exports = folder, name, exports
        self._loading = Lock()

    @property
    def name(self) -> str:
        """The model's name, as the index records it."""
        return self._name

    def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
        """Vectors of length one, float32, shape (texts, dimensions); raises IndexProblem without the model.

        Texts of like length go together, at most `batch` at a time, so that little is computed for padding.
        """
        with self._loading:
            session, tokenizer = self._session, self._tokenizer
        pieces = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
        vectors = np.zeros((len(pieces), session.get_outputs()[0].shape[-1]), dtype=np.float32)
        longest_first = sorted(range(len(pieces)), key=lambda place: -len(pieces[place]))
        while longest_first:
            most = max(1, min(batch, BATCH_TOKENS // len(pieces[longest_first[0]])))
            places, longest_first = longest_first[:most], longest_first[most:]
            ids, mask = _padded([pieces[place] for place in places])
            vectors[places] = session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return vectors

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        # Threads that spin while they wait take the processor from the language model.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        path = onnx_file(self._folder, self._exports)
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


def open_embedder(settings: IndexSettings) -> Embedder:
    """The embedder that the settings name: the one fetched with the project, or a folder of the user's."""
    if settings.embedder == "embedded":
        model = embedding_model()
        folder, name = model.path_in(settings.models), model.name
    else:
        folder = Path(settings.embedder).expanduser()
        name = str(folder.resolve())
    if shutil.which("nvidia-smi"):
        # Here and not at the top: torch takes seconds to import.
        from index.torch_model import TorchEmbedder, has_gpu

        if has_gpu():
            return TorchEmbedder(folder, name)
    return OnnxEmbedder(folder, name, settings.models / "onnx")


def onnx_file(folder: Path, exports: Path) -> Path:
    """The model of a folder as an ONNX file, made if it is not there yet; raises IndexProblem when it cannot be."""
    weights = folder / "model.safetensors"
    try:
        state = weights.stat()
    except OSError as error:
        raise _not_there(folder, f"{weights.name} is missing") from error
    path = exports / f"{folder.name}-{state.st_size:x}-{state.st_mtime_ns:x}.onnx"
    if not path.is_file():
        from index.torch_model import write_onnx

        write_onnx(folder, path)
    return path


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
