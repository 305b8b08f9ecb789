"""Grades are read only where the words bind them to an area."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.judgements import area_of, normal_grade, read_judgements
from corpus.lines import blocks_of, split_lines
from corpus.markdown import markdown_blocks
from corpus.report import Judgement


def from_text(text: str) -> tuple[Judgement, ...]:
    return read_judgements(blocks_of(list(split_lines(text))), text)


def from_markdown(text: str) -> tuple[Judgement, ...]:
    return read_judgements(markdown_blocks(list(split_lines(text))), text)


def grades(found: tuple[Judgement, ...]) -> dict[str, str]:
    return {judgement.area: judgement.grade for judgement in found}


# Grades


@pytest.mark.parametrize("printed", ["Requires improvement to be good", "require improvement", "requiring improvement"])
def test_every_form_of_requires_improvement_is_one_grade(printed: str) -> None:
    assert normal_grade(printed) == "requires improvement"


GRADES = st.sampled_from(["outstanding", "good", "requires improvement", "adequate", "satisfactory", "inadequate"])


@given(GRADES, st.sampled_from([str.upper, str.title, str.capitalize, str]), st.sampled_from(["", " ", "\n"]))
def test_case_and_space_do_not_change_a_grade(grade: str, case: type[str], space: str) -> None:
    assert normal_grade(space + case(grade) + space) == grade


# Areas


@pytest.mark.parametrize(
    ("words", "area"),
    [
        ("Overall effectiveness", "overall"),
        ("The impact of leaders on social work practice with children and families", "leaders"),
        ("Leadership, management and governance", "leaders"),
        ("The experiences and progress of children who need help and protection", "help_protection"),
        ("The experiences and progress of children in care", "in_care"),
        ("Children looked after and achieving permanence", "in_care"),
        ("The experiences and progress of care leavers", "care_leavers"),
        ("The experiences and progress of children in care and care leavers", "in_care"),
        ("Adoption performance", "adoption"),
        ("The Local Safeguarding Children Board", "lscb"),
        ("The weather in Hartlepool", None),
    ],
)
def test_an_area_is_known_by_the_words_of_every_framework(words: str, area: str | None) -> None:
    assert area_of(words) == area


# Layouts


ROW = "The experiences and progress of children in care Good"
PARAGRAPH = "Help comes early, and those who ask for it are heard in good time. " * 6


def test_a_row_on_the_face_gives_the_grade_of_its_area_with_its_label() -> None:
    (found,) = from_text(f"{ROW}\n")
    assert (found.area, found.grade, found.printed) == ("in_care", "good", "Good")
    assert found.quote == "children in care Good"


def test_a_row_further_down_gives_the_grade_of_its_area_with_its_words() -> None:
    (found,) = from_text(f"{PARAGRAPH}\n\n{ROW}\n")
    assert (found.area, found.grade, found.printed) == ("in_care", "good", "Good")
    assert found.quote == ROW


def test_a_row_on_the_face_that_is_wrapped_gives_the_grade_of_its_area() -> None:
    assert grades(from_text("Overall effectiveness\nRequires improvement to be good\n")) == {
        "overall": "requires improvement"
    }


def test_a_row_of_tabs_gives_a_grade() -> None:
    assert grades(from_markdown("2.1 Adoption performance\tGood\t")) == {"adoption": "good"}


def test_a_row_of_pipes_gives_a_grade() -> None:
    assert grades(from_markdown("| Overall effectiveness | Good |")) == {"overall": "good"}


def test_a_heading_with_a_grade_alone_below_it_gives_that_grade() -> None:
    text = "Key judgement\n\nJudgement grade\n\nLeadership, management and governance\n\nInadequate\n"
    assert grades(from_text(text)) == {"leaders": "inadequate"}


@pytest.mark.parametrize(
    ("sentence", "area", "grade"),
    [
        ("The overall judgement is that children's services are inadequate", "overall", "inadequate"),
        ("Children's services in Rutland are outstanding", "overall", "outstanding"),
        ("Children's services in Walsall requires improvement to be good", "overall", "requires improvement"),
        ("The graded judgement for adoption performance is that it is good", "adoption", "good"),
        ("The Local Safeguarding Children Board is inadequate", "lscb", "inadequate"),
        ("Rating the authority’s children’s services as ‘inadequate,’ Ofsted said", "overall", "inadequate"),
    ],
)
def test_a_sentence_that_gives_a_grade_is_read(sentence: str, area: str, grade: str) -> None:
    assert grades(from_text(sentence + "\n")) == {area: grade}


# What is no judgement


@pytest.mark.parametrize(
    "text",
    [
        "Requires improvement\n\nInadequate\n\nGood\n",
        "Most foster homes are good.\n",
        "- The Local Safeguarding Children Board is good\n",
        "What the inspection judgements mean\n\nChildren's services in England are good when they help early.\n",
        "Children living in this area\n\nGood\n",
    ],
)
def test_a_grade_without_an_area_gives_nothing(text: str) -> None:
    assert from_text(text) == ()


def test_an_area_that_two_places_grade_differently_is_left_out() -> None:
    text = "Adoption performance Good\n\nThe graded judgement for adoption performance is that it is inadequate\n"
    assert grades(from_text(text)) == {}


def test_an_area_graded_twice_alike_is_given_once() -> None:
    text = "Adoption performance Good\n\nThe graded judgement for adoption performance is that it is good\n"
    assert grades(from_text(text)) == {"adoption": "good"}


def test_the_grade_of_an_earlier_inspection_is_not_this_reports() -> None:
    text = "Children's services in Hartlepool were judged to be inadequate at the last inspection in 2018.\n"
    assert from_text(text) == ()


def test_being_good_at_something_is_not_a_grade() -> None:
    assert from_text("Children's services in Hartlepool are good at listening to children in their care.\n") == ()
