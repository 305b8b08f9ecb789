"""Who was inspected, when, and by what kind of visit, as the report itself says it; or nothing at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identity import (
    MOST_DAYS,
    identify,
    impossible_dates,
    inspection_dates,
    publication_date,
    report_kind,
    year_in_name,
)
from corpus.report import ReportKind

Days = tuple[date | None, date | None]


# Kind


@pytest.mark.parametrize(
    ("face", "kind"),
    [
        ("Inspection of local authority children's services", ReportKind.INSPECTION),
        ("Focused visit to Hartlepool children's services", ReportKind.FOCUSED_VISIT),
        ("Monitoring visit to Hartlepool children's services", ReportKind.MONITORING_VISIT),
        ("Annual unannounced inspection of contact arrangements", ReportKind.UNANNOUNCED_INSPECTION),
        ("Services failed, Ofsted said in its report.", ReportKind.NEWS),
        ("Minutes of the scrutiny committee", ReportKind.OTHER),
        ("Inspection of safeguarding and looked after children services", ReportKind.INSPECTION),
        ("Re-inspection of services for children in need of help", ReportKind.INSPECTION),
        ("Joint targeted area inspection of the response to neglect", ReportKind.JOINT_INSPECTION),
        (
            "Review of the effectiveness of the Local Safeguarding Children\nBoard\nInspection date: 1 May 2015",
            ReportKind.OTHER,
        ),
    ],
)
def test_the_kind_is_read_from_the_words_of_the_face(face: str, kind: ReportKind) -> None:
    assert report_kind(face) is kind


def test_what_stands_first_decides_between_two_kinds() -> None:
    assert report_kind("Focused visit\n\nThe inspection of services in 2022 was worse.") is ReportKind.FOCUSED_VISIT


def test_a_report_that_quotes_ofsted_is_not_news_if_it_says_when_it_inspected() -> None:
    assert report_kind("Inspection dates: 4 to 15 July 2022. Ofsted said so.") is ReportKind.INSPECTION


# Inspection dates


@pytest.mark.parametrize(
    ("face", "days"),
    [
        ("Inspection dates: 4 July to 15 July 2022", (date(2022, 7, 4), date(2022, 7, 15))),
        ("Inspection dates: 4 to 15 July 2022", (date(2022, 7, 4), date(2022, 7, 15))),
        ("Inspection date: 18 Feb 2014 – 12 March 2014", (date(2014, 2, 18), date(2014, 3, 12))),
        ("Inspection date: 3 Sept 2014 to 9 Oct 2014", (date(2014, 9, 3), date(2014, 10, 9))),
        ("Inspection date: 12/09/2016 to 06/10/2016", (date(2016, 9, 12), date(2016, 10, 6))),
        ("Inspection date: 1/06/2015 – 25/06/2015", (date(2015, 6, 1), date(2015, 6, 25))),
        ("Inspection dates: 28/11 to 02/12/2016", (date(2016, 11, 28), date(2016, 12, 2))),
        ("Inspection date: 05/04/2016", (date(2016, 4, 5), date(2016, 4, 5))),
        ("Inspection dates:\n4 to 15 July 2022", (date(2022, 7, 4), date(2022, 7, 15))),
        ("Inspection dates: 4–15 July 2022", (date(2022, 7, 4), date(2022, 7, 15))),
        ("**Inspection dates:** 27 February to 10 March 2023", (date(2023, 2, 27), date(2023, 3, 10))),
        ("Inspection date: 27 January 2015  19 February 2015", (date(2015, 1, 27), date(2015, 2, 19))),
        ("inspection dates: 28 November 2016 to 2 January 2017", (date(2016, 11, 28), date(2017, 1, 2))),
        ("which was conducted on 1 and 2 March 2011.", (date(2011, 3, 1), date(2011, 3, 2))),
        ("took place between 1st and 2nd MARCH 2011", (date(2011, 3, 1), date(2011, 3, 2))),
        ("was carried out on\n3 March 2011", (date(2011, 3, 3), date(2011, 3, 3))),
        (
            "focused visit to Hartlepool children's services on 6 and 7 February 2024",
            (date(2024, 2, 6), date(2024, 2, 7)),
        ),
    ],
)
def test_inspection_dates_are_read_as_reports_print_them(face: str, days: Days) -> None:
    assert inspection_dates(face) == days


@pytest.mark.parametrize(
    "face",
    [
        "All children were seen on 4 July 2022.",
        "Inspection dates: 31 February to 3 March 2022",
        "Inspection dates: 15 December to 12 January 2017",
        "Inspection dates: summer 2022",
        "Inspection dates: 12/13/2016 to 13/13/2016",
        "Inspection dates: 12 September 2016 to 06/10/2016",
        "Inspection dates: 12/09/2016 to 6 October 2016",
        "Inspection dates: 12/09/16 to 06/10/16",
        "Inspection dates: summer 2022\n\nThe last inspection was carried out on 3 March 2011.",
        "Inspection dates: 4 to 15 July 1822",
        "Inspection dates: 4 to 15 July 2099",
        "Inspection dates: 4 July 2014 to 15 July 2022",
        "",
    ],
)
def test_days_that_are_not_there_or_cannot_be_are_not_guessed(face: str) -> None:
    assert inspection_dates(face) == (None, None)


def test_the_dates_of_a_wrapped_letter_are_found() -> None:
    face = "the findings of the focused visit to Hartlepool\nchildren's services on 6 and 7 February 2024."
    assert inspection_dates(face) == (date(2024, 2, 6), date(2024, 2, 7))


DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))


@given(DAYS, DAYS)
def test_any_two_days_in_order_within_a_year_are_read_and_no_others(one: date, other: date) -> None:
    face = f"Inspection dates: {one.day} {one:%B %Y} to {other.day} {other:%B %Y}"
    possible = 0 <= (other - one).days <= MOST_DAYS
    assert inspection_dates(face) == ((one, other) if possible else (None, None))


# Impossible dates


@pytest.mark.parametrize(
    ("face", "problem"),
    [
        (
            "Inspection dates: 31 February 2015",
            "Its inspection dates, “31 February 2015”, are impossible and left empty.",
        ),
        (
            "Inspection dates: 15 to 4 July 2022",
            "Its inspection dates, “15 to 4 July 2022”, are impossible and left empty.",
        ),
        (
            "Inspection dates: 4 to 15 July 2099",
            "Its inspection dates, “4 to 15 July 2099”, are impossible and left empty.",
        ),
        (
            "Inspection dates: 4 to 15 July 1900",
            "Its inspection dates, “4 to 15 July 1900”, are impossible and left empty.",
        ),
        (
            "Inspection dates: summer 2022\nBy rail",
            "Its inspection dates, “summer 2022”, are not understood and left empty.",
        ),
        (
            "Inspection date: 12/09/16 to 06/10/16",
            "Its inspection dates, “12/09/16 to 06/10/16”, are not understood and left empty.",
        ),
        (
            "Inspection date: 31/02/2016",
            "Its inspection dates, “31/02/2016”, are impossible and left empty.",
        ),
        (
            "Report published: autumn 2022",
            "Its publication date, “autumn 2022”, is not understood and left empty.",
        ),
        (
            "Report published: 31 April 2022",
            "Its publication date, “31 April 2022”, is impossible and left empty.",
        ),
        (
            "Inspection dates: 4 to 15 July 2022\nReport published: 14 July 2022",
            "Its publication date, “14 July 2022”, is before the inspection's end and left empty.",
        ),
    ],
)
def test_a_date_that_cannot_be_is_named_and_left_empty(face: str, problem: str) -> None:
    assert impossible_dates(face) == (problem,)
    assert identify(face).published is None


@pytest.mark.parametrize(
    "face", ["", "Report published:\n", "Inspection dates: 4 to 15 July 2022\nReport published: 15 July 2022"]
)
def test_dates_that_can_be_or_are_not_there_are_no_problem(face: str) -> None:
    assert impossible_dates(face) == ()


# Publication


@pytest.mark.parametrize(
    "face",
    [
        "Report published: 12 September 2022",
        "**Report published:** 12 September 2022",
        "Publication date: 12 September 2022",
        "Report published: 12/09/2022",
        "Hartlepool\n\n12 September 2022\n\nDear Ms Fairweather",
    ],
)
def test_the_day_of_publication_is_that_printed_or_that_of_the_letter(face: str) -> None:
    assert publication_date(face) == date(2022, 9, 12)


@pytest.mark.parametrize(
    "face", ["The plan was published.", "It was late.\n", "published: 31 April 2022", "12 September\n"]
)
def test_a_day_of_publication_that_is_not_there_is_not_guessed(face: str) -> None:
    assert publication_date(face) is None


def test_a_letter_that_mentions_an_earlier_report_has_its_own_date() -> None:
    face = "14 March 2024\n\nDear Ms Fairweather\n\nThe last report, published on 12 September 2022, asked for changes."
    assert publication_date(face) == date(2024, 3, 14)


def test_a_wrapped_end_of_the_inspection_is_no_day_of_publication() -> None:
    face = "Inspection dates: 8 July 2019 to 12 July 2019 and 7 August 2019 to\n8 August 2019\nLead inspector: Jo Reed"
    assert publication_date(face) is None


def test_the_first_day_of_the_inspection_above_its_report_is_no_day_of_publication() -> None:
    face = "11 July 2022\nInspection of Hartlepool services\nInspection date: 11 – 22 July 2022\n"
    assert identify(face).published is None


@pytest.mark.parametrize("day", ["1 ſeptember 2011", "1 aprıl 2011"])
def test_a_month_in_strange_letters_is_no_date_and_no_crash(day: str) -> None:
    assert publication_date(f"{day}\n") is None


# Authority


def test_the_authority_is_the_one_named_most() -> None:
    face = "Sunderland lent two social workers.\nHartlepool Borough Council\nHartlepool children's services"
    assert identify(face).authority == "Hartlepool"


def test_no_authority_is_guessed_where_none_is_named() -> None:
    assert identify("Inspection of children's services").authority is None


def test_only_the_face_is_read() -> None:
    assert identify("word " * 1_000 + "Hartlepool Borough Council").authority is None


def test_the_address_of_the_inspectorate_is_not_the_authority() -> None:
    face = "Piccadilly Gate Store Street Manchester M1 2WD\n\nFocused visit to Hartlepool children's services\n"
    assert identify(face).authority == "Hartlepool"


# What the face prints, and what the file's name says


@pytest.mark.parametrize(
    ("face", "printed"),
    [
        ("Report published: 12 September 2022", True),
        ("Report published: 31 April 2022", True),
        ("Report published: autumn 2022", True),
        ("Report published:\n", False),
        ("The report was\npublished in 2022.", False),
        ("11 July 2022\nInspection date: 11 – 22 July 2022", False),
    ],
)
def test_a_day_of_publication_counts_as_printed_whether_or_not_it_can_be(face: str, printed: bool) -> None:
    assert identify(face).prints_published is printed


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("sandwell-2018-inspection-news.txt", 2018),
        ("2017/walsall.md", None),
        ("walsall 2017 to 2018.md", None),
        ("walsall 2017 (2017).md", 2017),
        ("letter 5 June 2015.txt", None),
        ("urn 820175.txt", None),
        ("letter.txt", None),
    ],
)
def test_a_year_in_a_name_counts_where_there_is_but_one_and_no_day(name: str, year: int | None) -> None:
    assert year_in_name(name) == year
