"""A report's text as any program would get it, with nothing of this project's understanding in it."""

from __future__ import annotations

from pathlib import Path

from corpus.formats import parse
from corpus.pdf import bare_text

PLAIN_TEXT = (".txt", ".md")


def bare_text_of(file: Path) -> str:
    """The text of a file: a PDF's by its library alone, with a form feed between pages; a text's as it stands.

    Quotes are held against it, so that none is found only because our reader changed it, and peers are built over it.
    Raises ReportError when the file cannot be read as a report.
    """
    suffix, data = file.suffix.lower(), file.read_bytes()
    if suffix == ".pdf":
        return bare_text(data)
    return data.decode("utf-8", "replace") if suffix in PLAIN_TEXT else parse(suffix, data).text
