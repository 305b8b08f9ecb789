"""The searches that are measured over the same reports: this project's, parts of it alone, and a plain chain."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path

from eval.plain_chain import open_plain_chain
from eval.ranking import DEPTH
from eval.retrieval import Piece, Search
from index.embed import open_embedder
from index.records import Passage
from index.retrieval.find import find
from index.search import Index
from rag.settings import Settings

PLAIN_CHAIN = "plain-chain"


class System(StrEnum):
    """A search, by its name on the command line."""

    OURS = "ours"
    DENSE = "dense"
    BM25 = "bm25"
    LANGCHAIN = "langchain"


ABOUT = {
    System.OURS: "this project's search",
    System.DENSE: "the same passages by their vectors alone, no filter",
    System.BM25: "the same passages by BM25 alone, no filter, no glossary",
    System.LANGCHAIN: "plain chain: chunks of 1,000 characters with 200 of overlap, same embedder, exact cosine",
}


def open_search(
    system: System,
    index: Index,
    reports: tuple[Path, ...],
    settings: Settings,
    heard: Callable[[int, int], None] = lambda _done, _all: None,
) -> Search:
    """One of the searches over the reports of an opened index; `heard` is told of chunks that are embedded for it."""
    if system is System.OURS:
        return lambda question: _pieces(item.hit.passage for item in find(question, index, DEPTH).passages)
    if system is System.DENSE:
        return lambda question: _pieces(index.by_meaning(question, DEPTH))
    if system is System.BM25:
        return lambda question: _pieces(index.by_words(question, DEPTH))
    chain = open_plain_chain(reports, open_embedder(settings), settings.data / PLAIN_CHAIN, heard)
    return lambda question: [Piece(chunk.document, chunk.text) for chunk in chain.search(question, DEPTH)]


def _pieces(passages: Iterable[Passage]) -> list[Piece]:
    return [Piece(item.document, f"{item.lead} {item.text}".strip()) for item in passages]
