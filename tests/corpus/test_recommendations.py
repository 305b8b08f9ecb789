"""Lists of what must improve become rows: every item, whole, in order, and nothing else."""

from __future__ import annotations

import pytest

from corpus.lines import blocks_of, split_lines
from corpus.markdown import markdown_blocks
from corpus.recommendations import read_recommendations
from corpus.report import Block, BlockKind, Recommendation, is_verbatim

FINDING = "Visits are made on time. " * 30


def read(text: str) -> tuple[Recommendation, ...]:
    rows = read_recommendations(blocks_of(list(split_lines(text))), text)
    assert all(is_verbatim(row.quote, text) for row in rows)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    return rows


def texts(rows: tuple[Recommendation, ...]) -> list[str]:
    return [row.text for row in rows]


def headings(rows: tuple[Recommendation, ...]) -> list[str]:
    return [row.heading for row in rows]


def built(*parts: tuple[BlockKind, str, int]) -> tuple[tuple[Block, ...], str]:
    """Blocks of these kinds, words and pages, and the text that they stand in, a line for each."""
    text, blocks = "", []
    for kind, words, page in parts:
        mark = "• " if kind is BlockKind.BULLET else ""
        blocks.append(Block(kind, words, len(text) + len(mark), len(text) + len(mark) + len(words), page=page))
        text += mark + words + "\n"
    return tuple(blocks), text


# Headings


@pytest.mark.parametrize(
    "heading",
    [
        "Recommendations",
        "What needs to improve?",
        "What needs to improve:",
        "What needs to improve in this area of social work practice?",
        "What does Rutland need to improve?",
        "Areas for development",
        "Areas for improvement",
        "Area for priority action",
        "Priority and immediate action",
    ],
)
def test_every_name_of_such_a_list_opens_one(heading: str) -> None:
    rows = read(
        f"{heading}\n\n- Visit children sooner.\n- Write plans that families can read.\n\nMain findings\n\nMore.\n"
    )

    assert texts(rows) == ["Visit children sooner.", "Write plans that families can read."]
    assert headings(rows) == [heading.rstrip(":")] * 2


@pytest.mark.parametrize("heading", ["Next steps", "Strengths", "Main findings", "Improvement since the last visit"])
def test_other_lists_are_left_alone(heading: str) -> None:
    assert read(f"{heading}\n\n- Visit children sooner.\n- Write plans that families can read.\n") == ()


def test_a_line_of_contents_is_no_list() -> None:
    assert read("Contents\n\nRecommendations 6\n\nInspection findings 7\n\nInformation about this review 14\n") == ()


def test_contents_without_page_numbers_give_no_rows() -> None:
    assert read("Contents\n\nRecommendations\n\nInspection findings\n\n1. Visits are made on time.\n") == ()


def test_a_sentence_that_opens_a_list_is_its_heading() -> None:
    rows = read(
        "Inspectors make 3 recommendations including:\n\n- Visit children sooner.\n- Plan better.\n\n"
        "The council agrees.\n"
    )

    assert texts(rows) == ["Visit children sooner.", "Plan better."]
    assert headings(rows)[0] == "Inspectors make 3 recommendations including"


def test_what_an_earlier_inspection_recommended_is_no_row() -> None:
    assert read("The recommendations of the last inspection were:\n\n- Visit children sooner.\n- Plan better.\n") == ()


def test_an_action_in_the_paragraph_of_its_heading_is_one_row() -> None:
    rows = read("Area for priority action: The council must visit every child this week.\n\nMain findings\n\nMore.\n")

    assert texts(rows) == ["The council must visit every child this week."]
    assert headings(rows) == ["Area for priority action"]


def test_an_action_that_is_one_paragraph_below_its_heading_is_one_row() -> None:
    rows = read("Area for priority action\n\nThe council must visit every child this week.\n\nMain findings\n\nMore.\n")

    assert texts(rows) == ["The council must visit every child this week."]


# Where a list ends


@pytest.mark.parametrize(
    "after",
    [
        "Main findings",
        "Summary for children and young people",
        "The local authority’s strengths",
        "The experiences and progress of children in care: good",
        "Inspection judgement about the LSCB",
    ],
)
def test_a_list_ends_where_the_next_chapter_begins(after: str) -> None:
    assert texts(read(f"Recommendations\n\n1. Visit children sooner.\n\n{after}\n\n2. Visits are made on time.\n")) == [
        "Visit children sooner."
    ]


