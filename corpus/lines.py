"""Lines of running text become blocks: headings, paragraphs, numbered paragraphs, bullets.

Text taken from a page is wrapped at some width, with blank lines where the page was empty and not
only between paragraphs. A line break is taken as wrapping only if the next word would not have
fitted; every other break ends a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from corpus.report import LIGATURES, Block, BlockKind, plain
from corpus.sections import heading_level, is_known_heading

# Symbol fonts put their bullets into the private use area.
BULLET = re.compile(r"^\s*[-•◼■▪●○◦*–−\ue000-\uf8ff\x7f]\s+(?=\S)")
NUMBER = re.compile(r"^\s*(?:-\s+)?(\d{1,3})\.(?:\s+(?=\S)|(?=[‘“]?[A-Z](?:[a-z]|[A-Z]| )))")
# What holds no words: the bullet of a symbol font by itself, or a rule above footnotes.
EMPTY = re.compile(r"[\s\ue000-\uf8ff]*|\s*[_─―—\u0336-]{5,}\s*")
# Within a word or number such a glyph is a dash of its font, and stays.
SYMBOL = re.compile(r"(?<!\w)[\ue000-\uf8ff]|[\ue000-\uf8ff](?!\w)")
LIGATURE = re.compile(f"[{''.join(LIGATURES)}]")
# "safe-" and "guarding" on two lines are one word; in "16-" and "and 17-year-olds" the hyphen stands for a word.
BROKEN_WORD = re.compile(r"(?<=\w)-\s*\n\s*(?=\w)(?!(?:and|or|to|nor)\b)")
# No sentence ends in one of these, so that what follows goes on even with a capital or a figure.
LEFT_HANGING = re.compile(
    r"\b(?:the|an?|of|and|or|in|to|by|for|with|from|at|on|than|that|which|who|their|its|this|these|between|over|under)$"
)
NOTE_NUMBER = re.compile(r"^\s*(\d{1,2})\s*")
SENTENCE_END = re.compile(r"[.!?:;][\"'”’)]*\d{0,2}$")
HEADING_CHARACTERS = 110
# Headings that follow on one another stand each below the one before, but no deeper than this.
DEEPEST = 6
HEADING_TAIL_CHARACTERS = 45
ADDRESS_BLOCKS = 25
BODY_CHARACTERS = 320
JUDGED_AREA = re.compile(
    r"(?:the )?(?:experiences? and progress of|impact of leaders|leadership, management|overall effectiveness)[^:]*"
    r"(?:outstanding|good|adequate|inadequate|requires improvement)",
    re.IGNORECASE,
)
LETTER_CLOSE = re.compile(r"yours (?:sincerely|faithfully|truly)", re.IGNORECASE)
SIGNATURE_BLOCKS = 4
# A line shorter than this share of the wrap width, next word included, was ended on purpose.
FULL_LINE = 0.86
GRADE_CELL = re.compile(
    r"outstanding|good|adequate|satisfactory|inadequate|requires improvement(?: to be good)?"
    r"|key judgement|judgement grade|judgement|grade",
    re.IGNORECASE,
)
# Under these chapters a topic ("Adoption") is a sub-heading; elsewhere the same words open a chapter.
LISTING = re.compile(r"need(?:s)? to improve|recommendation|summary of findings|because:?$", re.IGNORECASE)
TOPIC = re.compile(r"leadership, management and governance|adoption|care leavers|help and protection", re.IGNORECASE)


class Role(Enum):
    """What a line is for, where the document shows it in its print."""

    BODY = auto()
    NOTE = auto()
    NOTE_GOES_ON = auto()


@dataclass(frozen=True)
class Line:
    """One line of a document: its text without the break, where it stands, and what it is for."""

    text: str
    start: int
    page: int | None = None
    role: Role = Role.BODY

    @property
    def end(self) -> int:
        """Position after the last character."""
        return self.start + len(self.text)


def split_lines(text: str, start: int = 0, page: int | None = None) -> Iterator[Line]:
    """The lines of a text with their character positions, shifted by `start`."""
    for raw in text.splitlines(keepends=True):
        yield Line(raw.rstrip("\r\n\f"), start, page)
        start += len(raw)


def running_text(lines: Iterable[str]) -> str:
    """Lines as one, in plain letters: words broken after a hyphen joined, ligatures and symbols of bullets gone."""
    whole = BROKEN_WORD.sub("-", "\n".join(lines))
    return plain(SYMBOL.sub(" ", LIGATURE.sub(lambda found: LIGATURES[found[0]], whole)))


def wrap_width(lines: Iterable[Line]) -> int:
    """The width at which the text is wrapped: the 90th percentile of its longer lines, in characters."""
    lengths = sorted(len(line.text.rstrip()) for line in lines if len(line.text.strip()) > 30)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 80


def blocks_of(lines: list[Line]) -> tuple[Block, ...]:
    """The blocks of a document in reading order, each with the headings above it."""
    return tuple(with_headings(_table_is_no_heading(_address_is_no_heading(list(join_torn(_raw_blocks(lines)))))))


def _address_is_no_heading(blocks: list[Block]) -> list[Block]:
    """In a letter, the lines above "Dear …" and below "Yours …" are names and addresses, however short."""
    closing = next((place for place, block in enumerate(blocks) if LETTER_CLOSE.match(block.text)), len(blocks))
    below = [replace(block, kind=BlockKind.PARAGRAPH) for block in blocks[closing : closing + SIGNATURE_BLOCKS]]
    blocks = [*blocks[:closing], *below, *blocks[closing + SIGNATURE_BLOCKS :]]
    greeting = next((place for place, block in enumerate(blocks[:ADDRESS_BLOCKS]) if block.text.startswith("Dear ")), 0)
    above = [replace(block, kind=BlockKind.PARAGRAPH, cut=False) for block in blocks[:greeting]]
    return above + blocks[greeting:]


def _table_is_no_heading(blocks: list[Block]) -> list[Block]:
    """On the face of a report, an area with its grade is a row of the table of judgements, not a chapter."""
    body = next((place for place, block in enumerate(blocks) if len(block.text) >= BODY_CHARACTERS), len(blocks))
    face = [
        replace(block, kind=BlockKind.TABLE_ROW)
        if block.kind is BlockKind.HEADING and JUDGED_AREA.fullmatch(block.text)
        else block
        for block in blocks[:body]
    ]
    return face + blocks[body:]


@dataclass(frozen=True)
class Layout:
    """What the lines of one document have in common: wrap width in characters, and how bullets look."""

    width: int
    bullets_printed: bool


def _raw_blocks(lines: list[Line]) -> Iterator[Block]:
    body = [line for line in lines if line.role is Role.BODY]
    layout = Layout(wrap_width(body), any(BULLET.match(line.text) for line in body))
    gathered: list[Line] = []
    for line in lines:
        is_empty = EMPTY.fullmatch(line.text) is not None
        if gathered and (is_empty or _breaks(gathered, line, layout)):
            yield _block(gathered, layout)
            gathered = []
        if not is_empty:
            gathered.append(line)
    if gathered:
        yield _block(gathered, layout)


def _breaks(gathered: list[Line], line: Line, layout: Layout) -> bool:
    before, text = gathered[-1].text.rstrip(), line.text.strip()
    if line.role is not Role.BODY or gathered[-1].role is not Role.BODY:
        return line.role is not Role.NOTE_GOES_ON
    if BULLET.match(line.text) or NUMBER.match(line.text):
        return True
    if _is_indented(line):
        # Where bullets were lost in conversion, the space before them still marks each item.
        return not layout.bullets_printed
    if SENTENCE_END.search(before) and (text[0].islower() or is_known_heading(text)):
        return True
    fitted = len(before) + 1 + len(text.split(maxsplit=1)[0]) < FULL_LINE * layout.width
    in_heading = len(gathered) == 1 and text[0].islower() and _looks_like_heading(before.strip())
    return fitted and not (in_heading and _is_heading_tail(line))


def _is_indented(line: Line) -> bool:
    return line.text[0] == " "


def _is_heading_tail(line: Line) -> bool:
    """Whether a line that starts in lower case is the second half of a heading, not damaged text."""
    text = line.text.strip()
    return len(text) <= HEADING_TAIL_CHARACTERS and not text.endswith((".", ",", ";"))


def _block(lines: list[Line], layout: Layout) -> Block:
    if lines[0].role is not Role.BODY:
        return _note(lines)
    start, end = lines[0].start, lines[-1].end
    text = running_text(line.text for line in lines)
    kind, number, offset = BlockKind.PARAGRAPH, None, 0
    if mark := NUMBER.match(lines[0].text):
        kind, number, offset = BlockKind.NUMBERED, mark[1], mark.end()
    elif mark := BULLET.match(lines[0].text):
        kind, offset = BlockKind.BULLET, mark.end()
    elif _is_indented(lines[0]) and not layout.bullets_printed:
        kind = BlockKind.BULLET
    elif GRADE_CELL.fullmatch(text):
        kind = BlockKind.TABLE_ROW
    elif _looks_like_heading(text):
        kind = BlockKind.HEADING
    if offset:
        text = running_text([lines[0].text[offset:], *(line.text for line in lines[1:])])
    else:
        offset = len(lines[0].text) - len(lines[0].text.lstrip())
    cut = kind is BlockKind.PARAGRAPH and text[:1].islower()
    return Block(kind, text, start + offset, end, number=number, page=lines[0].page, cut=cut)


def _note(lines: list[Line]) -> Block:
    first = lines[0].text
    mark = NOTE_NUMBER.match(first)
    offset = mark.end() if mark else len(first) - len(first.lstrip())
    text = running_text([first[offset:], *(line.text for line in lines[1:])])
    start, end = lines[0].start + offset, lines[-1].end
    return Block(BlockKind.FOOTNOTE, text, start, end, number=mark[1] if mark else None, page=lines[0].page)


def _looks_like_heading(text: str) -> bool:
    if is_known_heading(text):
        return True
    words = text.split()
    return (
        len(text) <= HEADING_CHARACTERS
        and len(words) <= 16
        and text[0].isupper()
        and (not text.endswith((".", ",", ";", ":")) or text.endswith("because:"))
        and not re.search(
            r"@|https?:|www\.|\d{4,}|\bHMI\b|Inspectors?$|:\s\S|^(?:Dear|Yours|Copy|Tel|Textphone)\b", text
        )
        and (len(words) > 1 or (text.isalpha() and len(text) > 5))
        and not GRADE_CELL.fullmatch(text)
    )


def join_torn(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks that a page break tore in two, put together again."""
    held: Block | None = None
    parts: list[str] = []
    for block in blocks:
        if held and _continues(held, parts[-1], block):
            parts.append(block.text)
            kind = BlockKind.PARAGRAPH if held.kind is BlockKind.HEADING else held.kind
            held = replace(held, kind=kind, end=block.end)
            continue
        if held:
            yield _joined(held, parts)
        held, parts = block, [block.text]
    if held:
        yield _joined(held, parts)


