"""What is measured of an answer, each measure a plain function of a case and its answer row.

`right`, `sourced`, `supported` and `verbatim` are defined as in the shared scorer, so that figures compare.
An unanswered question counts as wrong.
"""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.report import ReportError
from eval.cases import Case
from eval.rows import Row
from rag.answer import Outcome

CURLY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00ad": ""})
MARKUP = re.compile(r"\\([-_.*#])|</?sup>|\*\*|[|\uf000-\uf8ff]")
NOT_LETTERS = re.compile(r"[^a-z0-9%£]+")
SHORTEST_QUOTE = 6


@dataclass(frozen=True)
class Verdict:
    """How one answer fared. `sourced` and `supported` are None for a case that wants a no."""

    case: Case
    right: bool
    verbatim: bool
    sourced: bool | None
    supported: bool | None
    abstained: bool
    seconds: float


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1 over some verdicts, and the median of seconds to a whole answer."""

    kind: str
    count: int
    right: float
    sourced: float | None
    supported: float | None
    verbatim: float
    wrongly_refused: float | None
    seconds: float


def plain(text: str) -> str:
    """Text in lower case on one line, with straight quotes and without markup."""
    return " ".join(MARKUP.sub(r"\1", text.translate(CURLY)).split()).lower()


def letters(text: str) -> str:
    """Letters and digits alone, in which a verbatim quote survives line breaks and bullets."""
    return NOT_LETTERS.sub("", plain(text))


def has_any(text: str, alternatives: Iterable[str]) -> bool:
    """Whether a plain text holds one of these strings as whole words."""
    return any(re.search(rf"(?<![a-z0-9]){re.escape(plain(item))}(?![a-z0-9])", text) for item in alternatives)


def judge(case: Case, row: Row | None, folders: tuple[Path, ...]) -> Verdict:
    """Judge one answer; a missing one is wrong."""
    if row is None:
        return Verdict(case, right=False, verbatim=True, sourced=None, supported=None, abstained=False, seconds=0.0)
    verbatim = all(is_verbatim(item.document, item.quote, folders) for item in row.citations)
    if case.abstain:
        # A failure is no refusal, though it gives no answer either.
        refused = row.abstained and row.outcome != Outcome.FAILED.value
        return Verdict(case, refused, verbatim, None, None, row.abstained, row.seconds)
    text = plain(row.answer)
    right = (
        not row.abstained
        and all(has_any(text, group) for group in case.answer_contains)
        and not has_any(text, case.answer_excludes)
    )
    good = [
        item
        for item in row.citations
        if item.document in case.documents and is_verbatim(item.document, item.quote, folders)
    ]
    proves = not case.quote_contains or any(has_any(plain(item.quote), case.quote_contains) for item in good)
    return Verdict(case, right, verbatim, bool(good), bool(good) and proves, row.abstained, row.seconds)


def is_verbatim(document: str, quote: str, folders: tuple[Path, ...]) -> bool:
    """Whether the quote stands in the document, letter for letter, wherever its lines break."""
    wanted = letters(quote)
    path = next((folder / document for folder in folders if (folder / document).is_file()), None)
    return path is not None and len(wanted) >= SHORTEST_QUOTE and wanted in _letters_of(path)


@lru_cache(maxsize=64)
def _letters_of(path: Path) -> str:
    return letters(path.read_text("utf-8", errors="replace"))


def figures(verdicts: Iterable[Verdict]) -> list[Figures]:
    """Figures by kind, then over all; raises ReportError when there is nothing to measure."""
    everything = list(verdicts)
    if not everything:
        raise ReportError("There are no answers to measure.")
    by_kind: Mapping[str, list[Verdict]] = defaultdict(list)
    for verdict in everything:
        by_kind[verdict.case.kind].append(verdict)
    return [_figures(kind, group) for kind, group in [*sorted(by_kind.items()), ("all", everything)]]


def _figures(kind: str, group: list[Verdict]) -> Figures:
    answerable = [verdict for verdict in group if not verdict.case.abstain]
    return Figures(
        kind,
        len(group),
        _share([verdict.right for verdict in group]) or 0.0,
        _share([bool(verdict.sourced) for verdict in answerable]),
        _share([bool(verdict.supported) for verdict in answerable]),
        _share([verdict.verbatim for verdict in group]) or 0.0,
        _share([verdict.abstained for verdict in answerable]),
        statistics.median(verdict.seconds for verdict in group),
    )


def _share(values: list[bool]) -> float | None:
    return sum(values) / len(values) if values else None
