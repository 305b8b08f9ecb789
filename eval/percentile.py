"""The one percentile that all waits are told by."""

from __future__ import annotations

from collections.abc import Iterable


def percentile(values: Iterable[float], percent: int) -> float:
    """The smallest of the values that at least `percent` of a hundred do not exceed; ValueError where there is none.

    The nearest rank: definition 1 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American
    Statistician 50(4), 1996, 361-365. It is a wait that somebody had, and of few waits the longest rather than less.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("Of no values there is no percentile.")
    if not 0 < percent <= 100:
        raise ValueError(f"A percentile is from 1 to 100; this is {percent}.")
    # In whole numbers: 0.95 times a count is not exact, and a rank must not be one too high for it.
    return ordered[-(-len(ordered) * percent // 100) - 1]
