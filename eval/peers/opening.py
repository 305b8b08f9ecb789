"""The peers by name, opened over folders of reports; one whose library is missing says what to install."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from eval.cases import Case
from eval.peers.langchain_chain import LangChainPeer
from eval.peers.peer import Peer, PeerModel, answered, not_sent
from eval.rows import Row
from eval.run_loop import RunProblem
from index.embed import Embedder, open_embedder
from rag.models import open_writer
from rag.personal import withheld_from_model
from rag.settings import Settings

KEPT = "peers"
LANGCHAIN, LLAMA_INDEX, HAYSTACK = "langchain", "llama-index", "haystack"
PEERS = (LANGCHAIN, LLAMA_INDEX, HAYSTACK)
# Peers put up to ten chunks before the model: these are the room and the wait that they need on a slow machine.
CONTEXT_TOKENS, MODEL_SECONDS = 8_192, 600.0
NOT_INSTALLED = (
    'The system {name} is not installed ({error}). To measure it, run `.venv/bin/python -m pip install ".[peers]"`, '
    "or leave it out."
)
NO_MODEL = "The system {name} answers only with a language model. Name one with --model, for example --model embedded."


def open_peer(name: str, folders: tuple[Path, ...], settings: Settings) -> Callable[[Case], Row]:
    """What answers cases as the peer of this name, over these folders of reports and with the project's own models.

    A question that looks as if it held personal data is not sent to a model on another machine, unless the settings
    allow it. Raises RunProblem when the settings name no model or the peer's library is not installed, ReportError
    when there is nothing to read.
    """
    settings = roomy(settings)
    writer = open_writer(settings)
    if writer is None:
        raise RunProblem(NO_MODEL.format(name=name))
    model = PeerModel(writer)
    try:
        peer = _opened(name, folders, model, settings, open_embedder(settings))
    except ImportError as error:
        raise RunProblem(NOT_INSTALLED.format(name=name, error=error)) from error
    return partial(_answer, peer, model, folders, settings)


def roomy(settings: Settings) -> Settings:
    """The settings with as much context and patience as every peer needs; what is more already stays."""
    wider = {
        "context_tokens": max(settings.context_tokens, CONTEXT_TOKENS),
        "model_seconds": max(settings.model_seconds, MODEL_SECONDS),
    }
    return settings.model_copy(update=wider)


def _answer(peer: Peer, model: PeerModel, folders: tuple[Path, ...], settings: Settings, case: Case) -> Row:
    # Before the peer is asked at all: what it makes of a question on the way to the model is not ours to know.
    if withheld_from_model(case.question, settings):
        return not_sent(case, model)
    return answered(case, peer, model, folders)


def _opened(name: str, folders: tuple[Path, ...], model: PeerModel, settings: Settings, embedder: Embedder) -> Peer:
    kept = settings.data / KEPT / name
    if name == LLAMA_INDEX:
        from eval.peers.llama_index_engine import LlamaIndexPeer

        return LlamaIndexPeer(folders, embedder, model, settings, kept)
    if name == HAYSTACK:
        from eval.peers.haystack_pipeline import HaystackPeer

        return HaystackPeer(folders, embedder, model, kept)
    return LangChainPeer(folders, embedder, model, kept)
