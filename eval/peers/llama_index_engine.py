"""LlamaIndex's default query engine: its own splitter, two nearest nodes, its own prompts. Needs the extra `peers`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from llama_index.core import Document, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.llms import CustomLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import MetadataMode
from pydantic import PrivateAttr

from eval.peers.peer import PeerModel, Reply
from eval.peers.texts import Text, kept_vectors, read_texts
from eval.plain_chain import Chunk
from index.embed import Embedder
from rag.settings import Settings

# As LlamaIndex's reader of folders: the path is shown to embedder and model, the page too in a file that has any.
PATH, PAGE = "file_path", "page_label"


class LlamaIndexPeer:
    """`VectorStoreIndex.as_query_engine()` with nothing set, over some folders of reports."""

    def __init__(
        self, folders: tuple[Path, ...], embedder: Embedder, model: PeerModel, settings: Settings, kept: Path
    ) -> None:
        """Vectors are kept below `kept`; raises ReportError when there is nothing to read."""
        documents = [document for text in read_texts(folders) for document in _documents(text)]
        nodes = SentenceSplitter().get_nodes_from_documents(documents)
        vectors = kept_vectors([node.get_content(MetadataMode.EMBED) for node in nodes], embedder, kept)
        for node, vector in zip(nodes, vectors, strict=True):
            node.embedding = vector.tolist()
        index = VectorStoreIndex(nodes, embed_model=_OurEmbedding(embedder))
        self._engine = index.as_query_engine(llm=_OurModel(model, settings))

    def reply(self, question: str) -> Reply:
        """As Peer."""
        response = self._engine.query(question)
        found = [scored.node for scored in response.source_nodes]
        chunks = tuple(Chunk(node.metadata[PATH], node.get_content(MetadataMode.NONE)) for node in found)
        return Reply(str(response), chunks)


def _documents(text: Text) -> Iterator[Document]:
    for number, page in enumerate(text.pages, start=1):
        paged = {PAGE: str(number)} if text.is_paged else {}
        yield Document(text=page, metadata={**paged, PATH: text.document})


class _OurEmbedding(BaseEmbedding):
    """The project's embedder as LlamaIndex asks for one."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    def _get_text_embedding(self, text: str) -> list[float]:
        vector: list[float] = self._embedder.embed([text])[0].tolist()
        return vector

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


class _OurModel(CustomLLM):
    """The project's language model as LlamaIndex asks for one: a chat model with this much room."""

    context_window: int
    num_output: int
    _model: PeerModel = PrivateAttr()

    def __init__(self, model: PeerModel, settings: Settings) -> None:
        super().__init__(context_window=settings.context_tokens, num_output=settings.answer_tokens)
        self._model = model

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(
            context_window=self.context_window,
            num_output=self.num_output,
            is_chat_model=True,
            model_name=self._model.name,
        )

    def chat(self, messages: Sequence[ChatMessage], **_: Any) -> ChatResponse:  # noqa: ANN401  (LlamaIndex's signature)
        text = self._model.write([_message(message) for message in messages])
        return ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=text))

    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:  # noqa: ANN401, ARG002, FBT
        return CompletionResponse(text=self._model.write([HumanMessage(prompt)]))

    def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponseGen:  # noqa: ANN401, FBT
        yield self.complete(prompt, formatted)


def _message(message: ChatMessage) -> BaseMessage:
    kind = SystemMessage if message.role is MessageRole.SYSTEM else HumanMessage
    return kind(message.content or "")
