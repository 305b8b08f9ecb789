"""Who inspected: lead inspectors, deputies and the team, as a report's last page or first line names them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Block, Statement
from corpus.sections import is_known_heading

PERSON = r"(?P<value>(?:[A-Z][\w’'-]*\.? ){1,3}[A-Z][\w’'-]+)"
# Words after a name that are no part of it.
NOT_NAME = re.compile(r"\s+(?:HMI|SHMI|Her|His|Senior|Ofsted|Additional|Lead|Deputy|Team)\b.*$")
INSPECTORS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("deputy lead inspector", re.compile(rf"(?i:deputy lead inspector|assistant lead inspector):?\s+{PERSON}")),
    ("inspectors", re.compile(r"(?i:inspectors for this (?:visit|inspection) were:?) (?P<value>[A-Z][^.]{5,200})")),
    (
        "lead inspector",
        re.compile(rf"(?<!eputy )(?<!EPUTY )(?<!ssistant )(?i:lead inspector(?: on site:)?):?\s+{PERSON}"),
    ),
)
# One of a list: a name, then what the inspector is ("HMI", "(associate inspector)").
SURNAME = r"(?:[a-z][’'])?(?=[A-Z][\w’'-]*[a-zà-ÿ])[\w’'-]++"
NO_SURNAME = r"(?!(?:Associate|Additional|Seconded|Ofsted|Senior)\b)"
NAME = rf"(?:(?:Dr|Mr|Mrs|Ms) )?{SURNAME}(?: [A-Z]\.?)?(?: {NO_SURNAME}{SURNAME}){{1,2}}"
OFFICE = (
    r"(?:S?HMIs?|AI|OI|SCRI|(?:Her|His) Majesty[’']s Inspectors?|(?:[Aa]ssociate|[Aa]dditional|[Ss]econded|Ofsted)"
    r" [Ii]nspectors?)"
)
ONE = re.compile(rf"{NAME}(?:,? (?:Senior )?{OFFICE}\b| \([^()]{{2,40}}\)| \(?[Dd]esignate\)?)*+")
# Nothing but space may stand between two whose office is printed.
BETWEEN = re.compile(r"[,;]? and |[,;] |(?<=[)I]) ")
LEADS = re.compile(r"(?<!eputy )(?<!EPUTY )(?<!ssistant )(?i:lead inspectors):\s+")
TEAM = re.compile(r"\bTeam [Ii]nspectors?(?: \([^()]*\))?:")
# The next line of the page, where it ran on: "… Jo Reed Senior data analyst: …".
NEXT_LABEL = re.compile(
    r"[\s.]+(?:Senior|Quality|Shadow|Additional|Supernumerary|Seconded|Regulatory|Report|Lead|Deputy)\b[^,;:]{3,40}:.*$"
)
# A list may end its sentence, and another sentence may follow; no other end is the end of a list.
LIST_END = re.compile(r"[.,;]?\s*$|\.\s+[A-Z]|\s+[A-Z]\w*\s+[a-z]")
TEAM_BLOCKS = 12


def read_inspectors(blocks: tuple[Block, ...]) -> Iterator[Statement]:
    """What a report states of its inspectors; a list that is not understood to its end gives nothing."""
    for at, block in enumerate(blocks):
        for subject, pattern in INSPECTORS:
            if found := pattern.search(block.text):
                name = NOT_NAME.sub("", found["value"])
                yield Statement(subject, name, block.text[found.start() : found.start("value") + len(name)], block.page)
        if label := LEADS.search(block.text):
            yield from _listed("lead inspector", block.text, label, block.page)
        if label := TEAM.search(block.text):
            yield from _listed("team inspectors", _with_next(blocks[at : at + TEAM_BLOCKS], label), label, block.page)


def _listed(subject: str, text: str, label: re.Match[str], page: int | None) -> Iterator[Statement]:
    rest = NEXT_LABEL.sub("", text[label.end() :])
    names = rest.strip()
    if listed := _list_of(names):
        end = label.end() + rest.index(names) + len(listed)
        yield Statement(subject, listed, text[label.start() : end], page)


def _list_of(names: str) -> str | None:
    """The list that words are or begin with, None where it is not understood to its end."""
    end, start = 0, 0
    while one := ONE.match(names, start):
        end = one.end()
        between = BETWEEN.match(names, end)
        if not between:
            break
        start = between.end()
    return names[:end] if end and LIST_END.match(names, end) else None


def _with_next(blocks: tuple[Block, ...], label: re.Match[str]) -> str:
    """The block that the label stands in, with those that complete its list or, below the label, are its items."""
    text = blocks[0].text
    below = label.end() == len(text.rstrip())
    for block in blocks[1:]:
        names = text[label.end() :].strip()
        whole = _list_of(names) and not names.endswith(",") and not below
        longer = f"{names} {block.text}".strip(" .,")
        if whole or is_known_heading(block.text) or _list_of(longer) != longer:
            break
        text = f"{text} {block.text}"
    return text
