"""Whether a question is about a thing of the field, or of a name, that the reports in scope nowhere speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import permutations

from index.lexical import tokens
from index.records import Passage
from index.retrieval.concepts import Concept

# So much of the question must be about it. Of 80 questions without an answer 36 are about such a term, and 3 of 448
# that have one; at 0.25 it would be 7.
SHARE = 0.32
MOST_REPORTS = 12
PASSAGES_CACHED = 20_000
# Words of a term stand next to each other ("young carers" is not "young people and their carers"), two in any order.
BOTH_WAYS = 2
# A name that is no short form: what is written with a capital behind another word.
NAME = re.compile(r"(?<=[a-z,’'] )[A-Z][a-z]{3,}")
# Of a question with so many capitals, none says that a word is a name.
MOST_NAMES = 3


def is_absent(question: str, concepts: Sequence[Concept], reports: Sequence[Sequence[Passage]]) -> bool:
    """Whether terms and names that weigh so much in the question stand in no passage of the reports.

    A term is absent under all of its wordings, heading and lead of a passage included. Another word that no report has
    may be the asker's own for what it does speak of. Of very many reports it is not asked: some have every term.
    """
    if len(reports) > MOST_REPORTS:
        return False
    names = set(NAME.findall(question))
    total = sum(concept.weight for concept in concepts)
    missing = 0.0
    for concept in concepts:
        wordings = concept.terms or ((concept.name,) if concept.name in names and len(names) <= MOST_NAMES else ())
        if wordings and not _is_there(_runs(wordings), reports):
            missing += concept.weight
    return total > 0 and missing >= SHARE * total


def _runs(wordings: Iterable[str]) -> tuple[str, ...]:
    """The wordings as runs of stems, each between blanks."""
    stems = [tokens(wording) for wording in wordings]
    orders = [order for run in stems if run for order in (permutations(run) if len(run) == BOTH_WAYS else (run,))]
    return tuple(f" {' '.join(order)} " for order in orders)


def _is_there(runs: tuple[str, ...], reports: Iterable[Iterable[Passage]]) -> bool:
    return any(run in _stems(passage) for report in reports for passage in report for run in runs)


@lru_cache(PASSAGES_CACHED)
def _stems(passage: Passage) -> str:
    parts = (*passage.headings, passage.lead, passage.text)
    return "".join(f" {' '.join(tokens(part))} " for part in parts)
