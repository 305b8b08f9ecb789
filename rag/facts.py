"""The facts in a stretch of text that a small change would falsify: numbers, dates, grades, names, quantity, sense."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.authorities import find_mentions
from corpus.numbers import NUMBER_WORD, in_digits
from index.lexical import STOPWORDS

FRACTION = re.compile(r"\b(?:(?:a|one|two|three|four)[- ])?(?:half|thirds?|quarters?|fifths?)\b")
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
UNIT = re.compile(
    r"\s?(%|per ?cent\b|percent\b|(?:working |calendar )?(?:days?|hours?|weeks?|months?|years?|minutes?)\b)",
    re.IGNORECASE,
)
# Numbers that are counted in other words; "hundreds" is one of its own, no number of them.
OTHER_WORDS = {"a dozen": "12", "a hundred": "100", "a thousand": "1000", "twice": "2", "thrice": "3"}
OTHER_WORD = re.compile(rf"\b({'|'.join(OTHER_WORDS)})\b")
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
# A grade is given by a verb of judging, or printed behind the name of what is graded.
GRADE_NAMED = rf"({'|'.join(GRADES)})"
GRADED_THING = (
    r"(?:effectiveness|experiences and progress|leadership|governance|impact of leaders|performance|capacity"
    r"|quality of practice|quality of provision|services|service)"
)
GRADING = re.compile(
    rf"\b(?:rated|judged|graded|rating|grade|judge?ment)\b[^.]{{0,60}}?\b{GRADE_NAMED}\b"
    rf"|\b{GRADE_NAMED}\b[^.]{{0,20}}\b(?:rating|grade|judge?ment)\b"
)
PRINTED = re.compile(rf"\b{GRADED_THING}\b[^.,;]*? {GRADE_NAMED}\b(?=\W*$|[.,;])")


def numbers(text: str) -> list[str]:
    """Every number in its order, in digits or words, as digits, with its unit where one follows: "72 hour", "81 %"."""
    return [number for _, _, number in find_numbers(text)]


def find_numbers(text: str) -> list[tuple[int, int, str]]:
    """Every number with where it starts and ends, unit included."""
    lowered = text.lower()
    found = [(match.start(), match.end(), _fraction(match[0])) for match in FRACTION.finditer(lowered)]
    bare = FRACTION.sub(_blank, lowered)
    found += [_with_unit(bare, match, OTHER_WORDS[match[1]]) for match in OTHER_WORD.finditer(bare)]
    bare = OTHER_WORD.sub(_blank, bare)
    found += [_with_unit(bare, match, _digits(match[0])) for match in DIGITS.finditer(bare)]
    bare = DIGITS.sub(_blank, bare)
    found += [_with_unit(bare, match, in_digits(match[0])) for match in NUMBER_WORD.finditer(bare)]
    return sorted(found)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _fraction(words: str) -> str:
    plain = words.replace("-", " ").rstrip("s")
    return re.sub(r"^(?:a|one) ", "", plain) if plain.endswith("half") else plain.replace("one ", "a ")


def _with_unit(text: str, match: re.Match[str], number: str) -> tuple[int, int, str]:
    unit = UNIT.match(text, match.end())
    return match.start(), unit.end() if unit else match.end(), number + _unit(unit)


def _digits(number: str) -> str:
    return number.replace(",", "").rstrip(".")


def _unit(match: re.Match[str] | None) -> str:
    if not match:
        return ""
    unit = match[1].lower().replace("working ", "").replace("calendar ", "")
    return " %" if unit.startswith(("%", "per")) else f" {unit.rstrip('s')}"


def months(text: str) -> frozenset[str]:
    """The months that are named; "may" and "march" only with a capital."""
    words = set(re.findall(r"[A-Za-z]+", text))
    lowered = {word.lower() for word in words}
    return frozenset(
        month for month in MONTHS if (month.capitalize() in words if month in CASED_MONTHS else month in lowered)
    )


def grades(text: str) -> frozenset[str]:
    """The grades that are named; "good" is not, where the text says that something is not good yet."""
    lowered = _with_plain_grades(text)
    return frozenset(grade for grade in GRADES if re.search(rf"\b{grade}\b", lowered))


def given_grades(text: str) -> frozenset[str]:
    """The grades that the text says were given: "rated good", "Overall effectiveness good", not "good support"."""
    lowered = _with_plain_grades(text)
    found = [match[1] or match[2] for match in GRADING.finditer(lowered)]
    return frozenset((*found, *(match[1] for match in PRINTED.finditer(lowered))))


def _with_plain_grades(text: str) -> str:
    lowered = re.sub(r"\b(rated|judged|graded|found) to be ", r"\1 ", text.lower())
    lowered = re.sub(r"requir(?:e|es|ed|ing) improvement", "requires improvement", lowered)
    return NOT_GOOD.sub(lambda match: "requires improvement" if "requires" in match[0] else " ", lowered)


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


def is_denial(text: str) -> bool:
    """Whether the text denies something: not, no, without, lacks, fails, hardly."""
    return bool(NEGATION.search(text))


def missing(wanted: Iterable[str], held: Iterable[str]) -> list[str]:
    """What is wanted and not held, sorted."""
    return sorted(set(wanted) - set(held))
