"""The things a question is about, as stemmed words with their synonyms, and how much of them a text covers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from corpus.authorities import find_mentions
from index.glossary import match_terms
from index.lexical import tokens
from index.retrieval.ask import Ask
from index.retrieval.asker import without_asker
from index.retrieval.change import without_change
from index.retrieval.kindred import kindred_of, phrases_in
from index.retrieval.understand import Understanding

# Wording that frames a question and is not what it is about. Removed before the content words are taken.
FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            r"\bwhat (?:did|does|do|have|was|were|is|are) (?:ofsted|the inspectors?|inspectors|they"
            r"|the (?:\w+ )?(?:report|letter|article))"
            r"(?: \d{4})? (?:say|said|make|find|found|conclude|think|report|tell|note|saying|list)\w*(?: (?:about|of"
            r"|on|as|that))?"
        ),
        (
            r"\b(?:according to|going by|as per|in|from|per) (?:the|its|their|that)? ?(?:\w+ ){0,3}?(?:report|letter"
            r"|visit|inspection|article|document)s?\b"
        ),
        (
            r"\b(?:can|could|would|will) (?:you|u)\b|\bplease\b|\bpls\b|\bplz\b|\bthanks?\b|\btell me\b"
            r"|\bi want to know\b|\bif possible\b"
        ),
        (
            r"\b(?:the )?(?:ofsted|hmi) (?:report|inspection|letter|visit)s?\b|\bofsted\b|\binspectors? (?:said|say"
            r"|found|find)\b"
        ),
        (
            r"\bhow (?:many|much|big|often|long|well|good|bad|far)\b|\bno\. of\b|\bnumber of\b|\b(?:what"
            r"|which) (?:was|were|is|are|did|does|do)\b"
        ),
        r"\b(?:percentage|per ?cent|proportion|share|figures?|numbers?|average|rates?)\b(?: of)?|%",
        (
            r"\b(?:list|set out|name|names|named|describe|explain|summarise|compare|comparison|bullet points?"
            r"|main reasons?)\b"
        ),
        r"\bnews (?:story|item|piece|article|report)\b",
        r"\b(?:stack|measure|shape|match|weigh)(?:s|ed)? up\b(?: (?:against|to)\b)?",
        r"\bup to (?:scratch|the mark|standard|speed|much)\b|\b(?:any|much) (?:use|cop)\b",
        r"\b(?:grades?|graded|judge?ments?|judged|rating|rated|overall|verdict|opinion|view)\b",
        (
            r"\b(?:anything|something|any good|getting better|happened|chang(?:ed?|es)\b(?! of\b)|improve[ds]?"
            r"|improvements?|improving|latest|current|currently|now|at (?:the moment|present)|these days|nowadays"
            r"|as things stand)\b"
        ),
    )
)
MONTHS = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|"
    r"oct|nov|dec)\b(?=\W*(?:\d|$|and\b))|(?<=\d )(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december)\b|\b(?:spring|summer|autumn|winter)(?= (?:of )?(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
INSPECTORS = re.compile(r"\b(?:inspectors?|hmis?)\b", re.IGNORECASE)
OF_BODIES = frozenset(("trust", "board", "first", "partnership", "lscb", "together"))
POSSESSIVE = re.compile(r"^['’]s?\b")
NUMERIC = re.compile(r"^\d+(?:%|s|st|nd|rd|th)?$")
GENERIC = frozenset(
    stem
    for line in Path(__file__).with_name("generic_words.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for stem in tokens(line)
)
TYPO_LETTERS, TYPO_LIKENESS = 6, 86.0
RAREST = 0.008
# Of a concept, what a word near in sense covers. Of 0, 0.4, 0.6 and 0.8 the last gave most right answers in 470
# questions, 120 of them written by somebody who had not seen the list.
KINDRED = 0.8


@dataclass(frozen=True)
class Concept:
    """One thing asked about: alternatives that mean the same, each a set of stems that must all be there.

    `name` is how the question puts it; `kindred` are words near in sense, which count for less; `terms`
    are its wordings where it is a term of the glossary.
    """

    alternatives: tuple[frozenset[str], ...]
    weight: float
    name: str = field(default="", compare=False)
    kindred: tuple[frozenset[str], ...] = ()
    terms: tuple[str, ...] = ()

    def within(self, stems: frozenset[str]) -> bool:
        """Whether any of the alternatives is wholly in a text with these stems."""
        return any(alternative <= stems for alternative in self.alternatives)

    def share(self, stems: frozenset[str]) -> float:
        """How far a text with these stems covers it: 1 by a word for it, less by a kindred one, else 0."""
        if self.within(stems):
            return 1.0
        return KINDRED if any(near <= stems for near in self.kindred) else 0.0


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
    text = without_asker(_nameless(understanding))
    for frame in FRAMES:
        text = frame.sub(" ", text)
    text = MONTHS.sub(" ", text)
    if understanding.change:
        text = without_change(text)
    if understanding.ask is not Ask.PERSON:
        text = INSPECTORS.sub(" ", text)
    found: list[tuple[frozenset[str], ...]] = []
    said: dict[tuple[frozenset[str], ...], str] = {}
    terms: dict[tuple[frozenset[str], ...], tuple[str, ...]] = {}
    for words, group in match_terms(text):
        if words not in text:
            continue
        alternatives = dict.fromkeys(frozenset(tokens(term)) for term in group)
        found.append(tuple(alternative for alternative in alternatives if alternative))
        said.setdefault(found[-1], words)
        terms[found[-1]] = group
        text = text.replace(words, " ")
    skipped = {stem for name in names for stem in tokens(name)}
    skipped |= {str(year) for year in understanding.years}
    single = [stem for stem in dict.fromkeys(tokens(text)) if stem not in skipped and len(stem) > 1]
    special = [stem for stem in single if stem not in GENERIC and not NUMERIC.match(stem)]
    # A question in ordinary words alone ("what did they say about young people?") is about just those.
    chosen = special or ([] if found or understanding.change else single)
    near: dict[tuple[frozenset[str], ...], tuple[frozenset[str], ...]] = {}
    for phrase in phrases_in(single):
        merged = (frozenset(phrase),)
        found.append(merged)
        near[merged], said[merged] = kindred_of(phrase), " ".join(phrase)
        chosen = [stem for stem in chosen if stem not in phrase]
    written = {stem: word for word in reversed(text.split()) for stem in tokens(word)}
    for stem in chosen:
        found.append((frozenset({stem}),) if vocabulary.frequency(stem) else _mended(stem, vocabulary))
        said.setdefault(found[-1], written.get(stem, stem).strip(",.;:?!()'’\""))
        near.setdefault(found[-1], kindred_of((stem,)))
    return tuple(
        Concept(
            alternatives=group,
            weight=_weight((*group, *near.get(group, ())), vocabulary.frequency),
            name=said[group],
            kindred=near.get(group, ()),
            terms=terms.get(group, ()),
        )
        for group in dict.fromkeys(found)
    )


def _nameless(understanding: Understanding) -> str:
    """The question without whose report is meant, so that "left Newtown's care" is read as having left care."""
    text = understanding.question
    for mention in reversed(find_mentions(text, typos=False)):
        words = {word.lower() for word in text[mention.start : mention.end].split()}
        # A trust or a board by its name is more than a place.
        if mention.authority in understanding.authorities and not words & OF_BODIES:
            text = f"{text[: mention.start]} {POSSESSIVE.sub('', text[mention.end :])}"
    return " ".join(text.split())


def _mended(stem: str, vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    """A word that no report uses, with the word it may be a misspelling of beside it."""
    near = vocabulary.nearest(stem, TYPO_LIKENESS) if len(stem) >= TYPO_LETTERS else None
    # As in asked.py: a word that begins otherwise is another word.
    return (frozenset({stem}), frozenset({near})) if near and near[:2] == stem[:2] else (frozenset({stem}),)


def coverage(concepts: tuple[Concept, ...], stems: frozenset[str]) -> float:
    """The weighted share of the concepts that a text with these stems covers, from 0 to 1."""
    total = sum(concept.weight for concept in concepts)
    return sum(concept.weight * concept.share(stems) for concept in concepts) / total if total else 0.0


def _weight(group: tuple[frozenset[str], ...], frequency: Callable[[str], float]) -> float:
    commonest = max((min((frequency(stem) for stem in words), default=0.0) for words in group), default=0.0)
    # A word of no report weighs no more than a rare one, for it may be mere wording.
    return math.log(1.0 + 1.0 / max(commonest, RAREST))
