"""Which sentences count as an answer, of which report, and what newer reports do not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.report import BlockKind, ReportKind
from index.records import Hit, Passage, Source
from index.retrieval.ask import Ask
from index.retrieval.candidates import Candidate
from index.retrieval.concepts import Concept
from index.retrieval.fitting import fits, names_someone
from index.retrieval.scope import Scope
from index.retrieval.understand import understand
from rag.choosing import LEAST_FOR_FACT, LEAST_FOR_FINDING, answers, groups, later_silent, of_newest, of_period
from rag.inquiry import Inquiry
from rag.settings import Settings
from rag.steps import SURE, choose_evidence
from rag.wording import later_silent as said
from tests.rag.builders import quote

OLD = quote("Caseloads are high.").source
NEW = replace(OLD, document="new.txt", published=date(2031, 5, 1), inspection_start=None, inspection_end=None)
WORDS = (Concept((frozenset({"caseload"}),), 1.0),)


def is_word(word: str) -> bool:
    return word.islower() and word not in {"coram", "mockingbird"}


def candidate(text: str, source: Source, score: float, own: float = 1.0) -> Candidate:
    passage = Passage(f"{source.document}-1", source.document, text, BlockKind.PARAGRAPH, (), 0, 0, len(text))
    return Candidate(text, Hit(passage, source, 0.0, None, None), 0, own, own, fits=True, score=score)


def inquiry(question: str, *sources: Source) -> Inquiry:
    taken = understand(question)
    return Inquiry(question, understanding=taken, scope=Scope(sources), concepts=WORDS)


def test_of_now_the_newest_report_speaks_even_if_an_older_one_fits_better() -> None:
    asked = inquiry(f"Are caseloads high in {OLD.authority} at the moment?", OLD, NEW)
    found = [candidate("Caseloads are high.", OLD, 2.0), candidate("Caseloads are lower.", NEW, 1.0)]
    (chosen,) = groups(replace(asked, ranked=tuple(found)), found)
    assert {item.hit.source.document for item in chosen} == {NEW.document}


def test_that_newer_reports_are_silent_is_told_only_where_the_latest_is_asked_for() -> None:
    evidence = (quote("Caseloads are high."),)
    assert later_silent(inquiry(f"Are caseloads high in {OLD.authority} now?", OLD, NEW), evidence) == (NEW,)
    assert later_silent(inquiry(f"Were caseloads high in {OLD.authority}?", OLD, NEW), evidence) == ()
    assert later_silent(inquiry(f"Are caseloads high in {OLD.authority} now?", OLD), evidence) == ()


def test_the_newest_report_is_the_newest_full_inspection_and_what_came_after() -> None:
    older = replace(OLD, document="older.txt", published=date(2001, 5, 1))
    visit = replace(NEW, document="visit.txt", kind=ReportKind.FOCUSED_VISIT, published=date(2032, 5, 1))
    held = (older, OLD, NEW, visit)
    name = OLD.authority
    assert of_newest(understand(f"Caseloads in {name}, newest report?"), held) == (NEW, visit)
    assert of_newest(understand(f"Caseloads in {name}, newest report?"), (visit,)) == (visit,)
    assert of_newest(understand(f"Are caseloads in {name} high now?"), held) == held
    compared = f"Compare caseloads in {name} and Leeds, newest reports"
    other = replace(OLD, document="leeds.txt", authority="Leeds")
    assert of_newest(understand(compared), (*held, other)) == (NEW, visit, other)
    assert of_newest(understand(f"{compared}, 2022"), held) == held


def test_the_silence_is_worded_with_the_years() -> None:
    assert said((NEW,)) == f"Nothing on this was found in the later report on {NEW.authority} ({NEW.year})."


@pytest.mark.parametrize(
    ("question", "ask"),
    [
        ("Who runs fostering in Leeds?", Ask.NAME),
        ("Which company supplied the recording system in Leeds?", Ask.NAME),
        ("Which neighbouring council runs the duty team in Leeds?", Ask.NAME),
        ("Who runs fostering in Leeds and why?", Ask.FINDING),
        ("Who is the director in Leeds?", Ask.PERSON),
        ("Which councils were inadequate?", Ask.FINDING),
        ("Which council was better at fostering, Leeds or Walsall?", Ask.FINDING),
    ],
)
def test_a_name_is_asked_for(question: str, ask: Ask) -> None:
    taken = understand(question).ask
    assert taken is ask or (ask is Ask.FINDING and taken is Ask.GRADE)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The service is provided by Achieving for Children, an agency.", True),
        ("The partnership with Coram works.", True),
        ("The team was commissioned from another local authority.", False),
        ("Ofsted visited in March and saw that Children wait.", False),
        ("Leeds has a strong service.", False),
        ("This was told to the SSCB in time.", False),
    ],
)
def test_a_sentence_names_someone_or_not(text: str, named: bool) -> None:
    assert names_someone(text, is_word) is named
    assert fits(understand("Who runs fostering in Leeds?"), text, is_word) is named


def test_a_sentence_answers_a_question_for_a_name_only_with_a_name() -> None:
    asked = inquiry(f"Which charity helps with caseloads in {OLD.authority}?", OLD)
    fitting = candidate("Coram helps with caseloads.", OLD, LEAST_FOR_FACT)
    assert answers(fitting, asked)
    assert not answers(replace(fitting, fits=False), asked)
    assert not answers(replace(fitting, score=LEAST_FOR_FACT - 0.01), asked)


def test_a_finding_in_other_words_answers_if_it_is_close_enough() -> None:
    asked = inquiry(f"What about caseloads in {OLD.authority}?", OLD)
    shares_words = candidate("Caseloads are a word.", OLD, LEAST_FOR_FINDING - 0.5)
    assert not answers(shares_words, asked)
    assert answers(replace(shares_words, closeness=0.26), asked)
    assert answers(replace(shares_words, score=LEAST_FOR_FINDING), asked)
    # What a cross-encoder adds for the order of sentences makes no answer of one.
    assert not answers(replace(shares_words, score=LEAST_FOR_FINDING, relevance=0.5), asked)


class NothingHeld:
    """An index whose reports speak of nothing that a question names."""

    def passages(self, _: str) -> tuple[Passage, ...]:
        return ()

    def frequency(self, _: str) -> float:
        return 0.5


def test_a_term_that_stands_nowhere_is_no_answer_unless_a_sentence_is_very_close() -> None:
    named = replace(WORDS[0], name="young carers", terms=("young carers",))
    close = replace(candidate("Those who look after their parents wait.", OLD, 5.0), closeness=SURE)
    asked = replace(
        inquiry(f"How are young carers in {OLD.authority} helped?", OLD), concepts=(named,), ranked=(close,)
    )
    assert choose_evidence(asked, NothingHeld(), Settings()).refusal is None  # type: ignore[arg-type]
    less = replace(asked, ranked=(replace(close, closeness=SURE - 0.01),))
    assert choose_evidence(less, NothingHeld(), Settings()).refusal  # type: ignore[arg-type]


def test_a_figure_of_something_else_beside_it_is_no_count_of_it() -> None:
    asked = inquiry(f"How many caseloads were there in {OLD.authority}?", OLD)
    assert answers(candidate("There were 40 caseloads.", OLD, LEAST_FOR_FACT), asked)
    assert not answers(candidate("There were 40 others.", OLD, LEAST_FOR_FACT, own=0.6), asked)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The audit took 18 months.", False),
        ("It is a positive one.", False),
        ("There are 40 children.", True),
        ("One of the homes is new.", False),
        ("Advisers see young people one-to-one.", False),
        ("Only one child waits.", True),
    ],
)
def test_how_long_a_thing_took_is_no_count(text: str, counts: bool) -> None:
    assert fits(understand("How many children are in care in Leeds?"), text, is_word) is counts


def test_how_long_is_answered_by_a_time() -> None:
    assert fits(understand("How long did the audit take in Leeds?"), "The audit took 18 months.", is_word)


@pytest.mark.parametrize("written", ["2016-17", "2016–17", "2016– 17", "201617", "2016/17"])
def test_a_period_is_the_same_however_its_dash_is_written(written: str) -> None:
    told = candidate(f"In {written}, caseloads were high.", OLD, 3.0)
    other = candidate("In 2012–13, caseloads were high.", OLD, 3.0)
    assert of_period([told, other], ("2016-17",)) == (told,)


def test_a_report_that_is_compared_may_say_more_than_its_best() -> None:
    asked = replace(inquiry(f"How did caseloads in {OLD.authority} change between 2011 and 2031?", OLD, NEW))
    found = (
        candidate("Caseloads were high.", OLD, LEAST_FOR_FINDING),
        candidate("Caseloads are lower.", NEW, LEAST_FOR_FINDING),
        candidate("Turnover is lower too.", NEW, LEAST_FOR_FINDING - 0.5),
    )
    of_old, of_new = groups(replace(asked, ranked=found), list(found[:2]))
    assert (of_old, of_new) == (found[:1], found[1:])


def test_the_report_spoken_from_is_chosen_by_what_answers() -> None:
    asked = inquiry(f"How many caseloads were there in {OLD.authority}?", OLD, NEW)
    far = replace(candidate("Caseloads are counted.", NEW, 4.0), fits=False)
    found = (far, candidate("There were 40 caseloads.", OLD, 3.5), candidate("9 caseloads were closed.", NEW, 2.2))
    (spoken,) = groups(replace(asked, ranked=found), list(found[1:]))
    assert spoken == found[1:2]
