"""Passages in which the register read what a question asks for: a grade, an inspection's dates, who led it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.report import BlockKind
from index.lexical import tokens
from index.records import Passage, Source
from index.retrieval import recommended
from index.retrieval.ask import Ask
from index.retrieval.asked import Asked
from index.retrieval.scope import Scope
from index.retrieval.understand import Understanding
from index.search import Index

OVERALL = "overall"
MOST = 6


@dataclass(frozen=True)
class QuotedRow:
    """A passage with the words that a row of the register quotes, and what the row says ("grade overall: good")."""

    passage: Passage
    source: Source
    said: str


@dataclass(frozen=True)
class _Row:
    source: Source
    quote: str
    page: int | None
    said: str


def quoted_rows(asked: Asked, scope: Scope, index: Index) -> tuple[QuotedRow, ...]:
    """The passages that the register's answer to a question was read in, newest report first, at most six.

    None where no authority is named: of a whole country's reports no six grades are the answer.
    """
    if not asked.understanding.authorities and len(scope.sources) > MOST:
        return ()
    rows = _recommended(asked, scope, index) or sorted(
        _rows(asked.understanding, set(scope.documents), index), key=lambda row: row.source.order, reverse=True
    )
    found: dict[str, QuotedRow] = {}
    for row in rows:
        passage = _holding(row, index)
        found.setdefault(passage.id, QuotedRow(passage, row.source, row.said))
    return tuple(found.values())[:MOST]


def _rows(understanding: Understanding, documents: set[str], index: Index) -> Iterable[_Row]:
    if understanding.ask is Ask.GRADE or understanding.premise:
        areas = understanding.areas or (OVERALL,)
        return [
            _Row(row.source, row.quote, row.page, f"grade {row.area}: {row.grade}")
            for row in index.grades
            if row.area in areas and row.source.document in documents
        ]
    if understanding.ask not in (Ask.PERSON, Ask.DATE):
        return ()
    words = set(tokens(understanding.question))
    return [
        _Row(row.source, row.quote, row.page, f"{row.subject}: {row.value}")
        for row in index.statements
        if row.source.document in documents and _is_about(row.subject, words)
    ]


def _recommended(asked: Asked, scope: Scope, index: Index) -> list[_Row]:
    found = recommended.find(asked.understanding, asked.concepts, scope, index.recommendations, index.similarity)
    return [
        _Row(row.source, row.quote, row.page, f"recommendation {row.number}") for row in (found.rows if found else ())
    ]


def _is_about(subject: str, words: set[str]) -> bool:
    # "inspection dates" answers when an inspection took place, whether or not the word "date" is there.
    return set(tokens(subject)) - {"date"} <= words


def _holding(row: _Row, index: Index) -> Passage:
    """The passage that holds a row's quote; its words alone where the report prints them over several blocks."""
    for passage in index.passages(row.source.document):
        if row.quote in passage.text and index.is_shown(passage):
            return passage
    name = hashlib.sha256(row.quote.encode()).hexdigest()[:12]
    return Passage(
        id=f"{row.source.digest[:16]}-row-{name}",
        document=row.source.document,
        text=row.quote,
        kind=BlockKind.TABLE_ROW,
        headings=(),
        order=0,
        start=0,
        end=0,
        page=row.page,
    )
