"""Dates, inspectors and addressees, as reports state them."""

from __future__ import annotations

import pytest

from index.records import Named, Stated
from index.retrieval.scope import Scope
from index.retrieval.understand import understand
from rag.stated import addressees, as_sentences, stated_for, subjects_asked
from tests.rag.builders import report

LETTER = report(year=2024)
TEAM = Stated(LETTER, "team inspectors", "Ann Ash, Bo Birch", "Team inspectors: Ann Ash, Bo Birch", 2)
LEAD = Stated(LETTER, "lead inspector", "Cy Cedar", "Lead inspector: Cy Cedar", 2)
SENT = Named(LETTER, role="addressee", quote="Ms Dee Elm, Director", name="Dee Elm", since=None, page=1)
OTHER = Named(LETTER, role="chief executive", quote="Eve Fir, Chief Executive", name="Eve Fir", since=None, page=1)


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("Who was on the inspection team?", ("team inspectors",)),
        ("Who were the team inspectors?", ("team inspectors",)),
        ("Who were the inspectors?", ("inspectors", "team inspectors")),
        ("Who led the inspection?", ("lead inspector",)),
        ("Who was the letter addressed to?", ("addressee",)),
        ("Who was the letter sent to?", ("addressee",)),
        ("Who looks after the children?", ()),
        ("What day was the report put out?", ("publication date",)),
        ("What two days did inspectors visit?", ("inspection dates",)),
        ("When were the reviews to be signed off?", ()),
        ("What day do the bins go out?", ()),
    ],
)
def test_what_is_asked_for(question: str, subjects: tuple[str, ...]) -> None:
    assert subjects_asked(understand(question)) == subjects


def test_only_addressees_are_addressees_and_only_by_name() -> None:
    nameless = Named(LETTER, role="addressee", quote="The Director", name=None, since=None, page=1)
    (found,) = addressees((SENT, OTHER, nameless))
    assert (found.subject, found.value, found.quote) == ("addressee", "Dee Elm", "Ms Dee Elm, Director")


def test_the_statement_asked_for_answers_with_its_quote() -> None:
    found = stated_for(understand("Who was on the inspection team?"), Scope((LETTER,)), (LEAD, TEAM))
    assert found == (TEAM,)
    ((sentence,), (evidence,)) = as_sentences(found)
    assert sentence.text.startswith("The team inspectors were Ann Ash, Bo Birch (")
    assert (evidence.quote, evidence.page) == (TEAM.quote, 2)


def test_one_is_singular_and_a_letter_is_addressed() -> None:
    sentences, _ = as_sentences((LEAD, *addressees((SENT,))))
    assert [item.text.split(" (")[0] for item in sentences] == [
        "The lead inspector was Cy Cedar",
        "The letter was addressed to Dee Elm",
    ]
