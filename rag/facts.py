"""The facts in a stretch of text that a small change would falsify: numbers, dates, grades, names, quantity, sense."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from corpus.authorities import find_mentions
from corpus.numbers import NUMBER_WORD, in_digits
from index.lexical import STOPWORDS, tokens

FRACTION = re.compile(r"\b(?:(?:a|one|two|three|four)[- ])?(?:half|thirds?|quarters?|fifths?)\b")
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
UNIT = re.compile(
    r"\s?(%|per ?cent\b|percent\b|(?:working |calendar )?(?:days?|hours?|weeks?|months?|years?|minutes?)\b)",
    re.IGNORECASE,
)
MONTHS = "january february march april may june july august september october november december".split()
# In lower case these are also a verb and an auxiliary.
CASED_MONTHS = {"may", "march"}
GRADES = ("outstanding", "inadequate", "requires improvement", "satisfactory", "adequate", "good")
NOT_GOOD = re.compile(
    r"requires? improvement to be good|not (?:yet |always |consistently )?(?:be )?good|to be(?:come)? good"
)
NAME = re.compile(r"(?<![.!?:]\s)(?<!^)(?<![\"“‘'])\b[A-Z][\w’'-]*[a-z][\w’'-]*|\b[A-Z]{2,}s?\b")
FIRST_NAME = re.compile(r"^[\"“‘']?([A-Z][a-z’'-]+) [A-Z][a-z]")
NEGATION = re.compile(
    r"\b(?:not|no|none|never|neither|nor|without|cannot|hardly|barely|scarcely|rarely|seldom|unable|absence of|"
    r"lack(?:s|ed|ing)?|fail(?:s|ed|ing)?|too few|too little)\b|n['’]t\b",
    re.IGNORECASE,
)
QUANTITIES = (
    "all every each most many some few several majority minority always often usually sometimes occasionally never "
    "half nearly almost only enough any both neither mostly largely generally entirely fully widely"
).split()
# A finding about some is not a finding about all.
# Intended, possible, conditional or said by someone: not the same as done, certain and found.
STATUS = re.compile(
    r"\b(?:intend\w*|plan(?:s|ned|ning)? to|aim(?:s|ed|ing)?|propos\w+|hop(?:e|es|ed|ing) to|expect\w*|if|unless"
    r"|may|might"
    r"|could|would|should|must|will|going to|said|told|report(?:s|ed)? that|believ\w+|feel|felt|untrue|alleg\w+"
    r"|claim\w*"
    r"|yet to)\b",
    re.IGNORECASE,
)
RELATIONS = frozenset("before after until unless if except instead than because therefore consequently due".split())
CONDITIONS = frozenset(("if", "unless", "until"))
HEDGES = frozenset(
    "some few minority sometimes occasionally several mostly largely generally often many most majority".split()
)
POLAR = frozenset(
    stem
    for line in Path(__file__).with_name("polarity.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for stem in tokens(line)
)


def numbers(text: str) -> list[str]:
    """Every number in its order, in digits or words, as digits, with its unit where one follows: "72 hour", "81 %"."""
    lowered = text.lower()
    fractions = [(match.start(), match[0].replace("-", " ").rstrip("s")) for match in FRACTION.finditer(lowered)]
    bare = FRACTION.sub(lambda match: " " * len(match[0]), lowered)
    found = [(match.start(), _digits(match[0]) + _unit(bare[match.end() :])) for match in DIGITS.finditer(bare)]
    words = DIGITS.sub(lambda match: " " * len(match[0]), bare)
    found += [
        (match.start(), in_digits(match[0]) + _unit(words[match.end() :])) for match in NUMBER_WORD.finditer(words)
    ]
    return [number for _, number in sorted(found + fractions)]


def _digits(number: str) -> str:
    return number.replace(",", "").rstrip(".")


def _unit(after: str) -> str:
    match = UNIT.match(after)
    if not match:
        return ""
    unit = match[1].lower().replace("working ", "").replace("calendar ", "")
    return " %" if unit.startswith(("%", "per")) else f" {unit.rstrip('s')}"


def is_in_order(wanted: list[str], held: list[str]) -> bool:
    """Whether the wanted numbers stand among the held ones in the same order."""
    rest = iter(held)
    return all(number in rest for number in wanted)


def months(text: str) -> frozenset[str]:
    """The months that are named; "may" and "march" only with a capital."""
    words = set(re.findall(r"[A-Za-z]+", text))
    lowered = {word.lower() for word in words}
    return frozenset(
        month for month in MONTHS if (month.capitalize() in words if month in CASED_MONTHS else month in lowered)
    )


def grades(text: str) -> frozenset[str]:
    """The grades that are named; "good" is not, where the text says that something is not good yet."""
    lowered = re.sub(r"requir(?:e|es|ed|ing) improvement", "requires improvement", text.lower())
    lowered = NOT_GOOD.sub(lambda match: "requires improvement" if "requires" in match[0] else " ", lowered)
    return frozenset(grade for grade in GRADES if re.search(rf"\b{grade}\b", lowered))


def names(text: str) -> frozenset[str]:
    """Capitalised words that do not merely open a sentence, and abbreviations, in lower case."""
    found = [match[0] for match in NAME.finditer(text)]
    if (first := FIRST_NAME.match(text)) and first[1].lower() not in STOPWORDS:
        found.append(first[1])
    return frozenset(re.sub(r"['’]s?$", "", name).lower() for name in found)


def authorities(text: str) -> frozenset[str]:
    """The authorities that are named, however they are written."""
    return frozenset(mention.authority for mention in find_mentions(text, typos=False))


def quantities(text: str) -> frozenset[str]:
    """Words that say how many or how often without a number."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    return frozenset(word for word in QUANTITIES if word in words)


def is_hedged(text: str) -> bool:
    """Whether the text speaks of some and not of all."""
    return bool(quantities(text) & HEDGES) or " small number" in text.lower()


def is_reported_or_intended(text: str) -> bool:
    """Whether the text speaks of what is intended, possible or said, and not of what was found."""
    return bool(STATUS.search(text))


def relations(text: str) -> frozenset[str]:
    """Words that order or condition what stands on either side of them."""
    return RELATIONS.intersection(re.findall(r"[a-z]+", text.lower()))


def conditions(text: str) -> frozenset[str]:
    """Words that make what is said depend on something."""
    return CONDITIONS & relations(text)


def denied(text: str) -> list[str]:
    """For each denial in its order, the stem of the first content word after it: what is denied."""
    following = (tokens(text[match.end() :]) for match in NEGATION.finditer(text))
    return [words[0] if words else "" for words in following]


def denies_otherwise(text: str, held: str) -> bool:
    """Whether the text denies something that the other does not, or tells plainly what the other denies."""
    ours, theirs = set(denied(text)), set(denied(held))
    if is_denial(text) != is_denial(held):
        return True
    return bool(ours - theirs) or bool((theirs - ours) & set(tokens(text)))


def is_denial(text: str) -> bool:
    """Whether the text denies something: not, no, without, lacks, fails, hardly."""
    return bool(NEGATION.search(text))


def polar(text: str) -> frozenset[str]:
    """The stems of words that turn the sense when exchanged: good, weak, quickly, increased."""
    return POLAR.intersection(tokens(text))


def missing(wanted: Iterable[str], held: Iterable[str]) -> list[str]:
    """What is wanted and not held, sorted."""
    return sorted(set(wanted) - set(held))
