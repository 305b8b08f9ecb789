"""PDFs become lines with their pages; the PDFs are written here, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.pdf import joined, page_texts, read_pdf
from corpus.read import read_report
from corpus.report import ReportError, is_verbatim

PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
)
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def pdf(*pages: list[str], page_object: bytes = PAGE) -> bytes:
    """A PDF with these lines on its pages, in Helvetica."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * place) for place in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages))]
    objects.append(FONT)
    for place, lines in enumerate(pages):
        objects.append(page_object.replace(b"%d", b"%d" % (5 + 2 * place)))
        shown = b" ".join(b"<%s> Tj T*" % line.encode("cp1252").hex().encode() for line in lines)
        stream = b"BT /F1 11 Tf 14 TL 60 780 Td %s ET" % shown
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, b"".join(places))
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + table + trailer


def filled(data: bytes) -> list[tuple[int | None, str]]:
    return [(line.page, line.text) for line in joined(list(page_texts(data)))[1] if line.text.strip()]


SENTENCES = ["Children are seen alone.", "Plans are clear.", "Visits are on time.", "Staff are proud.", "Audits help."]
GOOD = pdf(SENTENCES, SENTENCES[::-1])
# A page that cannot be loaded raises pdfium's own error. Take the marks off when corpus/pdf.py catches it.


def test_pages_are_counted_from_one() -> None:
    assert filled(pdf(["First page."], [], ["Third (last) page."])) == [(1, "First page."), (3, "Third (last) page.")]


def test_a_line_stands_where_it_says() -> None:
    text, lines = joined(list(page_texts(GOOD)))
    assert len(lines) > 2 * len(SENTENCES)
    for line in lines:
        assert text[line.start : line.end] == line.text
        assert line.page == text.count("\f", 0, line.start) + 1


def test_running_headers_and_page_numbers_are_no_lines() -> None:
    bodies = [[f"{word} {sentence}" for sentence in SENTENCES] for word in ("One:", "Two:", "Three:")]
    pages = [["Rutland, May 2023", *body, f"Page {number} of 3"] for number, body in enumerate(bodies, start=1)]
    assert filled(pdf(*pages)) == [(page, line) for page, body in enumerate(bodies, start=1) for line in body]


def test_what_only_two_pages_share_is_no_running_header() -> None:
    assert (2, "Audits help.") in filled(GOOD)


def test_a_number_amid_a_page_stays() -> None:
    page = ["Before.", "Also before.", "Children in care:", "17", "After.", "Also after."]
    assert (1, "17") in filled(pdf(page))


@pytest.mark.parametrize("hyphen", ["-", "\xad"])
def test_a_word_broken_at_a_line_end_is_one_word(hyphen: str) -> None:
    text, lines = joined(list(page_texts(pdf([f"Every child has a safe{hyphen}", "guarding plan."]))))
    assert lines[0].text == text == "Every child has a safe-guarding plan."


@pytest.mark.parametrize(
    "data",
    [b"", GOOD[:60], b"<!DOCTYPE html><html><body>Page not found</body></html>", pdf()],
    ids=["empty", "cut short", "HTML", "no pages"],
)
def test_what_is_no_pdf_is_refused_plainly(data: bytes) -> None:
    with pytest.raises(ReportError, match="^The PDF (cannot be read: it is (damaged|a web page)|has 0 pages)"):
        read_pdf(data)


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").touch()
    with pytest.raises(ReportError, match="The file is empty."):
        read_report(tmp_path / "report.pdf")


def test_a_quote_stands_on_its_page(tmp_path: Path) -> None:
    face = ["Inspection of children's services in Rutland", "Inspection dates: 27 February to 10 March 2023"]
    judged = "The graded judgement for help and protection is that it is good."
    (tmp_path / "report.pdf").write_bytes(pdf([*face, *SENTENCES, *SENTENCES], [*SENTENCES, judged, *SENTENCES]))
    report = read_report(tmp_path / "report.pdf")
    pages = report.text.split("\f")
    found = [*report.judgements, *report.statements]
    assert [each.page for each in found] == [2, 1]
    for each in found:
        assert each.page is not None
        assert is_verbatim(each.quote, pages[each.page - 1])


def read_or_refused(data: bytes) -> None:
    try:
        read_pdf(data)
    except ReportError as error:
        assert str(error).startswith("The PDF ")  # noqa: PT017  (either outcome is right)


@given(st.binary(max_size=400))
@example(b"%PDF-1.4\n%%EOF")
def test_random_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ReportError):
        read_pdf(data)


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_pdf_with_wrong_bytes_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, byte in changes:
        data[place] = byte
    read_or_refused(bytes(data))


def test_a_pdf_with_a_damaged_page_is_refused() -> None:
    with pytest.raises(ReportError):
        read_pdf(pdf(["Text"], page_object=b"null"))
