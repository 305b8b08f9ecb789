"""The check that every drafted sentence must pass before a reader sees it. It is code; no model judges.

A sentence passes when one sentence of the evidence it names (or two that stand together) holds each number in
its order and with its unit, each month, grade, name, authority, word of quantity and word that turns the sense,
denies what it denies, hedges where it must, and has most of its content words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from corpus.sentences import sentences
from index.lexical import tokens
from rag import facts
from rag.answer import Evidence, Sentence
from rag.evidence import LEANS
from rag.screen import gives_orders
from rag.wording import label

TOKEN = re.compile(r"\[(\d{1,2})\]")
# The share of a sentence's content words that its evidence must hold; what carries facts or sense must all be there.
LEAST_SHARED_WORDS = 0.9
# The share of its content words that must stand in the evidence's order: "boys wait longer than girls" turned round
# keeps three of four.
LEAST_IN_ORDER = 0.8
# Words that a summary may add without saying anything new.
NEUTRAL = frozenset(
    tokens(
        "report inspection inspectors Ofsted found said judged authority council local services children's children "
        "young people according evidence states stated says say noted being including also additionally furthermore "
        "overall shows highlighted emphasized"
    )
)
# Beside these words a year or month is that of the report itself.
OF_REPORT = re.compile(r"\b(?:report|inspection|letter|visit|inspectors|ofsted)\b", re.IGNORECASE)
# A grade given in a sentence of the model's must be given in the evidence too: "good" alone is an ordinary word.
GRADING = re.compile(
    r"\b(?:rated|judged|graded|rating|grade|judge?ment)\b[^.]{0,60}?"
    r"\b(outstanding|good|requires improvement|inadequate|adequate|satisfactory)\b"
    r"|\b(outstanding|good|requires improvement|inadequate|adequate|satisfactory)\b"
    r"[^.]{0,20}\b(?:rating|grade|judge?ment)\b",
    re.IGNORECASE,
)
UNFINISHED = re.compile(
    r"\b(?:in|of|as|to|by|for|with|from|on|at|that|the|a|an|and|or|is|are|stated)\W*$", re.IGNORECASE
)
ONLY_NAMES = frozenset({"ofsted", "hmi"})


@dataclass(frozen=True)
class Verdict:
    """Whether a sentence may be shown, on which tokens it stands, and if not, why not."""

    passed: bool
    tokens: tuple[str, ...]
    why: str = ""


def check(text: str, evidence: tuple[Evidence, ...]) -> Verdict:
    """Check one drafted sentence against the evidence it names, or against all of it when it names none.

    A token that was never issued fails the sentence. Tokens that the draft left out are added only
    where a single piece of evidence supports the whole sentence.
    """
    by_token = {item.token: item for item in evidence}
    named = tuple(dict.fromkeys(TOKEN.findall(text)))
    bare = TOKEN.sub("", text).strip(" ,;")
    if not bare or UNFINISHED.search(bare):
        return Verdict(False, named, "it says nothing, or breaks off")
    if unknown := [token for token in named if token not in by_token]:
        return Verdict(False, named, f"it names evidence [{unknown[0]}], which does not exist")
    if named:
        chosen = tuple(by_token[token] for token in named)
        if not (why := _fault(bare, chosen)):
            # One that supports the whole alone is all the reader needs to look up.
            alone = next((item.token for item in chosen if not _fault(bare, (item,))), None)
            return Verdict(True, (alone,) if alone else named)
        if len(named) > 1:
            return Verdict(False, named, why)
    supporting = [item for item in evidence if not _fault(bare, (item,))]
    if supporting:
        best = max(supporting, key=lambda item: _shared(bare, item.quote))
        return Verdict(True, (best.token,))
    return Verdict(False, named, why if named else "no single piece of evidence supports it")


def as_sentence(text: str, verdict: Verdict) -> Sentence:
    """A drafted sentence as it is recorded: its tokens put at the end in one form."""
    bare = re.sub(r"\s+([.,;])", r"\1", TOKEN.sub("", text)).strip()
    # "…support [1], [2]." leaves the commas between its tokens behind.
    bare = re.sub(r"[\s,;]*([.!?][\"”’)]*)[\s,;.]*$", r"\1", bare).rstrip(" ,;")
    bare = bare if bare.endswith((".", "!", "?")) else f"{bare}."
    return Sentence(bare, verdict.tokens, "model", verdict.passed, verdict.why)


def _fault(text: str, chosen: tuple[Evidence, ...]) -> str:
    """Why the evidence does not support the text; empty when one sentence of it does, or two that stand together."""
    if len({item.source.authority for item in chosen}) > 1:
        return "it puts what is said of two authorities into one sentence"
    if any(gives_orders(item.quote) for item in chosen):
        return "the evidence it names is an order and no finding"
    known = " ".join(label(item.source) for item in chosen)
    faults = [_fault_against(text, words, known) for words in _supports(chosen)]
    return "" if "" in faults else (faults[0] if faults else "there is no evidence")


def _supports(chosen: tuple[Evidence, ...]) -> list[str]:
    """What may support a sentence: each sentence of the quotes, and each pair where the second leans on the first."""
    each = [sentence for item in chosen for sentence in sentences(item.quote)]
    pairs = [pair for item in chosen for pair in pairwise(sentences(item.quote)) if LEANS.match(pair[1])]
    return [*each, *(" ".join(pair) for pair in pairs)]


def _fault_against(text: str, words: str, known: str) -> str:
    """Why these words of a report do not support the text; `known` is the report's name and dates."""
    return _wrong_fact(text, words, known) or _turned(text, words) or _too_free(text, words, known)


