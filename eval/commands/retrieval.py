"""`python -m eval retrieval`: whether the right report's right passage comes first, beside simpler searches."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from corpus.folder import report_files
from eval.answers import open_for
from eval.bootstrap import Interval
from eval.cases import Case, CaseError, accepted, load_cases
from eval.commands.shared import PROBLEMS, AsJson, Limit, Seed, err, failed, out
from eval.ranking import FIRST, FIRST_FIVE, MEASURES
from eval.retrieval import ALL, Outcome, Piece, Searched, can_be_found, is_of, outcome, search_all
from eval.run import drawn
from eval.searches import ABOUT, System, open_search
from index.search import Index
from rag.settings import Settings

GOALS = Path(__file__).parent.with_name("retrieval_goals.toml")
SHOWN_CHARACTERS = 300


def retrieval(
    reports: Annotated[list[Path], typer.Option(help="Folder of reports; may be given several times.")],
    cases: Annotated[Path, typer.Option(help="Questions, one JSON object a line.")],
    system: Annotated[list[System] | None, typer.Option(help="Only this search; may be given several times.")] = None,
    limit: Limit = None,
    seed: Seed = 0,
    misses: Annotated[
        bool, typer.Option("--misses", help="Also print the questions that our first five passages do not support.")
    ] = False,
    unreviewed: Annotated[
        bool, typer.Option("--unreviewed", help="Also ask drafted questions that no person has accepted.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure how often a search has a passage that supports the answer first, or among the first five.

    Questions without an answer in the reports, and follow-ups, are left out.
    """
    try:
        counted = accepted(load_cases(cases), cases.name, unreviewed=unreviewed)
        chosen = _chosen(drawn(counted, limit, seed), cases, reports)
        found = _searched(chosen, tuple(reports), system or list(System))
    except PROBLEMS as problem:
        raise failed(problem) from problem
    outcomes = {name: outcome(items) for name, items in found.items()}
    goals = tomllib.loads(GOALS.read_text("utf-8")).get(cases.stem, {})
    missed = [item for item in found.get(System.OURS, ()) if misses and not item.values[FIRST_FIVE]]
    if as_json:
        systems = {name: asdict(each) for name, each in outcomes.items()}
        told = [{"id": item.case.id, "kind": item.case.kind, "place": item.place} for item in missed]
        out.print_json(json.dumps({"goals": goals, "systems": systems, "misses": told}))
        return
    _print(outcomes, goals, cases.stem)
    for item in missed:
        _print_miss(item)


def _chosen(cases: Sequence[Case], file: Path, reports: Sequence[Path]) -> list[Case]:
    """The cases that ask a search for something; raises CaseError when the reports hold none of their documents."""
    chosen = [case for case in cases if can_be_found(case)]
    if not chosen:
        raise CaseError(f"{file.name} holds no question whose answer is in a report.")
    held = [Piece(path.relative_to(folder).as_posix(), "") for folder in reports for path in report_files(folder)]
    wanted = dict.fromkeys(document for case in chosen for document in case.documents)
    missing = [name for name in wanted if not any(is_of(piece, name) for piece in held)]
    if len(missing) == len(wanted):
        folders = ", ".join(map(str, reports))
        raise CaseError(f"None of the reports that {file.name} asks about is below {folders}. Name their folder.")
    if missing:
        err.print(f"{len(missing)} of {len(wanted)} reports asked about are not there: {missing[0]} …", markup=False)
    return chosen


def _searched(
    cases: Sequence[Case], reports: tuple[Path, ...], systems: Sequence[System]
) -> dict[str, tuple[Searched, ...]]:
    settings = Settings(model="none")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("Indexing", total=sum(len(report_files(folder)) for folder in reports))
        index = open_for(reports, settings, lambda _: progress.advance(task)).index
        return {name.value: _by(name, cases, index, reports, settings, progress) for name in systems}


def _by(
    system: System,
    cases: Sequence[Case],
    index: Index,
    reports: tuple[Path, ...],
    settings: Settings,
    progress: Progress,
) -> tuple[Searched, ...]:
    task = progress.add_task(f"Preparing {system}", total=None)
    search = open_search(
        system, index, reports, settings, lambda done, of: progress.update(task, completed=done, total=of)
    )
    progress.remove_task(task)
    task = progress.add_task(f"Searching ({system})", total=len(cases))
    authority_of = {source.document: source.authority for source in index.sources}
    return search_all(cases, search, authority_of, lambda: progress.advance(task))


def _print(outcomes: Mapping[str, Outcome], goals: Mapping[str, float], cases: str) -> None:
    for name, each in outcomes.items():
        shown = Table(title=f"{name}, %", title_justify="left")
        for heading in ("kind", "n", *MEASURES):
            shown.add_column(heading, no_wrap=heading in {"kind", "n"})
        for share in each.shares:
            shown.add_row(share.kind, str(share.count), *(_percent(share.values[item]) for item in MEASURES))
        out.print(shown)
    for name, each in outcomes.items():
        out.print(
            f"{name}: {ABOUT[System(name)]}. Of {each.named} questions that name an authority whose reports are held, "
            f"{each.foreign_questions} got passages of another's, {each.foreign_pieces} in all.",
            markup=False,
            highlight=False,
        )
    if ours := outcomes.get(System.OURS):
        out.print(
            f"Our search took {ours.median_seconds * 1000:.0f} ms a question in the middle, "
            f"{ours.p95_seconds * 1000:.0f} ms at the 95th percentile.",
            highlight=False,
        )
        _print_goals(ours, goals, cases)


def _print_goals(ours: Outcome, goals: Mapping[str, float], cases: str) -> None:
    over_all = next(share for share in ours.shares if share.kind == ALL)
    for key, name in (("first", FIRST), ("first_five", FIRST_FIVE)):
        if key in goals:
            value = over_all.values[name].value
            told = "reached" if value >= goals[key] else "not reached"
            out.print(
                f"Goal for {cases}, {name}: {100 * goals[key]:.0f} %; {100 * value:.1f} %, {told}.", highlight=False
            )


def _percent(value: Interval) -> str:
    return f"{100 * value.value:.1f} ({100 * value.low:.0f}-{100 * value.high:.0f})"


def _print_miss(item: Searched) -> None:
    case = item.case
    out.print(f"\n{case.id} ({case.kind}): {case.question}", style="bold", markup=False)
    quotes = " or ".join(case.quote_contains) or "the answer"
    out.print(f"wanted: {quotes} in {'; '.join(case.documents)}", markup=False)
    out.print(f"rank of the first supporting passage: {item.place or 'not among the first ten'}", markup=False)
    for piece in item.pieces[:1]:
        out.print(f"first: {piece.document}: {piece.text[:SHOWN_CHARACTERS]}", markup=False)
