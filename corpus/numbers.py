"""Numbers as reports print them, in digits or in words, become digits."""

from __future__ import annotations

import re

UNITS = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        range(21),
        strict=True,
    )
)
TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_UNIT, _TEN = "|".join(sorted(UNITS, key=len, reverse=True)), "|".join((*TENS, "twenty"))
_BELOW_HUNDRED = rf"(?:(?:{_TEN})(?:[- ](?:{_UNIT}))?|{_UNIT})"
# Longest first, so that "four hundred and ten" is one number; thousands in words are not read, nor a part of them.
NUMBER_WORD = re.compile(
    rf"\b(?:(?:{_UNIT})[- ]hundred(?: and[- ]{_BELOW_HUNDRED})?|{_BELOW_HUNDRED})\b"
    r"(?! hundred\b| thousand\b| million\b)",
    re.IGNORECASE,
)
# Dashes between the years of 2015-16; symbol fonts print one from the private use area.
DASHES = "–−─\uf02d-"
# A group that is not of three digits (4,8073) has a footnote mark glued to it: which digits count is not known.
# "2, 848" has lost its beginning to a space; a bare group after it is no number of its own.
DIGITS = re.compile(
    rf"(?<![\w.,£/{DASHES}])(?<![\s(]\d, )(?<![\s(]\d\d, )(?<![\s(]\d\d\d, )"
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+(?:\.\d+)?)"
    rf"(?![\d/]|[.,{DASHES}]\d)"
)
# The look ahead is for speed: most words do not begin like a number.
NUMBER = rf"\b(?=[\dzotfsen])(?:{DIGITS.pattern}|{NUMBER_WORD.pattern})"
YEAR = re.compile(r"(?:19|20)\d\d")


def in_digits(words: str) -> str:
    """The digits for a number in words, such as "twenty-two" or "four hundred and ten"; "0" for other words."""
    total = 0
    for word in re.split(r"[- ]", words.lower()):
        if word == "hundred":
            total *= 100
        else:
            total += UNITS.get(word, TENS.get(word, 0))
    return str(total)


def number_value(printed: str) -> str | None:
    """A printed number as digits with a point for decimals; None where it may as well be a year or is no number."""
    if YEAR.fullmatch(printed):
        return None
    if DIGITS.fullmatch(printed):
        return re.sub(r"[ ,]", "", printed)
    return in_digits(printed) if NUMBER_WORD.fullmatch(printed) else None
