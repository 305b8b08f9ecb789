"""Which of several authorities was judged better or worse, by the grades of the register and nothing else."""

from __future__ import annotations

from index.records import Grade
from index.retrieval.grade_words import WORSE
from rag import wording
from rag.survey_words import RANK


def compared(rows: tuple[Grade, ...], question: str) -> str:
    """A sentence that sets the grades of one area side by side, as the question asks: worse, or else better.

    Empty where an authority has none or several of them, or where grades of two scales cannot be ordered.
    """
    names = [row.source.authority or "" for row in rows]
    ranks = [RANK.get(row.grade) for row in rows]
    if len(rows) < 2 or len(set(names)) < len(names) or None in ranks:
        return ""
    known = [rank for rank in ranks if rank is not None]
    if len({row.grade for row in rows}) == 1:
        return wording.SAME_GRADE.format(names=wording.listed(names))
    if len(set(known)) < len({row.grade for row in rows}):
        return ""
    wanted, words = (min(known), "lowest") if WORSE.search(question) else (max(known), "highest")
    chosen = [name for name, rank in zip(names, known, strict=True) if rank == wanted]
    words = words.replace("est", "er") if len(rows) == 2 else words
    return wording.EXTREME_GRADE.format(extreme=words, names=wording.listed(chosen))
