"""`python -m eval draft`: questions proposed from a council's own reports, for a person to review."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from eval.commands.shared import PROBLEMS, AsJson, err, failed, out
from eval.draft import Drafted, Wanted, draft
from rag.settings import Settings


def draft_command(
    folder: Annotated[Path, typer.Argument(help="Folder of reports.")],
    out_file: Annotated[Path, typer.Option("--out", help="File of questions; what it has already is kept.")] = Path(
        "draft.jsonl"
    ),
    count: Annotated[int, typer.Option(min=1, help="Questions that the file should hold in the end.")] = 60,
    per_report: Annotated[int, typer.Option(min=1, help="At most this many about any one report.")] = 6,
    seed: Annotated[int, typer.Option(help="For drawing questions and wordings.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Propose questions with gold quotes about your own reports, each unreviewed until a person accepts it.

    Read each question beside its report, mend it, and set "reviewed" to true in its line. One that is of no use
    can stay as it is: it is not counted, and not proposed again. Gold about findings and recommendations is made
    from key words of a sentence and is weak: it needs your eye most.
    """
    wanted = Wanted(folder, out_file, count, per_report, seed)
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=err, transient=True) as progress:
            task = progress.add_task("", total=None)
            done = draft(
                wanted,
                Settings().processes,
                lambda total: progress.update(task, total=total),
                lambda: progress.advance(task),
            )
    except PROBLEMS as problem:
        raise failed(problem) from problem
    if as_json:
        out.print_json(json.dumps(_told(done)))
    else:
        _print(done, wanted)


def _told(done: Drafted) -> dict[str, object]:
    return {
        "added": len(done.added),
        "kept": len(done.kept),
        "kinds": dict(Counter(case.kind for case in done.added)),
        "left_out": [{"document": each.document, "reason": each.reason} for each in done.left_out],
    }


def _print(done: Drafted, wanted: Wanted) -> None:
    for each in done.left_out:
        err.print(f"Left out: {each.document}: {each.reason}", markup=False, highlight=False)
    kinds = ", ".join(f"{kind} {number}" for kind, number in Counter(case.kind for case in done.added).items())
    told = f"{len(done.added)} questions added to {wanted.out}{f' ({kinds})' if kinds else ''}, {len(done.kept)} kept."
    out.print(told, markup=False, highlight=False)
    if len(done.added) + len(done.kept) < wanted.count:
        out.print(
            f"For {wanted.count} these reports do not suffice with at most {wanted.per_report} questions each; "
            "--per-report raises that.",
            markup=False,
            highlight=False,
        )
    elif not done.added:
        out.print("The file has as many as asked for; a larger --count adds to it.", markup=False, highlight=False)
    if done.added:
        out.print(
            "Read each beside its report, mend it, and set reviewed to true where it is right. Then: "
            f"python -m eval check {wanted.out} --corpus {wanted.folder} and "
            f"python -m eval run --cases {wanted.out} --corpus {wanted.folder}",
            markup=False,
            highlight=False,
        )
