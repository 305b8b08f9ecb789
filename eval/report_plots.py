"""The plots of a run's page as plain geometry: places on a drawing, which the template draws."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.bootstrap import Interval, interval
from eval.measures import Verdict
from eval.percentile import percentile
from eval.rows import Row

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 12, 34
SHORTEST = 0.01
BANDS = 4
REFUSED, LOOKED_UP = "refused", "looked up"


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: its place on the drawing and what it says."""

    at: float
    text: str


@dataclass(frozen=True)
class Dot:
    """A group of answers: what the service said of them, and how often they are right, with the interval's ends."""

    name: str
    x: float
    y: float
    low: float
    high: float
    right: Interval


@dataclass(frozen=True)
class Curve:
    """The share of answers that are there after so many seconds, as the points of a line on the drawing."""

    name: str
    points: str
    median: float
    most: float
    longest: float


def reliability(verdicts: Sequence[Verdict], rows: dict[str, Row]) -> list[Dot]:
    """How often answers are right, by what the service gives of its own certainty: how it came by them.

    The groups are refusals, answers looked up in the register or a printed list, and answers chosen by evidence in
    quarters by the best sentence's score. The score is a rank of sentences and no probability, so the axis has names.
    """
    groups: dict[str, list[Verdict]] = {REFUSED: [], LOOKED_UP: []}
    scored: list[tuple[float, Verdict]] = []
    for verdict in verdicts:
        row = rows.get(verdict.case.id)
        if row is None:
            continue
        if row.abstained:
            groups[REFUSED].append(verdict)
        elif row.score is None:
            groups[LOOKED_UP].append(verdict)
        else:
            scored.append((row.score, verdict))
    scored.sort(key=lambda pair: pair[0])
    for number in range(BANDS):
        part = scored[number * len(scored) // BANDS : (number + 1) * len(scored) // BANDS]
        if part:
            groups[f"{part[0][0]:.1f} to {part[-1][0]:.1f}"] = [verdict for _, verdict in part]
    shown = [(name, interval([verdict.right for verdict in group])) for name, group in groups.items() if group]
    step = (WIDTH - LEFT - RIGHT) / max(len(shown), 1)
    return [
        Dot(name, LEFT + step * (place + 0.5), _up(right.value), _up(right.low), _up(right.high), right)
        for place, (name, right) in enumerate(shown)
        if right
    ]


def share_ticks() -> list[Tick]:
    """Marks of an axis of shares, from 0 to 100 %."""
    return [Tick(_up(share / 100), f"{share} %") for share in (0, 25, 50, 75, 100)]


def waiting(verdicts: Sequence[Verdict]) -> tuple[list[Curve], list[Tick]]:
    """The three waits as empirical distributions over seconds on a logarithmic axis, and the marks of that axis."""
    answered = [verdict for verdict in verdicts if verdict.answered]
    series = {
        "to evidence": sorted(verdict.seconds_to_evidence for verdict in answered),
        "to the first sentence": sorted(verdict.seconds_to_first for verdict in answered),
        "to the end": sorted(verdict.seconds for verdict in answered),
    }
    longest = max([values[-1] for values in series.values() if values] or [1.0])
    decades = max(math.ceil(math.log10(max(longest, 10 * SHORTEST) / SHORTEST)), 1)

    def across(seconds: float) -> float:
        share = math.log10(max(seconds, SHORTEST) / SHORTEST) / decades
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    curves = [_curve(name, values, across) for name, values in series.items() if values]
    ticks = [Tick(across(SHORTEST * 10**power), f"{SHORTEST * 10**power:g} s") for power in range(decades + 1)]
    return curves, ticks


def _curve(name: str, values: list[float], across: Callable[[float], float]) -> Curve:
    points = [(float(LEFT), _up(0))]
    for number, seconds in enumerate(values, start=1):
        points += [(across(seconds), points[-1][1]), (across(seconds), _up(number / len(values)))]
    points.append((WIDTH - RIGHT, _up(1)))
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return Curve(name, line, statistics.median(values), percentile(values, 95), values[-1])


def _up(share: float) -> float:
    return TOP + (1 - share) * (HEIGHT - TOP - BOTTOM)
