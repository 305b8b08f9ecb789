"""Numbers in digits and in words become digits; a number that may be damaged becomes nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numbers import NUMBER, in_digits, number_value


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("zero", "0"),
        ("Seven", "7"),
        ("nineteen", "19"),
        ("twenty", "20"),
        ("twenty-two", "22"),
        ("thirty one", "31"),
        ("two hundred", "200"),
        ("Four hundred and ten", "410"),
        ("one hundred and twenty-five", "125"),
    ],
)
def test_a_number_in_words_becomes_digits(words: str, digits: str) -> None:
    assert in_digits(words) == digits
    assert number_value(words) == digits


@pytest.mark.parametrize(
    ("printed", "value"),
    [("7", "7"), ("4,807", "4807"), ("1,234,567", "1234567"), ("32.5", "32.5"), ("62 100", "62100"), ("2712", "2712")],
)
def test_a_number_in_digits_loses_its_separators(printed: str, value: str) -> None:
    assert number_value(printed) == value


@pytest.mark.parametrize("printed", ["2015", "1998", "4,8073", "2,3451", "many", "", "1.2.3"])
def test_a_year_a_number_with_a_footnote_mark_and_other_words_have_no_value(printed: str) -> None:
    assert number_value(printed) is None


@given(st.integers(min_value=0, max_value=10_000_000).filter(lambda number: not 1900 <= number <= 2099))
def test_every_whole_number_with_commas_is_read_back(number: int) -> None:
    assert number_value(f"{number:,}") == str(number)


def found(text: str) -> list[str]:
    return [match[0] for match in re.finditer(NUMBER, text, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("At 31 March, 2,104 of them", ["31", "2,104"]),
        ("In 2015, 538 children", ["2015", "538"]),
        ("During 2015–16, 60 children", ["60"]),
        ("During 2015\uf02d16, 60 children", ["60"]),
        ("During 2015─16, 60 children", ["60"]),
        ("four hundred and ten of ninety", ["four hundred and ten", "ninety"]),
        ("seventy thousand people", []),
        ("the tenants often phone", []),
        ("15–20 cases", []),
        ("rose to 2, 848 people", ["2"]),
        ("rose to 4,8073 people", []),
        ("section20", []),
    ],
)
def test_numbers_are_found_whole_or_not_at_all(text: str, numbers: list[str]) -> None:
    assert found(text) == numbers
