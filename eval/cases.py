"""Questions with known answers, and reading them from a file; a wrong line is named with its fault."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

FACTS = Path(__file__).with_name("facts.jsonl")
# What a question of each kind asks for.
KINDS = {
    "overall": "the overall grade",
    "area": "the grade of one area",
    "grade": "a grade, of whichever sort",
    "number": "a figure that a report prints",
    "number_in_text": "a figure within a finding",
    "person": "who held an office or led an inspection",
    "date": "when something was",
    "person_date": "who and when at once",
    "list": "several things that belong together",
    "recommendation": "what inspectors told a council to do",
    "narrative": "what inspectors found",
    "compare": "two authorities or two reports side by side",
    "compare_text": "two findings side by side",
    "trend": "how something went over several reports",
    "change": "what was different the next time",
    "count": "how many or which of the reports held",
    "follow_up": "a question that leans on the ones in `history`",
    "false_premise": "a question that takes something for true that is not",
    "unanswerable": "what the reports do not say",
    "look_alike": "a place whose name is like that of an authority held",
    "personal_data": "a particular child or the asker's own case, which is for a person",
    "injection": "orders hidden in a question",
    "out_of_scope": "nothing to do with the reports",
}


class CaseError(ValueError):
    """A case file cannot be used; the message names file, line and fault."""


class Case(BaseModel):
    """One question and what a right answer to it holds.

    A right answer contains one string of every group of `answer_contains` and none of
    `answer_excludes`, or is a no where `abstain` is set. A quote that supports it contains one of
    `quote_contains`. `quote` begins at `line`, or on `page` of a PDF, in the first of `documents` that has it,
    and `checked` says how and when that was seen. `history` holds the questions asked before this one, in order.
    `reviewed` is false for what a program has drafted and no person accepted yet.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(min_length=1)
    kind: str = Field(min_length=1)
    question: str = Field(min_length=1)
    history: tuple[str, ...] = ()
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
    reviewed: bool = True


def lines_of(path: Path) -> list[tuple[int, str]]:
    """The lines of a case file that hold something, with their numbers from 1; raises CaseError if there are none."""
    try:
        # Not splitlines, which would also break at rarer characters that JSON allows inside a string.
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise CaseError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CaseError(f"{path} is not UTF-8 text: {error.reason}.") from error
    held = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not held:
        raise CaseError(f"{path.name} holds no cases.")
    return held


def load_cases(path: Path) -> tuple[Case, ...]:
    """Read cases, one JSON object a line; raises CaseError for a bad line, a repeated id or an empty file."""
    cases: dict[str, Case] = {}
    for number, line in lines_of(path):
        try:
            case = Case.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise CaseError(f"{path.name}, line {number}: {where + ': ' if where else ''}{first['msg']}.") from error
        if case.id in cases:
            raise CaseError(f"{path.name}, line {number}: the id {case.id} is there twice.")
        cases[case.id] = case
    return tuple(cases.values())


def accepted(cases: tuple[Case, ...], name: str, *, unreviewed: bool) -> tuple[Case, ...]:
    """The cases that count: those a person has accepted, or with `unreviewed` all.

    Raises CaseError when none is left; `name` is that of their file.
    """
    kept = tuple(case for case in cases if case.reviewed or unreviewed)
    if not kept:
        raise CaseError(
            f"No question of {name} has been reviewed yet. Read them, set reviewed to true in those that are right, "
            "or add --unreviewed to count them all."
        )
    return kept
