"""Tunes the model of sentences: a sentence is to lie near the questions that it answers, not near all on its subject.

What is learned is written as small changes to the embedding model's weights, `index/sentence_tuning.npz`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from pydantic import BaseModel, Field, ValidationError
from sentence_transformers import SentenceTransformer
from torch.nn import functional

from index.torch_model import tune as add_changes
from index.torch_model import weights_of

# As the candidates' scores are weighed in index/retrieval/candidates.py, in the natural logarithm of odds.
WEIGHT_OF_CLOSENESS, WEIGHT_OF_REST = 6.0, 3.0
# What a sentence is worth that bears on the answer (1) and one that gives it (2).
GAIN, CHANCE = (0.0, 0.25, 1.0), (0.0, 0.4, 1.0)
# The closeness at which a sentence is as likely as not to answer, how steep that is, and what it weighs in the loss.
EVEN, STEEP, ANSWERS_WEIGHT = 0.5, 12.0, 0.075
LISTS_A_STEP, WARM_UP, DECAY, LONGEST_GRADIENT = 8, 0.06, 0.01, 1.0
MOST_PIECES = 128


class Judged(BaseModel, extra="forbid"):
    """A question with sentences of the right report, their score by everything else, and how well each answers.

    `grades`: 2 for a sentence that answers by itself, 1 for one that bears on the answer, 0 for the others.
    """

    question: str = Field(min_length=1)
    sentences: list[str] = Field(min_length=1)
    scores: list[float]
    grades: list[int]

    @property
    def answered(self) -> bool:
        """Whether one of the sentences answers."""
        return max(self.grades) == len(GAIN) - 1


class TuningProblem(ValueError):
    """A file of judged questions cannot be used: file, line and fault."""


@dataclass(frozen=True)
class Ranking:
    """Of questions that a sentence answers: how many, and the share where the first does, or one of the first three."""

    count: int
    first: float
    first_three: float


def load_judged(path: Path) -> list[Judged]:
    """Judged questions, a JSON object a line; raises TuningProblem with the line at fault."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            judged = Judged.model_validate_json(line)
        except ValidationError as error:
            raise TuningProblem(f"{path}, line {number}: {error.errors()[0]['msg']}.") from error
        lengths = {len(judged.sentences), len(judged.scores), len(judged.grades)}
        if len(lengths) > 1 or not set(judged.grades) <= set(range(len(GAIN))):
            raise TuningProblem(f"{path}, line {number}: one score and one grade of 0, 1 or 2 for each sentence.")
        found.append(judged)
    return found


def tune(
    folder: Path,
    judged: list[Judged],
    *,
    epochs: int = 2,
    rate: float = 4e-5,
    heard: Callable[[int, int], None] = lambda _, __: None,
) -> SentenceTransformer:
    """The embedding model of a folder, tuned: by a softmax over each question's sentences, and for each by itself.

    Word embeddings stay as they are. `heard` gets the questions done and those in all.
    """
    torch.manual_seed(0)
    order = random.Random(0)  # noqa: S311
    model = untuned(folder).train()
    learned = [weight for name, weight in model.named_parameters() if "embeddings" not in name]
    optimizer = torch.optim.AdamW(learned, lr=rate, weight_decay=DECAY)
    total, done = epochs * len(judged), 0
    for _ in range(epochs):
        for item in order.sample(judged, len(judged)):
            (_loss(model, item) / LISTS_A_STEP).backward()  # type: ignore[no-untyped-call]
            done += 1
            if done % LISTS_A_STEP == 0 or done == total:
                share = done / total
                for group in optimizer.param_groups:
                    group["lr"] = rate * min(1.0, share / WARM_UP) * (1 - share)
                torch.nn.utils.clip_grad_norm_(learned, LONGEST_GRADIENT)
                optimizer.step()
                optimizer.zero_grad()
            heard(done, total)
    return model.eval()


def untuned(folder: Path) -> SentenceTransformer:
    """The embedding model of a folder as it is, on the processor."""
    return SentenceTransformer(str(folder), device="cpu")


def with_changes(folder: Path, path: Path) -> SentenceTransformer:
    """The model of a folder with the changes of a file, as the product has them."""
    model = untuned(folder)
    add_changes(model, path)
    return model.eval()


def rank(model: SentenceTransformer, judged: Iterable[Judged]) -> Ranking:
    """How well the sentences are ranked with the model's closeness."""
    first = three = count = 0
    with torch.inference_mode():
        for item in judged:
            if not item.answered:
                continue
            logits = WEIGHT_OF_CLOSENESS * _closeness(model, item) + WEIGHT_OF_REST * torch.tensor(item.scores)
            best = [item.grades[place] == len(GAIN) - 1 for place in torch.argsort(-logits).tolist()[:3]]
            count, first, three = count + 1, first + best[0], three + any(best)
    return Ranking(count, first / max(count, 1), three / max(count, 1))


def write_changes(before: Path, tuned: SentenceTransformer, path: Path, order: int = 32) -> None:
    """Write what was learned: of each matrix the `order` greatest singular parts, of each bias all, in 16 bits."""
    weights = weights_of(untuned(before))
    changes: dict[str, np.ndarray] = {}
    for name, weight in weights_of(tuned).items():
        change = (weight - weights[name]).detach()
        if not change.any():
            continue
        if change.dim() == 1:
            changes[name] = change.numpy().astype(np.float16)
            continue
        left, sizes, right = torch.linalg.svd(change, full_matrices=False)
        root = sizes[:order].sqrt()
        changes[f"{name}.up"] = (left[:, :order] * root).numpy().astype(np.float16)
        changes[f"{name}.down"] = (root[:, None] * right[:order]).numpy().astype(np.float16)
    np.savez_compressed(path, **changes)  # type: ignore[arg-type]


def _loss(model: SentenceTransformer, item: Judged) -> torch.Tensor:
    closeness = _closeness(model, item)
    gains = torch.tensor([GAIN[grade] for grade in item.grades])
    chances = torch.tensor([CHANCE[grade] for grade in item.grades])
    alone = functional.binary_cross_entropy_with_logits(STEEP * (closeness - EVEN), chances, reduction="sum")
    if not gains.any():
        return ANSWERS_WEIGHT * alone
    logits = WEIGHT_OF_CLOSENESS * closeness + WEIGHT_OF_REST * torch.tensor(item.scores)
    together = -(gains / gains.sum() * functional.log_softmax(logits, dim=0)).sum()
    return together + ANSWERS_WEIGHT * alone


def _closeness(model: SentenceTransformer, item: Judged) -> torch.Tensor:
    model.max_seq_length = MOST_PIECES
    pieces = model.preprocess([item.question, *item.sentences])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        vectors = model(pieces)["sentence_embedding"]
    vectors = functional.normalize(vectors.float(), dim=1)
    return vectors[1:] @ vectors[0]
