"""Conversations over the chain: growing answers, LangChain's message history, and where a quote stands."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from langchain_core.chat_history import InMemoryChatMessageHistory
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.runnables import RunnableConfig
from langchain_core.runnables.history import RunnableWithMessageHistory

from corpus.settings import PROJECT
from index.search import Index
from rag import Answer, Outcome, Service, Settings, follow, with_history
from rag.chain import Answerer
from rag.history import KEPT, as_message, turns_of
from rag.record import as_json

GRADE = "What was the overall grade for Hartlepool in 2022?"
LED = "Who led the inspection of Hartlepool in 2022?"
READER: RunnableConfig = {"configurable": {"session_id": "a reader"}}


@pytest.fixture(scope="module")
def service(index: Index) -> Service:
    settings = Settings(model="none")
    return Service(Answerer(index, settings).runnable(), index, settings)


def talk(service: Service, *questions: str) -> list[Answer]:
    answers: list[Answer] = []
    for question in questions:
        answers.append(list(follow(service, question, answers))[-1])
    return answers


def test_a_follow_up_is_answered_as_understood_and_kept_as_typed(service: Service) -> None:
    first, second = talk(service, GRADE, "who led it?")
    assert (first.question, first.understood_as) == (GRADE, None)
    assert (second.question, second.understood_as) == ("who led it?", LED)
    assert second.text == service.chain.invoke(LED).text


def test_every_step_of_a_growing_answer_says_how_it_was_understood(service: Service) -> None:
    answers = list(follow(service, "what about adoption?", talk(service, GRADE)))
    assert {answer.question for answer in answers} == {"what about adoption?"}
    assert {answer.understood_as for answer in answers} == {
        "What was the judgement for adoption in Hartlepool in 2022?"
    }
    assert [answer.complete for answer in answers][-1]


def test_the_record_holds_both_questions(service: Service) -> None:
    record = as_json(talk(service, GRADE, "who led it?")[1])
    assert (record["question"], record["understood_as"]) == ("who led it?", LED)


def test_where_it_stands_is_said_of_each_quote(service: Service) -> None:
    graded, placed = talk(service, GRADE, "which page?")
    assert placed.evidence == graded.evidence
    assert placed.complete
    assert placed.text.startswith(
        "The Hartlepool inspection of 4 to 15 July 2022, published 12 September 2022, says it"
    )
    assert "[1]" in placed.text
    assert placed.citations[0].quote in placed.text


def test_a_page_is_named_where_the_copy_has_pages(service: Service) -> None:
    graded = service.chain.invoke(GRADE)
    paged = replace(graded, evidence=tuple(replace(item, page=7, headings=()) for item in graded.evidence))

    class Paged:
        def stream(self, _: str) -> list[Answer]:
            return [paged]

    text = list(follow(Service(Paged(), service.index, service.settings), "what page is that on?", [graded]))[-1].text  # type: ignore[arg-type]
    assert "says it on page 7. [1]" in text


def test_of_a_refusal_no_place_is_asked(service: Service) -> None:
    refused = talk(service, "What was the overall grade for Walsall?", "which page?")[1]
    assert refused.understood_as is None


def test_messages_carry_a_conversation(service: Service) -> None:
    chain = with_history(service)
    first = chain.invoke({"question": GRADE})
    second = chain.invoke({"question": "who led it?", "history": [HumanMessage(GRADE), first["message"]]})
    assert first["answer"].understood_as is None
    assert second["answer"].understood_as == LED
    assert second["message"].text == second["answer"].text


def test_it_streams_growing_answers_and_the_message_last(service: Service) -> None:
    steps = list(with_history(service).stream({"question": "What did inspectors say about plans in Hartlepool?"}))
    assert len(steps) > 1
    assert ["message" in step for step in steps] == [False] * (len(steps) - 1) + [True]
    assert steps[-1]["answer"].complete


# LangChain has marked these two for removal; they still are what its users have.
@pytest.mark.filterwarnings("ignore::langchain_core._api.deprecation.LangChainDeprecationWarning")
def test_langchains_own_history_keeps_each_session(service: Service) -> None:
    kept: dict[str, InMemoryChatMessageHistory] = {}
    chain = RunnableWithMessageHistory(
        with_history(service),
        lambda session_id: kept.setdefault(session_id, InMemoryChatMessageHistory()),
        input_messages_key="question",
        history_messages_key="history",
        output_messages_key="message",
    )
    list(chain.stream({"question": GRADE}, READER))
    assert [message.text for message in kept["a reader"].messages] == [GRADE, service.chain.invoke(GRADE).text]
    assert chain.invoke({"question": "who led it?"}, READER)["answer"].understood_as == LED
    assert len(kept["a reader"].messages) == 4
    other = chain.invoke({"question": "who led it?"}, {"configurable": {"session_id": "another"}})
    assert other["answer"].understood_as is None


def test_a_history_survives_as_text(service: Service) -> None:
    message = AIMessage.model_validate_json(as_message(talk(service, GRADE)[0]).model_dump_json())
    (turn,) = turns_of([HumanMessage(GRADE), message], service)
    assert (turn.question, turn.outcome, turn.grade, turn.leaning) == (GRADE, Outcome.ANSWERED, "good", False)
    assert [source.authority for source in turn.sources] == ["Hartlepool"]


def test_messages_of_others_are_no_turns(service: Service) -> None:
    foreign = [AIMessage("Good day."), HumanMessage(GRADE), AIMessage("Good, I suppose.")]
    assert turns_of(foreign, service) == []


def test_a_report_that_has_gone_is_no_longer_spoken_of(service: Service) -> None:
    message = as_message(talk(service, GRADE)[0])
    message.additional_kwargs[KEPT]["documents"] = ["gone.txt"]
    assert turns_of([HumanMessage(GRADE), message], service)[0].sources == ()


def test_another_input_is_refused(service: Service) -> None:
    with pytest.raises(TypeError, match="The input must be"):
        with_history(service).invoke({"question": 3})


def test_the_lines_of_the_readme_run(
    five: Index, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(model="none")
    service = Service(Answerer(five, settings).runnable(), five, settings)
    monkeypatch.setattr("rag.open_service", lambda: service)
    blocks = re.findall(r"```python\n(.*?)```", (PROJECT / "README.md").read_text("utf-8"), re.DOTALL)
    (lines,) = (block for block in blocks if "with_history" in block)
    exec(compile(lines, "README.md", "exec"), {})  # noqa: S102  (the README's own lines are what is tested)
    assert capsys.readouterr().out == "Was Walsall inadequate in 2017?\n"
