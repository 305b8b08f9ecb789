"""What a question is about, without its framing, its authority and its year."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from index.lexical import tokens
from index.retrieval.concepts import Concept, concepts_of, coverage
from index.retrieval.understand import understand


@dataclass(frozen=True)
class Words:
    """A vocabulary with the share of passages that hold each stem; what it does not know may be like one it does."""

    shares: dict[str, float] = field(default_factory=dict)
    likenesses: dict[str, str] = field(default_factory=dict)

    def frequency(self, stem: str) -> float:
        return self.shares.get(stem, 0.1)

    def nearest(self, stem: str, likeness: float) -> str | None:
        return self.likenesses.get(stem) if likeness <= 100 else None


def about(question: str, names: tuple[str, ...] = ("Sandwell",), words: Words | None = None) -> set[frozenset[str]]:
    found = concepts_of(understand(question), names, words or Words())
    return {alternative for concept in found for alternative in concept.alternatives}


def stems(*words: str) -> set[frozenset[str]]:
    return {frozenset(tokens(word)) for word in words}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Ofsted say about neglect?", ("neglect",)),
        ("Please can you tell me what the report said about thresholds in Sandwell", ("thresholds",)),
        pytest.param(
            "Do you know what the report found about thresholds?",
            ("thresholds",),
            marks=pytest.mark.xfail(reason="'found' is kept as something asked about", strict=True),
        ),
        ("How many delays were there in Sandwell in 2015?", ("delays",)),
        ("What percentage of referrals were repeat referrals?", ("referrals", "repeat")),
        ("According to the report, is supervision getting better?", ("supervision",)),
        ("neglect in March 2015", ("neglect",)),
        ("What did inspectors think of supervision?", ("supervision",)),
    ],
)
def test_framing_names_and_dates_are_not_what_is_asked_about(question: str, words: tuple[str, ...]) -> None:
    assert about(question) == stems(*words)


def test_a_question_in_ordinary_words_alone_is_about_just_those() -> None:
    assert about("What did they say about the service in general?") == stems("service", "general")


@pytest.mark.parametrize(
    ("question", "kept"), [("Which HMI came from Leeds?", True), ("Why did the HMI worry?", False)]
)
def test_only_a_question_for_a_person_is_about_inspectors(question: str, kept: bool) -> None:
    assert bool(stems("hmi") & about(question)) is kept


@pytest.mark.parametrize("question", ["", "Sandwell 2015?", "What about it?"])
def test_a_question_may_be_about_nothing(question: str) -> None:
    assert not {words for words in about(question) if words - set(tokens(question))}


def test_terms_of_the_glossary_bring_their_synonyms() -> None:
    (concept,) = concepts_of(understand("How are LAC?"), (), Words())
    assert stems("looked after children", "LAC") <= set(concept.alternatives)


@pytest.mark.parametrize("question", ["Are dads involved?", "male carers?", "Fathers?"])
def test_everyday_words_and_the_reports_words_are_one_concept(question: str) -> None:
    assert stems("father", "dad", "male carer") <= about(question)


def test_a_phrase_whose_words_mean_too_much_is_asked_and_not_looked_for() -> None:
    held = about("How many live out of area?")
    assert stems("placed at a distance") <= held
    assert not stems("area") & held


def test_a_longer_term_is_one_concept_and_not_also_those_within_it() -> None:
    (concept,) = concepts_of(understand("LAC nurses?"), (), Words())
    assert not stems("LAC", "looked after children") & set(concept.alternatives)


def test_a_word_of_no_report_has_the_word_it_may_be_a_misspelling_of_beside_it() -> None:
    unknown = {"supervizon": 0.0}
    words = Words(unknown, {"supervizon": "supervis"})
    (concept,) = concepts_of(understand("supervizon?"), (), words)
    assert concept.alternatives == (frozenset({"supervizon"}), frozenset({"supervis"}))


def test_a_short_word_is_not_mended() -> None:
    words = Words({"zoo": 0.0}, {"zoo": "too"})
    (concept,) = concepts_of(understand("zoo?"), (), words)
    assert concept.alternatives == (frozenset({"zoo"}),)


def test_a_rarer_word_weighs_more_and_an_unknown_one_no_more_than_a_rare_one() -> None:
    words = Words({"walnut": 0.5, "teapot": 0.05, "kettl": 0.008, "walrus": 0.0})
    weight = {
        next(iter(concept.alternatives[0])): concept.weight
        for concept in concepts_of(understand("walnut teapot kettle walrus"), (), words)
    }
    assert weight["walnut"] < weight["teapot"] < weight["kettl"] == weight["walrus"]


# Coverage.


EARLY, LATE = Concept((frozenset({"early", "help"}), frozenset({"eh"})), 3.0), Concept((frozenset({"late"}),), 1.0)


@pytest.mark.parametrize(
    ("stems_held", "share"),
    [
        ((), 0.0),
        (("early",), 0.0),
        (("early", "help"), 0.75),
        (("eh",), 0.75),
        (("late",), 0.25),
        (("eh", "late", "x"), 1.0),
    ],
)
def test_coverage_is_the_weighted_share_of_whole_alternatives(stems_held: tuple[str, ...], share: float) -> None:
    assert coverage((EARLY, LATE), frozenset(stems_held)) == share


def test_nothing_asked_is_nothing_covered() -> None:
    assert coverage((), frozenset({"x"})) == 0.0


class OneWord:
    """Reports that use a single word, which everything is like."""

    def frequency(self, stem: str) -> float:
        return 0.1 if stem == "whether" else 0.0

    def nearest(self, stem: str, likeness: float) -> str | None:
        return "whether" if len(stem) + likeness else None


@pytest.mark.parametrize(("word", "alternatives"), [("whethr", 2), ("weathers", 1)])
def test_a_word_that_begins_otherwise_is_no_misspelling(word: str, alternatives: int) -> None:
    (concept,) = concepts_of(understand(f"{word}?"), (), OneWord())
    assert len(concept.alternatives) == alternatives
