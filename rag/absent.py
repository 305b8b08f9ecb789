"""Whether a question is about a thing of the field that the reports in scope nowhere speak of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from index.lexical import tokens
from index.records import Passage
from index.retrieval.concepts import Concept

# A term of the glossary has at least so many wordings: under none of them does a report speak of it, then it does not.
# Another word that no report has may be the asker's own for what it does speak of.
WORDINGS = 2
# So much of the question must be about it. Of 43 questions without an answer two more were refused for it, and none of
# 303 that have one.
SHARE = 0.32
MOST_REPORTS = 12
PASSAGES_CACHED = 20_000


def is_absent(concepts: Sequence[Concept], reports: Sequence[Sequence[Passage]]) -> bool:
    """Whether terms that weigh so much in the question stand in no passage of the reports, heading and lead included.

    Of very many reports it is not asked: some of them have every term of the field.
    """
    if len(reports) > MOST_REPORTS:
        return False
    total = sum(concept.weight for concept in concepts)
    terms = [concept for concept in concepts if len(concept.alternatives) >= WORDINGS]
    missing = sum(concept.weight for concept in terms if not _is_there(concept, reports))
    return total > 0 and missing >= SHARE * total


def _is_there(concept: Concept, reports: Iterable[Iterable[Passage]]) -> bool:
    return any(concept.within(_stems(passage)) for report in reports for passage in report)


@lru_cache(PASSAGES_CACHED)
def _stems(passage: Passage) -> frozenset[str]:
    return frozenset(tokens(" ".join((*passage.headings, passage.lead, passage.text))))
