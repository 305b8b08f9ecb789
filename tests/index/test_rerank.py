"""A cross-encoder weighs sentences where a folder with one is named."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.embed import OnnxEmbedder
from index.records import IndexProblem
from index.rerank import TUNING, open_reranker, open_sentence_model
from index.settings import IndexSettings
from index.weights import embedding_model


def test_without_a_folder_there_is_none() -> None:
    assert open_reranker(None) is None


def test_a_folder_without_a_model_is_said_to_hold_none(tmp_path: Path) -> None:
    with pytest.raises(IndexProblem, match="CHAPTER_VERSE_RERANKER"):
        open_reranker(tmp_path)


@pytest.mark.models
def test_a_cross_encoder_gives_one_number_a_text(tmp_path: Path) -> None:
    transformers = importlib.import_module("transformers")
    model = IndexSettings().models / "all-MiniLM-L6-v2"
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"):
        if (model / name).is_file():
            shutil.copy(model / name, tmp_path / name)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    tiny = transformers.BertConfig(**sizes, num_labels=1)
    transformers.BertForSequenceClassification(tiny).save_pretrained(tmp_path)
    reranker = open_reranker(tmp_path)
    assert reranker
    scores = reranker.scores(
        "Is early help good?", ["Early help is good.", "The hall was cold.", "Early help is good."]
    )
    assert scores.shape == (3,)
    assert ((scores > 0) & (scores < 1)).all()
    assert scores[0] == pytest.approx(scores[2])


@pytest.mark.models
def test_a_damaged_model_is_a_problem_in_words(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{")
    reranker = open_reranker(tmp_path)
    assert reranker
    with pytest.raises(IndexProblem, match="cannot be loaded"):
        reranker.scores("Is it good?", ["Yes."])


QUESTION = "Are parents told in plain words what they must do before a case goes to court?"
ANSWERS = "Letters to families before proceedings are long and full of jargon."
SHARES_WORDS = "Parents and the court are told of the council's plain duty to keep cases moving."


@pytest.mark.models
def test_a_sentence_that_answers_is_closer_than_one_that_shares_words() -> None:
    """As it is, the embedding model has them the other way round."""
    settings = IndexSettings()
    model = embedding_model()
    plain = OnnxEmbedder(model.path_in(settings.models), model.name, settings.models / "onnx")
    for embedder, answers_closer in ((plain, False), (open_sentence_model(settings), True)):
        question, *sentences = embedder.embed([QUESTION, ANSWERS, SHARES_WORDS])
        answering, sharing = np.array(sentences) @ question
        assert (answering > sharing) is np.bool_(answers_closer)


@pytest.mark.models
def test_changes_that_do_not_fit_are_said_to(tmp_path: Path) -> None:
    settings = IndexSettings()
    damaged = tmp_path / "changes.npz"
    damaged.write_bytes(TUNING.read_bytes()[:5000])
    model = embedding_model()
    embedder = OnnxEmbedder(model.path_in(settings.models), model.name, tmp_path, damaged)
    with pytest.raises(IndexProblem, match=r"changes\.npz does not fit"):
        embedder.embed(["Yes."])
