from datetime import date

import pytest

from corpus.report import ReportKind
from index.lexical import tokens
from index.records import Recommended, Source
from index.retrieval.concepts import Concept
from index.retrieval.recommended import SHORT_LIST, Found, find
from index.retrieval.scope import Scope
from index.retrieval.understand import understand
from rag.recommended import as_sentences

OLD = Source("old.pdf", "0" * 16, "Inspection", ReportKind.INSPECTION, "Rutland", None, None, date(2016, 1, 5), 2016, 9)
NEW = Source("new.pdf", "1" * 16, "Inspection", ReportKind.INSPECTION, "Rutland", None, None, date(2023, 5, 5), 2023, 9)
BOARD_LIST = "The Local Safeguarding Children Board: Recommendations"
TEXTS = (
    "Ensure that return home interviews are offered in time.",
    "Improve the recording of supervision.",
    "Give care leavers their health histories.",
)


def row(number: int, text: str, source: Source = OLD, heading: str = "Recommendations") -> Recommended:
    return Recommended(source, number, heading, text, text, 7)


ROWS = (
    *(row(number, text) for number, text in enumerate(TEXTS, start=1)),
    row(4, "Publish a report.", OLD, BOARD_LIST),
)


def concept(words: str) -> Concept:
    return Concept((frozenset(tokens(words)),), 1.0)


def found(question: str, topic: str, rows: tuple[Recommended, ...] = ROWS, *sources: Source) -> Found | None:
    concepts = tuple(map(concept, topic.split()))
    scope = Scope(sources or (OLD,))
    return find(understand(question), concepts, scope, rows, lambda _, texts: [0.2] * len(texts))


@pytest.mark.parametrize(
    "question",
    [
        "What was recommended on supervision in Rutland?",
        "Rutland recs on supervision?",
        "What must Rutland improve about supervision?",
        "What was Rutland told to do about supervision?",
        "On supervision, what did Ofsted tell Rutland to do?",
        "What was Rutland asked to do about supervision?",
        "improvement points on supervision, Rutland",
        "What did Rutland need to fix in supervision?",
        "What did inspectors ask Rutland to join up in supervision?",
        "Does the Rutland report ask for anything on supervision?",
        "What improvement in supervision was Rutland asked for?",
        "Where does Rutland have to do better in supervision?",
        "How should supervision in Rutland be recorded?",
    ],
)
def test_a_recommendation_is_asked_for_in_many_ways(question: str) -> None:
    answer = found(question, "supervision")
    assert answer is not None
    assert [each.number for each in answer.rows] == [2]
    assert answer.topical


@pytest.mark.parametrize("question", ["How good is supervision?", "What did they say about supervision?"])
def test_a_question_about_findings_is_left_to_the_findings(question: str) -> None:
    assert found(question, "supervision") is None


def test_without_a_topic_the_whole_list_is_given_in_its_order() -> None:
    answer = found("What were the recommendations to Rutland?", "recommendations")
    assert answer is not None
    assert [each.number for each in answer.rows] == [1, 2, 3]
    assert not answer.topical


def test_the_board_s_list_is_given_where_the_board_is_asked_about() -> None:
    answer = found("What was recommended to Rutland's LSCB?", "recommended")
    assert answer is not None
    assert [each.text for each in answer.rows] == ["Publish a report."]


def test_a_topic_of_two_parts_gets_the_rows_of_both() -> None:
    answer = found("What must improve on supervision and health histories?", "supervision histories")
    assert answer is not None
    assert [each.number for each in answer.rows] == [2, 3]


def test_the_newest_report_with_a_list_counts() -> None:
    rows = (*ROWS, row(1, "Improve supervision again.", NEW))
    answer = found("What must Rutland improve?", "improve", rows, OLD, NEW)
    assert answer is not None
    assert answer.source is NEW


def test_a_short_list_is_given_whole_where_nothing_in_it_fits_and_a_long_one_not_at_all() -> None:
    many = tuple(row(number, f"Do the thing numbered {number}.") for number in range(1, SHORT_LIST + 2))
    short = found("What must Rutland improve about zebras?", "zebras")
    assert short is not None
    assert len(short.rows) == 3
    assert found("What must Rutland improve about zebras?", "zebras", many) is None


def test_of_a_term_of_the_field_that_nothing_in_it_has_a_short_list_is_no_answer() -> None:
    term = Concept((frozenset({"zebra"}),), 1.0, terms=("zebras",))
    asked = understand("What must Rutland improve about zebras?")
    assert find(asked, (term,), Scope((OLD,)), ROWS, lambda _, texts: [0.0] * len(texts)) is None


def test_the_head_says_whose_list_it_is_and_each_row_is_a_quote_with_its_page() -> None:
    answer = found("What was recommended on supervision?", "supervision")
    assert answer is not None
    head, evidence = as_sentences(answer, 1)
    assert head.text == "The Rutland inspection, published 5 January 2016, lists 3 things to improve. On this:"
    assert [(each.token, each.quote, each.page) for each in evidence] == [("1", TEXTS[1], 7)]


def test_the_board_s_name_is_no_topic() -> None:
    answer = found("What recommendations were made to Rutland's LSCB?", "lscb")
    assert answer is not None
    assert not answer.topical
