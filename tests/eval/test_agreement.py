"""Agreement of two judges: the share judged alike, and kappa."""

from __future__ import annotations

import numpy as np
import pytest

from eval.agreement import agreement, kappa


def test_kappa_is_that_of_the_worked_example() -> None:
    # 50 proposals, two readers: 20 both yes, 15 both no, 5 and 10 apart; p_o 0.70, p_e 0.50.
    first = np.array([True] * 25 + [False] * 25)
    second = np.array([True] * 20 + [False] * 5 + [True] * 10 + [False] * 15)
    assert kappa(first, second) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("second", "expected"),
    [([True, True, False, False], 1.0), ([False, False, True, True], -1.0), ([True, False, True, False], 0.0)],
    ids=["alike", "against", "by chance"],
)
def test_kappa_goes_from_against_to_alike(second: list[bool], expected: float) -> None:
    found = agreement([True, True, False, False], second)
    assert found is not None
    assert found.kappa == pytest.approx(expected)


def test_kappa_is_not_defined_where_both_say_the_same_of_all() -> None:
    found = agreement([True] * 5, [True] * 5)
    assert found is not None
    assert (found.kappa, found.low, found.high) == (None, None, None)
    assert found.alike.value == 1
    assert found.alike.low < 1


def test_a_judge_who_always_says_yes_has_no_interval() -> None:
    found = agreement([True, True, False], [True, True, True])
    assert found is not None
    assert (found.kappa, found.low, found.high) == (0, None, None)


def test_the_counts_say_who_alone_said_yes() -> None:
    found = agreement([True, True, True, False, False], [True, False, False, True, False])
    assert found is not None
    assert (found.both, found.neither, found.only_first, found.only_second) == (1, 1, 2, 1)
    assert found.count == 5


def test_the_interval_holds_kappa_and_narrows_with_more_answers() -> None:
    few = agreement([True, True, False, False, True] * 4, [True, False, False, False, True] * 4)
    many = agreement([True, True, False, False, True] * 40, [True, False, False, False, True] * 40)
    assert few is not None
    assert many is not None
    assert None not in {few.low, few.kappa, few.high, many.low, many.high}
    assert few.low < few.kappa < few.high
    assert many.high - many.low < few.high - few.low


def test_no_answers_have_no_agreement_and_other_lengths_are_refused() -> None:
    assert agreement([], []) is None
    with pytest.raises(ValueError, match="these have 1 and 2"):
        agreement([True], [True, False])
