"""The officers whom a report names or whose office it dates, and those to whom it is written."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from corpus.identity import MONTHS
from corpus.report import Block, Officer, is_verbatim
from corpus.statements import OFFICES, in_post

ADDRESSEE = "addressee"
# "Dear Ms Fairweather and Mr Reed": whom a letter is written to, by what each is called.
DEAR = re.compile(r"^Dear (?P<called>[A-Z].{2,80}?)[,:]?$")
TITLE = r"(?:Ms|Mrs|Miss|Mr|Mx|Dr|Sir|Dame|Councillor|Cllr|Professor|Reverend)\.?"
WORD = r"[A-Z][\w’'-]+"
PERSON = re.compile(
    rf"^(?:{TITLE} )?(?P<name>{WORD}(?: (?:[A-Z]\.?|de|van|von|{WORD})){{1,3}})(?:,\s*(?P<office>.{{5,140}}))?$"
)
COPIED = re.compile(r"^(?:cc|copy|copies|copied to|copy to)\b\s*:?\s*(?P<rest>.*)$", re.IGNORECASE)
# The end of one person's office, where another follows without a mark: "…, Newtown Council Sam Reed, Department …".
RUN_ON = re.compile(
    rf"\b(?i:council|trust|board|authority|executive|services|families|education)(?= {WORD}(?: {WORD}){{1,2}},)"
)
ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("lead member for children's services", re.compile(r"lead member (?:for|of) children", re.IGNORECASE)),
    *OFFICES,
    (
        "director of children's services",
        re.compile(r"director (?:of|for) (?:[\w,’'-]+ ){0,4}children", re.IGNORECASE),
    ),
)
# Words that make an office another one than it seems, or its holder a former one.
NOT_IT = re.compile(
    r"\b(?:previous|former|outgoing|deputy|assistant|trust|company|ofsted|principal|first)\b|\bwho\b"
    r"|chief executive(?: officer)?(?: \(\w+\))? of (?!.*\bcouncil\b)"
    r"|chair of (?!.*(?:board|lscb|[a-z]scb|partnership))",
    re.IGNORECASE,
)
PRINTED_DAY = re.compile(rf"(?:(\d{{1,2}})(?:st|nd|rd|th)? )?(?:({'|'.join(MONTHS)}) )?(\d{{4}})", re.IGNORECASE)
# A bullet or comma before the words.
LEADING = re.compile(r"^[^\w‘’“”'\"]+")
LETTER_HEAD_BLOCKS, LONGEST_OFFICE = 25, 140
COPIED_LINES = 6


def read_officers(blocks: tuple[Block, ...], text: str) -> tuple[Officer, ...]:
    """The officers of a report, in the order in which they stand; the first row of each role, name and day counts."""
    found: dict[tuple[str, str | None, str | None], Officer] = {}
    for officer in (*_addressees(blocks), *_in_post(blocks), *_copied(blocks)):
        if is_verbatim(officer.quote, text):
            found.setdefault((officer.role, officer.name, officer.since), officer)
    return tuple(found.values())


def iso_day(printed: str) -> str | None:
    """A printed day as ISO, as far as it is printed: "October 2017" is "2017-10"; None if there is no such day."""
    found = PRINTED_DAY.fullmatch(printed.strip())
    if not found:
        return None
    day, month, year = found.groups()
    if day and not month:
        return None
    if day and not _is_day(int(year), MONTHS[month.lower()], int(day)):
        return None
    parts = [year, *([f"{MONTHS[month.lower()]:02}"] if month else []), *([f"{int(day):02}"] if day else [])]
    return "-".join(parts)


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= day <= monthrange(year, month)[1]


def _role(words: str) -> str | None:
    """The office that words name; a director of other things only ("strategic director, wellbeing") is none."""
    if NOT_IT.search(words):
        return None
    if re.search(r"\bdirector\b", words, re.IGNORECASE) and not re.search(r"children|\bDCS\b", words, re.IGNORECASE):
        return None
    return next((role for role, pattern in ROLES if pattern.search(words)), None)


def _in_post(blocks: tuple[Block, ...]) -> Iterator[Officer]:
    """Who has been in post since when."""
    for block, found in in_post(blocks):
        role, since = _role(found["role"]), iso_day(found["value"])
        if role and since:
            yield Officer(role, LEADING.sub("", found[0]), since=since, page=block.page)


def _addressees(blocks: tuple[Block, ...]) -> Iterator[Officer]:
    """Those named in the address above "Dear …", each with the office printed beside or below the name."""
    head = blocks[:LETTER_HEAD_BLOCKS]
    place, called = next(
        ((at, dear["called"]) for at, block in enumerate(head) if (dear := DEAR.match(block.text))), (0, "")
    )
    for at, block in enumerate(head[:place]):
        person = PERSON.match(block.text)
        # A street is written like a name; the greeting tells which lines are people.
        if not person or person["name"].split()[-1] not in called.replace(",", " ").split():
            continue
        yield Officer(ADDRESSEE, block.text, person["name"], page=block.page)
        if person["office"]:
            if role := _role(person["office"]):
                yield Officer(role, block.text, person["name"], page=block.page)
        elif (role := _role(head[at + 1].text)) and len(head[at + 1].text) < LONGEST_OFFICE:
            yield Officer(role, f"{block.text} {head[at + 1].text}", person["name"], page=block.page)


def _copied(blocks: tuple[Block, ...]) -> Iterator[Officer]:
    """Those to whom a letter is copied, where one line names one person and an office."""
    for at, block in enumerate(blocks):
        copied = COPIED.match(block.text)
        if not copied:
            continue
        for printed in [copied["rest"], *(each.text for each in blocks[at + 1 : at + COPIED_LINES])]:
            more = RUN_ON.search(printed)
            line = printed[: more.end()] if more else printed
            person = PERSON.match(line)
            if person and person["office"] and (role := _role(person["office"])):
                yield Officer(role, line, person["name"], page=block.page)
