"""PDF files become lines with their pages; the only module that knows pypdfium2."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from statistics import median

import pypdfium2
from pypdfium2 import raw

from corpus.lines import Role, blocks_of
from corpus.ocr import RecognitionError, recognised
from corpus.parsed import Parsed
from corpus.pdf_layout import PAGE_BREAK, PageLine, laid_out
from corpus.report import ReportError

MOST_PAGES = 2_000
# What pdfium gives for a hyphen at a line's end, now and then with the line break left in.
LINE_HYPHENS = ("\ufffe", "\x02", "\u00ad")
# A footnote begins with its number, smaller than its text, which is smaller than the body's.
NOTE_START = re.compile(r"^[ \t]*(\d{1,2})(?:[ \t]+|([ \t]*\r?\n)\s*)(?=\S)", re.MULTILINE)
LETTER = re.compile(r"\w")
LARGEST_MARK, LARGEST_NOTE = 0.9, 0.93
SIZES_SAMPLED = 7
# A page with fewer letters than this, and with a picture, is taken to be scanned.
FEWEST_LETTERS = 20
LEAST_COVERED = 0.25
MOST_PAGES_RECOGNISED = 20
DOTS_PER_INCH, POINTS_PER_INCH = 200, 72
# The longer side: more pixels take more memory and time, and no more letters are recognised on them.
MOST_PIXELS = 1_600
TURNS = (0, 90, 270, 180)
# Pictures of a file that are tried turned; so many take as long as the pages that are recognised.
MOST_TURNED = 15
DAMAGED = "damaged, and could not be read."
NOT_RECOGNISED = "only a picture, on which no words could be recognised."
RANGES_NAMED = 10


@dataclass
class _Reading:
    """What has been read of a PDF so far; pages are counted from 1, those not read are kept by the reason.

    `turn` is by how many degrees, clockwise, the last scanned page was turned, `turned` how often that was tried.
    """

    pages: list[list[PageLine]] = field(default_factory=list)
    recognised: set[int] = field(default_factory=set)
    unread: dict[str, list[int]] = field(default_factory=dict)
    scanned: int = 0
    turn: int = 0
    turned: int = 0

    def leave_out(self, number: int, reason: str) -> None:
        """Note that a page could not be read."""
        self.unread.setdefault(reason, []).append(number)


def read_pdf(data: bytes) -> Parsed:
    """The text of a PDF without running headers and page numbers, pages parted by form feeds, and its blocks.

    Scanned pages are recognised from their picture, up to MOST_PAGES_RECOGNISED of them. Which they are, and what
    could not be read of single pages, is said in `problems`. Raises ReportError for a file that is damaged
    throughout, encrypted, without pages or with too many, or a scan on which there are no words.
    """
    if not data.lstrip()[:5].startswith(b"%PDF"):
        is_page = b"<html" in data[:2_000].lower()
        reason = "it is a web page that was saved under this name" if is_page else "it is damaged or no PDF"
        raise ReportError(f"The PDF cannot be read: {reason}.")
    try:
        with pypdfium2.PdfDocument(data) as document:
            reading = _read_pages(document)
    except pypdfium2.PdfiumError as error:
        reason = "it is protected by a password" if "assword" in str(error) else "it is damaged"
        raise ReportError(f"The PDF cannot be read: {reason} ({error}).") from error
    if reading.scanned and not any(any(map(str.isalnum, line.text)) for page in reading.pages for line in page):
        raise ReportError("The PDF is a scan whose words could not be recognised.")
    layout = laid_out(reading.pages)
    return Parsed(
        layout.text,
        blocks_of(layout.lines),
        pages=len(reading.pages),
        page_labels=layout.labels,
        ocr_pages=frozenset(reading.recognised),
        problems=tuple(_problems(reading)),
    )


def _read_pages(document: pypdfium2.PdfDocument) -> _Reading:
    count = len(document)
    if count == 0:
        raise ReportError("The PDF has no pages.")
    if count > MOST_PAGES:
        raise ReportError(f"The PDF has {count:,} pages; up to {MOST_PAGES:,} are read.")
    reading = _Reading()
    for number in range(1, count + 1):
        try:
            with closing(document[number - 1]) as page:
                reading.pages.append(_page_lines(page, number, reading))
        except pypdfium2.PdfiumError:
            reading.leave_out(number, DAMAGED)
            reading.pages.append([])
    if len(reading.unread.get(DAMAGED, ())) == count:
        raise ReportError("The PDF cannot be read: it is damaged, and none of its pages can be opened.")
    return reading


def _problems(reading: _Reading) -> Iterator[str]:
    if pages := sorted(reading.recognised):
        verb = "was recognised from a picture" if len(pages) == 1 else "were recognised from pictures"
        yield f"{_named(pages)} {verb}; words there may be wrong."
    for reason, numbers in reading.unread.items():
        yield f"{_named(numbers)}: {reason}"


def _named(numbers: list[int]) -> str:
    """Numbers of pages in words: those that follow on one another as a range, and not too many."""
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    named = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges[:RANGES_NAMED])
    return f"{'Page' if len(numbers) == 1 else 'Pages'} {named}" + (" and others" * (len(ranges) > RANGES_NAMED))


def _page_lines(page: pypdfium2.PdfPage, number: int, reading: _Reading) -> list[PageLine]:
    with closing(page.get_textpage()) as textpage:
        text = textpage.get_text_range()
        lines = list(_lines(text, _roles(textpage, text)))
    if sum(map(str.isalnum, text)) >= FEWEST_LETTERS or not _has_picture(page):
        return lines
    if reading.scanned == MOST_PAGES_RECOGNISED:
        reading.leave_out(
            number, f"no text, only a picture, and only {MOST_PAGES_RECOGNISED} such pages are recognised."
        )
        return lines
    try:
        found = _recognised(page, reading)
    except RecognitionError as error:
        reading.leave_out(number, f"no text, only a picture. {error}")
        return lines
    reading.scanned += 1
    if not found:
        reading.leave_out(number, NOT_RECOGNISED)
        return lines
    reading.recognised.add(number)
    return [PageLine(line) for line in found]


def _recognised(page: pypdfium2.PdfPage, reading: _Reading) -> list[str]:
    """The lines on a page's picture, which is turned until it stands upright, first as the page before was."""
    best: list[str] = []
    for turn in (reading.turn, *(turn for turn in TURNS if turn != reading.turn)):
        if turn != reading.turn:
            if reading.turned == MOST_TURNED:
                break
            reading.turned += 1
        found = recognised(_picture(page, turn))
        if found.upright:
            reading.turn = turn if found.lines else reading.turn
            return found.lines
        best = max(best, found.lines, key=lambda lines: len("".join(lines)))
    return best


