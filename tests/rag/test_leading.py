"""Which quote leads: the best by rank, and the one of which the model copies a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.retrieval.understand import understand
from rag.inquiry import Inquiry
from rag.leading import below, by_rank, copied, with_next
from rag.models import ModelProblem
from tests.fakes import ScriptedWriter
from tests.rag.builders import quote, report

VISITS = replace(quote("Visits to children are regular. For some of them visits are too late to help.", "1"), score=2.0)
PLANS = replace(quote("Plans for children do not say who will do what, or by when it will be done.", "2"), score=2.4)
TURNOVER = replace(quote("Turnover is 13%.", "3"), score=1.9)
QUOTES = (VISITS, PLANS, TURNOVER)


def writer(reply: str) -> ScriptedWriter:
    return ScriptedWriter([reply], only_copies=True)


def test_the_best_by_rank_is_not_always_the_first_shown() -> None:
    inquiry = Inquiry("How are plans?", understand("How are plans in Hartlepool?"), evidence=QUOTES)
    assert by_rank(inquiry) == PLANS


def test_nothing_leads_where_reports_are_compared_or_nothing_was_ranked() -> None:
    compared = understand("Compare plans in Hartlepool and Rutland")
    assert by_rank(Inquiry("?", replace(compared, across=True), evidence=QUOTES)) is None
    asked = understand("How are plans in Hartlepool?")
    assert by_rank(Inquiry("?", asked, evidence=(replace(PLANS, score=0.0),))) is None
    assert by_rank(Inquiry("?", asked)) is None


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        pytest.param("Plans for children do not say who will do what, or", PLANS, id="the beginning"),
        pytest.param("[2] Plans for children do not say who", PLANS, id="a token before it"),
        pytest.param("2. “Plans for children do not say who”", PLANS, id="a number and marks before it"),
        pytest.param("- Visits to children are regular.", VISITS, id="a dash before it"),
        pytest.param("Visits are too late to help.", VISITS, id="the first words left out"),
        pytest.param("Turnover is 13%.", TURNOVER, id="three words"),
        pytest.param("[1] Turnover is 13%.", TURNOVER, id="a wrong token before it"),
        pytest.param("Visits to children are all very good and everyone is happy with", None, id="a small part of it"),
        pytest.param("Plans", None, id="one word"),
        pytest.param("No sentence of the evidence answers the question.", None, id="words of its own"),
        pytest.param("The plans are very good and all of the children were happy.", None, id="an invention"),
        pytest.param("[2]", None, id="a token alone"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_what_is_copied_points_to_its_quote(reply: str, found: object) -> None:
    assert copied("How are plans?", QUOTES, writer(reply)) == found


def test_of_two_quotes_that_begin_alike_the_one_that_ranks_better_is_meant() -> None:
    better = replace(quote(PLANS.quote, "4"), score=3.0)
    assert copied("How are plans?", (PLANS, better), writer("Plans for children do not say who will do what")) == better


def test_the_model_is_not_heard_longer_than_it_takes_to_tell_which() -> None:
    model = writer(PLANS.quote + " And so on." * 1_000)
    stream = model.stream
    heard: list[str] = []

    def listened(messages: list[object]) -> object:
        for piece in stream(messages):  # type: ignore[arg-type]
            heard.append(piece)
            yield piece

    model.stream = listened  # type: ignore[assignment, method-assign]
    assert copied("How are plans?", QUOTES, model) == PLANS
    assert len("".join(heard)) < len(PLANS.quote)


def test_the_model_is_given_every_quote_and_the_question() -> None:
    model = writer("13%")
    copied("How are plans?", QUOTES, model)
    ((_, human),) = model.asked
    assert all(item.quote in human.text for item in QUOTES)
    assert "Question: How are plans?" in human.text


def test_a_silent_model_is_told() -> None:
    with pytest.raises(ModelProblem):
        copied("How are plans?", QUOTES, ScriptedWriter([ModelProblem("the server is down")], only_copies=True))


def test_what_goes_on_in_the_same_paragraph_leads_along() -> None:
    one, two, three = (replace(quote(f"Sentence {n}.", str(n)), passage=p) for n, p in ((1, "A"), (2, "A"), (3, "B")))
    assert with_next((one, two, three), (one,)) == (one, two)
    assert with_next((one, two, three), (two,)) == (two,)
    assert with_next((one, two, three), (three, one)) == (three, one, two)
    assert with_next((one, two, three), (one, two)) == with_next((one, two, three), (two, one)) == (one, two)
    elsewhere = replace(two, source=report("Rutland"))
    assert with_next((one, elsewhere), (one,)) == (one,)
    long = replace(two, quote="word " * 120)
    assert with_next((one, long), (one,)) == (one,)


def test_below_stand_the_nearest_in_their_order_and_fewer_where_rank_and_model_agree() -> None:
    quotes = tuple(replace(quote(f"Sentence {n}.", str(n)), score=2.0 - n / 50) for n in range(1, 8))
    every = (*quotes, replace(quote("Far below.", "8"), score=1.0))
    assert [item.token for item in below(every, every[:1], agreed=True)] == ["2", "3"]
    assert [item.token for item in below(every, (every[0], every[3]), agreed=False)] == ["2", "3", "5"]
    assert below((every[0], every[-1]), every[:1], agreed=True) == ()
    assert below((every[0], every[-1]), every[:1], agreed=False) == (every[-1],)
