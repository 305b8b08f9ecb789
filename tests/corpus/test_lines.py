"""Lines of running text become blocks, and no word is lost on the way."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.lines import Line, Role, blocks_of, goes_on, last_block_start, running_text, split_lines, wrap_width
from corpus.report import Block, BlockKind

WRAPPED = "Leaders know their service well and have put more money into early help this\n"
LONG_FORM = "The experiences and progress of children who need help and protection\n\n"


def read(text: str) -> tuple[Block, ...]:
    return blocks_of(list(split_lines(text)))


def kinds_and_texts(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in read(text)]


def headings_of(text: str, beginning: str) -> tuple[str, ...]:
    return next(block.headings for block in read(text) if block.text.startswith(beginning))


# Lines


def test_a_line_knows_where_it_stands_whatever_the_line_break() -> None:
    text = "one\r\ntwo\n\nthree"
    lines = list(split_lines(text))
    assert [line.text for line in lines] == ["one", "two", "", "three"]
    assert [text[line.start : line.end] for line in lines] == ["one", "two", "", "three"]


def test_lines_of_a_later_page_are_shifted_and_carry_the_page() -> None:
    assert list(split_lines("a\nb", start=100, page=2)) == [Line("a", 100, 2), Line("b", 102, 2)]


def test_the_wrap_width_is_that_of_the_long_lines_and_not_of_the_short() -> None:
    lines = [Line("x" * 80, 0)] * 9 + [Line("x" * 200, 0)] + [Line("short", 0)] * 30
    assert wrap_width(lines) == 80


def test_a_text_without_long_lines_has_a_usual_width() -> None:
    assert wrap_width([Line("short", 0)]) == 80


# Where a block ends


def test_wrapped_lines_are_one_paragraph() -> None:
    assert kinds_and_texts(WRAPPED + "year.\n") == [
        (
            BlockKind.PARAGRAPH,
            "Leaders know their service well and have put more money into early help this year.",
        )
    ]


def test_a_line_that_ends_early_ends_its_paragraph() -> None:
    assert [text for _, text in kinds_and_texts("All is well now.\nNext year will tell.\n" + WRAPPED)] == [
        "All is well now.",
        "Next year will tell.",
        WRAPPED.strip(),
    ]


def test_a_paragraph_torn_by_a_page_break_is_put_together() -> None:
    blocks = read("- Recording is hampered by having dual paper\n\n\n\nand electronic systems.\n")
    assert [block.text for block in blocks] == ["Recording is hampered by having dual paper and electronic systems."]


def test_a_finished_sentence_is_not_joined_to_what_follows_a_page_break() -> None:
    assert len(read("Recording is hampered by having dual systems.\n\nand electronic ones are slow too.\n")) == 2


def test_a_paragraph_whose_beginning_is_missing_says_so() -> None:
    first, second = read("It is enough.\n\nthat the plan was late, as it had been in the year before.\n")
    assert (first.cut, second.cut) == (False, True)


@pytest.mark.parametrize(
    ("before", "after", "goes"),
    [
        ("Most of the plans are", "clear.", True),
        ("Plans are kept.", "clear.", False),
        ("Leaders work with the", "London boroughs.", True),
        ("In the last year, over", "40 were seen.", True),
        ("Plans are kept by leaders", "London boroughs.", False),
    ],
)
def test_words_go_on_after_a_break_when_those_before_cannot_stand_alone(before: str, after: str, goes: bool) -> None:
    assert goes_on(before, after) is goes


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("The multi-", "agency team"), "The multi-agency team"),
        (("every 16-", "and 17-year-old"), "every 16- and 17-year-old"),
        (("a well- known", "place"), "a well- known place"),
        (("The oﬃce in ﬂux",), "The office in flux"),
        (("seen \uf0b7 heard",), "seen heard"),
        (("in 2016\uf02d17",), "in 2016\uf02d17"),
    ],
)
def test_lines_as_one_are_in_plain_letters_with_broken_words_whole(lines: tuple[str, ...], text: str) -> None:
    assert running_text(lines) == text


@pytest.mark.parametrize("empty", ["\uf0b7", "________", "──────", "\uf0b7 \uf0b7"])
def test_a_rule_or_a_bullet_without_words_is_no_block(empty: str) -> None:
    assert [text for _, text in kinds_and_texts(f"All is well.\n{empty}\nIt stays so.\n")] == [
        "All is well.",
        "It stays so.",
    ]


def test_a_footnote_is_a_block_with_its_number_apart_and_not_in_a_paragraph() -> None:
    lines = [
        Line("Plans are kept", 0),
        Line("3 The law", 15, role=Role.NOTE),
        Line("of 1989.", 25, role=Role.NOTE_GOES_ON),
        Line("4 Source.", 34, role=Role.NOTE),
        Line("and seen.", 44),
    ]
    notes = [block for block in blocks_of(lines) if block.kind is BlockKind.FOOTNOTE]
    assert [(note.number, note.text, note.start, note.end) for note in notes] == [
        ("3", "The law of 1989.", 17, 33),
        ("4", "Source.", 36, 43),
    ]


def test_the_last_block_begins_at_its_first_line() -> None:
    lines = list(split_lines("All is well.\n- " + WRAPPED + "year\n"))
    assert last_block_start(lines) == 1
    assert last_block_start([]) == 0


# Kinds


@pytest.mark.parametrize("mark", ["-", "•", "▪", "–", "*", "−", "\uf0b7", "\uf06e", "\uf02d", "\x7f"])
def test_a_bullet_is_known_by_its_mark_which_is_not_in_its_text(mark: str) -> None:
    assert kinds_and_texts(f"{mark} Children are seen alone.\n") == [(BlockKind.BULLET, "Children are seen alone.")]


def test_a_bullet_of_two_lines_is_one_block() -> None:
    text = "- " + WRAPPED + "year.\n- Children are seen alone.\n"
    assert [block.kind for block in read(text)] == [BlockKind.BULLET, BlockKind.BULLET]


def test_where_bullets_were_lost_the_space_before_them_still_marks_items() -> None:
    assert kinds_and_texts(" Children are seen alone.\n They are listened to.\n") == [
        (BlockKind.BULLET, "Children are seen alone."),
        (BlockKind.BULLET, "They are listened to."),
    ]


@pytest.mark.parametrize("line", ["12. Help comes early.", "  12. Help comes early.", "- 12. Help comes early."])
def test_a_numbered_paragraph_keeps_its_number_beside_its_text(line: str) -> None:
    (block,) = read(line)
    assert (block.kind, block.number, block.text) == (BlockKind.NUMBERED, "12", "Help comes early.")


@pytest.mark.parametrize("line", ["1,204 contacts were made.", "12.5 per cent were late.", "2015. "])
def test_a_figure_is_no_paragraph_number(line: str) -> None:
    assert read(line)[0].number is None


@pytest.mark.parametrize("cell", ["Inadequate", "requires improvement to be good", "Judgement grade"])
def test_a_grade_alone_on_its_line_is_a_cell_of_a_table(cell: str) -> None:
    assert kinds_and_texts(cell) == [(BlockKind.TABLE_ROW, cell)]


@pytest.mark.parametrize("line", ["Quality of practice", "What does the LSCB need to improve?", "Recommendations"])
def test_a_short_line_in_title_form_is_a_heading(line: str) -> None:
    assert kinds_and_texts(line) == [(BlockKind.HEADING, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Children are safe.",
        "Lead inspector: Kit Marlow",
        "Dear Ms Fairweather",
        "www.example.org",
        "Telephone 01429 266522",
    ],
)
def test_a_sentence_a_name_and_an_address_are_no_headings(line: str) -> None:
    assert kinds_and_texts(line) == [(BlockKind.PARAGRAPH, line)]


def test_a_heading_in_two_lines_is_one_heading() -> None:
    (block,) = read("The graded judgement about the experience and progress of care leavers\nis that it is good\n")
    assert block.kind is BlockKind.HEADING
    assert block.text.endswith("care leavers is that it is good")


def test_the_address_of_a_letter_makes_no_headings() -> None:
    blocks = read(
        "Ms Robin Fairweather\nCivic Centre\nHartlepool\n\nDear Ms Fairweather\n\nStrengths\n\nAll is well.\n"
    )
    assert [block.text for block in blocks if block.kind is BlockKind.HEADING] == ["Strengths"]


# Headings above a block


def test_a_block_has_the_path_of_headings_above_it() -> None:
    text = LONG_FORM + "Summary\n\nHelp comes early.\n"
    assert headings_of(text, "Help comes early.") == (LONG_FORM.strip(), "Summary")


def test_a_new_chapter_ends_the_one_before() -> None:
    text = "Strengths\n\nHelp comes early.\n\nAreas for development\n\nPlans are vague.\n"
    assert headings_of(text, "Plans are vague.") == ("Areas for development",)


def test_a_heading_is_not_above_itself() -> None:
    assert headings_of("Strengths\n\nHelp comes early.\n", "Strengths") == ()


@pytest.mark.parametrize("topic", ["Adoption", "Care leavers", "Leadership, management and governance"])
def test_a_topic_within_a_list_of_recommendations_does_not_end_it(topic: str) -> None:
    text = f"What does the LSCB need to improve?\n\nAreas for improvement\n\n{topic}\n\nMatch children sooner.\n"
    assert headings_of(text, "Match children sooner.") == (
        "What does the LSCB need to improve?",
        "Areas for improvement",
        topic,
    )


def test_a_row_of_the_judgement_table_is_not_above_what_follows_it() -> None:
    text = "The experiences and progress of care leavers Outstanding\n\nExecutive summary\n\nHelp comes early.\n"
    assert headings_of(text, "Help comes early.") == ("Executive summary",)


def test_a_line_that_introduces_a_list_leaves_the_chapter_above_its_items() -> None:
    text = "Care leavers\n\nThey are well prepared.\n\nIn the last 12 months:\n\n- 14 young people moved into homes.\n"
    assert headings_of(text, "14 young people")[0] == "Care leavers"


# Whatever the text

LAYOUTS = st.text(st.sampled_from("aB é9.,:;-•*#|\t\n\r\f\x0b\x85\u2028(1)’"), max_size=200)
ANY_TEXT = st.one_of(LAYOUTS, st.text(max_size=200))


@given(ANY_TEXT)
def test_every_letter_is_in_some_block_and_in_order(text: str) -> None:
    blocks = "".join(block.text for block in read(text))
    assert [letter for letter in blocks if letter.isalpha()] == [letter for letter in text if letter.isalpha()]


@given(ANY_TEXT)
def test_every_block_is_found_at_its_positions(text: str) -> None:
    for block in read(text):
        # A word broken after its hyphen is put together in the block.
        assert re.sub(r"\s", "", block.text) == re.sub(r"\s", "", text[block.start : block.end])


@given(ANY_TEXT)
def test_blocks_stand_in_order_without_overlap(text: str) -> None:
    spans = [place for block in read(text) for place in (block.start, block.end)]
    assert spans == sorted(spans)


def test_time_grows_with_the_length_of_a_text_that_never_ends_a_sentence() -> None:
    def seconds(count: int) -> float:
        lines = list(split_lines("the local authority\n" * count))
        start = time.process_time()
        blocks_of(lines)
        return time.process_time() - start

    # Joined each to all before it, eight times the lines took some sixty times as long.
    assert seconds(16_000) < 24 * max(seconds(2_000), 0.01)
