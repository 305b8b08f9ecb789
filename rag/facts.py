"""The facts in a stretch of text that a small change would falsify: numbers, dates, grades, names, negations."""

from __future__ import annotations

import re
from collections.abc import Iterable

UNITS = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        range(21),
        strict=True,
    )
)
TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SHARES = (
    "half",
    "third",
    "quarter",
    "fifth",
    "majority",
    "minority",
    "most",
    "nearly",
    "almost",
    "fewer",
    "more than",
    "less than",
)
MONTHS = "january february march april may june july august september october november december".split()
GRADES = ("outstanding", "inadequate", "requires improvement", "satisfactory", "adequate")
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
NAME = re.compile(r"(?<![.!?:]\s)(?<!^)(?<![\"“‘'])\b[A-Z][\w’'-]*[a-z][\w’'-]*|\b[A-Z]{2,}s?\b")
NEGATIONS = re.compile(
    r"\b(?:not|no|none|never|neither|nor|without|lack(?:s|ed|ing)?|fail(?:s|ed|ing|ure|ures)?|insufficient(?:ly)?|absence|unable|"
    r"cannot|rarely|seldom|weak(?:ness|nesses)?|poor(?:ly)?|too few|limited|under-?developed|inconsisten\w+"
    r"|delay\w*|drift|"
    r"inappropriate(?:ly)?|ineffective(?:ly)?|unfit)\b|n['’]t\b",
    re.IGNORECASE,
)
PRAISE = re.compile(
    r"\b(?:good|strong(?:ly)?|effective(?:ly)?|improv\w+|robust|thorough|positive(?:ly)?|excellent|well|timely|prompt(?:ly)?|consistent(?:ly)?)\b",
    re.IGNORECASE,
)
STRICT_NEGATIONS = re.compile(
    r"\b(?:not|no|none|never|neither|nor|without|cannot)\b|n['’]t\b|\black(?:s|ed|ing)?\b|\bfail\w*\b", re.IGNORECASE
)


def numbers(text: str) -> frozenset[str]:
    """Every number, in digits or words, as digits: "1,441", "seventeen" and "two-thirds" give 1441, 17 and 2."""
    found = {match[0].replace(",", "").rstrip(".") for match in DIGITS.finditer(text)}
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in UNITS or word in TENS:
            found.add(str(UNITS.get(word, TENS.get(word))))
    return frozenset(found)


def shares(text: str) -> frozenset[str]:
    """Words that say how many without a number: half, most, a minority."""
    lowered = text.lower()
    return frozenset(word for word in SHARES if re.search(rf"\b{word}s?\b", lowered))


def months(text: str) -> frozenset[str]:
    """The months that are named; "may" only with a capital."""
    words = set(re.findall(r"[A-Z][a-z]+", text))
    return frozenset(month for month in MONTHS if month.capitalize() in words)


def grades(text: str) -> frozenset[str]:
    """The grades that are named, save "good", which is also an ordinary word."""
    lowered = re.sub(r"requir(?:e|es|ed|ing) improvement", "requires improvement", text.lower())
    return frozenset(grade for grade in GRADES if re.search(rf"\b{grade}\b", lowered))


def names(text: str) -> frozenset[str]:
    """Capitalised words that do not merely open a sentence, and abbreviations, in lower case."""
    return frozenset(re.sub(r"['’]s?$", "", match[0]).lower() for match in NAME.finditer(text))


def negation_count(text: str) -> int:
    """How many words deny something: not, no, without, lacks, fails."""
    return len(STRICT_NEGATIONS.findall(text))


def is_critical(text: str) -> bool:
    """Whether the text speaks of something wanting: a denial, a weakness, a delay."""
    return bool(NEGATIONS.search(text))


def is_praise(text: str) -> bool:
    """Whether the text speaks well of something."""
    return bool(PRAISE.search(text))


def missing(wanted: Iterable[str], held: Iterable[str]) -> list[str]:
    """What is wanted and not held, sorted."""
    return sorted(set(wanted) - set(held))
