"""Conversations over the chain: each question read after the ones before it, also with LangChain's messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.runnables import Runnable, RunnableGenerator
from langchain_core.runnables.utils import AddableDict

from index.retrieval.understand import understand
from rag import compose
from rag.answer import Answer, Evidence, Outcome, Sentence
from rag.conversation import Turn, read, turn_of
from rag.service import Service
from rag.wording import label

UNDERSTOOD_AS = "Understood as: {question}"
# The key of a message's `additional_kwargs` that holds what a later question may lean on.
KEPT = "chapter_verse"


def follow(service: Service, question: str, earlier: Sequence[Answer] = ()) -> Iterator[Answer]:
    """The answer as it grows to a question that may lean on earlier ones, oldest first.

    `question` stays in the answer as it was typed; `understood_as` is what was answered, where that is not the same.
    """
    return _follow(service, question, [turn_of(answer, service.index.has_word) for answer in earlier])


def with_history(service: Service) -> Runnable[dict[str, Any], dict[str, Any]]:
    """The chain with LangChain messages as its memory, as a runnable.

    It takes {"question": text, "history": messages, oldest first} and gives {"answer": Answer, "message": AIMessage};
    `stream` gives the answers as they grow, and the message with the last. Whoever calls it keeps the question and
    the message for the next time. RunnableWithMessageHistory does that with these three keys. Raises TypeError
    for another input.
    """

    def answers(inputs: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for given in inputs:
            question, history = given.get("question"), given.get("history", [])
            if not isinstance(question, str) or not isinstance(history, list):
                raise TypeError(f"The input must be {{'question': text, 'history': messages}}, not {given!r}.")
            for answer in _follow(service, question, turns_of(history, service)):
                whole = {"message": as_message(answer)} if answer.complete else {}
                yield AddableDict(answer=answer, **whole)

    return RunnableGenerator(answers).with_config(run_name="conversation")


def as_message(answer: Answer) -> AIMessage:
    """The answer as a message: its text, and beside it what a later question may lean on."""
    turn = turn_of(answer)
    kept = {
        "outcome": turn.outcome.value,
        "understood_as": answer.understood_as,
        "documents": [source.document for source in turn.sources],
        "grade": turn.grade,
    }
    return AIMessage(answer.text, additional_kwargs={KEPT: kept})


def turns_of(messages: Sequence[BaseMessage], service: Service) -> list[Turn]:
    """The turns that a history holds; a question without an answer of this service after it is not one."""
    turns: list[Turn] = []
    sources = {source.document: source for source in service.index.sources}
    typed = ""
    for message in messages:
        if isinstance(message, HumanMessage):
            typed = message.text
        kept = message.additional_kwargs.get(KEPT)
        if not typed or not isinstance(message, AIMessage) or not isinstance(kept, dict):
            continue
        question = kept["understood_as"] or typed
        turns.append(
            Turn(
                question,
                understand(question, service.index.has_word),
                Outcome(kept["outcome"]),
                tuple(sources[document] for document in kept["documents"] if document in sources),
                kept["grade"],
                leaning=kept["understood_as"] is not None,
            )
        )
    return turns


def _follow(service: Service, question: str, turns: Sequence[Turn]) -> Iterator[Answer]:
    reading = read(question, turns, service.index.has_word)
    understood = reading.question if reading.question != question else None
    for answer in service.chain.stream(reading.question):
        told = replace(answer, question=question, understood_as=understood)
        if reading.asks_where and told.citations:
            # The quotes come first; nothing that is written about them later changes where they stand.
            yield _with_places(told)
            return
        yield told


def _with_places(answer: Answer) -> Answer:
    """The answer's quotes with where each stands, in the place of what it says."""
    sentences = tuple(Sentence(_place(item), (item.token,), "register", verified=True) for item in answer.citations)
    text = compose.as_text(sentences, answer.citations)
    return replace(answer, text=text, sentences=sentences, withheld=(), complete=True)


def _place(item: Evidence) -> str:
    where = f" under “{' › '.join(item.headings)}”" if item.headings else ""
    if item.page is None:
        return f"The {label(item.source)}, says it{where}; the copy held has no page numbers."
    return f"The {label(item.source)}, says it on page {item.page}{f',{where}' if where else ''}."
