"""Grades of years of which no report is held, as later reports recall them."""

from __future__ import annotations

import pytest

from index.retrieval.understand import understand
from index.search import Index
from rag.known import earlier_judgement


def recalled(question: str, index: Index) -> list[str]:
    return [item.quote for item in earlier_judgement(understand(question), index)]


def test_the_statement_on_the_subject_that_is_asked_about(five: Index) -> None:
    (quote,) = recalled("What grade did Walsall's services for looked after children get in July 2012?", five)
    assert "July 2012" in quote


def test_the_year_of_the_report_that_tells_is_not_the_year_asked_about(five: Index) -> None:
    (quote,) = recalled("The 2017 report mentions August 2013: what was Walsall's grade for child protection?", five)
    assert "August 2013" in quote


@pytest.mark.parametrize(
    "question",
    [
        "How was Walsall rated in 2017?",
        "How was Walsall rated in 1999?",
        "How was adoption in Walsall judged in 2012?",
        "How many children were in care in Walsall in 2012?",
        "How was Sandwell rated in 2013 and 2015?",
    ],
)
def test_nothing_is_recalled_of_a_year_held_never_told_or_of_another_subject(question: str, five: Index) -> None:
    assert recalled(question, five) == []
