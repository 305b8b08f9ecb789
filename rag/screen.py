"""Questions that are turned away before anything is searched: empty, too long, not English, or instructions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from corpus.authorities import find_mentions
from index.glossary import match_terms
from rag import wording
from rag.answer import Outcome
from rag.personal_case import ERRAND, is_personal_case
from rag.unsaid import is_opinion

# Asking for what the service was told, or telling it what to do, is not a question about a report.
INSTRUCTIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules?|guidelines"
            r"|everything above)\b"
        ),
        (
            r"\b(?:system|hidden|initial|full|secret)\s+(?:\w+\s+)?prompt\b|\bprint\b.{0,30}\bprompt\b"
            r"|\byour (?:instructions|rules|prompt)\b"
        ),
        r"^\W*(?:system|developer|assistant|admin)(?:\s+\w+)?\s*:",
        (
            r"\b(?:reply|respond|answer) only with\b|\bfrom now on\b|\byou are now\b|\bpretend (?:that|to|you)\b"
            r"|(?:^|[.?!\n]\s*)act as (?:a|an)\b"
        ),
        (
            r"<\|\w+\|>|\[/?INST\]|</?(?:system|assistant|instructions?)>|^\W*#+\s*(?:system|assistant)\b"
            r"|\b(?:note|message|instructions?) (?:to|for) (?:the |any )?(?:model|assistant|AI|chatbot|language model)"
            r"|\btranslate your (?:rules|instructions|prompt)"
        ),
        r"\bconfirm (?:that )?you(?:['’]ve| have) (?:updated|changed)\b|\bjailbreak\b|\bdeveloper mode\b",
    )
)
# Characters that no reader sees, which can spell out whole orders.
TAG_CHARACTERS = re.compile("[\U000e0020-\U000e007e]+")
WORD = re.compile(r"[^\W\d_]{2,}", re.UNICODE)
# Everyday words that only English has; "in", "is" or "to" are words of other languages too.
ENGLISH_WORDS = frozenset(
    "what was the for how many did they about who are were when why does of and not with has have it can you whats "
    "wot any there been which that their compare give tell show best worst near nearest cheap your our his her she "
    "them please need want should would could will from this these those every some into than then where whose today "
    "tomorrow tonight buy good bad new old weather council children rating grade inspection".split()
)
FEWEST_WORDS, LEAST_KNOWN = 4, 0.45


def gives_orders(text: str) -> bool:
    """Whether a text tells the service what to do; in a report, that is no finding."""
    plain = _visible(text)
    return any(pattern.search(plain) for pattern in INSTRUCTIONS)


def _visible(text: str) -> str:
    """The text as a machine may read it: hidden letters shown, marks that only hide taken out, wide letters narrow."""
    if text.isascii():
        return text
    shown = TAG_CHARACTERS.sub(lambda found: " " + "".join(chr(ord(each) - 0xE0000) for each in found[0]), text)
    return "".join(each for each in unicodedata.normalize("NFKC", shown) if unicodedata.category(each) != "Cf")


def screen(question: str, longest: int, is_word: Callable[[str], bool]) -> tuple[Outcome, str] | None:
    """The outcome and message for a question that is turned away, or None for one to be answered.

    `longest` is in characters; `is_word` tells whether the reports use a word.
    """
    bare = question.strip()
    if len(bare) > longest:
        return Outcome.OUT_OF_SCOPE, wording.TOO_LONG.format(length=len(bare), limit=longest)
    if not WORD.search(bare):
        return Outcome.OUT_OF_SCOPE, wording.EMPTY
    message = _turned_away(bare, is_word)
    return (Outcome.OUT_OF_SCOPE, message) if message else None


def _turned_away(question: str, is_word: Callable[[str], bool]) -> str | None:
    """The message for a question that is not one for the reports; the asker's safety comes first."""
    if is_personal_case(question, is_word):
        return wording.NEEDS_A_PERSON
    if gives_orders(" ".join(question.split())) or ERRAND.search(question):
        return wording.OUT_OF_SCOPE
    if is_opinion(question):
        return wording.NO_OPINION
    return None if _is_english(question, is_word) else wording.NOT_ENGLISH


def _is_english(text: str, is_word: Callable[[str], bool]) -> bool:
    bare = text
    for mention in reversed(find_mentions(text)):
        bare = bare[: mention.start] + " " + bare[mention.end :]
    words = [word.lower() for word in WORD.findall(bare)]
    if words and not any(word.isascii() for word in words):
        return False
    if len(words) < FEWEST_WORDS or any(word in ENGLISH_WORDS for word in words) or match_terms(bare):
        return True
    return sum(is_word(word) for word in words) >= LEAST_KNOWN * len(words)
