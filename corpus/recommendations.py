"""The recommendations of a report."""

from __future__ import annotations

from corpus.report import Block, Recommendation


def read_recommendations(blocks: tuple[Block, ...], text: str) -> tuple[Recommendation, ...]:
    """The recommendations, in the order in which they stand."""
    return ()
