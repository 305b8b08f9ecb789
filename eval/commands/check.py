"""`python -m eval check`: whether a file of questions can be relied on."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from eval.cases import FACTS
from eval.check import Checked, check
from eval.commands.shared import PROBLEMS, AsJson, Corpus, failed, out
from rag.settings import Settings


def check_command(
    file: Annotated[
        Path,
        typer.Argument(help="Questions, one JSON object a line; default: those of the project.", show_default=False),
    ] = FACTS,
    corpus: Corpus = None,
    as_json: AsJson = False,
) -> None:
    """Check a file of questions: each fault with its line. Exit with 1 when there is one."""
    try:
        found = check(file, tuple(corpus) if corpus else Settings().corpus)
    except PROBLEMS as problem:
        raise failed(problem) from problem
    if as_json:
        out.print_json(json.dumps(asdict(found)))
    else:
        _print(found, file)
    raise typer.Exit(1 if found.faults else 0)


def _print(found: Checked, file: Path) -> None:
    for fault in found.faults:
        out.print(f"{file.name}, line {fault.line}: {fault.message}", markup=False, highlight=False)
    told = _counted(len(found.faults), "fault") if found.faults else "no fault"
    drafted = f", {found.unreviewed:,} unreviewed" if found.unreviewed else ""
    out.print(f"{_counted(found.questions, 'question')}{drafted}, {told}.", markup=False)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
