"""The records of a report: its years, its day, and what counts as verbatim."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.report import Report, ReportKind, is_verbatim, plain


def report(**known: Any) -> Report:  # noqa: ANN401  (whatever the record takes)
    nothing = dict.fromkeys(("authority", "inspection_start", "inspection_end", "published", "year"))
    return Report(
        **{
            "document": "a.txt",
            "digest": "0",
            "title": "",
            "kind": ReportKind.OTHER,
            "text": "",
            "blocks": (),
            **nothing,
            **known,
        }
    )


# When


def test_a_report_may_be_meant_by_any_of_its_years() -> None:
    days = {"inspection_start": date(2016, 12, 5), "inspection_end": date(2017, 1, 13), "published": date(2017, 3, 1)}
    assert report(**days, year=2018).years == {2016, 2017, 2018}


def test_a_report_without_a_date_has_no_year_and_no_day() -> None:
    assert (report().years, report().date) == (frozenset(), None)


@pytest.mark.parametrize(
    ("known", "day"),
    [
        ({"published": date(2017, 9, 4), "inspection_end": date(2017, 7, 13)}, date(2017, 9, 4)),
        ({"inspection_end": date(2017, 7, 13), "inspection_start": date(2017, 6, 20)}, date(2017, 7, 13)),
        ({"year": 2018}, date(2018, 7, 1)),
    ],
)
def test_the_day_is_that_of_publication_else_of_inspection_else_the_middle_of_the_year(
    known: dict[str, Any], day: date
) -> None:
    assert report(**known).date == day


# Verbatim

TEXT = "### The *Lighthouse* hub\n\nworks with 412\nfamilies.<sup>2</sup> Help is **not** late."


@pytest.mark.parametrize("quote", ["Lighthouse hub works with 412 families.", "Help is not late.", "412  \n families."])
def test_line_breaks_and_emphasis_do_not_matter(quote: str) -> None:
    assert is_verbatim(quote, TEXT)


@pytest.mark.parametrize("quote", ["works with 413 families", "Help is late.", "help is not late.", "worked", "", "  "])
def test_other_words_other_case_and_no_words_are_not_verbatim(quote: str) -> None:
    assert not is_verbatim(quote, TEXT)


def test_marks_without_a_word_are_not_verbatim() -> None:
    assert not is_verbatim("**", TEXT)


WORDS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="*#<"), min_size=1).filter(str.strip), min_size=1
)
SPACES = st.text(" \t\n", min_size=1, max_size=4)


@given(WORDS, st.data())
def test_a_quote_is_found_whatever_white_space_the_text_has(words: list[str], data: st.DataObject) -> None:
    text = "".join(word + data.draw(SPACES) for word in words)
    assert is_verbatim(plain(text), f"Before.\n{text}After.")


@given(WORDS)
def test_a_word_more_is_not_verbatim(words: list[str]) -> None:
    text = plain(" ".join(words))
    assert not is_verbatim(f"{text} x", text)


@given(st.text())
def test_plain_text_has_no_line_break_and_loses_no_word(text: str) -> None:
    assert plain(text).split(" ") == (text.split() or [""])
