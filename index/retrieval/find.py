"""From a question to passages: of the reports it may be answered from, those with the sentences that answer it best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import zip_longest

from index.records import Hit, Passage
from index.retrieval.asked import Asked, take_apart
from index.retrieval.candidates import Candidate, Judge, candidates
from index.retrieval.rows import quoted_rows
from index.retrieval.scope import NOT_HELD, Scope, resolve
from index.search import CANDIDATES, Index

# Of so few reports every sentence is weighed; of more, those of the passages that the search finds.
FEW_REPORTS = 6
SEARCHED = 20
WIDENED = "Looked in all reports on {name} that are held."


@dataclass(frozen=True)
class Ranked:
    """A passage that was found: why it was, its best sentence if one was weighed, and what the register read in it.

    `row` names the register's row that answers and was read there, such as "grade overall: good".
    """

    hit: Hit
    best: Candidate | None = None
    row: str = ""


@dataclass(frozen=True)
class Found:
    """What a search came to: how the question was taken, where it looked, and the passages, best first.

    `scope.gaps` are sentences for the reader: what is not held, and whether the search was widened.
    """

    asked: Asked
    scope: Scope
    passages: tuple[Ranked, ...]


def anything(_: Passage) -> bool:
    """Any passage may be looked at."""
    return True


def find(
    question: str,
    index: Index,
    count: int = 10,
    documents: tuple[str, ...] | None = None,
    allowed: Callable[[Passage], bool] = anything,
) -> Found:
    """Find the passages that answer a question, within some documents only if they are given.

    A named authority that is not held gives none. Where no report of the date or kind asked for is held, the search
    widens to all reports on the authorities named, and says so.
    """
    asked = take_apart(question, index)
    scope = _scope(asked, index)
    if documents is not None:
        scope = replace(scope, sources=tuple(item for item in scope.sources if item.document in documents))
    if not scope.sources:
        return Found(asked, scope, ())
    ranked = _ranked(question, asked, scope, index, allowed)
    return Found(asked, scope, ranked[:count])


def weighed(
    question: str,
    asked: Asked,
    documents: tuple[str, ...],
    index: Index,
    *,
    searched: int = SEARCHED,
    allowed: Callable[[Passage], bool] = anything,
) -> tuple[Candidate, ...]:
    """The sentences of some documents weighed against a question, best first.

    `searched` is how many passages are looked at where there are many reports; `allowed` says which may be.
    """
    few = len(documents) <= FEW_REPORTS
    hits = index.within(question, documents) if few else index.search(question, searched, documents)
    judge = Judge(
        index.closeness, index.nearness, index.is_word, index.reranker.scores if index.reranker is not None else None
    )
    return candidates(asked.understanding, asked.concepts, [hit for hit in hits if allowed(hit.passage)], judge)


def _scope(asked: Asked, index: Index) -> Scope:
    understanding = asked.understanding
    if place := understanding.unknown_place:
        return Scope((), (NOT_HELD.format(name=place),))
    scope = resolve(understanding, index.sources)
    if scope.sources or not understanding.authorities:
        return scope
    wider = resolve(replace(understanding, years=(), months=(), periods=(), kinds=(), later_than=None), index.sources)
    if not wider.sources:
        return wider
    names = " and ".join(dict.fromkeys(source.authority or "" for source in wider.sources))
    return replace(wider, gaps=(*scope.gaps, WIDENED.format(name=names)))


def _ranked(
    question: str, asked: Asked, scope: Scope, index: Index, allowed: Callable[[Passage], bool]
) -> tuple[Ranked, ...]:
    rows = quoted_rows(asked, scope, index)
    groups = [(item.document,) for item in scope.sources] if asked.understanding.across else [scope.documents]
    # Reports that are set beside each other take turns; of one scope the best sentence comes first.
    ranked = [weighed(question, asked, group, index, allowed=allowed) for group in groups]
    sentences = [item for turn in zip_longest(*ranked) for item in turn if item]
    found: dict[str, Ranked] = {
        row.passage.id: Ranked(Hit(row.passage, row.source, 0.0, None, None), None, row.said) for row in rows
    }
    for item in sentences:
        id_ = item.hit.passage.id
        if id_ not in found:
            found[id_] = Ranked(item.hit, item)
        elif found[id_].best is None:
            found[id_] = Ranked(item.hit, item, found[id_].row)
    for hit in index.search(question, CANDIDATES, scope.documents):
        if allowed(hit.passage):
            found.setdefault(hit.passage.id, Ranked(hit))
    return tuple(found.values())
