"""`python -m eval compare`: what changed between two runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from eval.bootstrap import Difference
from eval.commands.shared import PROBLEMS, AsJson, failed, out
from eval.compare import Change, Comparison, compare
from eval.run_folder import load_run

LONGEST_SHOWN, LEAST_SHOWN = 200, 0.001


def compare_command(
    before: Annotated[Path, typer.Argument(help="Folder of the earlier run.")],
    after: Annotated[Path, typer.Argument(help="Folder of the later run.")],
    fail_if_worse: Annotated[
        bool, typer.Option("--fail-if-worse", help="Exit with 1 when a measure is worse with p below 0.05.")
    ] = False,
    other: Annotated[bool, typer.Option("--other", help="Also list answers that changed and fare alike.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say, question by question and measure by measure, what a later run does better or worse than an earlier one."""
    try:
        found = compare(load_run(before), load_run(after))
    except PROBLEMS as problem:
        raise failed(problem) from problem
    if as_json:
        out.print_json(json.dumps(_plain(found)))
    else:
        _print(found, (Change.BETTER, Change.WORSE, Change.OTHER) if other else (Change.BETTER, Change.WORSE))
    raise typer.Exit(1 if fail_if_worse and found.worse else 0)


def _print(found: Comparison, listed: tuple[Change, ...]) -> None:
    for each in found.questions:
        if each.change in listed:
            out.print(f"\n{each.change}: {each.before.case.id} {each.before.case.question}", style="bold", markup=False)
            for name, row in zip(("before", "after"), each.rows, strict=True):
                text = " ".join(row.answer.split()) if row else "(no answer)"
                shown = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
                out.print(f"  {name}: {shown}", markup=False)
    counts = ", ".join(f"{found.counts[change]} {change}" for change in Change)
    out.print(f"\n{len(found.questions)} questions: {counts}.")
    if found.only_one:
        out.print(f"{found.only_one} questions stand in one run only, or were reworded, and are left out.")
    table = Table("measure", "n", "before", "after", "difference, 95 % interval", "p")
    for side in found.sides:
        mark = " worse" if side.is_worse else ""
        values = (f"{100 * value:.1f} %" for value in (side.before, side.after))
        change = _points(side.difference)
        table.add_row(
            side.measure.title, str(side.difference.count), *values, change, f"{_chance(side.difference.p_value)}{mark}"
        )
    out.print(table)
    if found.seconds:
        bounds = f"{found.seconds.low:+.2f} to {found.seconds.high:+.2f}"
        out.print(f"Mean seconds to the whole answer: {found.seconds.value:+.2f} ({bounds}).")


def _chance(p_value: float) -> str:
    return f"{p_value:.3f}" if p_value >= LEAST_SHOWN else f"<{LEAST_SHOWN}"


def _points(change: Difference) -> str:
    return f"{100 * change.value:+.1f} ({100 * change.low:+.1f} to {100 * change.high:+.1f})"


def _plain(found: Comparison) -> dict[str, object]:
    return {
        "counts": {str(change): found.counts[change] for change in Change},
        "questions": [{"id": each.before.case.id, "change": str(each.change)} for each in found.questions],
        "measures": [
            {
                "measure": side.measure.name,
                "before": side.before,
                "after": side.after,
                **vars(side.difference),
                "worse": side.is_worse,
            }
            for side in found.sides
        ],
        "seconds": vars(found.seconds) if found.seconds else None,
    }
