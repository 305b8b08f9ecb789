"""`python -m eval results`: the results of several runs as one Markdown page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.commands.shared import PROBLEMS, failed
from eval.results import as_markdown
from eval.run_folder import load_run


def results(
    runs: Annotated[list[Path], typer.Argument(help="Folders of runs.")],
    out_file: Annotated[Path | None, typer.Option("--out", help="File to write; default: print.")] = None,
) -> None:
    """Write the results of runs, with machine and date, as Markdown: what docs/results.md is made by."""
    try:
        text = as_markdown([load_run(folder) for folder in runs])
        if out_file:
            out_file.write_text(text, "utf-8")
            return
    except PROBLEMS as problem:
        raise failed(problem) from problem
    typer.echo(text, nl=False)
