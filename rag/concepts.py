"""The things a question is about, as stemmed words with their synonyms, and how much of them a text covers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from index.glossary import match_terms
from index.lexical import tokens
from rag.understand import Understanding

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
NUMERIC = re.compile(r"^\d+%?$")


@dataclass(frozen=True)
class Concept:
    """One thing asked about: alternatives that mean the same, each a set of stems that must all be there."""

    alternatives: tuple[frozenset[str], ...]
    weight: float

    def within(self, stems: frozenset[str]) -> bool:
        """Whether any of the alternatives is wholly in a text with these stems."""
        return any(alternative <= stems for alternative in self.alternatives)


def concepts_of(understanding: Understanding, names: tuple[str, ...], frequency: Callable[[str], float]) -> tuple[Concept, ...]:
    """What the question is about, without its framing, the authorities' names and the years of reports.

    `names` are words that only say whose report is meant; `frequency` gives the share of passages
    that hold a stem, from which a concept's weight follows (inverse document frequency).
    """
    text = understanding.question
    for frame in FRAMES:
        text = frame.sub(" ", text)
    found: list[tuple[frozenset[str], ...]] = []
    for words, group in match_terms(text):
        alternatives = dict.fromkeys(frozenset(tokens(term)) for term in group)
        found.append(tuple(alternative for alternative in alternatives if alternative))
        text = text.replace(words, " ")
    skipped = {stem for name in names for stem in tokens(name)}
    skipped |= {str(year) for year in understanding.years}
    for stem in dict.fromkeys(tokens(text)):
        if stem not in skipped and len(stem) > 1:
            found.append((frozenset({stem}),))
    return tuple(Concept(group, _weight(group, frequency)) for group in dict.fromkeys(found))


def coverage(concepts: tuple[Concept, ...], stems: frozenset[str]) -> float:
    """The weighted share of the concepts that a text with these stems covers, from 0 to 1."""
    total = sum(concept.weight for concept in concepts)
    return sum(concept.weight for concept in concepts if concept.within(stems)) / total if total else 0.0


def _weight(group: tuple[frozenset[str], ...], frequency: Callable[[str], float]) -> float:
    commonest = max((min((frequency(stem) for stem in words), default=0.0) for words in group), default=0.0)
    # A number that the question gives is a detail to check, not a topic to search for.
    factor = 0.5 if all(NUMERIC.match(stem) for words in group for stem in words) else 1.0
    return factor * math.log(1.0 + 1.0 / max(commonest, 1e-4))
