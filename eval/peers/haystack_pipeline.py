"""Haystack's first RAG pipeline, with its components' defaults. Needs the extra `peers`; sends no telemetry."""

# No `from __future__ import annotations`: Haystack reads the types of a component's inputs and outputs as they stand.
import os
from collections.abc import Sequence
from pathlib import Path

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from eval.peers.peer import PeerModel, Reply
from eval.peers.texts import kept_vectors, read_texts
from eval.plain_chain import Chunk
from index.embed import Embedder
from rag.models import ModelProblem

# Read when Haystack is imported, so it is set before.
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"

from haystack import Document, Pipeline, component
from haystack.components.builders import ChatPromptBuilder
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.core.errors import PipelineRuntimeError
from haystack.dataclasses import ChatMessage
from haystack.document_stores.in_memory import InMemoryDocumentStore

NAME = "file_path"
# The prompt of Haystack's tutorial "Creating Your First QA Pipeline with Retrieval-Augmentation" (Apache-2.0).
TEMPLATE = """
Given the following information, answer the question.

Context:
{% for document in documents %}
    {{ document.content }}
{% endfor %}

Question: {{question}}
Answer:
"""


class HaystackPeer:
    """The pipeline embedder, retriever, prompt, model over some folders of reports."""

    def __init__(self, folders: tuple[Path, ...], embedder: Embedder, model: PeerModel, kept: Path) -> None:
        """Vectors are kept below `kept`; raises ReportError when there is nothing to read."""
        store = InMemoryDocumentStore()
        store.write_documents(_documents(folders, embedder, kept))
        pipeline = Pipeline()
        pipeline.add_component("text_embedder", _OurEmbedder(embedder))
        pipeline.add_component("retriever", InMemoryEmbeddingRetriever(store))
        prompt = ChatPromptBuilder([ChatMessage.from_user(TEMPLATE)], required_variables="*")
        pipeline.add_component("prompt_builder", prompt)
        pipeline.add_component("llm", _OurGenerator(model))
        pipeline.connect("text_embedder.embedding", "retriever.query_embedding")
        pipeline.connect("retriever.documents", "prompt_builder.documents")
        pipeline.connect("prompt_builder.prompt", "llm.messages")
        self._pipeline = pipeline

    def reply(self, question: str) -> Reply:
        """As Peer."""
        asked = {"text_embedder": {"text": question}, "prompt_builder": {"question": question}}
        try:
            told = self._pipeline.run(asked, include_outputs_from={"retriever"})
        except PipelineRuntimeError as error:
            if isinstance(error.__cause__, ModelProblem):
                raise error.__cause__ from error
            raise
        chunks = tuple(Chunk(document.meta[NAME], document.content) for document in told["retriever"]["documents"])
        return Reply(told["llm"]["replies"][0].text, chunks)


def _documents(folders: tuple[Path, ...], embedder: Embedder, kept: Path) -> list[Document]:
    whole = [Document(content=text.whole, meta={NAME: text.document}) for text in read_texts(folders)]
    parts: Sequence[Document] = DocumentSplitter().run(documents=whole)["documents"]
    vectors = kept_vectors([part.content or "" for part in parts], embedder, kept)
    return [
        Document(content=part.content, meta=part.meta, embedding=vector.tolist())
        for part, vector in zip(parts, vectors, strict=True)
    ]


@component
class _OurEmbedder:
    """The project's embedder as a component."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @component.output_types(embedding=list[float])
    def run(self, text: str) -> dict[str, list[float]]:
        return {"embedding": self._embedder.embed([text])[0].tolist()}


@component
class _OurGenerator:
    """The project's language model as a component."""

    def __init__(self, model: PeerModel) -> None:
        self._model = model

    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage]) -> dict[str, list[ChatMessage]]:
        text = self._model.write([_message(message) for message in messages])
        return {"replies": [ChatMessage.from_assistant(text)]}


def _message(message: ChatMessage) -> BaseMessage:
    kind = SystemMessage if message.is_from("system") else HumanMessage
    return kind(message.text or "")
