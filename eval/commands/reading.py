"""`python -m eval reading`: how rightly and how fast a folder of reports is read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from corpus.folder import report_files
from eval.commands.shared import PROBLEMS, err, failed, out
from eval.reading import FIELDS, load_gold, measure
from rag.settings import Settings


def reading(
    reports: Annotated[Path, typer.Option(help="Folder of the reports that the gold file names.")],
    gold: Annotated[Path, typer.Option(help="What those reports say on their face, a JSON list.")],
    faults: Annotated[bool, typer.Option("--faults", help="Also print each difference.")] = False,
    processes: Annotated[
        int | None, typer.Option(min=1, help="Processes that read; default from the settings.")
    ] = None,
) -> None:
    """Read a folder of reports, compare grades, dates, figures and offices with a gold file, and time it."""
    try:
        wanted = load_gold(gold)
        with Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=err, transient=True
        ) as progress:
            task = progress.add_task("Reading", total=len(report_files(reports)))
            found = measure(wanted, reports, processes or Settings().processes, lambda _: progress.advance(task))
    except PROBLEMS as problem:
        raise failed(problem) from problem
    shown = Table("what", "asked", "found", "contradicted", "share found")
    for name in FIELDS:
        share = f"{100 * found.found[name] / found.asked[name]:.2f} %" if found.asked[name] else "-"
        shown.add_row(name, str(found.asked[name]), str(found.found[name]), str(found.contradicted[name]), share)
    out.print(shown)
    out.print(", ".join(f"{count:,} {name}" for name, count in found.rows.items() if not name.startswith("quotes")))
    out.print(f"{found.verbatim:,} of {found.quotes:,} quotes verbatim.")
    out.print(
        f"Read with {found.processes} processes in {found.seconds:.1f} s; bare text with one in {found.bare:.1f} s "
        f"({found.seconds / found.bare:.2f} times that); at most {found.megabytes:,.0f} MB in one process."
    )
    for fault in found.faults if faults else ():
        out.print(fault, markup=False)
