"""Markdown as converters write it becomes blocks whose positions point into the raw text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.lines import split_lines
from corpus.markdown import clean, markdown_blocks
from corpus.report import Block, BlockKind


def read(text: str) -> tuple[Block, ...]:
    return markdown_blocks(list(split_lines(text)))


def only(text: str) -> Block:
    (block,) = read(text)
    return block


# Marks


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Help is **very** good", "Help is very good"),
        ("the *small schools* project", "the small schools project"),
        ("of high quality.<sup>1</sup> Leaders", "of high quality. Leaders"),
        ("children&#39;s &amp; families", "children's & families"),
        (r"in 2016\-17 \_and\_ on", "in 2016-17 _and_ on"),
        ("2 * 3 = 6", "2 * 3 = 6"),
        ("five   spaces\tand a tab", "five spaces and a tab"),
    ],
)
def test_emphasis_footnote_marks_escapes_and_entities_are_not_shown(raw: str, shown: str) -> None:
    assert clean(raw) == shown


# Kinds


def test_a_heading_has_no_number_signs() -> None:
    block = only("### **Executive summary**")
    assert (block.kind, block.text) == (BlockKind.HEADING, "Executive summary")


def test_a_heading_ends_at_its_line_even_without_a_blank_one() -> None:
    assert [block.kind for block in read("# Strengths\nHelp comes early.")] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_wrapped_lines_are_one_paragraph_until_a_blank_line() -> None:
    assert [block.text for block in read("Help comes\nearly.\n\nPlans are vague.")] == [
        "Help comes early.",
        "Plans are vague.",
    ]


def test_a_nested_bullet_is_a_bullet_of_its_own() -> None:
    blocks = read("- In the last 12 months:\n  - 31 children were adopted")
    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.BULLET, "In the last 12 months:"),
        (BlockKind.BULLET, "31 children were adopted"),
    ]


def test_a_numbered_paragraph_in_a_bullet_keeps_its_number() -> None:
    block = only("- 13. Help comes early.")
    assert (block.kind, block.number, block.text) == (BlockKind.NUMBERED, "13", "Help comes early.")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("1. Children who need help\t\tGood\t", "1. Children who need help Good"),
        ("| Children in care | Good |", "Children in care Good"),
    ],
)
def test_cells_set_apart_by_tabs_or_pipes_are_a_row(raw: str, shown: str) -> None:
    block = only(raw)
    assert (block.kind, block.text) == (BlockKind.TABLE_ROW, shown)


def test_every_row_of_a_table_is_a_block() -> None:
    assert len(read("| Area | Grade |\n| Care | Good |\n| Help | Good |")) == 3


def test_a_footnote_is_known_by_its_raised_number() -> None:
    block = only("<sup>1</sup> Ofsted produces this report under its power.")
    assert (block.kind, block.text) == (BlockKind.FOOTNOTE, "Ofsted produces this report under its power.")


def test_a_paragraph_torn_by_a_page_break_is_put_together() -> None:
    assert only("Managers make a decision about the\n\n\n\nnext steps.").text == (
        "Managers make a decision about the next steps."
    )


def test_a_paragraph_whose_beginning_is_missing_says_so() -> None:
    assert only("next steps are not taken.").cut


def test_blocks_have_the_headings_above_them() -> None:
    text = "# Leadership, management and governance\n\n### Summary\n\nLeaders know their service."
    assert read(text)[-1].headings == ("Leadership, management and governance", "Summary")


@pytest.mark.parametrize("text", ["***\n\nHelp comes early.", "# \n\nHelp comes early."])
def test_no_block_is_empty(text: str) -> None:
    assert [block.text for block in read(text)] == ["Help comes early."]


@pytest.mark.parametrize("mark", ["", "- ", "  - ", "- 13. ", "13. ", "### "])
def test_the_positions_are_those_of_the_words_without_the_mark(mark: str) -> None:
    text = f"# Strengths\n\n{mark}Help comes early.\n"
    block = read(text)[-1]
    assert text[block.start : block.end] == "Help comes early."


# Whatever the text

MARKDOWN = st.text(st.sampled_from("aB .#-*|\t\n1&<>\\"), max_size=200)


@given(MARKDOWN)
def test_the_words_of_a_block_stand_in_order_at_its_positions(text: str) -> None:
    for block in read(text):
        raw = iter(text[block.start : block.end])
        assert all(any(letter == other for other in raw) for letter in block.text if letter.isalpha())


@given(MARKDOWN)
def test_blocks_stand_in_order_without_overlap(text: str) -> None:
    spans = [place for block in read(text) for place in (block.start, block.end)]
    assert spans == sorted(spans)
