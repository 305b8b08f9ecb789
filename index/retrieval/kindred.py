"""Words near in sense: what an inspector writes where people say "bosses", "jabs" or "kicked out"."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index.lexical import tokens

WORDS = Path(__file__).with_name("kindred_words.txt")
ASKED, WRITTEN = " > ", ","

Stems = tuple[str, ...]


@cache
def _table() -> dict[Stems, tuple[frozenset[str], ...]]:
    """What is asked, as stems in their order, and what may be written for it."""
    table: dict[Stems, dict[frozenset[str], None]] = {}
    for line in WORDS.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        asked, written = line.split(ASKED)
        near = [frozenset(tokens(words)) for words in written.split(WRITTEN)]
        for words in asked.split(WRITTEN):
            stems = tuple(tokens(words))
            table.setdefault(stems, {}).update((other, None) for other in near if other and other != frozenset(stems))
    return {stems: tuple(near) for stems, near in table.items() if stems}


@cache
def _longest() -> int:
    return max(map(len, _table()))


def kindred_of(stems: Stems) -> tuple[frozenset[str], ...]:
    """What reports may write for these stemmed words, each a set of stems; nothing where no line has them."""
    return _table().get(stems, ())


def phrases_in(stems: list[str]) -> tuple[Stems, ...]:
    """The runs of two or more stems that the list of near words has as one phrase, the longest first at each place."""
    found: list[Stems] = []
    start = 0
    while start < len(stems):
        for end in range(min(len(stems), start + _longest()), start + 1, -1):
            if (phrase := tuple(stems[start:end])) in _table():
                found.append(phrase)
                start = end
                break
        else:
            start += 1
    return tuple(found)
