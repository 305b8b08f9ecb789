"""How well a search finds the passages that support the answers to known questions, and how fast."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.authorities import find_mentions
from eval.bootstrap import Interval, interval
from eval.cases import Case
from eval.matching import has_any, plain
from eval.percentile import percentile
from eval.ranking import DEPTH, MEASURES, Ranking, measured

ALL = "all"
WARM_UP = "What did inspectors find?"
GRADE = re.compile(r"\brequir(?:es?|ed|ing) improvement\b")
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Piece:
    """A stretch of a report as some search gives it: a passage with its lead-in, or a chunk."""

    document: str
    text: str


# The pieces that a search gives for a question, best first, at most DEPTH.
Search = Callable[[str], Sequence[Piece]]


@dataclass(frozen=True)
class Searched:
    """What a search gave for a case, best first, and how it fared by measure, from 0 to 1.

    `place` is the rank of the first piece that supports the case. `foreign` counts pieces of reports on other
    authorities than those asked about, None where no authority is named whose reports are held.
    """

    case: Case
    pieces: tuple[Piece, ...]
    place: int | None
    values: Mapping[str, float]
    foreign: int | None
    seconds: float


@dataclass(frozen=True)
class Share:
    """The measures over the questions of one kind, or all of them, each with its interval."""

    kind: str
    count: int
    values: Mapping[str, Interval]


@dataclass(frozen=True)
class Outcome:
    """A search's figures: by kind, over all last; what was foreign where an authority is named; seconds a question."""

    shares: tuple[Share, ...]
    named: int
    foreign_questions: int
    foreign_pieces: int
    median_seconds: float
    p95_seconds: float


def can_be_found(case: Case) -> bool:
    """Whether a case asks a search for something: it has an answer in a report, and its question stands by itself."""
    return not case.abstain and bool(case.documents) and not case.history


def is_of(piece: Piece, document: str) -> bool:
    """Whether a piece is of this document; one that is named without its folder is known by its name alone."""
    held, named = PurePosixPath(piece.document), PurePosixPath(document)
    bare = len(held.parts) == 1 or len(named.parts) == 1
    return held == named or (bare and held.name == named.name)


def supports(case: Case, piece: Piece) -> bool:
    """Whether a piece supports the answer: it is of a document of the case and holds one of `quote_contains`.

    Strings are compared as whole words without regard to case and markup, and a grade in one form, so that "requires
    improvement" is found in "services require improvement". A case without `quote_contains` is supported by a string
    of any group of `answer_contains`; a year alone does not count there, since it stands in nearly every passage.
    """
    if not any(is_of(piece, document) for document in case.documents):
        return False
    wanted = case.quote_contains or [
        item for group in case.answer_contains for item in group if not YEAR.fullmatch(item)
    ]
    return has_any(_one_form(piece.text), map(_one_form, wanted))


def search_all(
    cases: Sequence[Case],
    search: Search,
    authority_of: Mapping[str, str | None],
    heard: Callable[[], None] = lambda: None,
) -> tuple[Searched, ...]:
    """Put each case's question to a search and judge what it gives; `heard` is told after each.

    `authority_of` says on which authority each report held is. A question is timed with its embedding, once the
    models are loaded.
    """
    search(WARM_UP)
    found = []
    for case in cases:
        start = time.perf_counter()
        pieces = tuple(search(case.question))[:DEPTH]
        found.append((case, pieces, time.perf_counter() - start))
        heard()
    values = measured({case.id: Ranking(places(case, pieces)) for case, pieces, _ in found})
    return tuple(
        Searched(
            case,
            pieces,
            min((place for place in places(case, pieces) if place), default=None),
            values[case.id],
            foreign(case, pieces, authority_of),
            seconds,
        )
        for case, pieces, seconds in found
    )


def places(case: Case, pieces: Sequence[Piece]) -> tuple[int | None, ...]:
    """For each document of a case the rank, from 1, of the first of its pieces that supports it; None without one."""
    good = [(rank, piece) for rank, piece in enumerate(pieces, start=1) if supports(case, piece)]
    return tuple(
        next((rank for rank, piece in good if is_of(piece, document)), None)
        for document in dict.fromkeys(case.documents)
    )


def foreign(case: Case, pieces: Sequence[Piece], authority_of: Mapping[str, str | None]) -> int | None:
    """How many pieces are of a report on an authority that is not asked about.

    Asked about are those that the question names, correctly spelt, and those of the case's documents; None where it
    names none whose reports are held. A report whose authority is not known is of none.
    """
    named = {mention.authority for mention in find_mentions(case.question) if mention.exact}
    if not named & set(authority_of.values()):
        return None
    documents = (Piece(held, "") for held in authority_of)
    asked = {authority_of[each.document] for each in documents if any(is_of(each, name) for name in case.documents)}
    return sum(authority_of.get(piece.document) not in named | asked | {None} for piece in pieces)


def outcome(searched: Sequence[Searched]) -> Outcome:
    """The figures of a search over its cases, of which there must be one at least."""
    kinds = dict.fromkeys(item.case.kind for item in searched)
    counted = [item.foreign for item in searched if item.foreign is not None]
    seconds = [item.seconds for item in searched]
    return Outcome(
        (
            *(_share(kind, [item for item in searched if item.case.kind == kind]) for kind in kinds),
            _share(ALL, searched),
        ),
        named=len(counted),
        foreign_questions=sum(count > 0 for count in counted),
        foreign_pieces=sum(counted),
        median_seconds=statistics.median(seconds),
        p95_seconds=percentile(seconds, 95),
    )


def _share(kind: str, group: Iterable[Searched]) -> Share:
    items = list(group)
    intervals = {name: interval([item.values[name] for item in items]) for name in MEASURES}
    return Share(kind, len(items), {name: found for name, found in intervals.items() if found})


def _one_form(text: str) -> str:
    return GRADE.sub("requires improvement", plain(text))
