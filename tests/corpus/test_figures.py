"""Figures are read only where set words bind a number to what it counts, when, and of whom."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.figure_subjects import WORDINGS, Wording, pattern
from corpus.figures import read_figures
from corpus.lines import blocks_of, split_lines
from corpus.markdown import markdown_blocks
from corpus.report import Block, BlockKind, Figure, is_verbatim


def from_text(text: str) -> tuple[Figure, ...]:
    return read_figures(blocks_of(list(split_lines(text, page=4))), text)


def from_blocks(*texts: str, kind: BlockKind = BlockKind.BULLET) -> tuple[Figure, ...]:
    """The figures of blocks that stand one below the other."""
    blocks, start = [], 0
    for text in texts:
        blocks.append(Block(kind, text, start, start + len(text)))
        start += len(text) + 1
    return read_figures(tuple(blocks), "\n".join(texts))


def one(*texts: str) -> Figure:
    (figure,) = from_blocks(*texts)
    return figure


def values(figures: tuple[Figure, ...]) -> dict[tuple[str, str], str]:
    return {(figure.subject, figure.unit): figure.value for figure in figures}


PLANS = "children and young people were the subject of a child protection plan"
CARE = "At 2 May 2016, 412 children were being looked after by the local authority (a rate of 61 per 10,000 children)."

# The standard counts


def test_a_count_has_its_value_day_page_comparison_and_words() -> None:
    text = f"At 31 March 2016, 1,207 {PLANS}. This is a reduction from 1,309 at 31 March 2015.\n"
    (figure,) = from_text(text)
    assert (figure.subject, figure.value, figure.unit) == ("cp_plan", "1207", "children")
    assert (figure.as_at, figure.period, figure.page) == (date(2016, 3, 31), None, 4)
    assert figure.comparison == "a reduction from 1,309 at 31 March 2015"
    assert figure.quote == text.strip()


@pytest.mark.parametrize(
    ("sentence", "subject", "value"),
    [
        (f"As at 1 June 2015, twenty-two {PLANS}.", "cp_plan", "22"),
        (f"At 1 June 2015, 2001 {PLANS}.", "cp_plan", "2001"),
        (
            "At 1 June 2015, 950 children had been identified through assessment as being formally in need of help.",
            "children_in_need",
            "950",
        ),
        ("At 1 June 2015, 88 children were looked after by the local authority.", "looked_after", "88"),
        ("At 1 June 2015, the local authority was looking after 1 088 children.", "looked_after", "1088"),
        ("At 1 June 2015, one child lived in a privately arranged fostering placement.", "private_fostering", "1"),
    ],
)
def test_each_standard_count_is_known_by_its_words(sentence: str, subject: str, value: str) -> None:
    figure = one(sentence)
    assert (figure.subject, figure.value, figure.as_at) == (subject, value, date(2015, 6, 1))


@pytest.mark.parametrize(
    ("sentence", "subject", "value"),
    [
        ("At 1 June 2015, 88 children are being looked after by the LA.", "looked_after", "88"),
        ("At 1 June 2015, 88 are being looked after by the local authority.", "looked_after", "88"),
        (
            "At 1 June 2015, 88 children (early data) are being looked after by the local authority.",
            "looked_after",
            "88",
        ),
        ("At 1 June 2015, 88 children are in the care of the local authority.", "looked_after", "88"),
        ("At 1st June 2015, 88 children are being looked after by the local authority.", "looked_after", "88"),
        ("1 June 2015, 88 children are being looked after by the local authority.", "looked_after", "88"),
        ("At 1 June 15, 88 children were being looked after by the local authority.", "looked_after", "88"),
        ("At 1 June 15, 188 children were being looked after by the local authority.", "looked_after", "188"),
        (f"At 1 June 15, 2,088 {PLANS}.", "cp_plan", "2088"),
        ("At 1 June 2015, 88 children were the subject of a children protection plan.", "cp_plan", "88"),
        (
            "At 1 June 2015, 950 children (our count) had been identified through assessment as being in need.",
            "children_in_need",
            "950",
        ),
        (
            "At 1 June 2015 1,950 children were identified through assessment as being formally in need of help.",
            "children_in_need",
            "1950",
        ),
        (
            "At 1 June 2015, 950 children were identified as being in need of a specialist children’s service.",
            "children_in_need",
            "950",
        ),
    ],
)
def test_a_standard_count_is_known_in_its_rarer_forms(sentence: str, subject: str, value: str) -> None:
    figure = one(sentence)
    assert (figure.subject, figure.value, figure.as_at) == (subject, value, date(2015, 6, 1))


@pytest.mark.parametrize(
    "sentence",
    [
        "At 1 June 15 children were being looked after by the local authority.",
        "Of these, 43 are being looked after by the local authority.",
        "At 1 June 2015, 12 children were identified as being in need of dental treatment.",
    ],
    ids=["a count, no year", "a part of others", "another need"],
)
def test_a_form_that_may_mean_something_else_gives_no_count(sentence: str) -> None:
    assert from_blocks(sentence) == ()


def test_a_rate_may_come_first_and_the_count_behind_it() -> None:
    figures = from_blocks(f"At 1 June 2015, 36 children and young people per 10,000 (209) {PLANS[26:]}.")
    assert values(figures) == {("cp_plan", "children"): "209", ("cp_plan_rate", "per 10,000"): "36"}
    need = "had been identified through assessment as being formally in need of a specialist children’s service"
    figures = from_blocks(f"At 1 June 2015, 354 children per 10,000 population (2,042) {need}.")
    assert values(figures) == {("children_in_need", "children"): "2042", ("children_in_need_rate", "per 10,000"): "354"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Approximately 61,200 children and young people under the age of 18 years live in Hartwell.",
        "An estimated 61,200 children and young people under the age of 18 live in Hartwell.",
        "61,200 children and young people under the age of 18 years live on the Isle of Hart.",
        "There are 61,200 children aged under 18 years living in the county.",
    ],
)
def test_the_number_of_children_who_live_in_an_area_needs_no_approximately(sentence: str) -> None:
    figure = one(sentence)
    assert (figure.subject, figure.value) == ("population_under_18", "61200")


@pytest.mark.parametrize(
    "sentence",
    [
        "5,000 children under the age of 18 live in temporary accommodation.",
        "12,000,000 children under the age of 18 live in England.",
        "Of these, 5,000 children under the age of 18 live in Hartwell.",
        "Over 61,200 children under the age of 18 live in Hartwell.",
    ],
)
def test_a_part_of_the_children_of_an_area_is_not_their_number(sentence: str) -> None:
    assert from_blocks(sentence) == ()


def test_a_time_that_is_no_day_is_kept_as_printed() -> None:
    figure = one(f"At the end of March 2015, 40 {PLANS}.")
    assert (figure.as_at, figure.period) == (None, "At the end of March 2015")


def test_a_rate_in_the_same_sentence_is_a_figure_of_its_own() -> None:
    figures = from_blocks(CARE)
    assert values(figures) == {("looked_after", "children"): "412", ("looked_after_rate", "per 10,000"): "61"}
    assert {figure.as_at for figure in figures} == {date(2016, 5, 2)}


@pytest.mark.parametrize(
    "sentence",
    [
        f"Some 40 {PLANS}.",
        f"In most teams, 40 {PLANS}.",
        f"At 1 June 2015, fewer than five {PLANS}.",
        f"At 1 June 2015, more than 300 {PLANS}.",
        f"At 1 June 2015, 4,8073 {PLANS}.",
        f"At 1 June 2015, around a third of {PLANS}.",
        f"At 1 June 2015, 2 out of 300 {PLANS}.",
    ],
    ids=["no day", "a sample", "below five", "more than", "footnote mark", "a third", "out of"],
)
def test_a_count_that_is_vague_partial_damaged_or_undated_is_left_out(sentence: str) -> None:
    assert from_blocks(sentence) == ()


def test_a_day_that_is_not_in_the_calendar_is_no_day() -> None:
    figure = one(f"At 31 February 2015, 40 {PLANS}.")
    assert (figure.as_at, figure.period) == (None, "At 31 February 2015")


# The lists below them


def test_items_of_a_list_hold_for_the_day_of_the_count_above() -> None:
    figures = from_blocks(
        CARE,
        "Of this number:",
        "212 (or 51%) live outside the local authority area",
        "nine live in residential children’s homes, of whom three (33%) live out of the authority area",
        "301 live with foster families, of whom 48% live out of the authority area",
        "two children are unaccompanied asylum-seeking children.",
    )
    assert values(figures[2:]) == {
        ("looked_after_outside_area", "children"): "212",
        ("looked_after_outside_area", "%"): "51",
        ("in_residential_homes", "children"): "9",
        ("in_residential_homes_outside_area", "children"): "3",
        ("in_residential_homes_outside_area", "%"): "33",
        ("in_foster_families", "children"): "301",
        ("in_foster_families_outside_area", "%"): "48",
        ("unaccompanied_asylum_seeking", "children"): "2",
    }
    assert {figure.as_at for figure in figures} == {date(2016, 5, 2)}


def test_items_of_a_year_hold_for_that_year_and_not_for_the_day() -> None:
    figures = from_blocks(
        CARE,
        "In the last 12 months:",
        "there have been 17 adoptions",
        "150 children ceased to be looked after, of whom six (4%) subsequently returned to be looked after",
    )
    assert values(figures[2:]) == {
        ("adoptions", "adoptions"): "17",
        ("ceased_to_be_looked_after", "children"): "150",
        ("returned_to_be_looked_after", "children"): "6",
        ("returned_to_be_looked_after", "%"): "4",
    }
    assert {(figure.as_at, figure.period) for figure in figures[2:]} == {(None, "In the last 12 months")}


def test_a_list_may_hold_for_two_years_joined_by_a_dash_of_a_symbol_font() -> None:
    figures = from_blocks("In 2016\uf02d17:", "there have been 17 adoptions")
    assert [(figure.value, figure.period) for figure in figures] == [("17", "In 2016-17")]


@pytest.mark.parametrize("bullet", ["\uf0a7", "•", "―"])
def test_bullets_that_were_joined_into_one_block_are_read_one_by_one(bullet: str) -> None:
    figures = from_blocks(
        f"{CARE} {bullet} 40 live with parents {bullet} six children are unaccompanied asylum-seekers"
    )
    assert [figure.quote for figure in figures[2:]] == [
        "40 live with parents",
        "six children are unaccompanied asylum-seekers",
    ]


def test_the_same_words_mean_what_the_list_is_about() -> None:
    figures = from_blocks(
        "The proportion of children entitled to free school meals:",
        "in primary schools is 21.5% (the national average is 17%)",
        "The proportion of children and young people with English as an additional language:",
        "in primary schools is 8% (the national average is 19%).",
    )
    assert values(figures) == {
        ("free_school_meals_primary", "%"): "21.5",
        ("english_additional_language_primary", "%"): "8",
    }
    assert [figure.comparison for figure in figures] == ["the national average is 17%", "the national average is 19%"]


@pytest.mark.parametrize("kind", [BlockKind.HEADING, BlockKind.NUMBERED])
def test_a_list_ends_with_the_next_heading_or_numbered_paragraph(kind: BlockKind) -> None:
    ends = Block(kind, "Other inspections", len(CARE) + 1, len(CARE) + 18)
    item = "10 live with parents"
    last = Block(BlockKind.BULLET, item, ends.end + 1, ends.end + 1 + len(item))
    text = f"{CARE}\nOther inspections\n{item}"
    figures = read_figures((Block(BlockKind.BULLET, CARE, 0, len(CARE)), ends, last), text)
    assert "with_parents" not in {figure.subject for figure in figures}


def test_an_item_outside_its_list_is_left_out() -> None:
    assert from_blocks("In primary schools is 20%.", "there have been 17 adoptions", "10 live with parents") == ()


@pytest.mark.parametrize("kind", [BlockKind.FOOTNOTE, BlockKind.TABLE_ROW])
def test_footnotes_and_tables_are_not_read(kind: BlockKind) -> None:
    assert from_blocks(CARE, kind=kind) == ()


@pytest.mark.parametrize(
    ("time", "period"),
    [
        ("in 2016\uf02d17", "in 2016-17"),
        ("in 2016─17", "in 2016─17"),
        ("in 2016–17", "in 2016–17"),
        ("in 2016", "in 2016"),
    ],
)
def test_two_years_stay_together_whatever_dash_joins_them(time: str, period: str) -> None:
    figure = one(f"Fifteen children were adopted {time} and 22 before.")
    assert (figure.value, figure.period) == ("15", period)


@pytest.mark.parametrize("end", ["\uf0b417", "~17", "b", "5"])
def test_a_year_that_may_be_the_half_of_two_is_no_time(end: str) -> None:
    assert from_blocks(f"Fifteen children were adopted in 2016{end} and 22 before.") == ()


def test_a_time_since_an_inspection_is_not_the_year_of_that_inspection() -> None:
    figure = one("Since the last inspection in 2013, five serious incident notifications have been submitted.")
    assert figure.period == "Since the last inspection in 2013"


# Running text


@pytest.mark.parametrize(
    ("sentence", "subject", "value", "unit"),
    [
        ("Of late, 84% of initial health assessments were held on time.", "initial_health", "84", "%"),
        ("By now the vacancy rate has fallen to 3.5 per cent.", "vacancy_rate", "3.5", "%"),
        ("Here IRO caseloads average fifty-four children.", "average_caseload_reviewing_officers", "54", "children"),
        ("Forty-one per cent of care leavers are in education, employment or training.", "care_leavers_in", "41", "%"),
        ("Hartwell is in touch with 38 (95%) of its 40 care leavers.", "care_leavers_in_touch", "95", "%"),
        ("The average duration of proceedings was 61 weeks.", "care_proceedings_weeks", "61", "weeks"),
        ("Ninety young people are in further education.", "in_further_education", "90", "young people"),
    ],
)
def test_running_text_gives_figures_in_unmistakable_words(sentence: str, subject: str, value: str, unit: str) -> None:
    figure = one(sentence)
    assert figure.subject.startswith(subject)
    assert (figure.value, figure.unit, figure.quote) == (value, unit, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nationally, 83% of initial health assessments were completed within timescale.",
        "The national average is that 83% of initial health assessments are completed within timescale.",
        "The target is that 83% of initial health assessments are completed within timescale.",
        "83% of initial health assessments were completed within timescale across England.",
        "In the cases sampled, 83% of initial health assessments were completed within timescale.",
        "Over 83% of initial health assessments were completed within timescale.",
        "83% of initial health assessments were not completed within timescale.",
        "The vacancy rate is lower than the national average of 19%.",
        "60% of care leavers aged 19 are in education, employment or training.",
        "That is a rise on last spring, when 12% of care leavers were in suitable accommodation.",
        "About half of care leavers are in education, employment or training.",
    ],
)
def test_a_figure_of_others_or_a_vague_one_is_left_out(sentence: str) -> None:
    assert from_blocks(sentence) == ()


def test_a_time_reaches_only_as_far_as_its_clause() -> None:
    figures = from_blocks("Two offices closed in 2015 and eight care leavers are in apprenticeships.")
    assert [(figure.value, figure.period) for figure in figures] == [("8", None)]


# Before and after a change


@pytest.mark.parametrize(
    ("sentence", "subject", "value", "period", "comparison"),
    [
        (
            "Reliance on agency staff has reduced from 13% in October 2014 to 9.5% in September 2015, below others.",
            "agency_workers",
            "9.5",
            "in September 2015",
            "from 13% in October 2014",
        ),
        (
            "It succeeded in reducing the turnover of staff, from 32 per cent in 2014 to 13 per cent by May 2016.",
            "staff_turnover",
            "13",
            "by May 2016",
            "from 32 per cent in 2014",
        ),
        (
            "Staff turnover has fallen in the last three years, from 17% to 15% in the past six months.",
            "staff_turnover",
            "15",
            None,
            "from 17%",
        ),
        (
            "Re-referral rates have risen from 20% in 2014–15 to 31% now.",
            "re_referrals",
            "31",
            None,
            "from 20% in 2014–15",
        ),
        (
            "In 2013, the proportion of care leavers who are NEET fell from 42% to 33%.",
            "care_leavers_not_in_education_employment_training",
            "33",
            "In 2013",
            "from 42%",
        ),
        (
            "The number of children with three or more placements fell from 10% to 9% between March 2014 and May 2015.",
            "three_or_more_placements",
            "9",
            None,
            "from 10%",
        ),
    ],
)
def test_of_a_change_the_new_number_counts_with_its_own_time_and_the_old_is_the_comparison(
    sentence: str, subject: str, value: str, period: str | None, comparison: str
) -> None:
    figure = one(sentence)
    assert (figure.subject, figure.value, figure.unit) == (subject, value, "%")
    assert (figure.period, figure.comparison, figure.as_at) == (period, comparison, None)


def test_the_new_number_of_a_change_may_have_a_day() -> None:
    figure = one("Re-referral rates have fallen from 20% in 2014–15 to 12% at 31 October 2015.")
    assert (figure.as_at, figure.period) == (date(2015, 10, 31), None)


@pytest.mark.parametrize(
    "sentence",
    [
        "The council aims to see that staff turnover falls from 30% to 20%.",
        "It plans to bring down staff turnover from 30% to 20%.",
        "A planned reduction in the use of agency staff from 30% to 20% is late.",
        "Nationally, re-referral rates have fallen from 24% to 22%.",
        "In one team, the area’s turnover of staff, which has increased from 10% in 2015 to 30% in 2016, is high.",
        "Turnover of staff has fallen from 30% in 2015 to around 20%.",
    ],
)
def test_a_change_that_is_hoped_for_vague_or_of_others_is_left_out(sentence: str) -> None:
    assert from_blocks(sentence) == ()


def test_of_two_figures_for_one_subject_and_time_the_first_stands() -> None:
    again = "At 2 May 2016, 450 children were being looked after by the local authority."
    assert [figure.value for figure in from_blocks(CARE, again) if figure.subject == "looked_after"] == ["412"]


# Words as they stand


def test_where_a_footnote_breaks_the_sentence_the_words_that_give_the_figure_are_quoted() -> None:
    shown = f"At 1 June 2015, 40 {PLANS}, according to the council."
    raw = f"At 1 June 2015, 40 {PLANS},\n3 A note.\naccording to the council."
    (figure,) = read_figures((Block(BlockKind.PARAGRAPH, shown, 0, len(raw)),), raw)
    assert figure.quote == f"40 {PLANS}"[: len(figure.quote)]
    assert is_verbatim(figure.quote, raw)


def test_a_figure_whose_words_do_not_stand_in_the_text_is_left_out() -> None:
    raw = f"At 1 June 2015, 41 {PLANS}."
    shown = raw.replace("41", "40")
    assert read_figures((Block(BlockKind.PARAGRAPH, shown, 0, len(raw)),), raw) == ()


def test_a_comparison_that_breaks_off_is_left_out() -> None:
    figure = one(f"At 1 June 2015, 40 {PLANS}. This is a reduction from")
    assert figure.comparison is None


def test_a_comparison_ends_before_a_footnote_mark_that_is_glued_to_its_year() -> None:
    figure = one(f"At 1 June 2015, 40 {PLANS}. This is an increase from 36 at 31 March 201412")
    assert figure.comparison == "an increase from 36 at 31 March 2014"


@pytest.mark.parametrize(
    "words",
    [". This is an increase from 4,8073 at 31 March 2014.", "; fewer than 5 others were in another group."],
    ids=["a glued count", "another part of the sentence"],
)
def test_what_is_no_sure_comparison_is_left_out(words: str) -> None:
    assert one(f"At 1 June 2015, 40 {PLANS}{words}").comparison is None


def test_a_comparison_does_not_run_into_the_list_after_it() -> None:
    figure = one(
        f"At 1 June 2015, 40 {PLANS}. This is an increase from 36 at 31 March 2014: Of this number, most are new."
    )
    assert figure.comparison == "an increase from 36 at 31 March 2014"


def test_emphasis_in_markdown_does_not_hide_a_figure() -> None:
    text = f"- At 1 June 2015, **40** {PLANS}.\n"
    (figure,) = read_figures(markdown_blocks(list(split_lines(text))), text)
    assert figure.value == "40"
    assert is_verbatim(figure.quote, text)


# The data file


@pytest.mark.parametrize("wording", [row for rows in WORDINGS.values() for row in rows], ids=lambda row: row.words[:60])
def test_every_wording_is_a_pattern_with_one_number_and_a_key_in_lower_case(wording: Wording) -> None:
    assert "n" in pattern(wording.words).groupindex
    assert wording.key == wording.key.lower()
    assert ("{p}" in wording.words) == (wording.unit == "%")
