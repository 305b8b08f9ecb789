"""Measures of a ranking, computed by ir_measures; the only module that knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.records import IndexProblem

FIRST, FIRST_FIVE, ALL_IN_FIVE, NDCG, MRR = "first", "first five", "all in five", "nDCG@10", "MRR@10"
MEASURES = (FIRST, FIRST_FIVE, ALL_IN_FIVE, NDCG, MRR)
DEPTH = 10
NOT_INSTALLED = "Measuring a search needs the package ir-measures. Run `pip install -r requirements-dev.txt`."


@dataclass(frozen=True)
class Ranking:
    """Where what was looked for came: of each thing wanted, the rank from 1 at which it first came, None if never."""

    places: tuple[int | None, ...]


def measured(rankings: Mapping[str, Ranking]) -> dict[str, dict[str, float]]:
    """The measures of each ranking by its name, all between 0 and 1; a ranking without anything found has 0 in all.

    `first` and `first five` say whether anything wanted is at rank 1, among the first 5 (success at k); `all in five`
    whether all of it is (recall at 5 is whole). nDCG counts each thing wanted once, discounted by the logarithm of
    its rank (Järvelin and Kekäläinen, TOIS 2002); MRR is one over the rank of the first (Voorhees, TREC-8, 1999).
    Beyond rank 10 nothing counts. Raises IndexProblem when the library is not installed.
    """
    try:
        from ir_measures import RR, R, Success, iter_calc, nDCG  # noqa: PLC0415
    except ImportError as error:
        raise IndexProblem(NOT_INSTALLED) from error
    names = {
        str(Success @ 1): FIRST,
        str(Success @ 5): FIRST_FIVE,
        str(R @ 5): ALL_IN_FIVE,
        str(nDCG @ DEPTH): NDCG,
        str(RR @ DEPTH): MRR,
    }
    wanted = {name: {str(number): 1 for number, _ in enumerate(ranking.places)} for name, ranking in rankings.items()}
    found: dict[str, dict[str, float]] = {name: {} for name in rankings}
    for value in iter_calc(
        [Success @ 1, Success @ 5, R @ 5, nDCG @ DEPTH, RR @ DEPTH],
        wanted,
        {name: _run(ranking) for name, ranking in rankings.items()},
    ):
        found[value.query_id][names[str(value.measure)]] = float(value.value)
    for values in found.values():
        values[ALL_IN_FIVE] = float(values[ALL_IN_FIVE] == 1.0)
    return found


def _run(ranking: Ranking) -> dict[str, float]:
    """A score for each of the first ranks, falling; at a rank without anything wanted stands something of no use."""
    at = {place: str(number) for number, place in enumerate(ranking.places) if place}
    return {at.get(rank, f"other-{rank}"): float(-rank) for rank in range(1, DEPTH + 1)}
