"""One figure of several authorities side by side."""

from __future__ import annotations

from datetime import date

import pytest

from index.records import Counted
from index.retrieval.understand import understand
from rag.figure_compare import compare, comparison_of
from tests.rag.builders import report

KENT, DERBY = report("Kent", 2016), report("Derby", 2018)


def care(source: object, value: str, year: int, unit: str = "children") -> Counted:
    subject = "looked_after" if unit == "children" else "looked_after_rate"
    chosen = KENT if source is KENT else DERBY
    return Counted(chosen, subject, value, unit, f"{value} were looked after", 3, as_at=date(year, 3, 31))


FIGURES = (
    care(KENT, "1900", 2016),
    care(KENT, "2000", 2015),
    care(DERBY, "700", 2018),
    care(DERBY, "120", 2018, "per 10,000"),
    care(KENT, "58", 2016, "per 10,000"),
)


def told(question: str) -> str:
    asked = understand(question)
    comparison = comparison_of(asked)
    written = compare(comparison, asked, FIGURES) if comparison else None
    return written.text if written else ""


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("Who looked after more children, Kent or Derby?", "Kent had the larger number of children looked after:"),
        ("Does Derby have fewer children in care than Kent?", "Derby had the smaller number of children looked after:"),
        (
            "Which had the higher rate of looked after children, Derby or Kent?",
            "Derby had the higher rate per 10,000 of children looked after:",
        ),
    ],
)
def test_the_answer_comes_first(question: str, head: str) -> None:
    assert told(question).startswith(head)


def test_each_figure_has_its_day_and_its_quote() -> None:
    assert "- Kent: 2,000 at 31 March 2015 (" in told(
        "Who had more children in care, Kent in March 2015 or Derby in 2018?"
    )


@pytest.mark.parametrize(
    "question",
    [
        "Who had more children in care going missing, Kent or Derby?",
        "Who looked after more children in Kent?",
        "Why did Kent have more children in care than Derby?",
        "Who has more children on child protection plans, Kent or Derby?",
        "Did Kent or Derby look after children well?",
    ],
)
def test_what_is_not_understood_or_not_stated_is_left_to_the_text(question: str) -> None:
    assert not told(question)
