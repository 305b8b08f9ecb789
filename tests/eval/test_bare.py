"""The bare text of a report: by the suffix of its file, and the same for quotes and for peers."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.report import ReportError
from eval.bare import bare_text_of
from eval.matching import letters, letters_by_page
from eval.peers.texts import read_texts
from eval.plain_chain import open_plain_chain
from tests.corpus.test_pdf import pdf
from tests.fakes import FakeEmbedder


def written(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.TXT"])
def test_a_text_is_as_it_stands(tmp_path: Path, name: str) -> None:
    assert bare_text_of(written(tmp_path, name, b"# Plans\r\n\r\n**late** \xff")) == "# Plans\r\n\r\n**late** \ufffd"


def test_a_pdf_has_a_form_feed_between_pages(tmp_path: Path) -> None:
    text = bare_text_of(written(tmp_path, "a.PDF", pdf(["Homes are good"], ["Plans are late"])))
    assert [page.strip() for page in text.split("\f")] == ["Homes are good", "Plans are late"]


def test_another_format_is_read_as_its_words(tmp_path: Path) -> None:
    file = written(tmp_path, "a.html", b"<html><body><h1>Visits</h1><p>Plans are late &amp; few.</p></body></html>")
    assert "Plans are late & few." in bare_text_of(file)
    assert "<p>" not in bare_text_of(file)


def test_what_is_no_report_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReportError):
        bare_text_of(written(tmp_path, "a.pdf", b"%PDF-1.4 and no more"))


def test_quotes_are_sought_in_what_peers_are_built_over(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    written(folder, "a.pdf", pdf(["Homes are good"], ["Plans are late"]))
    written(folder, "b.txt", b"Visits are kept\r\nby all.")
    for text in read_texts((folder,)):
        assert text.whole == bare_text_of(folder / text.document)
        assert letters_by_page(folder / text.document) == tuple(letters(page) for page in text.pages)
    for chunk in open_plain_chain((folder,), FakeEmbedder(), tmp_path / "kept").chunks:
        assert letters(chunk.text) in "".join(letters_by_page(folder / chunk.document))
