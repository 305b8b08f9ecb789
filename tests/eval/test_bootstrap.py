"""Intervals and tests: known values, bounds that hold, and the same figure for the same answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bootstrap import difference, interval, mcnemar


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_a_share_lies_within_its_interval_and_both_within_bounds(values: list[bool]) -> None:
    found = interval(values)
    assert found
    assert found.count == len(values)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_the_interval_of_a_share_is_near_the_normal_one() -> None:
    found = interval([True] * 80 + [False] * 20)
    assert found
    assert found.low == pytest.approx(0.72, abs=0.015)
    assert found.high == pytest.approx(0.88, abs=0.015)


def test_the_same_answers_have_the_same_interval() -> None:
    assert interval([1, 0, 1, 1]) == interval([1, 0, 1, 1])


@pytest.mark.parametrize(("value", "bounds"), [(True, (0.9638, 1.0)), (False, (0.0, 0.0362))])
def test_a_share_of_all_or_none_is_not_certain(value: bool, bounds: tuple[float, float]) -> None:
    found = interval([value] * 100)
    assert found
    assert (found.low, found.high) == pytest.approx(bounds, abs=1e-4)


def test_more_answers_make_a_figure_surer() -> None:
    few, many = interval([True, False] * 10), interval([True, False] * 200)
    assert few
    assert many
    assert many.high - many.low < (few.high - few.low) / 3


def test_nothing_measured_has_no_interval() -> None:
    assert interval([]) is None
    assert difference([], []) is None


@pytest.mark.parametrize(
    ("better", "worse", "p_value"), [(0, 0, 1.0), (1, 0, 1.0), (0, 6, 0.03125), (10, 2, 0.0385742), (5, 5, 1.0)]
)
def test_mcnemar_gives_the_binomials_values(better: int, worse: int, p_value: float) -> None:
    assert mcnemar(better, worse) == pytest.approx(p_value, abs=1e-6)
    assert mcnemar(worse, better) == mcnemar(better, worse)


def test_a_difference_is_of_the_second_over_the_first() -> None:
    found = difference([0, 0, 0, 1, 1, 1], [1, 1, 1, 1, 1, 1])
    assert found
    assert found.value == 0.5
    assert found.low <= 0.5 <= found.high
    assert found.p_value == 0.25


def test_no_change_is_no_difference() -> None:
    found = difference([1, 0, 1], [1, 0, 1])
    assert found
    assert (found.value, found.low, found.high, found.p_value) == (0, 0, 0, 1)


def test_samples_of_other_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="these have 1 and 2"):
        difference([1], [1, 0])
