import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import embed
from index.embed import OnnxEmbedder, _batches, for_sync, onnx_file, open_embedder
from index.records import IndexProblem
from index.settings import IndexSettings
from index.weights import embedding_model
from tests.fakes import FakeEmbedder

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
def test_a_sync_of_few_reports_does_not_load_torch_either(settings: IndexSettings) -> None:
    open_embedder(settings).embed(["prepared"])
    code = (
        "import sys; from index.embed import for_sync, open_embedder; from index.settings import IndexSettings; "
        "for_sync(open_embedder(IndexSettings())).embed(['A passage'] * 20); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@needs_models
@pytest.mark.parametrize("able", [True, False])
def test_many_texts_are_computed_in_bfloat16_where_the_processor_can(
    settings: IndexSettings, monkeypatch: pytest.MonkeyPatch, able: bool
) -> None:
    from index import torch_model  # noqa: PLC0415  (torch takes seconds)

    monkeypatch.setattr(torch_model, "has_bfloat16", lambda: able)
    folder = embedding_model().path_in(settings.models)
    plain = OnnxEmbedder(folder, "any", settings.models / "onnx")
    many, wanted = for_sync(plain, worth=len(TEXTS)), plain.embed(TEXTS)
    assert many.name == plain.name
    assert np.array_equal(many.embed(TEXTS), wanted)
    later = many.embed(TEXTS)
    assert np.array_equal(later, wanted) is not able
    assert later.dtype == np.float32
    assert np.allclose(np.linalg.norm(later, axis=1), 1, atol=1e-4)
    assert (later * wanted).sum(axis=1).min() > 0.9998


def test_an_embedder_of_another_kind_is_left_as_it_is() -> None:
    fake = FakeEmbedder()
    assert for_sync(fake) is fake


@pytest.mark.parametrize(("batch", "cores"), [(32, 1), (32, 2), (3, 4), (1, 2), (32, 4)])
def test_every_text_is_in_one_batch_none_too_large(batch: int, cores: int) -> None:
    pieces = [[7] * length for length in (3, 256, 2, 90, 90, 41, 200, 12, 8, 256, 30)]
    batches = _batches(pieces, batch, cores)
    assert sorted(place for places in batches for place in places) == list(range(len(pieces)))
    assert max(map(len, batches)) <= batch
    assert all(len(places) * len(pieces[places[0]]) <= embed.BATCH_TOKENS for places in batches)
    assert len(batches) >= min(cores, len(pieces))


def test_texts_of_like_length_go_together() -> None:
    pieces = [[7] * length for length in (5, 100, 5, 100)]
    assert _batches(pieces, 2, 1) == [[1, 3], [0, 2]]


@needs_models
def test_batches_on_several_threads_end_up_in_their_places(
    settings: IndexSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"{'Visits are late. ' * (number % 7)}{number}" for number in range(40)]
    monkeypatch.setattr(embed, "_cores", lambda: 1)
    alone = open_embedder(settings).embed(texts, batch=4)
    monkeypatch.setattr(embed, "_cores", lambda: 5)
    assert np.allclose(open_embedder(settings).embed(texts, batch=4), alone, atol=1e-5)


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
