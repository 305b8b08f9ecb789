"""A cross-encoder weighs sentences where a folder with one is named."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path

import pytest

from index.records import IndexProblem
from index.rerank import open_reranker
from index.settings import IndexSettings


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
