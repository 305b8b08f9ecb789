"""Where in a report's file a quote stands: at which line of a text, on which page of a PDF."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from corpus.formats import parse
from corpus.pdf_layout import PAGE_BREAK
from corpus.report import words_pattern

# Marks that are printed in one form and typed in another.
TYPED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def unit_of(file: Path) -> str:
    """What places in this file are counted by: "page" or "line"."""
    return "page" if file.suffix.lower() == ".pdf" else "line"


def places(quote: str, file: Path) -> tuple[int, ...]:
    """The lines or pages, counted from 1, at which the quote begins; none where it does not stand letter for letter.

    Line breaks, emphasis and the form of apostrophes and dashes are passed over. Raises ReportError when the
    file cannot be read as a report.
    """
    text = _text(file)
    mark = PAGE_BREAK if unit_of(file) == "page" else "\n"
    found = words_pattern(quote.translate(TYPED)).finditer(text)
    return tuple(dict.fromkeys(text.count(mark, 0, match.start()) + 1 for match in found))


@lru_cache(maxsize=64)
def _text(file: Path) -> str:
    return parse(file.suffix, file.read_bytes()).text.translate(TYPED)
