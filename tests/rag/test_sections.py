"""Lists are given as the report prints them: the one asked for, whole, in order."""

from __future__ import annotations

import pytest

from corpus.report import BlockKind
from index.records import Passage, Source
from index.retrieval.concepts import Concept
from rag.sections import Section, as_evidence, find_section, on_topic
from tests.rag.builders import passage, report

OLD, NEW = report(year=2015), report(year=2022)
B = BlockKind.BULLET


def blocks(*rows: tuple[str, str, BlockKind]) -> tuple[Passage, ...]:
    """Passages in order, each from its heading, text and kind."""
    return tuple(
        passage(text, order, headings=(heading,), kind=kind) for order, (heading, text, kind) in enumerate(rows)
    )


REPORT = blocks(
    ("Recommendations", "Visit children in time.", B),
    ("Recommendations", "Train all staff.", B),
    ("What needs to improve", "The pathway plans.", B),
    ("What needs to improve", "The supervision.", B),
    ("What needs to improve", "The front door.", B),
    ("The Local Safeguarding Children Board: recommendations", "Meet more often.", B),
    ("The Local Safeguarding Children Board: recommendations", "Share data.", B),
    ("Findings", "Homes are stable.", BlockKind.PARAGRAPH),
)


def found(
    question: str, passages: tuple[Passage, ...] = REPORT, sources: tuple[Source, ...] = (NEW,)
) -> Section | None:
    return find_section(question, sources, lambda _: passages, lambda _: 0.1)


def items(section: Section | None) -> list[str]:
    assert section is not None
    return [item.text for item in section.items]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("List the recommendations", ["Visit children in time.", "Train all staff."]),
        ("What needs to improve?", ["The pathway plans.", "The supervision.", "The front door."]),
        (
            "What must the council improve? areas for improvement",
            ["The pathway plans.", "The supervision.", "The front door."],
        ),
        ("What are the recommendations to the LSCB?", ["Meet more often.", "Share data."]),
    ],
)
def test_the_list_of_the_kind_that_is_named(question: str, texts: list[str]) -> None:
    assert items(found(question)) == texts


@pytest.mark.parametrize("question", ["List the strengths", "How is early help?", ""])
def test_a_list_that_is_not_printed_is_not_found(question: str) -> None:
    assert found(question) is None


def test_no_reports_no_list() -> None:
    assert found("List the recommendations", sources=()) is None


def test_the_newest_report_that_has_one_gives_the_list() -> None:
    by_document = {OLD.document: REPORT, NEW.document: REPORT[7:]}
    section = find_section("recommendations", (NEW, OLD), lambda name: by_document[name], lambda _: 0.1)
    assert section is not None
    assert section.source == OLD
    by_document[NEW.document] = REPORT
    section = find_section("recommendations", (OLD, NEW), lambda name: by_document[name], lambda _: 0.1)
    assert section is not None
    assert section.source == NEW


def test_a_paragraph_among_bullets_is_no_item() -> None:
    rows = [
        ("Recommendations", "The council should:", BlockKind.PARAGRAPH),
        ("Recommendations", "Visit.", B),
        ("Recommendations", "Train.", B),
    ]
    assert items(found("recommendations", blocks(*rows))) == ["Visit.", "Train."]


def test_a_heading_that_comes_back_later_opens_another_list() -> None:
    rows = [
        *[("Strengths", f"First {number}.", B) for number in "ab"],
        ("Findings", "Homes.", B),
        ("Strengths", "Later.", B),
    ]
    assert items(found("What were the strengths?", blocks(*rows))) == ["First a.", "First b."]


def test_a_list_can_be_asked_for_by_the_line_that_leads_to_it() -> None:
    lead = "The inspection found these delays in court work:"
    led = [passage(text, order, kind=B, lead=lead) for order, text in enumerate(("Late reports.", "Lost files."))]
    assert items(found("What delays in court work did the inspection list?", tuple(led))) == [
        "Late reports.",
        "Lost files.",
    ]


def test_a_list_longer_than_a_page_is_none() -> None:
    assert found("strengths", blocks(*[("Strengths", f"Item {number}.", B) for number in range(21)])) is None


def test_items_become_evidence_in_order_with_their_own_tokens() -> None:
    section = Section(NEW, "Strengths", (passage("one", 0, cut=True), passage("two", 1)))
    assert [(item.token, item.quote, item.complete) for item in as_evidence(section, 3)] == [
        ("3", "one", False),
        ("4", "two", True),
    ]


def test_a_list_that_speaks_of_none_of_the_fields_terms_in_the_question_is_off_topic() -> None:
    section = Section(
        report("Rutland", 2017), "Recommendations", (passage("Train staff on neglect.", kind=BlockKind.BULLET),)
    )
    neglect = Concept((frozenset({"neglect"}),), 1.0, terms=("neglect",))
    fostering = Concept((frozenset({"foster", "carer"}),), 1.0, terms=("foster carers",))
    other = Concept((frozenset({"zebra"}),), 1.0)
    assert on_topic(section, (neglect, fostering))
    assert on_topic(section, (other,))
    assert not on_topic(section, (fostering, other))
