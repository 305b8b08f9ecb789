"""`python -m eval tune`: teach the model of sentences which sentence answers a question."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.commands.shared import PROBLEMS, err, failed, out
from index.embed import model_folder
from rag.settings import Settings


def tune_command(
    judged: Annotated[Path, typer.Argument(help="Questions with sentences and how well each answers, JSON lines.")],
    to: Annotated[Path, typer.Option(help="The file of changes to write.")] = Path("sentence_tuning.npz"),
    held: Annotated[Path | None, typer.Option(help="Judged questions to measure on, not learned from.")] = None,
    epochs: Annotated[int, typer.Option(min=1, help="How often each question is learned from.")] = 2,
) -> None:
    """Learn from judged questions, measure before and after, and write what is to be added to the weights.

    A line: {"question": ..., "sentences": [...], "scores": [...], "grades": [0, 1 or 2, ...]}. Some ten minutes for
    1,500 questions on two cores.
    """
    # torch, which no other command of this program needs.
    from eval.tuning import TuningProblem, load_judged, rank, tune, untuned, with_changes, write_changes  # noqa: PLC0415

    if to.suffix != ".npz":
        raise failed(TuningProblem(f"The file to write is to end in .npz, and {to} does not."))
    try:
        folder, _ = model_folder(Settings(embedder="embedded"))
        learned = load_judged(judged)
        measured = load_judged(held) if held else []
        with err.status("Learning.") as status:
            tuned = tune(
                folder,
                learned,
                epochs=epochs,
                heard=lambda done, total: status.update(f"Learning: {done:,} of {total:,} questions."),
            )
        write_changes(folder, tuned, to)
    except (*PROBLEMS, TuningProblem) as problem:
        raise failed(problem) from problem
    out.print(f"{to}: {to.stat().st_size:,} bytes, learned from {len(learned):,} questions.", markup=False)
    for name, model in (("before", untuned(folder)), ("after", with_changes(folder, to))) if measured else ():
        found = rank(model, measured)
        out.print(
            f"{name}: of {found.count} held questions the first sentence answers {found.first:.1%}, "
            f"one of the first three {found.first_three:.1%}",
            markup=False,
        )
