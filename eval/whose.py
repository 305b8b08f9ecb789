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
    r"\b(?:now|nowadays|currently|current|latest|most recent(?:ly)?|newest|today|at (?:present|the moment)|these days"
    r"|still)\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def wrong_authority(case: Case, row: Row, held: Mapping[str, Source]) -> bool | None:
    """Whether an answer cites a report of an authority that the question does not ask about.

    Asked about are those that the question names and those of the case's documents; None where there is neither, and
    for a refusal, which shows what is nearest and says that it is no answer. The project's own measure.
    """
    wanted = _asked_about(case, held)
    if not wanted or row.abstained:
        return None
    return bool({source.authority for source in _cited(row, held)} - wanted - {None})


def superseded(case: Case, row: Row, held: Mapping[str, Source]) -> bool | None:
    """Whether the answer to a question about now rests first on a report that a later one has replaced.

    Replaced is a full inspection when a later one of its authority is held; it counts when it is the first full
    inspection cited. Replaced is also any report that is older than all those of its authority that the case names,
    since by the case they are the newest to speak of it; it counts when it is the first report cited of such an
    authority. What the case names is never replaced. None for a question that does not ask about now or that names a
    year, for a refusal, and where nothing that is replaced is held. The project's own measure.
    """
    if row.abstained or YEAR.search(case.question) or not AS_OF_NOW.search(case.question):
        return None
    named, asked = _named(case, held), _asked_about(case, held)
    whose = asked or {source.authority for source in held.values() if source.authority}
    sources = [source for source in held.values() if source.authority in whose and source not in named]
    old_inspections = [source for source in sources if _is_full(source) and _has_later_inspection(source, held)]
    too_old = [source for source in sources if _is_older_than_all(source, named)]
    if not old_inspections and not too_old:
        return None
    cited = _cited(row, held)
    inspection = next((source for source in cited if _is_full(source)), None)
    authorities = {source.authority for source in named}
    first = next((source for source in cited if source.authority in authorities), None)
    return inspection in old_inspections or first in too_old


def _named(case: Case, held: Mapping[str, Source]) -> list[Source]:
    """The reports held that the case names as holding its answer."""
    return [source for name, source in held.items() if any(same_document(name, other) for other in case.documents)]


def _asked_about(case: Case, held: Mapping[str, Source]) -> set[str]:
    """The authorities that the question names, and those of the case's documents."""
    mentioned = {mention.authority for mention in find_mentions(case.question)}
    return mentioned | {source.authority for source in _named(case, held) if source.authority}


def _cited(row: Row, held: Mapping[str, Source]) -> list[Source]:
    return [held[item.document] for item in row.citations if item.document in held]


def _is_full(source: Source) -> bool:
    """Whether a report is of a full inspection, which gives grades: no visit and no news item."""
    return source.kind is ReportKind.INSPECTION


def _has_later_inspection(source: Source, held: Mapping[str, Source]) -> bool:
    return any(
        _is_full(other) and other.authority == source.authority and other.order > source.order
        for other in held.values()
    )


def _is_older_than_all(source: Source, named: list[Source]) -> bool:
    """Whether a report is older than every one of these on its authority, of which there is one at least."""
    same = [other for other in named if other.authority == source.authority]
    return bool(same) and all(source.order < other.order for other in same)
