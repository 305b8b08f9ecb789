"""The figures of a report."""

from __future__ import annotations

from corpus.report import Block, Figure


def read_figures(blocks: tuple[Block, ...], text: str) -> tuple[Figure, ...]:
    """The figures, in the order in which they stand."""
    return ()
