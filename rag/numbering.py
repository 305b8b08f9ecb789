"""Tokens in the order in which the reader meets them: [1] is what leads, and no number is left out."""

from __future__ import annotations

from dataclasses import replace

from rag.answer import Answer, Evidence


def numbered(answer: Answer) -> Answer:
    """The answer with its evidence in the order of its text, and every token by its new number.

    First what its sentences cite, then what leads, then the other quotes as they stand by report, last what is not
    shown. A model that has yet to write goes by the old numbers: an answer of its sentences is not numbered anew.
    """
    evidence = tuple(sorted(answer.evidence, key=lambda item: _rank(answer, item)))
    numbers = {item.token: str(place) for place, item in enumerate(evidence, start=1)}

    def new(tokens: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(numbers[token] for token in tokens)

    return replace(
        answer,
        evidence=tuple(replace(item, token=numbers[item.token]) for item in evidence),
        sentences=tuple(replace(item, tokens=new(item.tokens)) for item in answer.sentences),
        leads=new(answer.leads),
        below=None if answer.below is None else new(answer.below),
        cited=new(answer.cited),
    )


def _rank(answer: Answer, item: Evidence) -> tuple[int, int, int]:
    cited = [token for sentence in answer.sentences for token in sentence.tokens]
    shown = [each for each in answer.evidence if answer.below is None or each.token in answer.below]
    reports = list(dict.fromkeys(each.source.document for each in shown if each.token not in answer.leads))
    place = answer.evidence.index(item)
    if item.token in cited:
        return 0, cited.index(item.token), place
    if item.token in answer.leads:
        return 1, answer.leads.index(item.token), place
    if item in shown:
        return 2, reports.index(item.source.document), place
    return 3, 0, place
