"""What the language model is told. The version goes into every answer's record."""

from __future__ import annotations

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from rag.answer import Evidence
from rag.wording import LABELS

PROMPT_VERSION = "compose-2"
# The unchanging part comes first, so that the embedded runtime reads it once and keeps it.
SYSTEM = (
    "You answer questions about inspection reports on children's services from numbered evidence. "
    "Write one to three short sentences in plain English. Answer first, then the reason. "
    "Use the evidence's own words. End each sentence with the number of its evidence, like [2]. "
    "Copy numbers, dates, names and grades exactly. Add nothing that the evidence does not say."
)


def compose_messages(question: str, evidence: tuple[Evidence, ...]) -> list[BaseMessage]:
    """The messages that ask a model to answer from evidence; a quote is data, whatever it says."""
    lines = [f"[{item.token}] {_origin(item)}: {item.quote}" for item in evidence]
    return [
        SystemMessage(SYSTEM),
        HumanMessage("Evidence:\n" + "\n".join(lines) + f"\n\nQuestion: {question}\nAnswer:"),
    ]


# A small model copies well and writes badly: told to begin with the first word, it copied in 49 of 50 trials.
COPYING = (
    "You are given numbered evidence from inspection reports and a question. Find the sentence of the evidence that "
    "answers the question and copy it exactly, from its first word to its last. Do not rephrase it. Do not answer in "
    "your own words."
)
COPY = "Copy the sentence of the evidence that answers this. Begin with its first word."


def copying_messages(question: str, evidence: tuple[Evidence, ...]) -> list[BaseMessage]:
    """The messages that ask a model which sentence of the evidence answers; a quote is data, whatever it says."""
    lines = [f"[{number}] {item.quote}" for number, item in enumerate(evidence, start=1)]
    return [
        SystemMessage(COPYING),
        HumanMessage("Evidence:\n" + "\n".join(lines) + f"\n\nQuestion: {question}\n{COPY}"),
    ]


def _origin(item: Evidence) -> str:
    year = f" {item.source.year}" if item.source.year else ""
    return f"({item.source.authority or 'Report'}{year} {LABELS[item.source.kind]})"