def test_a_heading_taken_for_the_last_line_of_an_item_still_ends_the_list() -> None:
    width = "Make sure that every child has a plan and that the family understands it well."
    text = f"Recommendations\n\n1. {width}\nThe local authority’s strengths\n2. Visits are made on time.\n"

    assert texts(read(text)) == [width]


def test_a_heading_taken_for_the_last_line_of_a_paragraph_still_opens_the_list() -> None:
    text = "Leaders know where the service stands, and what they must do next to mend it.\nWhat needs to improve?\n"

    assert texts(read(text + "- Visit children sooner.\n- Plan better.\n")) == [
        "Visit children sooner.",
        "Plan better.",
    ]


def test_the_end_of_a_letter_is_no_item() -> None:
    rows = read(
        "Areas for development\n\n- Visit children sooner.\n\nYours sincerely\n\nAda Byron\n\n- Copy: the council\n"
    )

    assert texts(rows) == ["Visit children sooner."]


def test_findings_below_a_heading_that_strayed_are_no_recommendations() -> None:
    findings = "".join(f"{number}. {FINDING}\n\n" for number in range(1, 7))

    assert read(f"Recommendations\n\n{findings}") == ()


# Parts of a list


def test_parts_of_a_list_stand_in_the_heading() -> None:
    rows = read(
        "What does the local authority need to improve?\n\nPriority and immediate action\n\n"
        "1. Visit children sooner.\n\n"
        "Areas for improvement\n\nCare leavers\n\n2. Find homes nearby.\n\nAdoption\n\n3. Match sooner.\n\n"
        "The local authority’s strengths\n\n4. Visits are made on time.\n"
    )

    whole = "What does the local authority need to improve?"
    assert texts(rows) == ["Visit children sooner.", "Find homes nearby.", "Match sooner."]
    assert headings(rows) == [
        f"{whole} Priority and immediate action",
        f"{whole} Areas for improvement: Care leavers",
        f"{whole} Areas for improvement: Adoption",
    ]


def test_the_boards_recommendations_are_told_apart() -> None:
    rows = read(
        "The local authority\n\nRecommendations\n\n1. Visit children sooner.\n\n"
        "The Local Safeguarding Children Board\n\n"
        "Recommendations\n\n2. Hold partners to account.\n\nInspection findings\n\n3. It met often.\n"
    )

    assert headings(rows) == ["Recommendations", "The Local Safeguarding Children Board: Recommendations"]


def test_a_list_that_names_the_board_is_not_named_twice() -> None:
    rows = read(
        "The Local Safeguarding Children Board\n\nWhat does the LSCB need to improve?\n\n1. Hold partners to account.\n"
    )

    assert headings(rows) == ["What does the LSCB need to improve?"]


def test_a_time_by_which_to_act_stands_in_the_heading_and_the_lead_in_is_no_item() -> None:
    rows = read(
        "Areas for improvement\n\n9. To improve its services the council should take the following action.\n\n"
        "Immediately:\n\n- visit children sooner\n- plan better.\n\nWithin three months:\n\n- find homes nearby.\n"
    )

    assert [(row.heading, row.text) for row in rows] == [
        ("Areas for improvement: Immediately", "visit children sooner"),
        ("Areas for improvement: Immediately", "plan better."),
        ("Areas for improvement: Within three months", "find homes nearby."),
    ]


def test_a_numbered_title_is_a_part_and_its_bullets_are_the_items() -> None:
    rows = read(
        "Recommendations\n\n1. Quality of practice\n- Visit sooner.\n- Plan better.\n"
        "2. Leadership\n- Listen.\n- Lead.\n"
    )

    assert texts(rows) == ["Visit sooner.", "Plan better.", "Listen.", "Lead."]
    assert headings(rows)[1:3] == ["Recommendations: Quality of practice", "Recommendations: Leadership"]


@pytest.mark.parametrize(
    "nothing",
    ["There are no priority actions.", "The inspection did not find any areas for priority and immediate action."],
)
def test_that_there_is_nothing_is_no_item(nothing: str) -> None:
    rows = read(f"Priority and immediate action\n\n{nothing}\n\nAreas for improvement\n\n1. Visit children sooner.\n")

    assert [(row.heading, row.text) for row in rows] == [("Areas for improvement", "Visit children sooner.")]


@pytest.mark.parametrize("item", ["No child should wait for a plan.", "16 and 17 year olds need a home."])
def test_an_item_may_begin_with_no_or_a_number(item: str) -> None:
    assert texts(read(f"Recommendations\n\n- {item}\n- Visit children sooner.\n")) == [item, "Visit children sooner."]


