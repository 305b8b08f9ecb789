"""Answers to cases, written as they come, through the same chain that serves users."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from eval.cases import Case
from index.embed import open_embedder
from index.sync import SyncProgress, sync
from rag.answer import Answer
from rag.record import Json, citation
from rag.service import Service, open_service
from rag.settings import Settings


def open_for(corpus: tuple[Path, ...], settings: Settings, heard: Callable[[SyncProgress], None] = lambda _: None) -> Service:
    """A service over these folders alone, in an index of their own below the data folder."""
    name = hashlib.sha256("|".join(str(folder.resolve()) for folder in corpus).encode()).hexdigest()[:12]
    own = settings.model_copy(update={"corpus": corpus, "index_name": f"eval-{name}"})
    sync(corpus, own.index, open_embedder(own), batch=own.embed_batch, heard=heard)
    return open_service(own)


def answered_ids(out: Path) -> set[str]:
    """Ids that a file of answers already has, so that a run goes on where it stopped; a torn last line is dropped."""
    if not out.exists():
        return set()
    kept, ids = [], set()
    for line in out.read_text("utf-8").splitlines(keepends=True):
        try:
            ids.add(json.loads(line)["id"])
        except (json.JSONDecodeError, KeyError):
            continue
        kept.append(line if line.endswith("\n") else line + "\n")
    partial = out.with_suffix(out.suffix + ".partial")
    partial.write_text("".join(kept), "utf-8")
    partial.replace(out)
    return ids


def write_answers(cases: Iterable[Case], service: Service, out: Path, heard: Callable[[Case, Answer], None]) -> None:
    """Ask each case's question and append its answer to `out`, a JSON object a line, flushed as it goes."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("a", encoding="utf-8") as stream:
        for case in cases:
            answer = service.chain.invoke(case.question)
            stream.write(json.dumps(as_row(case.id, answer), ensure_ascii=False) + "\n")
            stream.flush()
            heard(case, answer)


def as_row(case_id: str, answer: Answer) -> dict[str, Json]:
    """An answer in the form that the scorer reads."""
    fields = ("token", "document", "page", "quote")
    return {
        "id": case_id,
        "answer": answer.text,
        "outcome": answer.outcome.value,
        "abstained": answer.outcome.abstained,
        "citations": [{key: citation(item)[key] for key in fields} for item in answer.citations],
        "seconds": round(answer.timing.total, 4),
        "seconds_to_evidence": round(answer.timing.evidence or 0.0, 4),
        "seconds_to_first": round(answer.timing.first or 0.0, 4),
        "model": answer.model,
        "withheld": len(answer.withheld),
        "retrieved": [{"document": item.source.document, "page": item.page} for item in answer.evidence],
    }
