"""Saved web pages become text and blocks; the only module that knows lxml. Nothing is ever fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from corpus.decode import decoded_page
from corpus.furniture import is_furniture, is_hidden
from corpus.lines import blocks_of, split_lines
from corpus.not_report import not_a_report
from corpus.parsed import Parsed
from corpus.rendered import Piece, rendered, row
from corpus.report import BlockKind, ReportError
from corpus.sections import is_known_heading
from corpus.signature import TEXT, file_type, refused

# Pages of real sites come to some forty.
MOST_DEPTH = 150
TAG = re.compile(r"<[a-z!/]", re.IGNORECASE)
BLOCK_TAGS = frozenset(
    "address article blockquote body caption center dd details dialog div dl dt fieldset figcaption figure form h1 h2"
    " h3 h4 h5 h6 header hr legend li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
STRUCTURE = ".//table | .//dl | .//h1 | .//h2 | .//h3 | .//ul | .//ol"
HEADING_TAGS = frozenset("h1 h2 h3 h4 h5 h6".split())
LIST_TAGS = frozenset("ol ul".split())
NOTE_TARGET = re.compile(r"#_?(?:fn|ftn|edn|footnote|endnote)", re.IGNORECASE)
NOTE_CLASSES = frozenset("footnote footnotes endnote endnotes msofootnotetext msoendnotetext".split())
NOTE_ROLES = frozenset("doc-endnotes doc-footnote".split())
NOTE_MARK = re.compile(r"\W{0,2}(?:(\d{1,3})|[*†‡])\W{0,2}")
SPACE = re.compile(r"\s+")
# Fewer lines in one element are an address, or who and when.
FEWEST_LINES = 4


def read_html(data: bytes) -> Parsed:
    """The content of a saved page, as plain text and blocks.

    Raises ReportError when it is no web page, is too deeply nested, or only says that there is no report.
    """
    if found := file_type(data):
        raise refused(found)
    text = decoded_page(data)
    if not TAG.search(text):
        raise refused(TEXT)
    page = _parsed(text)
    parsed = rendered(_Walk().pieces(_content(page)))
    # What asks for JavaScript stands in a part that is not shown.
    if reason := not_a_report(parsed.text or " ".join(page.itertext())):
        raise ReportError(reason)
    return parsed


def _parsed(text: str) -> HtmlElement:
    # Told in bytes: the parser does not take an XML declaration in a string.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page: HtmlElement = document_fromstring(text.encode(), parser=parser)
    except etree.LxmlError as error:
        raise ReportError(f"The web page cannot be read: {error}.") from error
    # Beyond its own limit of depth the parser leaves out what follows, and says so only in its log.
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise _too_deep()
    return page


def _too_deep() -> ReportError:
    return ReportError("The web page cannot be read: its elements are nested too deeply.")


def _content(page: HtmlElement) -> HtmlElement:
    """The part of a page that holds what it says, if the page names it."""
    mains = page.xpath("//main | //*[@role='main']")
    return mains[0] if len(mains) == 1 else page


class _Walk:
    """One walk through a page, which gathers its blocks in order."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._inline: list[str] = []
        self._kind, self._number = BlockKind.PARAGRAPH, ""
        self._usual = BlockKind.PARAGRAPH
        self._next_numbers: list[int | None] = []
        self._depth = 0

    def pieces(self, content: HtmlElement) -> list[Piece]:
        self._enter(content)
        self._flush()
        return self._pieces

    def _flush(self) -> None:
        """End the block; what follows it in the same element is a paragraph."""
        words = "".join(self._inline)
        self._inline = []
        for part in re.split(r"\n\s*\n", words):
            for piece in _parted(part) if self._kind is BlockKind.PARAGRAPH else [part]:
                if piece.strip():
                    self._pieces.append(Piece(self._kind, piece.strip(), self._number or None))
                    self._kind, self._number = self._usual, ""

    def _enter(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        if self._is_unread(element):
            return
        if tag == "br":
            self._inline.append("\n")
        elif mark := _note_mark(element):
            if not any(map(str.strip, self._inline)) and self._kind is not BlockKind.HEADING:
                self._kind, self._number = BlockKind.FOOTNOTE, mark.strip("*†‡")
        elif tag == "table" and _is_data(element):
            self._flush()
            self._pieces.extend(row(map(_cell, cells)) for cells in _rows(element))
        elif tag == "dl" and not element.xpath(STRUCTURE):
            self._flush()
            self._pieces.extend(_described(element))
        elif tag in BLOCK_TAGS:
            self._block(element)
        else:
            self._inside(element)

    def _block(self, element: HtmlElement) -> None:
        self._flush()
        usual = self._usual
        if element.get("role") in NOTE_ROLES or NOTE_CLASSES & set(element.get("class", "").lower().split()):
            self._usual = self._kind = BlockKind.FOOTNOTE
        if element.tag in HEADING_TAGS:
            self._kind = BlockKind.HEADING
        elif element.tag in LIST_TAGS:
            self._next_numbers.append(_first_number(element))
        elif element.tag == "li":
            self._item(element)
        self._inside(element)
        self._flush()
        if element.tag in LIST_TAGS:
            self._next_numbers.pop()
        if element.tag == "li" or element.tag in HEADING_TAGS or usual is not self._usual:
            self._usual = self._kind = usual
            self._number = ""

    def _item(self, item: HtmlElement) -> None:
        number = self._next_numbers[-1] if self._next_numbers else None
        if number is not None:
            number = _whole(item.get("value"), number)
            self._next_numbers[-1] = number + 1
        kind = BlockKind.BULLET if number is None else BlockKind.NUMBERED
        self._kind = self._usual if self._usual is BlockKind.FOOTNOTE else kind
        self._number = "" if number is None else str(number)

    def _is_unread(self, element: HtmlElement) -> bool:
        if element.tag == "header" or element.get("role") == "banner":
            # The header of an article holds its title and date.
            return not any(above.tag in ("main", "article") for above in element.iterancestors())
        # A wrapper may be named after the banner that it held.
        is_banner = is_furniture(element.attrib) and element.find(".//h1") is None
        return is_banner or is_hidden(str(element.tag), element.attrib)

    def _inside(self, element: HtmlElement) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise _too_deep()
        self._add(element.text, element)
        for child in element:
            self._enter(child)
            self._add(child.tail, element)
        self._depth -= 1

    def _add(self, words: str | None, element: HtmlElement) -> None:
        if words:
            self._inline.append(words if element.tag == "pre" else SPACE.sub(" ", words))


def _parted(words: str) -> Iterator[str]:
    """The paragraphs of a text that is parted by single line breaks; what is one sentence or label stays together."""
    lines = [line.strip() for line in words.split("\n")]
    if len(lines) < FEWEST_LINES and not any(map(is_known_heading, lines)):
        yield words
        return
    text, start = "\n".join(lines), 0
    for block in blocks_of(list(split_lines(text))):
        # What a label stands for may be on the line below it.
        if not text[: block.end].endswith(":"):
            yield text[start : block.end]
            start = block.end
    yield text[start:]


def _note_mark(element: HtmlElement) -> str:
    """The mark of a footnote that stands raised in a sentence or before the note, "" for anything else."""
    is_link = element.tag == "a" and NOTE_TARGET.search(element.get("href", ""))
    if not (element.tag == "sup" or is_link or element.get("role") in ("doc-noteref", "doc-backlink")):
        return ""
    words = element.text_content().strip()
    mark = NOTE_MARK.fullmatch(words)
    return (mark[1] or "*") if mark else "*" if words in ("↩", "↩︎", "^") else ""


def _first_number(items: HtmlElement) -> int | None:
    """The number that a browser prints before the first item of a list, None for letters and bullets."""
    is_counted = items.tag == "ol" and items.get("type", "1") == "1" and "reversed" not in items.attrib
    return _whole(items.get("start"), 1) if is_counted else None


def _whole(digits: str | None, default: int) -> int:
    return int(digits) if digits and re.fullmatch(r"[0-9]{1,4}", digits) else default


def _is_data(table: HtmlElement) -> bool:
    """Whether a table holds cells that belong together, and not the layout of a page."""
    if table.get("role") in ("presentation", "none") or table.xpath(STRUCTURE):
        return False
    return any(len(cells) > 1 for cells in _rows(table))


def _rows(table: HtmlElement) -> Iterator[list[HtmlElement]]:
    for each in table.iter("caption", "tr"):
        yield [each] if each.tag == "caption" else list(each.iterchildren("td", "th"))


def _described(terms: HtmlElement) -> Iterator[Piece]:
    """A list of terms as rows: "Published: 12 May 2024" is on one line, as on the page."""
    cells: list[str] = []
    for each in terms.iter("dt", "dd"):
        if each.tag == "dt" and cells:
            yield row(cells)
            cells = []
        cells.append(_cell(each))
    if cells:
        yield row(cells)


def _cell(cell: HtmlElement) -> str:
    """The words of a cell on one line, without marks of footnotes."""
    return " ".join(piece.words for piece in _Walk().pieces(cell))
