"""`python -m eval`: measure how far the answers can be trusted."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from corpus.folder import report_files
from corpus.report import ReportError
from eval.answers import answer_cases, open_for
from eval.bench import Bench
from eval.bench import bench as measure_bench
from eval.cases import FACTS, Case, CaseError, load_cases
from eval.measures import Figures, Verdict, figures, judge
from eval.reading import FIELDS, load_gold, measure
from eval.rows import Row
from index.records import IndexProblem
from index.weights import WeightsError
from rag.settings import Settings

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)
PROBLEMS = (IndexProblem, ReportError, CaseError, WeightsError, OSError)

Cases = Annotated[Path, typer.Option(help="Questions, one JSON object a line.")]
Corpus = Annotated[list[Path] | None, typer.Option(help="Folder of reports; may be given several times.")]
Model = Annotated[str, typer.Option(help="none, embedded or NAME.")]
Limit = Annotated[int | None, typer.Option(min=1, help="At most this many questions, drawn by --seed.")]
Seed = Annotated[int, typer.Option(help="For drawing questions under --limit.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


@app.command()
def answers(
    cases: Cases,
    out_file: Annotated[Path, typer.Option("--out", help="File of answers; a run goes on where it stopped.")],
    corpus: Corpus = None,
    model: Model = "embedded",
    limit: Limit = None,
    seed: Seed = 0,
) -> None:
    """Answer the questions of a file and write the answers for a scorer."""
    try:
        rows = _answer(_drawn(load_cases(cases), limit, seed), corpus, out_file, model)
    except PROBLEMS as problem:
        raise _failed(problem) from problem
    out.print(f"{len(rows)} answers in {out_file}.", markup=False)


@app.command()
def run(
    cases: Cases = FACTS,
    corpus: Corpus = None,
    model: Model = "embedded",
    limit: Limit = None,
    seed: Seed = 0,
    least: Annotated[float, typer.Option(min=0, max=1, help="Exit with 1 when a smaller share is right.")] = 0.0,
    wrong: Annotated[bool, typer.Option("--wrong", help="Also print the questions answered wrongly.")] = False,
    as_json: AsJson = False,
) -> None:
    """Answer known questions afresh and say how many answers are right, sourced, supported and verbatim."""
    settings = Settings(model=model)
    kept = settings.data / "eval-runs" / f"{cases.stem}-{model.replace('/', '_').replace(':', '_')}.jsonl"
    kept.unlink(missing_ok=True)
    try:
        chosen = _drawn(load_cases(cases), limit, seed)
        rows = _answer(chosen, corpus, kept, model)
        folders = tuple(corpus) if corpus else settings.corpus
        verdicts = [judge(case, rows.get(case.id), folders) for case in chosen]
        table = figures(verdicts)
    except PROBLEMS as problem:
        raise _failed(problem) from problem
    _print_figures(table, as_json)
    if wrong:
        _print_wrong(verdicts, rows)
    raise typer.Exit(0 if table[-1].right >= least else 1)


@app.command()
def bench(
    cases: Cases = FACTS, model: Model = "embedded", limit: Limit = 12, seed: Seed = 1, as_json: AsJson = False
) -> None:
    """Measure the wait for evidence, for the model's first words and for the whole, and the memory taken."""
    try:
        found = measure_bench(tuple(_drawn(load_cases(cases), limit, seed)), Settings(model=model))
    except PROBLEMS as problem:
        raise _failed(problem) from problem
    _print_bench(found, as_json)


@app.command()
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
        raise _failed(problem) from problem
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


def _answer(cases: list[Case], corpus: list[Path] | None, out_file: Path, model: str) -> dict[str, Row]:
    settings = Settings(model=model)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("Indexing", total=None)
        service = open_for(tuple(corpus) if corpus else settings.corpus, settings)
        progress.update(task, description="Answering", total=len(cases))
        return answer_cases(cases, service, out_file, lambda _case, _row: progress.advance(task))


def _drawn(cases: tuple[Case, ...], limit: int | None, seed: int) -> list[Case]:
    if limit is None or limit >= len(cases):
        return list(cases)
    return random.Random(seed).sample(cases, limit)  # noqa: S311  (a sample, not a secret)


def _print_figures(table: list[Figures], as_json: bool) -> None:
    if as_json:
        out.print_json(json.dumps([vars(row) for row in table]))
        return
    shown = Table("kind", "n", "right", "sourced", "supported", "verbatim", "wrongly refused", "median s")
    for row in table:
        shares = (row.right, row.sourced, row.supported, row.verbatim, row.wrongly_refused)
        cells = ("-" if share is None else f"{100 * share:.1f} %" for share in shares)
        shown.add_row(row.kind, str(row.count), *cells, f"{row.seconds:.2f}")
    out.print(shown)


def _print_wrong(verdicts: list[Verdict], rows: dict[str, Row]) -> None:
    for verdict in verdicts:
        if not verdict.right:
            row = rows.get(verdict.case.id)
            out.print(f"\n{verdict.case.id} ({verdict.case.kind}): {verdict.case.question}", style="bold", markup=False)
            out.print(row.answer if row else "(no answer)", markup=False)


def _print_bench(found: Bench, as_json: bool) -> None:
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


def _failed(problem: Exception) -> typer.Exit:
    err.print(str(problem), style="red", markup=False)
    return typer.Exit(1)


if __name__ == "__main__":
    app()
