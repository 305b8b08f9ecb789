"""Local authorities: who they are, and where a text names one."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import OSA

_DATA = Path(__file__).with_name("authorities.json")

# Punctuation is a token of its own, so that no name runs across it; the stop after "St" and "Co" is not.
_TOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)*|\d+|[&,;:?!()]|(?<!\bst)(?<!\bco)\.(?=\s|$)", re.IGNORECASE)

# What stands around a name in an official title.
_PREFIX = re.compile(
    r"^(?:the )?(?:lb (?:of )?|(?:the )?(?:council|corporation|city|county|(?:\w+ )?borough) of (?:the )?)?"
)
_SUFFIX = re.compile(
    r" (?:(?:(?:metropolitan|borough|district|city|county) )*council|mbc|(?:city|county)(?: of)?"
    r"|local authority|la|childrens (?:services|social care))$"
)

# A name that is an ordinary word, written "*", with the two tokens on either side of it; a sentence ends in a stop.
_SCHOOLING = re.compile(
    r"\* (?:(?:and|or|,) )?(?:writing|spelling|maths|mathematics|numeracy|literacy|phonics|comprehension|skills|ability"
    r"|ages?|attainment|aloud|books?)\b|\b(?:attainment|progress|achievement|skills|interest|difficulties|love) \w+ \*"
)
_ACTIVITY = re.compile(
    r"\b(?:by|while|when|after|before|through|be|being|to|enjoys?|loves?) \*"
    r"|\* (?:an?|the|this|that|these|those|their|his|her|your|to|up|support|recovery|stories|time|tub|room|schemes?)\b"
)
_PLACE = re.compile(
    r"\b(?:in|for|from|near|around|across|within|compare|comparing|between) \*"
    r"|\* (?:\d{4}|council|borough|county|city|ofsted|reports?|inspections?|ilacs|lscb|authority|la|trust|mbc)\b"
    r"|\* (?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\* (?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|\* childrens (?:services|social)\b"
    r"|(?:\.|\b(?:was|were|is|does|do|did|has|had|have|will)) \* (?:\.|(?:been|ever|still|now|good|outstanding|inadequate"
    r"|rated|graded|judged|inspected|get|got|given|do|doing|have|need|improv\w+|requires?|failing)\b)"
    r"|\b(?:what|how) about \* \.|\b(?:report|inspection|grade|rating|judgement) of \*"
)
_UNLIKELY = re.compile(r"\b(?:an?|the|their|his|her|its|my|our|your|and|or|of|about|with|like|support|help\w*) \*")
_GRADING = re.compile(
    r"\b(?:grade[sd]?|rat(?:ed?|ings?)|judged|judgements?|overall|outstanding|inadequate)\b", re.IGNORECASE
)
_JOINING = frozenset(["and", "or", "vs", "versus", "v", "with", "against", "to", "than", ","])

# A word of a name may have one slip, a long one two; in the shortest, letters may only be swapped or doubled.
_SHORTEST_NAME = 5
_LONG_NAME = 11


class Change(NamedTuple):
    """The other authority in a reorganisation, and the year in which that took effect."""

    name: str
    year: int


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority that is, or at some time since 2005 was, responsible for children's services.

    `name` is the short name of public tables and unlike any other. An authority that has `successors` is no more.
    """

    name: str
    full_name: str
    kind: str
    region: str
    aliases: tuple[str, ...]
    trusts: tuple[str, ...]
    predecessors: tuple[Change, ...]
    successors: tuple[Change, ...]
    neighbours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """An authority named by `text[start:end]`; `exact` is false where the spelling had to be corrected."""

    authority: str
    start: int
    end: int
    exact: bool


class _Token(NamedTuple):
    key: str  # lower case, without apostrophes; "&" is "and"
    start: int
    end: int
    ending: int  # length of a final "s" or "'s", which may be a possessive


class _Match(NamedTuple):
    phrase: str
    first: int  # tokens, the last one included
    last: int
    end: int
    exact: bool


class _Names(NamedTuple):
    phrases: dict[str, tuple[str, ...]]  # token keys joined by spaces: the authorities meant, if any
    longest: int
    words: frozenset[str]
    not_followed_by: frozenset[str]
    not_typos: frozenset[str]
    ordinary: frozenset[str]  # names that are also ordinary words


@cache
def load_authorities() -> tuple[Authority, ...]:
    """Return every authority, ordered by name.

    Raises `FileNotFoundError` if the list beside this module is missing, `KeyError` if an entry lacks a field.
    """
    return tuple(
        Authority(
            name=row["name"],
            full_name=row["full_name"],
            kind=row["kind"],
            region=row["region"],
            aliases=tuple(row["aliases"]),
            trusts=tuple(row["trusts"]),
            predecessors=tuple(Change(**change) for change in row["predecessors"]),
            successors=tuple(Change(**change) for change in row["successors"]),
            neighbours=tuple(row["neighbours"]),
        )
        for row in json.loads(_DATA.read_text(encoding="utf-8"))["authorities"]
    )


def by_name(name: str) -> Authority | None:
    """Return the one authority of this name, alias, trust or official title; None if there is none or more than one.

    Case, commas, apostrophes, "&" for "and" and titles such as "County Council" or "London Borough of" do not matter.
    """
    plain = _key(name).replace(" ,", "")
    shorter = _SUFFIX.sub("", plain)
    for candidate in (plain, shorter, _PREFIX.sub("", plain), _PREFIX.sub("", shorter)):
        if found := _names().phrases.get(candidate):
            return next(each for each in load_authorities() if each.name == found[0]) if len(found) == 1 else None
    return None


