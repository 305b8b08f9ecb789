"""The grades a report gives, each with the words that give it.

Every layout that carries a grade has its own reader; together they are the list READERS. A grade is
taken only where the words bind it to an area, so that a table that lost its labels gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise, takewhile

from corpus.report import Block, BlockKind, Framework, Judgement, is_verbatim
from corpus.sections import bare_heading

GRADE = r"outstanding|good|adequate|satisfactory|inadequate|requir(?:es|ing|e|ed) improvement(?: to be good)?"
# Areas as the frameworks since 2011 name them; the first pattern that is found in the words counts.
AREAS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (area, re.compile(pattern, re.IGNORECASE))
    for area, pattern in (
        ("lscb", r"safeguarding children board|\blscb\b|\bWSCB\b"),
        ("adoption", r"\badoption performance|^\W*adoption\W*$"),
        ("capacity_to_improve", r"^\W*capacity (?:to improve|for improvement)"),
        ("outcomes", r"^\W*outcomes for"),
        ("quality_of_provision", r"^\W*quality of provision"),
        ("quality_of_practice", r"^\W*(?:the )?quality of practice"),
        ("in_care", r"children in care and care leavers"),
        ("care_leavers", r"care leavers"),
        ("in_care", r"looked after|children in care"),
        ("leaders", r"impact of leaders|leadership(?:,| and) (?:management|governance)"),
        ("help_protection", r"help and protection"),
        ("overall", r"overall effectiveness|overall judgement|children.{0,2}s services"),
    )
)
# A row of the table on a report's face, whose label or grade may be wrapped over lines.
FACE_ROW = re.compile(
    r"(?P<label>children who need help and protection|children looked after and achieving permanence"
    r"|children in care and care leavers|children in care|adoption performance|care leavers"
    r"|leadership, management and governance|impact of leaders on social work practice with children and families"
    rf"|overall effectiveness)\W{{1,4}}(?P<grade>{GRADE})(?!\w)",
    re.IGNORECASE,
)
FACE_BLOCKS, BODY_CHARACTERS = 40, 320
TITLE = re.compile(rf"children.{{0,2}}s services in [^.]{{3,80}}? (?:is |are )?(?P<grade>{GRADE})", re.IGNORECASE)
# "The overall judgement is good": a line of its own, or with the next sentence run on; in an explanation
# of what a grade means it goes on in small letters.
OVERALL_LINE = re.compile(
    rf"^the overall judgement is (?P<grade>{GRADE})(?=\W*$|[.;]|(?-i:\s+[A-Z][a-z]))", re.IGNORECASE
)
BOARD = re.compile(r"safeguarding children board", re.IGNORECASE)
AUTHORITY = re.compile(r"\binspection of\b|help and protection", re.IGNORECASE)
ROW = re.compile(rf"^(?:\d(?:\.\d)?\.?\s+)?(?P<area>.{{8,90}}?)[\s:]+(?P<grade>{GRADE})(?: grade \d)?$", re.IGNORECASE)
# "Grade 4 (inadequate)", as inspections until 2013 print it below a heading.
CELL = re.compile(rf"(?:grade \d \()?(?P<grade>{GRADE})\)?", re.IGNORECASE)
# What follows a grade that is given, and not the word "good" in a sentence about something else.
GIVEN = r"(?=\W*(?:$|[.;:,’”]|because\b|overall\b|and\b|with\b))"
# Words right before or after a grade that make it one of an earlier inspection.
EARLIER = re.compile(r"\b(?:last|previous|earlier|prior)\b[^.]{0,30}\b(?:inspection|visit|review)s?\b", re.IGNORECASE)
NEAR_CHARACTERS = 60
SENTENCES = tuple(
    re.compile(pattern + GIVEN, re.IGNORECASE)
    for pattern in (
        rf"the overall judgement is that (?P<area>children.{{0,2}}s services) (?:are )?(?P<grade>{GRADE})",
        (
            rf"^(?P<area>(?:the )?(?:overall effectiveness|children.{{0,2}}s services) in [^.]{{3,60}}?) (?:(?:is"
            rf"|are) )?(?P<grade>{GRADE})"
        ),
        (
            rf"the graded judgement (?:for|about|of|on) (?P<area>.{{5,70}}?) is that (?:it|they) (?:is "
            rf"|are )?(?P<grade>{GRADE})"
        ),
        rf"^(?P<area>the local safeguarding children board|the lscb) (?:is )?(?P<grade>{GRADE})\b",
        rf"rat(?:ing|ed) (?P<area>.{{3,60}}?children.{{0,2}}s services) as .?(?P<grade>{GRADE})\b",
        (
            rf"(?P<area>children.{{0,2}}s services) in .{{3,60}} (?:were|are|was) (?:judged|rated"
            rf"|graded)(?: to be)? (?P<grade>{GRADE})\b"
        ),
    )
)


def normal_grade(printed: str) -> str:
    """A grade's normal form: "Requires improvement to be good" is requires improvement."""
    words = printed.lower().strip()
    return "requires improvement" if words.startswith("requir") else words


def area_of(words: str) -> str | None:
    """The area that a row label, heading or sentence speaks of, or None."""
    return next((area for area, pattern in AREAS if pattern.search(words)), None)


