"""A question as it is searched for: slips of the pen mended, taken apart, and what it is about as concepts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.authorities import find_mentions
from index.lexical import tokens
from index.retrieval.ask import Ask
from index.retrieval.concepts import GENERIC, Concept, concepts_of
from index.retrieval.kindred import kindred_of
from index.retrieval.places import unknown_place
from index.retrieval.understand import Understanding, understand
from index.search import Index

LONG_WORD = re.compile(r"\b[A-Za-z]{6,}\b")
# A board's own abbreviation, "WSCB", and not the general one.
BOARD_NAME = re.compile(r"\b(?!LSCB)[A-Z]{1,3}SCB\b")
LAST = re.compile(r"\b(?:last|previous) \w+\b", re.IGNORECASE)
TYPO_LIKENESS = 84.0
BARE_WORDS = 4


@dataclass(frozen=True)
class Asked:
    """How a question was taken, and the things it is about."""

    understanding: Understanding
    concepts: tuple[Concept, ...]


def take_apart(question: str, index: Index) -> Asked:
    """Take a question apart by its wording and the words that the reports use."""
    taken = understand(mended(question.strip(), index), index.has_word)
    if not taken.authorities and (board := BOARD_NAME.search(question)):
        taken = replace(taken, authorities=with_board(board[0], index))
    if not taken.authorities and not taken.unknown_place:
        taken = replace(taken, unknown_place=unknown_place(question, index))
    names = tuple(name for source in index.sources if (name := source.authority) and name in taken.authorities)
    concepts = concepts_of(taken, names, index)
    if (
        taken.authorities
        and not (concepts or taken.change)
        and taken.ask is Ask.FINDING
        and len(question.split()) <= BARE_WORDS
    ):
        # A name alone: the first thing that people want to know of an authority is how it was judged.
        taken = replace(taken, ask=Ask.GRADE)
    if (
        taken.change
        and not concepts
        and len(taken.authorities) == 1
        and not (taken.years or taken.kinds or LAST.search(question))
    ):
        # "Has Newtown gone downhill?" is asked of all its reports.
        taken = replace(taken, across=True)
    return Asked(taken, concepts)


def mended(question: str, index: Index) -> str:
    """The question with words that no report uses replaced by one that is nearly the same, if there is one."""
    names = [range(mention.start, mention.end) for mention in find_mentions(question)]

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        if any(match.start() in name for name in names) or word[0].isupper():
            return word
        if (
            GENERIC.issuperset(tokens(word))
            or index.is_word(word)
            or index.frequency(tokens(word)[0] if tokens(word) else word)
            or kindred_of(tuple(tokens(word)))
        ):
            return word
        near = index.nearest_word(word, TYPO_LIKENESS)
        # Who mistypes a word gets its beginning right; "weather" is no mistyped "whether".
        return near if near and near[:2] == word[:2].lower() else word

    return LONG_WORD.sub(mend, question)


def with_board(name: str, index: Index) -> tuple[str, ...]:
    """The authorities in whose reports a board's own short name stands."""
    found = {
        source.authority
        for source in index.sources
        if source.authority and any(name in passage.text for passage in index.passages(source.document))
    }
    return tuple(sorted(found)) if len(found) == 1 else ()
