"""What is left of a question without whose report is meant, of when, and the words that only frame it."""

from __future__ import annotations

import re

from corpus.authorities import find_mentions
from index.retrieval.asker import without_asker
from index.retrieval.concepts import FRAMES, MONTHS

YEAR = re.compile(r"\b(?:19|20)\d\d\b|(?<=['’])\d\d\b")
REPORT = re.compile(r"\b(?:the )?(?:ofsted|ilacs|inspection|report|letter)s?\b|\binspectors?\b", re.IGNORECASE)
LOOSE = re.compile(r"\(\s*\)|[–—:;,()]+(?=\s|$)|(?<=\s)-(?=\s)")
FEWEST_WORDS = 2


def core_of(question: str) -> str:
    """The question's subject alone, for comparing by meaning; the question itself where hardly a word would be left.

    A sentence that only repeats the authority's name is otherwise nearest of all.
    """
    core = question
    for mention in reversed(find_mentions(question)):
        core = f"{core[: mention.start]} {core[mention.end :]}"
    core = without_asker(core)
    for pattern in (*FRAMES[:2], MONTHS, YEAR, REPORT, LOOSE):
        core = pattern.sub(" ", core)
    core = " ".join(core.split())
    return core if len(core.split()) > FEWEST_WORDS else question
