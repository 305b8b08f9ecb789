"""Whatever the bytes, a reader reads them or says in a sentence why not; it never fails in another way."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.formats import READERS, parse
from corpus.overview import PARTS, as_data, summary
from corpus.read import FEWEST_WORDS, read_report
from corpus.report import ReportError, is_verbatim
from tests.word import item, members_of, packed, paragraph, table, word

HTML = (
    "<!doctype html><html><head><meta charset='utf-8'><title>T</title></head><body><header>Site</header><main>"
    "<h1>Inspection of services</h1><p>Dates: 4 July<br>Published: 5 May</p><table><tr><th>Area<th>Grade"
    "<tr><td>Leaders<td>Good</table><h2>Plans</h2><ol start=2><li>First.<ul><li>Sub.</ul><li>Second<sup>1</sup>.</ol>"
    "<dl><dt>From<dd>Us</dl><pre>a\n b</pre><p class=footnote><sup>1</sup> Note’s end.</p></main></body></html>"
).encode()
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
STYLES = '<w:style w:styleId="s"><w:name w:val="heading 1"/><w:basedOn w:val="s"/></w:style>'
DOCX = word(
    paragraph("Inspection of services", '<w:pStyle w:val="s"/>')
    + table(("Area", "Grade"), ("Leaders", "Good"))
    + item("Plans.")
    + "<w:p><w:r><w:footnoteReference w:id='1'/></w:r><w:ins><w:r><w:t>in</w:t></w:r></w:ins></w:p>",
    numbering=NUMBERING,
    styles=STYLES,
    footnotes=f"<w:footnote w:id='1'>{paragraph('Note.')}</w:footnote>",
)
PDF = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
    b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
    b" /Resources << /Font << /F1 4 0 R >> >> >>\nendobj\n"
    b"4 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n"
    b"5 0 obj\n<< /Length 46 >>\nstream\nBT /F1 11 Tf 60 780 Td (Plans are clear.) Tj ET\nendstream\nendobj\n"
    b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF\n"
)
MARKDOWN = "# Plans\n\n1. First’s.\n\n- Dot\n\n| a | b |\n\n<sup>1</sup> Note.\n".encode()
SEEDS = {".txt": MARKDOWN, ".md": MARKDOWN, ".pdf": PDF, ".html": HTML, ".htm": HTML, ".docx": DOCX}
each_suffix = pytest.mark.parametrize("suffix", sorted(READERS))

# A change: where, as a share of the length, how many bytes go, and what comes in their place.
CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.binary(max_size=6) | st.sampled_from([b"<", b">", b'"', b"&#0;", b"\xff\xfe", b"<!--", b"PK\x03\x04"]),
    ),
    min_size=1,
    max_size=6,
)


def changed(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for share, gone, coming in changes:
        place = int(share * len(data))
        data = data[:place] + coming + data[place + gone :]
    return data


def read_or_refused(suffix: str, data: bytes) -> None:
    try:
        parsed = parse(suffix, data)
    except ReportError as error:
        assert str(error).endswith(".")  # noqa: PT017  (either outcome is right)
        return
    for block in parsed.blocks:
        assert 0 <= block.start <= block.end <= len(parsed.text)
        if suffix in (".html", ".htm", ".docx") and any(map(str.isalnum, block.text)):
            assert is_verbatim(block.text, parsed.text)


def test_every_type_of_file_has_a_seed() -> None:
    assert SEEDS.keys() == READERS.keys()


@each_suffix
def test_the_seed_itself_is_read(suffix: str) -> None:
    assert "Plans" in parse(suffix, SEEDS[suffix]).text


@each_suffix
@given(data=st.binary(max_size=600))
def test_random_bytes(suffix: str, data: bytes) -> None:
    read_or_refused(suffix, data)


@each_suffix
@given(changes=CHANGES)
def test_a_file_with_wrong_bytes(suffix: str, changes: list[tuple[float, int, bytes]]) -> None:
    read_or_refused(suffix, changed(SEEDS[suffix], changes))


@each_suffix
@given(share=st.floats(0, 1))
def test_a_file_that_is_cut_short(suffix: str, share: float) -> None:
    read_or_refused(suffix, SEEDS[suffix][: int(share * len(SEEDS[suffix]))])


@each_suffix
@pytest.mark.parametrize("other", sorted(SEEDS))
def test_a_file_under_the_name_of_another_type(suffix: str, other: str) -> None:
    read_or_refused(suffix, SEEDS[other])


@given(part=st.sampled_from(sorted(members_of(DOCX))), changes=CHANGES)
def test_a_document_with_wrong_bytes_in_a_part_that_unpacks(part: str, changes: list[tuple[float, int, bytes]]) -> None:
    members = members_of(DOCX)
    read_or_refused(".docx", packed({**members, part: changed(members[part], changes)}))


@given(words=st.lists(st.sampled_from(HTML.decode().replace(">", ">\0").replace("<", "\0<").split("\0")), max_size=60))
def test_a_page_of_tags_in_any_order(words: list[str]) -> None:
    read_or_refused(".html", "".join(words).encode())


# The whole of the reading: who and when, grades, lists, figures, officers

SHIPPED = Path(__file__).resolve().parents[1] / "reports"
WHOLE = sorted(path for path in SHIPPED.iterdir() if path.suffix in (".txt", ".md"))
# What the readers of each part look for, in an order that no report has.
PHRASES = (
    "Inspection of services for children in Rutland", "Inspection dates:", "3 March 2014", "to 31 February 2014",
    "Report published", "Lead inspector:", "Ann Ash", "HMI", "Overall effectiveness", "Good", "requires improvement",
    "inadequate", "The impact of leaders", "What needs to improve", "Recommendations", "1.", "2. ", "- ", "• ", "|",
    "At 31 March 2015, ", "320", "1,2,3", "children", "were looked after", "a rate of", "per 10,000", "%", "half of",
    "The director of children's services", "has been in post since", "May 2013", "previous inspection", "judged", "(",
    ")", "“", "\n", "\n\n", "\f", "Dear ", "Yours sincerely", "¹", "\u00ad", "\x00", "½", "the", "Annex", "SIF",
)  # fmt: skip


def read_whole_or_refused(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        report = read_report(path)
    except ReportError as error:
        assert str(error).endswith(".")  # noqa: PT017  (either outcome is right)
        return
    assert len(report.text.split()) >= FEWEST_WORDS
    quotes = [part.quote for name in PARTS for part in getattr(report, name)]
    # A list may have an item of signs alone, which is no quote.
    assert all(is_verbatim(quote, report.text) for quote in quotes if any(map(str.isalnum, quote)))
    assert as_data(report)["document"] == summary(report)["document"] == path.name


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def test_the_reports_that_are_changed_have_something_of_every_part() -> None:
    reports = [read_report(path) for path in WHOLE]
    assert {name for report in reports for name in PARTS if getattr(report, name)} >= {"judgements", "statements"}


@pytest.mark.parametrize("report", WHOLE, ids=lambda path: path.name)
@settings(max_examples=25)
@given(changes=CHANGES)
def test_a_whole_report_with_wrong_bytes(report: Path, place: Path, changes: list[tuple[float, int, bytes]]) -> None:
    read_whole_or_refused(place / report.name, changed(report.read_bytes(), changes))


@settings(max_examples=80)
@given(words=st.lists(st.sampled_from(PHRASES), min_size=FEWEST_WORDS, max_size=120), gap=st.sampled_from([" ", "\n"]))
def test_a_report_of_telling_phrases_in_any_order(place: Path, words: list[str], gap: str) -> None:
    read_whole_or_refused(place / "phrases.txt", gap.join(words).encode())


@settings(max_examples=60)
@given(lines=st.lists(st.sampled_from([f"<p>{phrase}<br>" for phrase in PHRASES]), min_size=20, max_size=60))
def test_a_web_page_of_telling_phrases_in_any_order(place: Path, lines: list[str]) -> None:
    read_whole_or_refused(place / "phrases.html", f"<html><body>{''.join(lines)}</body></html>".encode())
