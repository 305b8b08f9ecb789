"""The rows that answer a survey, and those they were taken from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.report import Framework, ReportKind
from index.records import Grade, Source
from rag.period import Period
from rag.survey import Form, Survey
from rag.survey_groups import Group
from rag.survey_rows import Surveyed, run
from tests.rag.builders import report

INADEQUATE, GOOD = frozenset({"inadequate"}), frozenset({"good"})
HISTORY = {
    "Kent": ((2013, "adequate"), (2017, "requires improvement"), (2022, "outstanding")),
    "Leeds": ((2014, "inadequate"), (2018, "requires improvement"), (2021, "good")),
    "Devon": ((2015, "inadequate"), (2019, "inadequate")),
    "Dorset": ((2016, "good"), (2021, "inadequate")),
    "Northamptonshire": ((2016, "inadequate"),),
}


def graded(authority: str, year: int, grade: str, area: str = "overall") -> Grade:
    return Grade(report(authority, year), area, grade, grade, f"{area}: {grade}", 1)


GRADES = tuple(
    sorted(
        (graded(name, year, grade) for name, rows in HISTORY.items() for year, grade in rows),
        key=lambda row: row.source.order,
    )
)
SOURCES = tuple(row.source for row in GRADES)


def years(first: int, last: int) -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31))


def found(survey: Survey, grades: tuple[Grade, ...] = GRADES, sources: tuple[Source, ...] = SOURCES) -> Surveyed:
    return run(survey, grades, sources)


def told(result: Surveyed) -> dict[str, list[int | None]]:
    return {line.authority: [row.source.year for row in line.rows] for line in result.lines}


@pytest.mark.parametrize(
    ("survey", "wanted"),
    [
        (Survey(Form.LIST, grades=INADEQUATE, period=years(2014, 2015)), {"Devon": [2015], "Leeds": [2014]}),
        (Survey(Form.LIST, grades=INADEQUATE, latest=True), {"Devon": [2019], "Dorset": [2021]}),
        (Survey(Form.REPEATED, grades=INADEQUATE), {"Devon": [2015, 2019]}),
        (Survey(Form.REPEATED, grades=INADEQUATE, least=3), {}),
        (Survey(Form.NEVER, grades=INADEQUATE), {"Kent": [2013, 2017, 2022]}),
        (Survey(Form.EXTREME, direction=1, latest=True), {"Kent": [2022]}),
        (Survey(Form.EXTREME, direction=-1, period=years(2021, 2022)), {"Dorset": [2021]}),
        (Survey(Form.FIRST, grades=INADEQUATE, direction=-1), {"Leeds": [2014]}),
        (Survey(Form.FIRST, grades=INADEQUATE, direction=1), {"Dorset": [2021]}),
        (Survey(Form.CHANGE, before=INADEQUATE, grades=GOOD), {"Leeds": [2014, 2018, 2021]}),
        (Survey(Form.CHANGE, before=INADEQUATE, grades=GOOD, period=years(2015, 2020)), {}),
        (Survey(Form.CHANGE, before=INADEQUATE, grades=GOOD, was=years(2015, 2016)), {}),
        (Survey(Form.CHANGE, direction=1), {"Kent": [2017, 2022], "Leeds": [2018, 2021]}),
        (Survey(Form.CHANGE, direction=1, period=years(2017, 2018)), {"Leeds": [2014, 2018]}),
        (Survey(Form.CHANGE, direction=-1), {"Dorset": [2016, 2021]}),
        (Survey(Form.CHANGE, before=INADEQUATE), {"Leeds": [2014, 2018]}),
        (Survey(Form.CHANGE, before=INADEQUATE, latest=True), {}),
        (Survey(Form.CHANGE, grades=INADEQUATE, latest=True), {"Dorset": [2016, 2021]}),
        (Survey(Form.COUNT, grades=INADEQUATE, authorities=("Leeds",)), {"Leeds": [2014]}),
        (
            Survey(Form.LIST, grades=INADEQUATE, group=Group("these", frozenset({"Devon", "Kent"}))),
            {"Devon": [2015, 2019]},
        ),
    ],
)
def test_the_lines_that_answer(survey: Survey, wanted: dict[str, list[int]]) -> None:
    assert told(found(survey)) == wanted


def test_a_breakdown_looks_at_every_grade_of_the_period() -> None:
    assert [row.grade for row in found(Survey(Form.BREAKDOWN, period=years(2016, 2017))).looked_at] == [
        "good",
        "inadequate",
        "requires improvement",
    ]


def test_an_authority_that_is_no_more_is_set_apart_from_the_state_of_things() -> None:
    now = found(Survey(Form.LIST, grades=INADEQUATE, latest=True))
    assert [line.authority for line in now.gone] == ["Northamptonshire"]
    assert "Northamptonshire" not in {row.source.authority for row in now.looked_at}
    then = found(Survey(Form.LIST, grades=INADEQUATE, latest=True, period=Period(last=date(2018, 12, 31))))
    assert told(then) == {"Devon": [2015], "Northamptonshire": [2016]}
    assert not then.gone


def test_an_inspection_without_the_grade_is_silent_and_hides_what_came_before() -> None:
    newer = report("Devon", 2023)
    result = found(Survey(Form.LIST, grades=INADEQUATE, latest=True), sources=(*SOURCES, newer))
    assert "Devon" not in told(result)
    assert result.silent == (newer,)


def test_a_visit_hides_nothing_and_is_not_silent() -> None:
    visit = report("Devon", 2023, ReportKind.FOCUSED_VISIT)
    result = found(Survey(Form.LIST, grades=INADEQUATE, latest=True), sources=(*SOURCES, visit))
    assert "Devon" in told(result)
    assert not result.silent


def test_only_reports_of_the_framework_count() -> None:
    row = graded("Essex", 2022, "inadequate")
    new = replace(row, source=replace(row.source, framework=Framework.ILACS))
    result = found(
        Survey(Form.LIST, grades=INADEQUATE, framework=Framework.ILACS), (*GRADES, new), (*SOURCES, new.source)
    )
    assert told(result) == {"Essex": [2022]}


def test_reports_without_authority_are_no_ones() -> None:
    row = replace(graded("Essex", 2022, "inadequate"), source=report(None, 2022))
    assert "Essex" not in told(found(Survey(Form.LIST, grades=INADEQUATE), (*GRADES, row), (*SOURCES, row.source)))


def test_an_area_that_no_newest_report_grades_is_told_as_it_ever_was() -> None:
    adoption = graded("Leeds", 2014, "good", "adoption")
    result = found(Survey(Form.LIST, "adoption", GOOD, latest=True), (adoption, *GRADES))
    assert told(result) == {"Leeds": [2014]}
    assert not result.survey.latest


def test_what_the_other_date_would_give_is_told_only_where_it_differs() -> None:
    row = graded("Essex", 2016, "inadequate")
    early = replace(row, source=replace(row.source, inspection_end=date(2015, 12, 1)))
    survey = Survey(Form.LIST, grades=INADEQUATE, period=years(2016, 2016))
    assert found(survey, (early,), (early.source,)).otherwise == 0
    assert found(survey, (row,), (row.source,)).otherwise is None


def test_reports_without_the_date_that_counts_are_left_out_and_told() -> None:
    row = graded("Essex", 2016, "inadequate")
    undated = replace(row, source=replace(row.source, inspection_end=None))
    survey = Survey(Form.LIST, grades=INADEQUATE, period=replace(years(2016, 2016), inspected=True))
    result = found(survey, (undated,), (undated.source,))
    assert not result.lines
    assert result.undated == (undated.source,)
