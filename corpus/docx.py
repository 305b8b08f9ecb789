"""Word documents become text and blocks; the only module that knows python-docx."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple

import docx
from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from corpus.archive import unpacked
from corpus.decode import decoded
from corpus.list_numbers import Level, ListNumbers, ListStyle
from corpus.parsed import Parsed
from corpus.rendered import Piece, rendered, row
from corpus.report import BlockKind, ReportError
from corpus.signature import ARCHIVE, DOCX, TEXT, file_type, refused

XML_NAMES = (".xml", ".rels")
# Word writes neither; both are ways to make a small file large.
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# What python-docx raises for a package that lacks a part or holds another; lxml's errors are SyntaxErrors.
NO_DOCUMENT = (
    PythonDocxError,
    OpcError,
    SyntaxError,
    LookupError,
    ValueError,
    AttributeError,
    TypeError,
    RecursionError,
)
HEADING_STYLE = re.compile(r"(?:heading \d|title$|toc heading)", re.IGNORECASE)
DEEPEST_HEADING = 8
MOST_STYLES_ABOVE = 20
BOX = qn("w:txbxContent")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
UNREAD = {*map(qn, ("w:del", "w:moveFrom", "w:rPr", "w:pPr", "w:tblPr", "w:trPr", "w:tcPr", "w:rt")), FALLBACK}
PRINTED = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
NOTES = {
    qn("w:footnoteReference"): RELATIONSHIP_TYPE.FOOTNOTES,
    qn("w:endnoteReference"): RELATIONSHIP_TYPE.ENDNOTES,
}
READ_PARTS = {RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING, *NOTES.values()}
# An element of the XML tree; the library has no type for one that says more.
Element = Any


class Opened(NamedTuple):
    """The parts of a document that are read, as XML trees; a part that it lacks is empty."""

    body: Element
    styles: Element
    numbering: Element
    notes: dict[tuple[str, str], Element]


def read_docx(data: bytes) -> Parsed:
    """The body of a Word document as plain text and blocks: no headers and footers, no deleted text.

    Raises ReportError when it is damaged, has a password, is no Word document, or would unpack to too much.
    """
    found = file_type(data)
    if found is None:
        # Says what else it is, unless it is plain text.
        decoded(data)
        raise refused(TEXT)
    if found not in (DOCX, ARCHIVE):
        raise refused(found)
    parts = unpacked(data, lambda name: name.lower().endswith(XML_NAMES))
    if any(DECLARATION.search(content) for content in parts.values()):
        raise _unreadable("it holds declarations that no Word document has")
    return rendered(_Body(_opened(parts)).pieces())


def _opened(parts: dict[str, bytes]) -> Opened:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    try:
        document = docx.Document(packed)
        roots = {
            rel.reltype: parse_xml(rel.target_part.blob)
            for rel in document.part.rels.values()
            if rel.reltype in READ_PARTS and not rel.is_external
        }
        notes = {
            (reference, note.get(qn("w:id"), "")): note
            for reference, kind in NOTES.items()
            for note in roots.get(kind, ())
        }
        styles, numbering = (roots.get(kind, ()) for kind in (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING))
        return Opened(document.element.body, styles, numbering, notes)
    except NO_DOCUMENT as error:
        raise _unreadable("it is damaged or of another kind") from error


def _unreadable(why: str) -> ReportError:
    return ReportError(f"The Word document cannot be read: {why}.")


class _Body:
    """The body of one document, walked through once."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._styles = {style.get(qn("w:styleId"), ""): style for style in opened.styles if style.tag == qn("w:style")}
        self._lists = _lists(opened.numbering)
        self._numbers = ListNumbers(self._lists)
        self._note_count = 0

    def pieces(self) -> Iterator[Piece]:
        return self._inside(self._opened.body)

    def _inside(self, element: Element) -> Iterator[Piece]:
        for child in element if element is not None else ():
            if _is_unread(child):
                continue
            if child.tag == qn("w:p"):
                yield self._paragraph(child)
                yield from self._beside(child)
            elif child.tag == qn("w:tbl") and _is_data(child):
                yield from map(_row, _all(child, qn("w:tr")))
                yield from self._beside(child)
            else:
                yield from self._inside(child)

    def _paragraph(self, paragraph: Element) -> Piece:
        words = _words(paragraph)
        # Empty items are not printed, and so not counted.
        counted = self._counted(paragraph) if words.strip() else None
        if self._is_heading(paragraph):
            return Piece(BlockKind.HEADING, words)
        if counted is None:
            return Piece(BlockKind.PARAGRAPH, words)
        return Piece(BlockKind.NUMBERED if counted else BlockKind.BULLET, words, counted or None)

    def _beside(self, element: Element) -> Iterator[Piece]:
        """What stands apart from the words of a paragraph or table: its text boxes, its footnotes."""
        for each in _shown(element):
            if each.tag == BOX:
                yield from self._inside(each)
            elif (
                each.tag in NOTES and (note := self._opened.notes.get((each.tag, each.get(qn("w:id"), "")))) is not None
            ):
                self._note_count += 1
                yield Piece(BlockKind.FOOTNOTE, _words_of_all(note), str(self._note_count))

    def _counted(self, paragraph: Element) -> str | None:
        """The number of a list's item, "" for one with a bullet or letter, None for what stands in no list."""
        numbering = self._property(paragraph, "w:numPr")
        name = _value(numbering, "w:numId")
        if name not in self._lists:
            return None
        return self._numbers.next(name, _whole(_value(numbering, "w:ilvl"), 0)) or ""

    def _is_heading(self, paragraph: Element) -> bool:
        if any(HEADING_STYLE.match(_value(style, "w:name")) for style in self._styles_of(paragraph)):
            return True
        outline = self._property(paragraph, "w:outlineLvl")
        return outline is not None and _whole(outline.get(qn("w:val"), ""), DEEPEST_HEADING + 1) <= DEEPEST_HEADING

    def _property(self, paragraph: Element, name: str) -> Element | None:
        """A property of a paragraph: its own, else that of its style or of a style that this one is based on."""
        holders = chain([paragraph], self._styles_of(paragraph))
        found = (holder.find(f"{qn('w:pPr')}/{qn(name)}") for holder in holders)
        return next((each for each in found if each is not None), None)

    def _styles_of(self, paragraph: Element) -> Iterator[Element]:
        name = _value(paragraph.find(qn("w:pPr")), "w:pStyle")
        for _ in range(MOST_STYLES_ABOVE):
            if (style := self._styles.get(name)) is None:
                return
            yield style
            name = _value(style, "w:basedOn")


