"""What the language model is told. The version goes into every answer's record."""

from __future__ import annotations

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from rag.answer import Evidence
from rag.wording import LABELS

PROMPT_VERSION = "compose-1"
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


def _origin(item: Evidence) -> str:
    year = f" {item.source.year}" if item.source.year else ""
    return f"({item.source.authority or 'Report'}{year} {LABELS[item.source.kind]})"
