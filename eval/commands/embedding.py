"""`python -m eval embedding`: how quickly passages are embedded, beside LangChain's default."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from eval.commands.shared import PROBLEMS, AsJson, Corpus, Seed, err, failed, out
from eval.embedding import Speed, measure, texts_of
from eval.machine import machine
from rag.settings import Settings


def embedding_command(
    corpus: Corpus = None,
    count: Annotated[int, typer.Option(min=1, help="At most this many passages, drawn by --seed.")] = 800,
    rounds: Annotated[int, typer.Option(min=1, help="How often each takes its turn.")] = 5,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Embed the same passages with LangChain's HuggingFaceEmbeddings and with this project's embedder, in turns."""
    try:
        texts = texts_of(tuple(corpus) if corpus else Settings().corpus, count, seed)
        with err.status(f"Embedding {len(texts):,} passages {rounds} times with each."):
            found = measure(texts, rounds)
    except PROBLEMS as problem:
        raise failed(problem) from problem
    if as_json:
        told = {"passages": len(texts), "rounds": rounds, "machine": str(machine())}
        out.print_json(json.dumps({**told, "systems": [asdict(speed) for speed in found]}))
        return
    _print(found)
    out.print(f"{len(texts):,} passages, {rounds} rounds, in turns. {machine()}.", markup=False)


def _print(found: tuple[Speed, ...]) -> None:
    shown = Table("embedder", "passages a second", "times", "least cosine", "mean cosine", "one question")
    for speed in found:
        times, least, most = speed.ratio
        shown.add_row(
            speed.system,
            f"{speed.passages_a_second:.1f}",
            f"{times:.2f} ({least:.2f} to {most:.2f})",
            *(f"{cosine:.5f}" for cosine in speed.cosine),
            f"{speed.question_milliseconds:.1f} ms",
        )
    out.print(shown)
