"""`python -m index`: bring the index in step with the reports, say what it holds, search it, list its register."""

from __future__ import annotations

import dataclasses
import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from corpus.report import Framework, ReportError, ReportKind
from index.embed import open_embedder
from index.inventory import SHOWN, Wanted, What, as_csv, chosen
from index.records import NOT_WRITTEN, IndexProblem, SyncCounts
from index.register import Register
from index.settings import IndexSettings
from index.weights import WeightsError, embedding_model
from index.weights_fetch import fetch

if TYPE_CHECKING:
    from index.search import Index
    from index.sync import SyncProgress

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


@app.command()
def sync(
    corpus: Annotated[list[Path] | None, typer.Option(help="Folder of reports; may be given several times.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read new and changed reports, drop removed ones. Unchanged reports cost nothing."""
    settings = IndexSettings()
    folders = tuple(corpus) if corpus else settings.corpus
    counts = _run_sync(folders, settings)
    if as_json:
        out.print_json(json.dumps(dataclasses.asdict(counts)))
        return
    out.print(
        f"{counts.added} added, {counts.changed} changed, {counts.unchanged} unchanged, {counts.removed} removed; "
        f"{counts.passages:,} passages in the index."
    )
    for document, reason in counts.set_aside:
        out.print(f"Set aside: {document}: {reason}", markup=False)
    if counts.passages == 0:
        out.print(
            f"There are no reports in {', '.join(map(str, folders))}. Put some there and sync again.", markup=False
        )


@app.command()
def status(as_json: AsJson = False) -> None:
    """Say which reports the index holds and what is amiss with them."""
    settings = IndexSettings()
    index = _opened(settings)
    if as_json:
        out.print_json(json.dumps([dataclasses.asdict(source) for source in index.sources], default=str))
        return
    table = Table("document", "authority", "kind", "published", "passages", "problems")
    for source in index.sources:
        table.add_row(
            escape(source.document),
            escape(source.authority or "?"),
            source.kind.value,
            str(source.published or source.year or "?"),
            str(source.passages),
            escape(" ".join(source.problems)),
        )
    out.print(table)


@app.command()
def search(
    question: Annotated[str, typer.Argument(help="What to look for, in plain words.")],
    count: Annotated[int, typer.Option(min=1, max=100, help="How many passages.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Show the passages that match best, with their rank by meaning and by words."""
    hits = _opened(IndexSettings()).search(question, count)
    if as_json:
        out.print_json(json.dumps([dataclasses.asdict(hit) for hit in hits], default=str, ensure_ascii=False))
        return
    for number, hit in enumerate(hits, start=1):
        where = " / ".join(hit.passage.headings[-2:])
        out.print(f"{number}. {hit.source.authority} {hit.source.year}, {where}", style="bold", markup=False)
        out.print(
            f"   score {hit.score:.4f}, by meaning {hit.dense_rank or '-'}, by words {hit.lexical_rank or '-'}",
            style="dim",
        )
        out.print(f"   {hit.passage.text}\n", markup=False)


@app.command("register")
def list_register(
    authority: Annotated[str | None, typer.Option(help="An authority, trust or alias; slips are forgiven.")] = None,
    area: Annotated[str | None, typer.Option(help="An area: overall, help_protection, in_care …")] = None,
    grade: Annotated[str | None, typer.Option(help="A grade in its normal form: requires improvement, good …")] = None,
    since: Annotated[int | None, typer.Option(min=1990, max=2100, help="Only reports of this year and later.")] = None,
    kind: Annotated[ReportKind | None, typer.Option(help="Only reports of this kind.")] = None,
    framework: Annotated[
        Framework | None, typer.Option(case_sensitive=False, help="Only reports under these rules.")
    ] = None,
    what: Annotated[What, typer.Option(help="What to list.")] = What.GRADES,
    earlier: Annotated[
        bool, typer.Option("--earlier", help="The grades of earlier inspections that reports recall, not their own.")
    ] = False,
    as_csv_file: Annotated[
        bool, typer.Option("--csv", help="Print CSV. Texts are not altered: import them into a sheet as text.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List what was read in the reports, with page and quote: grades, figures, recommendations, officers.

    docs/register.md describes the register for those who would rather ask it in SQL.
    """
    wanted = Wanted(what, authority, area, grade, since, kind, framework, earlier)
    try:
        with closing(Register(IndexSettings().register_at, reading=True)) as register:
            rows = chosen(register, wanted)
            unfinished = len({recipe.split("-")[0] for _, recipe in register.recipes().values()}) > 1
    except IndexProblem as problem:
        raise _failed(str(problem)) from problem
    if unfinished:
        err.print("A sync was not finished, so some rows are old. Run `python -m index sync`.", style="yellow")
    if as_json:
        out.print_json(json.dumps(rows, ensure_ascii=False))
    elif as_csv_file:
        typer.echo(as_csv(rows, what), nl=False)
    elif rows:
        out.print(_table(rows, what))
    else:
        out.print("Nothing in the register fits.")


def _table(rows: list[dict[str, str | int | None]], what: What) -> Table:
    columns = ("authority", "published", *SHOWN[what].split())
    table = Table(*(Column(name.replace("_", " "), overflow="fold") for name in columns))
    for row in rows:
        # Of some reports only the year is known.
        shown = row | {"published": row["published"] or row["inspection_end"] or row["year"]}
        table.add_row(*(escape("-" if shown[name] is None else str(shown[name])) for name in columns))
    return table


def _run_sync(folders: tuple[Path, ...], settings: IndexSettings) -> SyncCounts:
    # Both are slow to load, which a look into the register need not wait for.
    from corpus.folder import report_files  # noqa: PLC0415
    from index.sync import sync as sync_index  # noqa: PLC0415

    try:
        if settings.embedder == "embedded":
            fetch(embedding_model(), settings.models, local=settings.models_from)
        total = sum(len(report_files(folder)) for folder in folders if folder.is_dir())
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=err, transient=True) as progress:
            task = progress.add_task("Indexing reports", total=total)

            def heard(step: SyncProgress) -> None:
                progress.update(
                    task, advance=0 if step.done == "removed" else 1, description=f"{step.done}: {step.document[-50:]}"
                )

            return sync_index(
                folders,
                settings.index,
                open_embedder(settings),
                batch=settings.embed_batch,
                processes=settings.processes,
                register=settings.register_at,
                heard=heard,
            )
    except (IndexProblem, ReportError, WeightsError) as problem:
        raise _failed(str(problem)) from problem
    except OSError as error:
        raise _failed(NOT_WRITTEN.format(what="index", reason=error)) from error


def _opened(settings: IndexSettings) -> Index:
    from index.search import open_index  # noqa: PLC0415  (as above)

    try:
        return open_index(settings.index, open_embedder(settings), settings.register_at)
    except IndexProblem as problem:
        raise _failed(str(problem)) from problem


def _failed(message: str) -> typer.Exit:
    err.print(message, style="red", markup=False)
    return typer.Exit(1)


if __name__ == "__main__":
    app()
