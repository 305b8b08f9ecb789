"""`python -m index`: bring the index in step with the reports, say what it holds, search it, list its register."""

from __future__ import annotations

import dataclasses
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from corpus.report import Framework, ReportError, ReportKind
from corpus.screen import Screen, cell, shown
from index.embed import open_embedder
from index.inventory import SHOWN, Cell, Wanted, What, as_csv, chosen
from index.records import NOT_WRITTEN, IndexProblem, SyncCounts
from index.register import Register
from index.settings import IndexSettings
from index.weights import WeightsError, embedding_model
from index.weights_fetch import fetch

if TYPE_CHECKING:
    from index.search import Index
    from index.sync import SyncProgress

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
out, err = Screen(), Screen(stderr=True)
TEXTS = ("quote", "text", "problems")
UNFINISHED = (
    "A sync is running, or was not finished, so some rows are old or missing. "
    "If none is running, run `python -m index sync`."
)
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
        out.say_json(dataclasses.asdict(counts))
        return
    out.say(
        f"{counts.added} added, {counts.changed} changed, {counts.unchanged} unchanged, {counts.removed} removed; "
        f"{counts.passages:,} passages in the index."
    )
    for document, reason in counts.set_aside:
        out.say(f"Set aside: {document}: {reason}")
    if counts.passages == 0:
        out.say(f"There are no reports in {', '.join(map(str, folders))}. Put some there and sync again.")


@app.command()
def status(as_json: AsJson = False) -> None:
    """Say which reports the index holds and what is amiss with them."""
    settings = IndexSettings()
    index = _opened(settings)
    if as_json:
        out.say_json([dataclasses.asdict(source) for source in index.sources])
        return
    table = Table(
        Column("document", overflow="fold", ratio=3, min_width=12),
        Column("authority", overflow="fold", ratio=2, min_width=9),
        Column("kind", overflow="fold", ratio=1, min_width=10),
        Column("published", no_wrap=True, min_width=10),
        Column("passages", justify="right", no_wrap=True),
        Column("problems", overflow="fold", ratio=3, min_width=12),
        box=SIMPLE,
        show_edge=False,
    )
    for source in index.sources:
        when = source.published or source.year
        cells = (source.document, source.authority, source.kind, when, source.passages, " ".join(source.problems))
        table.add_row(*(cell(each, "?") for each in cells))
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
        out.say_json([dataclasses.asdict(hit) for hit in hits])
        return
    for number, hit in enumerate(hits, start=1):
        where = " / ".join(hit.passage.headings[-2:])
        out.say(f"{number}. {hit.source.authority} {hit.source.year}, {where}", style="bold")
        out.say(
            f"   score {hit.score:.4f}, by meaning {hit.dense_rank or '-'}, by words {hit.lexical_rank or '-'}",
            style="dim",
        )
        out.say(f"   {hit.passage.text}")
        out.say("")


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
    if as_csv_file and as_json:
        raise typer.BadParameter("Choose one of --csv and --json.")
    wanted = Wanted(what, authority, area, grade, since, kind, framework, earlier)
    try:
        with closing(Register(IndexSettings().register_at, reading=True)) as register:
            rows = chosen(register, wanted)
            unfinished = register.is_unfinished()
    except IndexProblem as problem:
        raise _failed(str(problem)) from problem
    if unfinished:
        err.say(UNFINISHED, style="yellow")
    if as_json:
        out.say_json(rows)
    elif as_csv_file:
        typer.echo(as_csv(rows, what), nl=False)
    elif rows:
        _print_rows(rows, what)
    else:
        out.say("Nothing in the register fits.")


def _print_rows(rows: list[dict[str, Cell]], what: What) -> None:
    columns = ("authority", "published", *SHOWN[what].split())
    # Of some reports only the year is known.
    dated = [row | {"published": row["published"] or row["inspection_end"] or row["year"]} for row in rows]
    # A column in which nothing stands only makes the others narrow.
    full = [name for name in columns if any(row[name] is not None for row in dated)]
    if out.is_narrow:
        for row in dated:
            _print_row({name: row[name] for name in full if row[name] is not None})
        return
    table = Table(*(Column(name.replace("_", " "), overflow="fold") for name in full), box=SIMPLE, show_edge=False)
    for row in dated:
        table.add_row(*(cell(row[name], "-") for name in full))
    out.print(table)


def _print_row(row: dict[str, Cell]) -> None:
    """A row as lines: whose and when, what, and its text below."""
    out.say(", ".join(str(row.pop(name)) for name in ("authority", "published") if name in row), style="bold")
    text = next((row.pop(name) for name in TEXTS if name in row), None)
    out.say("   " + ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in row.items()))
    if text:
        out.say(f"   {text}")


def _run_sync(folders: tuple[Path, ...], settings: IndexSettings) -> SyncCounts:
    # Both are slow to load, which a look into the register need not wait for.
    from corpus.folder import report_files  # noqa: PLC0415
    from index.sync import sync as sync_index  # noqa: PLC0415

    try:
        if settings.embedder == "embedded":
            fetch(embedding_model(), settings.models, local=settings.models_from)
        total = sum(len(report_files(folder)) for folder in folders if folder.is_dir())
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=err, transient=True) as progress:
            task = progress.add_task("Indexing reports", total=total)

            def heard(step: SyncProgress) -> None:
                done = f"{step.done}: {shown(step.document)[-50:]}"
                progress.update(task, advance=0 if step.done == "removed" else 1, description=done)

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
        raise _failed(NOT_WRITTEN.format(what="index", reason=error.strerror or error)) from error


def _opened(settings: IndexSettings) -> Index:
    from index.search import open_index  # noqa: PLC0415  (as above)

    try:
        return open_index(settings.index, open_embedder(settings), settings.register_at)
    except IndexProblem as problem:
        raise _failed(str(problem)) from problem


def _failed(message: str) -> typer.Exit:
    err.say(message, style="red")
    return typer.Exit(1)


if __name__ == "__main__":
    app()
