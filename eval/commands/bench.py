"""`python -m eval bench`: how long a reader waits, and how much memory it takes."""

from __future__ import annotations

import json

from rich.table import Table

from eval.bench import Bench, bench
from eval.cases import FACTS, load_cases
from eval.commands.shared import PROBLEMS, AsJson, Cases, Limit, Model, Seed, failed, out
from eval.run import drawn
from rag.settings import Settings


def bench_command(
    cases: Cases = FACTS, model: Model = "embedded", limit: Limit = 12, seed: Seed = 1, as_json: AsJson = False
) -> None:
    """Measure the wait for evidence, for the model's first words and for the whole, and the memory taken."""
    try:
        found = bench(tuple(drawn(load_cases(cases), limit, seed)), Settings(model=model))
    except PROBLEMS as problem:
        raise failed(problem) from problem
    _print(found, as_json)


def _print(found: Bench, as_json: bool) -> None:
    if as_json:
        out.print_json(json.dumps(vars(found)))
        return
    shown = Table("what", "median", "worst")
    shown.add_row("open the service, ready to search", f"{found.opening:.2f} s", "")
    shown.add_row("question to evidence", *(f"{value:.3f} s" for value in found.evidence))
    if found.first_words:
        shown.add_row(
            "question to the model's first checked sentence", *(f"{value:.2f} s" for value in found.first_words)
        )
    shown.add_row("question to the whole answer", *(f"{value:.2f} s" for value in found.whole))
    shown.add_row("largest memory", f"{found.memory_megabytes:,.0f} MB", "")
    out.print(shown)
    out.print(f"{found.questions} questions.")
