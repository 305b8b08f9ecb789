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

# Punctuation is a token of its own, so that no name runs across it; the stop in "St. Helens" or "N. Yorks" is not.
_TOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)*|\d+|[&,;:?!()]|(?<!\bst)(?<!\bco)(?<!\b[a-z])\.(?=\s|$)", re.IGNORECASE)

# What stands around a name in an official title.
_PREFIX = re.compile(r"^(?:the )?(?:(?:council|corporation|city|county|(?:\w+ )?borough) of (?:the )?|lb (?:of )?)?")
_SUFFIX = re.compile(r" (?:(?:(?:metropolitan|borough|district|city|county) )*council|mbc|(?:city|county)(?: of)?)$")

# A name that is an ordinary word ("*") between the two tokens on either side; "." begins and ends a sentence.
_SCHOOLING = re.compile(
    r"\* (?:(?:and|or|,) )?(?:writing|spelling|maths|mathematics|numeracy|literacy|phonics|comprehension|skills|ability"
    r"|ages?|attainment|aloud|books?)\b|\b(?:attainment|progress|achievement|skills|interest|difficulties|love) \w+ \*"
)
_ACTIVITY = re.compile(
    r"(?<!after )\bby \*|\b(?:(?:support|help|books?) (?:for|with)|while|when|after|before|through|be|to|enjoys?) \*"
    r"|\* (?:an?|the|this|that|these|those|their|his|her|your|to|up|support|recovery|stories|time|tub|room|schemes?)\b"
)
_PLACE = re.compile(
    r"\b(?:in|for|from|near|around|across|within|compare|comparing|between) \*|(?:\b(?:what|how|me) about|\. and) \* \."
    r"|\b(?:report|inspection|grade|rating) of \*|\* childrens (?:services|social)\b|\* (?:\w+ )?\d{4}|\* at \d"
    r"|\* (?:council|borough|county|city|ofsted|reports?|inspections?|ilacs|lscb|authority|la|trust|mbc|director|dcs)\b"
    r"|(?:\.|\b(?:was|were|is|does|do|did|has|had|have|will)) \* (?:\.|(?:been|ever|still|good|outstanding|inadequate"
    r"|rated|graded|judged|inspected|get|got|given|do|doing|have|need|improv\w+|requires?)\b)"
)
_UNLIKELY = re.compile(r"\b(?:an?|the|their|his|her|its|my|our|your|and|or|of|about|with|like|support|help\w*) \*")
_GRADING = re.compile(r"\b(?:grade[sd]?|rat(?:ed?|ings?)|judged|judgements?|outstanding|inadequate)\b", re.IGNORECASE)
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
    correct: frozenset[str]  # words that are no misspelling of another
    targets: frozenset[str]  # words that others may be a misspelling of
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
    known = {place for each in matches if each.phrase not in names.ordinary for place in (each.first, each.last)}
    mentions: list[Mention] = []
    for match in matches:
        if match.phrase not in names.ordinary or _is_place(text, tokens, match, known):
            known |= {match.first, match.last}
            start = tokens[match.first].start
            mentions += [Mention(name, start, match.end, match.exact) for name in names.phrases[match.phrase]]
    return tuple(mentions)


def find_other_places(text: str) -> tuple[str, ...]:
    """Return the names in a text that begin or end as an authority's does and are another's: "Bury St Edmunds"."""
    tokens = _tokens(text)
    return tuple(
        text[tokens[match.first].start : match.end]
        for match in _matches(tokens, typos=False, others=True)
        if not _names().phrases[match.phrase]
    )


