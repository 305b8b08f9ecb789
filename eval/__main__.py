"""`python -m eval`: measure how far the answers can be trusted."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from corpus.report import ReportError
from eval.answers import answered_ids, open_for, write_answers
from eval.cases import Case, CaseError, load_cases
from index.records import IndexProblem
from rag.answer import Answer
from rag.settings import Settings

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)


@app.callback()
def main() -> None:
    """Keep `answers` a command of its own even while it is the only one."""


@app.command()
def answers(
    cases: Annotated[Path, typer.Option(help="Questions, one JSON object a line.")],
    corpus: Annotated[list[Path], typer.Option(help="Folder of reports; may be given several times.")],
    out_file: Annotated[Path, typer.Option("--out", help="File of answers; a run goes on where it stopped.")],
    model: Annotated[str, typer.Option(help="none, embedded or NAME.")] = "embedded",
    limit: Annotated[int | None, typer.Option(min=1, help="Answer at most this many, drawn by --seed.")] = None,
    seed: Annotated[int, typer.Option(help="For drawing cases under --limit.")] = 0,
) -> None:
    """Answer the questions of a file and write the answers for a scorer."""
    chosen = list(_loaded(cases))
    if limit and limit < len(chosen):
        chosen = random.Random(seed).sample(chosen, limit)  # noqa: S311  (a sample, not a secret)
    _answer(chosen, tuple(corpus), out_file, Settings(model=model))


def _answer(cases: list[Case], corpus: tuple[Path, ...], out_file: Path, settings: Settings) -> None:
    done = answered_ids(out_file)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=err, transient=True) as progress:
            task = progress.add_task("Indexing", total=None)
            service = open_for(corpus, settings)
            progress.update(task, description="Answering", total=len(cases), completed=len(done))

            def heard(_case: Case, _answer: Answer) -> None:
                progress.advance(task)

            write_answers([case for case in cases if case.id not in done], service, out_file, heard)
    except (IndexProblem, ReportError) as problem:
        err.print(str(problem), style="red", markup=False)
        raise typer.Exit(1) from problem


def _loaded(path: Path) -> tuple[Case, ...]:
    try:
        return load_cases(path)
    except CaseError as error:
        err.print(str(error), style="red", markup=False)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    app()
