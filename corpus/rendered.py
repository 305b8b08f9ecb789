"""The pieces of a file without lines of its own (HTML, DOCX) become a plain text and blocks that point into it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.lines import BULLET, NUMBER, with_headings
from corpus.parsed import Parsed
from corpus.report import Block, BlockKind, plain
from corpus.sections import is_known_heading

# Left in a word to say where it may be broken, or nothing at all; a reader sees none of them.
INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
NO_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# Raised dots and squares are how Word writes a bullet into HTML.
WORD_BULLET = re.compile(r"^\s*[·§]\s+(?=\S)")
HEADING_CHARACTERS = 200
CELL_BREAK = "\t"


@dataclass(frozen=True)
class Piece:
    """One block before it has a place: its words, in which a line break is a printed one, and its number."""

    kind: BlockKind
    words: str
    number: str | None = None


def row(cells: Iterable[str]) -> Piece:
    """One row of a table, from the words of its cells."""
    return Piece(BlockKind.TABLE_ROW, CELL_BREAK.join(filter(None, map(visible, cells))))


def visible(words: str) -> str:
    """Words on one line, as a reader sees them: no soft hyphens, no special spaces."""
    return plain(NO_CHARACTER.sub(" ", INVISIBLE.sub("", words)))


def rendered(pieces: Iterable[Piece]) -> Parsed:
    """The text that the pieces make, one below the other, and its blocks with the headings above them."""
    parts: list[str] = []
    blocks: list[Block] = []
    place = 0
    for piece in map(_recognised, pieces):
        if not any(map(str.isalnum, piece.words)):
            continue
        mark = _mark(piece)
        number = piece.number if piece.kind is BlockKind.NUMBERED else None
        start, end = place + len(mark), place + len(mark) + len(piece.words)
        blocks.append(Block(piece.kind, plain(piece.words), start, end, number=number))
        parts.append(mark + piece.words)
        place = end + len("\n\n")
    return Parsed("\n\n".join(parts), tuple(with_headings(blocks)))


def _mark(piece: Piece) -> str:
    if piece.kind is BlockKind.BULLET:
        return "• "
    if piece.kind is BlockKind.NUMBERED and piece.number:
        return f"{piece.number}. "
    return f"{piece.number} " if piece.kind is BlockKind.FOOTNOTE and piece.number else ""


def _recognised(piece: Piece) -> Piece:
    """The piece as its words alone show it: a number or bullet that was typed, a heading known by its wording."""
    if piece.kind is BlockKind.TABLE_ROW:
        return piece
    words = "\n".join(filter(None, map(visible, piece.words.split("\n"))))
    is_heading = piece.kind is BlockKind.HEADING or (piece.kind is BlockKind.PARAGRAPH and is_known_heading(words))
    if is_heading and len(words) <= HEADING_CHARACTERS:
        return Piece(BlockKind.HEADING, plain(words))
    kind = BlockKind.PARAGRAPH if is_heading else piece.kind
    piece = Piece(kind, words, piece.number)
    return piece if kind is BlockKind.FOOTNOTE else _by_typed_mark(piece)


def _by_typed_mark(piece: Piece) -> Piece:
    if typed := NUMBER.match(piece.words):
        return Piece(BlockKind.NUMBERED, piece.words[typed.end() :], typed[1])
    if typed := BULLET.match(piece.words) or WORD_BULLET.match(piece.words):
        kind = BlockKind.BULLET if piece.kind is BlockKind.PARAGRAPH else piece.kind
        return replace(piece, kind=kind, words=piece.words[typed.end() :])
    return piece
