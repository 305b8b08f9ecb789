"""One line of a file of questions: its fields, and what is wrong with them by themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from pydantic import ValidationError

from eval.cases import KINDS, Case

TEXT, NUMBER = 'a text in "quotation marks", not empty', "a whole number"
TEXTS, GROUPS = 'a list of texts, such as ["one", "two"]', 'a list of lists of texts, such as [["down", "fewer"]]'
LISTS = ("history", "documents", "answer_excludes", "quote_contains")
FORMS = {
    **dict.fromkeys(("id", "kind", "question", "quote", "checked", "reference_answer"), TEXT),
    **dict.fromkeys(("page", "line"), NUMBER),
    **dict.fromkeys(LISTS, TEXTS),
    "answer_contains": GROUPS,
    **dict.fromkeys(("abstain", "reviewed"), "true or false"),
}


class BadLineError(ValueError):
    """A line holds no question that could be looked at further; the message says why."""


def read_line(line: str) -> tuple[Case, tuple[str, ...]]:
    """The question that a line holds, and what is wrong with its fields.

    Raises BadLineError when it is no JSON object, or when a field is missing or has the wrong form.
    """
    given = _fields(line)
    unknown = tuple(_unknown_fields(given))
    try:
        case = Case.model_validate(given)
    except ValidationError as error:
        names = dict.fromkeys(str(each["loc"][0]) for each in error.errors())
        told = (f"The field {name} {f'must be {FORMS[name]}' if name in given else 'is missing'}." for name in names)
        raise BadLineError(" ".join((*told, *unknown))) from error
    return case, (*unknown, *_faults(case))


def nearest(name: str, known: Iterable[str]) -> str:
    """The question whether the known name most like this one was meant, or nothing where none is like it."""
    near = get_close_matches(name, list(known), n=1)
    return f" Did you mean {near[0]}?" if near else ""


def has_empty(texts: Iterable[str]) -> bool:
    """Whether one of the texts holds nothing."""
    return any(not text.strip() for text in texts)


def _fields(line: str) -> dict[str, object]:
    """The fields of a line as they are written; raises BadLineError when it is no JSON object."""
    try:
        given = json.loads(line, object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        raise BadLineError(
            f"It cannot be read as JSON from character {error.colno} on ({error.msg}). Look for a missing quotation "
            "mark, comma or bracket there or just before."
        ) from error
    except RecursionError as error:
        raise BadLineError("It cannot be read as JSON: it holds too many brackets inside each other.") from error
    if not isinstance(given, dict):
        raise BadLineError('A line must be one object: {"id": "...", "kind": "...", "question": "..."}.')
    return given


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise BadLineError(f"The field {twice[0]} is there twice; leave one.")
    return dict(pairs)


def _unknown_fields(given: Iterable[str]) -> Iterator[str]:
    for name in given:
        if name not in Case.model_fields:
            yield f"There is no field {name}.{nearest(name, Case.model_fields)}"


def _faults(case: Case) -> Iterator[str]:
    if case.kind not in KINDS:
        offered = nearest(case.kind, KINDS) or f" The kinds are {', '.join(KINDS)}."
        yield f"There is no kind {case.kind}.{offered}"
    yield from (f"The list {name} holds an empty text." for name in LISTS if has_empty(getattr(case, name)))
    if any(not group or has_empty(group) for group in case.answer_contains):
        yield "A group of answer_contains is empty or holds an empty text."
    # A question without an answer may say what a good no tells; it is not measured.
    if case.abstain and (case.quote_contains or (case.answer_contains and case.kind != "unanswerable")):
        yield "It wants a no (abstain) and also an answer; empty answer_contains and quote_contains, or drop abstain."
    if not case.abstain and not (case.answer_contains and case.documents):
        yield "It says neither abstain nor both answer_contains and documents, so nothing says what is right."
    if case.line is not None and not case.checked:
        yield "It names a line but not, in checked, how and when that was read."
    if not case.quote and (case.line is not None or (case.checked and not case.abstain)):
        yield "It was checked against a line, but the quote that stands there is missing."
