"""PDF files become lines with their pages; the only module that knows pypdfium2."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pypdfium2

from corpus.lines import Line, blocks_of, split_lines
from corpus.parsed import Parsed
from corpus.report import ReportError

MOST_PAGES = 2_000
# Lines at the head or foot of a page, digits aside, that so many pages share are running headers.
EDGE_LINES = 3
LEAST_REPEATS, REPEATED_SHARE = 3, 0.3
PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?\d{1,3}\s*(?:of \d+)?\s*", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
# What pdfium gives for a hyphen that stands at a line's end, and a hyphen that is there only for the break.
LINE_HYPHEN = re.compile("[\ufffe\x02]\r?\n?")
SOFT_HYPHEN = re.compile("\u00ad\r?\n?")
PAGE_BREAK = "\f"


def read_pdf(data: bytes) -> Parsed:
    """The text of a PDF without running headers and page numbers, pages parted by form feeds, and its blocks.

    Raises ReportError for a file that is damaged, encrypted, without pages or with too many.
    """
    pages = list(page_texts(data))
    text, lines = joined(pages)
    return Parsed(text, blocks_of(lines), pages=len(pages))


def joined(pages: list[str]) -> tuple[str, list[Line]]:
    """The pages' text without what repeats at their edges, parted by form feeds, and its lines with their pages."""
    running = _running_headers(pages)
    bodies = ["\n".join(_body(page.splitlines(), running)) for page in pages]
    lines: list[Line] = []
    start = 0
    for number, body in enumerate(bodies, start=1):
        lines.extend(split_lines(body, start, number))
        # An empty line, so that nothing is wrapped over a page without being looked at.
        lines.append(Line("", start + len(body), number))
        start += len(body) + len(PAGE_BREAK)
    return PAGE_BREAK.join(bodies), lines


def page_texts(data: bytes) -> Iterator[str]:
    """The text of each page as pdfium gives it; raises ReportError for a file that cannot be read."""
    if not data.lstrip()[:5].startswith(b"%PDF"):
        is_page = b"<html" in data[:2_000].lower()
        reason = "it is a web page that was saved under this name" if is_page else "it is damaged or no PDF"
        raise ReportError(f"The PDF cannot be read: {reason}.")
    try:
        with pypdfium2.PdfDocument(data) as document:
            if not 0 < len(document) <= MOST_PAGES:
                raise ReportError(f"The PDF has {len(document)} pages; between 1 and {MOST_PAGES:,} are read.")
            for index in range(len(document)):
                yield _page_text(document[index])
    except pypdfium2.PdfiumError as error:
        reason = "it is protected by a password" if "assword" in str(error) else "it is damaged"
        raise ReportError(f"The PDF cannot be read: {reason} ({error}).") from error


def _page_text(page: pypdfium2.PdfPage) -> str:
    textpage = page.get_textpage()
    text = LINE_HYPHEN.sub("-", SOFT_HYPHEN.sub("", textpage.get_text_range()))
    textpage.close()
    page.close()
    return text.replace(PAGE_BREAK, " ")


def _running_headers(pages: list[str]) -> frozenset[str]:
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.splitlines() if line.strip()]
        seen.update({_shape(line) for line in (*lines[:EDGE_LINES], *lines[-EDGE_LINES:])})
    least = max(LEAST_REPEATS, REPEATED_SHARE * len(pages))
    return frozenset(shape for shape, count in seen.items() if count >= least)


def _shape(line: str) -> str:
    return DIGITS.sub("#", " ".join(line.split()))


def _body(lines: list[str], running: frozenset[str]) -> list[str]:
    """The lines of a page without the running headers and page numbers at its edges."""
    filled = [place for place, line in enumerate(lines) if line.strip()]
    edges = {*filled[:EDGE_LINES], *filled[-EDGE_LINES:]}
    ends = {*filled[:2], *filled[-1:]}
    return [
        line
        for place, line in enumerate(lines)
        if not (place in edges and _shape(line) in running) and not (place in ends and PAGE_NUMBER.fullmatch(line))
    ]
