"""`python -m corpus`: show how one report was understood, and check a folder before it is indexed."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from corpus.catalogue import load_catalogue
from corpus.pdf import PAGE_BREAK
from corpus.read import SetAside, read_folder, read_report, report_files
from corpus.report import Judgement, Report, ReportError, ReportKind, Statement

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
# Without emoji: a report that prints ":date:" means these letters.
out, err = Console(soft_wrap=True, emoji=False), Console(stderr=True, soft_wrap=True, emoji=False)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
UNKNOWN = "?"


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="A report as PDF, text or Markdown.")],
    as_json: AsJson = False,
) -> None:
    """Show one report as it was understood: who, when, which grades and statements, and what is amiss.

    What a catalogue.toml beside the file says of it counts, as it does for the index.
    """
    report = _read(file)
    if as_json:
        _print_json(_as_data(report))
        return
    out.print(report.title, style="bold", markup=False)
    out.print(_face(report))
    _print_found("Grades", "area grade page quote", report.judgements)
    _print_found("Statements", "subject value page quote", report.statements)
    for problem in report.problems:
        out.print(f"Problem: {problem}", markup=False)


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="A folder of reports; those below it count too.")],
    as_json: AsJson = False,
) -> None:
    """List the reports of a folder, what was not found in each, and which files were set aside and why."""
    reports, set_aside = _read_all(folder)
    if as_json:
        _print_json(
            {
                "reports": [_summary(report) for report in reports],
                "set_aside": [dataclasses.asdict(each) for each in set_aside],
            }
        )
        return
    if reports:
        out.print(_overview(reports))
    for report in reports:
        for problem in report.problems:
            out.print(f"Problem: {report.document}: {problem}", markup=False)
    for each in set_aside:
        out.print(f"Set aside: {each.document}: {each.reason}", markup=False)
    out.print(f"{len(reports)} read, {len(set_aside)} set aside.", markup=False)


def _read(file: Path) -> Report:
    if not file.exists():
        raise _failed(f"There is no file {file}. Check its name.")
    if not file.is_file():
        raise _failed(f"{file} is not a file. To look at a folder, use: python -m corpus check FOLDER")
    try:
        return read_report(file, entry=load_catalogue(file.parent).get(file.name))
    except ReportError as error:
        raise _failed(f"{file}: {error}") from error
    except OSError as error:
        raise _failed(f"{file} cannot be read: {error.strerror or error}.") from error


def _read_all(folder: Path) -> tuple[list[Report], list[SetAside]]:
    reports: list[Report] = []
    set_aside: list[SetAside] = []
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    try:
        with Progress(*columns, console=err, transient=True) as progress:
            task = progress.add_task("Reading reports", total=len(report_files(folder)) if folder.is_dir() else 0)
            for found in read_folder(folder):
                if isinstance(found, Report):
                    reports.append(found)
                else:
                    set_aside.append(found)
                progress.update(task, advance=1, description=f"Read: {found.document[-50:]}")
    except ReportError as error:
        raise _failed(str(error)) from error
    except OSError as error:
        raise _failed(f"The folder {folder} cannot be read: {error.strerror or error}.") from error
    return reports, set_aside


def _as_data(report: Report) -> dict[str, Any]:
    """A report as JSON has it, without its text."""
    names = ("document", "title", "authority", "kind", "inspection_start", "inspection_end", "published")
    inspector = next((each.value for each in report.statements if each.subject == "lead inspector"), None)
    return {
        **{name: getattr(report, name) for name in names},
        "lead_inspector": inspector,
        "pages": _pages(report),
        "judgements": [dataclasses.asdict(judgement) for judgement in report.judgements],
        "statements": [dataclasses.asdict(statement) for statement in report.statements],
        "problems": report.problems,
    }


def _pages(report: Report) -> int | None:
    """How many pages a report has; None when it is no PDF, where a form feed means nothing."""
    paged = any(block.page for block in report.blocks)
    return report.text.count(PAGE_BREAK) + 1 if paged else None


def _summary(report: Report) -> dict[str, Any]:
    # Not Report.date, which puts a report of which only the year is known in the middle of it.
    return {
        "document": report.document,
        "authority": report.authority,
        "kind": report.kind,
        "date": report.published or report.inspection_end or report.inspection_start,
        "year": report.year,
        "grades": len(report.judgements),
        "missing": list(_missing(report)),
        "problems": report.problems,
    }


def _missing(report: Report) -> Iterator[str]:
    """What a report of this kind should say and this one was not found to say."""
    if report.authority is None:
        yield "authority"
    if report.kind is not ReportKind.NEWS and not (report.inspection_start and report.inspection_end):
        yield "inspection dates"
    if report.published is None:
        yield "publication date"
    if report.kind is ReportKind.INSPECTION and not report.judgements:
        yield "grades"


def _face(report: Report) -> Table:
    table = Table(show_header=False, box=None)
    for name, value in _as_data(report).items():
        if name not in ("title", "judgements", "statements", "problems") and (name, value) != ("pages", None):
            table.add_row(name.replace("_", " "), escape(str(UNKNOWN if value is None else value)))
    return table


def _print_found(what: str, columns: str, found: Sequence[Judgement | Statement]) -> None:
    if not found:
        out.print(f"{what}: none found.")
        return
    table = Table(*columns.split(), title=what, title_justify="left")
    for each in found:
        cells = (getattr(each, column) for column in columns.split())
        table.add_row(*(escape(str("-" if cell is None else cell)) for cell in cells))
    out.print(table)


def _overview(reports: list[Report]) -> Table:
    table = Table("document", "authority", "kind", "date", "grades", "missing")
    for report in reports:
        row = _summary(report)
        date = row["date"] or row["year"]
        cells = (row["document"], row["authority"], row["kind"], date, row["grades"], ", ".join(row["missing"]) or "-")
        table.add_row(*(escape(str(UNKNOWN if cell is None else cell)) for cell in cells))
    return table


def _print_json(data: object) -> None:
    out.print_json(json.dumps(data, default=str))


def _failed(message: str) -> typer.Exit:
    err.print(message, style="red", markup=False)
    return typer.Exit(1)


if __name__ == "__main__":
    app()
