"""The language models: the embedded one, any other by name, or none. Only this module knows their libraries."""

from __future__ import annotations

import atexit
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar, Protocol

import httpx
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_openai import ChatOpenAI
from openai import OpenAIError

from index.weights import ModelStatus, chat_model, status
from rag.settings import Settings

HEALTH_SECONDS = 10.0


class ModelProblem(RuntimeError):
    """The language model cannot be used or did not answer; the message says what happened and what to do."""


class Writer(Protocol):
    """What composing needs of a model."""

    @property
    def name(self) -> str:
        """The model's name for the answer's record."""

    @property
    def only_copies(self) -> bool:
        """Whether the model is to point out a quote and not to write: a small one copies well and writes badly."""

    def stream(self, messages: list[BaseMessage]) -> Iterator[str]:
        """The model's text as it comes; raises ModelProblem when it does not come."""


class ChatWriter:
    """A LangChain chat model, opened at first use so that a lookup never waits for one."""

    def __init__(self, name: str, opened: Callable[[], BaseChatModel], *, only_copies: bool = False) -> None:
        self.name = name
        self.only_copies = only_copies
        self._open = opened
        self._model: BaseChatModel | None = None
        self._lock = threading.Lock()

    def stream(self, messages: list[BaseMessage]) -> Iterator[str]:
        """The model's text as it comes; raises ModelProblem when it does not come."""
        model = self.ready()
        try:
            for chunk in model.stream(messages):
                yield str(chunk.text)
        except (OpenAIError, httpx.HTTPError, OSError, RuntimeError, ValueError) as error:
            raise ModelProblem(f"{self.name}: {type(error).__name__}: {error}") from error

    def ready(self) -> BaseChatModel:
        """The opened model; raises ModelProblem when it cannot be opened."""
        with self._lock:
            if self._model is None:
                self._model = self._open()
            return self._model


def open_writer(settings: Settings) -> ChatWriter | None:
    """The writer that the settings name, or None for 'none'."""
    name = settings.model
    if name == "none":
        return None
    if name == "embedded" or name.endswith(".gguf"):
        return ChatWriter(_embedded_name(name), lambda: _open_embedded(settings), only_copies=name == "embedded")
    return ChatWriter(name, lambda: _open_named(settings))


def _embedded_name(name: str) -> str:
    return chat_model().name if name == "embedded" else Path(name).name


def _open_named(settings: Settings) -> BaseChatModel:
    options: dict[str, Any] = {
        "temperature": 0,
        "max_tokens": settings.answer_tokens,
        "timeout": settings.model_seconds,
        "max_retries": 0,
    }
    if settings.model_url:
        options["base_url"] = settings.model_url
    try:
        model: BaseChatModel = init_chat_model(settings.model, **options)
    except (ImportError, ValueError, OpenAIError) as error:
        raise ModelProblem(
            f"The model '{settings.model}' cannot be opened: {error}. Name it as provider:model, for example "
            "'ollama:llama3.1', install the LangChain package of that provider, and set its key in the environment."
        ) from error
    return model


def _open_embedded(settings: Settings) -> BaseChatModel:
    path = _weights(settings)
    server = _Server.shared(path, settings)
    return ChatOpenAI(
        model="embedded",
        base_url=f"{server.address}/v1",
        api_key=server.key,
        temperature=0,
        max_completion_tokens=settings.answer_tokens,
        timeout=settings.model_seconds,
        max_retries=0,
    )


def _weights(settings: Settings) -> Path:
    if settings.model != "embedded":
        path = Path(settings.model).expanduser()
        if not path.is_file():
            raise ModelProblem(f"There is no model file {path}. Correct CHAPTER_VERSE_MODEL.")
        return path
    model = chat_model()
    found = status(model, settings.models)
    if found is not ModelStatus.PRESENT:
        raise ModelProblem(
            f"The language model is {found.value} in {settings.models}. Run `python -m rag models` to fetch it; "
            "until then, answers are the reports' own words."
        )
    return model.path_in(settings.models)


class _Server:
    """llama.cpp's OpenAI-compatible server inside this process, on a loopback port that the system chooses.

    One a model file and process; another process gets a port of its own and shares the file's pages in
    memory. The key keeps other users of the machine from using it.
    """

    _running: ClassVar[dict[Path, _Server]] = {}
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, path: Path, settings: Settings) -> None:
        # Here and not at the top: loading llama.cpp costs time and memory that `--model none` need not pay.
        import xllamacpp

        self.key = secrets.token_urlsafe(24)
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(path)
        parameters.n_ctx = settings.context_tokens
        parameters.n_parallel = 1
        parameters.port = 0
        parameters.api_keys = [self.key]
        parameters.verbosity = 0
        parameters.cpuparams.n_threads = settings.threads or _cores()
        try:
            self._server = xllamacpp.Server(parameters)
        except (RuntimeError, ValueError) as error:
            raise ModelProblem(
                f"The model file {path} cannot be loaded ({error}). Run `python -m rag models` to check and fetch "
                f"it again."
            ) from error
        self.address: str = self._server.listening_address
        self._check()

    @classmethod
    def shared(cls, path: Path, settings: Settings) -> _Server:
        """The server of this file in this process, started if there is none."""
        with cls._lock:
            if path not in cls._running:
                cls._running[path] = cls(path, settings)
                atexit.register(cls.stop, path)
            return cls._running[path]

    @classmethod
    def stop(cls, path: Path) -> None:
        """Stop the server of this file, if one runs; its destructor waits for the loop to end."""
        cls._running.pop(path, None)

    def _check(self) -> None:
        try:
            httpx.get(f"{self.address}/health", timeout=HEALTH_SECONDS).raise_for_status()
        except httpx.HTTPError as error:
            raise ModelProblem(
                f"The embedded model started but is not well ({error}). Start the program again."
            ) from error


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2
