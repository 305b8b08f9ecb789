"""Answers to cases, through the same chain that serves users."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from eval.cases import Case
from eval.run_loop import RunProblem
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


def keep_to(system: str, model: str, out: Path) -> None:
    """Note beside a file of answers who writes it; raises RunProblem where it was begun by another system or model."""
    note = out.with_name(f".{out.name}.of")
    mine = f"{system}, model {model}"
    begun = note.read_text("utf-8") if note.exists() and out.exists() else mine
    if begun != mine:
        raise RunProblem(f"{out} holds answers of {begun}, and not of {mine}. Name another file with --out.")
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(mine, "utf-8")


def asked(case: Case, service: Service) -> Answer:
    """The whole answer to a case's question, asked after its history as on the page."""
    answers: list[Answer] = []
    for question in (*case.history, case.question):
        *_, whole = follow(service, question, answers)
        answers.append(whole)
    return answers[-1]
