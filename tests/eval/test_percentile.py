"""The percentile of waits: the nearest rank, never rounded down, and the same wherever one is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.figures import figures
from eval.growth import Latency, latency
from eval.measures import Verdict
from eval.percentile import percentile
from eval.ranking import MEASURES
from eval.report_plots import waiting
from eval.retrieval import Searched, outcome
from eval.search_timed import median_and_p95
from tests.eval.runs import case


@pytest.mark.parametrize(
    ("count", "rank"), [(1, 1), (2, 2), (3, 3), (19, 19), (20, 19), (21, 20), (40, 38), (41, 39), (100, 95), (101, 96)]
)
def test_the_95th_is_the_nearest_rank(count: int, rank: int) -> None:
    assert percentile(range(1, count + 1), 95) == rank


@pytest.mark.parametrize(("percent", "value"), [(1, 1), (25, 1), (26, 2), (50, 2), (75, 3), (76, 4), (100, 4)])
def test_any_percent_is_the_least_that_so_many_do_not_exceed(percent: int, value: float) -> None:
    assert percentile([4, 1, 3, 2], percent) == value


@given(st.lists(st.integers(0, 20), min_size=1, max_size=80), st.integers(1, 100))
def test_so_many_do_not_exceed_it_and_fewer_any_that_is_less(values: list[int], percent: int) -> None:
    found = percentile(values, percent)
    assert found in values
    assert 100 * sum(value <= found for value in values) >= percent * len(values)
    assert 100 * sum(value < found for value in values) < percent * len(values)


@pytest.mark.parametrize(("values", "percent"), [([], 95), ([1.0], 0), ([1.0], 101)])
def test_what_has_no_percentile_is_refused(values: list[float], percent: int) -> None:
    with pytest.raises(ValueError, match="percentile"):
        percentile(values, percent)


def test_every_place_tells_the_same_percentile() -> None:
    # Of 30 the 29th: 0.95 times 29, rounded down, would be the 28th.
    waits = [float(number) for number in range(30, 0, -1)]
    verdicts = [
        Verdict(case("x"), right=True, verbatim=True, sourced=True, supported=True, abstained=False, seconds=seconds)
        for seconds in waits
    ]
    searched = [Searched(case("x"), (), None, dict.fromkeys(MEASURES, 1.0), None, seconds) for seconds in waits]
    curves, _ = waiting(tuple(verdicts))
    assert figures(verdicts)[-1].whole.most == 29
    assert curves[-1].most == 29
    assert outcome(searched).p95_seconds == 29
    assert latency(iter(waits)) == Latency(15.5, 29)
    assert median_and_p95(waits) == (15.5, 29)
