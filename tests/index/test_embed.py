import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embed import OnnxEmbedder, onnx_file, open_embedder
from index.records import IndexProblem
from index.settings import IndexSettings
from index.weights import embedding_model

TEXTS = ["Children are safe.", "", "Return home interviews are offered late, and their quality varies. " * 30, "Good."]
needs_models = pytest.mark.models


@pytest.fixture(scope="module")
def settings() -> IndexSettings:
    return IndexSettings()


@needs_models
def test_vectors_have_length_one_and_the_order_of_the_texts(settings: IndexSettings) -> None:
    embedder = open_embedder(settings)
    together = embedder.embed(TEXTS)
    assert together.shape == (4, 384)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
    for text, vector in zip(TEXTS, together, strict=True):
        assert np.allclose(embedder.embed([text])[0], vector, atol=1e-4)


@needs_models
def test_the_size_of_a_batch_changes_nothing(settings: IndexSettings) -> None:
    embedder = open_embedder(settings)
    assert np.allclose(embedder.embed(TEXTS, batch=1), embedder.embed(TEXTS, batch=64), atol=1e-4)


@needs_models
def test_no_texts_no_vectors(settings: IndexSettings) -> None:
    assert open_embedder(settings).embed([]).shape == (0, 384)


@needs_models
def test_vectors_are_those_of_torch(settings: IndexSettings) -> None:
    from index.torch_model import TorchEmbedder  # noqa: PLC0415  (torch takes seconds, and only this test needs it)

    model = embedding_model()
    torch_vectors = TorchEmbedder(model.path_in(settings.models), model.name).embed(TEXTS)
    same = (torch_vectors * open_embedder(settings).embed(TEXTS)).sum(axis=1)
    assert same.min() > 0.9999


@needs_models
def test_a_question_is_embedded_without_torch(settings: IndexSettings) -> None:
    open_embedder(settings).embed(["prepared"])
    code = (
        "import sys; from index.embed import open_embedder; from index.settings import IndexSettings; "
        "open_embedder(IndexSettings()).embed(['A question']); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@needs_models
def test_an_export_that_was_cut_off_is_not_taken(settings: IndexSettings, tmp_path: Path) -> None:
    folder = embedding_model().path_in(settings.models)
    path = onnx_file(folder, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(IndexProblem, match="is damaged .* Remove it"):
        OnnxEmbedder(folder, "any", tmp_path).embed(["a"])


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexProblem, match=r"nowhere cannot be loaded .*rag models"):
        OnnxEmbedder(tmp_path / "nowhere", "any", tmp_path).embed(["a"])
