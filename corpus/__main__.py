"""`python -m corpus`: show how one report was understood, check a folder before it is indexed, bring reports in."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Column, Table

from corpus.add import Added, Refused
from corpus.add import add as add_reports
from corpus.authorities import by_name
from corpus.catalogue import Entry, entry_of
from corpus.download import Downloading
from corpus.folder import SetAside, Unchanged, read_folder, report_files
from corpus.overview import MISSING, as_data, summary
from corpus.read import read_report
from corpus.report import Report, ReportError, ReportKind
from corpus.screen import Screen, cell, shown
from corpus.settings import CorpusSettings

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
out, err = Screen(), Screen(stderr=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
UNKNOWN = "?"
LEAST_COLUMNS = {"document": 16, "authority": 10, "kind": 11, "framework": 11, "date": 10}
NOT_SHOWN: tuple[tuple[str, object], ...] = (("pages", None), ("ocr_pages", []))
# Of each, only a number is listed.
COUNTS = {"grades": "G", "figures": "F", "recommendations": "R", "officers": "O"}
CAPTION = ", ".join(f"{short} {name}" for name, short in COUNTS.items())
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

    What a catalogue.toml beside the file says of it counts, and so does one above it in a corpus folder.
    """
    report = _read(file)
    found = as_data(report)
    if as_json:
        out.say_json(found)
        return
    out.say(report.title, style="bold")
    out.print(_face(found))
    for name, (heading, columns) in SECTIONS.items():
        _print_found(heading, columns.split(), found[name])
    for problem in report.problems:
        out.say(f"Problem: {problem}")


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="A folder of reports; those below it count too.")],
    as_json: AsJson = False,
) -> None:
    """List the reports of a folder, what was not found in each, and which files were set aside and why."""
    reports, set_aside = _check_all(folder)
    if as_json:
        out.say_json({"reports": reports, "set_aside": [dataclasses.asdict(each) for each in set_aside]})
        return
    if reports:
        out.print(_overview(reports))
    for report in reports:
        if out.is_narrow and report["missing"]:
            out.say(f"Not found: {report['document']}: {', '.join(report['missing'])}")
        for problem in report["problems"]:
            out.say(f"Problem: {report['document']}: {problem}")
    for each in set_aside:
        out.say(f"Set aside: {each.document}: {each.reason}")
    missing = {what: sum(what in report["missing"] for report in reports) for what in MISSING}
    for what, count in missing.items():
        if count:
            out.say(f"Without {what}: {count}")
    out.say(f"{len(reports)} read, {len(set_aside)} set aside.")


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
        out.say_json({"added": reports, "refused": [dataclasses.asdict(each) for each in refused]})
    elif added:
        out.say(f"In {folder} now. Next: python -m index sync")
    if refused:
        raise typer.Exit(1)


def _add_all(sources: tuple[str, ...], folder: Path, said: Entry, downloading: Downloading) -> list[Added | Refused]:
    results: list[Added | Refused] = []
    try:
        for result in add_reports(sources, folder, said, downloading):
            results.append(result)
            if isinstance(result, Refused):
                err.say(f"Refused: {result.source}: {result.reason}")
                continue
            found = summary(result.report)
            shown = (found["authority"], found["kind"], found["date"] or found["year"])
            face = ", ".join(str(UNKNOWN if each is None else each) for each in shown)
            err.say(f"Added: {found['document']}: {face}, grades: {found['grades']}")
            for problem in found["problems"]:
                err.say(f"  Problem: {problem}")
            if found["missing"]:
                err.say(f"  Not found: {', '.join(found['missing'])}")
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
    try:
        if not file.exists():
            raise _failed(f"There is no file {file}. Check its name.")
        if not file.is_file():
            raise _failed(f"{file} is not a file. To look at a folder, use: python -m corpus check FOLDER")
        return read_report(file, entry=_entry(file.absolute()))
    except ReportError as error:
        raise _failed(f"{file}: {error}") from error
    except OSError as error:
        raise _failed(f"{file} cannot be read: {error.strerror or error}.") from error


def _entry(file: Path) -> Entry | None:
    """What the catalogues say of a file: for one in a corpus folder those up to it, else the one beside the file."""
    folders = [folder.absolute() for folder in CorpusSettings().corpus]
    return entry_of(file, next((folder for folder in folders if folder in file.parents), file.parent))


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
                progress.update(task, advance=1, description=f"Read: {shown(found.document)[-50:]}")
    except ReportError as error:
        raise _failed(str(error)) from error
    except OSError as error:
        raise _failed(f"The folder {folder} cannot be read: {error.strerror or error}.") from error
    return reports, set_aside


def _face(found: dict[str, Any]) -> Table:
    table = Table(show_header=False, box=None)
    for name, value in found.items():
        if name not in ("title", "problems", "page_labels", *SECTIONS) and (name, value) not in NOT_SHOWN:
            table.add_row(name.replace("_", " "), cell(value, UNKNOWN))
    return table


def _print_found(what: str, columns: Sequence[str], found: Sequence[dict[str, Any]]) -> None:
    if not found:
        out.say(f"{what}: none found.")
        return
    # A column in which nothing stands only makes the others narrow.
    full = [name for name in columns if any(each[name] is not None for each in found)]
    headings = (Column(name.replace("_", " "), overflow="fold") for name in full)
    table = Table(*headings, title=what, title_justify="left")
    for each in found:
        table.add_row(*(cell(each[name], "-") for name in full))
    out.print(table)


def _overview(reports: list[dict[str, Any]]) -> Table:
    """The reports in a line each; in a narrow window without what can be said below it."""
    names = ("document", "authority", "kind", *(() if out.is_narrow else ("framework",)), "date", *COUNTS)
    table = Table(*map(_column, names), box=SIMPLE, show_edge=False, caption=CAPTION, caption_justify="left")
    if not out.is_narrow:
        table.add_column("missing", overflow="fold", min_width=14)
    for row in reports:
        cells = [row["date"] or row["year"] if name == "date" else row[name] for name in names]
        missing = [] if out.is_narrow else [", ".join(row["missing"]) or "-"]
        table.add_row(*(cell(each, UNKNOWN) for each in (*cells, *missing)))
    return table


def _column(name: str) -> Column:
    if name in COUNTS:
        return Column(COUNTS[name], justify="right", no_wrap=True)
    return Column(name, no_wrap=name == "date", overflow="fold", min_width=LEAST_COLUMNS[name])


def _failed(message: str) -> typer.Exit:
    err.say(message, style="red")
    return typer.Exit(1)


if __name__ == "__main__":
    app()
