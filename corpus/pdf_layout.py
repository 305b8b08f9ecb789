"""The lines of a PDF's pages become running text: without headers and page numbers, footnotes out of the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus.lines import Line, Role, goes_on, last_block_start

PAGE_BREAK = "\f"
# Lines at the head or foot of a page, digits aside, that so many pages share are running headers.
EDGE_LINES = 3
LEAST_REPEATS, REPEATED_SHARE = 3, 0.3
PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?(\d{1,4})\s*(of\s+\d+)?\s*", re.IGNORECASE)
LAST_NUMBER = re.compile(r"\s(\d{1,4})\s*$")
# Printed numbers are believed when so many pages run alongside the file's own count.
LEAST_NUMBERED, NUMBERED_SHARE = 2, 0.5
DIGITS = re.compile(r"\d+")
# What pdfium gives for a hyphen at a line's end; whether the word has one elsewhere is another question.
BROKEN_WORD = re.compile("(?<![\\w-])([^\\W\\d_]+)[\ufffe\x02]([^\\W\\d_]+)(?![\\w-])")
LINE_HYPHEN = re.compile("[\ufffe\x02]")


class PageLine(NamedTuple):
    """One line of a page; `is_mark` is a footnote's number that stands on a line of its own amid the text."""

    text: str
    role: Role = Role.BODY
    is_mark: bool = False


class Layout(NamedTuple):
    """A document's text with its pages parted by PAGE_BREAK, its lines, and the printed number of each page or ""."""

    text: str
    lines: list[Line]
    labels: tuple[str, ...]


def laid_out(pages: list[list[PageLine]]) -> Layout:
    """The text and lines of a document whose pages hold these lines."""
    bodies, labels = _without_running_lines(_with_whole_words(pages))
    bodies = [list(_with_marks_in_line(body)) for body in bodies]
    following = map(_first_of_body, [*bodies[1:], []])
    bodies = [_notes_out_of_the_way(body, after) for body, after in zip(bodies, following, strict=False)]
    texts: list[str] = []
    lines: list[Line] = []
    start = 0
    for number, body in enumerate(bodies, start=1):
        lines.extend(_placed(body, start, number))
        texts.append("\n".join(line.text for line in body))
        start += len(texts[-1]) + len(PAGE_BREAK)
        # An empty line, so that nothing is wrapped over a page without being looked at.
        lines.append(Line("", start - len(PAGE_BREAK), number))
    return Layout(PAGE_BREAK.join(texts), lines, labels)


def _placed(body: list[PageLine], start: int = 0, page: int | None = None) -> Iterator[Line]:
    """The lines with their positions in the text that they make when joined by line breaks."""
    for line in body:
        yield Line(line.text, start, page, line.role)
        start += len(line.text) + 1


def _with_whole_words(pages: list[list[PageLine]]) -> list[list[PageLine]]:
    """The same pages with each word that was broken at a line's end in one piece."""
    text = "\n".join(line.text for page in pages for line in page)
    if not LINE_HYPHEN.search(text):
        return pages
    words = text.lower()

    def whole(broken: re.Match[str]) -> str:
        joined, hyphened = broken[1] + broken[2], f"{broken[1]}-{broken[2]}"
        is_one = _is_word(joined.lower(), words) and not _is_word(hyphened.lower(), words)
        return joined if is_one else hyphened

    def mended(line: PageLine) -> PageLine:
        if not LINE_HYPHEN.search(line.text):
            return line
        return line._replace(text=LINE_HYPHEN.sub("-", BROKEN_WORD.sub(whole, line.text)))

    return [[mended(line) for line in page] for page in pages]


def _is_word(word: str, text: str) -> bool:
    # Looking for the bare letters first costs a hundredth of what the pattern does.
    return word in text and re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


def _without_running_lines(pages: list[list[PageLine]]) -> tuple[list[list[PageLine]], tuple[str, ...]]:
    edges = [_edges(page) for page in pages]
    running = _running_shapes(pages, edges)
    numbered = _numbered_lines(pages, edges, running)
    bodies = []
    for page, places, labelled in zip(pages, edges, numbered, strict=True):
        gone = {place for place in places if _shape(page[place].text) in running and not _is_number(page[place])}
        gone |= {place for place in places if _is_counted_number(page[place])} | {place for place, _ in labelled}
        bodies.append([line for place, line in enumerate(page) if place not in gone])
    return bodies, tuple(labelled[0][1] if labelled else "" for labelled in numbered)


