"""What the reports know of a question: misspelt words, a board's short name, judgements of years not held."""

from __future__ import annotations

import re

from corpus.authorities import find_mentions
from index.lexical import tokens
from index.search import Index
from rag.answer import Evidence
from rag.understand import Ask, Understanding

LONG_WORD = re.compile(r"\b[A-Za-z]{6,}\b")
# A board's own abbreviation, "WSCB", and not the general one.
BOARD_NAME = re.compile(r"\b(?!LSCB)[A-Z]{1,3}SCB\b")
JUDGED = re.compile(r"\b(?:previous|last)\b.*\binspection\b.*\bjudged\b", re.IGNORECASE | re.DOTALL)
TYPO_LIKENESS = 84.0
# "What reports do you hold?"
HOLDINGS = re.compile(
    r"\b(?:what|which|how many)\b.{0,20}\breports?\b.{0,25}\b(?:hold|held|have|cover|available|there)\b"
    r"|\breports?\b.{0,12}\bhave you got\b",
    re.IGNORECASE,
)
MOST_EARLIER = 3


def mended(question: str, index: Index) -> str:
    """The question with words that no report uses replaced by one that is nearly the same, if there is one."""
    names = [range(mention.start, mention.end) for mention in find_mentions(question)]

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        if any(match.start() in name for name in names) or word[0].isupper():
            return word
        if index.is_word(word) or index.frequency(tokens(word)[0] if tokens(word) else word):
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


def earlier_judgement(asked: Understanding, index: Index) -> tuple[Evidence, ...]:
    """What later reports say of a grade in a year of which no report is held: "… in 2012 … was judged adequate"."""
    if asked.ask is not Ask.GRADE or not asked.authorities or not asked.years:
        return ()
    years = [str(year) for year in asked.years]
    found = [
        Evidence.whole("", source, passage)
        for source in index.sources
        if source.authority in asked.authorities
        for passage in index.passages(source.document)
        if JUDGED.search(passage.text) and any(year in passage.text for year in years)
    ]
    return tuple(found[:MOST_EARLIER])
