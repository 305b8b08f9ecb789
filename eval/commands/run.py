"""`python -m eval run` and `answers`: ask known questions, and say how the answers fared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from eval.alone import alone_at
from eval.answers import keep_to
from eval.cases import FACTS, load_cases
from eval.commands.shared import PROBLEMS, AsJson, Cases, Corpus, Limit, Model, Seed, System, err, failed, out
from eval.figures import MEASURES, Figures
from eval.run import Heard, Wanted, drawn, run_cases
from eval.run_folder import Run, new_folder
from eval.run_loop import answer_all
from eval.systems import OWN, meant_by, open_system
from eval.thresholds import Held, hold, load_thresholds
from rag.settings import Settings

COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


def answers(
    cases: Cases,
    out_file: Annotated[Path, typer.Option("--out", help="File of answers; a run goes on where it stopped.")],
    corpus: Corpus = None,
    model: Model = "embedded",
    system: System = OWN,
    limit: Limit = None,
    seed: Seed = 0,
) -> None:
    """Answer the questions of a file and write the answers for a scorer."""
    try:
        system, settings = meant_by(system, Settings(model=model))
        chosen = drawn(load_cases(cases), limit, seed)
        with alone_at(out_file), Progress(*COLUMNS, console=err, transient=True) as progress:
            keep_to(system, settings.model, out_file)
            task = progress.add_task("Indexing", total=None)
            opened = open_system(system, tuple(corpus) if corpus else settings.corpus, settings)
            progress.update(task, description="Answering", total=len(chosen))
            rows = answer_all(
                chosen, opened.ask, out_file, lambda _case, _row: progress.advance(task), workers=opened.workers
            )
    except PROBLEMS as problem:
        raise failed(problem) from problem
    out.print(f"{len(rows)} answers in {out_file}.", markup=False)


def run(
    cases: Cases = FACTS,
    corpus: Corpus = None,
    model: Model = "embedded",
    system: System = OWN,
    folder: Annotated[
        Path | None, typer.Option("--run", help="Folder of the run; one that stopped goes on. Default: a new one.")
    ] = None,
    limit: Limit = None,
    seed: Seed = 0,
    thresholds: Annotated[Path | None, typer.Option(help="File of thresholds; exit with 1 when one fails.")] = None,
    least: Annotated[float, typer.Option(min=0, max=1, help="Exit with 1 when a smaller share is right.")] = 0.0,
    wrong: Annotated[bool, typer.Option("--wrong", help="Also print the questions answered wrongly.")] = False,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Do not stop when the model is silent.")] = False,
    unreviewed: Annotated[
        bool, typer.Option("--unreviewed", help="Count drafted questions too that no person has reviewed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Answer known questions afresh and say how many answers are right, sourced, supported and verbatim."""
    try:
        system, settings = meant_by(system, Settings(model=model))
        folder = folder or new_folder(settings.data / "eval-runs", cases.stem, settings.model)
        folders = tuple(corpus) if corpus else settings.corpus
        wanted = Wanted(cases, folders, limit, seed, system, keep_going, unreviewed)
        demands = load_thresholds(thresholds) if thresholds else ()
        done = _run(wanted, settings, folder)
        table = {row.kind: row for row in done.measured.figures}
        demanded = hold(demands, done.configuration.asked, table) if demands else ()
    except PROBLEMS as problem:
        raise failed(problem) from problem
    _print_figures(done, as_json=as_json)
    _print_left_out(wanted)
    _print_demands(demanded)
    if wrong:
        _print_wrong(done)
    enough = done.measured.figures[-1].right >= least
    raise typer.Exit(0 if enough and all(each.holds for each in demanded) else 1)


def _run(wanted: Wanted, settings: Settings, folder: Path) -> Run:
    with Progress(*COLUMNS, console=err, transient=True) as progress:
        task = progress.add_task("Indexing", total=None)
        heard = Heard(
            begins=lambda count: progress.update(task, description="Answering", total=count),
            answered=lambda _case, _row: progress.advance(task),
        )
        return run_cases(wanted, settings, folder, heard)


def _print_figures(done: Run, *, as_json: bool) -> None:
    table = done.measured.figures
    if as_json:
        out.print_json(json.dumps([_flat(row) for row in table]))
        return
    shown = Table("kind", "n", *(measure.title for measure in MEASURES[:5]), "wrongly refused", "median s")
    for row in table:
        names = [*(measure.name for measure in MEASURES[:5]), "wrongly_refused"]
        cells = (_percent(row.share(name)) for name in names)
        shown.add_row(row.kind, str(row.count), *cells, f"{row.whole.median:.2f}")
    out.print(shown)
    for measure in MEASURES:
        if share := table[-1].shares.get(measure.name):
            bounds = f"95 % interval {100 * share.low:.1f} to {100 * share.high:.1f}, of {share.count}"
            out.print(f"{measure.title}: {_percent(share.value)} ({bounds})", markup=False)
    out.print(str(done.measured.checker), markup=False)
    out.print(f"Kept in {done.folder}.", markup=False)


def _flat(row: Figures) -> dict[str, object]:
    """A row of figures with each measure beside its kind, null where it applies to none."""
    return {
        "kind": row.kind,
        "count": row.count,
        "unanswered": row.unanswered,
        **{measure.name: row.share(measure.name) for measure in MEASURES},
        "intervals": {name: [share.low, share.high] for name, share in row.shares.items()},
        "seconds": row.whole.median,
        "seconds_to_evidence": row.evidence.median,
        "seconds_to_first": row.first.median,
        "words": row.words,
        "tokens": row.tokens,
    }


def _print_left_out(wanted: Wanted) -> None:
    """Say how many questions were not asked because no person has accepted them."""
    left_out = 0 if wanted.unreviewed else sum(not case.reviewed for case in load_cases(wanted.cases))
    if left_out:
        told = f"{left_out} of the file's questions are unreviewed and were left out; --unreviewed counts them too."
        err.print(told, markup=False, highlight=False)


def _print_demands(demanded: tuple[Held, ...]) -> None:
    for each in demanded:
        (out if each.holds else err).print(f"{'holds' if each.holds else 'FAILS'}: {each}", markup=False)


def _print_wrong(done: Run) -> None:
    for verdict in done.verdicts:
        if not verdict.right:
            row = done.rows.get(verdict.case.id)
            out.print(f"\n{verdict.case.id} ({verdict.case.kind}): {verdict.case.question}", style="bold", markup=False)
            out.print(row.answer if row else "(no answer)", markup=False)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"
