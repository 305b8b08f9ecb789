"""The field's short forms and synonyms, so that "RHIs" finds "return home interviews"."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GLOSSARY = Path(__file__).with_name("glossary.json")
# What ends a phrase is read as a word of its own, so that no term goes on after it.
WORD = re.compile(r"[A-Za-z0-9&'’]+|[.;:?!()/]")

SMALL_WORDS = frozenset({"in", "or", "and", "of", "the", "for"})


@dataclass(frozen=True)
class _Term:
    """One term: how it must be written, if its capitals matter, and the words to look for instead."""

    exactly: str | None
    group: tuple[str, ...]


@cache
def _terms() -> dict[tuple[str, ...], _Term]:
    kept = json.loads(GLOSSARY.read_text("utf-8"))
    # Words that mean too much to be looked for ("out of area" keeps "area" alone) still say what is asked.
    asked_only, capitals = set(kept["asked_only"]), set(kept["capitals"])
    terms: dict[tuple[str, ...], _Term] = {}
    for group in kept["terms"]:
        looked_for = tuple(term for term in group if term not in asked_only)
        for term in group:
            # A short form is known by its capitals, except where lower case cannot be another word.
            exactly = term if len(term) <= 2 or term in capitals else None
            terms.setdefault(tuple(_plain(word) for word in WORD.findall(term)), _Term(exactly, looked_for))
    return terms


@cache
def _longest() -> int:
    return max(map(len, _terms()))


def _plain(word: str) -> str:
    """A word without its capitals, apostrophes and plural."""
    return "and" if word == "&" else re.sub("['’]", "", word.lower()).removesuffix("s")


def match_terms(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The glossary terms that `text` uses, as written there, each with all words to look for, the longest first.

    Singular and plural are one term, hyphens and apostrophes may be missing, and
    words within a longer term are not a term of their own.
    """
    words = list(WORD.finditer(text))
    plain = [_plain(word[0]) for word in words]
    found: dict[str, tuple[str, ...]] = {}
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + _longest()), start, -1):
            term = _terms().get(tuple(plain[start:end]))
            written = text[words[start].start() : words[end - 1].end()]
            if term and term.exactly in (None, written, written.removesuffix("s")):
                found[written] = term.group
                start = end
                break
        else:
            start += 1
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))


def expand(text: str) -> str:
    """The text followed by the other words for each of its terms, for lexical search."""
    extra = [term for _, group in match_terms(text) for term in group]
    return " ".join([text, *extra])


def spelt_out(text: str) -> str:
    """The text with its short forms written out, for comparing by meaning: "return home interview (RHIs)".

    Only where the first letters of the words are the short form, so that EET does not become its contrary.
    """
    for written, group in match_terms(text):
        long = next((term for term in group if _initials(term) == _plain(written)), None)
        if long and long not in text.lower():
            text = re.sub(rf"\b{re.escape(written)}\b", f"{long} ({written})", text)
    return text


def _initials(term: str) -> str:
    words = [word for word in re.findall("[a-z]+", term.lower()) if word not in SMALL_WORDS]
    return "".join(word[0] for word in words) if len(words) > 1 else ""
