"""Grades are read only where the words bind them to an area."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.judgements import area_of, normal_grade, read_judgements
from corpus.lines import blocks_of, split_lines
from corpus.markdown import markdown_blocks
from corpus.report import Block, BlockKind, Framework, Judgement


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
        ("Capacity to improve", "capacity_to_improve"),
        ("Outcomes for looked after children and young people", "outcomes"),
        ("Quality of provision", "quality_of_provision"),
        ("The quality of practice", "quality_of_practice"),
        ("Leadership and management", "leaders"),
        ("Leadership and governance", "leaders"),
        ("The effectiveness of the help and protection provided to children", "help_protection"),
        ("Overall effectiveness of services for looked after children", "in_care"),
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
        ("The overall judgement is that children's services require improvement", "overall", "requires improvement"),
        ("The overall judgement is good", "overall", "good"),
        ("The overall judgement is requires improvement.", "overall", "requires improvement"),
        ("The overall judgement is Inadequate There are gaps in all services", "overall", "inadequate"),
        ("Children's services in Rutland are outstanding", "overall", "outstanding"),
        ("Children's services in Walsall requires improvement to be good", "overall", "requires improvement"),
        ("The graded judgement for adoption performance is that it is good", "adoption", "good"),
        ("The Local Safeguarding Children Board is inadequate", "lscb", "inadequate"),
        ("Rating the authority’s children’s services as ‘inadequate,’ Ofsted said", "overall", "inadequate"),
    ],
)
def test_a_sentence_that_gives_a_grade_is_read(sentence: str, area: str, grade: str) -> None:
    assert grades(from_text(sentence + "\n")) == {area: grade}


def paged(*texts: str) -> tuple[Judgement, ...]:
    """Judgements of blocks on page 1, headings where they are short."""
    blocks = tuple(
        Block(BlockKind.HEADING if len(text) < 90 else BlockKind.PARAGRAPH, text, 0, len(text), page=1)
        for text in texts
    )
    return read_judgements(blocks, "\n".join(texts))


def test_a_title_that_is_wrapped_gives_the_overall_grade() -> None:
    (found,) = paged("Children’s services in the County Borough of Wick and", "Thorpe are good")
    assert (found.area, found.grade) == ("overall", "good")
    assert found.quote == "Children’s services in the County Borough of Wick and Thorpe are good"


def test_a_paragraph_above_the_table_on_a_first_page_does_not_hide_it() -> None:
    assert grades(paged(PARAGRAPH, "Children looked after and achieving permanence", "Good")) == {"in_care": "good"}


def test_a_table_that_came_out_as_one_long_paragraph_is_read() -> None:
    table = (
        "practice with children and families Good The experiences and progress of children who need help and protection"
        " Inadequate The experiences and progress of children in care and care leavers Requires improvement to be good"
        " Overall effectiveness Inadequate This line and all that follow it were no part of the table but joined it as"
        " the page was turned into text, which makes it long."
    )
    assert grades(paged("The impact of leaders on social work", table)) == {
        "leaders": "good",
        "help_protection": "inadequate",
        "in_care": "requires improvement",
        "overall": "inadequate",
    }


def test_grades_by_number_below_a_heading_and_in_the_record_of_findings_are_read() -> None:
    text = (
        "Capacity to improve\n\nGrade 3 (Adequate)\n\nOverall effectiveness of services for looked after children\n\n"
        "Grade 4 (inadequate)\n\nRecord of main findings\n\nOverall effectiveness Inadequate Grade 4\n"
    )
    found = paged(*text.strip().split("\n\n"))
    assert grades(found) == {"capacity_to_improve": "adequate", "in_care": "inadequate", "overall": "inadequate"}
    assert {judgement.printed for judgement in found} == {"Adequate", "inadequate", "Inadequate"}


def test_the_overall_grade_of_looked_after_services_is_theirs_and_not_the_authoritys() -> None:
    texts = ("Overall effectiveness of services for looked after children", "Grade 4 (inadequate)")
    blocks = tuple(
        Block(BlockKind.HEADING, each, 0, len(each), page=6) for each in (*texts, "Overall effectiveness Inadequate")
    )
    text = "\n".join(block.text for block in blocks)
    (found,) = read_judgements(blocks, text, Framework.LOOKED_AFTER)
    assert (found.area, found.grade, found.quote) == ("in_care", "inadequate", " ".join(texts))
    (alone,) = read_judgements(blocks[2:], text, Framework.LOOKED_AFTER)
    assert (alone.area, alone.quote) == ("in_care", "Overall effectiveness Inadequate")
    assert "overall" in grades(read_judgements(blocks, text, Framework.SIF))


# What is no judgement


@pytest.mark.parametrize(
    "text",
    [
        "Requires improvement\n\nInadequate\n\nGood\n",
        "Most foster homes are good.\n",
        "- The Local Safeguarding Children Board is good\n",
        "What the inspection judgements mean\n\nChildren's services in England are good when they help early.\n",
        "Children living in this area\n\nGood\n",
        "The overall judgement is inadequate where children are at risk of harm.\n",
        "The overall judgement is good when leaders know what works.\n",
        "An overall judgement is good.\n",
        "- The overall judgement is good\n",
        "What the inspection judgements mean\n\nThe overall judgement is good.\n",
        "Review of the Local Safeguarding Children Board\n\nThe overall judgement is good.\n",
    ],
)
def test_a_grade_without_an_area_gives_nothing(text: str) -> None:
    assert from_text(text) == ()


def test_the_overall_line_counts_only_on_the_face() -> None:
    assert from_text(f"{PARAGRAPH}\n\nThe overall judgement is good.\n") == ()


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