def _lines(text: str, roles: dict[int, PageLine]) -> Iterator[PageLine]:
    """The lines of a page's text; `roles` has, by position, those that are no ordinary body text."""
    start = 0
    held, ordinary = "", PageLine("")
    for line in text.replace(PAGE_BREAK, " ").splitlines(keepends=True):
        words = held + line.rstrip("\r\n")
        held = words if words.endswith(LINE_HYPHENS) else ""
        if not held:
            yield roles.get(start, ordinary)._replace(text=words.replace("\u00ad", ""))
        start += len(line)
    if held:
        yield ordinary._replace(text=held.replace("\u00ad", ""))


def _roles(textpage: pypdfium2.PdfTextpage, text: str) -> dict[int, PageLine]:
    """The lines of footnotes, and numbers of footnotes alone on their line, by position; told by size of print."""
    starts = list(NOTE_START.finditer(text))
    # Positions hold only where every character counts as one.
    if not starts or textpage.count_chars() != len(text):
        return {}

    def size(position: int) -> float:
        return float(raw.FPDFText_GetFontSize(textpage, position))

    body = _body_size(text, size)
    roles = {}
    for found in starts:
        # The symbol of a bullet has a size of its own.
        first = LETTER.search(text, found.end())
        if first is None:
            continue
        mark, words = size(found.start(1)), size(first.start())
        if mark > LARGEST_MARK * words:
            continue
        if words <= LARGEST_NOTE * body:
            roles[found.start()] = PageLine("", Role.NOTE)
        elif found[2] and mark <= LARGEST_MARK * body:
            roles[found.start()] = PageLine("", is_mark=True)
    return roles | dict(_rest_of_notes(text, roles, LARGEST_NOTE * body, size))


def _body_size(text: str, size: Callable[[int], float]) -> float:
    step = max(1, len(text) // SIZES_SAMPLED)
    sampled = [found.start() for place in range(0, len(text), step) if (found := LETTER.search(text, place))]
    return median(map(size, sampled)) if sampled else 0


def _rest_of_notes(
    text: str, roles: dict[int, PageLine], largest: float, size: Callable[[int], float]
) -> Iterator[tuple[int, PageLine]]:
    """The lines below a footnote's first, as long as they are in small print."""
    notes = [place for place, line in roles.items() if line.role is Role.NOTE]
    in_note, place = False, min(notes, default=len(text))
    for line in text[place:].splitlines(keepends=True):
        if place in roles:
            in_note = roles[place].role is Role.NOTE
        elif in_note and line.strip():
            first = LETTER.search(line)
            in_note = first is not None and size(place + first.start()) <= largest
            if in_note:
                yield place, PageLine("", Role.NOTE_GOES_ON)
        place += len(line)


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether a picture covers so much of the page that it may be a scan; a blank page may have an emblem."""
    width, height = page.get_size()
    bounds = (picture.get_bounds() for picture in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,)))
    covered = sum((right - left) * (top - bottom) for left, bottom, right, top in bounds)
    return bool(covered >= LEAST_COVERED * width * height)


def _picture(page: pypdfium2.PdfPage, turn: int) -> bytes:
    """The page, turned clockwise by so many degrees, as a picture file."""
    longest = max(page.get_size())
    scale = min(DOTS_PER_INCH / POINTS_PER_INCH, MOST_PIXELS / max(longest, 1))
    file = io.BytesIO()
    page.render(scale=scale, rotation=turn).to_pil().convert("RGB").save(file, "PPM")
    return file.getvalue()


def bare_text(data: bytes) -> str:
    """The text of a PDF as the library gives it, nothing understood: what the reading is measured against.

    Raises ReportError when the file cannot be opened.
    """
    try:
        with pypdfium2.PdfDocument(data) as document:
            texts = []
            for page in document:
                with closing(page), closing(page.get_textpage()) as textpage:
                    texts.append(textpage.get_text_range())
    except pypdfium2.PdfiumError as error:
        raise ReportError(f"The PDF cannot be opened ({error}).") from error
    return PAGE_BREAK.join(texts)