def _wrong_fact(text: str, words: str, known: str) -> str:
    dated = f"{words} {known}" if OF_REPORT.search(text) else words
    said, held = facts.numbers(text), facts.numbers(words)
    of_report = set(facts.numbers(known)) if OF_REPORT.search(text) else set()
    own = [number for number in said if number not in of_report or number in held]
    held_words = set(re.findall(r"[a-z][\w’'-]*", f"{words} {known}".lower()))
    held_names = {re.sub(r"['’]s?$", "", word) for word in held_words} | facts.names(f"{words} {known}") | ONLY_NAMES
    for kind, lacking in (
        ("number", facts.missing(own, held)),
        ("month", facts.missing(facts.months(text), facts.months(dated))),
        ("grade", facts.missing(facts.grades(text), facts.grades(words))),
        ("quantity", facts.missing(facts.quantities(text), facts.quantities(words))),
        ("authority", facts.missing(facts.authorities(text), facts.authorities(f"{words} {known}"))),
        ("name", facts.missing(facts.names(text), held_names)),
    ):
        if lacking:
            return f"the {kind} “{lacking[0]}” is not in the evidence it names"
    return "" if facts.is_in_order(own, held) else "its numbers stand in another order than in the evidence"


def _turned(text: str, words: str) -> str:
    """Whether the text says another thing of the same: denied for affirmed, all for some, good for poor."""
    given = {(match[1] or match[2]).lower() for match in GRADING.finditer(words)}
    said = {(match[1] or match[2]).lower() for match in GRADING.finditer(text)}
    polar = facts.missing(facts.polar(text), facts.polar(words))
    intended = facts.is_reported_or_intended
    turns = (
        (
            facts.denies_otherwise(text, words),
            "it denies what the evidence affirms, or the other way round",
        ),
        (
            intended(words) and not intended(text),
            "the evidence tells of what is said or intended, and it of what is so",
        ),
        (facts.conditions(words) - facts.conditions(text), "it leaves out a condition that the evidence names"),
        (facts.relations(text) - facts.relations(words), "it puts things in another order or under a condition"),
        (facts.is_hedged(words) and not facts.is_hedged(text), "the evidence speaks of some and it of all"),
        (said - given, "it gives a grade that the evidence it names does not give"),
        (polar, f"it says “{polar[0] if polar else ''}…”, which the evidence it names does not"),
    )
    return next((why for turned, why in turns if turned), "")


def _too_free(text: str, words: str, known: str) -> str:
    if _shared(text, f"{words} {known}") < LEAST_SHARED_WORDS:
        return "too few of its words are in the evidence it names"
    said = [stem for stem in tokens(text) if stem not in NEUTRAL]
    held = [stem for stem in tokens(words) if stem not in NEUTRAL]
    common = [stem for stem in said if stem in held]
    if common and LCSseq.similarity(common, held) < LEAST_IN_ORDER * len(common):
        return "its words stand in another order than in the evidence"
    return ""


def _shared(text: str, held: str) -> float:
    stems = set(tokens(held))
    # Numbers are checked for themselves, and may stand in digits here and in words there.
    wanted = [stem for stem in tokens(text) if stem not in NEUTRAL and not facts.numbers(stem)]
    return sum(stem in stems for stem in wanted) / len(wanted) if wanted else 0.0
