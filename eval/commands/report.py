"""`python -m eval report`: one run as a page, as Markdown, or for a CI system."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.commands.shared import PROBLEMS, failed, out
from eval.report import as_html
from eval.report_text import junit, report_markdown
from eval.run_folder import load_run
from eval.thresholds import THRESHOLDS, load_thresholds


def report_command(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")],
    out_file: Annotated[Path | None, typer.Option("--out", help="The page; default: report.html in the run.")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Also write Markdown to this file.")] = None,
    junit_file: Annotated[Path | None, typer.Option("--junit", help="Also write JUnit XML to this file.")] = None,
    thresholds: Annotated[Path, typer.Option(help="File of thresholds, shown as goals.")] = THRESHOLDS,
) -> None:
    """Write a run as one page that opens offline: figures against goals, plots, and each question with its answer."""
    try:
        run = load_run(folder)
        page = out_file or folder / "report.html"
        page.write_text(as_html(run, load_thresholds(thresholds)), "utf-8")
        if markdown:
            markdown.write_text(report_markdown(run), "utf-8")
        if junit_file:
            junit_file.write_text(junit(run), "utf-8")
    except PROBLEMS as problem:
        raise failed(problem) from problem
    for written in (page, markdown, junit_file):
        if written:
            out.print(f"Written: {written}", markup=False)