@cache
def _names() -> _Names:
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    phrases: dict[str, tuple[str, ...]] = {_key(phrase): () for phrase in data["not_places"]}
    targets: set[str] = set()
    for authority in load_authorities():
        titles = (authority.name, authority.full_name, *authority.trusts)
        targets.update(word for title in titles for word in _key(title).split() if len(word) >= _SHORTEST_NAME)
        for name in {*titles, *authority.aliases}:
            plain = _key(name).replace(" ,", "")
            for phrase in {_key(name), plain, plain.replace(" ", "")}:
                phrases[phrase] = tuple(dict.fromkeys([*phrases.get(phrase, ()), authority.name]))
            phrases |= {f"{plain} {word}": () for word in data["not_followed_by"]}
    return _Names(
        phrases=phrases,
        longest=max(phrase.count(" ") + 1 for phrase in phrases),
        correct=frozenset(word for phrase in phrases for word in phrase.split()) | set(data["not_typos"]),
        targets=frozenset(targets),
        ordinary=frozenset(data["ordinary_words"]),
    )


def _key(name: str) -> str:
    return " ".join(token.key for token in _tokens(name))


def _tokens(text: str) -> list[_Token]:
    return [_token(found.group().lower().replace("’", "'"), *found.span()) for found in _TOKEN.finditer(text)]


def _token(word: str, start: int, end: int) -> _Token:
    ending = 2 if word.endswith("'s") else int(word.endswith("s"))
    return _Token("and" if word == "&" else word.replace("'", ""), start, end, ending)


def _matches(tokens: Sequence[_Token], *, typos: bool, others: bool = False) -> Iterator[_Match]:
    """Yield the longest known name at each place, where it means an authority; with `others`, any that is known."""
    spelt = [_corrected(token.key) if typos else token.key for token in tokens]
    first = 0
    while first < len(tokens):
        match = _longest(tokens, spelt, first, typos=typos)
        first = match.last + 1 if match else first + 1
        if match and (others or _names().phrases[match.phrase]):
            yield match


def _longest(tokens: Sequence[_Token], spelt: Sequence[str], first: int, *, typos: bool) -> _Match | None:
    names = _names()
    for last in range(min(first + names.longest, len(tokens)) - 1, first - 1, -1):
        token = tokens[last]
        exact = all(spelt[place] == tokens[place].key for place in range(first, last))
        # The last word as it stands, then without the ending of "Newtown's" or "newtowns".
        for ending in sorted({0, token.ending}):
            key = token.key[:-1] if ending else token.key
            word = _corrected(key) if typos and (ending or token.ending < len("'s")) else key
            phrase = " ".join([*spelt[first:last], word])
            if phrase in names.phrases:
                return _Match(phrase, first, last, token.end - ending, exact and word == key)
    return None


@lru_cache(maxsize=4096)
def _corrected(word: str) -> str:
    """Return the only word of a name that this can be a misspelling of, or else the word itself."""
    names = _names()
    if len(word) < _SHORTEST_NAME or not word.isalpha() or names.correct & {word, word.removesuffix("s")}:
        return word
    slips = {name: OSA.distance(word, name) for name in names.targets if name[0] == word[0]}
    near = [name for name, count in slips.items() if count == min(slips.values())]
    if len(near) != 1 or slips[near[0]] > 1 + (len(near[0]) >= _LONG_NAME):
        return word
    strict = len(near[0]) == _SHORTEST_NAME or near[0] in names.ordinary
    return word if strict and set(near[0]) != set(word) else near[0]


def _is_place(text: str, tokens: Sequence[_Token], match: _Match, known: set[int]) -> bool:
    """Tell whether a name that is an ordinary word stands for the place; `known` are the tokens of other places."""
    earlier, previous, following, later = (
        tokens[place].key if 0 <= place < len(tokens) and tokens[place].key not in "?!:;" else "."
        for place in (match.first - 2, match.first - 1, match.last + 1, match.last + 2)
    )
    context = f"{earlier} {previous} * {following} {later}"
    if tokens[match.last].ending == len("'s"):
        # "Reading's" is the town's; "staff's" is no short name of a county.
        return match.end < tokens[match.last].end
    if _SCHOOLING.search(context):
        return False
    joined = (match.first - 2 in known and previous in _JOINING) or (match.last + 2 in known and following in _JOINING)
    if joined or (text[tokens[match.first].start].isupper() and previous != "." and not text.isupper()):
        return True
    only = not known and not _UNLIKELY.search(context) and _GRADING.search(text)
    return not _ACTIVITY.search(context) and bool(only or _PLACE.search(context))
