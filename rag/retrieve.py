"""The index as a LangChain retriever."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.records import Hit
from index.search import Index


class PassageRetriever(BaseRetriever):
    """Finds passages by meaning and by words, within the documents given.

    `invoke` gives LangChain documents; `hits` gives the project's own records. `documents` None
    means all reports, an empty tuple none.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    count: int = 20
    documents: tuple[str, ...] | None = None

    def hits(self, question: str) -> tuple[Hit, ...]:
        """The passages that match best, best first."""
        return self.index.search(question, self.count, self.documents)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [as_document(hit) for hit in self.hits(query)]


def as_document(hit: Hit) -> Document:
    """A passage as LangChain has it, with its report and place as metadata."""
    return Document(
        id=hit.passage.id,
        page_content=hit.passage.text,
        metadata={
            "document": hit.passage.document,
            "page": hit.passage.page,
            "headings": list(hit.passage.headings),
            "authority": hit.source.authority,
            "year": hit.source.year,
            "score": hit.score,
        },
    )
