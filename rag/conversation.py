"""Follow-ups: a question that leans on the turn before it, made into one that stands on its own, by code alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Source
from index.retrieval.grade_words import NAMED_GRADE
from index.retrieval.understand import Understanding, understand
from rag import follow_ups
from rag.answer import Answer, Outcome
from rag.bare_forms import asks_where, is_bare
from rag.before import Before
from rag.leaning import leans
from rag.personal_case import is_personal_case
from rag.phrases import Known, named
from rag.screen import gives_orders

_POLITE = re.compile(
    r"^\W*(?:thanks?|thank you|thx|ta|cheers|ok(?:ay)?|hello|hi|hey|good (?:morning|afternoon|evening)|great|bye"
    r"|goodbye|yes|no|please)(?:\s+(?:a lot|very much|so much|you|there|great|then|bye))*\W*$",
    re.IGNORECASE,
)
_JUDGED = re.compile(
    r"\bwas judged “?(outstanding|good|requires improvement|inadequate|adequate|satisfactory)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Turn:
    """One question of a conversation and how it ended.

    `question` is as it was understood, standing on its own; `sources` are the reports that the answer quotes;
    `grade` is the one it gives, if it gives just one; `leaning` says that it leant on the turn before it.
    """

    question: str
    understanding: Understanding
    outcome: Outcome
    sources: tuple[Source, ...] = ()
    grade: str | None = None
    leaning: bool = False


@dataclass(frozen=True)
class Reading:
    """How a question is read: as one that stands on its own; `asks_where` when only the place is wanted."""

    question: str
    asks_where: bool = False


def turn_of(answer: Answer, is_known: Known = lambda _: False) -> Turn:
    """What a later question may lean on in an answer."""
    question = answer.understood_as or answer.question
    grades = {
        match[1].lower()
        for sentence in answer.sentences
        if sentence.origin == "register"
        for match in _JUDGED.finditer(sentence.text)
    }
    return Turn(
        question,
        answer.understanding or understand(question, is_known),
        answer.outcome,
        tuple(dict.fromkeys(item.source for item in answer.citations)),
        grades.pop() if len(grades) == 1 else None,
        leaning=answer.understood_as is not None,
    )


def standalone(question: str, turns: Sequence[Turn], is_known: Known = lambda _: False) -> str:
    """The question as one that stands on its own; as it is when it does, or when there is nothing to lean on.

    `turns` are the earlier ones, oldest first; `is_known` tells whether the reports use a word.
    """
    return read(question, turns, is_known).question


def read(question: str, turns: Sequence[Turn], is_known: Known = lambda _: False) -> Reading:
    """How a question is to be read after these turns; one about a person in need is never changed."""
    turn = _leant_on(turns)
    typed = " ".join(question.split())
    aside = is_personal_case(typed, is_known) or _POLITE.match(typed) or gives_orders(typed)
    if turn is None or aside or not re.search(r"\w", typed):
        return Reading(question)
    before = _before(turn, is_known)
    if asks_where(typed):
        return Reading(before.question, asks_where=True)
    if not (is_bare(typed) or leans(typed, before, is_known)):
        return Reading(question)
    rewritten = follow_ups.rewritten(typed, before, is_known)
    return Reading(rewritten or question)


def _leant_on(turns: Sequence[Turn]) -> Turn | None:
    """The last turn that had an answer.

    Nothing is carried from a refusal. One that brought in nothing of its own is passed over; after one that
    did, there is nothing to lean on: the reader has left what came before it.
    """
    for turn in reversed(turns):
        if not turn.outcome.abstained:
            return turn
        own = turn.understanding.authorities or turn.understanding.unknown_place or turn.understanding.years
        if turn.outcome is Outcome.NOT_IN_REPORTS and own and not turn.leaning:
            return None
    return None


def _before(turn: Turn, is_known: Known) -> Before:
    asked = turn.understanding
    mentions = named(turn.question, is_known)
    told = tuple(dict.fromkeys(source.authority for source in turn.sources if source.authority))
    years = {source.year for source in turn.sources if source.year}
    year = asked.years[0] if len(asked.years) == 1 else None
    if not asked.years and len(years) == 1:
        year = years.pop()
    kinds = {source.kind for source in turn.sources}
    premise = NAMED_GRADE.search(turn.question)
    return Before(
        question=turn.question,
        asked=asked,
        mentions=mentions,
        names=asked.authorities or (told if len(told) == 1 else ()),
        year=year,
        kind=kinds.pop() if len(kinds) == 1 else None,
        grade=turn.grade or (premise[1].lower() if premise and not asked.authorities else None),
    )
