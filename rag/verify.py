"""The check that every drafted sentence must pass before a reader sees it. It is code; no model judges.

A sentence passes when one sentence of the evidence it names (or two that stand together) says the same in the same
order, or in an order that a known rewording gives: every word, number with its bound and unit, date, grade and name
is there, and no denial, hedge, condition or intention of the evidence is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from corpus.sentences import sentences
from index.retrieval.candidates import LEANS
from rag import attribution, facts
from rag.answer import Evidence, Sentence
from rag.framing import without_frame
from rag.rewordings import agentless, reworded
from rag.screen import gives_orders
from rag.sense import clauses, plainly, says, words_of
from rag.wording import label

TOKEN = re.compile(r"\[(\d{1,2})\]")
UNFINISHED = re.compile(
    r"\b(?:in|of|as|to|by|for|with|from|on|at|that|the|a|an|and|or|is|are|stated)\W*$", re.IGNORECASE
)
# A sentence of an answer holds no link and no markup: where a reader may go is never taken from a report.
MARKUP = re.compile(r"[<>`|{}]|!\[|\]\(|\b(?:https?|javascript|data|file|ftp|mailto):|\bwww\.", re.IGNORECASE)
# "Aware of this", "gathered from them": of what, or from whom, an earlier sentence says.
DANGLING = re.compile(
    r"\b(?:of|about|from|to|with|by|for|on) (this|these|those|them)\b"
    r"(?=[,;.!?]|$| (?:and|but|or|prior|before|after|in|is|are"
    r"|was|were|at|so|when|while|because)\b)",
    re.IGNORECASE,
)
# Whom "them" may mean within the sentence.
PLURAL = re.compile(r"\b(?:children|people|families|women|men|[a-z]{3,}[^s\W]s)\b", re.IGNORECASE)
BEGINS_WITH = re.compile(r"^(?:For|In|With|At|To|Among|Of|By|From|On) ")
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
    if why := _misshapen(bare, named, evidence):
        return Verdict(False, named, why)
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
        return Verdict(True, (supporting[0].token,))
    return Verdict(False, named, why if named else "no single piece of evidence supports it")


def leans(text: str) -> bool:
    """Whether a sentence cannot be understood without the one before it: "This is …", "leaders are aware of this"."""
    if LEANS.match(text):
        return True
    return any(
        found[1].lower() != "them" or not PLURAL.search(text[: found.start()]) for found in DANGLING.finditer(text)
    )


def as_sentence(text: str, verdict: Verdict) -> Sentence:
    """A drafted sentence as it is recorded: its tokens put at the end in one form."""
    bare = re.sub(r"\s+([.,;])", r"\1", TOKEN.sub("", text)).strip()
    # "…support [1], [2]." leaves the commas between its tokens behind.
    bare = re.sub(r"[\s,;]*([.!?][\"”’)]*)[\s,;.]*$", r"\1", bare).rstrip(" ,;")
    bare = bare if bare.endswith((".", "!", "?")) else f"{bare}."
    return Sentence(bare, verdict.tokens, "model", verdict.passed, verdict.why)


def _misshapen(bare: str, named: tuple[str, ...], evidence: tuple[Evidence, ...]) -> str:
    """What is wrong with a sentence before its evidence is looked at; empty when nothing is."""
    if not bare or (UNFINISHED.search(bare) and not _ends_so(bare, evidence)):
        return "it says nothing, or breaks off"
    if MARKUP.search(bare):
        return "it holds a link or markup"
    issued = {item.token for item in evidence}
    if unknown := [token for token in named if token not in issued]:
        return f"it names evidence [{unknown[0]}], which does not exist"
    return ""


def _ends_so(text: str, evidence: tuple[Evidence, ...]) -> bool:
    """Whether a sentence of the evidence ends on the same words: "what they are entitled to"."""
    end = " ".join(text.rstrip(" .!?").lower().split()[-2:])
    return any(held.rstrip(" .!?").lower().endswith(end) for item in evidence for held in sentences(item.quote))


def _fault(text: str, chosen: tuple[Evidence, ...]) -> str:
    """Why the evidence does not support the text; empty when one sentence of it does, or two that stand together."""
    if len({item.source.authority for item in chosen}) > 1:
        return "it puts what is said of two authorities into one sentence"
    if any(gives_orders(item.quote) for item in chosen):
        return "the evidence it names is an order and no finding"
    if facts.grades(text) and facts.authorities(text) - {item.source.authority for item in chosen}:
        return "it gives another authority's grade than the report's own"
    known = " ".join(label(item.source) for item in chosen)
    held = _supports(chosen)
    if any(_is_said(text, words, chosen[0]) for words in held):
        return ""
    return _why(text, max(held, key=lambda words: _shared(text, words)), known) if held else "there is no evidence"


def _supports(chosen: tuple[Evidence, ...]) -> list[str]:
    """What may support a sentence: each sentence of the quotes, and each pair where the second leans on the first."""
    each = [sentence for item in chosen for sentence in sentences(item.quote)]
    pairs = [pair for item in chosen for pair in pairwise(sentences(item.quote)) if LEANS.match(pair[1])]
    # Each stays a clause of its own, so that the end of one is not told of the other.
    return [*each, *(f"{first.rstrip(' .!?')}; {second}" for first, second in pairs)]


def _is_said(text: str, words: str, item: Evidence) -> bool:
    """Whether these words of a report say what the text says, in whatever order the language allows."""
    if _lost_its_beginning(text, words):
        return False
    bare = without_frame(attribution.without_report(text, words, item.source), words, item.source)
    if not _gives_the_grade(bare, words):
        return False
    ways = reworded(plainly(bare))
    for held in reworded(plainly(attribution.without_finding(words))):
        clauses_held = clauses(held)
        if any(says(words_of(way), clauses_held) for way in ways):
            return True
        if any(says(words_of(way), clauses_held, agentless=True) for way in agentless(ways[0])):
            return True
    return False


def _lost_its_beginning(text: str, words: str) -> bool:
    """Whether the text is the evidence without its first word: "For some children, plans are …" with "For" left out."""
    match = BEGINS_WITH.match(words)
    return match is not None and text.strip(" .").lower() == words[match.end() :].strip(" .").lower()


def _gives_the_grade(text: str, words: str) -> bool:
    """Whether a grade that the text says was given is given by these words: "good" alone is an ordinary word."""
    return facts.given_grades(text) <= facts.given_grades(words)


def _why(text: str, words: str, known: str) -> str:
    """What of the text is not in these words; `known` is the report's name and dates."""
    held_words = set(re.findall(r"[a-z][\w’'-]*", f"{words} {known}".lower()))
    held_names = {re.sub(r"['’]s?$", "", word) for word in held_words} | facts.names(f"{words} {known}") | ONLY_NAMES
    for kind, lacking in (
        ("number", facts.missing(facts.numbers(text), facts.numbers(f"{words} {known}"))),
        ("month", facts.missing(facts.months(text), facts.months(f"{words} {known}"))),
        ("grade", facts.missing(facts.grades(text), facts.grades(words))),
        ("quantity", facts.missing(facts.quantities(text), facts.quantities(words))),
        ("authority", facts.missing(facts.authorities(text), facts.authorities(f"{words} {known}"))),
        ("name", facts.missing(facts.names(text), held_names)),
    ):
        if lacking:
            return f"the {kind} “{lacking[0]}” is not in the evidence it names"
    if facts.is_denial(text) != facts.is_denial(words):
        return "it denies what the evidence affirms, or the other way round"
    said, held = words_of(plainly(text)), set(words_of(plainly(words)))
    if lacking := [word for word in said if word not in held]:
        return f"it says “{lacking[0]}…”, which the evidence it names does not"
    return "it puts the evidence's words together in another way, or leaves out what turns their sense"


def _shared(text: str, held: str) -> float:
    said, there = words_of(plainly(text)), set(words_of(plainly(held)))
    return sum(word in there for word in said) / len(said) if said else 0.0
