"""A file becomes a report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from corpus.authorities import by_name
from corpus.catalogue import Entry
from corpus.earlier import read_earlier
from corpus.figures import read_figures
from corpus.formats import parse
from corpus.identity import Identity, date_in_name, identify, impossible_dates, year_in_name
from corpus.judgements import read_judgements
from corpus.not_report import not_a_report
from corpus.officers import read_officers
from corpus.parsed import Parsed
from corpus.recommendations import read_recommendations
from corpus.report import Block, Report, ReportError
from corpus.statements import read_statements
from corpus.title import title_of

LARGEST_FILE_BYTES = 50_000_000
FEWEST_WORDS = 40
# One or two may be the way a report breaks its lines; this many means that lines were lost.
MANY_CUT = 5


def read_report(path: Path, document: str | None = None, entry: Entry | None = None) -> Report:
    """Read one file.

    `document` is the name to know it by (default: the file's name), `entry` what a catalogue says of
    it. Raises ReportError when the file cannot be read as a report, OSError when not at all.
    """
    name = document or path.name
    data = _bytes_of(path)
    parsed = parse(path.suffix, data)
    if reason := not_a_report(parsed.text):
        raise ReportError(reason)
    if len(parsed.text.split()) < FEWEST_WORDS:
        raise ReportError(f"It holds fewer than {FEWEST_WORDS} words, so there is no report to read.")
    return _report(name, hashlib.sha256(data).hexdigest(), parsed, entry or Entry(file=name))


def _bytes_of(path: Path) -> bytes:
    size = path.stat().st_size
    if size == 0:
        raise ReportError("The file is empty.")
    if size > LARGEST_FILE_BYTES:
        raise ReportError(f"The file has {size:,} bytes; the limit is {LARGEST_FILE_BYTES:,}.")
    return path.read_bytes()


def _report(name: str, digest: str, parsed: Parsed, entry: Entry) -> Report:
    text, blocks, face = parsed.text, parsed.blocks, identify(parsed.text)
    known = by_name(entry.authority or face.authority or "")
    authority = known.name if known else entry.authority
    published, source = _published(entry, face, name)
    newest = published or face.inspection_end
    year = entry.year or (newest.year if newest else year_in_name(name))
    statements = read_statements(blocks, text, (face.inspection_start, face.inspection_end))
    problems = [*parsed.problems, *impossible_dates(text), *_problems(blocks, authority, year)]
    if not published and (named := date_in_name(name)) and not face.prints_published:
        problems.append(f"The day in its name, {named.day} {named:%B %Y}, is before the inspection's end and not used.")
    if entry.sha256 and entry.sha256 != digest:
        problems.append("The file is not the one that the catalogue describes: its SHA-256 differs.")
    return Report(
        document=name,
        digest=digest,
        title=entry.title or title_of(blocks) or name,
        kind=entry.kind or face.kind,
        authority=authority,
        inspection_start=face.inspection_start,
        inspection_end=face.inspection_end,
        published=published,
        year=year,
        text=text,
        blocks=blocks,
        judgements=(*read_judgements(blocks, text, face.framework), *read_earlier(blocks, text, face.authority)),
        statements=statements,
        problems=tuple(problems),
        catalogued=entry.digest,
        framework=face.framework,
        figures=read_figures(blocks, text),
        recommendations=read_recommendations(blocks, text),
        officers=read_officers(blocks, text),
        pages=parsed.pages,
        page_labels=parsed.page_labels,
        ocr_pages=parsed.ocr_pages,
        published_from=source,
    )


def _published(entry: Entry, face: Identity, name: str) -> tuple[date | None, str]:
    """The day of publication and where it was read; that in a file's name only where the text prints none."""
    if entry.published:
        return entry.published, "catalogue"
    if face.published:
        return face.published, "text"
    named = None if face.prints_published else date_in_name(name)
    if not named or (face.inspection_end and named < face.inspection_end):
        return None, ""
    return named, "file name"


def _problems(blocks: tuple[Block, ...], authority: str | None, year: int | None) -> Iterator[str]:
    if authority is None:
        yield "No authority was found in it; it is not used for questions that name one."
    if year is None:
        yield "No date was found in it; it is not used for questions that name a year."
    cut = sum(block.cut for block in blocks)
    if cut >= MANY_CUT:
        yield f"The beginning of {cut} paragraphs is missing from the copy held."
