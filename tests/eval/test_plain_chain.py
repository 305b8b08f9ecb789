"""The plain chain's retrieval: what it cuts, finds and keeps."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.report import ReportError
from eval import plain_chain
from eval.plain_chain import CHUNK_CHARACTERS, open_plain_chain
from index.records import IndexProblem
from index.sync import alone
from tests.fakes import FakeEmbedder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def test_reports_are_cut_into_chunks_that_overlap(tmp_path: Path, kept: Path) -> None:
    words = " ".join(f"word{number}" for number in range(600))
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "long.txt").write_text(words, "utf-8")
    chunks = open_plain_chain((tmp_path / "reports",), FakeEmbedder(), kept).chunks
    assert len(chunks) > 5
    assert all(len(chunk.text) <= CHUNK_CHARACTERS for chunk in chunks)
    assert chunks[1].text.split()[0] in chunks[0].text.split()


def test_the_nearest_chunk_comes_first(corpus_folder: Path, kept: Path) -> None:
    chain = open_plain_chain((corpus_folder,), FakeEmbedder(), kept)
    for chunk in chain.chunks:
        assert chain.search(chunk.text, 1)[0].text == chunk.text


def test_the_second_time_nothing_is_embedded_but_the_question(corpus_folder: Path, kept: Path) -> None:
    first = open_plain_chain((corpus_folder,), FakeEmbedder(), kept)
    embedder = FakeEmbedder()
    second = open_plain_chain((corpus_folder,), embedder, kept)
    assert embedder.calls == []
    assert second.search("private fostering", 3) == first.search("private fostering", 3)


def test_a_changed_report_and_another_embedder_are_chunked_anew(corpus_folder: Path, kept: Path) -> None:
    open_plain_chain((corpus_folder,), FakeEmbedder(), kept)
    (corpus_folder / "rutland-2023-inspection.md").write_text("Ponies are kept in Rutland.", "utf-8")
    chain = open_plain_chain((corpus_folder,), FakeEmbedder(), kept)
    assert chain.search("ponies", 1)[0].text == "Ponies are kept in Rutland."
    other = FakeEmbedder(name="fake-other")
    open_plain_chain((corpus_folder,), other, kept)
    assert other.calls


def test_a_broken_run_goes_on_where_it_stopped(
    corpus_folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = open_plain_chain((corpus_folder,), FakeEmbedder(), kept / "whole")
    assert len(whole.chunks) > 4
    monkeypatch.setattr(plain_chain, "AT_A_TIME", 2)
    # The first call only asks how wide a vector is, so two batches of two are written.
    with pytest.raises(RuntimeError, match="died"):
        open_plain_chain((corpus_folder,), FakeEmbedder(fails_at=4), kept)
    (part,) = kept.glob("*/vectors.part")
    with part.open("ab") as file:
        file.write(b"torn")
    heard: list[tuple[int, int]] = []
    chain = open_plain_chain((corpus_folder,), FakeEmbedder(), kept, lambda done, of: heard.append((done, of)))
    assert heard[0] == (4, len(whole.chunks))
    assert heard[-1] == (len(whole.chunks), len(whole.chunks))
    assert np.array_equal(chain._vectors, whole._vectors)


def test_two_do_not_write_the_same_vectors(corpus_folder: Path, kept: Path) -> None:
    open_plain_chain((corpus_folder,), FakeEmbedder(), kept)
    (vectors,) = kept.glob("*/vectors.npy")
    vectors.unlink()
    with alone(vectors.parent), pytest.raises(IndexProblem, match="Another process"):
        open_plain_chain((corpus_folder,), FakeEmbedder(), kept)


def test_a_file_that_cannot_be_read_is_passed_over(corpus_folder: Path, kept: Path) -> None:
    (corpus_folder / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    documents = {chunk.document for chunk in open_plain_chain((corpus_folder,), FakeEmbedder(), kept).chunks}
    assert len(documents) == 3
    assert "broken.pdf" not in documents


def test_a_folder_without_reports_is_told(corpus_folder: Path, kept: Path) -> None:
    shutil.rmtree(corpus_folder)
    corpus_folder.mkdir()
    with pytest.raises(ReportError, match="no report with text"):
        open_plain_chain((corpus_folder,), FakeEmbedder(), kept)


def test_without_the_splitter_it_says_what_to_install(
    corpus_folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "langchain_text_splitters", None)
    with pytest.raises(IndexProblem, match="langchain-text-splitters.*requirements-dev"):
        open_plain_chain((corpus_folder,), FakeEmbedder(), kept)
