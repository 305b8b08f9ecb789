"""Bytes become text in every usual encoding; what is no text is refused with what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.decode import decoded, decoded_page
from corpus.report import ReportError
from tests.word import packed, paragraph, word

TEXT = "The council’s plan – “good”.\n" * 20


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "ascii"]
)
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    text = TEXT if encoding != "ascii" else "The plan is good."
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("council’s ".encode() + b"council\x92s", "council’s council’s"),
        ("\ufeffcouncil’s ".encode() + b"council\x92s", "council’s council’s"),
        ("council’s ".encode() + b"caf\xe9 caf\xe9", "council’s café café"),
        (b"caf\xe9 council\x92s", "café council’s"),
    ],
    ids=["one among UTF-8", "after the mark", "more than UTF-8 has of its own", "no UTF-8 at all"],
)
def test_an_odd_byte_is_what_windows_means_by_it(data: bytes, text: str) -> None:
    assert decoded(data) == text


def test_one_byte_that_means_nothing_is_shown_as_lost() -> None:
    assert decoded(TEXT.encode() * 3 + b"\x81").endswith("\ufffd")


def test_many_bytes_that_mean_nothing_are_no_text() -> None:
    with pytest.raises(ReportError, match="^The file is not text in UTF-8, UTF-16 or Windows-1252"):
        decoded(TEXT.encode() + b"\x81\x8d\x8f")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\xff\xfe\x00\x00\x01", b"\xff\xfe" + b"\x00\xd8" * 9])
def test_a_mark_that_does_not_hold_is_no_text(data: bytes) -> None:
    with pytest.raises(ReportError, match="not text in UTF-8"):
        decoded(data)


@pytest.mark.parametrize("data", [bytes(40), bytes(range(32)) * 4, b"Plans" + b"\x00" * 9, b"\x00ab\x00" * 30])
def test_zeros_and_control_characters_are_no_text(data: bytes) -> None:
    with pytest.raises(ReportError, match="binary data"):
        decoded(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "it is a PDF; rename it to .pdf"),
        (b"\n %PDF-1.7\n", "it is a PDF; rename it to .pdf"),
        (word(paragraph("Plans")), "it is a Word document; rename it to .docx"),
        (packed({"ppt/presentation.xml": b"<a/>"}), "it is a PowerPoint presentation"),
        (b"PK\x03\x04...mimetypeapplication/vnd.oasis.opendocument.text", "it is an OpenDocument text"),
        (packed({"a.txt": b"Plans"}), r"it is an archive \(ZIP\); unpack it first"),
        (b"\x89PNG\r\n\x1a\n", r"it is a picture \(PNG\); only text is read"),
        (b"\xff\xd8\xff\xe0", r"it is a picture \(JPEG\)"),
        (b"<!DOCTYPE HTML>\n<html>", "it is a web page; rename it to .html"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- a --><!-- b --><html lang=en>", "it is a web page"),
        ("<html><p>Plans".encode("utf-16"), "it is a web page"),
    ],
)
def test_another_type_under_this_name_is_named(data: bytes, said: str) -> None:
    with pytest.raises(ReportError, match=f"^The file is not what its name says: {said}"):
        decoded(data)


@pytest.mark.parametrize("text", ["<p>Markdown may hold this.</p>", "<htmlish>", "A page begins with <html>.", ""])
def test_text_that_only_speaks_of_tags_is_text(text: str) -> None:
    assert decoded(text.encode()) == text


def test_a_page_without_an_end_of_comments_takes_no_time() -> None:
    text = "<!---->" * 500 + "Plans"
    assert decoded(text.encode()) == text


def test_a_page_says_its_own_encoding() -> None:
    page = '<meta charset="iso-8859-15">1 €'
    assert decoded_page(page.encode("iso-8859-15")) == page


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=300))
def test_text_with_a_mark_comes_back_whole(text: str) -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        data = ("Plans: " + text).encode(encoding)
        assert decoded(data) == "Plans: " + text


@given(st.text(st.characters(max_codepoint=0x24F, exclude_categories=["Cc"]), min_size=8, max_size=300))
def test_latin_letters_in_utf_16_need_no_mark(text: str) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert decoded(("Plans of care are clear. " * 20 + text).encode(encoding)).endswith(text)
