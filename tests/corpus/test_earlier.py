"""Grades of earlier inspections are given only where the words bind them to a service and an inspection."""

from __future__ import annotations

import pytest

from corpus.earlier import read_earlier
from corpus.report import THIS, Block, BlockKind, Judgement

FACE = "Inspection of Hartlepool local authority children’s services\n"


def earlier(
    sentence: str, *, heading: str = "", page: int = 1, kind: BlockKind = BlockKind.PARAGRAPH
) -> tuple[Judgement, ...]:
    block = Block(kind, sentence, 0, len(sentence), (heading,) if heading else (), page=page)
    return read_earlier((block,), FACE + sentence, "Hartlepool")


@pytest.mark.parametrize(
    ("sentence", "area", "grade", "of"),
    [
        (
            (
                "The previous inspection of Hartlepool’s safeguarding arrangements was in May 2011. "
                "The local authority was judged to be good."
            ),
            "help_protection",
            "good",
            "May 2011",
        ),
        (
            (
                "The last inspection of the council’s services for looked after children took place in June 2010. "
                "It was judged to be adequate."
            ),
            "in_care",
            "adequate",
            "June 2010",
        ),
        (
            (
                "The previous inspection of safeguarding and looked after services was in July 2012. "
                "The council was judged inadequate."
            ),
            "overall",
            "inadequate",
            "July 2012",
        ),
        (
            "Staff have worked hard since the last inspection in 2017, when the local authority was judged inadequate.",
            "overall",
            "inadequate",
            "the last inspection in 2017",
        ),
        (
            "At the last inspection, in May 2019, children’s services were judged ‘requires improvement to be good’.",
            "overall",
            "requires improvement",
            "the last inspection, in May 2019",
        ),
        (
            "The experiences of care leavers were inadequate at the last inspection in 2016.",
            "care_leavers",
            "inadequate",
            "the last inspection in 2016",
        ),
        (
            "The inspection of child protection in 2012 judged services as adequate.",
            "help_protection",
            "adequate",
            "The inspection of child protection in 2012",
        ),
        (
            "The adoption service was inspected in February 2010 and was judged to be satisfactory.",
            "adoption",
            "satisfactory",
            "February 2010",
        ),
        (
            "Since the last inspection in 2019, when Hartlepool was judged to be outstanding, less is done.",
            "overall",
            "outstanding",
            "the last inspection in 2019",
        ),
        (
            "Since the last inspection in 2019, when Hartlepool local authority children’s services were judged good.",
            "overall",
            "good",
            "the last inspection in 2019",
        ),
        ("In 2018, children’s services were judged to be good.", "overall", "good", "2018"),
        (
            "Children’s services have improved since the previous inspection, when they were judged to be inadequate.",
            "overall",
            "inadequate",
            "the previous inspection",
        ),
    ],
)
def test_a_recalled_grade_is_read_with_its_inspection(sentence: str, area: str, grade: str, of: str) -> None:
    (found,) = earlier(sentence)
    assert (found.area, found.grade, found.of, found.quote) == (area, grade, of, sentence)
    assert found.of != THIS


def test_two_areas_of_one_inspection_are_two_rows() -> None:
    found = earlier(
        "Since the last inspection in 2019, when the overall effectiveness of services was judged inadequate"
        " with children in care judged to be good, much has changed."
    )
    assert {row.area: row.grade for row in found} == {"overall": "inadequate", "in_care": "good"}


def test_inspections_of_two_services_in_one_sentence_have_each_their_year_and_grade() -> None:
    found = earlier(
        "Much has improved since the last inspections for children in need of protection in 2012, when services were"
        " judged to be good, and for children looked after in 2010, when they were judged to be adequate."
    )
    assert [(row.area, row.grade, row.of) for row in found] == [
        ("help_protection", "good", "2012"),
        ("in_care", "adequate", "2010"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        # What this report itself found.
        "The overall effectiveness of children’s services is inadequate.",
        "At this inspection, children’s services in Hartlepool are judged to be good.",
        "This has prevented the council from achieving a judgement of good at this inspection.",
        # What else Ofsted inspects.
        "The council runs two children’s homes. Both were judged to be good in their most recent inspection.",
        "At its last inspection in 2014 the fostering service was judged to be good.",
        "The school was judged outstanding at its last inspection in 2012.",
        "One was judged to be inadequate at the last inspection in February 2013.",
        # What is no one grade.
        "Four services were judged to be good or outstanding at the last inspection in 2015.",
        "Services were judged adequate when they were last inspected, in 2011 and 2013.",
        # Others' grades.
        "Sunderland’s children’s services were judged to be outstanding at their last inspection in 2021.",
        "Since the last inspection in 2019, when Sunderland was judged to be outstanding, it has lent staff.",
        "The predecessor authority was judged inadequate at the last inspection in 2019.",
        "A peer review in 2015 judged services to be good.",
        # A part of the services that has no name.
        "It has improved the services that were judged to be inadequate at the previous inspection in 2015.",
        "It was judged to be good at the last inspection in 2015.",
        # No grade at all.
        "Since the last inspection in 2015, staff were judged good at listening to children.",
        "The council was last inspected in 2015.",
    ],
)
def test_what_is_no_earlier_grade_of_the_authority_gives_nothing(sentence: str) -> None:
    assert earlier(sentence) == ()


def test_services_in_a_section_on_one_of_them_may_mean_that_one_and_give_nothing() -> None:
    sentence = "Since the last inspection in 2015, when services were judged to be good, less is done."
    assert [row.area for row in earlier(sentence)] == ["overall"]
    assert earlier(sentence, heading="The experiences and progress of care leavers", page=9) == ()


def test_two_grades_of_one_area_of_one_inspection_cancel_each_other() -> None:
    sentences = (
        "At the last inspection in 2015, the council was judged good.",
        "At the last inspection in 2015, the council was judged inadequate.",
    )
    assert earlier(" ".join(sentences)) == ()
    assert len(earlier(" ".join([sentences[0], sentences[0]]))) == 1


def test_bullets_that_ran_together_are_read_one_by_one() -> None:
    first = "The previous inspection of child protection was in May 2012. The local authority was judged to be good."
    second = (
        "The previous inspection of the adoption service was in June 2010. The local authority was judged adequate."
    )
    found = earlier(f"{first} \uf06e {second}")
    assert [(row.area, row.quote) for row in found] == [("help_protection", first), ("adoption", second)]


def test_a_heading_gives_nothing() -> None:
    assert earlier("In 2018, the local authority was judged to be good", kind=BlockKind.HEADING) == ()


def test_a_quote_that_is_not_in_the_text_is_not_given() -> None:
    block = Block(BlockKind.PARAGRAPH, "In 2018, children’s services were judged to be good.", 0, 10)
    assert read_earlier((block,), FACE, None) == ()