def _joined(block: Block, parts: list[str]) -> Block:
    # Once, however many there are: joining each to all before it takes the square of the time.
    return block if len(parts) == 1 else replace(block, text=running_text(parts))


def _continues(held: Block, last: str, block: Block) -> bool:
    """Whether a block goes on with the one held, of which `last` are the words nearest to it."""
    if block.kind is not BlockKind.PARAGRAPH or held.kind in (BlockKind.TABLE_ROW, BlockKind.FOOTNOTE):
        return False
    if held.kind is BlockKind.HEADING:
        # The first line of a paragraph, alone at the foot of a page, looks like a heading.
        return block.page != held.page and block.text[:1].islower() and not is_known_heading(held.text)
    return goes_on(last, block.text)


def goes_on(before: str, after: str) -> bool:
    """Whether the words before a break are no whole sentence and those after it can be its end."""
    before = before.rstrip()
    begins_low = after.lstrip()[:1].islower() and not SENTENCE_END.search(before)
    return begins_low or LEFT_HANGING.search(before) is not None


def last_block_start(lines: list[Line]) -> int:
    """Where in a list of lines the last block begins, as an index; 0 when there is none."""
    start = max((block.start for block in _raw_blocks(lines)), default=0)
    return max((place for place, line in enumerate(lines) if line.start <= start), default=0)


def with_headings(blocks: Iterable[Block]) -> Iterator[Block]:
    """The same blocks, each with the path of headings above it."""
    path: list[tuple[int, str]] = []
    after_heading = in_contents = False
    for block in blocks:
        above = tuple(text for _, text in path)
        is_heading = block.kind is BlockKind.HEADING
        if is_heading:
            level = _level(block.text, path, after_heading)
            # The entries of a table of contents follow on one another; none stands below the one before.
            lowest = 0 if in_contents and level <= 1 else level
            while path and path[-1][0] >= lowest:
                path.pop()
            above = tuple(text for _, text in path)
            path.append((level, block.text))
        in_contents = is_heading and (in_contents or block.text.lower() == "contents")
        after_heading = is_heading
        yield replace(block, headings=above)


def _level(text: str, path: list[tuple[int, str]], after_heading: bool) -> int:
    if path and TOPIC.fullmatch(text) and LISTING.search(path[0][1]):
        return 3
    beside = min(path[-1][0], DEEPEST) if path else 1
    level = heading_level(text, default=beside + 1 if after_heading and path else beside)
    return beside if level is None else level
