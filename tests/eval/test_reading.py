"""Reading compared with a gold file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.cases import CaseError
from eval.reading import load_gold, measure

PROJECT = Path(__file__).resolve().parent.parent.parent
REPORTS = PROJECT / "corpus" / "reports"
WALSALL = {
    "file": "walsall-2017-inspection.md",
    "published": "4 september 2017",
    "grades": {"overall": "requires improvement", "adoption": "good"},
    "inspection_dates": "20 June to 13 July 2017",
    "lead_inspector": "Jenny Turnross",
    "dcs_since": {"value": "September 2014"},
    "framework": "SIF",
    "numbers": {"looked_after": {"value": "648", "date": "31 March 2017"}},
}


def gold(tmp_path: Path, **changes: object) -> Path:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps([WALSALL | changes]), "utf-8")
    return path


def test_what_is_read_alike_is_found_and_every_quote_is_verbatim(tmp_path: Path) -> None:
    found = measure(load_gold(gold(tmp_path)), REPORTS, 1, lambda _: None)
    assert found.asked == found.found
    assert found.asked["grade"] == 2
    assert found.quotes == found.verbatim > 0
    assert found.faults == ()


def test_another_grade_contradicts_and_a_missing_one_does_not(tmp_path: Path) -> None:
    path = gold(tmp_path, grades={"adoption": "inadequate", "fostering": "good"})
    found = measure(load_gold(path), REPORTS, 1, lambda _: None)
    assert (found.asked["grade"], found.found["grade"], found.contradicted["grade"]) == (2, 0, 1)
    assert len(found.faults) == 2


def test_a_report_that_cannot_be_read_counts_as_asked_and_not_found(tmp_path: Path) -> None:
    found = measure(load_gold(gold(tmp_path, file="none.txt")), REPORTS, 1, lambda _: None)
    assert found.asked["grade"] == 2
    assert not found.found
    assert "not read" in found.faults[0]


def test_what_the_gold_says_in_an_unknown_form_counts_as_not_found(tmp_path: Path) -> None:
    found = measure(load_gold(gold(tmp_path, inspection_dates="in the summer")), REPORTS, 1, lambda _: None)
    assert (found.asked["inspection dates"], found.found["inspection dates"]) == (1, 0)


def test_rows_are_counted_by_sort_and_time_and_memory_are_measured(tmp_path: Path) -> None:
    found = measure(load_gold(gold(tmp_path)), REPORTS, 1, lambda _: None)
    assert found.rows["reports"] == 5
    assert min(found.rows[name] for name in ("grades", "figures", "recommendations", "officers")) > 0
    assert found.seconds > 0
    assert found.megabytes > 0


def test_a_broken_gold_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "gold.json").write_text("{", "utf-8")
    with pytest.raises(CaseError, match=r"gold\.json"):
        load_gold(tmp_path / "gold.json")
