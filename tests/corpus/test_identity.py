"""Who was inspected, when, and by what kind of visit, as the report itself says it; or nothing at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identity import identify, inspection_dates, publication_date, report_kind
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
        "Inspection dates: 4 to 15 July 1822",
        "",
    ],
)
def test_days_that_are_not_there_or_cannot_be_are_not_guessed(face: str) -> None:
    assert inspection_dates(face) == (None, None)


def test_the_dates_of_a_wrapped_letter_are_found() -> None:
    face = "the findings of the focused visit to Hartlepool\nchildren's services on 6 and 7 February 2024."
    assert inspection_dates(face) == (date(2024, 2, 6), date(2024, 2, 7))


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_any_two_days_in_order_are_read_and_none_out_of_order(one: date, other: date) -> None:
    face = f"Inspection dates: {one.day} {one:%B %Y} to {other.day} {other:%B %Y}"
    assert inspection_dates(face) == ((one, other) if one <= other else (None, None))


# Publication


@pytest.mark.parametrize(
    "face",
    [
        "Report published: 12 September 2022",
        "**Report published:** 12 September 2022",
        "Publication date: 12 September 2022",
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
