"""Rows of the register are chosen as a person asks for them, and come out whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.report import Framework, Judgement, ReportKind
from index.inventory import SHOWN, Wanted, What, as_csv, chosen, columns_of
from index.records import IndexProblem
from index.register import Register
from tests.index.test_register import REPORT

OLDER = replace(
    REPORT,
    document="b.pdf",
    authority="Kingston upon Hull",
    kind=ReportKind.FOCUSED_VISIT,
    published=date(2015, 3, 1),
    framework=Framework.SIF,
    judgements=(Judgement("overall", "requires improvement", "RI", '=SUM(1), "so", it said'),),
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    register = Register(tmp_path / "register.sqlite")
    register.put(REPORT, "recipe", 1)
    register.put(OLDER, "recipe", 1)
    yield register
    register.close()


def documents(register: Register, wanted: Wanted) -> list[object]:
    return [row["document"] for row in chosen(register, wanted)]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(), 3),
        (Wanted(area="In care"), 1),
        (Wanted(area="in_care"), 1),
        (Wanted(grade="Good"), 1),
        (Wanted(grade="outstanding", area="overall"), 0),
        (Wanted(grade="requires improvement to be good"), 1),
        (Wanted(grade="satisfactory"), 0),
        (Wanted(since=2016), 2),
        (Wanted(since=2022), 2),
        (Wanted(since=2023), 0),
        (Wanted(kind=ReportKind.FOCUSED_VISIT), 1),
        (Wanted(framework=Framework.SIF), 1),
        (Wanted(framework=Framework.JTAI), 0),
        (Wanted(earlier=True), 2),
        (Wanted(earlier=True, grade="adequate"), 1),
        (Wanted(What.FIGURES), 4),
        (Wanted(What.RECOMMENDATIONS, since=2016), 2),
        (Wanted(What.OFFICERS), 2),
        (Wanted(What.STATEMENTS), 2),
        (Wanted(What.REPORTS), 2),
    ],
)
def test_rows_are_those_that_fit(register: Register, wanted: Wanted, count: int) -> None:
    assert len(chosen(register, wanted)) == count


@pytest.mark.parametrize("name", ["Hull", "kingston upon hull", "Kingston upon Hull City Council", "Kingstn upon Hull"])
def test_an_authority_is_known_by_alias_and_in_spite_of_a_slip(register: Register, name: str) -> None:
    assert documents(register, Wanted(authority=name)) == ["b.pdf"]


def test_a_name_that_only_the_register_has_is_known(register: Register) -> None:
    register.put(replace(OLDER, document="c.pdf", authority="Atlantis"), "recipe", 1)
    assert documents(register, Wanted(authority=" atlantis")) == ["c.pdf"]


def test_an_authority_without_reports_has_no_rows(register: Register) -> None:
    assert chosen(register, Wanted(authority="Leeds")) == []


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(authority="Hortlespol"), "No authority is called 'Hortlespol'. The nearest are: Hartlepool"),
        (Wanted(authority="qqqqqq"), "No authority is called 'qqqqqq'.$"),
        (Wanted(area="weather"), "No report grades 'weather'. The areas are: in_care, overall."),
        (Wanted(grade="splendid"), "There is no grade 'splendid'. The grades are: outstanding, good"),
        (Wanted(What.FIGURES, area="overall"), "leave them out with figures"),
        (Wanted(What.OFFICERS, earlier=True), "leave them out with officers"),
    ],
)
def test_what_is_not_understood_is_said_with_what_would_be(register: Register, wanted: Wanted, said: str) -> None:
    with pytest.raises(IndexProblem, match=said):
        chosen(register, wanted)


def test_a_row_is_flat_and_has_report_and_quote(register: Register) -> None:
    (row,) = chosen(register, Wanted(area="in_care"))
    assert row == {
        "document": "a.txt",
        "title": REPORT.title,
        "authority": "Hartlepool",
        "kind": "inspection",
        "framework": "ILACS",
        "inspection_start": "2022-07-04",
        "inspection_end": "2022-07-15",
        "published": "2022-09-12",
        "year": 2022,
        "area": "in_care",
        "grade": "outstanding",
        "printed": "Outstanding",
        "of": "this",
        "page": None,
        "quote": "Children in care “Outstanding”",
    }


@pytest.mark.parametrize("what", What)
def test_csv_has_a_line_of_names_and_every_text_letter_for_letter(register: Register, what: What) -> None:
    rows = chosen(register, Wanted(what))
    read = list(csv.DictReader(io.StringIO(as_csv(rows, what))))
    assert read == [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in rows]
    assert as_csv([], what) == ",".join(columns_of(what)) + "\n"


@pytest.mark.parametrize("what", What)
def test_a_table_shows_only_columns_that_rows_have(what: What) -> None:
    assert set(SHOWN[what].split()) <= set(columns_of(what))
