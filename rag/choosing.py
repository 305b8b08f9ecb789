"""Which sentences count as an answer, and of which report it is given."""

from __future__ import annotations

from datetime import date

from corpus.report import ReportKind
from index.records import Source
from index.retrieval.ask import Ask
from index.retrieval.candidates import Candidate
from index.retrieval.change import change_said
from index.retrieval.understand import Understanding
from rag.answer import Evidence
from rag.inquiry import Inquiry

# The least share of the question's concepts that one sentence must cover, and cosine with the question's subject, by
# all-MiniLM-L6-v2, added up, to count as an answer: by how many things are asked about, for of many a sentence covers
# fewer. Set on 449 questions, 75 of them without an answer, so that one in twenty of the right sentences is stopped.
LEAST_FOR_FINDING = ((2, 0.78), (3, 0.68), (4, 0.66), (6, 0.62))
LEAST_OF_MANY = 0.58
LEAST_FOR_FACT, LEAST_FOR_CHANGE, OWN_OF_CHANGE, LEAST_OWN = 0.7, 0.3, 0.3, 0.5
# What a sentence that does not lean on the one before it covers of a single concept, by a word or a kindred one.
OF_ITSELF = 0.75
TELLS_OF_CHANGE = 0.5
# A newer report is preferred to an older one that matches at most this much better.
NEWER_IS_BETTER, LATEST_IS_BETTER = 0.85, 0.45
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
        return item.fits and (item.own >= LEAST_OWN or item.own + item.meaning >= LEAST_FOR_FACT)
    tells = change >= TELLS_OF_CHANGE and item.own >= OWN_OF_CHANGE
    least = LEAST_FOR_CHANGE if tells else _least_for_finding(len(inquiry.concepts))
    return item.own + item.meaning >= least


def _least_for_finding(concepts: int) -> float:
    return next((least for most, least in LEAST_FOR_FINDING if concepts <= most), LEAST_OF_MANY)


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
    # "2013-14", "2013–14" and the "201314" of a copy that lost its dashes are the same period.
    return "".join(character for character in text if character not in "-–—/")


def groups(inquiry: Inquiry, answering: list[Candidate]) -> list[tuple[Candidate, ...]]:
    """The answering candidates by report when reports are compared; for one authority, those of the one spoken from."""
    by_document: dict[str, list[Candidate]] = {}
    for item in answering or inquiry.ranked:
        by_document.setdefault(item.hit.source.document, []).append(item)
    if inquiry.asked.across:
        order = [source.document for source in inquiry.scope.sources]
        return [tuple(by_document[document]) for document in order if document in by_document]
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
