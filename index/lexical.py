"""BM25 over passages; the only module that knows bm25s and the stemmer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

import bm25s
import numpy as np
import Stemmer
from rapidfuzz import fuzz, process

ANY_CASE = re.compile(r"[A-Za-z]{2,}")
LOWER_CASE = re.compile(r"\b[a-z]{2,}\b")
POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
WORD = re.compile(r"[a-z0-9]+(?:,\d{3})*%?")
STOPWORDS = frozenset(
    """a about after all also an and any are as at be been before being by can could did do does doing for from get
    got had has have having he her his how i if in into is it its me my no not of on or our out over per she so since
    some than that the their them then there these they this those to too up us was we were what when where which who
    whom why will with would you your whats wot ur u im ive m s t re""".split()
)


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def tokens(text: str) -> list[str]:
    """The stemmed content words of a text, in order, repeats kept; numbers lose their thousands comma."""
    bare = POSSESSIVE.sub("", text.lower())
    words = [word.replace(",", "") for word in WORD.findall(bare)]
    return list(_stemmer().stemWords([word for word in words if word not in STOPWORDS]))


class LexicalIndex:
    """BM25 (Lucene's variant, k1 1.5, b 0.75, the defaults of bm25s) over texts known by position."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        self._scorer = bm25s.BM25()
        corpus = [tokens(text) for text in texts]
        self._document_frequency = Counter(stem for words in corpus for stem in set(words))
        self._any_case = {word.lower() for text in texts for word in ANY_CASE.findall(text)}
        self._lower_case = {word for text in texts for word in LOWER_CASE.findall(text)}
        if self._document_frequency:
            self._scorer.index(corpus, show_progress=False)

    def scores(self, query: str) -> np.ndarray:
        """One score a text, in the order given at construction; zeros when no word is known."""
        words = [word for word in dict.fromkeys(tokens(query)) if word in self._document_frequency]
        if not words:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._scorer.get_scores(words), dtype=np.float32)

    def frequency(self, stem: str) -> float:
        """The share of texts that hold a stem, from 0 to 1."""
        return self._document_frequency[stem] / self._size if self._size else 0.0

    def nearest(self, stem: str, likeness: float) -> str | None:
        """The known stem most like this one, if at least so much like it (0 to 100, normalised edit distance)."""
        found = process.extractOne(stem, self._document_frequency.keys(), scorer=fuzz.ratio, score_cutoff=likeness)
        return str(found[0]) if found else None

    def nearest_word(self, word: str, likeness: float) -> str | None:
        """The word of the reports most like this one, if at least so much like it (0 to 100)."""
        found = process.extractOne(word.lower(), self._lower_case, scorer=fuzz.ratio, score_cutoff=likeness)
        return str(found[0]) if found else None

    def has_word(self, word: str) -> bool:
        """Whether any text has this word, in whatever case."""
        return word.lower() in self._any_case

    def is_word(self, word: str) -> bool:
        """Whether any text has this word in lower case: what has never stood so is likely a name."""
        return word.lower() in self._lower_case
