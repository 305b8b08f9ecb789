"""Checking a file of questions: every fault with its line, in words that say what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.folder import report_files
from corpus.report import ReportError, plain
from eval.cases import Case, lines_of
from eval.fields import BadLineError, nearest, read_line
from eval.matching import has_any
from eval.matching import plain as bare
from eval.places import places, unit_of


@dataclass(frozen=True)
class Fault:
    """What is wrong at one line of a file, counted from 1, in a sentence."""

    line: int
    message: str


@dataclass(frozen=True)
class Checked:
    """How many questions a file holds, good or bad, and every fault found, in the order of the lines.

    `unreviewed` counts those that were drafted by program and that no person has accepted yet.
    """

    questions: int
    faults: tuple[Fault, ...]
    unreviewed: int = 0


def check(path: Path, folders: tuple[Path, ...]) -> Checked:
    """Check each line by itself, against the reports in `folders`, and against the lines before it.

    Raises CaseError when the file cannot be read or is empty, ReportError when a folder cannot be read.
    """
    documents = {file.relative_to(folder).as_posix(): file for folder in folders for file in report_files(folder)}
    first_with: dict[tuple[str, ...], int] = {}
    faults: list[Fault] = []
    lines = lines_of(path)
    unreviewed = 0
    for number, line in lines:
        try:
            case, found = read_line(line)
        except BadLineError as error:
            faults.append(Fault(number, str(error)))
            continue
        unreviewed += not case.reviewed
        further = (*_answer_faults(case), *_quote_faults(case, documents), *_twice(case, number, first_with))
        faults.extend(Fault(number, message) for message in (*found, *further))
    return Checked(len(lines), tuple(faults), unreviewed)


def _answer_faults(case: Case) -> Iterator[str]:
    """Whether the reference answer would count as right."""
    if case.abstain or not case.reference_answer:
        return
    answer = bare(case.reference_answer)
    for group in case.answer_contains:
        if not has_any(answer, group):
            yield f"The reference_answer holds none of {_either(group)}, which answer_contains wants."
    for text in case.answer_excludes:
        if has_any(answer, (text,)):
            yield f"The reference_answer holds “{text}”, which answer_excludes rules out."


def _quote_faults(case: Case, documents: dict[str, Path]) -> Iterator[str]:
    """Whether the reports are there, and the quote stands in one of them where it says and proves the answer."""
    for name in case.documents:
        if name not in documents:
            yield f"There is no report {name} in the folder.{nearest(name, documents)}"
    if not case.quote:
        return
    if case.quote_contains and not has_any(bare(case.quote), case.quote_contains):
        yield f"The quote holds none of {_either(case.quote_contains)}, which quote_contains wants."
    if not case.documents:
        yield "It has a quote, but documents does not say of which report."
    held = [documents[name] for name in case.documents if name in documents]
    if held:
        try:
            yield from _place_faults(case, case.quote, held)
        except ReportError as error:
            yield f"A report that it names cannot be read. {error}"


def _place_faults(case: Case, quote: str, held: list[Path]) -> Iterator[str]:
    file, starts = next(((file, found) for file in held if (found := places(quote, file))), (held[0], ()))
    unit = unit_of(file)
    stated = case.page if unit == "page" else case.line
    if not starts:
        yield f"The quote does not stand in {' or '.join(file.name for file in held)} letter for letter."
    elif stated is not None and stated not in starts:
        there = " and ".join(str(start) for start in starts)
        yield f"The quote does not begin at {unit} {stated} of {file.name} but at {unit} {there}."


def _twice(case: Case, number: int, first_with: dict[tuple[str, ...], int]) -> Iterator[str]:
    """Whether an earlier line has the same id or asks the same; this line is noted for those to come."""
    asked = tuple(plain(question).lower() for question in (*case.history, case.question))
    for what, key in ((f"id {case.id}", ("id", case.id)), ("question", ("question", *asked))):
        first = first_with.setdefault(key, number)
        if first != number:
            yield f"The {what} is already at line {first}."


def _either(texts: tuple[str, ...]) -> str:
    return ", ".join(f"“{text}”" for text in texts)
