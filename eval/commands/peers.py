"""`python -m eval peers`: this system and others over the same questions, in one table."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, TaskID
from rich.table import Table

from eval.cases import FACTS
from eval.commands.run import COLUMNS
from eval.commands.shared import PROBLEMS, AsJson, Cases, Corpus, Limit, Model, Seed, err, failed, out
from eval.peers.opening import roomy
from eval.peers.table import HEAD, READING, Standing, as_markdown, cells, standings
from eval.run import Heard, Wanted, run_cases
from eval.run_folder import Run, new_folder
from eval.systems import SYSTEMS, meant_by
from rag.settings import Settings

KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="Do not stop when the model is silent; such an answer counts as wrong.")
]


def peers_command(
    cases: Cases = FACTS,
    corpus: Corpus = None,
    systems: Annotated[
        list[str] | None, typer.Option(help=f"Only this system; may be given several times: {', '.join(SYSTEMS)}.")
    ] = None,
    model: Model = "embedded",
    limit: Limit = None,
    seed: Seed = 0,
    folder: Annotated[
        Path | None, typer.Option("--run", help="Folder of the runs; one that stopped goes on. Default: a new one.")
    ] = None,
    markdown: Annotated[Path | None, typer.Option(help="Also write the table as Markdown to this file.")] = None,
    keep_going: KeepGoing = False,
    as_json: AsJson = False,
) -> None:
    """Ask this system and others the same questions, with the same models, and set their figures side by side.

    The peers need the extra `peers`. Each system's answers are kept in a run of its own below the folder.
    """
    settings = roomy(Settings(model=model))
    folder = folder or new_folder(settings.data / "eval-runs", f"peers-{cases.stem}", model)
    err.print(f"Runs are kept in {folder}; with --run {folder} a stopped one goes on.", markup=False)
    wanted = Wanted(cases, tuple(corpus) if corpus else settings.corpus, limit, seed, keep_going=keep_going)
    try:
        runs = _runs(tuple(dict.fromkeys(systems or SYSTEMS)), wanted, settings, folder)
        table = standings(runs)
        if markdown:
            markdown.write_text(as_markdown(table, runs), "utf-8")
    except PROBLEMS as problem:
        raise failed(problem) from problem
    _print(table, as_json=as_json)


def _runs(names: tuple[str, ...], wanted: Wanted, settings: Settings, folder: Path) -> tuple[Run, ...]:
    # All names first: an unknown one is not to be told only when the others have run for hours.
    meant = [(name, *meant_by(name, settings)) for name in names]
    with Progress(*COLUMNS, console=err, transient=True) as progress:
        return tuple(
            _run(name, replace(wanted, system=system), own, folder / name, progress) for name, system, own in meant
        )


def _run(name: str, wanted: Wanted, settings: Settings, folder: Path, progress: Progress) -> Run:
    task: TaskID = progress.add_task(f"{name}: indexing", total=None)
    heard = Heard(
        begins=lambda count: progress.update(task, description=name, total=count),
        answered=lambda _case, _row: progress.advance(task),
    )
    return run_cases(wanted, settings, folder, heard)


def _print(table: tuple[Standing, ...], *, as_json: bool) -> None:
    if as_json:
        out.print_json(json.dumps([asdict(standing) for standing in table]))
        return
    shown = Table(*HEAD)
    for standing in table:
        shown.add_row(*cells(standing))
    out.print(shown)
    out.print(READING, markup=False)
