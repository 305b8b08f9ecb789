"""Groups of authorities that a question names: by kind ("London boroughs", "counties") and by region."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.authorities import load_authorities

# What is said after the kind, so that "county" alone, as in "around the county", is none.
NOUN = r"(?:councils?|authorit(?:y|ies)|boroughs?|LAs?|areas)"
KINDS: tuple[tuple[str, str, frozenset[str]], ...] = (
    (r"London boroughs?(?: councils?)?", "London boroughs", frozenset({"London borough"})),
    (
        r"metropolitan (?:boroughs?(?: councils?)?|districts?|councils?|authorit(?:y|ies))",
        "metropolitan boroughs",
        frozenset({"metropolitan borough"}),
    ),
    (rf"(?:shire )?count(?:y {NOUN}|ies)|shires", "county councils", frozenset({"county"})),
    (rf"unitar(?:y {NOUN}|ies)", "unitary authorities", frozenset({"unitary"})),
    (r"boroughs", "boroughs", frozenset({"London borough", "metropolitan borough"})),
)
COMPASS = frozenset({"North", "East", "South", "West"})


@dataclass(frozen=True)
class Group:
    """Authorities of one kind or region: `words` as said to a reader, `names` as in the register."""

    words: str
    names: frozenset[str]


def group_in(text: str) -> tuple[Group | None, str]:
    """The group that a text names, None for all authorities, and the text with "councils" in place of its words."""
    members = load_authorities()
    words, rest = "", text
    for pattern, said, kinds in KINDS:
        if found := re.search(rf"\b{pattern}\b", rest, re.IGNORECASE):
            members, words = tuple(each for each in members if each.kind in kinds), said
            rest = f"{rest[: found.start()]} councils {rest[found.end() :]}"
            break
    for region in _regions():
        if found := _names_region(region, rest):
            members = tuple(each for each in members if each.region == region)
            the = "the " if region.split()[0] in COMPASS else ""
            words = f"{words or 'authorities'} in {the}{region}"
            rest = f"{rest[: found.start()]} {rest[found.end() :]}"
            break
    return (Group(words, frozenset(each.name for each in members)) if words else None), rest


def _regions() -> tuple[str, ...]:
    return tuple(sorted({each.region for each in load_authorities()}))


def _names_region(region: str, text: str) -> re.Match[str] | None:
    """Find "in the North East" or "North Eastern councils"; the second half of a double name may be left out."""
    first, _, second = region.partition(" and ")
    name = first.replace(" ", "[ -]") + (
        rf"(?: (?:and|&) (?:{second}|{second.removeprefix('the ')}))?" if second else ""
    )
    return re.search(
        rf"\b(?:in|of|across|from|within) (?:the )?{name}(?: region)?\b(?! {NOUN})"
        rf"|\b(?:(?:in|of|across|from|within) )?(?:the )?{name}(?:ern)?(?:'s)?(?= {NOUN}\b)",
        text,
        re.IGNORECASE,
    )
