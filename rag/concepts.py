"""The things a question is about, as stemmed words with their synonyms, and how much of them a text covers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from index.glossary import match_terms
from index.lexical import tokens
from rag.understand import Ask, Understanding

# Wording that frames a question and is not what it is about. Removed before the content words are taken.
FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bwhat (?:did|does|do|have|was|were|is|are) (?:ofsted|the inspectors?|inspectors|they|the (?:\w+ )?(?:report|letter|article))"
        r"(?: \d{4})? (?:say|said|make|find|found|conclude|think|report|tell|note|saying|list)\w*(?: (?:about|of|on|as|that))?",
        r"\b(?:according to|going by|as per|in|from|per) (?:the|its|their|that)? ?(?:\w+ ){0,3}?(?:report|letter|visit|inspection|article|document)s?\b",
        r"\b(?:can|could|would|will) (?:you|u)\b|\bplease\b|\bpls\b|\bplz\b|\bthanks?\b|\btell me\b|\bi want to know\b|\bif possible\b",
        r"\b(?:the )?(?:ofsted|hmi) (?:report|inspection|letter|visit)s?\b|\bofsted\b|\binspectors? (?:said|say|found|find)\b",
        r"\bhow (?:many|much|big|often|long|well|good|bad|far)\b|\bno\. of\b|\bnumber of\b|\b(?:what|which) (?:was|were|is|are|did|does|do)\b",
        r"\b(?:percentage|per ?cent|proportion|share|figures?|numbers?|average|rates?)\b(?: of)?|%",
        r"\b(?:list|set out|name|names|named|describe|explain|summarise|compare|comparison|bullet points?|main reasons?)\b",
        r"\b(?:grades?|graded|judge?ments?|judged|rating|rated|overall|verdict|opinion|view)\b",
        r"\b(?:anything|something|any good|getting better|happened|changed?|changes|improve[ds]?|improvements?|improving|latest|current|currently|now)\b",
    )
)
MONTHS = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|"
    r"oct|nov|dec)\b(?=\W*(?:\d|$|and\b))|(?<=\d )(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
INSPECTORS = re.compile(r"\b(?:inspectors?|hmis?)\b", re.IGNORECASE)
NUMERIC = re.compile(r"^\d+%?$")
# Words of ordinary talk that say how a thing is asked and not what is asked about.
GENERIC = frozenset(
    tokens(
        "deal dealt dealing handle handled come came coming turn turned turns big drop plus year years yr month months day days "
        "before early late end ended time times go going gone went wait waited ages happen happens cause caused difference make "
        "made making happy good bad better worse best worst well single singled out set get getting give gave given told tell use "
        "used up down really actually much more less most least very quite sort sorted kind type thing things way look looked "
        "looking see saw think thought know knew known want wanted need needs needed per compared comparison between versus vs "
        "against back far still yet ever just only even lot lots matter matters issue issues problem problems area areas point "
        "points part parts general main key big small high low rise rose fall fell increase decrease gap reason reasons mean means "
        "carried carry people person anyone someone everyone everything anything nothing place work works working worked do does "
        "place put take took taken keep kept let help helped try tried start started run ran show showed shown highlight "
        "highlighted mention mentioned write wrote written read describe described add added raise raised flag flagged respond "
        "response order information info detail details example examples question answer document documents copy version "
        "national nationally england country figure figures stat stats data level levels amount total inspect inspected "
        "inspection report letter visit published publication council authority borough local authority's council's las la "
        "services service children's children child young people kids since say says said saying unannounced focused monitoring "
        "old olds aged age happy earlier later"
    )
)
TYPO_LETTERS, TYPO_LIKENESS = 6, 86.0
RAREST = 0.008


@dataclass(frozen=True)
class Concept:
    """One thing asked about: alternatives that mean the same, each a set of stems that must all be there."""

    alternatives: tuple[frozenset[str], ...]
    weight: float

    def within(self, stems: frozenset[str]) -> bool:
        """Whether any of the alternatives is wholly in a text with these stems."""
        return any(alternative <= stems for alternative in self.alternatives)


class Vocabulary(Protocol):
    """What is asked of the index about words."""

    def frequency(self, stem: str) -> float:
        """The share of passages that hold a stemmed word, from 0 to 1."""

    def nearest(self, stem: str, likeness: float) -> str | None:
        """The known stem most like this one, if any is at least so much like it (0 to 100)."""


def concepts_of(understanding: Understanding, names: tuple[str, ...], vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """What the question is about, without its framing, the authorities' names and the years of reports.

    `names` are words that only say whose report is meant; a concept's weight
    follows from the share of passages that hold it (inverse document frequency).
    """
    text = understanding.question
    for frame in FRAMES:
        text = frame.sub(" ", text)
    text = MONTHS.sub(" ", text)
    if understanding.ask is not Ask.PERSON:
        text = INSPECTORS.sub(" ", text)
    found: list[tuple[frozenset[str], ...]] = []
    for words, group in match_terms(text):
        if words not in text:
            continue
        alternatives = dict.fromkeys(frozenset(tokens(term)) for term in group)
        found.append(tuple(alternative for alternative in alternatives if alternative))
        text = text.replace(words, " ")
    skipped = {stem for name in names for stem in tokens(name)}
    skipped |= {str(year) for year in understanding.years}
    single = [stem for stem in dict.fromkeys(tokens(text)) if stem not in skipped and len(stem) > 1]
    special = [stem for stem in single if stem not in GENERIC and not NUMERIC.match(stem)]
    # A question in ordinary words alone ("what did they say about young people?") is about just those.
    for stem in special or ([] if found else single):
        found.append((frozenset({stem}),) if vocabulary.frequency(stem) else _mended(stem, vocabulary))
    return tuple(Concept(group, _weight(group, vocabulary.frequency)) for group in dict.fromkeys(found))


def _mended(stem: str, vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    """A word that no report uses, with the word it may be a misspelling of beside it."""
    near = vocabulary.nearest(stem, TYPO_LIKENESS) if len(stem) >= TYPO_LETTERS else None
    return (frozenset({stem}), frozenset({near})) if near else (frozenset({stem}),)


def coverage(concepts: tuple[Concept, ...], stems: frozenset[str]) -> float:
    """The weighted share of the concepts that a text with these stems covers, from 0 to 1."""
    total = sum(concept.weight for concept in concepts)
    return sum(concept.weight for concept in concepts if concept.within(stems)) / total if total else 0.0


def _weight(group: tuple[frozenset[str], ...], frequency: Callable[[str], float]) -> float:
    commonest = max((min((frequency(stem) for stem in words), default=0.0) for words in group), default=0.0)
    # A word of no report weighs no more than a rare one, for it may be mere wording.
    return math.log(1.0 + 1.0 / max(commonest, RAREST))
