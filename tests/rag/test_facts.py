"""The facts that a small change would falsify are found however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import facts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,441 children", ["1441"]),
        ("seventeen children", ["17"]),
        ("Seventeen of thirty", ["17", "30"]),
        ("twenty-one and forty two", ["21", "42"]),
        ("two-thirds and a half", ["two third", "half"]),
        ("53%, 53 per cent, 7.5 and 2013.", ["53 %", "53 %", "7.5", "2013"]),
        ("72 hours or 10 working days", ["72 hour", "10 day"]),
        ("from 2013-14 to 2015", ["2013", "14", "2015"]),
        ("zero", ["0"]),
        ("someone often wonders", []),
        ("", []),
    ],
)
def test_numbers_in_order_in_digits_or_words_with_their_units(text: str, found: list[str]) -> None:
    assert facts.numbers(text) == found


@pytest.mark.parametrize(
    ("text", "found"), [("a hundred children", "100"), ("a dozen children", "12"), ("twice a year", "2")]
)
def test_other_number_words(text: str, found: str) -> None:
    assert facts.numbers(text) == [found]


@given(st.integers(0, 10**7))
def test_a_number_is_the_same_with_and_without_its_commas(number: int) -> None:
    assert facts.numbers(f"There were {number:,} children.") == facts.numbers(f"{number}") == [str(number)]


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
        ("good", {"good"}),
        ("not yet good", set()),
    ],
)
def test_grades_and_good_only_where_it_is_reached(text: str, found: set[str]) -> None:
    assert facts.grades(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The lead inspector was Morgan Ashdown.", {"morgan", "ashdown"}),
        ("Ofsted's view of the LSCB", {"lscb"}),
        ("Leaders act. Managers too.", set()),
        ("the homes in Rutland’s north", {"rutland"}),
        ("Kit Marlow came.", {"kit", "marlow"}),
        ("In Rutland’s homes", {"rutland"}),
        ("children", set()),
    ],
)
def test_names_that_do_not_merely_open_a_sentence(text: str, found: set[str]) -> None:
    assert facts.names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The majority, often half", {"majority", "often", "half"}),
        ("Every plan always", {"every", "always"}),
        ("almost all", {"almost", "all"}),
        ("A small number of plans", set()),
        ("utmost", set()),
    ],
)
def test_how_many_in_words(text: str, found: set[str]) -> None:
    assert facts.quantities(text) == found


@pytest.mark.parametrize(
    ("text", "denies"),
    [
        ("It is not known.", True),
        ("It doesn’t.", True),
        ("They can't.", True),
        ("Managers fail to act.", True),
        ("Too few are seen.", True),
        ("They are hardly seen.", True),
        ("Notable knots", False),
        ("Practice is weak.", False),
        ("All is well.", False),
        ("", False),
    ],
)
def test_a_denial_is_heard(text: str, denies: bool) -> None:
    assert facts.is_denial(text) is denies


def test_authorities_are_found_however_they_are_written() -> None:
    assert facts.authorities("in rutland and Hartlepool's homes") == {"Rutland", "Hartlepool"}


def test_what_is_missing_is_told_in_order() -> None:
    assert facts.missing({"9", "12", "7"}, ["7"]) == ["12", "9"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was rated good", {"good"}),
        ("Overall effectiveness Good", {"good"}),
        ("Overall effectiveness requires improvement to be good.", {"requires improvement"}),
        ("Care leavers were judged to be outstanding.", {"outstanding"}),
        ("The council offers good support", set()),
        ("The council has a good record of its visits.", set()),
    ],
)
def test_a_grade_is_given_by_judging_or_behind_what_is_graded(text: str, found: set[str]) -> None:
    assert facts.given_grades(text) == found
