"""What weighs a sentence against a question: the tuned model of sentences, and a cross-encoder where one is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from index.embed import Embedder, OnnxEmbedder
from index.records import IndexProblem
from index.settings import IndexSettings
from index.weights import embedding_model

CONFIG = "config.json"
# What is added to the weights of the embedding model, so that a sentence lies near the questions that it answers and
# not near all that speak of the same: docs/decisions/0017.
TUNING = Path(__file__).with_name("sentence_tuning.npz")


class Reranker(Protocol):
    """Anything that says how well texts answer a question, each read together with it."""

    def scores(self, question: str, texts: Sequence[str]) -> np.ndarray:
        """One number from 0 to 1 a text, float32, higher is better."""


@dataclass(frozen=True)
class Weighing:
    """The models that weigh sentences; without one of sentences the index's own embedder does."""

    sentences: Embedder | None = None
    cross_encoder: Reranker | None = None


def open_weighing(settings: IndexSettings) -> Weighing:
    """The models that the settings name; raises IndexProblem when a folder holds no model."""
    return Weighing(open_sentence_model(settings), open_reranker(settings.reranker))


def open_sentence_model(settings: IndexSettings) -> Embedder:
    """The embedding model fetched with the project, tuned for sentences, whatever model embeds the passages."""
    model = embedding_model()
    return OnnxEmbedder(model.path_in(settings.models), f"{model.name}, tuned", settings.models / "onnx", TUNING)


def open_reranker(folder: Path | None) -> Reranker | None:
    """The cross-encoder of a folder, None without one; raises IndexProblem when the folder holds no model."""
    if folder is None:
        return None
    folder = folder.expanduser()
    if not (folder / CONFIG).is_file():
        raise IndexProblem(
            f"The reranker's folder {folder} holds no model ({CONFIG} is missing). "
            "Set CHAPTER_VERSE_RERANKER to the folder of a cross-encoder, or unset it."
        )
    from index.torch_model import CrossEncoderReranker

    return CrossEncoderReranker(folder)
