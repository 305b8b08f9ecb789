"""Places that a question asks about and that are no authority, so that it is not answered of another place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Protocol

from corpus.authorities import find_mentions, find_other_places, load_authorities
from index.glossary import match_terms
from index.lexical import STOPWORDS

# A word in small letters this like a word of the reports, from 0 to 100, is a slip of the pen.
SLIP_LIKENESS = 75.0
SHORTEST = 4
CAPITAL = r"[A-Z][a-z’'-]+"
NAME = rf"{CAPITAL}(?:[ -](?:upon |under |on |le |by |and the |the )?{CAPITAL})*"
SMALL = r"[a-z][a-z’'-]{3,}(?: [a-z][a-z’'-]{3,})?"
SERVICES = (
    r"(?:children['’]?s?['’]? (?:services|social)|social services|ofsted|council|lscb|safeguarding (?:children )?board)"
)
JUDGED = r"(?:get|got|rated|graded|judged|good|outstanding|inadequate|inspected|doing|do|been|pass|fail|ever|still)\b"
ENDED = (
    r"(?!\w)(?=\W*(?:$|[?,.;:(]|(?:19|20)\d\d"
    r"|(?:in|for|by|at|when|over|during|under|back|from|according|then|now)\b))"
)
FOLLOWED = rf"(?!\w)(?=,? (?:19|20)\d\d\b|,? {SERVICES}\b)"
STARTED = (
    r"(?i:^\W*(?:(?:and|so|ok|okay|hi|hello|hey|but|what about|how about|was|were|is|are|did|does|has|have|had"
    r"|how (?:did|was|is|were|are|has|does)|why (?:was|is|did|were)|when (?:was|were|did)"
    r"|who (?:led|inspected|ran|runs|signed|is|was))\W+)*)"
)
BEFORE = r"(?i:in|at|near|around|across|within|from|for|of)"
# Where a report of some place is asked for, so that a name in it is the name of that place.
ABOUT_REPORT = re.compile(
    r"\b(?:grad(?:e|es|ed|ing)|rat(?:ed?|ings?)|judged|judge?ments?|inspect\w*|ofsted|reports?|council|authority"
    r"|outstanding|inadequate|requires? improvement|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# Where only the name of a place stands; and where that of a person, a scheme or a firm may.
CLEARLY = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?i:in|near|around|across|within)\s+(?P<name>{NAME})",
        rf"\b(?i:at|from|for|of)\s+(?P<name>{NAME}){ENDED}",
        rf"(?:{STARTED}|\b{BEFORE}\s+)(?P<name>{NAME}){FOLLOWED}",
        rf"\b(?i:was|were|is|are|did|does|has|have|had)\s+(?P<name>{NAME})\s+(?i:{JUDGED})",
    )
)
PERHAPS = re.compile(rf"(?:{STARTED}|\b{BEFORE}\s+)(?P<name>{NAME})(?=['’]s?\b|\s?:)")
IN_SMALL = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:in|at|near|for|of)\s+(?P<name>{SMALL}){ENDED}",
        rf"{STARTED}(?P<name>{SMALL}){FOLLOWED}",
        rf"\b(?:was|is|did|has|does)\s+(?P<name>[a-z][a-z’'-]{{3,}})\s+{JUDGED}",
    )
)
# Of several authorities, a survey says which are not known to it.
SEVERAL = re.compile(r"\b(?:councils|authorities|boroughs)\b", re.IGNORECASE)
# Named with a capital, and no place of which a report could be held.
NO_PLACES = frozenset(
    "hello hi hey dear thanks "
    "ofsted hmi hmci lscb ilacs sif mash england english britain british uk united kingdom crown covid january "
    "february march april may june july august september october november december jan feb mar apr jun jul aug sep "
    "sept oct nov dec monday tuesday wednesday thursday friday saturday sunday christmas easter spring summer autumn "
    "winter i north south east west midlands government parliament ks french german spanish polish romanian urdu "
    "punjabi welsh".split()
)


class Words(Protocol):
    """What is asked of the index about words."""

    def is_word(self, word: str) -> bool:
        """Whether the reports use this word in lower case anywhere."""

    def has_word(self, word: str) -> bool:
        """Whether the reports have this word anywhere."""

    def nearest_word(self, word: str, likeness: float) -> str | None:
        """The word of the reports most like this one, if any is at least so much like it."""


def unknown_place(question: str, words: Words) -> str | None:
    """The place that a question which names no authority asks about, None when there is none.

    A name is a word that the reports do not use in small letters, in a place of the sentence where names of places
    stand. Where nothing else shows that a report of some place is meant, a name that the reports have is none.
    """
    reported = bool(ABOUT_REPORT.search(question))
    if reported and (other := find_other_places(question)) and not SEVERAL.search(question):
        return other[0] if other[0][0].isupper() else other[0].title()
    for pattern in (*CLEARLY, PERHAPS):
        is_known = words.is_word if reported and pattern is not PERHAPS else words.has_word
        for found in pattern.finditer(question):
            about = reported or _is_of_reports(question, found, words)
            if about and _is_name(found["name"], is_known):
                return _plain(found["name"])
    if not reported or any(letter.isupper() for letter in question[1:]):
        return None
    for found in (each for pattern in IN_SMALL for each in pattern.finditer(question)):
        name = _first_unknown(found["name"], words)
        if name:
            return name.title()
    return None


def _is_of_reports(question: str, found: re.Match[str], words: Words) -> bool:
    """Whether the rest of a question is in words of the reports, so that it is no question for the place alone."""
    if question[: found.start("name")].rstrip().endswith("of"):
        return False
    rest = f"{question[: found.start()]} {question[found.end() :]}"
    return all(words.has_word(word) for word in re.findall(r"\b[A-Za-z]{4,}\b", rest) if word.lower() not in STOPWORDS)


def _is_name(name: str, is_known: Callable[[str], bool]) -> bool:
    if match_terms(name) or find_mentions(name) or name.lower() in _regions():
        return False
    parts = list(_parts(name))
    return bool(parts) and not is_known(parts[0]) and not any(part in NO_PLACES for part in parts)


def _first_unknown(text: str, words: Words) -> str | None:
    """The first word of a text, if neither it nor a second is a word of the reports or a slip of the pen."""
    if match_terms(text) or text.lower() in _regions():
        return None
    parts = [part for part in _parts(text) if part not in STOPWORDS]
    if not parts or len(parts[0]) < SHORTEST or any(part in NO_PLACES or words.has_word(part) for part in parts):
        return None
    return None if words.nearest_word(parts[0], SLIP_LIKENESS) else parts[0]


def _parts(name: str) -> Iterator[str]:
    for word in re.split(r"[ -]", _plain(name)):
        plain = word.lower()
        if plain and plain not in {"upon", "under", "on", "le", "by", "and", "the"}:
            yield plain


def _plain(name: str) -> str:
    return re.sub(r"['’]s?$", "", name.strip())


def _regions() -> frozenset[str]:
    return frozenset(each.region.lower() for each in load_authorities())
