"""The plain LangChain chain: recursive splitter, nearest four chunks, all of them stuffed into one prompt."""

from __future__ import annotations

from pathlib import Path

from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda

from eval.peers.peer import PeerModel, Reply
from eval.plain_chain import open_plain_chain
from index.embed import Embedder

# LangChain's default number of documents for a retriever over a vector store.
TOP = 4
# LangChain's own prompt for chat models in its question-answering chain of the type "stuff" (MIT licence).
INSTRUCTION = (
    "Use the following pieces of context to answer the user's question. \n"
    "If you don't know the answer, just say that you don't know, don't try to make up an answer.\n"
    "----------------\n{context}"
)
STUFF = ChatPromptTemplate.from_messages([("system", INSTRUCTION), ("human", "{question}")])
BETWEEN = "\n\n"


class LangChainPeer:
    """The chain over some folders of reports."""

    def __init__(self, folders: tuple[Path, ...], embedder: Embedder, model: PeerModel, kept: Path) -> None:
        """Chunks and vectors are kept below `kept`. Raises ReportError, IndexProblem as `open_plain_chain`."""
        self._search = open_plain_chain(folders, embedder, kept).search
        self._chain = STUFF | RunnableLambda(lambda prompt: model.write(prompt.to_messages()))

    def reply(self, question: str) -> Reply:
        """As Peer."""
        chunks = self._search(question, TOP)
        context = BETWEEN.join(chunk.text for chunk in chunks)
        return Reply(self._chain.invoke({"context": context, "question": question}), chunks)
