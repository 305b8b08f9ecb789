"""What inspectors say must improve, as rows: recommendations, priority actions, areas for improvement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from corpus.lists import CLOSED, LISTED, TITLE, Section, improvement_lists, is_label
from corpus.report import Block, BlockKind, Recommendation, is_verbatim, plain
from corpus.sections import bare_heading
from corpus.sentences import sentences

# A numbered paragraph that says what the bullets below it are, and is no item itself.
LEADS_IN = re.compile(r"\bthe following (?:action|area|recommendation|step)s?\b[^.]*[.:]$", re.IGNORECASE)
# What ends in one of these goes on, whatever the next line begins with.
UNFINISHED = re.compile(r"(?:,|\b(?:a|an|and|as|at|by|for|from|in|is|of|on|or|that|the|their|to|which|with))$")
ACRONYM = re.compile(r"[A-Z]{2,}s?\b")
# A bullet stands at most so many characters before its words.
MARK_CHARACTERS = 8
# Paragraphs as long as these are findings below a heading that strayed; hardly a recommendation has half as many.
FINDINGS_CHARACTERS, FEWEST_FINDINGS = 450, 5


@dataclass(frozen=True)
class _Item:
    """One item: the words that tell its part of the list ("Within three months"), and the blocks it is printed in."""

    label: str
    parts: tuple[Block, ...]


def read_recommendations(blocks: tuple[Block, ...], text: str) -> tuple[Recommendation, ...]:
    """Every item of every such list, in the order in which they stand; an item whose beginning is lost is left out."""
    rows: list[Recommendation] = []
    for sections in improvement_lists(blocks, text):
        for heading, item in _items(sections, text):
            if row := _row(len(rows) + 1, heading, item.parts, text):
                rows.append(row)
    return tuple(rows)


def _items(sections: tuple[Section, ...], text: str) -> Iterator[tuple[str, _Item]]:
    """The items of a list, each with the headings above it in one line."""
    blocks = [block for section in sections for block in section.blocks]
    numbered = sum(block.kind is BlockKind.NUMBERED for block in blocks) > 1
    if len(blocks) >= FEWEST_FINDINGS and median(len(block.text) for block in blocks) > FINDINGS_CHARACTERS:
        return
    damaged = any(block.cut for block in blocks)
    for place, section in enumerate(sections):
        # Plain paragraphs right below the main heading lead in to the parts that follow.
        if place == 0 and not section.is_listed and any(later.blocks for later in sections[1:]):
            continue
        items = _listed(section.blocks, numbered, text) if section.is_listed else _unmarked(section.blocks, damaged)
        for item in items:
            yield _joined((*section.headings, item.label)), item


def _listed(blocks: tuple[Block, ...], numbered: bool, text: str) -> Iterator[_Item]:
    """Bullets and numbered paragraphs, each with what belongs to it; plain paragraphs between them are no items."""
    label, parts = "", list[Block]()
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        is_title = is_label(block) if block.kind is BlockKind.PARAGRAPH else _is_numbered_title(block, after)
        if parts and (_is_part(block, parts, numbered, text) or _goes_on(parts[-1], block)):
            parts.append(block)
            continue
        if parts and (is_title or block.kind in LISTED):
            yield from _unless_lead_in(_Item(label, tuple(parts)), numbered)
            parts = []
        if is_title:
            label = block.text
        elif block.kind in LISTED:
            parts = [block]
    if parts:
        yield from _unless_lead_in(_Item(label, tuple(parts)), numbered)


def _unless_lead_in(item: _Item, numbered: bool) -> Iterator[_Item]:
    first = item.parts[0]
    opens_bullets = LEADS_IN.search(first.text) or (first.text.endswith(":") and not numbered)
    if not (first.kind is BlockKind.NUMBERED and len(item.parts) == 1 and opens_bullets):
        yield item


def _is_part(block: Block, parts: list[Block], numbered: bool, text: str) -> bool:
    """Whether a bullet stands below an item: a numbered one, one with another mark, or one that ends in a colon."""
    if block.kind is not BlockKind.BULLET:
        return False
    if parts[0].kind is BlockKind.NUMBERED:
        return numbered
    is_open = parts[0].text.endswith(":") or parts[-1].text.endswith((";", ","))
    return _mark(block, text) != _mark(parts[0], text) or (is_open and block.text[:1].islower())


def _mark(block: Block, text: str) -> str:
    return text[max(0, block.start - MARK_CHARACTERS) : block.start].rstrip()[-1:]


def _is_numbered_title(block: Block, after: Block | None) -> bool:
    """Whether a numbered line is only the title of the bullets below it ("1. Quality of practice")."""
    has_bullets = after is not None and after.kind is BlockKind.BULLET
    return has_bullets and block.kind is BlockKind.NUMBERED and TITLE.fullmatch(block.text) is not None


def _goes_on(before: Block, block: Block) -> bool:
    """Whether a paragraph is the rest of a block that a footnote or a page break interrupted."""
    if block.kind is not BlockKind.PARAGRAPH or CLOSED.search(before.text):
        return False
    return block.text[:1].islower() or block.text[:1] in ",;)" or UNFINISHED.search(before.text) is not None


def _unmarked(blocks: tuple[Block, ...], damaged: bool) -> Iterator[_Item]:
    """Paragraphs that lost their bullets; in a damaged list only those that surely begin where they seem to."""
    label, parts = "", list[Block]()
    for block in blocks:
        if parts and _goes_on(parts[-1], block):
            parts.append(block)
            continue
        if parts:
            yield _Item(label, tuple(parts))
            parts = []
        if block.text.endswith(":"):
            label = block.text if is_label(block) else label
        elif not block.cut and not (damaged and ACRONYM.match(block.text)):
            parts = [block]
    if parts:
        yield _Item(label, tuple(parts))


def _joined(headings: tuple[str, ...]) -> str:
    """Headings in one line, outermost first."""
    words = [bare_heading(heading).rstrip(":") for heading in headings if heading]
    return "".join(
        word + (" " if word.endswith("?") else ": ") * (place < len(words)) for place, word in enumerate(words, start=1)
    )


def _row(number: int, heading: str, parts: tuple[Block, ...], text: str) -> Recommendation | None:
    whole = plain(" ".join(part.text for part in parts))
    if (quoted := _quoted(whole, parts, text)) is None:
        return None
    quote, page = quoted
    return Recommendation(number, heading, whole, quote, page)


def _quoted(whole: str, parts: tuple[Block, ...], text: str) -> tuple[str, int | None] | None:
    """The longest words of an item that stand in the text without a break, and their page; None when there are none."""
    printed = text[parts[0].start : parts[-1].end]
    # With the marks of its sub-bullets, if nothing else stands between them.
    marked = plain(printed)
    if whole == marked or is_verbatim(whole, printed):
        return whole, parts[0].page
    if len(parts) > 1 and _letters(marked) == _letters(whole):
        return marked, parts[0].page
    pieces = [(part.text, part.page) for part in parts]
    pieces += [(sentence, part.page) for part in parts for sentence in sentences(part.text)]
    found = [(words, page) for words, page in pieces if is_verbatim(words, printed)]
    return max(found, key=lambda piece: len(piece[0]), default=None)


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words))
