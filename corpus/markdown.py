"""Markdown as converters write it from PDFs becomes blocks.

Only what such files hold is read: headings, bullets, numbered paragraphs (also inside a bullet),
rows separated by tabs or pipes, emphasis and footnote marks. Positions point into the raw text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from corpus.lines import BULLET, NUMBER, Line, join_torn, with_headings
from corpus.report import Block, BlockKind, plain

HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
FOOTNOTE = re.compile(r"^\s*<sup>")
MARKUP = re.compile(r"(?:</?sup>\s*)+\d*(?:\s*</?sup>)*|\*\*|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|\\(?=[-_.*#])")


def markdown_blocks(lines: list[Line]) -> tuple[Block, ...]:
    """The blocks of a Markdown document in reading order."""
    return tuple(with_headings(join_torn(_raw_blocks(lines))))


def clean(text: str) -> str:
    """Text without emphasis, footnote marks, escapes and entities, on one line."""
    return plain(MARKUP.sub("", html.unescape(text)))


def _raw_blocks(lines: list[Line]) -> Iterator[Block]:
    held: list[Line] = []
    for line in lines:
        opens = _opens_block(line.text)
        if held and (opens or not line.text.strip()):
            yield _block(held)
            held = []
        if clean(line.text.strip(" #|")):
            held.append(line)
        if held and HEADING.match(line.text):
            yield _block(held)
            held = []
    if held:
        yield _block(held)


def _opens_block(text: str) -> bool:
    return bool(HEADING.match(text) or BULLET.match(text) or NUMBER.match(text) or _is_row(text))


def _is_row(text: str) -> bool:
    return "\t" in text.strip() or text.rstrip().endswith("\t") or text.strip().startswith("|")


def _block(lines: list[Line]) -> Block:
    first = lines[0].text
    kind, number, offset = BlockKind.PARAGRAPH, None, 0
    if mark := HEADING.match(first):
        kind, offset = BlockKind.HEADING, mark.end()
    elif FOOTNOTE.match(first):
        kind = BlockKind.FOOTNOTE
    elif _is_row(first):
        kind = BlockKind.TABLE_ROW
    elif mark := NUMBER.match(first):
        kind, number, offset = BlockKind.NUMBERED, mark[1], mark.end()
    elif mark := BULLET.match(first):
        kind, offset = BlockKind.BULLET, mark.end()
    text = clean(" ".join([first[offset:], *(line.text for line in lines[1:])]))
    if kind is BlockKind.TABLE_ROW:
        text = plain(text.replace("|", " "))
    cut = kind is BlockKind.PARAGRAPH and text[:1].islower()
    return Block(kind, text, lines[0].start + offset, lines[-1].end, number=number, page=lines[0].page, cut=cut)
