"""How questions are taken: authority, years, areas, kind of report, and sort of answer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.report import ReportKind
from index.retrieval.ask import Ask
from index.retrieval.understand import understand

THIS_YEAR = date.today().year  # noqa: DTZ011  (the reader's own day)
A_LETTER = (ReportKind.UNANNOUNCED_INSPECTION, ReportKind.FOCUSED_VISIT, ReportKind.MONITORING_VISIT)


@pytest.mark.parametrize(
    ("question", "ask"),
    [
        ("What was the overall judgement for Sandwell in 2015?", Ask.GRADE),
        ("How was Walsall rated?", Ask.GRADE),
        ("What did Sandwell come out as?", Ask.GRADE),
        ("Was the council inadequate?", Ask.GRADE),
        ("Was the Sandwell council found to be inadequate in 2015?", Ask.GRADE),
        ("sandwell overall?", Ask.GRADE),
        ("rutland 2019, pass or fail?", Ask.GRADE),
        ("Did Rutland fail its inspection?", Ask.GRADE),
        ("Is Rutland a good council?", Ask.GRADE),
        ("Is Rutland's adoption service still good?", Ask.GRADE),
        ("Did Rutland's safeguarding board manage a good?", Ask.GRADE),
        ("What did inspectors tell Rutland to improve?", Ask.LIST),
        ("When do workers in Rutland see fathers?", Ask.FINDING),
        ("Which parts of Rutland were outstanding?", Ask.GRADE),
        ("adoption inspection in rutland, result?", Ask.GRADE),
        ("Did leaders fail to act?", Ask.FINDING),
        ("Are good relationships a strength of the council?", Ask.FINDING),
        ("What grade did adoption get?", Ask.GRADE),
        ("Why was Sandwell judged inadequate?", Ask.FINDING),
        ("What was the judgement before the 2015 inspection?", Ask.FINDING),
        ("What was the grade at the previous inspection?", Ask.FINDING),
        ("How many children are in care?", Ask.FIGURE),
        ("How many homes were rated good?", Ask.FIGURE),
        ("What percentage of interviews took place in time?", Ask.FIGURE),
        ("What % of social workers are agency staff?", Ask.FIGURE),
        ("no. of adoptions", Ask.FIGURE),
        ("How long do children wait?", Ask.FIGURE),
        ("Who was the lead inspector?", Ask.PERSON),
        ("Tell me, who chairs the board?", Ask.PERSON),
        ("What is the name of the director?", Ask.PERSON),
        ("Which inspectors visited?", Ask.PERSON),
        ("How are young people who go missing helped?", Ask.FINDING),
        ("When was the inspection?", Ask.DATE),
        ("What three days did they come?", Ask.DATE),
        ("On what dates did the visit take place?", Ask.DATE),
        ("How long has the director been in post?", Ask.DATE),
        ("What happens when parents refuse?", Ask.FINDING),
        ("When should a doctor see a child?", Ask.FINDING),
        ("With whom should the panel work?", Ask.FINDING),
        ("When was it inspected, and by whom?", Ask.PERSON),
        ("List the recommendations", Ask.LIST),
        ("What needs to improve?", Ask.LIST),
        ("What are the areas for development?", Ask.LIST),
        ("What were the strengths?", Ask.LIST),
        ("How is early help?", Ask.FINDING),
        ("", Ask.FINDING),
    ],
)
def test_the_sort_of_answer_that_is_wanted(question: str, ask: Ask) -> None:
    assert understand(question).ask is ask


@pytest.mark.parametrize(
    ("question", "years", "periods"),
    [
        ("Sandwell in 2015", (2015,), ()),
        ("sandwell 15 vs walsall 17", (2015, 2017), ()),
        ("sandwell '15", (2015,), ()),
        ("Sandwell (15)", (2015,), ()),
        ("Sandwell 15% of children", (), ()),
        ("Sandwell 15 children", (), ()),
        ("Compare 2015 and 2017", (2015, 2017), ()),
        ("between 2011 and 2014", (2011, 2012, 2013, 2014), ()),
        ("from March 2011 to June 2013", (2011, 2012, 2013), ()),
        ("2011 to 2013", (2011, 2012, 2013), ()),
        ("between 2011 and 2025", tuple(range(2011, 2026)), ()),
        ("since 2018", tuple(range(2018, THIS_YEAR + 1)), ()),
        ("since the 2018 inspection", tuple(range(2018, THIS_YEAR + 1)), ()),
        ("in 2013-14", (), ("2013-14",)),
        ("in 2013/14 and 2015", (2015,), ("2013/14",)),
        ("in 2013–2014", (), ("2013–2014",)),
        ("2015, 2015 and again 2015", (2015,), ()),
        ("section 47 of 1989", (1989,), ()),
        ("How many of 2150 children?", (), ()),
        ("no year", (), ()),
    ],
)
def test_years_and_periods(question: str, years: tuple[int, ...], periods: tuple[str, ...]) -> None:
    asked = understand(question)
    assert (asked.years, asked.periods) == (years, periods)


@given(st.integers(1990, 2060), st.integers(1990, 2060))
def test_a_span_holds_every_year_between_its_ends_however_it_is_told(first: int, last: int) -> None:
    if first != last:
        years = tuple(range(min(first, last), max(first, last) + 1))
        assert understand(f"How did Sandwell change between {first} and {last}?").years == years


@pytest.mark.parametrize(
    ("question", "reports"),
    [
        ("What did the 2015 inspection find?", True),
        ("the report of 2015", True),
        ("Ofsted's letter of March 2011", True),
        ("What was Sandwell's grade in 2015?", True),
        ("How many children were adopted in 2015?", False),
    ],
)
def test_whether_a_year_is_that_of_a_report(question: str, reports: bool) -> None:
    assert understand(question).years_are_reports is reports


@pytest.mark.parametrize(
    ("question", "authorities"),
    [
        ("sandwell 15 vs walsall 17", ("Sandwell", "Walsall")),
        ("Compare Walsall and Sandwell and walsall", ("Walsall", "Sandwell")),
        ("walsal grade", ("Walsall",)),
        ("How is early help?", ()),
    ],
)
def test_authorities_in_the_order_in_which_they_are_named(question: str, authorities: tuple[str, ...]) -> None:
    assert understand(question).authorities == authorities


@pytest.mark.parametrize(
    ("question", "areas"),
    [
        ("the LSCB", ("lscb",)),
        ("the Local Safeguarding Children Board", ("lscb",)),
        ("adoption", ("adoption",)),
        ("care leavers", ("care_leavers",)),
        ("young people leaving care", ("care_leavers",)),
        ("looked-after children", ("in_care",)),
        ("children in care", ("in_care",)),
        ("children being looked after", ("in_care",)),
        ("new staff, looked after properly?", ()),
        ("leadership", ("leaders",)),
        ("children who need help and protection", ("help_protection",)),
        ("adoption and care leavers", ("adoption", "care_leavers")),
        ("early help", ()),
        ("the adopted plan", ()),
    ],
)
def test_areas_in_peoples_words(question: str, areas: tuple[str, ...]) -> None:
    assert understand(question).areas == areas


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("the focused visit", (ReportKind.FOCUSED_VISIT,)),
        ("the Monitoring Visit", (ReportKind.MONITORING_VISIT,)),
        ("the unannounced inspection", (ReportKind.UNANNOUNCED_INSPECTION,)),
        ("they came without notice", (ReportKind.UNANNOUNCED_INSPECTION,)),
        ("the letter", A_LETTER),
        ("the letter before proceedings", ()),
        ("the news article", (ReportKind.NEWS,)),
        ("the visit", ()),
        ("the inspection", ()),
    ],
)
def test_kinds_of_report(question: str, kinds: tuple[ReportKind, ...]) -> None:
    assert understand(question).kinds == kinds


@pytest.mark.parametrize(
    ("question", "premise"),
    [
        ("Why was Sandwell judged inadequate?", "inadequate"),
        ("Was Sandwell rated good?", "good"),
        ("Why is Walsall outstanding?", "outstanding"),
        ("Why did Walsall require improvement?", "requires improvement"),
        ("Why was it found to be requiring improvement?", "requires improvement"),
        ("Why is good practice rare?", None),
        ("Is Rutland a good council?", "good"),
        ("When will every outstanding review be done?", None),
        ("What grade did Sandwell get?", None),
        ("How good is early help?", None),
    ],
)
def test_a_grade_that_is_taken_for_granted(question: str, premise: str | None) -> None:
    assert understand(question).premise == premise


@pytest.mark.parametrize(
    ("question", "across"),
    [
        ("Compare Sandwell and Walsall", True),
        ("Sandwell in 2015 and 2018", True),
        ("How has Sandwell changed over time?", True),
        ("Is Sandwell better than in 2011?", True),
        ("How did Sandwell in 2015 compare?", True),
        ("Sandwell since 2018", True),
        ("Sandwell in 2015", False),
        ("Compare early help with protection", False),
    ],
)
def test_whether_reports_are_set_beside_each_other(question: str, across: bool) -> None:
    assert understand(question).across is across


@pytest.mark.parametrize(
    ("question", "percent"), [("what %", True), ("per cent", True), ("what share of", True), ("how many", False)]
)
def test_whether_a_share_is_wanted(question: str, percent: bool) -> None:
    assert understand(question).percent is percent


@pytest.mark.parametrize(
    ("question", "latest", "why"),
    [
        ("What is the latest report?", True, False),
        ("How is it now?", True, False),
        ("Explain the main reasons", False, True),
        ("x", False, False),
    ],
)
def test_latest_and_why(question: str, latest: bool, why: bool) -> None:
    asked = understand(question)
    assert (asked.latest, asked.why) == (latest, why)


@pytest.mark.parametrize(
    ("question", "newest_report"),
    [
        ("What does the newest Bath and North East Somerset report say on fostering?", True),
        ("Fostering in Leeds, latest inspection?", True),
        ("How is fostering in Leeds at the moment?", False),
        ("What is the latest on fostering in the Leeds report?", False),
        ("What has changed since the last inspection of Leeds?", False),
    ],
)
def test_what_the_newest_report_says_is_another_question_than_how_things_are_now(
    question: str, newest_report: bool
) -> None:
    assert understand(question).newest_report is newest_report


@given(st.text(max_size=300))
def test_any_text_is_taken_somehow_and_the_same_way_twice(text: str) -> None:
    assert understand(text) == understand(text)
    assert understand(text).question == text


@pytest.mark.parametrize(
    ("question", "ask"),
    [
        ("How many care leavers in Leeds go to university and what help do they get?", Ask.FINDING),
        ("Do reviewing officers in Leeds stand up to the council, and how many times?", Ask.FINDING),
        ("Why did the number of adoptions in Leeds fall?", Ask.FINDING),
        ("How many children were in care in Leeds, and has that changed?", Ask.FIGURE),
        ("What share of plans in Leeds were good, and how many were reviewed?", Ask.FIGURE),
        ("Why did adoptions in Leeds fall, and by how many?", Ask.FINDING),
        ("Does anyone in Leeds act on the figures about truants?", Ask.FINDING),
        ("Leeds lost some of its numbers in 2019. How did managers keep track?", Ask.FINDING),
        ("Leeds: figures on truants?", Ask.FIGURE),
        ("Can you give me the figures for children in care in Leeds?", Ask.FIGURE),
        ("Are there any figures on agency staff in Leeds?", Ask.FIGURE),
        ("Do you have numbers for truants in Leeds?", Ask.FIGURE),
        ("What grade did Leeds get the year before the 2015 report?", Ask.FINDING),
        ("When CAMHS can't help a child in Leeds, what else is there?", Ask.FINDING),
        ("When was Leeds last inspected?", Ask.DATE),
        ("In which parts of Leeds have the hubs opened?", Ask.NAME),
        ("How many staff did Leeds recruit in the year before the inspection?", Ask.FIGURE),
        ("As someone who runs a group for carers: what was said of young carers in Leeds?", Ask.FINDING),
        ("Who runs fostering in Leeds?", Ask.NAME),
    ],
)
def test_a_figure_beside_something_else_is_not_all_that_is_asked(question: str, ask: Ask) -> None:
    assert understand(question).ask is ask


def test_changes_of_something_are_a_subject_and_no_comparison() -> None:
    assert not understand("Do children in Leeds still have changes of social worker?").across
    assert understand("What changes were there in Leeds?").across
