"""How long a sync will take is told by what has still to be read, and a log gets a line now and then."""

from __future__ import annotations

import pytest

from corpus.screen import Screen
from index.progress import LINE_EVERY_SECONDS, Pace, _Lines
from index.sync import SyncProgress


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_unchanged_reports_do_not_make_the_rest_seem_quick() -> None:
    clock = Clock()
    pace = Pace(clock)
    for _ in range(290):
        assert pace.left(SyncProgress("a.pdf", "unchanged", 6)) == ""
    for left in (5, 4):
        clock.now += 10
        assert pace.left(SyncProgress("b.pdf", "indexed", left)) == ""
    clock.now += 10
    assert pace.left(SyncProgress("b.pdf", "indexed", 3)) == "about 30 s left"
    clock.now += 10
    assert pace.left(SyncProgress("c.pdf", "set aside", 2)) == "about 20 s left"


def test_unchanged_reports_still_to_come_cost_nothing_and_long_times_are_in_minutes() -> None:
    clock = Clock()
    pace = Pace(clock)
    for left in (102, 101, 100):
        clock.now += 6
        said = pace.left(SyncProgress("b.pdf", "indexed", left))
    assert said == "about 10 min left"
    assert pace.left(SyncProgress("z.pdf", "unchanged", 0)) == ""


def test_a_log_gets_a_line_every_so_often_and_none_of_a_quick_sync(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    lines = _Lines(400, Screen(stderr=True), clock)
    for _ in range(300):
        lines.heard(SyncProgress("a.pdf", "unchanged", 100))
    assert capsys.readouterr().err == ""
    for left in range(99, 89, -1):
        clock.now += LINE_EVERY_SECONDS / 5
        lines.heard(SyncProgress("b.pdf", "indexed", left))
    clock.now += LINE_EVERY_SECONDS
    lines.heard(SyncProgress("", "writing what can be searched"))
    assert capsys.readouterr().err.splitlines() == [
        "305 of 400 reports, 95 to be read, about 5 min left.",
        "310 of 400 reports, 90 to be read, about 4 min left.",
        "All reports done; writing what can be searched.",
    ]
