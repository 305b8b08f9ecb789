"""Saved web pages become text and blocks; pages that are no report are refused with the reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.html import read_html
from corpus.read import read_report
from corpus.report import BlockKind, ReportError, is_verbatim

PROSE = "<p>" + "Social workers know their children well. " * 12 + "</p>"


def kinds(body: str) -> list[tuple[BlockKind, str | None, str]]:
    parsed = read_html(f"<!doctype html><html><head><title>T</title></head><body>{body}</body></html>".encode())
    for block in parsed.blocks:
        assert is_verbatim(block.text, parsed.text)
        assert " ".join(parsed.text[block.start : block.end].split()) == block.text
    return [(block.kind, block.number, block.text) for block in parsed.blocks]


def texts(body: str) -> list[str]:
    return [text for _, _, text in kinds(body)]


# A whole page


def test_a_page_is_read_like_any_other_report(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<!doctype html><html><body><header>Council website</header><main>"
        "<h1>Inspection of Rutland children’s services</h1>"
        "<p>Inspection dates: 27 February to 10 March 2023<br>Report published: 3 May 2023</p>"
        "<table><tr><th>Judgement<th>Grade<tr><td>Overall effectiveness<td>Good</table>"
        f"<h2>What needs to improve</h2><ul><li>The quality of plans.</li></ul>{PROSE}</main></body></html>",
        encoding="utf-8",
    )
    report = read_report(tmp_path / "a.html")
    assert (report.authority, report.inspection_end, report.published) == (
        "Rutland",
        date(2023, 3, 10),
        date(2023, 5, 3),
    )
    assert {each.area: each.grade for each in report.judgements} == {"overall": "good"}
    assert report.blocks[-1].headings == ("What needs to improve",)
    assert "Council website" not in report.text
    assert report.pages is None


# Kinds of block


def test_headings_paragraphs_and_loose_words() -> None:
    assert kinds("Loose <b>words</b>.<h3>Plans of care</h3><p>Plans are\n<em>clear</em>.</p>End.") == [
        (BlockKind.PARAGRAPH, None, "Loose words."),
        (BlockKind.HEADING, None, "Plans of care"),
        (BlockKind.PARAGRAPH, None, "Plans are clear."),
        (BlockKind.PARAGRAPH, None, "End."),
    ]


def test_a_paragraph_that_is_dressed_as_a_heading_is_none() -> None:
    assert kinds(f"<h2>{'Plans are clear. ' * 20}</h2>")[0][0] is BlockKind.PARAGRAPH


def test_items_have_their_numbers() -> None:
    first = "<li>Three.<ul><li>Dot.</li></ul></li>"
    assert kinds(f'<ol start="3">{first}<li><p>Four.</p><p>More.</p></li><li value="9">Nine.</li></ol>') == [
        (BlockKind.NUMBERED, "3", "Three."),
        (BlockKind.BULLET, None, "Dot."),
        (BlockKind.NUMBERED, "4", "Four."),
        (BlockKind.PARAGRAPH, None, "More."),
        (BlockKind.NUMBERED, "9", "Nine."),
    ]


@pytest.mark.parametrize("attribute", ['type="a"', "reversed"])
def test_a_list_that_does_not_count_up_in_numbers_has_bullets(attribute: str) -> None:
    assert kinds(f"<ol {attribute}><li>Plans.</li></ol>") == [(BlockKind.BULLET, None, "Plans.")]


@pytest.mark.parametrize("start", ["x", "-3", "٣", "9" * 50])
def test_a_start_that_is_no_number_is_one(start: str) -> None:
    assert kinds(f'<ol start="{start}"><li>Plans.</li></ol>') == [(BlockKind.NUMBERED, "1", "Plans.")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("17. Visits are late.", (BlockKind.NUMBERED, "17", "Visits are late.")),
        ("• Visits are late.", (BlockKind.BULLET, None, "Visits are late.")),
        ("·&nbsp;&nbsp; Visits are late.", (BlockKind.BULLET, None, "Visits are late.")),
    ],
)
def test_a_mark_that_was_typed_counts(typed: str, found: tuple[BlockKind, str | None, str]) -> None:
    assert kinds(f"<p>{typed}</p>") == [found]


def test_a_table_is_read_row_by_row() -> None:
    body = "<table><caption>Grades</caption><thead><tr><th>Area</th><th>Grade</th></tr></thead>"
    assert kinds(body + "<tr><td><p>Care <b>leavers</b></p></td><td></td><td>Good</td></tr></table>") == [
        (BlockKind.TABLE_ROW, None, "Grades"),
        (BlockKind.TABLE_ROW, None, "Area Grade"),
        (BlockKind.TABLE_ROW, None, "Care leavers Good"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><h2>Plans</h2></td><td><p>Plans are clear.</p></td></tr></table>",
        "<table role=presentation><tr><td>Plans</td><td>Plans are clear.</td></tr></table>",
        "<table><tr><td>Plans</td></tr><tr><td>Plans are clear.</td></tr></table>",
    ],
    ids=["a heading in it", "by role", "one column"],
)
def test_a_table_that_only_lays_out_the_page_holds_paragraphs(table: str) -> None:
    assert BlockKind.TABLE_ROW not in {kind for kind, _, _ in kinds(table)}
    assert texts(table) == ["Plans", "Plans are clear."]


def test_a_term_and_what_is_said_of_it_are_a_row() -> None:
    assert kinds("<dl><dt>Published:</dt><dd>3 May 2023</dd><dt>From:</dt><dd>Ofsted</dd></dl>") == [
        (BlockKind.TABLE_ROW, None, "Published: 3 May 2023"),
        (BlockKind.TABLE_ROW, None, "From: Ofsted"),
    ]


@pytest.mark.parametrize(
    "mark",
    [
        "<sup>1</sup>",
        "<sup><a href='#fn1'>[1]</a></sup>",
        "<a href='page.html#_ftn1'><span>[1]</span></a>",
        "<a role='doc-noteref' href='#x'>*</a>",
    ],
)
def test_the_mark_of_a_footnote_is_no_part_of_its_sentence(mark: str) -> None:
    assert texts(f"<p>Plans{mark} are clear by the 2<sup>nd</sup> visit.</p>") == ["Plans are clear by the 2nd visit."]


@pytest.mark.parametrize(
    "note",
    [
        "<p><sup>1</sup> In May.</p>",
        "<div class='footnotes wide'><ol><li>In May. <a href='#fnref1'>↩</a></li></ol></div>",
        "<section role='doc-endnotes'><p>In May.</p></section>",
        "<p class=MsoFootnoteText><a href='#_ftnref1'>[1]</a> In May.</p>",
    ],
)
def test_a_footnote_is_told_from_the_text(note: str) -> None:
    assert kinds(f"<p>Before.</p>{note}<p>After.</p>") == [
        (BlockKind.PARAGRAPH, None, "Before."),
        (BlockKind.FOOTNOTE, None, "In May."),
        (BlockKind.PARAGRAPH, None, "After."),
    ]


def test_a_page_that_has_footnotes_is_not_one() -> None:
    assert kinds("<div class='has-footnotes'><p>Plans.</p></div>")[0][0] is BlockKind.PARAGRAPH


# White space and characters


def test_a_break_is_a_line_and_two_are_a_new_paragraph() -> None:
    parsed = read_html(b"<p>Report published:<br>3 May 2023<br> <br/>Next.</p>")
    assert parsed.text == "Report published:\n3 May 2023\n\nNext."
    assert [block.text for block in parsed.blocks] == ["Report published: 3 May 2023", "Next."]


def test_what_no_reader_sees_is_left_out() -> None:
    assert texts("<p>safe&shy;guarding&nbsp;&amp;\u200b care&#39;s</p>") == ["safeguarding & care's"]


@pytest.mark.parametrize(
    "data",
    [
        '<meta charset="iso-8859-1"><p>the council’s</p>'.encode("cp1252"),
        '<meta http-equiv=Content-Type content="text/html; charset=utf-8"><p>the council’s</p>'.encode(),
        "\ufeff<meta charset=windows-1252><p>the council’s</p>".encode(),
        "<meta charset=utf-8><p>the council’s</p>".encode("cp1252"),
        "<meta charset=utf-16><p>the council’s</p>".encode(),
        "<meta charset=rot13><p>the council’s</p>".encode(),
        "<p>the council’s</p>".encode("cp1252"),
        "<p>the council’s</p>".encode("utf-16"),
        "<?xml version='1.0' encoding='utf-8'?><html><p>the council’s</p></html>".encode(),
    ],
)
def test_the_characters_are_those_that_were_meant(data: bytes) -> None:
    assert read_html(data).text == "the council’s"


# What is not content


@pytest.mark.parametrize(
    "part",
    [
        "<script>gone</script>",
        "<style>gone</style>",
        "<noscript>gone</noscript>",
        "<template><p>gone</p></template>",
        "<nav><ul><li>gone</li></ul></nav>",
        "<header><h1>gone</h1></header>",
        "<footer>gone</footer>",
        "<aside>gone</aside>",
        "<button>gone</button>",
        "<dialog>gone</dialog>",
        "<div role='navigation'>gone</div>",
        "<div role='banner'>gone</div>",
        "<p hidden>gone</p>",
        "<div style='color: red; display : none'><h1>gone</h1></div>",
        "<span class='govuk-visually-hidden'>gone</span>",
        "<div class='cookie-banner'>gone</div>",
        "<div id='onetrust-consent-sdk'>gone</div>",
        "<div class='govuk-breadcrumbs'>gone</div>",
        "<!-- gone -->",
        "<?gone gone?>",
        "<svg><text>gone</text></svg>",
    ],
)
def test_what_is_no_content_is_left_out_and_what_follows_is_not(part: str) -> None:
    assert texts(f"<div>Plans {part}are clear.</div>") in (["Plans are clear."], ["Plans", "are clear."])


@pytest.mark.parametrize(
    "kept",
    [
        "<article><header><h1>Plans</h1></header></article>",
        "<div class='cookie-consent-page'><h1>Plans</h1></div>",
        "<form><p>Plans</p></form>",
        "<div aria-hidden='true'>Plans</div>",
        "<dialog open>Plans</dialog>",
    ],
)
def test_what_may_hold_the_content_is_kept(kept: str) -> None:
    assert texts(kept) == ["Plans"]


def test_where_a_page_names_its_main_part_only_that_is_read() -> None:
    assert texts("<div>Search</div><main><p>Plans.</p></main><div>Share</div>") == ["Plans."]


# What is no report


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<h1>Cookies on this site</h1>" + "<p>We set cookies to count visits.</p>" * 6, "about cookies"),
        ("<main><h1>Page not found</h1><p>Check the address.</p></main>", "was not found"),
        ("<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>", "JavaScript"),
    ],
)
def test_a_page_that_is_no_report_is_refused_with_the_reason(body: str, said: str) -> None:
    with pytest.raises(ReportError, match=f"^It is a web page .*{said}.*, not a report.$"):
        texts(body)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 and so on", "it is a PDF; rename it to .pdf"),
        (b"Plans are clear.", "it is plain text; rename it to .txt"),
        (b"PK\x03\x04 word/document.xml", "it is a Word document; rename it to .docx"),
        (b"From: <Saved by Blink>", r"a web archive \(MHTML\); save the page as HTML"),
        (b"<!-- nothing else -->", "cannot be read"),
        (b"<p>" + bytes(range(256)), "not text in UTF-8|binary data"),
    ],
)
def test_what_is_no_page_is_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(ReportError, match=said):
        read_html(data)


@pytest.mark.parametrize("tag", ["div", "i", "ul><li", "table><tr><td"])
@pytest.mark.parametrize("times", [160, 300, 100_000])
def test_elements_that_are_nested_without_end_are_refused(tag: str, times: int) -> None:
    with pytest.raises(ReportError, match="nested too deeply"):
        read_html(f"<{tag}>".encode() * times + b"Plans.")


def test_deep_but_lawful_nesting_is_read() -> None:
    assert read_html(b"<div>" * 140 + b"Plans.").text == "Plans."


def test_entities_of_a_page_name_no_files_and_do_not_grow() -> None:
    page = b'<!DOCTYPE html [<!ENTITY a "aa"><!ENTITY f SYSTEM "file:///etc/passwd">]><html><body><p>&a;&f;</p></body></html>'
    assert "&a;&f;" in read_html(page).text


def test_a_long_list_takes_no_longer_an_item_than_a_short_one() -> None:
    blocks = read_html(b"<ol>" + b"<li>Plans." * 5_000).blocks
    assert blocks[-1].number == "5000"


# Lines parted by breaks


def test_a_text_parted_by_breaks_is_as_many_paragraphs() -> None:
    found = kinds(
        "<p>Rutland County Council<br>Published: 5 May 2023<br>What needs to improve<br>- The plans of care leavers."
        "<br>"
        "Leaders know their service well and have put more money into early help this<br>year and the last.<br><br>"
        "Staff are proud.</p>"
    )
    assert [(kind, text) for kind, _, text in found] == [
        (BlockKind.PARAGRAPH, "Rutland County Council"),
        (BlockKind.PARAGRAPH, "Published: 5 May 2023"),
        (BlockKind.HEADING, "What needs to improve"),
        (BlockKind.BULLET, "The plans of care leavers."),
        (
            BlockKind.PARAGRAPH,
            "Leaders know their service well and have put more money into early help this year and the last.",
        ),
        (BlockKind.PARAGRAPH, "Staff are proud."),
    ]


def test_a_label_keeps_the_line_below_it_and_a_few_lines_stay_together() -> None:
    assert texts("<p>One line.<br>Lead inspector:<br>Ann Ash<br>Two lines.<br>Three lines.</p>")[1] == (
        "Lead inspector: Ann Ash"
    )
    assert texts("<p>From 4 July<br>To 5 July<br>Ann Ash</p>") == ["From 4 July To 5 July Ann Ash"]


def test_breaks_in_an_item_of_a_list_leave_it_one() -> None:
    assert texts("<ul><li>A plan.<br>A visit.<br>A review.<br>A school.</ul>") == [
        "A plan. A visit. A review. A school."
    ]
