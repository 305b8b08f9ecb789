"""Officers are read with their names and days only as far as these are printed."""

from __future__ import annotations

import pytest

from corpus.officers import iso_day, read_officers
from corpus.report import Block, BlockKind, Officer


def officers(*texts: str) -> tuple[Officer, ...]:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text, 0, len(text), page=2) for text in texts)
    return read_officers(blocks, "\n".join(texts))


def rows(*texts: str) -> list[tuple[str, str | None, str | None]]:
    return [(officer.role, officer.name, officer.since) for officer in officers(*texts)]


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("October 2017", "2017-10"),
        ("1 July 2013", "2013-07-01"),
        ("31st March 2015", "2015-03-31"),
        ("2013", "2013"),
        ("31 February 2015", None),
        ("autumn 2015", None),
        ("", None),
    ],
)
def test_a_day_is_written_as_far_as_it_is_printed(printed: str, iso: str | None) -> None:
    assert iso_day(printed) == iso


@pytest.mark.parametrize(
    ("sentence", "role", "since"),
    [
        (
            "The director of children’s services has been in post since October 2017.",
            "director of children's services",
            "2017-10",
        ),
        ("The interim DCS has been in post since 1 July 2013.", "director of children's services", "2013-07-01"),
        ("The chief executive has been in post since 2013.", "chief executive", "2013"),
        (
            "The chair of the Local Safeguarding Children Board has been in post since May 2014.",
            "chair of the LSCB",
            "2014-05",
        ),
        (
            "The lead member for children’s services has been in post since May 2013.",
            "lead member for children's services",
            "2013-05",
        ),
    ],
)
def test_an_office_that_is_dated_is_read(sentence: str, role: str, since: str) -> None:
    (found,) = officers(f"\uf06e {sentence}")
    assert found == Officer(role, sentence.removesuffix("."), None, since, 2)


@pytest.mark.parametrize(
    "sentence",
    [
        "She followed the previous DCS, who had been in post since May 2005.",
        "The strategic director, wellbeing, has been in post since July 2012.",
        "The assistant director of children’s services has been in post since July 2012.",
        "The chief executive of the trust has been in post since July 2018.",
        "A nurse for children looked after has been in post since November 2016.",
        "The director of children’s services has been in post for two years.",
        "The director of children’s services has been in post since 31 February 2015.",
    ],
)
def test_other_offices_and_days_that_cannot_be_give_nothing(sentence: str) -> None:
    assert officers(sentence) == ()


def test_those_a_letter_is_written_to_are_read_with_the_offices_beside_their_names() -> None:
    assert rows(
        "14 March 2024",
        "Jo Fairweather, Director of Children's Services",
        "Sam Reed, Chief Executive, Hartlepool Children's Trust",
        "Victoria Road",
        "Dear Ms Fairweather and Mr Reed",
    ) == [
        ("addressee", "Jo Fairweather", None),
        ("director of children's services", "Jo Fairweather", None),
        ("addressee", "Sam Reed", None),
    ]


def test_an_office_below_the_name_is_that_persons() -> None:
    found = officers("Ms Jo Fairweather", "Executive Director for Children and Families", "Dear Ms Fairweather")
    assert [(officer.role, officer.quote) for officer in found] == [
        ("addressee", "Ms Jo Fairweather"),
        ("director of children's services", "Ms Jo Fairweather Executive Director for Children and Families"),
    ]


def test_a_name_that_nobody_greets_is_no_addressee() -> None:
    assert officers("Victoria Road", "Jo Fairweather", "Dear colleague") == ()


def test_those_a_letter_is_copied_to_are_read_where_an_office_is_printed() -> None:
    found = rows("Copy: Sam Reed, Chief Executive, Hartlepool Borough Council", "Jo Marsh, Department for Education")
    assert found == [("chief executive", "Sam Reed", None)]


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        (
            "Sam Reed, Chief Executive, Hartlepool Borough Council Jo Marsh, Department for Education",
            "Sam Reed, Chief Executive, Hartlepool Borough Council",
        ),
        ("Sam Reed, Chief Executive Jo Marsh, Department for Education", "Sam Reed, Chief Executive"),
        (
            "Sam Reed, Chief Executive, Hartlepool Borough Council",
            "Sam Reed, Chief Executive, Hartlepool Borough Council",
        ),
    ],
)
def test_the_quote_of_one_officer_ends_where_the_next_person_begins(line: str, quote: str) -> None:
    (found,) = officers(f"Copy: {line}")
    assert (found.role, found.name, found.quote) == ("chief executive", "Sam Reed", quote)


def test_the_office_of_the_next_person_is_not_that_of_the_first() -> None:
    assert officers("Copy: Sam Reed, Head of Audit, Hartlepool Borough Council Jo Marsh, Chief Executive") == ()


def test_the_same_row_is_given_once() -> None:
    sentence = "The DCS has been in post since 2013."
    assert len(officers(sentence, sentence)) == 1


def test_a_report_without_officers_gives_none() -> None:
    assert read_officers((), "") == ()
