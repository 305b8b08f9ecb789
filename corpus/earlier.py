"""The earlier of a report."""

from __future__ import annotations

from corpus.report import Block, Judgement


def read_earlier(blocks: tuple[Block, ...], text: str) -> tuple[Judgement, ...]:
    """The earlier, in the order in which they stand."""
    return ()
