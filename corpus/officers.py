"""The officers of a report."""

from __future__ import annotations

from corpus.report import Block, Officer


def read_officers(blocks: tuple[Block, ...], text: str) -> tuple[Officer, ...]:
    """The officers, in the order in which they stand."""
    return ()
