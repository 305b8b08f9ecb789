"""Which reports may answer: a named authority or date is never answered from another's report."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.authorities import load_authorities
from corpus.report import ReportKind
from index.retrieval.scope import Scope, describe_held, resolve
from index.retrieval.understand import understand
from tests.rag.builders import report

HARTLEPOOL_2015 = report("Hartlepool", 2015)
RUTLAND_2017 = report("Rutland", 2017)
HARTLEPOOL_VISIT = report("Hartlepool", 2019, ReportKind.FOCUSED_VISIT)
HARTLEPOOL_2022 = report("Hartlepool", 2022)
HELD = (HARTLEPOOL_2015, RUTLAND_2017, HARTLEPOOL_VISIT, HARTLEPOOL_2022)
NAMES = tuple(authority.name for authority in load_authorities())


def scope_of(question: str) -> Scope:
    return resolve(understand(question), HELD)


@pytest.mark.parametrize(
    ("question", "sources"),
    [
        ("How is early help?", HELD),
        ("How is early help in Hartlepool?", (HARTLEPOOL_2015, HARTLEPOOL_VISIT, HARTLEPOOL_2022)),
        ("How was early help in Hartlepool in the 2015 report?", (HARTLEPOOL_2015,)),
        ("What did the focused visit to Hartlepool find?", (HARTLEPOOL_VISIT,)),
        ("What did the focused visit find?", (HARTLEPOOL_VISIT,)),
        ("What did the 2017 inspection find?", (RUTLAND_2017,)),
        ("hartlepool 15 vs rutland 17", (HARTLEPOOL_2015, RUTLAND_2017)),
        (
            "Who did more on fostering: Rutland in its 2017 report or Hartlepool in its latest?",
            (RUTLAND_2017, HARTLEPOOL_2022),
        ),
        (
            "Did Hartlepool in 2015 do more on fostering than Rutland in 2017 or later?",
            (HARTLEPOOL_2015, RUTLAND_2017),
        ),
        ("Does the latest Hartlepool report say more than the 2017 Rutland one?", (HARTLEPOOL_2022, RUTLAND_2017)),
        (
            "How was fostering in Hartlepool since 2018, and in Rutland now?",
            (HARTLEPOOL_VISIT, HARTLEPOOL_2022, RUTLAND_2017),
        ),
        ("Rutland in 2016/17 and Hartlepool in 2015: how was fostering?", (HARTLEPOOL_2015,)),
        ("Is Hartlepool worse than Rutland was in 2017?", (RUTLAND_2017,)),
        ("How has Hartlepool changed since 2018?", (HARTLEPOOL_VISIT, HARTLEPOOL_2022)),
        ("How did Hartlepool change between 2011 and 2020?", (HARTLEPOOL_2015, HARTLEPOOL_VISIT)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_reports_in_scope(question: str, sources: tuple[object, ...]) -> None:
    assert scope_of(question).sources == sources


@pytest.mark.parametrize(
    "question",
    [
        "What was the overall grade of {}?",
        "How is early help in {}?",
        "What did the focused visit to {} find?",
        "How many children are in care in {} in 2015?",
        "Why was {} inadequate in 2017?",
        "{} 2022",
    ],
)
@given(name=st.sampled_from(NAMES))
def test_a_named_authority_is_never_answered_from_anothers_report(question: str, name: str) -> None:
    asked = understand(question.format(name))
    scope = resolve(asked, HELD)
    assert {source.authority for source in scope.sources} <= set(asked.authorities)
    if not scope.sources:
        assert scope.gaps


@given(name=st.sampled_from(NAMES), other=st.sampled_from(["Hartlepool", "Rutland"]))
def test_an_authority_that_is_not_held_is_told_beside_one_that_is(name: str, other: str) -> None:
    scope = scope_of(f"Compare {name} and {other}")
    assert {source.authority for source in scope.sources} == {other} | ({name} & {"Hartlepool", "Rutland"})
    assert (f"No report on {name} is held." in scope.gaps) == (name not in {"Hartlepool", "Rutland"})


@pytest.mark.parametrize(
    ("question", "gap"),
    [
        ("What was the grade in the 2016 inspection of Hartlepool?", "No report of 2016 on Hartlepool is held."),
        ("How was Hartlepool rated in 2016?", "No report of 2016 on Hartlepool is held."),
        ("What did the 2016 report find?", "No report of 2016 is held."),
        ("What did the monitoring visit to Hartlepool find?", "No monitoring visit on Hartlepool is held."),
        ("What did the 2015 focused visit to Hartlepool find?", "No focused visit of 2015 on Hartlepool is held."),
        ("What is the latest news article on Rutland?", "No news on Rutland is held."),
        ("What did the report on Walsall find?", "No report on Walsall is held."),
    ],
)
def test_what_is_not_held_is_a_gap_and_nothing_else_stands_in_for_it(question: str, gap: str) -> None:
    assert scope_of(question) == Scope((), (gap,))


def test_a_year_without_a_report_may_be_spoken_of_by_another() -> None:
    scope = scope_of("How many families did Hartlepool help in 2016?")
    assert scope.sources == (HARTLEPOOL_2015, HARTLEPOOL_VISIT, HARTLEPOOL_2022)
    assert scope.periods == ("2016",)
    assert not scope.gaps


def test_a_period_must_be_in_the_evidence() -> None:
    assert scope_of("How many families did Hartlepool help in 2013-14?").periods == ("2013-14",)


def test_one_of_two_years_held_is_answered_with_a_gap_for_the_other() -> None:
    scope = scope_of("How was Hartlepool graded in 2015 and 2016?")
    assert scope == Scope((HARTLEPOOL_2015,), ("No report of 2016 on Hartlepool is held.",))


def test_years_without_a_report_inside_a_span_are_no_gap() -> None:
    assert not scope_of("How was Hartlepool graded since 2014?").gaps


def test_a_year_that_fits_one_of_two_authorities_is_no_gap_for_the_other() -> None:
    assert not scope_of("How was Hartlepool rated in 2015 and Rutland in 2017?").gaps


def test_a_report_counts_for_the_year_of_its_inspection_too() -> None:
    late = replace(HARTLEPOOL_2015, published=HARTLEPOOL_2022.published, year=2022)
    assert resolve(understand("How was Hartlepool rated in 2015?"), (late,)).sources == (late,)


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("West Northamptonshire", "Northamptonshire"),
        ("Northamptonshire", "North Northamptonshire"),
        ("Cumbria", "Cumberland"),
    ],
)
def test_a_reorganised_authority_is_answered_from_its_kin(asked: str, held: str) -> None:
    source = report(held, 2018)
    assert resolve(understand(f"How is early help in {asked}?"), (*HELD, source)).sources == (source,)


def test_an_authoritys_own_report_comes_before_its_kins() -> None:
    own, kin = report("West Northamptonshire", 2022), report("Northamptonshire", 2018)
    assert resolve(understand("How is early help in West Northamptonshire?"), (kin, own)).sources == (own,)


def test_brothers_in_a_reorganisation_do_not_stand_in_for_each_other() -> None:
    brother = report("North Northamptonshire", 2022)
    assert not resolve(understand("How is early help in West Northamptonshire?"), (brother,)).sources


def test_nothing_is_in_scope_of_no_reports() -> None:
    assert resolve(understand("How is early help?"), ()) == Scope(())


def test_a_scope_names_its_documents() -> None:
    assert Scope((RUTLAND_2017,)).documents == (RUTLAND_2017.document,)


# What is held, in words.


def test_what_is_held_is_told_by_authority_and_year() -> None:
    assert describe_held(HELD) == "Reports held: Hartlepool 2015, 2019, 2022; Rutland 2017."


def test_only_the_named_authoritys_reports_are_told() -> None:
    assert describe_held(HELD, ("Rutland",)) == "Reports held: Rutland 2017."


def test_all_are_told_when_the_named_one_is_not_held() -> None:
    assert describe_held((RUTLAND_2017,), ("Walsall",)) == "Reports held: Rutland 2017."


def test_many_authorities_are_counted() -> None:
    many = tuple(report(name) for name in NAMES[:9])
    assert describe_held(many) == "9 reports on 9 authorities are held."


def test_a_report_of_nobody_and_no_date_is_told_too() -> None:
    unknown = replace(report(None), year=None)
    assert describe_held((unknown,)) == "Reports held: unnamed authority undated."


def test_what_came_after_the_newest_report_is_not_held() -> None:
    asked = understand("Did Hartlepool improve after 2024?")
    found = resolve(asked, HELD)
    assert found.sources == ()
    assert found.gaps == ("No report later than 2024 on Hartlepool is held.",)
