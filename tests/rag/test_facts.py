"""The facts that a small change would falsify are found however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import facts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,441 children", {"1441"}),
        ("seventeen children", {"17"}),
        ("Seventeen of thirty", {"17", "30"}),
        ("two-thirds", {"2"}),
        ("53%, 7.5 and 2013.", {"53", "7.5", "2013"}),
        ("from 2013-14 to 2015", {"2013", "14", "2015"}),
        ("zero", {"0"}),
        ("someone often wonders", set()),
        ("", set()),
    ],
)
def test_numbers_in_digits_or_words(text: str, found: set[str]) -> None:
    assert facts.numbers(text) == found


@pytest.mark.parametrize("text", ["twenty-one children", "a hundred children", "a dozen children", "twice a year"])
@pytest.mark.xfail(reason="not known as numbers", strict=True)
def test_larger_number_words(text: str) -> None:
    assert facts.numbers(text) & {"21", "100", "12", "2"}


@given(st.integers(0, 10**7))
def test_a_number_is_the_same_with_and_without_its_commas(number: int) -> None:
    assert facts.numbers(f"There were {number:,} children.") == facts.numbers(f"{number}") == {str(number)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in March and May", {"march", "may"}),
        ("it may march on", set()),
        ("12December", {"december"}),
        ("Marching", set()),
        ("", set()),
    ],
)
def test_months_have_a_capital(text: str, found: set[str]) -> None:
    assert facts.months(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Inadequate", {"inadequate"}),
        ("adequate", {"adequate"}),
        ("requiring improvement", {"requires improvement"}),
        ("Requires Improvement to be good", {"requires improvement"}),
        ("inadequately", set()),
        ("good", set()),
    ],
)
def test_grades_but_not_good(text: str, found: set[str]) -> None:
    assert facts.grades(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The lead inspector was Morgan Ashdown.", {"morgan", "ashdown"}),
        ("Ofsted's view of the LSCB", {"lscb"}),
        ("Leaders act. Managers too.", set()),
        ("In Rutland’s homes", {"rutland"}),
        ("children", set()),
    ],
)
def test_names_that_do_not_merely_open_a_sentence(text: str, found: set[str]) -> None:
    assert facts.names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The majority, more than half", {"majority", "more than", "half"}),
        ("two thirds", {"third"}),
        ("almost all", {"almost"}),
        ("utmost", set()),
    ],
)
def test_shares_in_words(text: str, found: set[str]) -> None:
    assert facts.shares(text) == found


@pytest.mark.parametrize(
    ("text", "count", "critical"),
    [
        ("It is not known and never was.", 2, True),
        ("It doesn’t and can't.", 2, True),
        ("Managers fail to act.", 1, True),
        ("Practice is weak and too few are seen.", 0, True),
        ("Notable knots", 0, False),
        ("All is well.", 0, False),
    ],
)
def test_denials_are_counted_and_fault_is_heard(text: str, count: int, critical: bool) -> None:
    assert (facts.negation_count(text), facts.is_critical(text)) == (count, critical)


def test_what_is_missing_is_told_in_order() -> None:
    assert facts.missing({"9", "12", "7"}, ["7"]) == ["12", "9"]
