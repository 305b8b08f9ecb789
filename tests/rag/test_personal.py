"""Personal data in a question is seen, and then neither logged nor sent to another machine."""

from __future__ import annotations

import logging

import pytest

from index.search import Index
from rag import wording
from rag.chain import Answerer
from rag.personal import holds_personal_data, is_remote
from rag.settings import Settings
from tests.fakes import ScriptedWriter

TRUE = "Plans for children in need do not say who will do what."
PERSONAL = (
    "What was done for Sam Example, 03/05/2012?",
    "Sam Example born on 3 May 2012: which plan?",
    "DOB: 2012-05-03, what about plans?",
    "Call me on 07700 900123 about plans",
    "Is +44 7700 900123 the right number for early help?",
    "Ring 01632 960 001 about early help",
    "Send it to sam@example.org please",
    "What about case number AB123456?",
    "What do plans say, case ref 2021/004512?",
    "NHS number 943 476 5919: plans?",
    "National insurance number QQ 12 34 56 C",
    "Do visits take place at 12 Example Road?",
    "Are children in TS24 8AY seen?",
)
ORDINARY = (
    "How was Hartlepool rated in the inspection of 4 July 2022?",
    "What did the inspection of 27 January to 19 February 2015 find?",
    "Which reports were published on 2015-06-05?",
    "Of 1,204 contacts how many became referrals in 2013-14?",
    "Who is the director, Robin Fairweather?",
    "How many children had section 47 enquiries in 2012?",
    "Compare 2016 2017 2018 2019 for care leavers",
)


@pytest.mark.parametrize("question", PERSONAL)
def test_personal_data_is_seen(question: str) -> None:
    assert holds_personal_data(question)


@pytest.mark.parametrize("question", ORDINARY)
def test_an_ordinary_question_is_not_taken_for_it(question: str) -> None:
    assert not holds_personal_data(question)


@pytest.mark.parametrize(
    ("model", "url", "remote"),
    [
        ("none", None, False),
        ("embedded", None, False),
        ("/models/own.gguf", None, False),
        ("openai:any", None, True),
        ("openai:any", "http://localhost:8000/v1", False),
        ("openai:any", "https://models.example/v1", True),
    ],
)
def test_which_models_are_on_another_machine(model: str, url: str | None, remote: bool) -> None:
    assert is_remote(Settings(model=model, model_url=url)) is remote


@pytest.mark.parametrize(
    ("settings", "asked"),
    [
        (Settings(model="openai:any"), 0),
        (Settings(model="openai:any", send_personal=True), 1),
        (Settings(model="embedded"), 1),
    ],
)
def test_it_is_sent_to_another_machine_only_if_allowed(index: Index, settings: Settings, asked: int) -> None:
    writer = ScriptedWriter([TRUE])
    question = "How well are plans for children in need written? 07700 900123"
    *_, answer = Answerer(index, settings, writer).stream(question)
    assert len(writer.asked) == asked
    assert (wording.NOT_SENT in answer.text) is (asked == 0)
    assert TRUE in answer.text


def test_a_failure_does_not_log_it(index: Index, caplog: pytest.LogCaptureFixture) -> None:
    writer = ScriptedWriter([])
    question = "How well are plans for children in need written? 07700 900123"
    with caplog.at_level(logging.DEBUG):
        list(Answerer(index, Settings(model="embedded"), writer).stream(question))
    assert caplog.records
    assert "900123" not in caplog.text
