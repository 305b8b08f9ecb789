"""PDF files become lines with their pages; the only module that knows pypdfium2."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pypdfium2

from corpus.lines import Line, split_lines
from corpus.report import ReportError

MOST_PAGES = 2_000
# Lines at the head or foot of a page, digits aside, that so many pages share are running headers.
EDGE_LINES = 3
LEAST_REPEATS, REPEATED_SHARE = 3, 0.3
PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?\d{1,3}\s*(?:of \d+)?\s*", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
# What PDF writers put for a hyphen at a line's end, and the control characters that pdfium gives for odd glyphs.
BROKEN_WORD = re.compile("[\ufffe\u00ad\x02]\r?\n?")
PAGE_BREAK = "\f"


def read_pdf(data: bytes) -> tuple[str, list[Line]]:
    """The text of a PDF, pages parted by form feeds, and its lines without running headers and page numbers.

    Raises ReportError for a file that is damaged, encrypted, without pages or with too many.
    """
    pages = list(_page_texts(data))
    text = PAGE_BREAK.join(pages)
    running = _running_headers(pages)
    lines: list[Line] = []
    start = 0
    for number, page in enumerate(pages, start=1):
        lines.extend(_body(list(split_lines(page, start, number)), running))
        # An empty line, so that nothing is wrapped over a page without being looked at.
        lines.append(Line("", start + len(page), number))
        start += len(page) + len(PAGE_BREAK)
    return text, lines


def _page_texts(data: bytes) -> Iterator[str]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = "it is protected by a password" if "assword" in str(error) else "it is damaged or no PDF"
        raise ReportError(f"The PDF cannot be opened: {reason} ({error}).") from error
    with document:
        if not 0 < len(document) <= MOST_PAGES:
            raise ReportError(f"The PDF has {len(document)} pages; between 1 and {MOST_PAGES:,} are read.")
        for index in range(len(document)):
            page = document[index]
            textpage = page.get_textpage()
            yield BROKEN_WORD.sub("-", textpage.get_text_range()).replace(PAGE_BREAK, " ")
            textpage.close()
            page.close()


def _running_headers(pages: list[str]) -> frozenset[str]:
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.splitlines() if line.strip()]
        seen.update({_shape(line) for line in (*lines[:EDGE_LINES], *lines[-EDGE_LINES:])})
    least = max(LEAST_REPEATS, REPEATED_SHARE * len(pages))
    return frozenset(shape for shape, count in seen.items() if count >= least)


def _shape(line: str) -> str:
    return DIGITS.sub("#", " ".join(line.split()))


def _body(lines: list[Line], running: frozenset[str]) -> list[Line]:
    """The lines of a page without the running headers and page numbers at its edges."""
    filled = [place for place, line in enumerate(lines) if line.text.strip()]
    edges = {*filled[:EDGE_LINES], *filled[-EDGE_LINES:]}
    ends = {*filled[:2], *filled[-1:]}
    return [
        line
        for place, line in enumerate(lines)
        if not (place in edges and _shape(line.text) in running)
        and not (place in ends and PAGE_NUMBER.fullmatch(line.text))
    ]
