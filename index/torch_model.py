"""The embedding model in torch: on a graphics card, and to write it down as ONNX; eval.tuning alone knows torch too."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import torch
from sentence_transformers import CrossEncoder, SentenceTransformer
from transformers.utils import logging

from index.records import IndexProblem

OPSET = 17
# Texts are filled up to a multiple of so many word pieces.
LENGTHS = 8


class TorchEmbedder:
    """A sentence-transformers model from a folder, on the graphics card; loaded at first use."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name

    @property
    def name(self) -> str:
        """The model's name, as the index records it."""
        return self._name

    def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
        """Vectors of length one, float32, shape (texts, dimensions); raises IndexProblem without the model."""
        vectors = self._model.encode(list(texts), batch_size=batch, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> SentenceTransformer:
        return _loaded(self._folder, device=None)


class Bfloat16Model:
    """The model on a processor, its matrix products in bfloat16; sums, norms and vectors stay in float32."""

    def __init__(self, folder: Path) -> None:
        """Load the model of `folder`; raises IndexProblem when it cannot be."""
        self._vectors = _SentenceVectors(_loaded(folder, device="cpu")).eval()
        for module in self._vectors.modules():
            if isinstance(module, torch.nn.Linear):
                module.to(torch.bfloat16)

    def __call__(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Unit vectors, float32, for word pieces with their mask; computed on the calling thread alone."""
        torch.set_num_threads(1)
        # Fewer lengths, fewer prepared products to keep: 0.1 GB less, and padding by eights costs nothing measurable.
        padding = (0, -ids.shape[1] % LENGTHS)
        pieces, real = (torch.nn.functional.pad(torch.from_numpy(each), padding) for each in (ids, mask))
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            found: np.ndarray = self._vectors(pieces, real).float().numpy()
        return found


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers from a folder; loaded at first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def scores(self, question: str, texts: Sequence[str]) -> np.ndarray:
        """One number from 0 to 1 a text, float32; raises IndexProblem when the folder holds no such model."""
        pairs = [(question, text) for text in texts]
        found = self._model.predict(pairs, activation_fn=torch.nn.Sigmoid(), show_progress_bar=False)
        return np.asarray(found, dtype=np.float32).reshape(len(pairs))

    @cached_property
    def _model(self) -> CrossEncoder:
        _stay_offline()
        try:
            model: CrossEncoder = CrossEncoder(str(self._folder), num_labels=1)
        except (OSError, ValueError, RuntimeError) as error:
            raise IndexProblem(
                f"The reranker in {self._folder} cannot be loaded ({error}). "
                "Set CHAPTER_VERSE_RERANKER to the folder of a cross-encoder with one output, or unset it."
            ) from error
        return model


class _SentenceVectors(torch.nn.Module):
    """Word pieces in, unit vectors out: the model with its pooling."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self._model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        found = self._model({"input_ids": input_ids, "attention_mask": attention_mask})["sentence_embedding"]
        return torch.nn.functional.normalize(found, dim=1)


def has_gpu() -> bool:
    """Whether torch sees a graphics card that it can compute on."""
    return torch.cuda.is_available()


def has_bfloat16() -> bool:
    """Whether the processor multiplies numbers of 16 bits itself (AVX-512 BF16 or AMX); without, it would be slower."""
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def write_onnx(folder: Path, target: Path, tuning: Path | None = None) -> None:
    """Write the model of `folder` to `target` as ONNX; what is there before appears only when it is whole.

    `tuning` holds changes to its weights, as `tune` takes them.
    Raises IndexProblem when the model cannot be loaded, OSError when there is no room.
    """
    # Written in plain products and sums, attention is a tenth faster than with torch's guards against empty rows.
    loaded = _loaded(folder, device="cpu", attention="eager")
    if tuning:
        tune(loaded, tuning)
    model = _SentenceVectors(loaded).eval()
    example = torch.ones(2, 16, dtype=torch.int64)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{os.getpid()}.part")
    try:
        with torch.no_grad(), warnings.catch_warnings():
            # The exporter that needs no further package says that it is the older one.
            warnings.simplefilter("ignore")
            torch.onnx.export(
                model,
                (example, example),
                str(part),
                input_names=["input_ids", "attention_mask"],
                output_names=["vectors"],
                dynamic_axes={"input_ids": {0: "texts", 1: "pieces"}, "attention_mask": {0: "texts", 1: "pieces"}}
                | {"vectors": {0: "texts"}},
                opset_version=OPSET,
                dynamo=False,
            )
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def weights_of(model: SentenceTransformer) -> dict[str, torch.nn.Parameter]:
    """The weights of the transformer within a model, by their names in it ("encoder.layer.0.…")."""
    return {name.split(".", 2)[2]: weight for name, weight in model.named_parameters()}


def tune(model: SentenceTransformer, tuning: Path) -> None:
    """Add the changes of a file to a model's weights.

    The file, NumPy's .npz, holds two matrices for a weight W of shape (out, in): "W.up" (out, rank) and "W.down" (rank,
    in), whose product is added (Hu et al., LoRA, arXiv 2106.09685); for a bias it holds what is added itself.
    Raises IndexProblem when the file does not fit the model.
    """
    parameters = weights_of(model)
    try:
        with tuning.open("rb") as stream, np.load(stream) as changes, torch.no_grad():
            for name in {key.removesuffix(".up").removesuffix(".down") for key in changes.files}:
                if name in changes.files:
                    change = changes[name].astype(np.float32)
                else:
                    change = changes[f"{name}.up"].astype(np.float32) @ changes[f"{name}.down"].astype(np.float32)
                parameters[name].add_(torch.from_numpy(change))
    except (KeyError, ValueError, OSError, RuntimeError, EOFError, BadZipFile) as error:
        raise IndexProblem(f"The file {tuning} does not fit the embedding model ({error}).") from error


def _loaded(folder: Path, device: str | None, attention: str | None = None) -> SentenceTransformer:
    _stay_offline()
    chosen = {"attn_implementation": attention} if attention else {}
    try:
        return SentenceTransformer(str(folder), device=device, model_kwargs=chosen)
    except (OSError, ValueError, RuntimeError) as error:
        raise IndexProblem(
            f"The embedding model in {folder} cannot be loaded ({error}). Run `python -m rag models` to fetch it again."
        ) from error


def _stay_offline() -> None:
    """Nothing is to be fetched at run time, and the hub's client would try."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    logging.disable_progress_bar()
