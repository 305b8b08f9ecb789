"""The parts of a question's wording: whom it names, when, and what about; and putting others in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.authorities import Mention, find_mentions
from corpus.identity import MONTHS
from index.retrieval.times import YEAR

Known = Callable[[str], bool]
_WHEN = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:(?:{'|'.join(MONTHS)})\s+)?{YEAR}(?:\s*[-/–]\s*(?:20)?\d\d)?\b"
_BEFORE_WHEN = r"(?:(?:back\s+)?in|of|from|during|for|at|by|since|before|after|until|around|on)\s+(?:the\s+year\s+)?"
NOW = (
    r"\b(?:(?:right\s+)?now|currently|today|at present|at the moment|these days|nowadays)\b"
    r"|\b(?:(?:in|from|at)\s+)?(?:the|its|their)\s+(?:latest|most recent|newest)"
    r"(?:\s+(?:one|report|inspection|visit)\b|(?=\W*$))"
)
# A bare year is what stands in "the 2015 report"; every other time can be taken out of a question as it is.
TIME = re.compile(
    rf"\b(?:between|from)\s+{_WHEN}\s+(?:and|to|until)\s+{_WHEN}|\b{_BEFORE_WHEN}{_WHEN}|(?P<now>{NOW})|(?P<bare>\b{_WHEN})",
    re.IGNORECASE,
)
LATEST = re.compile(r"\b(?:latest|most recent|current|newest)\s+", re.IGNORECASE)
LEAD_IN = re.compile(
    r"^\W*(?:(?:and|or|but|so|also|ok|okay|right|great|well|thanks|thank you|hm+|please|then(?=[\s,]+\w)"
    r"|now(?=[\s,]+\w)"
    r"|what about|how about|what of|(?:and )?(?:the )?same (?:question |thing )?(?:for|in|about|with))\b[\s,:;.!–-]*)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[\s,.?!;:…-]+|\b(?:then|too|as well|instead|please|exactly|again|though|also|precisely)\b)+$", re.IGNORECASE
)
_PREPOSITION = r"(?:\b(?:in|for|of|at|by|on|from|to|across|within|about|with|than)\s+)?(?:the\s+)?"
_TITLE = re.compile(r"['’]s?\b|['’]|\s+(?:(?:metropolitan|borough|city|county)\s+)*council(?:['’]s)?\b", re.IGNORECASE)
_FRAME = re.compile(
    r"^(?:.*?\b(?:say|said|saying|find|found|think|thought|report|reported|write|wrote|tell|told|conclude|concluded"
    r"|know|see|saw|hear|heard)\b(?:\s+(?:me|us))?(?:\s+(?:about|on|of|regarding))\b"
    r"|how (?:many|much|often|well|good|effective|strong|quickly)"
    r"|(?:list|compare|describe|explain|summarise|name|show|give|tell)(?: me| us)?(?: about)?"
    r"|(?:what|which|who|where|when|why|how)(?: (?:was|were|is|are|has|have|had|did|do|does))?"
    r"|(?:was|were|is|are|has|have|had|did|do|does|can|could))\b\s*",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"^how (?:many|much) (.+?)(?=\s+(?:did|do|does|were|was|are|is|have|has|had|live[ds]?)\b|$)", re.IGNORECASE
)
_EDGES = re.compile(
    r"^(?:(?:the|a|an|any|there|its|their|of|in|for|on|at|about)\b\s*)+|\s+(?:the|in|for|of|at|by|on|from|to|and|there)$",
    re.IGNORECASE,
)


def core(question: str) -> str:
    """A question without what only leads into it ("and", "what about") and without what trails after it."""
    return _TRAILING.sub("", LEAD_IN.sub("", question)).strip()


def named(question: str, is_known: Known) -> tuple[Mention, ...]:
    """The authorities a question names; a word known to the reports is no misspelt authority."""
    found = find_mentions(question)
    return tuple(item for item in found if item.exact or not is_known(question[item.start : item.end]))


def joined(names: Sequence[str]) -> str:
    """Names as a list in English: "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def with_names(question: str, old: Sequence[Mention], names: Sequence[str]) -> str:
    """The question with other authorities in the place of those it names, or in its place for them if it names none.

    Of several that it compares, the new ones are put beside the last.
    """
    spans = list(dict.fromkeys((item.start, item.end) for item in old))
    if not spans:
        return with_ending(question, f"in {joined(names)}")
    start, end = spans[-1]
    kept = f"{question[start:end]} and " if len(spans) > 1 else ""
    return f"{question[:start]}{kept}{joined(names)}{question[end:]}"


def nameless(question: str, old: Sequence[Mention]) -> str:
    """The question without the authorities it names, their titles and the prepositions that lead to them."""
    for item in sorted(old, key=lambda item: -item.start):
        before = re.sub(rf"{_PREPOSITION}$", "", question[: item.start], flags=re.IGNORECASE)
        after = question[item.end :]
        title = _TITLE.match(after)
        question = f"{before.rstrip()} {after[title.end() if title else 0 :].lstrip()}".strip()
    return re.sub(r"\s+(?=[?.,!])", "", question)


def time_of(question: str, *, dated: bool = False) -> str:
    """The time a question names, as it would stand at its end ("in 2015", "now"); empty when it names none.

    With `dated`, only a time with a year in it counts.
    """
    for found in TIME.finditer(question):
        if not (dated and found["now"]):
            text = f"in {found[0]}" if found["bare"] else found[0]
            return text[0].lower() + text[1:]
    return ""


def timeless(question: str) -> str:
    """The question without the times it names."""
    return re.sub(r"\s{2,}", " ", re.sub(r"\s+(?=[?.,!])", "", TIME.sub("", question))).strip(" ,")


def with_time(question: str, time: str) -> str:
    """The question with another time in the place of its own, or at its end if it has none."""
    found = list(TIME.finditer(question))
    year = re.fullmatch(rf"in ({_WHEN})", time, re.IGNORECASE)
    if not found:
        return with_ending(LATEST.sub("", question), time)
    for later in reversed(found[1:]):
        question = f"{question[: later.start()].rstrip()}{question[later.end() :]}"
    first = found[0]
    if first["bare"] and not year:
        return with_ending(f"{question[: first.start()]}{question[first.end() :].lstrip()}", time)
    new = year[1] if year and first["bare"] else time
    new = new[0].upper() + new[1:] if first.start() == 0 else new
    return f"{question[: first.start()]}{new}{question[first.end() :]}"


def with_ending(question: str, words: str) -> str:
    """The question with words put before the mark that ends it."""
    bare = question.rstrip()
    end = re.search(r"[?.!\s]*$", bare)
    place = end.start() if end else len(bare)
    return f"{bare[:place]} {words}{bare[place:] or '?'}" if words else question


def subject_of(question: str, old: Sequence[Mention]) -> str:
    """What a question is about, without whom, when and the words that ask; it may be empty."""
    bare = core(timeless(nameless(question, old)))
    counted = _COUNTED.match(bare)
    about = counted[1] if counted else _FRAME.sub("", bare, count=1)
    return _EDGES.sub("", _EDGES.sub("", about.strip())).strip()


def capitalised(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
