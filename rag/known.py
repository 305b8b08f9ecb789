"""What the reports know of a question beside what is asked: which are held, judgements of years not held."""

from __future__ import annotations

import re

from index.retrieval.understand import Ask, Understanding
from index.search import Index
from rag.answer import Evidence

JUDGED = re.compile(r"\b(?:previous|last)\b.*\binspection\b.*\bjudged\b", re.IGNORECASE | re.DOTALL)
# "What reports do you hold?"
HOLDINGS = re.compile(
    r"\b(?:what|which|how many)\b.{0,20}\breports?\b.{0,25}\b(?:hold|held|have|cover|available|there)\b"
    r"|\breports?\b.{0,12}\bhave you got\b",
    re.IGNORECASE,
)
MOST_EARLIER = 3


def earlier_judgement(asked: Understanding, index: Index) -> tuple[Evidence, ...]:
    """What later reports say of a grade in a year of which no report is held: "… in 2012 … was judged adequate"."""
    if asked.ask is not Ask.GRADE or not asked.authorities or not asked.years:
        return ()
    years = [str(year) for year in asked.years]
    found = [
        Evidence.whole("", source, passage)
        for source in index.sources
        if source.authority in asked.authorities
        for passage in index.passages(source.document)
        if JUDGED.search(passage.text) and any(year in passage.text for year in years)
    ]
    return tuple(found[:MOST_EARLIER])
