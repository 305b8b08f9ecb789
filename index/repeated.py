"""Sentences that report after report prints word for word: true of none in particular, and in the way of findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

from index.records import Passage

# So many authorities' reports have the same words. Forms with a figure in them differ from report to report and stay.
FEWEST_AUTHORITIES = 5
# A judgement ("Adoption performance Good") is the same in many reports too; but it is no sentence.
FEWEST_WORDS = 7
BEGINNING = 24
SENTENCE_END = re.compile(r"[.!?][”’\"']?\d*$")
CONTACT = re.compile(r"^\W*(?:[ETW]\s?:|www\.|https?:|\S+@\S+$)", re.IGNORECASE)
NOT_LETTERS = re.compile(r"[^a-z0-9%]+")


def repeated(passages: Iterable[Passage], authority_of: Mapping[str, str | None]) -> frozenset[str]:
    """Ids of the passages whose words stand in the reports of several authorities; `authority_of` is by document."""
    held = tuple(passages)
    # Nearly all begin like no other, which costs little to see.
    beginnings = Counter(_beginning(passage) for passage in held)
    often = (passage for passage in held if beginnings[_beginning(passage)] >= FEWEST_AUTHORITIES)
    alike = sorted(
        ((NOT_LETTERS.sub(" ", passage.text.lower()), passage) for passage in often if _may_repeat(passage.text)),
        key=lambda pair: pair[0],
    )
    found: set[str] = set()
    for _, pairs in groupby(alike, key=lambda pair: pair[0]):
        same = [passage for _, passage in pairs]
        authorities = {authority_of.get(passage.document) or passage.document for passage in same}
        if len(authorities) >= FEWEST_AUTHORITIES:
            found.update(passage.id for passage in same)
    return frozenset(found)


def _beginning(passage: Passage) -> str:
    return passage.text[:BEGINNING].lower()


def _may_repeat(text: str) -> bool:
    is_prose = len(text.split()) >= FEWEST_WORDS and SENTENCE_END.search(text)
    return bool(is_prose or CONTACT.match(text))