def _shown(element: Element) -> Iterator[Element]:
    """What an element holds, at any depth, without what is deleted or hidden; text boxes come closed."""
    for child in element:
        if not _is_unread(child):
            yield child
            if child.tag != BOX:
                yield from _shown(child)


def _all(element: Element, tag: str) -> Iterator[Element]:
    return (each for each in _shown(element) if each.tag == tag)


def _is_unread(element: Element) -> bool:
    if element.tag == qn("w:tr"):
        return element.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None
    if element.tag == qn("w:sdt"):
        return element.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
    if element.tag != qn("w:r"):
        return element.tag in UNREAD
    format_ = element.find(qn("w:rPr"))
    is_raised = _value(format_, "w:vertAlign") == "superscript"
    text = "".join(part.text or "" for part in element.iter(qn("w:t"))) if is_raised else ""
    is_hidden = format_ is not None and format_.find(qn("w:vanish")) is not None
    # A raised number is the mark of a footnote that was typed; a raised "th" is not.
    return is_hidden or text.strip().isdigit()


def _words(element: Element) -> str:
    return "".join(
        (each.text or "") if each.tag == qn("w:t") else PRINTED.get(each.tag, "") for each in _shown(element)
    )


def _words_of_all(element: Element) -> str:
    return " ".join(map(_words, _all(element, qn("w:p"))))


def _row(table_row: Element) -> Piece:
    return row(map(_words_of_all, _all(table_row, qn("w:tc"))))


def _is_data(table: Element) -> bool:
    """Whether a table holds cells that belong together, and not the layout of a page."""
    inner = [each for part in table for each in part.iter(qn("w:tbl"))]
    return not inner and any(sum(1 for _ in _all(each, qn("w:tc"))) > 1 for each in _all(table, qn("w:tr")))


def _lists(numbering: Element) -> dict[str, ListStyle]:
    """The lists that a document defines, by the name by which its paragraphs refer to them."""
    definitions = {
        each.get(qn("w:abstractNumId"), ""): _levels(each) for each in numbering if each.tag == qn("w:abstractNum")
    }
    lists = {}
    for each in numbering:
        if each.tag == qn("w:num"):
            definition = _value(each, "w:abstractNumId")
            overrides = {_whole(part.get(qn("w:ilvl"), ""), 0): part for part in each.findall(qn("w:lvlOverride"))}
            starts = {depth: _value(part, "w:startOverride") for depth, part in overrides.items()}
            lists[each.get(qn("w:numId"), "")] = ListStyle(
                definition,
                definitions.get(definition, {}),
                {depth: _whole(start, 1) for depth, start in starts.items() if start},
            )
    return lists


def _levels(definition: Element) -> dict[int, Level]:
    return {
        _whole(level.get(qn("w:ilvl"), ""), 0): Level(
            _value(level, "w:numFmt"), _whole(_value(level, "w:start"), 1), _value(level, "w:lvlText")
        )
        for level in definition.findall(qn("w:lvl"))
    }


def _value(element: Element | None, name: str) -> str:
    """The value of a property among an element's children, "" if it has none."""
    child = None if element is None else element.find(qn(name))
    return "" if child is None else child.get(qn("w:val"), "")


def _whole(digits: str, default: int) -> int:
    return int(digits) if re.fullmatch(r"[0-9]{1,4}", digits) else default
