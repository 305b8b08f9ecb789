"""`python -m eval judge`: how far a language model as a judge agrees with the deterministic figures of a run."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress
from rich.table import Table

from eval.agreement import Agreement
from eval.commands.run import COLUMNS
from eval.commands.shared import PROBLEMS, AsJson, err, failed, out
from eval.judge import PROMPT_VERSION, Judged, judge_run, open_judge
from eval.peers.opening import roomy
from eval.run_folder import Run, load_run
from rag.models import ModelProblem
from rag.settings import Settings

NOT_THE_HEADLINE = (
    "This is what a language model says of the answers, not how well they did: the figures of the run are the "
    "deterministic ones. Kappa: Cohen 1960; 0 is no more than chance, 1 is full agreement."
)
WITHHELD = (
    "Answers left out: {count}. A question that looks as if it held personal data is not sent to a model on another "
    "machine; CHAPTER_VERSE_SEND_PERSONAL=true allows it."
)


def judge_command(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a finished run.")],
    model: Annotated[str, typer.Option(help="Who judges: embedded, a GGUF file or provider:model.")],
    as_json: AsJson = False,
) -> None:
    """Have a language model judge a run's answers, and print how far it agrees with the deterministic figures.

    Its words are kept in the run's folder; a stopped judging goes on. A remote model is sent questions, answers and
    quotes, but none of a question that looks as if it held personal data, unless CHAPTER_VERSE_SEND_PERSONAL allows it.
    """
    try:
        run = load_run(folder)
        found = _judged(run, roomy(Settings(model=model)))
    except (*PROBLEMS, ModelProblem) as problem:
        raise failed(problem) from problem
    if as_json:
        out.print_json(json.dumps({"model": model, "prompt": PROMPT_VERSION, **asdict(found)}))
    else:
        _print(found)


def _judged(run: Run, settings: Settings) -> Judged:
    judge = open_judge(settings)
    with Progress(*COLUMNS, console=err, transient=True) as progress:
        task = progress.add_task("Judging", total=len(run.rows))
        return judge_run(run, judge, settings, lambda: progress.advance(task))


def _print(found: Judged) -> None:
    shown = Table("figure", "n", "judged alike", "Cohen's kappa", "both yes", "both no", "only figure", "only judge")
    for title, agreed in (("right", found.right), ("supported", found.supported)):
        if agreed:
            counts = (agreed.both, agreed.neither, agreed.only_first, agreed.only_second)
            shown.add_row(title, str(agreed.count), _alike(agreed), _kappa(agreed), *map(str, counts))
    out.print(shown)
    if found.withheld:
        out.print(WITHHELD.format(count=found.withheld), markup=False)
    if found.unclear:
        out.print(f"{found.unclear} answers are left out: the judge said neither yes nor no.")
    out.print(NOT_THE_HEADLINE, markup=False)


def _alike(agreed: Agreement) -> str:
    share = agreed.alike
    return f"{100 * share.value:.0f} % ({100 * share.low:.0f} to {100 * share.high:.0f})"


def _kappa(agreed: Agreement) -> str:
    if agreed.kappa is None:
        return "not defined"
    bounds = f" ({agreed.low:.2f} to {agreed.high:.2f})" if agreed.low is not None and agreed.high is not None else ""
    return f"{agreed.kappa:.2f}{bounds}"
