"""The index, opened for reading: passages by meaning and by words, grades and reports by their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.chroma_server import ChromaServer
from index.embed import Embedder
from index.glossary import expand
from index.lexical import LexicalIndex
from index.opening import opened
from index.records import Counted, Grade, Hit, Named, Passage, Recommended, Source, Stated
from index.register import Register
from index.repeated import repeated
from index.rerank import Weighing
from index.snapshot import searched_text
from index.vectors import Vectors, best_places

# Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009), k = 60 as there. On reports that say
# nearly the same in different words, BM25 finds the supporting passage more often than MiniLM does.
FUSION_K = 60
LEXICAL_WEIGHT, DENSE_WEIGHT = 0.65, 0.35
CANDIDATES = 40
QUERY_CACHE = 256
# Some 300 kB each.
REPORTS_CACHED = 128


@dataclass(frozen=True)
class Corpus:
    """What an index holds, read once: reports oldest first, the rows of each, and their passages.

    `grades` are the reports' own, `earlier_grades` those of earlier inspections that they only recall.
    """

    sources: tuple[Source, ...]
    grades: tuple[Grade, ...]
    earlier_grades: tuple[Grade, ...]
    statements: tuple[Stated, ...]
    figures: tuple[Counted, ...]
    recommendations: tuple[Recommended, ...]
    officers: tuple[Named, ...]
    passages: tuple[Passage, ...]


class Index:
    """Searches over one corpus. It is read-only and may be shared between threads."""

    def __init__(
        self,
        corpus: Corpus,
        store: Vectors,
        embedder: Embedder,
        lexical: LexicalIndex | None = None,
        weighing: Weighing | None = None,
    ) -> None:
        """`lexical` is the search by words over the corpus's passages, made here when it is not given."""
        self.reranker = weighing.cross_encoder if weighing else None
        self._sentences = (weighing and weighing.sentences) or embedder
        self.sources, self.grades, self.statements = corpus.sources, corpus.grades, corpus.statements
        self.earlier_grades, self.figures = corpus.earlier_grades, corpus.figures
        self.recommendations, self.officers = corpus.recommendations, corpus.officers
        self._passages = corpus.passages
        self._store = store
        self._embedder = embedder
        self._source = {source.document: source for source in corpus.sources}
        self._place = {passage.id: place for place, passage in enumerate(self._passages)}
        self._of_document: dict[str, list[Passage]] = {}
        for passage in self._passages:
            self._of_document.setdefault(passage.document, []).append(passage)
        self._repeated = repeated(self._passages, {source.document: source.authority for source in corpus.sources})
        self._shown = np.array([self.is_shown(passage) for passage in self._passages], dtype=bool)
        self._lexical = lexical or LexicalIndex([searched_text(passage) for passage in self._passages])
        self._vector_of: Callable[[str], np.ndarray] = lru_cache(QUERY_CACHE)(self._embed_question)
        self._vectors_of: Callable[[str], dict[str, np.ndarray]] = lru_cache(REPORTS_CACHED)(store.vectors)

    @property
    def embedder(self) -> str:
        """The name of the embedder whose vectors these are."""
        return self._embedder.name

    def passages(self, document: str) -> tuple[Passage, ...]:
        """The passages of a report in reading order."""
        return tuple(self._of_document.get(document, ()))

    def is_shown(self, passage: Passage) -> bool:
        """Whether a passage says something of its own report, and not what every report of its kind says."""
        return not passage.boilerplate and passage.id not in self._repeated

    def search(self, question: str, count: int = 10, documents: Iterable[str] | None = None) -> tuple[Hit, ...]:
        """The passages that best match a question, best first, within some documents only.

        Dense and lexical ranks are fused by reciprocal rank; what every report says is left out.
        """
        wanted = None if documents is None else frozenset(documents)
        lexical = {id_: rank for rank, id_ in enumerate(self._by_words(question, wanted), start=1)}
        near = self._store.nearest(self._vector_of(question), CANDIDATES, wanted) if self._passages else []
        dense = {id_: rank for rank, id_ in enumerate(self._visible(near), start=1)}
        scores = {
            id_: _fused(lexical.get(id_), LEXICAL_WEIGHT) + _fused(dense.get(id_), DENSE_WEIGHT)
            for id_ in {*lexical, *dense}
        }
        best = sorted(scores, key=lambda id_: (-scores[id_], id_))[:count]
        return tuple(self._hit(id_, scores[id_], dense.get(id_), lexical.get(id_)) for id_ in best)

    def by_meaning(self, question: str, count: int) -> tuple[Passage, ...]:
        """The passages of all reports whose vectors are nearest to the question's, nearest first, nothing left out."""
        ids = self._store.nearest(self._vector_of(question), count) if self._passages else []
        return tuple(self._passages[self._place[id_]] for id_ in ids if id_ in self._place)

    def by_words(self, question: str, count: int) -> tuple[Passage, ...]:
        """The passages of all reports that BM25 ranks first for the question's own words, nothing left out."""
        scores = self._lexical.scores(question)
        return tuple(self._passages[place] for place in best_places(scores, count) if scores[place] > 0)

    def within(self, question: str, documents: Iterable[str]) -> tuple[Hit, ...]:
        """Every passage of some documents but boilerplate, those that the search finds first and with their ranks."""
        wanted = tuple(documents)
        found = self.search(question, CANDIDATES, wanted)
        ids = {hit.passage.id for hit in found}
        rest = (
            Hit(passage, self._source[document], 0.0, None, None)
            for document in wanted
            for passage in self.passages(document)
            if self.is_shown(passage) and passage.id not in ids
        )
        return (*found, *rest)

    def nearness(self, question: str, passages: Sequence[Passage]) -> np.ndarray:
        """Cosine of the question with each passage, by the vectors that were stored; 0 where none is."""
        vector = self._vector_of(question)
        held = {document: self._vectors_of(document) for document in {passage.document for passage in passages}}
        rows = [held[passage.document].get(passage.id) for passage in passages]
        return np.array([0.0 if row is None else float(row @ vector) for row in rows], dtype=np.float32)

    def similarity(self, question: str, texts: list[str]) -> np.ndarray:
        """Cosine of the question with each text, by the index's own embedder."""
        return np.asarray(self._embedder.embed(texts) @ self._vector_of(question))

    def closeness(self, question: str, sentences: list[str]) -> np.ndarray:
        """Cosine of the question with each sentence, by the model of sentences: how well each answers it."""
        vectors = self._sentences.embed([question, *sentences])
        return np.asarray(vectors[1:] @ vectors[0])

    def frequency(self, stem: str) -> float:
        """The share of passages that hold a stemmed word, from 0 to 1."""
        return self._lexical.frequency(stem)

    def nearest(self, stem: str, likeness: float) -> str | None:
        """The stemmed word of the reports most like this one, if any is at least so much like it (0 to 100)."""
        return self._lexical.nearest(stem, likeness)

    def nearest_word(self, word: str, likeness: float) -> str | None:
        """The word of the reports most like this one, if any is at least so much like it (0 to 100)."""
        return self._lexical.nearest_word(word, likeness)

    def has_word(self, word: str) -> bool:
        """Whether the reports have this word anywhere, in whatever case."""
        return self._lexical.has_word(word)

    def is_word(self, word: str) -> bool:
        """Whether the reports use this word in lower case anywhere; a word that never stands so is likely a name."""
        return self._lexical.is_word(word)

    def _by_words(self, question: str, documents: frozenset[str] | None) -> list[str]:
        scores = np.where(self._shown, self._lexical.scores(expand(question)), 0.0)
        places = np.arange(len(scores))
        if documents is not None:
            places = np.array(
                [self._place[passage.id] for each in sorted(documents) for passage in self.passages(each)]
            )
            places = np.sort(places.astype(np.intp))
        best = places[best_places(scores[places], CANDIDATES)]
        return [self._passages[place].id for place in best if scores[place] > 0]

    def _visible(self, ids: Iterable[str]) -> list[str]:
        # A passage without a row in the register belongs to a report that is being replaced.
        return [id_ for id_ in ids if id_ in self._place and self.is_shown(self._passages[self._place[id_]])]

    def _hit(self, id_: str, score: float, dense: int | None, lexical: int | None) -> Hit:
        passage = self._passages[self._place[id_]]
        return Hit(passage, self._source[passage.document], score, dense, lexical)

    def _embed_question(self, question: str) -> np.ndarray:
        vector: np.ndarray = self._embedder.embed([question])[0]
        return vector


def open_index(
    folder: Path,
    embedder: Embedder,
    register: Path | str | None = None,
    weighing: Weighing | None = None,
    server: ChromaServer | None = None,
) -> Index:
    """Open the index below `folder` for reading; `register` is its register's file or address if elsewhere.

    From a `server` its state is brought first, when a sync elsewhere has changed it. It stays what it is while a sync
    changes the index. `weighing` holds the models that weigh sentences.
    Raises IndexProblem when nothing has been indexed there, or was by a program or an embedder that this is not.
    """
    with opened(folder, embedder, register, server) as state:
        return Index(_corpus(state.rows, state.passages), state.vectors, embedder, state.lexical, weighing)


def _corpus(rows: Register, passages: tuple[Passage, ...]) -> Corpus:
    return Corpus(
        rows.sources(),
        rows.grades(),
        rows.earlier_grades(),
        rows.statements(),
        rows.figures(),
        rows.recommendations(),
        rows.officers(),
        passages,
    )


def _fused(rank: int | None, weight: float) -> float:
    return weight / (FUSION_K + rank) if rank else 0.0
