"""Choosing the few sentences that answer: of the sort asked for, whole, each once, within the budget."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import tokens
from index.records import Hit
from index.retrieval.candidates import Candidate, Judge, candidates
from index.retrieval.concepts import Concept
from index.retrieval.fitting import counts, fits, person_names
from index.retrieval.understand import understand
from rag.evidence import BESIDE_BEST, LONGEST_QUOTE_WORDS, OF_BEST, TOKENS_PER_WORD, choose, near_best, place_of_quote
from tests.rag.builders import hit

ORDINARY = frozenset(
    "the lead inspector was director of childrens services borough council early help hub leaders".split()
)
JUDGE = Judge(
    lambda _, texts: [0.2] * len(texts),
    lambda _, passages: [0.5] * len(passages),
    lambda word: word.lower() in ORDINARY,
)


def concept(word: str) -> Concept:
    return Concept((frozenset(tokens(word)),), 1.0)


def ranked(question: str, *hits: Hit) -> tuple[Candidate, ...]:
    return candidates(understand(question), tuple(map(concept, question.split())), hits, JUDGE)


def chosen(
    items: tuple[Candidate, ...],
    *,
    most: int = 6,
    tokens_allowed: int = 320,
    needs_fit: bool = False,
    floor: float = 0.0,
) -> list[str]:
    found = choose(items, (), most=most, tokens_allowed=tokens_allowed, needs_fit=needs_fit, floor=floor)
    return [item.quote for item in found]


@pytest.mark.parametrize(
    ("question", "text", "fitting"),
    [
        ("How many?", "It worked with 412 families.", True),
        ("How many?", "It worked with nine families.", True),
        ("How many?", "No family was seen.", True),
        ("How many?", "It worked with families.", False),
        ("How many?", "It happened on 5 June 2015.", False),
        ("How many?", "Under section 47 of the act.", False),
        ("How many?", "Those aged 19 to 21 are helped.", False),
        ("How many?", "Nearly all 16- to 18-year-olds are helped.", False),
        ("How many?", "Of 19-year-olds, 40 are helped.", True),
        ("How many?", "Caseloads are under 20.", True),
        ("How many?", "Under-18s are helped.", False),
        ("How old are they?", "They are 16 years old.", True),
        ("What percentage?", "Some 87% came in time.", True),
        ("What percentage?", "Some 87 per cent came in time.", True),
        ("What percentage?", "Half of them came in time.", True),
        ("What percentage?", "Some 412 families came in time.", False),
        ("Who led it?", "The lead inspector was Morgan Ashdown.", True),
        ("Who led it?", "The lead inspector was kind.", False),
        ("Who led it?", "The Director of Early Help was there.", False),
        ("When was it?", "It took place on 6 and 7 February 2024.", True),
        ("When was it?", "It took place in 2013-14.", True),
        ("When was it?", "It may take place soon.", False),
        ("How is it?", "It is well.", True),
    ],
)
def test_a_sentence_fits_when_it_holds_the_sort_of_thing_asked_for(question: str, text: str, fitting: bool) -> None:
    assert fits(understand(question), text, JUDGE.is_word) is fitting


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The lead inspector was Morgan Ashdown.", ["Morgan Ashdown"]),
        ("Kit Marlow and Ellis Penrose visited.", ["Kit Marlow", "Ellis Penrose"]),
        ("Early Help Hub", []),
        ("Ashdown left.", []),
        ("Director Morgan Ashdown", ["Morgan Ashdown"]),
    ],
)
def test_people_are_runs_of_capitals_that_are_no_ordinary_words(text: str, names: list[str]) -> None:
    assert person_names(text, JUDGE.is_word) == names


def test_sentences_are_ranked_by_what_they_share_with_the_question() -> None:
    best, *_ = ranked(
        "agency staff", hit("Homes are stable. Leaders have cut the use of agency staff. Health is good.")
    )
    assert best.text == "Leaders have cut the use of agency staff."


def test_no_passages_give_no_candidates() -> None:
    assert ranked("agency staff") == ()
    assert chosen(()) == []


def test_a_sentence_that_leans_brings_the_one_before_it() -> None:
    items = ranked("police", hit("Homes are safe. Interviews are late. This was not told to the police."))
    assert chosen(items, most=1) == ["Interviews are late. This was not told to the police."]


def test_a_sentence_brings_the_short_one_that_leans_on_it() -> None:
    items = ranked("interviews", hit("Homes are safe. Interviews are late. They are short."))
    assert chosen(items, most=1) == ["Interviews are late. They are short."]


def test_a_long_sentence_that_leans_stays_behind() -> None:
    rest = "They " + "are written down again and again " * 6 + "each time."
    items = ranked("interviews", hit(f"Homes are safe. Interviews are late. {rest}"))
    assert chosen(items, most=1) == ["Interviews are late."]


def test_a_longer_sentence_that_tells_why_comes_along() -> None:
    why = "This is because " + "they are written down again and again " * 4 + "each time."
    items = ranked("interviews", hit(f"Homes are safe. Interviews are late. {why}"))
    assert chosen(items, most=1) == [f"Interviews are late. {why}"]


def test_a_sentence_brings_the_one_that_takes_it_back() -> None:
    however = "However, " + "they are written down again and again " * 5 + "each time."
    items = ranked("interviews", hit(f"Homes are safe. Interviews are made. {however}"))
    assert chosen(items, most=1) == [f"Interviews are made. {however}"]


def test_a_sentence_brings_the_one_that_says_what_became_of_these() -> None:
    items = ranked("worries", hit("Homes are safe. Workers pass worries on. For some children, these are not heard."))
    assert chosen(items, most=1) == ["Workers pass worries on. For some children, these are not heard."]


@pytest.mark.parametrize(
    "other", ["When it is not safe, they move.", "Workers know who they are helping.", "In May, it was warm."]
)
def test_another_sentence_with_a_pronoun_stays_behind(other: str) -> None:
    assert chosen(ranked("interviews", hit(f"Homes are safe. Interviews are late. {other}")), most=1) == [
        "Interviews are late."
    ]


def test_what_this_wait_is_comes_along() -> None:
    items = ranked("months", hit("Some wait a year. For children in care, this wait is three months."))
    assert chosen(items, most=1) == ["Some wait a year. For children in care, this wait is three months."]


def test_of_a_sentence_beside_the_best_in_its_paragraph_less_is_demanded() -> None:
    items = ranked("police cases", hit("The police share cases. Two of three were poor. Homes are warm.", 0))
    best, beside, apart = sorted(items, key=lambda item: item.place)
    low = (BESIDE_BEST + 0.01) * best.score
    found = (best, replace(beside, score=low), replace(apart, score=low))
    assert near_best(found, needs_fit=False) == found[:2]
    assert near_best(found, needs_fit=True) == found[:1]


def test_how_many_is_asked_of_counts_first() -> None:
    share, count = "The number of families fell by 43% in 2014.", "In 2014, 412 families were known."
    (first, *_) = ranked("How many families", hit(share, 0), hit(count, 1))
    assert first.text == count
    assert not counts(understand("What percentage of families?"), count)


def test_a_leaning_sentence_begins_its_quote_one_place_earlier() -> None:
    first, second = sorted(
        ranked("interviews", hit("Interviews are late. This is known.")), key=lambda item: item.place
    )
    assert (place_of_quote(first), place_of_quote(second)) == (0, 0)


def test_a_sentence_that_leans_on_one_that_leans_brings_both() -> None:
    told = "Some families get less help. This means that plans drift. This is due to agency staff."
    last = next(item for item in ranked("agency staff", hit(told)) if item.place == 2)
    assert place_of_quote(last) == 0
    assert chosen((last,)) == [told]
    long = f"Some families get less help {'and less ' * 35}. This means that plans drift. This is due to agency staff."
    last = next(item for item in ranked("agency staff", hit(long)) if item.place == 2)
    assert place_of_quote(last) == 1


def test_the_last_words_of_a_sentence_that_was_cut_are_nothing_to_quote() -> None:
    items = ranked("risk", hit("at risk. The risk to children is seen early.", cut=True))
    assert [item.text for item in items] == ["The risk to children is seen early."]


def test_the_beginning_of_a_passage_that_was_cut_is_not_whole() -> None:
    items = ranked("interviews staff", hit("of interviews are late. Agency staff left.", cut=True))
    found = choose(items, (), most=2, tokens_allowed=320, needs_fit=False, floor=0.0)
    assert {item.quote: item.complete for item in found} == {
        "of interviews are late.": False,
        "Agency staff left.": True,
    }


def test_only_fitting_sentences_are_chosen_where_a_fact_is_asked_for() -> None:
    items = ranked("How many families", hit("Families are glad. The hub saw 412 families. Families wait."))
    assert chosen(items, needs_fit=True) == ["The hub saw 412 families."]


def test_a_sentence_far_below_the_best_is_left_out() -> None:
    items = ranked("agency staff turnover", hit("Agency staff turnover is high.", 0), hit("Homes are warm.", 9))
    assert chosen(items, floor=0.6) == ["Agency staff turnover is high."]


def test_a_sentence_far_below_the_best_is_left_out_though_it_would_say_something_new() -> None:
    best, other = ranked(
        "agency staff turnover homes", hit("Agency staff turnover is high.", 0), hit("Homes are warm.", 9)
    )
    far = replace(other, score=(OF_BEST - 0.01) * best.score)
    assert near_best((best, far), needs_fit=False) == (best,)
    near = replace(other, score=OF_BEST * best.score)
    assert near_best((best, near), needs_fit=False) == (best, near)
    assert near_best((best, far), needs_fit=True) == (best,)
    assert near_best((), needs_fit=True) == ()


def test_what_ought_to_be_done_is_looked_for_under_what_to_improve() -> None:
    said, asked_for = hit("Visits are late.", 0), hit("Visits are made on time.", 1)
    listed = replace(asked_for, passage=replace(asked_for.passage, headings=("What needs to improve",)))
    first = {
        question: ranked(question, said, listed)[0].text
        for question in ("What did they ask about visits?", "How are visits?")
    }
    assert first["What did they ask about visits?"] == "Visits are made on time."
    assert first["How are visits?"] == "Visits are late."


WORDS = st.sampled_from(
    "interviews plans homes staff police help late early warm safe This They It was 412 Morgan".split()
)
SENTENCES = st.lists(WORDS, min_size=2, max_size=9).map(lambda words: " ".join(words).capitalize() + ".")
PASSAGES = st.lists(st.lists(SENTENCES, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=5, unique=True)


@given(PASSAGES, st.integers(1, 6), st.integers(5, 120))
def test_tokens_are_distinct_nothing_is_chosen_twice_and_every_quote_is_in_its_passage(
    texts: list[str], most: int, allowed: int
) -> None:
    items = ranked("interviews plans", *(hit(text, order) for order, text in enumerate(texts)))
    found = choose(items, (concept("interviews"),), most=most, tokens_allowed=allowed, needs_fit=False, floor=0.0)
    assert [item.token for item in found] == [str(number) for number in range(1, len(found) + 1)]
    assert len(found) <= most
    assert all(item.quote in item.passage for item in found)


@given(
    st.lists(SENTENCES.filter(lambda text: not text.startswith(("This", "They", "It"))), min_size=1, unique=True),
    st.integers(5, 60),
)
def test_the_budget_is_kept(texts: list[str], allowed: int) -> None:
    items = ranked("interviews plans", *(hit(text, order) for order, text in enumerate(texts)))
    assert sum(len(quote.split()) for quote in chosen(items, tokens_allowed=allowed)) <= allowed / TOKENS_PER_WORD


def test_the_budget_is_kept_with_the_sentences_that_come_along() -> None:
    before = "The plans of the council and of its partners are written down in one place."
    items = ranked("police", hit(f"{before} This was not told to the police."))
    assert sum(len(quote.split()) for quote in chosen(items, tokens_allowed=12)) <= 12


@given(PASSAGES)
def test_no_quote_holds_another(texts: list[str]) -> None:
    quotes = chosen(ranked("interviews plans", *(hit(text, order) for order, text in enumerate(texts))))
    held = [one for one in quotes for other in quotes if one is not other and one in other]
    # The same words may stand in two passages.
    assert not [one for one in held if sum(text.count(one) for text in texts) == 1]


def test_of_a_sentence_and_its_neighbour_one_quote_is_made() -> None:
    quotes = chosen(ranked("interviews late", hit("Interviews are late. They are short. Homes are warm.")), most=3)
    assert "".join(quotes).count("Interviews are late. They are short.") == 1


def test_sentences_that_follow_closely_are_one_quote_in_their_order() -> None:
    items = ranked("caseloads turnover", hit("Turnover is high. Homes are warm. Caseloads and turnover are high."))
    assert items[0].place == 2
    assert chosen(items) == ["Turnover is high. Homes are warm. Caseloads and turnover are high."]


def test_sentences_far_apart_in_a_paragraph_stand_in_its_order_each_by_itself() -> None:
    between = "Homes are warm. Food is good. Schools are near. Roads are wide."
    items = ranked("caseloads turnover", hit(f"Turnover is high. {between} Caseloads and turnover are high."))
    far = [item for item in items if "urnover" in item.text]
    assert chosen(far) == ["Turnover is high.", "Caseloads and turnover are high."]


def test_sentences_on_two_pages_are_two_quotes_each_with_its_own() -> None:
    text = "Turnover is high. Caseloads and turnover are high."
    found = hit(text)
    end = text.index("Caseloads")
    over = replace(found, passage=replace(found.passage, page=3, page_ends=(end,)))
    evidence = choose(ranked("caseloads turnover", over), (), most=6, tokens_allowed=600, needs_fit=False, floor=0.0)
    assert [(item.quote, item.page) for item in evidence] == [
        ("Turnover is high.", 3),
        ("Caseloads and turnover are high.", 4),
    ]


def test_one_quote_is_not_made_longer_than_can_be_read() -> None:
    long = f"Turnover is high {'and so on ' * 20}here."
    other = f"Caseloads and turnover are high {'and so on ' * 20}there."
    items = ranked("caseloads turnover", hit(f"{long} Homes are warm. {other}"))
    far = [item for item in items if "urnover" in item.text]
    assert all(len(quote.split()) <= LONGEST_QUOTE_WORDS for quote in chosen(far))


def test_who_is_meant_by_these_children_comes_along() -> None:
    items = ranked("plans", hit("Some live in hotels. Plans for these children are weak."))
    assert chosen(items, most=1) == ["Some live in hotels. Plans for these children are weak."]


def test_a_heading_in_brackets_is_nothing_to_quote() -> None:
    assert chosen(ranked("recommendation", hit("(Recommendation)"))) == []


def test_what_a_child_said_is_quoted_to_its_end() -> None:
    said = "One said: ‘I thought they had ruined my plans. Now I know it was the best thing.’ Homes are warm."
    (quoted,) = chosen(ranked("ruined plans", hit(said)), most=1)
    assert quoted == "One said: ‘I thought they had ruined my plans. Now I know it was the best thing.’"


def test_a_sentence_that_leans_further_in_brings_the_one_before() -> None:
    (quoted,) = chosen(ranked("harm", hit("Homes are cold. For some of these children, harm goes on.")), most=1)
    assert quoted == "Homes are cold. For some of these children, harm goes on."