def find_mentions(text: str, *, typos: bool = True) -> tuple[Mention, ...]:
    """Return the authorities that a text names, in its order; with `typos`, those that it misspells too.

    The longest name wins ("Derbyshire" is not "Derby"). A name that is an ordinary word ("reading", "bury") counts
    only where the sentence speaks of a place. A trust gives each authority it serves, with the same start and end.
    """
    names = _names()
    tokens = _tokens(text)
    matches = list(_matches(tokens, typos=typos))
    sure = [match for match in matches if match.phrase not in names.ordinary]
    places: list[_Match] = []
    for match in matches:
        if match in sure or _is_place(text, tokens, match, [*places, *sure]):
            places.append(match)
    return tuple(
        Mention(authority, tokens[match.first].start, match.end, match.exact)
        for match in places
        for authority in names.phrases[match.phrase]
    )


@cache
def _names() -> _Names:
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    meant: dict[str, dict[str, None]] = {_key(phrase): {} for phrase in data["not_places"]}
    for authority in load_authorities():
        for name in (authority.name, authority.full_name, *authority.aliases, *authority.trusts):
            plain = _key(name).replace(" ,", "")
            for phrase in (_key(name), plain, plain.replace(" ", "")):
                meant.setdefault(phrase, {})[authority.name] = None
    return _Names(
        phrases={phrase: tuple(authorities) for phrase, authorities in meant.items()},
        longest=max(phrase.count(" ") + 1 for phrase in meant),
        words=frozenset(word for phrase in meant for word in phrase.split()),
        not_followed_by=frozenset(data["not_followed_by"]),
        not_typos=frozenset(data["not_typos"]),
        ordinary=frozenset(data["ordinary_words"]),
    )


def _key(name: str) -> str:
    return " ".join(token.key for token in _tokens(name))


def _tokens(text: str) -> list[_Token]:
    return [_token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def _token(word: str, start: int, end: int) -> _Token:
    lower = word.lower().replace("’", "'")
    ending = 2 if lower.endswith("'s") else int(lower.endswith("s"))
    return _Token("and" if lower == "&" else lower.replace("'", ""), start, end, ending)


def _matches(tokens: Sequence[_Token], *, typos: bool) -> Iterator[_Match]:
    """Yield the longest known name at each place, where it means an authority."""
    names = _names()
    spelt = [_corrected(token.key) if typos else token.key for token in tokens]
    first = 0
    while first < len(tokens):
        match = _longest(tokens, spelt, first)
        first = match.last + 1 if match else first + 1
        if match and names.phrases[match.phrase] and not names.not_followed_by.intersection(spelt[first : first + 1]):
            yield match


def _longest(tokens: Sequence[_Token], spelt: Sequence[str], first: int) -> _Match | None:
    names = _names()
    for last in range(min(first + names.longest, len(tokens)) - 1, first - 1, -1):
        token, phrase = tokens[last], " ".join(spelt[first : last + 1])
        exact = all(spelt[place] == tokens[place].key for place in range(first, last + 1))
        if phrase in names.phrases:
            return _Match(phrase, first, last, token.end, exact)
        # "Walsall's" and "walsalls" are Walsall, "reading's" is Reading, but "readings" are not.
        known = phrase[:-1] in names.phrases and (token.ending > 1 or phrase[:-1] not in names.ordinary)
        if token.ending and spelt[last] == token.key and known:
            return _Match(phrase[:-1], first, last, token.end - token.ending, exact)
    return None


@lru_cache(maxsize=4096)
def _corrected(word: str) -> str:
    """Return the only word of a name that this can be a misspelling of, or else the word itself."""
    names = _names()
    settled = names.words | names.not_typos
    if len(word) < _SHORTEST_NAME or not word.isalpha() or word in settled or word.removesuffix("s") in settled:
        return word
    slips = {name: OSA.distance(word, name) for name in names.words if _comparable(word, name)}
    near = [name for name, count in slips.items() if count == min(slips.values())]
    return near[0] if len(near) == 1 and slips[near[0]] <= 1 + (len(near[0]) >= _LONG_NAME) else word


def _comparable(word: str, name: str) -> bool:
    if word[0] != name[0] or len(name) < _SHORTEST_NAME or name in _names().ordinary:
        return False
    return len(name) > _SHORTEST_NAME or set(word) == set(name)


def _is_place(text: str, tokens: Sequence[_Token], match: _Match, known: Sequence[_Match]) -> bool:
    """Tell whether a name that is an ordinary word stands for the place, given the other places known so far."""
    around = [
        tokens[place].key if 0 <= place < len(tokens) and tokens[place].key not in "?!:;" else "."
        for place in (match.first - 2, match.first - 1, match.last + 1, match.last + 2)
    ]
    context = "{} {} * {} {}".format(*around)
    if match.end < tokens[match.last].end:
        return True
    if _SCHOOLING.search(context):
        return False
    if text[tokens[match.first].start].isupper() and around[1] != "." and not text.isupper():
        return True
    if any(
        (around[1] in _JOINING and each.last == match.first - 2)
        or (around[2] in _JOINING and each.first == match.last + 2)
        for each in known
    ):
        return True
    if _ACTIVITY.search(context):
        return False
    return bool(_PLACE.search(context) or not (known or _UNLIKELY.search(context)) and _GRADING.search(text))
