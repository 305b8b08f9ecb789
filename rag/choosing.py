"""Which sentences count as an answer, and of which report it is given."""

from __future__ import annotations

import re
from datetime import date

from corpus.report import ReportKind
from index.records import Source
from index.retrieval.ask import Ask
from index.retrieval.candidates import Candidate, without_relevance
from index.retrieval.change import change_said
from index.retrieval.understand import Understanding
from rag.answer import Evidence
from rag.inquiry import Inquiry

# The least score of a sentence that counts as an answer to a question for a fact, and with its closeness weighed nearly
# twice as much, of one that counts for a finding. A little below 2.2 and 2.9, at which, of 1,209 questions that the
# model of sentences had not seen, of those about findings that have an answer 4 in 100 got none (5 before, by shares of
# the question's words) and of those with nothing that touches an answer 64 got one (80 before); for a figure, a name or
# a date it was 4 and 31 (18 and 37 before).
LEAST_FOR_FACT, LEAST_FOR_FINDING, MORE_CLOSENESS = 2.15, 2.75, 2.0
# The least share of the question's concepts in a sentence that tells what became of them.
OWN_OF_CHANGE = 0.3
# What a sentence that does not lean on the one before it covers of a single concept, by a word or a kindred one.
OF_ITSELF = 0.75
TELLS_OF_CHANGE = 0.5
# A newer report is preferred to an older one that matches at most this much better.
NEWER_IS_BETTER, LATEST_IS_BETTER = 0.85, 0.45
DASHES = re.compile(r"[-–—/](?: (?=\d))?")
# What a sentence must hold, besides being near: a number, a name, a date.
FACTS = (Ask.FIGURE, Ask.PERSON, Ask.NAME, Ask.DATE)


def answers(item: Candidate, inquiry: Inquiry) -> bool:
    """Whether a sentence comes near enough to what is asked to count as an answer."""
    change = change_said(inquiry.asked.change, item.text) if inquiry.asked.change else 0.0
    if not inquiry.concepts:
        return change >= TELLS_OF_CHANGE if inquiry.asked.change else True
    if inquiry.asked.ask is Ask.FIGURE and len(inquiry.concepts) == 1 and item.own < OF_ITSELF:
        # "How many children in care?" is not answered by a figure of something else beside them.
        return False
    if inquiry.asked.ask in FACTS:
        return item.fits and without_relevance(item) >= LEAST_FOR_FACT
    tells = change >= TELLS_OF_CHANGE and item.own >= OWN_OF_CHANGE
    return tells or without_relevance(item) + MORE_CLOSENESS * item.closeness >= LEAST_FOR_FINDING


def of_period(ranked: list[Candidate], periods: tuple[str, ...]) -> tuple[Candidate, ...]:
    """Only sentences whose passage names a period that the question names, if it names any."""
    if not periods:
        return tuple(ranked)
    wanted = {_digits(period) for period in periods}
    return tuple(
        item
        for item in ranked
        if any(period in _digits(f"{item.hit.passage.lead} {item.hit.passage.text}") for period in wanted)
    )


def _digits(text: str) -> str:
    # "2013-14", "2013– 14" and the "201314" of a copy that lost its dashes are the same period.
    return DASHES.sub("", text)


def groups(inquiry: Inquiry, answering: list[Candidate]) -> list[tuple[Candidate, ...]]:
    """The candidates by report when reports are compared, of each report that answers; else those of one report.

    For one authority that is the one spoken from, which is chosen by what answers.
    """
    by_document: dict[str, list[Candidate]] = {}
    for item in answering or inquiry.ranked:
        by_document.setdefault(item.hit.source.document, []).append(item)
    if inquiry.asked.across:
        order = [source.document for source in inquiry.scope.sources if source.document in by_document]
        return [tuple(item for item in inquiry.ranked if item.hit.source.document == each) for each in order]
    if len(inquiry.asked.authorities) == 1 and len(by_document) > 1:
        best = max(items[0].score for items in by_document.values())
        least = (LATEST_IS_BETTER if inquiry.asked.latest else NEWER_IS_BETTER) * best
        near = [items for items in by_document.values() if items[0].score >= least]
        newest = max(near, key=lambda items: items[0].hit.source.order)
        return [tuple(item for item in inquiry.ranked if item.hit.source is newest[0].hit.source)]
    return [inquiry.ranked] if inquiry.ranked else []


def is_of_now(asked: Understanding) -> bool:
    """Whether a question is asked of one authority as of the newest report."""
    return asked.latest and len(asked.authorities) == 1 and not asked.across


def of_newest(asked: Understanding, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The reports to look in: of "the newest report", the newest full inspection and what came after it.

    An older one is no answer to what the newest says; of "now" it is, and what is newer is named.
    """
    compared = asked.across and len(asked.authorities) > 1 and not asked.years
    if not (asked.newest_report and (is_of_now(asked) or compared)):
        return sources
    newest: dict[str | None, date] = {}
    for source in sources:
        if source.kind is ReportKind.INSPECTION:
            newest[source.authority] = max(source.order, newest.get(source.authority, source.order))
    return tuple(source for source in sources if source.order >= newest.get(source.authority, source.order))


def later_silent(inquiry: Inquiry, evidence: tuple[Evidence, ...]) -> tuple[Source, ...]:
    """Where the latest is asked for, the reports on the one authority that are newer than all of the evidence."""
    if not (evidence and is_of_now(inquiry.asked)):
        return ()
    newest = max(item.source.order for item in evidence)
    return tuple(source for source in inquiry.scope.sources if source.order > newest)
