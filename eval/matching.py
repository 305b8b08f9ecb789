"""Comparing text as a reader would: without markup, across line breaks, in whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from corpus.pdf_layout import PAGE_BREAK
from corpus.report import ReportError
from eval.bare import bare_text_of

CURLY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00ad": ""})
MARKUP = re.compile(r"\\([-_.*#])|</?sup>|\*\*|[|\uf000-\uf8ff]")
NOT_LETTERS = re.compile(r"[^a-z0-9%£]+")
SHORTEST_QUOTE = 6


def plain(text: str) -> str:
    """Text in lower case on one line, with straight quotes and without markup."""
    return " ".join(MARKUP.sub(r"\1", text.translate(CURLY)).split()).lower()


def letters(text: str) -> str:
    """Letters and digits alone, in which a verbatim quote survives line breaks and bullets."""
    return NOT_LETTERS.sub("", plain(text))


def has_any(text: str, alternatives: Iterable[str]) -> bool:
    """Whether a plain text holds one of these strings as whole words."""
    return any(re.search(rf"(?<![a-z0-9]){re.escape(plain(item))}(?![a-z0-9])", text) for item in alternatives)


def find_document(document: str, folders: tuple[Path, ...]) -> Path | None:
    """The file of a document below one of the folders; None when none has it."""
    return next((folder / document for folder in folders if (folder / document).is_file()), None)


def same_document(one: str, other: str) -> bool:
    """Whether two names mean one file; the folder above it may be named or not, as in the shared scorer."""
    return Path(one).name == Path(other).name


def is_verbatim(document: str, quote: str, folders: tuple[Path, ...], page: int | None = None) -> bool:
    """Whether the quote stands in the document, letter for letter, wherever its lines break.

    In a PDF it must stand on the page named, or run from there over to the next: the shared scorer's definition.
    """
    wanted, path = letters(quote), find_document(document, folders)
    if path is None or len(wanted) < SHORTEST_QUOTE:
        return False
    pages = letters_by_page(path)
    if page and page <= len(pages) and wanted in "".join(pages[page - 1 : page + 1]):
        return True
    return path.suffix.lower() != ".pdf" and wanted in "".join(pages)


@lru_cache(maxsize=512)
def letters_by_page(path: Path) -> tuple[str, ...]:
    """The letters of each page of a file, one for a file without pages; of one that cannot be read, none."""
    try:
        return tuple(letters(page) for page in bare_text_of(path).split(PAGE_BREAK))
    except ReportError:
        return ()