def _edges(page: list[PageLine]) -> list[int]:
    """The places of the first and last lines of a page that hold something."""
    filled = [place for place, line in enumerate(page) if line.text.strip()]
    return sorted({*filled[:EDGE_LINES], *filled[-EDGE_LINES:]})


def _running_shapes(pages: list[list[PageLine]], edges: list[list[int]]) -> frozenset[str]:
    seen: Counter[str] = Counter()
    for page, places in zip(pages, edges, strict=True):
        seen.update({_shape(page[place].text) for place in places})
    least = max(LEAST_REPEATS, REPEATED_SHARE * len(pages))
    return frozenset(shape for shape, count in seen.items() if count >= least)


def _shape(line: str) -> str:
    return DIGITS.sub("#", " ".join(line.split()))


def _is_number(line: PageLine) -> bool:
    return PAGE_NUMBER.fullmatch(line.text) is not None


def _is_counted_number(line: PageLine) -> bool:
    """Whether a line says "Page 4" or "4 of 12", which is a page number wherever the count stands."""
    found = PAGE_NUMBER.fullmatch(line.text)
    return found is not None and not line.text.strip().isdigit()


def _numbered_lines(
    pages: list[list[PageLine]], edges: list[list[int]], running: frozenset[str]
) -> list[list[tuple[int, str]]]:
    """For each page the line that prints its number, as place and number, or nothing.

    Numbers are taken only where most pages print one that keeps the same distance from the file's count.
    """
    numbers = [
        [(place, found) for place in places if (found := _printed_number(page[place], running)) is not None]
        for page, places in zip(pages, edges, strict=True)
    ]
    distances = Counter(
        distance for count, found in enumerate(numbers, start=1) for distance in {count - number for _, number in found}
    )
    distance, pages_so = max(distances.items(), key=lambda item: item[1], default=(0, 0))
    if pages_so < max(LEAST_NUMBERED, NUMBERED_SHARE * len(pages)):
        return [[] for _ in pages]
    kept = [
        [(place, number) for place, number in found if count - number == distance]
        for count, found in enumerate(numbers, start=1)
    ]
    at_head = sum(bool(found) and found[0][0] <= EDGE_LINES for found in kept) * 2 >= pages_so
    chosen = [found[:1] if at_head else found[-1:] for found in kept]
    return [[(place, str(number)) for place, number in found] for found in chosen]


def _printed_number(line: PageLine, running: frozenset[str]) -> int | None:
    if line.role is not Role.BODY:
        return None
    found = PAGE_NUMBER.fullmatch(line.text)
    if found is None and _shape(line.text) in running:
        found = LAST_NUMBER.search(line.text)
    return int(found[1]) if found else None


def _with_marks_in_line(lines: Iterable[PageLine]) -> Iterator[PageLine]:
    """A footnote's number on a line of its own goes to the word it belongs to, with what follows in the sentence."""
    held: PageLine | None = None
    after_mark = False
    for line in lines:
        if held and line.is_mark:
            held = held._replace(text=held.text.rstrip() + line.text.strip())
        elif held and after_mark and line.role is Role.BODY and re.match(r"[a-z,;.]", line.text):
            held = held._replace(text=f"{held.text} {line.text}")
        else:
            if held:
                yield held
            held = line
        after_mark = line.is_mark
    if held:
        yield held


def _first_of_body(body: list[PageLine]) -> str:
    return next((line.text for line in body if line.role is Role.BODY and line.text.strip()), "")


def _notes_out_of_the_way(body: list[PageLine], after: str) -> list[PageLine]:
    """Footnotes between the halves of a sentence go above the paragraph that runs on over the page."""
    first = next((place for place, line in enumerate(body) if line.role is Role.NOTE), len(body))
    above, notes = body[:first], body[first:]
    while above and not above[-1].text.strip():
        above.pop()
    if not (notes and above and goes_on(above[-1].text, after)):
        return body
    start = last_block_start(list(_placed(above)))
    # At the head of the page the notes would come between the halves of the sentence before.
    return [*above[:start], *notes, *above[start:]] if start else body
