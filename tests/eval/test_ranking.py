"""Measures of a ranking, against values computed by hand."""

from __future__ import annotations

import sys
from math import log2

import pytest

from eval.ranking import ALL_IN_FIVE, FIRST, FIRST_FIVE, MEASURES, MRR, NDCG, Ranking, measured
from index.records import IndexProblem


@pytest.mark.parametrize(
    ("places", "wanted"),
    [
        pytest.param((1,), (1, 1, 1, 1, 1), id="first"),
        pytest.param((3,), (0, 1, 1, 1 / log2(4), 1 / 3), id="third"),
        pytest.param((6,), (0, 0, 0, 1 / log2(7), 1 / 6), id="after the first five"),
        pytest.param((None,), (0, 0, 0, 0, 0), id="not found"),
        pytest.param((1, 2), (1, 1, 1, 1, 1), id="both, one after the other"),
        pytest.param((2, 6), (0, 1, 0, (1 / log2(3) + 1 / log2(7)) / (1 + 1 / log2(3)), 1 / 2), id="both, far apart"),
        pytest.param((None, 1), (1, 1, 0, 1 / (1 + 1 / log2(3)), 1), id="one of two"),
    ],
)
def test_measures_are_those_of_their_formulas(places: tuple[int | None, ...], wanted: tuple[float, ...]) -> None:
    found = measured({"q": Ranking(places)})["q"]
    assert tuple(found[name] for name in (FIRST, FIRST_FIVE, ALL_IN_FIVE, NDCG, MRR)) == pytest.approx(wanted)


def test_each_question_has_its_own_measures_and_silence_counts_as_nothing() -> None:
    found = measured({"silent": Ranking((None, None)), "found": Ranking((1,))})
    assert found["silent"] == dict.fromkeys(MEASURES, 0.0)
    assert found["found"] == dict.fromkeys(MEASURES, 1.0)


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(IndexProblem, match="ir-measures.*requirements-dev"):
        measured({"q": Ranking((1,))})
