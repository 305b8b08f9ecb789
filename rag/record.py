"""An answer as plain data, for files, other programs and the evaluation."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from index.chunk import CHUNKER
from index.sync import READER
from rag.answer import Answer, Evidence
from rag.personal import holds_personal_data
from rag.prompts import PROMPT_VERSION
from rag.service import Service, index_state
from rag.wording import label

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

FORMAT = "chapter-and-verse-record-1"
WITHHELD = "[left out: it looks like personal data]"


def as_json(answer: Answer) -> dict[str, Json]:
    """Everything that an answer records, with dates in ISO form."""
    return {
        "question": answer.question,
        "understood_as": answer.understood_as,
        "outcome": answer.outcome.value,
        "abstained": answer.outcome.abstained,
        "answer": answer.text,
        "leads": list(answer.leads),
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


@dataclass(frozen=True)
class Surroundings:
    """What an answer was made with: the state of the index and all that decides how it reads and writes."""

    index: str
    reader: str
    chunker: str
    embedder: str
    model: str
    prompt: str
    passages: int
    evidence_tokens: int
    answer_tokens: int

    @classmethod
    def of(cls, service: Service) -> Surroundings:
        """Those of an opened service."""
        settings = service.settings
        return cls(
            index_state(settings),
            READER,
            CHUNKER,
            service.index.embedder,
            settings.model,
            PROMPT_VERSION,
            settings.passages,
            settings.evidence_tokens,
            settings.answer_tokens,
        )


def as_record(answer: Answer, surroundings: Surroundings) -> dict[str, Json]:
    """All that is needed to check an answer later and to ask again; what looks like personal data is left out."""
    kept = as_json(answer)
    if holds_personal_data(f"{answer.question}\n{answer.understood_as or ''}"):
        understanding = kept["understanding"]
        hidden = {"question": WITHHELD} if isinstance(understanding, dict) else {}
        kept |= {"question": WITHHELD, "understood_as": None}
        kept["understanding"] = {**understanding, **hidden} if isinstance(understanding, dict) else None
    return {"format": FORMAT, "made_with": _plain(surroundings), "answer": kept}


def write_record(file: Path, answer: Answer, surroundings: Surroundings) -> None:
    """Write an answer's record; raises OSError when it cannot be written."""
    text = json.dumps(as_record(answer, surroundings), ensure_ascii=False, indent=1)
    file.write_text(f"{text}\n", "utf-8")
