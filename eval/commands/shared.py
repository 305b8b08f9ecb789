"""What several commands need: consoles, options that mean the same everywhere, and how a problem is told."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from corpus.report import ReportError
from eval.cases import CaseError
from eval.run_loop import RunProblem
from eval.systems import SYSTEMS
from index.records import IndexProblem
from index.weights import WeightsError

out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)
PROBLEMS = (IndexProblem, ReportError, CaseError, RunProblem, WeightsError, OSError)

Cases = Annotated[Path, typer.Option(help="Questions, one JSON object a line.")]
Corpus = Annotated[list[Path] | None, typer.Option(help="Folder of reports; may be given several times.")]
Model = Annotated[str, typer.Option(help="none, embedded or NAME.")]
System = Annotated[str, typer.Option(help=f"Who answers: {', '.join(SYSTEMS)}.")]
Limit = Annotated[int | None, typer.Option(min=1, help="At most this many questions, drawn by --seed.")]
Seed = Annotated[int, typer.Option(help="For drawing questions under --limit.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def failed(problem: Exception) -> typer.Exit:
    """Tell a problem in its own words and end with status 1."""
    err.print(str(problem), style="red", markup=False)
    return typer.Exit(1)
