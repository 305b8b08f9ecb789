"""The results of several runs as one Markdown page, with machine and date: what docs/results.md is made by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from eval.figures import MEASURES, Figures, Measure
from eval.run_folder import Run

HEAD = (
    "# Results\n\n"
    "Written by `python -m eval results`, not by hand. Each share stands with its 95 % interval (bootstrap over "
    "questions). An unanswered question counts as wrong."
)


def as_markdown(runs: Iterable[Run]) -> str:
    """The page: a section a run, its measures over all questions, then by kind."""
    runs = tuple(runs)
    parts = [HEAD, *(_section(run) for run in runs), "## What the measures say", _meanings(runs)]
    return "\n\n".join(parts) + "\n"


def _section(run: Run) -> str:
    asked, part = run.configuration.asked, run.configuration.parts[-1]
    over_all = run.measured.figures[-1]
    drawn = f", drawn by lot (seed {asked.seed})" if asked.limit else ""
    commit = f"`{part.versions.commit[:10]}`" if part.versions.commit else "unknown"
    changed = " with changes" if part.versions.changed else ""
    corpus = ", ".join(f"`{name}`" for name in asked.corpus)
    day = f"{part.started.day} {part.started:%B %Y}"
    lines = [
        f"## {asked.cases}, {asked.system}, model {asked.model}",
        f"{over_all.count} questions{drawn}, over {corpus}; {day}; {part.machine}; commit {commit}{changed}.",
        "\n".join(["| measure | share | 95 % interval | of |", "| --- | --- | --- | --- |", *_measures(over_all)]),
        _waits(over_all, run.measured.memory_megabytes),
        "\n".join(_by_kind(run.measured.figures)),
        str(run.measured.checker),
    ]
    return "\n\n".join(lines)


def _measures(row: Figures) -> Iterator[str]:
    for measure in MEASURES:
        if share := row.shares.get(measure.name):
            bounds = f"{100 * share.low:.1f} to {100 * share.high:.1f}"
            yield f"| {measure.title} | {100 * share.value:.1f} % | {bounds} | {share.count} |"


def _waits(row: Figures, memory: float) -> str:
    waits = [("to evidence", row.evidence), ("to the first sentence", row.first), ("to the end", row.whole)]
    told = "; ".join(f"{name} {wait.median:.2f} / {wait.most:.2f}" for name, wait in waits)
    tokens = f"; {row.tokens:.0f} tokens written on average" if row.tokens is not None else ""
    return f"Seconds, median / 95th percentile: {told}. Median {row.words:.0f} words{tokens}. Memory {memory:,.0f} MB."


def _by_kind(table: Iterable[Figures]) -> Iterator[str]:
    shown = [measure for measure in MEASURES if measure.name in {"right", "sourced", "supported", "wrongly_refused"}]
    yield "| kind | questions | " + " | ".join(measure.title for measure in shown) + " | median s |"
    yield "| --- " * (len(shown) + 3) + "|"
    for row in table:
        cells = " | ".join(_percent(row, measure) for measure in shown)
        yield f"| {row.kind} | {row.count} | {cells} | {row.whole.median:.2f} |"


def _percent(row: Figures, measure: Measure) -> str:
    share = row.share(measure.name)
    return "–" if share is None else f"{100 * share:.1f} %"


def _meanings(runs: tuple[Run, ...]) -> str:
    present = {name for run in runs for name in run.measured.figures[-1].shares}
    return "\n".join(f"- {measure.title}: {measure.meaning}" for measure in MEASURES if measure.name in present)
