"""How complete a list is, and how much in it is not asked for."""

from __future__ import annotations

import re

from eval.cases import Case
from eval.matching import has_any, plain
from eval.rows import Row

LISTS = frozenset({"list", "recommendation"})
ITEM = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+(.+)$", re.MULTILINE)
SENTENCE = re.compile(r"(?<=[.!?])\s+")


def completeness(case: Case, row: Row) -> float | None:
    """F1 of a list: the harmonic mean of its recall and precision (van Rijsbergen 1979); None where no list is asked.

    Recall is the share of the case's groups that the answer names; precision the share of the answer's items (bullets,
    or sentences where it has none) that name any group. A case that lists only the chief items is hard on precision.
    """
    if case.kind not in LISTS or case.abstain or not case.answer_contains:
        return None
    if row.abstained:
        return 0.0
    text = plain(row.answer)
    recall = sum(has_any(text, group) for group in case.answer_contains) / len(case.answer_contains)
    items = ITEM.findall(row.answer) or SENTENCE.split(row.answer.strip())
    wanted = [item for item in items if any(has_any(plain(item), group) for group in case.answer_contains)]
    precision = len(wanted) / len(items)
    return 2 * recall * precision / (recall + precision) if recall and precision else 0.0
