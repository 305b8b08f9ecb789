"""An answer as plain data, for files, other programs and the evaluation."""

from __future__ import annotations

import dataclasses
from datetime import date
from enum import Enum
from typing import TypeAlias

from rag.answer import Answer, Evidence
from rag.wording import label

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


def as_json(answer: Answer) -> dict[str, Json]:
    """Everything that an answer records, with dates in ISO form."""
    return {
        "question": answer.question,
        "understood_as": answer.understood_as,
        "outcome": answer.outcome.value,
        "abstained": answer.outcome.abstained,
        "answer": answer.text,
        "citations": [citation(item) for item in answer.citations],
        "sentences": [_plain(sentence) for sentence in answer.sentences],
        "withheld": [_plain(sentence) for sentence in answer.withheld],
        "evidence": [citation(item) for item in answer.evidence],
        "understanding": _plain(answer.understanding),
        "model": answer.model,
        "prompt_version": answer.prompt_version,
        "seconds": _plain(answer.timing),
    }


def citation(item: Evidence) -> dict[str, Json]:
    """A quote with where it stands."""
    return {
        "token": item.token,
        "document": item.source.document,
        "report": label(item.source),
        "headings": list(item.headings),
        "page": item.page,
        "quote": item.quote,
    }


def _plain(value: object) -> Json:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list | frozenset | set):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
