"""Two runs over the same questions, side by side: what changed, and whether that could be chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from eval.bootstrap import Difference, difference
from eval.figures import MEASURES, Measure
from eval.measures import Verdict
from eval.rows import Row
from eval.run_folder import Run
from eval.run_loop import RunProblem

SIGNIFICANT = 0.05


class Change(StrEnum):
    """What became of one question in the second run."""

    BETTER = "better"
    WORSE = "worse"
    OTHER = "other answer"
    SAME = "same"


@dataclass(frozen=True)
class Changed:
    """One question: the change, its verdict and answer in each run (None where unanswered)."""

    change: Change
    before: Verdict
    after: Verdict
    rows: tuple[Row | None, Row | None]


@dataclass(frozen=True)
class Side:
    """One measure in both runs, over the questions that it applies to in both; shares from 0 to 1."""

    measure: Measure
    before: float
    after: float
    difference: Difference

    @property
    def is_worse(self) -> bool:
        """Whether the second run is worse by more than chance would make it."""
        fell = self.difference.value < 0 if self.measure.more_is_better else self.difference.value > 0
        return fell and self.difference.p_value < SIGNIFICANT


@dataclass(frozen=True)
class Comparison:
    """Two runs compared: each question, each measure, and mean seconds to the whole answer."""

    questions: tuple[Changed, ...]
    sides: tuple[Side, ...]
    seconds: Difference | None
    only_one: int

    @property
    def counts(self) -> Counter[Change]:
        """How many questions changed how."""
        return Counter(each.change for each in self.questions)

    @property
    def worse(self) -> tuple[Side, ...]:
        """The measures in which the second run is significantly worse."""
        return tuple(side for side in self.sides if side.is_worse)


def compare(before: Run, after: Run) -> Comparison:
    """Compare two runs over the questions that both asked, by id; raises RunProblem when they share none.

    A question whose text changed is not the same question.
    """
    first = {verdict.case.id: verdict for verdict in before.verdicts}
    second = {verdict.case.id: verdict for verdict in after.verdicts}
    shared = [id_ for id_ in first if id_ in second and first[id_].case.question == second[id_].case.question]
    if not shared:
        raise RunProblem(f"{before.folder} and {after.folder} have no question in common, so nothing can be compared.")
    pairs = [(first[id_], second[id_]) for id_ in shared]
    return Comparison(
        tuple(
            _changed(one, other, (before.rows.get(one.case.id), after.rows.get(one.case.id))) for one, other in pairs
        ),
        tuple(_sides(pairs)),
        difference([one.seconds for one, _ in pairs], [other.seconds for _, other in pairs]),
        len(first.keys() ^ second.keys()) + len(first.keys() & second.keys()) - len(shared),
    )


def _changed(before: Verdict, after: Verdict, rows: tuple[Row | None, Row | None]) -> Changed:
    """Better or worse goes by right, then by supported, then by verbatim."""
    one, other = _worth(before), _worth(after)
    if one != other:
        return Changed(Change.BETTER if other > one else Change.WORSE, before, after, rows)
    texts = [row.answer if row else None for row in rows]
    return Changed(Change.SAME if texts[0] == texts[1] else Change.OTHER, before, after, rows)


def _worth(verdict: Verdict) -> tuple[bool, bool, bool]:
    return verdict.right, bool(verdict.supported), verdict.verbatim


def _sides(pairs: list[tuple[Verdict, Verdict]]) -> Iterator[Side]:
    for measure in MEASURES:
        values = [(measure.of(one), measure.of(other)) for one, other in pairs]
        both = [(one, other) for one, other in values if one is not None and other is not None]
        before, after = [one for one, _ in both], [other for _, other in both]
        if found := difference(before, after):
            yield Side(measure, sum(before) / len(both), sum(after) / len(both), found)
