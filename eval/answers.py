"""Answers to cases, written as they come, through the same chain that serves users."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from eval.cases import Case
from eval.rows import Row, row_of
from eval.run_loop import answer_all
from index.embed import open_embedder
from index.sync import SyncProgress, sync
from rag.answer import Answer
from rag.history import follow
from rag.service import Service, open_service
from rag.settings import Settings


def open_for(
    corpus: tuple[Path, ...], settings: Settings, heard: Callable[[SyncProgress], None] = lambda _: None
) -> Service:
    """A service over these folders alone, in an index of their own below the data folder."""
    name = hashlib.sha256("|".join(str(folder.resolve()) for folder in corpus).encode()).hexdigest()[:12]
    own = settings.model_copy(update={"corpus": corpus, "index_name": f"eval-{name}"})
    sync(corpus, own.index, open_embedder(own), batch=own.embed_batch, heard=heard)
    return open_service(own)


def answer_cases(
    cases: Iterable[Case], service: Service, out: Path, heard: Callable[[Case, Row], None]
) -> dict[str, Row]:
    """Ask each case's question and append its answer to `out`, flushed as it goes; what `out` has is not asked again.

    The questions of a case's history are asked before it, each after the ones before, and their answers not kept.
    A last line that a killed run left torn is dropped first. Gives all rows by case id.
    """
    return answer_all(cases, lambda case: row_of(case.id, asked(case, service)), out, heard)


def asked(case: Case, service: Service) -> Answer:
    """The whole answer to a case's question, asked after its history as on the page."""
    answers: list[Answer] = []
    for question in (*case.history, case.question):
        *_, whole = follow(service, question, answers)
        answers.append(whole)
    return answers[-1]