def read_judgements(blocks: tuple[Block, ...], text: str, framework: Framework | None = None) -> tuple[Judgement, ...]:
    """The report's own grades, one an area, in the order in which they stand.

    An area that two places grade differently is left out: a missing grade does less harm than a wrong one.
    The overall grade of an inspection of looked after children's services is that of these services only.
    """
    found: dict[str, list[Judgement]] = {}
    for reader in READERS:
        for judgement in reader(blocks):
            if is_verbatim(judgement.quote, text):
                found.setdefault(judgement.area, []).append(judgement)
    if framework is Framework.LOOKED_AFTER and (overall := found.pop("overall", None)):
        found.setdefault("in_care", []).extend(replace(row, area="in_care") for row in overall)
    return tuple(rows[0] for rows in found.values() if len({row.grade for row in rows}) == 1)


def _judgement(area: str, printed: str, block: Block, quote: str | None = None) -> Judgement:
    return Judgement(area, normal_grade(printed), printed, quote or block.text, block.page)


def _from_rows(blocks: tuple[Block, ...]) -> Iterator[Judgement]:
    for block in blocks:
        if block.kind not in (BlockKind.TABLE_ROW, BlockKind.NUMBERED, BlockKind.HEADING):
            continue
        row = ROW.match(block.text)
        if row and (area := area_of(row["area"])) and (area != "overall" or "effectiveness" in row["area"].lower()):
            yield _judgement(area, row["grade"], block)


def _from_sentences(blocks: tuple[Block, ...]) -> Iterator[Judgement]:
    for block in blocks:
        if block.kind is BlockKind.BULLET or any("judgements mean" in heading for heading in block.headings):
            continue
        for pattern in SENTENCES:
            match = pattern.search(block.text)
            if match and not _is_earlier(block.text, match) and (area := area_of(match["area"])):
                yield _judgement(area, match["grade"], block, match[0])


def _is_earlier(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - NEAR_CHARACTERS) : match.start()].rsplit(". ", 1)[-1]
    after = text[match.end() : match.end() + NEAR_CHARACTERS].split(". ", 1)[0].split(",", 1)[0]
    return bool(EARLIER.search(before) or EARLIER.search(after))


def _from_face(blocks: tuple[Block, ...]) -> Iterator[Judgement]:
    """The table on the face, read as running text."""
    face = _face(blocks)
    text = " ".join(f"{block.number}. {block.text}" if block.number else block.text for block in face)
    for row in FACE_ROW.finditer(text):
        if area := area_of(row["label"]):
            holding = next((block for block in face if row["label"].split()[0] in block.text), face[0])
            yield _judgement(area, row["grade"], holding, row[0])


def _face(blocks: tuple[Block, ...]) -> list[Block]:
    """What stands on the face: its first page without prose, or all up to the first paragraph of the report itself."""
    if blocks and blocks[0].page:
        first = [block for block in blocks[:FACE_BLOCKS] if block.page == blocks[0].page]
        return [block for block in first if len(block.text) < BODY_CHARACTERS or _is_table(block.text)]
    return list(takewhile(lambda block: len(block.text) < BODY_CHARACTERS, blocks[:FACE_BLOCKS]))


def _is_table(text: str) -> bool:
    """Whether several rows of the table on the face came out of the file as one paragraph."""
    return len(FACE_ROW.findall(text)) > 1


def _from_wrapped_titles(blocks: tuple[Block, ...]) -> Iterator[Judgement]:
    """A title that gives the overall grade and is wrapped: "Children's services in … and / Newtown are good"."""
    for first, second in pairwise(_face(blocks)):
        if first.kind is second.kind is BlockKind.HEADING and (title := TITLE.fullmatch(f"{first.text} {second.text}")):
            yield _judgement("overall", title["grade"], first, title[0])


def _from_overall_line(blocks: tuple[Block, ...]) -> Iterator[Judgement]:
    """The line on the face that gives the overall grade, unless a board alone was reviewed."""
    face = _face(blocks)
    words = " ".join(block.text for block in face)
    if BOARD.search(words) and not AUTHORITY.search(words):
        return
    for block in face:
        explains = block.kind is BlockKind.BULLET or any("judgements mean" in heading for heading in block.headings)
        if not explains and (line := OVERALL_LINE.match(block.text)):
            yield _judgement("overall", line["grade"], block, line[0])


def _from_headed_grades(blocks: tuple[Block, ...]) -> Iterator[Judgement]:
    """A heading that names an area with a grade alone below it ("Key judgement / Judgement grade")."""
    for heading, cell in pairwise(blocks):
        printed = CELL.fullmatch(cell.text)
        if heading.kind is not BlockKind.HEADING or not printed:
            continue
        area = area_of(bare_heading(heading.text))
        if area and area != "overall" and len(heading.text) < 100:
            yield _judgement(area, printed["grade"], heading, f"{heading.text} {cell.text}")


READERS: tuple[Callable[[tuple[Block, ...]], Iterator[Judgement]], ...] = (
    _from_face,
    _from_wrapped_titles,
    _from_sentences,
    _from_rows,
    _from_headed_grades,
    _from_overall_line,
)
