"""Whether an answer speaks from the right authority's report, and from the newest where that is what was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.authorities import find_mentions
from corpus.report import ReportKind
from eval.cases import Case
from eval.matching import same_document
from eval.rows import Row
from index.records import Source

# The evaluation's own words for "as things stand", so that it does not repeat the service's reading of a question.
AS_OF_NOW = re.compile(
    r"\b(?:now|nowadays|currently|current|latest|most recent(?:ly)?|newest|today|at present|these days)\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def wrong_authority(case: Case, row: Row, held: Mapping[str, Source]) -> bool | None:
    """Whether an answer cites a report of an authority that the question does not ask about.

    Asked about are those that the question names and those of the case's documents; None where there is neither, and
    for a refusal, which shows what is nearest and says that it is no answer. The project's own measure.
    """
    named = {mention.authority for mention in find_mentions(case.question)}
    of_documents = {
        source.authority
        for name, source in held.items()
        if source.authority and any(same_document(name, document) for document in case.documents)
    }
    wanted = named | of_documents
    if not wanted or row.abstained:
        return None
    cited = {held[item.document].authority for item in row.citations if item.document in held}
    return bool(cited - wanted - {None})


def superseded(case: Case, row: Row, held: Mapping[str, Source]) -> bool | None:
    """Whether the answer to a question about now rests first on a full inspection that a later one has replaced.

    None for a question that does not ask about now, that names a year, or that was refused. The project's own measure.
    """
    if row.abstained or YEAR.search(case.question) or not AS_OF_NOW.search(case.question):
        return None
    first = next((held[item.document] for item in row.citations if _is_full(held.get(item.document))), None)
    if first is None:
        return False
    return any(
        _is_full(source) and source.authority == first.authority and source.order > first.order
        for source in held.values()
    )


def _is_full(source: Source | None) -> bool:
    """Whether a report is of a full inspection, which gives grades: no visit and no news item."""
    return source is not None and source.kind is ReportKind.INSPECTION
