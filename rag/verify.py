"""The check that every drafted sentence must pass before a reader sees it. It is code; no model judges.

A sentence passes when each fact in it (number, date, grade, name, share, negation) is in the evidence it
names or in what is known of that evidence's report, and most of its content words are too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.lexical import tokens
from index.sentences import sentences
from rag import facts
from rag.answer import Evidence, Sentence
from rag.wording import label

TOKEN = re.compile(r"\[(\d{1,2})\]")
LOOSE_TOKEN = re.compile(r"\s*[\[(]?\b(?:evidence|source)?\s*\[?\d{1,2}(?:\s*,\s*\d{1,2})*\][)\]]*", re.IGNORECASE)
# Set on the known facts: true drafts of the embedded model rarely fall below, swapped ones rarely reach it.
LEAST_SHARED_WORDS = 0.65
# A grade given in a sentence of the model's must be given in the evidence too: "good" alone is an ordinary word.
GRADING = re.compile(
    r"\b(?:rated|judged|graded|rating|grade|judge?ment)\b[^.]{0,60}?\b(outstanding|good|requires improvement"
    r"|inadequate|adequate|satisfactory)\b"
    r"|\b(outstanding|good|requires improvement|inadequate|adequate|satisfactory)\b[^.]{0,20}\b(?:rating|grade"
    r"|judge?ment)\b",
    re.IGNORECASE,
)
# Words that a summary may add without saying anything new.
NEUTRAL = frozenset(
    tokens(
        "report inspection inspectors Ofsted found said judged authority council local services children's "
        "children young "
        "people however although because therefore overall according evidence states stated noted being including"
    )
)


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
    if not bare:
        return Verdict(False, named, "it says nothing")
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
        best = max(supporting, key=lambda item: _shared(bare, (item,)))
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
    """Why the evidence does not support the text; empty when it does."""
    words = " ".join(item.quote for item in chosen)
    known = " ".join([words, *(label(item.source) for item in chosen), *(" ".join(item.headings) for item in chosen)])
    for name, found, held in (
        ("number", facts.numbers(text), facts.numbers(known)),
        ("month", facts.months(text), facts.months(known)),
        ("grade", facts.grades(text), facts.grades(known)),
        ("quantity", facts.shares(text), facts.shares(words)),
        (
            "name",
            facts.names(text),
            frozenset(re.findall(r"[a-z][\w’'-]*", known.lower())) | facts.names(known) | {"ofsted"},
        ),
    ):
        if lacking := facts.missing(found, _split(held) if name == "name" else held):
            return f"the {name} “{lacking[0]}” is not in the evidence it names"
    if why := _turned(text, words):
        return why
    given = {(match[1] or match[2]).lower() for match in GRADING.finditer(words)}
    if any((match[1] or match[2]).lower() not in given for match in GRADING.finditer(text)):
        return "it gives a grade that the evidence it names does not give"
    if _shared(text, chosen) < LEAST_SHARED_WORDS:
        return "too few of its words are in the evidence it names"
    return ""


def _split(held: Iterable[str]) -> frozenset[str]:
    return frozenset(re.sub(r"['’]s?$", "", word) for word in held) | frozenset(held)


def _turned(text: str, words: str) -> str:
    """Whether the text denies what the evidence affirms, or the other way round."""
    nearest = max(sentences(words), key=lambda sentence: _overlap(text, sentence), default="")
    if facts.negation_count(text) and not facts.negation_count(words) and not facts.is_critical(nearest):
        return "it denies something that the evidence does not deny"
    if facts.negation_count(nearest) and not facts.is_critical(text):
        return "the evidence denies something that it affirms"
    if re.search(r"\bgood\b", text) and not re.search(r"\bgood\b", words, re.IGNORECASE):
        return "it calls something good that the evidence does not"
    return ""


def _overlap(text: str, other: str) -> float:
    mine, theirs = set(tokens(text)), set(tokens(other))
    return len(mine & theirs) / max(len(theirs), 1)


def _shared(text: str, chosen: tuple[Evidence, ...]) -> float:
    held = {stem for item in chosen for stem in tokens(" ".join((item.quote, *item.headings, label(item.source))))}
    wanted = [stem for stem in tokens(text) if stem not in NEUTRAL]
    return sum(stem in held for stem in wanted) / len(wanted) if wanted else 0.0
