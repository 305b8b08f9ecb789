"""Bytes of a file become text and blocks: one reader for each type of file."""

from __future__ import annotations

from collections.abc import Callable

from corpus.decode import decoded
from corpus.docx import read_docx
from corpus.html import read_html
from corpus.lines import Line, blocks_of, split_lines
from corpus.markdown import markdown_blocks
from corpus.parsed import Parsed
from corpus.pdf import read_pdf
from corpus.report import Block, ReportError


def parse(suffix: str, data: bytes) -> Parsed:
    """Read the bytes of a file whose name ends in `suffix`; raises ReportError when they cannot be read."""
    reader = READERS.get(suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise ReportError(f"Files of type '{suffix or 'none'}' are not read; the types known are {known}.")
    return reader(data)


def _text_reader(blocks: Callable[[list[Line]], tuple[Block, ...]]) -> Callable[[bytes], Parsed]:
    def read(data: bytes) -> Parsed:
        text = decoded(data)
        return Parsed(text, blocks(list(split_lines(text))))

    return read


READERS: dict[str, Callable[[bytes], Parsed]] = {
    ".txt": _text_reader(blocks_of),
    ".md": _text_reader(markdown_blocks),
    ".pdf": read_pdf,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
}
