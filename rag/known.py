"""What the reports know of a question beside what is asked: which are held, judgements of years not held."""

from __future__ import annotations

import calendar
import re
from itertools import pairwise

from corpus.sentences import sentences
from index.lexical import tokens
from index.retrieval.ask import Ask
from index.retrieval.understand import AREAS, Understanding
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
# "The 2015 report mentions it": the year of the report that tells, not of the inspection asked about.
TOLD_BY = re.compile(
    r"\b((?:19|20)\d\d) (?:report|inspection|letter)s? (?:mention|say|said|recall|refer|tell|told|note|give|gave)\w*"
    r"|\b(?:according to|mentioned in|recalled in|told in|going by) the ((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
OF_ANY = frozenset(
    tokens(
        "previous last inspection inspected judged local authority authority's services service children's children "
        "took place published grade result report ofsted overall arrangements between council"
    )
)


def earlier_judgement(asked: Understanding, index: Index) -> tuple[Evidence, ...]:
    """What later reports say of a grade in a year of which no report is held: "… in 2012 … was judged adequate"."""
    years = _years_not_held(asked, index)
    if asked.ask is not Ask.GRADE or not asked.authorities or not years:
        return ()
    sources = [source for source in index.sources if source.authority in asked.authorities]
    found = [
        Evidence.whole("", source, passage)
        for source in sources
        for passage in index.passages(source.document)
        if JUDGED.search(passage.text) and _tells(passage.text, years)
    ]
    found += [
        Evidence("", row.source, row.quote, row.quote, page=row.page)
        for row in index.earlier_grades
        if row.source in sources and any(year in row.of for year in years) and not found
    ]
    return _on_subject(asked, found)[:MOST_EARLIER]


def _tells(text: str, years: tuple[str, ...]) -> bool:
    """Whether a sentence names an inspection of one of the years, and it or the next how it was judged."""
    told = [*sentences(text), ""]
    return any(
        any(year in one for year in years) and "inspection" in one and "judged" in f"{one} {other}"
        for one, other in pairwise(told)
    )


def _years_not_held(asked: Understanding, index: Index) -> tuple[str, ...]:
    """The years that a question asks about, if no report of any of them is held on its authorities."""
    told = {int(year) for found in TOLD_BY.finditer(asked.question) for year in found.groups() if year}
    years = [year for year in asked.years if year not in told]
    held = {year for source in index.sources if source.authority in asked.authorities for year in source.years}
    return () if held & set(years) else tuple(map(str, years))


def _on_subject(asked: Understanding, found: list[Evidence]) -> tuple[Evidence, ...]:
    """Those of the month and the area that are asked about, and of these the ones that share most of its words."""
    months = [f"{calendar.month_name[month]} {year}" for year, month in asked.months]
    found = [item for item in found if any(month in item.quote for month in months)] or found
    if asked.areas:
        patterns = [pattern for area, pattern in AREAS if area in asked.areas]
        found = [item for item in found if any(re.search(each, item.quote, re.IGNORECASE) for each in patterns)]
    wanted = frozenset(tokens(asked.question)) - OF_ANY
    shared = [len(wanted & frozenset(tokens(item.quote))) for item in found]
    return tuple(item for item, count in zip(found, shared, strict=True) if count == max(shared))
