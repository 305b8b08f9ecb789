"""BM25 over passages; the only module that knows bm25s and the stemmer."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
WORDS_FILE = "words.json"
ALL_BUT_SAME = 95.0


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def tokens(text: str) -> list[str]:
    """The stemmed content words of a text, in order, repeats kept; numbers lose their thousands comma."""
    bare = POSSESSIVE.sub("", text.lower())
    words = [word.replace(",", "") for word in WORD.findall(bare)]
    return list(_stemmer().stemWords([word for word in words if word not in STOPWORDS]))


@dataclass(frozen=True)
class Words:
    """What is known of the words of so many texts: in how many of them each stem stands, and how words are written."""

    size: int
    frequency: Counter[str]
    any_case: frozenset[str]
    lower_case: frozenset[str]


class LexicalIndex:
    """BM25 (Lucene's variant, k1 1.5, b 0.75, the defaults of bm25s) over texts known by position."""

    def __init__(self, texts: Sequence[str]) -> None:
        corpus = [tokens(text) for text in texts]
        self._words = Words(
            size=len(texts),
            frequency=Counter(stem for words in corpus for stem in set(words)),
            any_case=frozenset(word.lower() for text in texts for word in ANY_CASE.findall(text)),
            lower_case=frozenset(word for text in texts for word in LOWER_CASE.findall(text)),
        )
        self._scorer = bm25s.BM25()
        if self._words.frequency:
            self._scorer.index(corpus, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """An index as `save` wrote it; raises OSError or ValueError when it is not there or not whole."""
        found = cls(())
        kept = json.loads((folder / WORDS_FILE).read_text("utf-8"))
        found._words = Words(
            kept["size"], Counter(kept["frequency"]), frozenset(kept["any_case"]), frozenset(kept["lower_case"])
        )
        if found._words.frequency:
            found._scorer = bm25s.BM25.load(str(folder), mmap=True, show_progress=False)
        return found

    def save(self, folder: Path) -> None:
        """Write the index into a folder, so that it need not be made again."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._words.frequency:
            self._scorer.save(str(folder), show_progress=False)
        words = {
            "size": self._words.size,
            "frequency": self._words.frequency,
            "any_case": sorted(self._words.any_case),
            "lower_case": sorted(self._words.lower_case),
        }
        (folder / WORDS_FILE).write_text(json.dumps(words), "utf-8")

    def scores(self, query: str) -> np.ndarray:
        """One score a text, in the order given at construction; zeros when no word is known."""
        words = [word for word in dict.fromkeys(tokens(query)) if word in self._words.frequency]
        if not words:
            return np.zeros(self._words.size, dtype=np.float32)
        return np.asarray(self._scorer.get_scores(words), dtype=np.float32)

    def frequency(self, stem: str) -> float:
        """The share of texts that hold a stem, from 0 to 1."""
        return self._words.frequency[stem] / self._words.size if self._words.size else 0.0

    def nearest(self, stem: str, likeness: float) -> str | None:
        """The known stem most like this one, if at least so much like it (0 to 100, normalised edit distance)."""
        found = process.extractOne(stem, self._words.frequency.keys(), scorer=fuzz.ratio, score_cutoff=likeness)
        return str(found[0]) if found else None

    def nearest_word(self, word: str, likeness: float) -> str | None:
        """The word of the reports most like this one, in small letters, if at least so much like it (0 to 100).

        One that has a capital wherever it stands may be a name, and has to be all but the same.
        """
        for words, least in ((self._words.any_case, max(likeness, ALL_BUT_SAME)), (self._words.lower_case, likeness)):
            if found := process.extractOne(word.lower(), words, scorer=fuzz.ratio, score_cutoff=least):
                return str(found[0])
        return None

    def has_word(self, word: str) -> bool:
        """Whether any text has this word, in whatever case."""
        return word.lower() in self._words.any_case

    def is_word(self, word: str) -> bool:
        """Whether any text has this word in lower case: what has never stood so is likely a name."""
        return word.lower() in self._words.lower_case
