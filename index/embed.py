"""Texts become vectors; the only module that knows sentence-transformers."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np

from index.records import IndexProblem
from index.settings import IndexSettings
from index.weights import embedding_model


class Embedder(Protocol):
    """Anything that turns texts into unit vectors and says by which recipe."""

    @property
    def name(self) -> str:
        """What the index records, so that vectors of two embedders are never mixed."""

    def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
        """Vectors of length one, float32, shape (texts, dimensions)."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model from a folder, loaded at first use so that a lookup need not wait for it."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name

    @property
    def name(self) -> str:
        """The model's name, as the index records it."""
        return self._name

    def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
        """Vectors of length one, float32, shape (texts, dimensions); raises IndexProblem without the model."""
        encode = _load(self._folder)
        return np.asarray(encode(list(texts), batch), dtype=np.float32)


def open_embedder(settings: IndexSettings) -> SentenceTransformerEmbedder:
    """The embedder that the settings name: the one fetched with the project, or a folder of the user's."""
    if settings.embedder == "embedded":
        model = embedding_model()
        return SentenceTransformerEmbedder(model.path_in(settings.models), model.name)
    folder = Path(settings.embedder).expanduser()
    return SentenceTransformerEmbedder(folder, str(folder.resolve()))


@cache
def _load(folder: Path) -> Callable[[list[str], int], np.ndarray]:
    # Nothing is to be fetched at run time, and the hub's client would try.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    # Here and not at the top: torch takes seconds to import, and grade lookups need no vectors.
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        model = SentenceTransformer(str(folder), device="cpu" if not _has_gpu() else None)
    except (OSError, ValueError, RuntimeError) as error:
        raise IndexProblem(
            f"The embedding model in {folder} cannot be loaded ({error}). Run `python -m rag models` to fetch it again."
        ) from error

    def encode(texts: list[str], batch: int) -> np.ndarray:
        return model.encode(texts, batch_size=batch, normalize_embeddings=True, show_progress_bar=False)

    return encode


def _has_gpu() -> bool:
    import torch

    return torch.cuda.is_available()
