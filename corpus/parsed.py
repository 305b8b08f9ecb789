"""What a file's reader gives, before anything is understood of it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.report import Block


@dataclass(frozen=True)
class Parsed:
    """The text of a file and its blocks, whose positions point into that text.

    `pages`, `page_labels` and `ocr_pages` are as in Report; `problems` are sentences about what could not be read.
    """

    text: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    page_labels: tuple[str, ...] = ()
    ocr_pages: frozenset[int] = frozenset()
    problems: tuple[str, ...] = ()
