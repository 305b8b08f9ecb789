"""What is measured of an answer, each measure a plain function of a case and its answer row.

`right`, `sourced`, `supported` and `verbatim` are defined as in the shared scorer, so that figures compare.
An unanswered question counts as wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.cases import Case
from eval.citing import cited
from eval.completeness import completeness
from eval.matching import find_document, has_any, is_verbatim, letters, letters_by_page, plain, same_document
from eval.rows import CitedQuote, Row
from eval.whose import superseded, wrong_authority
from index.records import Source
from rag.answer import Outcome


@dataclass(frozen=True)
class Verdict:
    """How one answer fared; a measure that does not apply to its case is None.

    `sourced`, `supported` and `wrongly_refused` are of cases that have an answer, `rightly_refused` of those that
    have none, `page` of those that name a page or line, `complete` of lists; `recall` and `precision` are those of
    citations. Seconds are to the end, to the evidence and to the first sentence; `words` are the answer's.
    """

    case: Case
    right: bool
    verbatim: bool
    sourced: bool | None
    supported: bool | None
    abstained: bool
    seconds: float
    page: bool | None = None
    recall: float | None = None
    precision: float | None = None
    complete: float | None = None
    wrongly_refused: bool | None = None
    rightly_refused: bool | None = None
    wrong_authority: bool | None = None
    superseded: bool | None = None
    seconds_to_evidence: float = 0.0
    seconds_to_first: float = 0.0
    words: int = 0
    tokens: int | None = None
    answered: bool = True


def judge(case: Case, row: Row | None, folders: tuple[Path, ...], held: Mapping[str, Source] | None = None) -> Verdict:
    """Judge one answer; a missing one is wrong in all that is asked of it.

    `folders` hold the reports; `held` says whose and of when each is, by document name. Without it, what depends on
    that is None.
    """
    if row is None:
        return _unanswered(case)
    held = held or {}
    verbatim = all(is_verbatim(item.document, item.quote, folders, item.page) for item in row.citations)
    stated = cited(row, held) if held else None
    good = [] if case.abstain else _good(case, row, folders)
    proves = not case.quote_contains or any(has_any(plain(item.quote), case.quote_contains) for item in good)
    refused = is_refusal(row)
    return Verdict(
        case,
        right=refused if case.abstain else is_right(case, row),
        verbatim=verbatim,
        sourced=None if case.abstain else bool(good),
        supported=None if case.abstain else bool(good) and proves,
        abstained=row.abstained,
        seconds=row.seconds,
        page=right_page(case, good, folders),
        recall=stated.recall if stated else None,
        precision=stated.precision if stated else None,
        complete=completeness(case, row),
        wrongly_refused=None if case.abstain else row.abstained,
        rightly_refused=refused if case.abstain else None,
        wrong_authority=wrong_authority(case, row, held) if held else None,
        superseded=superseded(case, row, held) if held else None,
        seconds_to_evidence=row.seconds_to_evidence,
        seconds_to_first=row.seconds_to_first,
        words=len(row.answer.split()),
        tokens=row.tokens,
    )


def is_right(case: Case, row: Row) -> bool:
    """Whether an answer holds a string of every group that the case wants and none that it excludes (shared scorer)."""
    text = plain(row.answer)
    return (
        not row.abstained
        and all(has_any(text, group) for group in case.answer_contains)
        and not has_any(text, case.answer_excludes)
    )


def is_refusal(row: Row) -> bool:
    """Whether the reader was told that there is no answer; a failure is no refusal, though it gives none either."""
    return row.abstained and row.outcome != Outcome.FAILED.value


def right_page(case: Case, good: list[CitedQuote], folders: tuple[Path, ...]) -> bool | None:
    """Whether a quote from the case's first document stands where the case says; None where it names no place.

    A page must be the page. A line, in a document without pages, is met by a quote that overlaps the case's own quote
    there. The project's own measure.
    """
    if case.abstain or not case.documents or not (case.page or (case.line and case.quote)):
        return None
    of_first = [item for item in good if same_document(item.document, case.documents[0])]
    if case.page:
        return any(item.page == case.page for item in of_first)
    return any(_overlaps(letters(item.quote), letters(case.quote or ""), item.document, folders) for item in of_first)


def _overlaps(quote: str, wanted: str, document: str, folders: tuple[Path, ...]) -> bool:
    """Whether two stretches of a document, as letters, have any in common, at any place where both stand."""
    path = find_document(document, folders)
    text = "".join(letters_by_page(path)) if path else ""
    starts = _places(quote, text)
    return any(
        here < start + len(quote) and start < here + len(wanted) for here in _places(wanted, text) for start in starts
    )


def _places(part: str, text: str) -> list[int]:
    found, place = [], text.find(part)
    while place >= 0:
        found.append(place)
        place = text.find(part, place + 1)
    return found


def _good(case: Case, row: Row, folders: tuple[Path, ...]) -> list[CitedQuote]:
    """The citations of the case's documents that are verbatim."""
    return [
        item
        for item in row.citations
        if any(same_document(item.document, document) for document in case.documents)
        and is_verbatim(item.document, item.quote, folders, item.page)
    ]


def _unanswered(case: Case) -> Verdict:
    """The verdict on silence: nothing that the case asks for is there, and nothing false was said."""
    wanted = None if case.abstain else False
    return Verdict(
        case,
        right=False,
        verbatim=True,
        sourced=wanted,
        supported=wanted,
        abstained=False,
        seconds=0.0,
        page=right_page(case, [], ()),
        recall=None if case.abstain else 0.0,
        precision=None if case.abstain else 0.0,
        complete=None
        if completeness(case, Row(id=case.id, answer="", outcome="failed", abstained=True)) is None
        else 0.0,
        wrongly_refused=wanted,
        rightly_refused=False if case.abstain else None,
        answered=False,
    )
