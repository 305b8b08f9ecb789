"""How sure a figure is: intervals by resampling, and tests of whether two runs over the same questions differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2_000
LEVEL = 0.95
SEED = 20_150_605
# Resamples are drawn some at a time, so that many questions need little memory.
AT_A_TIME = 250


@dataclass(frozen=True)
class Interval:
    """A mean with the bounds between which it would lie in 95 of 100 such samples; `count` is how many values."""

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Difference:
    """How much the second of two paired samples is above the first, with bounds and the p-value of no difference."""

    value: float
    low: float
    high: float
    p_value: float
    count: int


def interval(values: Sequence[float]) -> Interval | None:
    """Mean and percentile bootstrap interval (Efron and Tibshirani 1993, chapter 13); None for no values.

    Resampling cannot tell anything about a share of exactly 0 or 1; there the bound of Clopper and Pearson
    (Biometrika 1934) stands: 1 - (0.025)^(1/n) away from it. The draws are seeded, so a figure has one interval.
    """
    if not values:
        return None
    sample = np.asarray(values, dtype=np.float64)
    mean, count = float(sample.mean()), len(sample)
    reach = 1 - ((1 - LEVEL) / 2) ** (1 / count)
    if (sample == 1).all():
        return Interval(mean, 1 - reach, 1.0, count)
    if (sample == 0).all():
        return Interval(mean, 0.0, reach, count)
    low, high = _bounds(sample)
    return Interval(mean, low, high, count)


def difference(before: Sequence[float], after: Sequence[float]) -> Difference | None:
    """How two measurements of the same questions differ, None where there are none; raises ValueError for other sizes.

    The interval is the percentile bootstrap over questions (Berg-Kirkpatrick, Burkett and Klein, EMNLP 2012).
    The p-value is McNemar's exact one where all values are 0 or 1 (Psychometrika 1947), else the sign test's over
    the questions that changed, which is the same formula.
    """
    if len(before) != len(after):
        raise ValueError(f"Paired samples need one length; these have {len(before)} and {len(after)}.")
    if not before:
        return None
    change = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    low, high = _bounds(change)
    p_value = mcnemar(int((change > 0).sum()), int((change < 0).sum()))
    return Difference(float(change.mean()), low, high, p_value, len(change))


def mcnemar(better: int, worse: int) -> float:
    """The exact two-sided p-value that as many questions get better as worse, by the binomial with one half."""
    changed = better + worse
    tail = sum(math.comb(changed, count) for count in range(min(better, worse) + 1))
    return min(1.0, float(2 * tail / 2**changed))


def _bounds(sample: np.ndarray) -> tuple[float, float]:
    generator = np.random.default_rng(SEED)
    means = np.concatenate(
        [
            sample[generator.integers(0, len(sample), (AT_A_TIME, len(sample)))].mean(axis=1)
            for _ in range(RESAMPLES // AT_A_TIME)
        ]
    )
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
