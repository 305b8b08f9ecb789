"""Several systems over the same questions, side by side: shares with intervals, seconds, how far each is from ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eval.bootstrap import Difference, Interval, difference
from eval.figures import MEASURES, Waits, values_of
from eval.run_folder import Run
from eval.run_loop import RunProblem

# Refusals both ways: of questions without an answer in the reports, and of those that have one.
SHOWN = ("right", "supported", "rightly_refused", "wrongly_refused")
TITLES = {measure.name: measure.title for measure in MEASURES}
HEAD = ("system", *(TITLES[name] for name in SHOWN), "seconds, median / 95th", "right, against the first")
RIGHT = next(measure for measure in MEASURES if measure.name == "right")
READING = (
    "Shares with 95 % intervals by bootstrap over the questions. A peer's citations are the chunks that it was given, "
    "whole; `supported` asks whether one of them, from the right document, holds what a quote must hold. A peer "
    "refuses when its first sentence says that the answer is not known or not in the text."
)


@dataclass(frozen=True)
class Standing:
    """One system's figures over all questions; `against` is how much more it has right than the first one (paired)."""

    system: str
    model: str
    count: int
    shares: dict[str, Interval]
    seconds: Waits
    against: Difference | None

    @property
    def name(self) -> str:
        """The system, and whether it is without the language model of the others."""
        return f"{self.system}, no model" if self.model == "none" else self.system


def standings(runs: Iterable[Run]) -> tuple[Standing, ...]:
    """A standing for each run, in their order; raises RunProblem when they did not ask the same questions."""
    runs = tuple(runs)
    if len({run.configuration.asked.cases_sha256 for run in runs}) > 1:
        raise RunProblem("These runs did not ask the same questions, so they cannot stand in one table.")
    return tuple(_standing(run, runs[0]) for run in runs)


def as_markdown(table: Iterable[Standing], runs: Iterable[Run]) -> str:
    """The table as Markdown, with what it was measured over and on."""
    table, runs = tuple(table), tuple(runs)
    asked, part = runs[0].configuration.asked, runs[0].configuration.parts[-1]
    drawn = f", drawn by lot (seed {asked.seed})" if asked.limit else ""
    corpus = ", ".join(f"`{name}`" for name in asked.corpus)
    rows = "\n".join(f"| {' | '.join(line)} |" for line in (HEAD, ("---",) * len(HEAD), *map(cells, table)))
    about = (
        f"{asked.questions} questions of {asked.cases}{drawn}, over {corpus}; model {_model(table)}; "
        f"{part.started.day} {part.started:%B %Y}; {part.machine}."
    )
    return f"# Beside other systems\n\n{about}\n\n{rows}\n\n{READING}\n"


def cells(standing: Standing) -> tuple[str, ...]:
    """One line of the table."""
    return (standing.name, *_shares(standing), _seconds(standing.seconds), _against(standing.against))


def _standing(run: Run, first: Run) -> Standing:
    asked, over_all = run.configuration.asked, run.measured.figures[-1]
    ours = {verdict.case.id: verdict for verdict in first.verdicts}
    pairs = [(ours[verdict.case.id], verdict) for verdict in run.verdicts]
    before, after = (values_of(RIGHT, each) for each in zip(*pairs, strict=True))
    against = difference(before, after) if run is not first else None
    shares = {name: over_all.shares[name] for name in SHOWN if name in over_all.shares}
    return Standing(asked.system, asked.model, over_all.count, shares, over_all.whole, against)


def _shares(standing: Standing) -> Iterator[str]:
    for name in SHOWN:
        share = standing.shares.get(name)
        yield (
            f"{100 * share.value:.0f} % ({100 * share.low:.0f}–{100 * share.high:.0f}, n {share.count})"
            if share
            else "–"
        )


def _seconds(waits: Waits) -> str:
    return f"{waits.median:.1f} / {waits.most:.1f}"


def _model(table: tuple[Standing, ...]) -> str:
    return next((standing.model for standing in table if standing.model != "none"), "none")


def _against(found: Difference | None) -> str:
    if found is None:
        return "–"
    bounds = f"{100 * found.low:+.0f} to {100 * found.high:+.0f}"
    return f"{100 * found.value:+.0f} points ({bounds}), p {found.p_value:.3f}"