def test_a_footnote_that_was_taken_for_a_paragraph_is_no_item() -> None:
    rows = read("Recommendations\n\nVisit children sooner.\n\n3 Working well, 2013.\n\nPlan better.\n")

    assert texts(rows) == ["Visit children sooner.", "Plan better."]


def test_a_paragraph_that_leads_in_to_the_parts_is_no_item() -> None:
    rows = read(
        "What needs to improve?\n\nThese are the things that matter most.\n\n"
        "Areas for improvement\n\n1. Visit children sooner.\n"
    )

    assert texts(rows) == ["Visit children sooner."]


# Items and what belongs to them


def test_bullets_below_a_numbered_item_belong_to_it() -> None:
    rows = read(
        "Recommendations\n\n1. Make sure that:\n- plans are written\n- plans are read.\n\n2. Visit children sooner.\n"
    )

    assert texts(rows) == ["Make sure that: plans are written plans are read.", "Visit children sooner."]
    assert rows[0].quote == "Make sure that: - plans are written - plans are read."


def test_bullets_with_another_mark_belong_to_the_bullet_above() -> None:
    rows = read("What needs to improve?\n\n• Oversight of:\n– Private fostering\n– Early help\n• Caseloads.\n")

    assert texts(rows) == ["Oversight of: Private fostering Early help", "Caseloads."]


def test_bullets_in_lower_case_after_a_colon_belong_to_the_bullet_above() -> None:
    rows = read("What needs to improve?\n\n• Oversight of:\n• private fostering\n• early help.\n• Caseloads.\n")

    assert texts(rows) == ["Oversight of: private fostering early help.", "Caseloads."]


def test_bullets_that_all_begin_in_lower_case_are_items() -> None:
    assert texts(read("What needs to improve?\n\n• the pace of visits\n• the quality of plans.\n")) == [
        "the pace of visits",
        "the quality of plans.",
    ]


def test_a_footnote_does_not_cut_an_item_and_the_quote_is_its_longest_part() -> None:
    blocks, text = built(
        (BlockKind.HEADING, "Recommendations", 4),
        (BlockKind.BULLET, "Work with the", 4),
        (BlockKind.FOOTNOTE, "The board has a plan of its own.", 4),
        (BlockKind.PARAGRAPH, "police so that every missing child is spoken to within three days.", 5),
        (BlockKind.BULLET, "Visit children sooner.", 5),
    )
    first, second = read_recommendations(blocks, text)

    assert first.text == "Work with the police so that every missing child is spoken to within three days."
    assert (first.quote, first.page) == ("police so that every missing child is spoken to within three days.", 5)
    assert (second.text, second.page) == ("Visit children sooner.", 5)


def test_a_page_break_does_not_cut_an_item() -> None:
    item = "Work with the police and with\n\x0cschools so that children are safe."
    text = f"Recommendations\n\n1. {item}\n\n2. Visit sooner.\n"
    first, _ = read(text)

    assert first.text == first.quote == "Work with the police and with schools so that children are safe."


def test_a_plain_paragraph_between_bullets_is_no_item() -> None:
    rows = read("What needs to improve?\n\n- Visit children sooner.\n\nThe council has been told.\n\n- Plan better.\n")

    assert texts(rows) == ["Visit children sooner.", "Plan better."]


# Damaged copies and other formats


def test_paragraphs_that_lost_their_bullets_are_items() -> None:
    rows = read(
        "Recommendations\n\nVisit children sooner.\n\nPlan better and listen.\n\nInspection findings\n\nMore.\n"
    )

    assert texts(rows) == ["Visit children sooner.", "Plan better and listen."]


def test_an_item_whose_beginning_is_lost_is_left_out() -> None:
    rows = read(
        "Recommendations\n\nVisit children sooner than now.\n\nand are reviewed every month.\n\n"
        "LSCB and that lay members are heard.\n\nInspection findings\n\nMore.\n"
    )

    assert texts(rows) == ["Visit children sooner than now."]


def test_markdown_emphasis_is_no_part_of_the_text() -> None:
    items = "- 1. Visit **every child** sooner.\n- 2. Plan better.\n"
    text = f"### Recommendations\n\n{items}\n### Executive summary\n\n- Good.\n"
    rows = read_recommendations(markdown_blocks(list(split_lines(text))), text)

    assert texts(rows) == ["Visit every child sooner.", "Plan better."]
    assert all(is_verbatim(row.quote, text) for row in rows)


def test_a_report_without_such_a_list_has_no_rows() -> None:
    assert read("Main findings\n\nLeaders know what needs to improve, and the recommendations were met.\n") == ()
