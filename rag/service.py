"""The composition root: the one place where settings become an index, a model and a chain."""

from __future__ import annotations

from dataclasses import dataclass

from langchain_core.runnables import Runnable

from index.embed import open_embedder
from index.rerank import open_weighing
from index.search import Index, open_index
from index.snapshot import newest
from rag.answer import Answer
from rag.chain import Answerer
from rag.models import open_writer
from rag.settings import Settings


@dataclass(frozen=True)
class Service:
    """An opened service: the chain that answers, and the index and settings it was opened with."""

    chain: Runnable[str, Answer]
    index: Index
    settings: Settings


def open_service(settings: Settings | None = None) -> Service:
    """Open the index and the model that the settings name.

    Raises IndexProblem when there is no usable index. The model is opened at the first question that needs it.
    """
    settings = settings or Settings()
    weighing = open_weighing(settings)
    index = open_index(settings.index, open_embedder(settings), settings.register_at, weighing, settings.chroma_server)
    return Service(Answerer(index, settings, open_writer(settings)).runnable(), index, settings)


def index_state(settings: Settings | None = None) -> str:
    """A short name for what the index holds, cheap to ask; another one means that a sync has changed it."""
    return newest((settings or Settings()).index)
