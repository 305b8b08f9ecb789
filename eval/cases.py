"""Questions with known answers, and reading them from a file; a wrong line is named with its fault."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

FACTS = Path(__file__).with_name("facts.jsonl")


class CaseError(ValueError):
    """A case file cannot be used; the message names file, line and fault."""


class Case(BaseModel):
    """One question and what a right answer to it holds.

    A right answer contains one string of every group of `answer_contains` and none of
    `answer_excludes`, or is a no where `abstain` is set. A quote that supports it contains one of
    `quote_contains`. `quote` stands at `line` of the first of `documents`.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(min_length=1)
    kind: str = Field(min_length=1)
    question: str = Field(min_length=1)
    documents: tuple[str, ...] = ()
    answer_contains: tuple[tuple[str, ...], ...] = ()
    answer_excludes: tuple[str, ...] = ()
    quote_contains: tuple[str, ...] = ()
    abstain: bool = False
    page: int | None = None
    quote: str | None = None
    line: int | None = None
    checked: str | None = None
    reference_answer: str | None = None


def load_cases(path: Path) -> tuple[Case, ...]:
    """Read cases, one JSON object a line; raises CaseError for a bad line, a repeated id or an empty file."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise CaseError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CaseError(f"{path} is not UTF-8 text: {error.reason}.") from error
    cases: dict[str, Case] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = Case.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise CaseError(f"{path.name}, line {number}: {where + ': ' if where else ''}{first['msg']}.") from error
        if case.id in cases:
            raise CaseError(f"{path.name}, line {number}: the id {case.id} is there twice.")
        cases[case.id] = case
    if not cases:
        raise CaseError(f"{path.name} holds no cases.")
    return tuple(cases.values())
