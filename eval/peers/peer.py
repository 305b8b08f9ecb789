"""What a peer is, the one language model that all peers write with, and a peer's answer as a row."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from langchain_core.messages import BaseMessage

from corpus.pdf_layout import PAGE_BREAK
from eval.cases import Case
from eval.matching import find_document, letters, letters_by_page
from eval.peers.refusal import says_no
from eval.plain_chain import Chunk
from eval.rows import CitedQuote, Retrieved, Row
from rag.answer import Outcome
from rag.models import ModelProblem, Writer
from rag.wording import MODEL_SILENT

NOT_SENT = (
    "The question looks as if it held personal data, so it was not sent to the language model, which runs on another "
    "machine."
)


@dataclass(frozen=True)
class Reply:
    """A peer's answer and the chunks that it was made from, nearest first."""

    text: str
    chunks: tuple[Chunk, ...]


class Peer(Protocol):
    """Another system that answers from reports."""

    def reply(self, question: str) -> Reply:
        """Its answer to a question; raises ModelProblem when the language model does not answer."""


class PeerModel:
    """A language model as all peers use it: the same one, through the project's own client, and timed."""

    def __init__(self, writer: Writer) -> None:
        self.name = writer.name
        self.called: float | None = None
        self._writer = writer

    def forget(self) -> None:
        """Another question begins, for which the model has not been asked."""
        self.called = None

    def write(self, messages: list[BaseMessage]) -> str:
        """The model's whole text; notes in `called` when it was first asked. Raises ModelProblem."""
        self.called = self.called or time.perf_counter()
        return "".join(self._writer.stream(messages)).strip()


def answered(case: Case, peer: Peer, model: PeerModel, folders: tuple[Path, ...]) -> Row:
    """A peer's answer to a case's question alone, as a row: a plain chain knows no questions asked before.

    What it cites are the chunks that it was given, whole. Its evidence is there when the model is first asked, and
    its first sentence with its last, since it does not stream. Where the model is silent, so is the row.
    """
    model.forget()
    began = time.perf_counter()
    try:
        reply = peer.reply(case.question)
    except ModelProblem as problem:
        silent = MODEL_SILENT.format(reason=problem).partition(" This answer")[0]
        return Row(
            id=case.id, answer=silent, outcome=Outcome.FAILED.value, abstained=True, model=model.name, silent=True
        )
    ended = time.perf_counter()
    outcome = _outcome(reply.text)
    cited = tuple(_cited(reply.chunks, folders))
    return Row(
        id=case.id,
        answer=reply.text,
        outcome=outcome.value,
        abstained=outcome.abstained,
        citations=() if outcome.abstained else cited,
        seconds=round(ended - began, 4),
        seconds_to_evidence=round((model.called or ended) - began, 4),
        seconds_to_first=round(ended - began, 4),
        model=model.name,
        retrieved=tuple(Retrieved(document=item.document, page=item.page) for item in cited),
    )


def not_sent(case: Case, model: PeerModel) -> Row:
    """The row of a question that was kept from a model elsewhere: no answer, and no refusal that the peer gave."""
    return Row(id=case.id, answer=NOT_SENT, outcome=Outcome.FAILED.value, abstained=True, model=model.name)


def _outcome(text: str) -> Outcome:
    if not text:
        return Outcome.FAILED
    return Outcome.NOT_IN_REPORTS if says_no(text) else Outcome.ANSWERED


def _cited(chunks: tuple[Chunk, ...], folders: tuple[Path, ...]) -> Iterator[CitedQuote]:
    """The chunks as citations, each with the page it begins on; one that runs over three pages is cut at their ends."""
    for number, chunk in enumerate(chunks, start=1):
        whole = page_of(chunk.document, chunk.text, folders)
        parts = [chunk.text] if whole else chunk.text.split(PAGE_BREAK)
        for part in parts:
            if letters(part):
                page = whole or page_of(chunk.document, part, folders)
                yield CitedQuote(token=str(number), document=chunk.document, page=page, quote=part)


def page_of(document: str, text: str, folders: tuple[Path, ...]) -> int | None:
    """The page, from 1, on which a text stands or begins, if it ends on the next; None in a file without pages."""
    path = find_document(document, folders)
    if path is None or path.suffix.lower() != ".pdf":
        return None
    wanted, pages = letters(text), letters_by_page(path)
    for reach in (1, 2):
        for start in range(len(pages)):
            if wanted in "".join(pages[start : start + reach]):
                return start + 1
    return None
