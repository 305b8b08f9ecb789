"""`python -m corpus`: show how one report was understood, check a folder before it is indexed, bring reports in."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Column, Table

from corpus.add import Added, Refused
from corpus.add import add as add_reports
from corpus.authorities import by_name
from corpus.catalogue import Entry, load_catalogue
from corpus.download import Downloading
from corpus.folder import SetAside, Unchanged, read_folder, report_files
from corpus.overview import MISSING, as_data, summary
from corpus.read import read_report
from corpus.report import Report, ReportError, ReportKind
from corpus.settings import CorpusSettings

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
# Without emoji: a report that prints ":date:" means these letters.
out, err = Console(soft_wrap=True, emoji=False), Console(stderr=True, soft_wrap=True, emoji=False)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
UNKNOWN = "?"
SECTIONS = {
    "judgements": ("Grades", "area grade of page quote"),
    "figures": ("Figures", "subject value unit as_at period comparison page quote"),
    "recommendations": ("Recommendations", "number heading page text"),
    "officers": ("Officers", "role name since page quote"),
    "statements": ("Statements", "subject value page quote"),
}


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="A report as PDF, HTML, DOCX, text or Markdown.")],
    as_json: AsJson = False,
) -> None:
    """Show one report as it was understood: who, when, which grades, figures and so on, and what is amiss.

    What a catalogue.toml beside the file says of it counts, as it does for the index.
    """
    report = _read(file)
    found = as_data(report)
    if as_json:
        _print_json(found)
        return
    out.print(report.title, style="bold", markup=False)
    out.print(_face(found))
    for name, (heading, columns) in SECTIONS.items():
        _print_found(heading, columns.split(), found[name])
    for problem in report.problems:
        out.print(f"Problem: {problem}", markup=False)


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="A folder of reports; those below it count too.")],
    as_json: AsJson = False,
) -> None:
    """List the reports of a folder, what was not found in each, and which files were set aside and why."""
    reports, set_aside = _check_all(folder)
    if as_json:
        _print_json({"reports": reports, "set_aside": [dataclasses.asdict(each) for each in set_aside]})
        return
    if reports:
        out.print(_overview(reports))
    for report in reports:
        for problem in report["problems"]:
            out.print(f"Problem: {report['document']}: {problem}", markup=False)
    for each in set_aside:
        out.print(f"Set aside: {each.document}: {each.reason}", markup=False)
    missing = {what: sum(what in report["missing"] for report in reports) for what in MISSING}
    for what, count in missing.items():
        if count:
            out.print(f"Without {what}: {count}", markup=False)
    out.print(f"{len(reports)} read, {len(set_aside)} set aside.", markup=False)


@app.command()
def add(
    sources: Annotated[list[str], typer.Argument(help="Files, folders of files, http(s) addresses.")],
    to: Annotated[
        Path | None, typer.Option(help="The corpus folder; default: the first of CHAPTER_VERSE_CORPUS.")
    ] = None,
    authority: Annotated[str | None, typer.Option(help="Whose report it is, where it does not say so.")] = None,
    published: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When it was published, where it does not say so.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    kind: Annotated[ReportKind | None, typer.Option(help="Its kind.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    licence: Annotated[str | None, typer.Option(help="The licence under which it may be kept.")] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from addresses inside your own network too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring reports into the corpus folder. Each is read first; what is no report, or is there already, is refused.

    No file is replaced. What the options say, and the address of a download, goes into catalogue.toml. Addresses
    are fetched directly, without a proxy. Ends with 1 when anything was refused; the rest is added all the same.
    """
    day = published.date() if published else None
    said = Entry(
        file="",
        title=title,
        kind=kind,
        authority=_known(authority),
        published=day,
        publisher=publisher,
        licence=licence,
    )
    folder = to or CorpusSettings().corpus[0]
    results = _add_all(tuple(sources), folder, said, Downloading(allow_private=allow_private))
    added = [result for result in results if isinstance(result, Added)]
    refused = [result for result in results if isinstance(result, Refused)]
    if as_json:
        reports = [{"source": each.source, **summary(each.report)} for each in added]
        _print_json({"added": reports, "refused": [dataclasses.asdict(each) for each in refused]})
    elif added:
        out.print(f"In {folder} now. Next: python -m index sync", markup=False)
    if refused:
        raise typer.Exit(1)


