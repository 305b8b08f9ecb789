"""The index as a LangChain retriever."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.records import Passage
from index.retrieval.asked import Asked
from index.retrieval.candidates import Candidate
from index.retrieval.find import Found, Ranked, find, weighed
from index.search import Index
from rag.screen import gives_orders


class PassageRetriever(BaseRetriever):
    """Finds the passages that answer a question, of the authority and date that it names, within the documents given.

    `invoke` gives LangChain documents, `found` the project's own records, `sentences` what the chain chooses its
    evidence from. `documents` None means all reports, an empty tuple none. A passage that gives orders to whoever
    reads it is passed over.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    count: int = 20
    documents: tuple[str, ...] | None = None

    def found(self, question: str) -> Found:
        """How the question was taken, where was looked, and the passages, best first."""
        return find(question, self.index, self.count, self.documents, _is_finding)

    def sentences(self, question: str, asked: Asked) -> tuple[Candidate, ...]:
        """The sentences of the documents weighed against a question that was taken apart, best first."""
        documents = (
            tuple(source.document for source in self.index.sources) if self.documents is None else self.documents
        )
        return weighed(question, asked, documents, self.index, searched=self.count, allowed=_is_finding)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [as_document(ranked) for ranked in self.found(query).passages]


def as_document(ranked: Ranked) -> Document:
    """A passage as LangChain has it, with its report, its place and its best sentence as metadata."""
    passage, source = ranked.hit.passage, ranked.hit.source
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "document": passage.document,
            "page": passage.page,
            "headings": list(passage.headings),
            "authority": source.authority,
            "year": source.year,
            "best_sentence": ranked.best.text if ranked.best else None,
            "score": ranked.best.score if ranked.best else None,
        },
    )


def _is_finding(passage: Passage) -> bool:
    return not gives_orders(passage.text)
