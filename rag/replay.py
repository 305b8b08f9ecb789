"""A recorded answer is asked for again, and what is the same and what differs is told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from rag.answer import Answer
from rag.record import FORMAT, WITHHELD, Json, Surroundings, as_record
from rag.settings import Settings

RECORDED = ("model", "passages", "evidence_tokens", "answer_tokens")
# What is compared, and the fields of the recorded answer that it is made of.
PARTS = {
    "understanding": ("understood_as", "understanding"),
    "evidence": ("evidence", "citations"),
    "sentences": ("sentences", "withheld"),
    "outcome": ("outcome",),
    "text": ("answer",),
}


class RecordProblem(ValueError):
    """A file is no record, or not one that can be replayed; the message says why."""


@dataclass(frozen=True)
class Record:
    """A recorded answer: the question to ask again, what the answer was made with, and the answer as plain data."""

    question: str
    made_with: dict[str, Json]
    answer: dict[str, Json]


@dataclass(frozen=True)
class Replayed:
    """What came out the same when a question was asked again, what differs, and what it was made with that changed."""

    question: str
    same: tuple[str, ...]
    different: tuple[str, ...]
    changed: tuple[str, ...]


def read_record(file: Path) -> Record:
    """The record in a file; raises RecordProblem when it is none, of another version, or without its question."""
    try:
        found = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise RecordProblem(f"{file} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise RecordProblem(f"{file} is no record: it is not JSON.") from error
    if not isinstance(found, dict) or not str(found.get("format", "")).startswith(FORMAT.rpartition("-")[0]):
        raise RecordProblem(f"{file} is no record: `python -m rag ask … --record FILE` writes one.")
    if found["format"] != FORMAT:
        raise RecordProblem(f"{file} was written by another version ({found['format']}; this one reads {FORMAT}).")
    made_with, answer = found.get("made_with"), found.get("answer")
    if not (isinstance(made_with, dict) and isinstance(answer, dict) and isinstance(answer.get("question"), str)):
        raise RecordProblem(f"{file} is no record: parts of it are missing.")
    question = str(answer.get("understood_as") or answer["question"])
    if question == WITHHELD:
        raise RecordProblem("The question was left out of the record, because it looked like personal data.")
    return Record(question, made_with, answer)


def with_recorded(settings: Settings, record: Record) -> Settings:
    """The settings with the recorded model and limits, so that a question is asked as it was; the index stays."""
    kept = {name: value for name in RECORDED if (value := record.made_with.get(name)) is not None}
    try:
        return Settings(**{**settings.model_dump(), **kept})
    except ValidationError as error:
        raise RecordProblem("The record names settings that this version does not take.") from error


def compare(record: Record, answer: Answer, surroundings: Surroundings) -> Replayed:
    """What of a recorded answer is the same in another one to the same question."""
    now = json.loads(json.dumps(as_record(answer, surroundings)))
    changed = tuple(
        f"{name}: {record.made_with.get(name)!s} then, {value!s} now"
        for name, value in now["made_with"].items()
        if record.made_with.get(name) != value
    )
    asked = {**record.answer, "understood_as": None}
    parts = {
        name: all(asked.get(field) == now["answer"].get(field) for field in fields) for name, fields in PARTS.items()
    }
    return Replayed(
        record.question,
        tuple(name for name, is_same in parts.items() if is_same),
        tuple(name for name, is_same in parts.items() if not is_same),
        changed,
    )
