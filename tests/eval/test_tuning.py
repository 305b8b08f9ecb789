"""The model of sentences learns from judged questions, and what it learned can be put beside the model again."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from eval.tuning import Judged, TuningProblem, load_judged, rank, tune, untuned, write_changes
from index.embed import OnnxEmbedder
from index.settings import IndexSettings
from index.weights import embedding_model

SENTENCES = [
    "Lanterns are handed out at the harbour every Friday.",
    "The harbour was painted green.",
    "Meetings at the harbour are minuted.",
]


def judged(question: str, right: int) -> Judged:
    grades = [2 if place == right else 0 for place in range(len(SENTENCES))]
    return Judged(question=question, sentences=SENTENCES, scores=[0.0] * len(SENTENCES), grades=grades)


QUESTIONS = [judged("What colour is the harbour?", 1), judged("Who writes down what the harbour board said?", 2)]


def line(**changes: object) -> str:
    return json.dumps({**QUESTIONS[0].model_dump(), **changes})


def test_judged_questions_are_read_a_line_each(tmp_path: Path) -> None:
    path = tmp_path / "judged.jsonl"
    path.write_text(line() + "\n" + line(question="Is it green?"), "utf-8")
    assert [item.question for item in load_judged(path)] == ["What colour is the harbour?", "Is it green?"]


@pytest.mark.parametrize(
    "wrong", [line(grades=[0, 2]), line(grades=[0, 2, 3]), line(scores=[1.0]), line(question=""), '{"question": "?"']
)
def test_a_line_at_fault_is_named(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "judged.jsonl"
    path.write_text(line() + "\n" + wrong, "utf-8")
    with pytest.raises(TuningProblem, match="line 2"):
        load_judged(path)


@pytest.mark.models
def test_what_was_learned_is_the_same_beside_the_model(tmp_path: Path) -> None:
    settings = IndexSettings()
    folder = embedding_model().path_in(settings.models)
    # A question that points at a sentence which shares less with it than another does.
    contrary = judged("What is given away at the harbour that was painted green?", 0)
    assert rank(untuned(folder), [contrary]).first == 0
    tuned = tune(folder, [contrary, *QUESTIONS] * 16, epochs=1, rate=3e-4)
    assert rank(tuned, [contrary, *QUESTIONS]).first == 1
    path = tmp_path / "changes.npz"
    write_changes(folder, tuned, path)
    assert path.stat().st_size < 4_000_000
    question, *sentences = OnnxEmbedder(folder, "tuned", tmp_path, path).embed([contrary.question, *SENTENCES])
    expected = tuned.encode([contrary.question, *SENTENCES], normalize_embeddings=True)
    assert np.allclose(sentences @ question, expected[1:] @ expected[0], atol=0.05)
    assert (sentences @ question).argmax() == 0
