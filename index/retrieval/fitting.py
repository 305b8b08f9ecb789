"""Whether a sentence holds the sort of thing asked for: a figure, a share, a person, a name, a date."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.authorities import find_mentions
from index.retrieval.ask import Ask
from index.retrieval.understand import Understanding

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(
    rf"\b(?:\d{{1,2}} (?:and \d{{1,2}} )?)?(?:{MONTHS})(?: (?:19|20)\d\d)?\b|\b(?:19|20)\d\d(?:[-–/]\d\d)?\b"
)
DATED = re.compile(rf"\b(?:{MONTHS}) (?:19|20)\d\d\b")
NUMBER = re.compile(
    r"\d[\d,.]*|\b(?:no|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter"
    r"|dozen)\b",
    re.IGNORECASE,
)
# How long a thing took is no count of things, nor is "a positive one".
OF_TIME = re.compile(
    r"\bhow (?:long|often|old|quick\w*|soon|late)\b|\b(?:days?|weeks?|months?|years?|hours?|time)\b", re.IGNORECASE
)
DURATION = re.compile(
    r"\b(?:\d[\d.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few)[- ](?:\w+ )?(?:day|week|month"
    r"|year|hour|minute)s?\b"
    r"|\b(?:an?|the|this|that|each|any|every|no) (?:\w+ )?one\b|\bone[- ](?:of|or|another|to|off|stop)\b(?:[- ]one\b)?"
    r"|\bno(?:ne)?\b(?= (?:longer|doubt|evidence|clear))",
    re.IGNORECASE,
)
REFERENCE = re.compile(
    r"\b(?:sections?|s\.?|chapter|regulations?|schedule|act|tier|key stage|grade)\s?\d+\w*", re.IGNORECASE
)
# Who is meant is no figure either: "those aged 19 to 21", "16- and 17-year-olds".
AGE = re.compile(
    r"\baged?(?: (?:of|between|from))? \d+(?:(?: ?[-–] ?| to | and | or )\d+)?\b"
    r"|\b\d{1,2}-?(?: ?(?:to|and|or|[-–/]) ?\d{1,2})?[- ]years?[- ]olds?\b|\bunder[- ]\d+s\b",
    re.IGNORECASE,
)
OF_AGE = re.compile(
    r"\bhow old\b|\b(?:what|which) ages?\b|\baverage age\b|\bage (?:is|was|are|were|do|does|at)\b", re.IGNORECASE
)
SHARE = re.compile(r"\d\s?%|per ?cent|\b(?:half|third|quarter|fifth)\b", re.IGNORECASE)
# "How many …" asks for a count, though a share may answer it.
HOW_MANY = re.compile(r"\bhow many\b|\b(?:the|what) number of\b", re.IGNORECASE)
SHARES = re.compile(r"\d[\d.,]*\s?(?:%|per ?cent)", re.IGNORECASE)
CAPITALISED = re.compile(r"\b[A-Z][\w’'-]*[a-z](?: [A-Z][\w’'-]*[a-z])+\b")
# A name in the middle of a sentence, or of several words where it begins.
NAMED = re.compile(
    r"(?<=[a-z,;] )[‘“]?[A-Z][\w’'-]+(?: (?:for |of |and |the )?[A-Z][\w’'-]+)*|^[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+"
)
IN_EVERY_REPORT = frozenset(
    "Ofsted HMI Her His Majesty’s Majesty Government Department Education Council City County Borough Act "
    "Children Children’s "
    "January February March April May June July August September October November December DCS IRO IROs MASH LADO PEP "
    "PEPs CAMHS LSCB Director Services Service Local Safeguarding Board England COVID-19 Public Law Outline".split()
)


def fits(understanding: Understanding, text: str, is_word: Callable[[str], bool]) -> bool:
    """Whether a sentence holds the sort of thing asked for: a figure, a share, a name, a date."""
    if understanding.ask is Ask.FIGURE:
        bare = text if OF_AGE.search(understanding.question) else AGE.sub(" ", text)
        bare = REFERENCE.sub(" ", DATE.sub(" ", bare))
        if not OF_TIME.search(understanding.question):
            bare = DURATION.sub(" ", bare)
        return bool(SHARE.search(bare) if understanding.percent else NUMBER.search(bare))
    if understanding.ask is Ask.PERSON:
        return bool(person_names(text, is_word))
    if understanding.ask is Ask.NAME:
        return names_someone(text, is_word)
    if understanding.ask is Ask.DATE:
        return bool(DATE.search(text))
    return True


def counts(understanding: Understanding, text: str) -> bool:
    """Whether a count is asked for ("how many …") and a sentence gives a number that is no share and no date."""
    asked = understanding.ask is Ask.FIGURE and not understanding.percent and HOW_MANY.search(understanding.question)
    return bool(asked) and fits(understanding, SHARES.sub(" ", text), lambda _: True)


def is_usual(word: str) -> bool:
    """Whether a capitalised word stands in every report, or is a short form such as that of a board."""
    return word in IN_EVERY_REPORT or word.isupper()


def names_someone(text: str, is_word: Callable[[str], bool]) -> bool:
    """Whether a sentence names a person or an organisation other than those that stand in every report."""
    bare = text
    for mention in reversed(find_mentions(text, typos=False)):
        # A trust that runs several authorities' services is an alias of theirs, and a name that may be asked for.
        if not set(text[mention.start : mention.end].split()) & set(mention.authority.split()):
            continue
        bare = f"{bare[: mention.start]}it{bare[mention.end :]}"
    for match in NAMED.finditer(bare):
        words = [word for word in match[0].split() if not is_usual(word.strip("‘’“”'"))]
        if len(words) > 1 or any(not is_word(word.strip("‘’“”'")) for word in words):
            return True
    return False


def person_names(text: str, is_word: Callable[[str], bool]) -> list[str]:
    """Runs of capitalised words that never stand in lower case: people, and few others."""
    names = []
    for match in CAPITALISED.finditer(text):
        words = [
            word for word in match[0].split() if not is_word(word.strip("'’-").removesuffix("’s").removesuffix("'s"))
        ]
        if len(words) >= 2:
            names.append(" ".join(words))
    return names
