"""The bare texts of reports, page by page, and vectors of stretches of them: what peers are built over."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.folder import report_files
from corpus.pdf_layout import PAGE_BREAK
from corpus.report import ReportError
from eval.bare import bare_text_of
from eval.plain_chain import NO_TEXT
from index.embed import Embedder


@dataclass(frozen=True)
class Text:
    """A report's bare text, nothing understood: `document` as in the index, one page where the file has none."""

    document: str
    pages: tuple[str, ...]
    is_paged: bool

    @property
    def whole(self) -> str:
        """All pages, with a form feed between them."""
        return PAGE_BREAK.join(self.pages)


def read_texts(folders: tuple[Path, ...]) -> tuple[Text, ...]:
    """The texts of all reports that can be read, in order; raises ReportError when there is none."""
    found = [text for folder in folders for path in report_files(folder) if (text := _read(folder, path))]
    if not found:
        raise ReportError(NO_TEXT.format(folders=", ".join(map(str, folders))))
    return tuple(found)


def kept_vectors(texts: Sequence[str], embedder: Embedder, kept: Path) -> np.ndarray:
    """Vectors of these texts, shape (texts, dimensions), made once and kept below `kept` for the next time."""
    digest = hashlib.sha256(embedder.name.encode())
    for text in texts:
        digest.update(hashlib.sha256(text.encode("utf-8", "replace")).digest())
    file = kept / f"{digest.hexdigest()[:16]}.npy"
    if not file.is_file():
        kept.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial")
        with partial.open("wb") as target:
            np.save(target, embedder.embed(texts))
        partial.replace(file)
    vectors: np.ndarray = np.load(file)
    return vectors


def _read(folder: Path, path: Path) -> Text | None:
    try:
        text = bare_text_of(path)
    except ReportError:
        return None
    is_paged = path.suffix.lower() == ".pdf"
    pages = tuple(text.split(PAGE_BREAK)) if is_paged else (text,)
    return Text(path.relative_to(folder).as_posix(), pages, is_paged) if text.strip() else None