def _add_all(sources: tuple[str, ...], folder: Path, said: Entry, downloading: Downloading) -> list[Added | Refused]:
    results: list[Added | Refused] = []
    try:
        for result in add_reports(sources, folder, said, downloading):
            results.append(result)
            if isinstance(result, Refused):
                err.print(f"Refused: {result.source}: {result.reason}", markup=False)
                continue
            found = summary(result.report)
            shown = (found["authority"], found["kind"], found["date"] or found["year"])
            face = ", ".join(str(UNKNOWN if each is None else each) for each in shown)
            err.print(f"Added: {found['document']}: {face}, grades: {found['grades']}", markup=False)
            for problem in found["problems"]:
                err.print(f"  Problem: {problem}", markup=False)
            if found["missing"]:
                err.print(f"  Not found: {', '.join(found['missing'])}", markup=False)
    except ReportError as error:
        raise _failed(str(error)) from error
    except OSError as error:
        raise _failed(f"The folder {folder} cannot be written: {error.strerror or error}.") from error
    return results


def _known(authority: str | None) -> str | None:
    """The name of the authority meant, so that a slip does not go into the catalogue."""
    if authority is None:
        return None
    if known := by_name(authority):
        return known.name
    raise _failed(f"No authority is called '{authority}'. Correct it, or write it into catalogue.toml if it is right.")


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


def _check_all(folder: Path) -> tuple[list[dict[str, Any]], list[SetAside]]:
    """What is said of each report; the reports themselves may be too many to hold."""
    reports: list[dict[str, Any]] = []
    set_aside: list[SetAside] = []
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    try:
        with Progress(*columns, console=err, transient=True) as progress:
            task = progress.add_task("Reading reports", total=len(report_files(folder)) if folder.is_dir() else 0)
            for found in read_folder(folder, processes=CorpusSettings().processes):
                if isinstance(found, Report):
                    reports.append(summary(found))
                elif not isinstance(found, Unchanged):
                    set_aside.append(found)
                progress.update(task, advance=1, description=f"Read: {found.document[-50:]}")
    except ReportError as error:
        raise _failed(str(error)) from error
    except OSError as error:
        raise _failed(f"The folder {folder} cannot be read: {error.strerror or error}.") from error
    return reports, set_aside


def _face(found: dict[str, Any]) -> Table:
    table = Table(show_header=False, box=None)
    for name, value in found.items():
        if name not in ("title", "problems", *SECTIONS) and (name, value) != ("pages", None):
            table.add_row(name.replace("_", " "), escape(str(UNKNOWN if value is None else value)))
    return table


def _print_found(what: str, columns: Sequence[str], found: Sequence[dict[str, Any]]) -> None:
    if not found:
        out.print(f"{what}: none found.")
        return
    # A column in which nothing stands only makes the others narrow.
    full = [name for name in columns if any(each[name] is not None for each in found)]
    headings = (Column(name.replace("_", " "), overflow="fold") for name in full)
    table = Table(*headings, title=what, title_justify="left")
    for each in found:
        table.add_row(*(escape("-" if each[name] is None else str(each[name])) for name in full))
    out.print(table)


def _overview(reports: list[dict[str, Any]]) -> Table:
    counts = ("grades", "figures", "recommendations", "officers")
    table = Table("document", "authority", "kind", "framework", "date", *counts, "missing")
    for row in reports:
        cells = (row["document"], row["authority"], row["kind"], row["framework"], row["date"] or row["year"])
        last = (*(row[count] for count in counts), ", ".join(row["missing"]) or "-")
        table.add_row(*(escape(str(UNKNOWN if cell is None else cell)) for cell in (*cells, *last)))
    return table


def _print_json(data: object) -> None:
    out.print_json(json.dumps(data, default=str))


def _failed(message: str) -> typer.Exit:
    err.print(message, style="red", markup=False)
    return typer.Exit(1)


if __name__ == "__main__":
    app()
