"""PDFs become lines with their pages; the PDFs are written here, by hand."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from corpus import pdf as reader
from corpus.ocr import Recognised, RecognitionError
from corpus.pdf import read_pdf
from corpus.read import read_report
from corpus.report import BlockKind, ReportError, is_verbatim

PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
)
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


Run = tuple[float, str]


def pdf(*pages: Sequence[str | list[Run]], page_object: bytes = PAGE) -> bytes:
    """A PDF with these lines on its pages, in Helvetica of 11 points; a line may be in runs, each with its size."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * place) for place in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages))]
    objects.append(FONT)
    for place, lines in enumerate(pages):
        objects.append(page_object.replace(b"%d", b"%d" % (5 + 2 * place)))
        shown = b" T* ".join(b" ".join(map(_run, [(11, line)] if isinstance(line, str) else line)) for line in lines)
        stream = b"BT 14 TL 60 780 Td %s ET" % shown
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return written(objects)


def _run(run: Run) -> bytes:
    size, words = run
    return b"/F1 %d Tf <%s> Tj" % (size, words.encode("cp1252").hex().encode())


def written(objects: list[bytes], trailing: bytes = b"") -> bytes:
    """A PDF file of these objects, numbered from 1, the first of them the catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, b"".join(places))
    trailer = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailing,
        len(body),
    )
    return body + table + trailer


def filled(data: bytes) -> list[tuple[int | None, str]]:
    pages = enumerate(read_pdf(data).text.split("\f"), start=1)
    return [(page, line) for page, text in pages for line in text.splitlines() if line.strip()]


SENTENCES = ["Children are seen alone.", "Plans are clear.", "Visits are on time.", "Staff are proud.", "Audits help."]
GOOD = pdf(SENTENCES, SENTENCES[::-1])


def test_pages_are_counted_from_one() -> None:
    assert filled(pdf(["First page."], [], ["Third (last) page."])) == [(1, "First page."), (3, "Third (last) page.")]


def test_a_block_stands_where_it_says_on_its_page() -> None:
    parsed = read_pdf(GOOD)
    assert {block.page for block in parsed.blocks} == {1, 2}
    for block in parsed.blocks:
        assert parsed.text[block.start : block.end] == block.text
        assert block.page == parsed.text.count("\f", 0, block.start) + 1


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
    assert read_pdf(pdf([f"Every child has a well{hyphen}", "made plan."])).text == "Every child has a well-made plan."


def test_a_broken_word_loses_its_hyphen_only_where_the_report_writes_it_in_one() -> None:
    once = [*SENTENCES, "All safeguarding is checked.", "A safe-", "guarding board meets."]
    assert "A safeguarding board meets." in read_pdf(pdf(once)).text
    both = [*once, "It is safe-guarding work."]
    assert "A safe-guarding board meets." in read_pdf(pdf(both)).text


@pytest.mark.parametrize(
    "data",
    [b"", GOOD[:60], b"<!DOCTYPE html><html><body>Page not found</body></html>", pdf()],
    ids=["empty", "cut short", "HTML", "no pages"],
)
def test_what_is_no_pdf_is_refused_plainly(data: bytes) -> None:
    with pytest.raises(ReportError, match="^The PDF (cannot be read: it is (damaged|a web page)|has no pages)"):
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
    found = [(each.page, each.quote) for each in report.judgements]
    found += [(each.page, each.quote) for each in report.statements]
    assert [page for page, _ in found] == [2, 1]
    for page, quote in found:
        assert page is not None
        assert is_verbatim(quote, pages[page - 1])


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


def test_a_pdf_with_nothing_but_damaged_pages_is_refused() -> None:
    with pytest.raises(ReportError):
        read_pdf(pdf(["Text"], page_object=b"null"))


def test_a_damaged_page_is_named_and_the_others_are_read() -> None:
    damaged = pdf(["First."], ["Lost."], ["Third."]).replace(b"6 0 obj\n<< /Type /Page ", b"6 0 obj\n<< /Type /None ")
    damaged = damaged.replace(b"/Kids [4 0 R 6 0 R 8 0 R]", b"/Kids [4 0 R 1 0 R 8 0 R]")
    parsed = read_pdf(damaged)
    assert parsed.problems == ("Page 2: damaged, and could not be read.",)
    assert parsed.text == "First.\f\fThird."


def test_a_pdf_with_a_password_is_called_so() -> None:
    locked = (
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>",
        b"/Encrypt 3 0 R /ID [<00112233> <00112233>]",
    )
    kinds = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", locked[0]]
    with pytest.raises(ReportError, match="protected by a password"):
        read_pdf(written(kinds, locked[1]))


def test_a_pdf_of_five_thousand_pages_is_refused_with_the_limit() -> None:
    kids = b" ".join([b"3 0 R"] * 5_000)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count 5000 >>" % kids,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    with pytest.raises(ReportError, match=r"^The PDF has 5,000 pages; up to 2,000 are read\.$"):
        read_pdf(written(objects))


# Footnotes

NOTE: list[Run] = [(6, "3"), (8, " The outline is a set of steps that courts ask for.")]
BEFORE = "Managers look at every plan in good time, and most of the assessments"
AFTER = "are clear about what has to change."


@pytest.mark.parametrize("note", [[NOTE], [[(6, "3")], [(8, "The outline is a set of steps that courts ask for.")]]])
def test_a_footnote_is_kept_apart_from_the_sentence_it_interrupts(note: list[str | list[Run]]) -> None:
    first: list[str | list[Run]] = [*SENTENCES, [(11, BEFORE), (6, "3")], *note]
    parsed = read_pdf(pdf(first, [AFTER]))
    (footnote,) = (block for block in parsed.blocks if block.kind is BlockKind.FOOTNOTE)
    assert (footnote.number, footnote.page) == ("3", 1)
    assert footnote.text == "The outline is a set of steps that courts ask for."
    (torn,) = (block for block in parsed.blocks if block.text.startswith("Managers"))
    assert torn.text == f"{BEFORE}3 {AFTER}"
    assert is_verbatim(torn.text, parsed.text)


def test_the_first_line_of_a_paragraph_at_the_foot_of_a_page_is_no_heading() -> None:
    parsed = read_pdf(pdf([*SENTENCES, BEFORE], [AFTER]))
    assert (BlockKind.PARAGRAPH, f"{BEFORE} {AFTER}") in {(block.kind, block.text) for block in parsed.blocks}


def test_a_footnote_ends_where_the_print_is_large_again() -> None:
    page: list[str | list[Run]] = [*SENTENCES, NOTE, [(8, "They are public.")], "The body goes on."]
    parsed = read_pdf(pdf(page))
    texts = [block.text for block in parsed.blocks if block.kind is BlockKind.FOOTNOTE]
    assert texts == ["The outline is a set of steps that courts ask for. They are public."]
    assert parsed.blocks[-1].text == "The body goes on."


def test_a_number_in_the_size_of_its_line_begins_no_footnote() -> None:
    small: list[str | list[Run]] = [*SENTENCES, [(8, "3 Children are seen.")], "3 Plans are made."]
    assert all(block.kind is not BlockKind.FOOTNOTE for block in read_pdf(pdf(small)).blocks)


def test_a_footnote_mark_on_its_own_line_stays_in_its_sentence() -> None:
    parsed = read_pdf(
        pdf([BEFORE, "are good.", "12 live in special schools", [(6, "3")], "of whom two are far away"], SENTENCES)
    )
    assert "12 live in special schools3 of whom two are far away" in {block.text for block in parsed.blocks}


# Scanned pages


def scanned(words: str) -> bytes:
    """A PDF whose only page is a picture of these words."""
    picture = Image.new("L", (1200, 300), 255)
    ImageDraw.Draw(picture).text((40, 100), words, fill=0, font=ImageFont.load_default(size=48))
    file = io.BytesIO()
    picture.save(file, "PDF", resolution=150)
    return file.getvalue()


def test_a_scanned_page_is_recognised_and_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        reader, "recognised", lambda _: Recognised(["Children are safe.", "Plans are clear."], upright=True)
    )
    parsed = read_pdf(scanned("whatever"))
    assert (parsed.text, parsed.ocr_pages) == ("Children are safe.\nPlans are clear.", frozenset({1}))


def test_a_page_with_text_is_not_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "recognised", lambda _: pytest.fail("it has text"))
    assert read_pdf(pdf(SENTENCES, [])).ocr_pages == frozenset()


def test_a_blank_page_with_an_emblem_is_not_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "recognised", lambda _: pytest.fail("it is no scan"))
    picture = scanned("Emblem")
    assert b"576.0 144.0" in picture
    assert read_pdf(picture.replace(b"576.0 144.0", b"976.0 944.0")).ocr_pages == frozenset()


def test_without_the_library_a_scanned_page_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: bytes) -> Recognised:
        raise RecognitionError("Install it.")

    monkeypatch.setattr(reader, "recognised", missing)
    parsed = read_pdf(scanned("Children are safe."))
    assert parsed.problems == ("Page 1: no text, only a picture. Install it.",)
    assert parsed.ocr_pages == frozenset()


def test_no_more_pages_are_recognised_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_PAGES_RECOGNISED", 0)
    (problem,) = read_pdf(scanned("Children are safe.")).problems
    assert problem == "Page 1: no text, only a picture, and only 0 such pages are recognised."


def test_the_words_of_a_picture_are_read() -> None:
    parsed = read_pdf(scanned("Children are seen alone."))
    assert parsed.text == "Children are seen alone."
