"""How far two who judge the same answers agree, beyond what chance would bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.bootstrap import LEVEL, RESAMPLES, SEED, Interval, interval


@dataclass(frozen=True)
class Agreement:
    """Over `count` answers: the share judged alike, Cohen's kappa with its interval, and the four counts.

    `kappa` is None where it is not defined; `low` and `high` are None where resampling cannot tell. `both` and
    `neither` were judged alike; `only_first` and `only_second` were found good by one alone.
    """

    count: int
    alike: Interval
    kappa: float | None
    low: float | None
    high: float | None
    both: int
    neither: int
    only_first: int
    only_second: int


def agreement(first: Sequence[bool], second: Sequence[bool]) -> Agreement | None:
    """The agreement of two lists of judgements of the same answers, None of none; ValueError for other lengths.

    The interval of kappa is the percentile bootstrap over answers, seeded, of the resamples in which it is defined.
    Where one of the two says the same of all, kappa is 0 in every resample, which tells nothing: there is no interval.
    """
    if len(first) != len(second):
        raise ValueError(f"Two judges of the same answers have one length; these have {len(first)} and {len(second)}.")
    alike = interval([float(one == other) for one, other in zip(first, second, strict=True)])
    if alike is None:
        return None
    one, other = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    low, high = _bounds(one, other)
    return Agreement(
        len(first),
        alike,
        kappa(one, other),
        low,
        high,
        both=int((one & other).sum()),
        neither=int((~one & ~other).sum()),
        only_first=int((one & ~other).sum()),
        only_second=int((~one & other).sum()),
    )


def kappa(first: np.ndarray, second: np.ndarray) -> float | None:
    """Cohen's kappa of two lists of yes and no (Cohen, Educational and Psychological Measurement 20, 1960, 37-46).

    (p_o - p_e) / (1 - p_e): p_o is the share judged alike, p_e the share that would be by chance with as many yeses
    from each. None where p_e is 1, because both say the same of all.
    """
    observed = float((first == second).mean())
    yes, other_yes = float(first.mean()), float(second.mean())
    chance = yes * other_yes + (1 - yes) * (1 - other_yes)
    return None if chance == 1 else (observed - chance) / (1 - chance)


def _bounds(first: np.ndarray, second: np.ndarray) -> tuple[float | None, float | None]:
    if any(each.all() or not each.any() for each in (first, second)):
        return None, None
    generator = np.random.default_rng(SEED)
    draws = (generator.integers(0, len(first), len(first)) for _ in range(RESAMPLES))
    found = [value for draw in draws if (value := kappa(first[draw], second[draw])) is not None]
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
