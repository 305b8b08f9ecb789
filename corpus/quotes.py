"""Quotes that run over a page end, and the page they can be found on."""

from __future__ import annotations

from corpus.report import plain, words_pattern

PAGE_BREAK = "\f"


def page_part(quote: str, text: str, start: int = 0) -> tuple[int, str] | None:
    """The longest part of `quote` that stands on a single page, and that page, counted from 1.

    In the file, headers, footers and footnotes stand between the halves of a sentence that runs over a page end, so
    that only a part is found there word for word. `text` is Report.text, `start` the position to look from.
    None when the quote is not in the text.
    """
    found = words_pattern(quote).search(text, start) if quote.strip() else None
    if found is None:
        return None
    if PAGE_BREAK not in found[0]:
        return text.count(PAGE_BREAK, 0, found.start()) + 1, quote
    first = text.count(PAGE_BREAK, 0, found.start()) + 1
    parts = [plain(part) for part in found[0].split(PAGE_BREAK)]
    place = max(range(len(parts)), key=lambda place: len(parts[place]))
    return first + place, parts[place]
