"""Sentences weighed against a question by a cross-encoder, where one is configured."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from index.records import IndexProblem

CONFIG = "config.json"


class Reranker(Protocol):
    """Anything that says how well texts answer a question, each read together with it."""

    def scores(self, question: str, texts: Sequence[str]) -> np.ndarray:
        """One number from 0 to 1 a text, float32, higher is better."""


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
