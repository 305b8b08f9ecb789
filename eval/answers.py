"""Answers to cases, written as they come, through the same chain that serves users."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from eval.cases import Case
from eval.rows import Row, load_rows, row_of
from index.embed import open_embedder
from index.sync import SyncProgress, sync
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

    A last line that a killed run left torn is dropped first. Gives all rows by case id.
    """
    done = load_rows(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_suffix(f"{out.suffix}.partial")
    partial.write_text("".join(f"{row.model_dump_json()}\n" for row in done.values()), "utf-8")
    partial.replace(out)
    with out.open("a", encoding="utf-8") as stream:
        for case in cases:
            if case.id in done:
                continue
            row = row_of(case.id, service.chain.invoke(case.question))
            stream.write(f"{row.model_dump_json()}\n")
            stream.flush()
            done[case.id] = row
            heard(case, row)
    return done
