"""Word documents become text and blocks; what is no document is refused with the reason."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest

from corpus.docx import read_docx
from corpus.read import read_report
from corpus.report import BlockKind, ReportError, is_verbatim
from tests.word import TYPES, item, members_of, packed, paragraph, table, word

DECIMAL = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{1}"/></w:lvl>'
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{DECIMAL.format(0, "%1.")}{DECIMAL.format(1, "%1.%2")}</w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def kinds(body: str, **parts: str) -> list[tuple[BlockKind, str | None, str]]:
    parsed = read_docx(word(body, **parts))
    for block in parsed.blocks:
        assert is_verbatim(block.text, parsed.text)
        assert " ".join(parsed.text[block.start : block.end].split()) == block.text
    return [(block.kind, block.number, block.text) for block in parsed.blocks]


def texts(body: str, **parts: str) -> list[str]:
    return [text for _, _, text in kinds(body, **parts)]


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


# A whole document


def test_a_document_is_read_like_any_other_report(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Inspection of Rutland children's services", 0)
    document.add_paragraph("Inspection dates: 27 February to 10 March 2023\nReport published: 3 May 2023")
    grades = document.add_table(2, 2)
    for place, words in enumerate(("Judgement", "Grade", "Overall effectiveness", "Good")):
        grades.cell(place // 2, place % 2).text = words
    document.add_heading("What needs to improve", 1)
    document.add_paragraph("The quality of plans for disabled children.", style="List Bullet")
    document.add_paragraph("Social workers know their children well. " * 12)
    document.save(str(tmp_path / "a.docx"))
    report = read_report(tmp_path / "a.docx")
    assert (report.authority, report.inspection_end, report.published) == (
        "Rutland",
        date(2023, 3, 10),
        date(2023, 5, 3),
    )
    assert {each.area: each.grade for each in report.judgements} == {"overall": "good"}
    assert report.blocks[-1].headings == ("What needs to improve",)
    assert report.pages is None


# Kinds of block


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Title", BlockKind.HEADING),
        ("heading 1", BlockKind.HEADING),
        ("Heading 3", BlockKind.HEADING),
        ("Subtitle", BlockKind.PARAGRAPH),
    ],
)
def test_a_heading_is_known_by_the_name_of_its_style(name: str, kind: BlockKind) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="s1"><w:name w:val="{name}"/></w:style>'
    assert kinds(paragraph("Plans of care", '<w:pStyle w:val="s1"/>'), styles=styles) == [(kind, None, "Plans of care")]


def test_a_style_may_bring_the_list() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="s1"><w:name w:val="Point"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = paragraph("Plans.", '<w:pStyle w:val="s1"/>')
    assert kinds(body, styles=styles, numbering=NUMBERING) == [(BlockKind.NUMBERED, "1", "Plans.")]


def test_a_style_made_after_a_heading_is_one() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/><w:basedOn w:val="Mine"/></w:style>'
    )
    assert kinds(paragraph("Plans of care", '<w:pStyle w:val="Mine"/>'), styles=styles)[0][0] is BlockKind.HEADING


@pytest.mark.parametrize(("level", "kind"), [("0", BlockKind.HEADING), ("9", BlockKind.PARAGRAPH)])
def test_an_outline_level_makes_a_heading(level: str, kind: BlockKind) -> None:
    assert kinds(paragraph("Plans of care", f'<w:outlineLvl w:val="{level}"/>'))[0][0] is kind


def test_a_heading_of_the_templates_needs_no_style() -> None:
    assert kinds(paragraph("What needs to improve") + paragraph("Some of it."))[0][0] is BlockKind.HEADING


def test_numbers_of_lists_are_counted() -> None:
    body = item("One.") + item("Part.", depth=1) + paragraph("Between.") + item("Two.") + item("Part.", depth=1)
    assert kinds(body, numbering=NUMBERING) == [
        (BlockKind.NUMBERED, "1", "One."),
        (BlockKind.NUMBERED, "1.1", "Part."),
        (BlockKind.PARAGRAPH, None, "Between."),
        (BlockKind.NUMBERED, "2", "Two."),
        (BlockKind.NUMBERED, "2.1", "Part."),
    ]


def test_an_item_without_words_is_not_counted() -> None:
    assert kinds(item(" ") + item("One."), numbering=NUMBERING) == [(BlockKind.NUMBERED, "1", "One.")]


def test_a_list_may_start_elsewhere() -> None:
    body = item("One.") + item("Five.", name=3) + item("Six.", name=3)
    assert [number for _, number, _ in kinds(body, numbering=NUMBERING)] == ["1", "5", "6"]


def test_a_bullet_is_a_bullet() -> None:
    assert kinds(item("Some.", name=2), numbering=NUMBERING) == [(BlockKind.BULLET, None, "Some.")]


@pytest.mark.parametrize("name", [0, 77])
def test_a_list_that_is_switched_off_or_unknown_is_a_paragraph(name: int) -> None:
    assert kinds(item("Some.", name=name), numbering=NUMBERING) == [(BlockKind.PARAGRAPH, None, "Some.")]


def test_a_number_that_was_typed_counts() -> None:
    assert kinds(paragraph("17. Visits are late.")) == [(BlockKind.NUMBERED, "17", "Visits are late.")]


def test_a_table_is_read_row_by_row_where_it_stands() -> None:
    body = paragraph("Before.") + table(("Area", "Grade"), ("Care leavers", "Good")) + paragraph("After.")
    assert [(kind, text) for kind, _, text in kinds(body)] == [
        (BlockKind.PARAGRAPH, "Before."),
        (BlockKind.TABLE_ROW, "Area Grade"),
        (BlockKind.TABLE_ROW, "Care leavers Good"),
        (BlockKind.PARAGRAPH, "After."),
    ]


def test_a_table_that_only_lays_out_the_page_holds_paragraphs() -> None:
    inner = table(("Care leavers", "Good"))
    body = f"<w:tbl><w:tr><w:tc>{paragraph('Beside.')}</w:tc><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    assert [kind for kind, _, _ in kinds(body + table(("Alone.",)))] == [
        BlockKind.PARAGRAPH,
        BlockKind.TABLE_ROW,
        BlockKind.PARAGRAPH,
    ]


def test_a_footnote_stands_apart_from_its_sentence() -> None:
    body = f"<w:p>{run('Plans')}<w:r><w:footnoteReference w:id='4'/></w:r>{run(' are clear.')}</w:p>"
    notes = (
        f"<w:footnote w:id='0'>{paragraph('line')}</w:footnote><w:footnote w:id='4'>{paragraph('In May.')}</w:footnote>"
    )
    assert kinds(body, footnotes=notes) == [
        (BlockKind.PARAGRAPH, None, "Plans are clear."),
        (BlockKind.FOOTNOTE, None, "In May."),
    ]


def test_the_mark_of_a_typed_footnote_is_no_part_of_a_sentence() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    assert texts(
        f"<w:p>{run('Plans')}{run('12', raised)}{run(' of the 5')}{run('th', raised)}{run(' are clear.')}</w:p>"
    ) == ["Plans of the 5th are clear."]


# What is not shown


@pytest.mark.parametrize(
    "hidden",
    [
        "<w:del><w:r><w:t>gone</w:t></w:r></w:del>",
        "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>",
        run("gone", "<w:vanish/>"),
        "<w:r><w:instrText>PAGE gone</w:instrText></w:r>",
        "<mc:AlternateContent><mc:Fallback><w:r><w:t>gone</w:t></w:r></mc:Fallback></mc:AlternateContent>",
        "<!-- gone -->",
    ],
)
def test_what_is_deleted_or_hidden_is_left_out(hidden: str) -> None:
    assert texts(f"<w:p>{run('Plans ')}{hidden}{run('are clear.')}</w:p>") == ["Plans are clear."]


def test_a_deleted_row_is_left_out() -> None:
    deleted = table(("Area", "Old")).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    assert texts(table(("Area", "New")).replace("</w:tbl>", "") + deleted.replace("<w:tbl>", "")) == ["Area New"]


@pytest.mark.parametrize("around", ["ins", "moveTo", "hyperlink", "smartTag", "fldSimple"])
def test_what_was_inserted_or_linked_is_kept(around: str) -> None:
    assert texts(f"<w:p>{run('Plans ')}<w:{around}>{run('are')}</w:{around}>{run(' clear.')}</w:p>") == [
        "Plans are clear."
    ]


def test_a_content_control_is_opened_unless_it_still_asks_for_its_words() -> None:
    control = "<w:sdt><w:sdtPr>{0}</w:sdtPr><w:sdtContent>{1}</w:sdtContent></w:sdt>"
    body = control.format("", paragraph("Kept.")) + control.format("<w:showingPlcHdr/>", paragraph("Click here."))
    assert texts(body) == ["Kept."]


def test_a_text_box_follows_the_paragraph_that_holds_it() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('Boxed.')}</w:txbxContent></w:pict></w:r>"
    assert texts(f"<w:p>{run('Beside')}{box}{run(' it.')}</w:p>") == ["Beside it.", "Boxed."]


def test_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Running header"
    document.add_paragraph("Plans are clear.")
    saved = io.BytesIO()
    document.save(saved)
    assert read_docx(saved.getvalue()).text == "Plans are clear."


def test_special_spaces_and_hyphens_are_as_a_reader_sees_them() -> None:
    hyphens = (
        "<w:r><w:t>safe\u00adguarding\u00a0plans</w:t><w:noBreakHyphen/><w:t>well</w:t><w:tab/><w:t>made</w:t></w:r>"
    )
    assert texts(f"<w:p>{hyphens}</w:p>") == ["safeguarding plans-well made"]


# What is no document

GOOD = word(paragraph("Plans are clear."))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<!DOCTYPE html><html><body>Plans</body></html>", "it is a web page; rename it to .html"),
        (b"Plans are clear.", "it is plain text; rename it to .txt"),
        (b"%PDF-1.7\n", "it is a PDF; rename it to .pdf"),
        (b"{\\rtf1 Plans}", "it is an RTF document; save it as .docx or PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an Office file of the old kind"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "an Office file with a password; save it without the password",
        ),
        (packed({"xl/workbook.xml": b"<a/>"}), "it is an Excel workbook"),
        (packed({"notes.txt": b"Plans"}), "cannot be read: it is damaged or of another kind"),
        (GOOD[: len(GOOD) // 2], "cannot be unpacked: it is damaged"),
        (GOOD.replace(b"word/document.xml", b"word/documenx.xml"), "damaged or of another kind"),
    ],
    ids=["HTML", "text", "PDF", "RTF", ".doc", "password", "Excel", "other archive", "cut", "no main part"],
)
def test_what_is_no_document_is_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(ReportError, match=said):
        read_docx(data)


@pytest.mark.parametrize("part", sorted(members_of(GOOD)))
@pytest.mark.parametrize("content", [None, b"", b"<a/>", b"<a>", b"\xff\xfe\x00"])
def test_a_part_that_is_missing_or_broken_is_no_crash(part: str, content: bytes | None) -> None:
    members = members_of(GOOD)
    del members[part]
    if content is not None:
        members[part] = content
    try:
        read_docx(packed(members))
    except ReportError as error:
        assert "cannot be read" in str(error)  # noqa: PT017  (the parts that matter less may be missing)


def test_a_document_without_a_body_has_no_text() -> None:
    members = members_of(GOOD)
    members["word/document.xml"] = members["word/document.xml"].replace(b"w:body", b"w:other")
    assert read_docx(packed(members)).text == ""


def test_entities_are_refused_unread() -> None:
    members = members_of(GOOD)
    bomb = b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;&b;">]>'
    members["word/document.xml"] = bomb + members["word/document.xml"].replace(b"clear", b"&d;")
    with pytest.raises(ReportError, match="holds declarations that no Word document has"):
        read_docx(packed(members))


def test_elements_that_are_nested_without_end_are_refused() -> None:
    with pytest.raises(ReportError, match="cannot be read"):
        read_docx(word("<w:sdt>" * 5_000 + paragraph("Plans") + "</w:sdt>" * 5_000))


def test_deep_but_lawful_nesting_is_read() -> None:
    assert texts("<w:sdt><w:sdtContent>" * 110 + paragraph("Plans.") + "</w:sdtContent></w:sdt>" * 110) == ["Plans."]


def test_pictures_are_not_unpacked() -> None:
    members = members_of(GOOD)
    members["[Content_Types].xml"] = TYPES.replace(
        "<Default", '<Default Extension="png" ContentType="image/png"/><Default', 1
    ).encode()
    members["word/media/image1.png"] = b"no picture at all"
    assert read_docx(packed(members)).text == "Plans are clear."
