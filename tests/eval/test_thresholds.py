"""Thresholds: which of them hold, and what is said of a file that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.cases import FACTS, load_cases
from eval.run_loop import RunProblem
from eval.thresholds import THRESHOLDS, Threshold, hold, load_thresholds
from tests.eval.runs import case, row, run

CASES = [case("a"), case("b"), case("n", kind="unanswerable", abstain=True)]
DONE = run(CASES, [row("a"), row("b", abstained=True), row("n", abstained=True)])
TABLE = {figures.kind: figures for figures in DONE.measured.figures}
ASKED = DONE.configuration.asked


def threshold(**shares: float) -> Threshold:
    return Threshold(cases="some.jsonl", model="none", shares=shares)


@pytest.mark.parametrize(
    ("shares", "holds"),
    [
        ({"right": 0.66}, True),
        ({"right": 0.67}, False),
        ({"wrongly_refused": 0.5}, True),
        ({"wrongly_refused": 0.4}, False),
        ({"superseded": 0.0}, False),
    ],
    ids=["least met", "least missed", "most met", "most missed", "not measured"],
)
def test_a_share_is_a_least_or_a_most(shares: dict[str, float], holds: bool) -> None:
    [held] = hold((threshold(**shares),), ASKED, TABLE)
    assert held.holds is holds


def test_a_missed_threshold_says_what_was_measured_and_demanded() -> None:
    [held] = hold((threshold(right=0.9),), ASKED, TABLE)
    assert str(held) == "right (all): 66.7 %, at least 90.0 % is demanded"


def test_a_kind_has_thresholds_of_its_own() -> None:
    [held] = hold((threshold(rightly_refused=1.0).model_copy(update={"kind": "unanswerable"}),), ASKED, TABLE)
    assert held.holds


@pytest.mark.parametrize("change", [{"model": "embedded"}, {"cases": "other.jsonl"}, {"limit": 12}], ids=str)
def test_a_run_that_nothing_is_demanded_of_is_told(change: dict[str, object]) -> None:
    with pytest.raises(RunProblem, match="No threshold is set for some.jsonl, model none"):
        hold((threshold(right=0.5).model_copy(update=change),), ASKED, TABLE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[threshold", "is no TOML"),
        ("", r"has no table \[\[threshold\]\]"),
        ("[[threshold]]\ncases='a'\nmodel='none'\nrihgt=0.9", "threshold 1: there is no measure 'rihgt'"),
        ("[[threshold]]\ncases='a'\nright=0.9", "threshold 1: model: Field required"),
        ("[[threshold]]\ncases='a'\nmodel='none'", "threshold 1: shares: "),
        ("[[threshold]]\ncases='a'\nmodel='none'\nright='much'", "threshold 1: shares.right: "),
    ],
    ids=["torn", "empty", "misspelt", "no model", "no share", "no number"],
)
def test_a_bad_file_is_told_with_its_fault(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "t.toml").write_text(text, "utf-8")
    with pytest.raises(RunProblem, match=said):
        load_thresholds(tmp_path / "t.toml")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunProblem, match="cannot be read: No such file"):
        load_thresholds(tmp_path / "none.toml")


def test_the_projects_own_thresholds_are_for_its_own_cases_and_leave_no_quote_unproved() -> None:
    own = load_thresholds(THRESHOLDS)
    assert {each.cases for each in own} == {FACTS.name}
    assert {each.model for each in own} == {"none", "embedded"}
    assert all(each.shares["verbatim"] == 1.0 for each in own if each.kind == "all")
    assert {each.kind for each in own} <= {"all", *(known.kind for known in load_cases(FACTS))}
