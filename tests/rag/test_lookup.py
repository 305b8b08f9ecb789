"""Grades from the register: which rows answer, what has none, and what is offered instead."""

from __future__ import annotations

import pytest

from corpus.report import ReportKind
from index.records import Grade, Source
from index.retrieval.scope import Scope, resolve
from index.retrieval.understand import understand
from rag.lookup import Lookup, is_wanted, look_up, with_gap
from tests.rag.builders import report

OLD, NEW, VISIT = report(year=2015), report(year=2022), report(year=2024, kind=ReportKind.FOCUSED_VISIT)
OTHER = report("Rutland", 2017)
SOURCES = (OLD, OTHER, NEW, VISIT)


def grade(source: Source, area: str, value: str) -> Grade:
    return Grade(source, area, value, value.capitalize(), f"{area} {value}", None)


OLD_OVERALL, NEW_OVERALL = grade(OLD, "overall", "inadequate"), grade(NEW, "overall", "good")
OTHER_OVERALL, OLD_ADOPTION = grade(OTHER, "overall", "requires improvement"), grade(OLD, "adoption", "adequate")
GRADES = (OLD_OVERALL, OLD_ADOPTION, OTHER_OVERALL, NEW_OVERALL)


def looked_up(question: str) -> tuple[Lookup, ...]:
    asked = understand(question)
    return look_up(asked, resolve(asked, SOURCES), GRADES)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("How was Hartlepool rated?", (NEW_OVERALL,)),
        ("How was Hartlepool rated in 2015?", (OLD_OVERALL,)),
        ("How has Hartlepool's rating changed over time?", (OLD_OVERALL, NEW_OVERALL)),
        ("How were Hartlepool and Rutland rated?", (OLD_OVERALL, OTHER_OVERALL, NEW_OVERALL)),
        ("How was Hartlepool rated for adoption?", (OLD_ADOPTION,)),
        ("What overall grades are held?", (OTHER_OVERALL, NEW_OVERALL)),
    ],
)
def test_the_judgements_that_answer(question: str, rows: tuple[Grade, ...]) -> None:
    (found,) = looked_up(question)
    assert found.rows == rows


def test_all_the_grades_are_those_of_every_area() -> None:
    assert {found.area for found in looked_up("What are all the grades of Hartlepool?")} == {"overall", "adoption"}


@pytest.mark.parametrize(
    ("question", "areas"),
    [
        ("The full set of judgements for Hartlepool in 2015, area by area", {"overall", "adoption"}),
        ("Which bits of Hartlepool's 2015 inspection were graded above inadequate?", {"adoption"}),
        ("Which areas of Hartlepool were judged inadequate in 2015?", {"overall"}),
        ("Which parts of Hartlepool's 2015 inspection were judged outstanding?", {"overall", "adoption"}),
    ],
)
def test_of_every_area_those_that_fit_are_given_or_all_if_none_does(question: str, areas: set[str]) -> None:
    assert {found.area for found in looked_up(question)} == areas


def test_of_authorities_those_with_the_grade_are_listed_or_it_is_said_that_there_are_none() -> None:
    (found,) = looked_up("Which authorities were judged outstanding?")
    assert found.none_such
    assert not found.contradicts


def test_a_newer_report_without_a_grade_is_told_beside_the_newest_grade() -> None:
    (found,) = looked_up("How is Hartlepool rated now?")
    assert found.later == (VISIT,)


def test_several_areas_are_looked_up_one_by_one() -> None:
    assert [found.area for found in looked_up("Hartlepool's grades for adoption and care leavers")] == [
        "adoption",
        "care_leavers",
    ]


def test_a_report_without_such_a_grade_is_told_and_the_newest_elsewhere_offered() -> None:
    (found,) = looked_up("How was Hartlepool rated in 2024?")
    assert (found.rows, found.ungraded, found.elsewhere) == ((), (VISIT,), (NEW_OVERALL,))


def test_an_area_without_any_grade_is_answered_with_the_newest_overall() -> None:
    (found,) = looked_up("How was Rutland rated for adoption?")
    assert (found.rows, found.elsewhere) == ((), (OTHER_OVERALL,))


def test_nothing_of_another_authority_is_offered() -> None:
    (found,) = looked_up("How was Walsall rated?")
    assert found == Lookup("overall")


@pytest.mark.parametrize(
    ("question", "contradicts"),
    [
        ("Why was Hartlepool judged inadequate?", True),
        ("Why was Hartlepool judged good?", False),
        ("Why was Hartlepool judged inadequate in 2015?", False),
        ("Why was Walsall judged inadequate?", False),
        ("How was Hartlepool judged?", False),
    ],
)
def test_whether_the_grade_that_is_taken_for_granted_is_not_so(question: str, contradicts: bool) -> None:
    (found,) = looked_up(question)
    assert found.contradicts is contradicts


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How was Hartlepool rated?", True),
        ("Why was Hartlepool judged inadequate?", True),
        ("Compare adoption in Hartlepool and Rutland", True),
        ("How is adoption in Hartlepool?", False),
        ("Compare early help in Hartlepool and Rutland", False),
    ],
)
def test_when_the_register_is_asked(question: str, wanted: bool) -> None:
    assert is_wanted(understand(question)) is wanted


@pytest.mark.parametrize(
    ("question", "gap"),
    [
        ("What was Rutland graded for fostering?", True),
        ("What grade did Rutland get on fostering in 2017?", True),
        ("What was Rutland graded for adoption?", False),
        ("What was Rutland graded for Family Hubs?", True),
        ("What was Rutland graded overall?", False),
        ("What grade did Rutland get in 2017?", False),
        ("What did they say about fostering in Rutland?", False),
    ],
)
def test_what_has_no_grade_of_its_own_is_said(question: str, gap: bool) -> None:
    found = with_gap(understand(question), Scope(()), lambda _: 0.1)
    assert bool(found.gaps) is gap


def test_a_grade_that_its_report_makes_a_verb_of_is_shown_by_name_for_another_area() -> None:
    verb = Grade(OTHER, "overall", "requires improvement", "require improvement", "services require improvement", 1)
    adoption, help_first = (
        Grade(OTHER, area, "requires improvement", "Requires improvement", f"{area} Requires improvement", 1)
        for area in ("adoption", "help_protection")
    )
    asked = understand("How was Rutland rated overall in 2017?")
    (found,) = look_up(asked, resolve(asked, SOURCES), (verb, adoption, help_first))
    assert found.named == help_first
    (found,) = look_up(asked, resolve(asked, SOURCES), (verb,))
    assert found.named is None
    asked = understand("How was Rutland rated for adoption and leadership in 2017?")
    several = look_up(asked, resolve(asked, SOURCES), (verb, adoption, help_first))
    assert len(several) > 1
    assert all(found.named is None for found in several)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Was Hartlepool any good for care leavers?", True),
        ("How good was adoption in Hartlepool?", True),
        ("Were Hartlepool's interviews any good?", False),
        ("What was said of care leavers in Hartlepool?", False),
    ],
)
def test_whether_an_area_is_any_good_is_told_by_its_grade(question: str, wanted: bool) -> None:
    assert is_wanted(understand(question)) is wanted


def test_a_grade_by_its_name_needs_no_other_area() -> None:
    (found,) = looked_up("How was Hartlepool rated in 2015?")
    assert found.named is None
