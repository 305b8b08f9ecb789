"""A person whom a question puts in an office or at the head of an inspection, held against the register."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.records import Named, Source, Stated
from index.retrieval.scope import Scope
from rag import wording

NAME = r"(?P<name>[A-Za-z][A-Za-z’'-]+ [A-Za-z][A-Za-z’'-]+)"
LEAD = "lead inspector"
OFFICES: tuple[tuple[str, str], ...] = (
    (LEAD, r"lead inspector"),
    ("director of children's services", r"director of children['’]?s['’]? services|DCS"),
    ("chief executive", r"chief exec(?:utive)?"),
    ("chair of the LSCB", r"chair of the (?:LSCB|(?:local )?safeguarding (?:children )?board)|LSCB chair"),
)
LED_BY_NAME = (
    rf"\b{NAME} (?:to )?(?:lead|led|headed|ran) (?:the |its |their |that |this |[A-Za-z]+(?: [A-Za-z]+)?['’]?s? )"
    r"[^?.]{0,40}(?:inspection|visit|team|ofsted)"
)
NAMED_AS_LEADING = rf"\b(?:inspection|visit|team)\b[^?.]{{0,40}}\b(?:led|headed|run) by {NAME}"
# Surnames at least so much alike (from 0 to 1) are one, misspelt.
SAME = 0.8


@dataclass(frozen=True)
class Holder:
    """Who held an office by the register, and the words of the report that say so."""

    name: str
    source: Source
    quote: str
    page: int | None


def wrong_person(
    question: str,
    scope: Scope,
    statements: tuple[Stated, ...],
    officers: tuple[Named, ...],
    is_word: Callable[[str], bool],
) -> tuple[str, Holder] | None:
    """The sentence that confirms or puts right who held an office, with who did; None when no name is put in one.

    `is_word` tells whether the reports use a word in lower case, so that it is no name.
    """
    for office, words in OFFICES:
        said = _said(office, words, question, is_word)
        holder = _holder(office, scope, statements, officers) if said else None
        if said and holder:
            same = any(_alike(said.split()[-1], part) for part in re.findall(r"[A-Za-z’'-]+", holder.name))
            opening = "Yes: the" if same else f"Not {said.title()}: the"
            return f"{opening} {office} was {holder.name}, according to the {wording.label(holder.source)}.", holder
    return None


def _said(office: str, words: str, question: str, is_word: Callable[[str], bool]) -> str | None:
    """The full name that a question puts in an office."""
    patterns = [
        rf"\b{NAME},? (?:(?:was|is|were|being|as|to be|be) )?(?:the |its |their |[A-Z][a-z]+['’]s )?(?:{words})\b",
        rf"\b(?:{words}) (?:(?:was|is|called|named|at the time) )?{NAME}",
        *((LED_BY_NAME, NAMED_AS_LEADING) if office == LEAD else ()),
    ]
    for pattern in patterns:
        for found in re.finditer(pattern, question, re.IGNORECASE):
            parts = found["name"].split()
            if not any(is_word(part.lower()) or re.search(r"['’]s$", part) for part in parts):
                return found["name"]
    return None


def _holder(office: str, scope: Scope, statements: tuple[Stated, ...], officers: tuple[Named, ...]) -> Holder | None:
    """Who held the office by the newest report in scope that says so."""
    found = [
        Holder(item.value, item.source, item.quote, item.page)
        for item in statements
        if item.subject == office and item.source.document in scope.documents
    ]
    found += [
        Holder(item.name, item.source, item.quote, item.page)
        for item in officers
        if item.role == office and item.name and item.source.document in scope.documents
    ]
    return max(found, key=lambda holder: holder.source.order, default=None)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio() >= SAME
