"""The command `python -m index register`: what was read in the reports, as a table, CSV or JSON."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.table import Column, Table

from corpus.report import Framework, ReportKind
from corpus.screen import cell
from index.console import AsJson, err, failed, out
from index.inventory import SHOWN, Cell, Wanted, What, as_csv, chosen
from index.records import IndexProblem
from index.register import Register
from index.settings import IndexSettings

TEXTS = ("quote", "text", "problems")
UNFINISHED = (
    "A sync is running, or was not finished, so some rows are old or missing. "
    "If none is running, run `python -m index sync`."
)


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
        raise failed(str(problem)) from problem
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
