"""A model's draft, sentence by sentence as it comes, each checked before it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.sentences import sentences
from rag.answer import Evidence, Sentence
from rag.framing import without_opening
from rag.inquiry import Inquiry
from rag.models import Writer
from rag.prompts import compose_messages
from rag.verify import as_sentence, check, leans

# So many sentences of a draft are read, from so many quotes, the best of those shown.
ENOUGH_SENTENCES, DRAFTED_FROM = 4, 3
TOKENS_AFTER = re.compile(r"([.!?][\"”’)]*)((?:\s*\[\d{1,2}\])+)")
ENDED = re.compile(r"[.!?\]][\"”’)]*$")


def checked_sentences(inquiry: Inquiry, writer: Writer) -> Iterator[Sentence]:
    """The model's sentences as each has been checked, passed or not; a repeated one is dropped."""
    seen: set[str] = set()
    shown = False
    quotes = _to_draft_from(inquiry)
    for draft in drafted_sentences(inquiry.question, quotes, writer) if quotes else ():
        sentence = as_sentence(draft, check(draft, quotes))
        if sentence.verified and leans(sentence.text) and not shown:
            sentence = replace(sentence, verified=False, why="it leans on a sentence that is not shown")
        shown = sentence.verified
        if sentence.text not in seen:
            seen.add(sentence.text)
            yield sentence


def _to_draft_from(inquiry: Inquiry) -> tuple[Evidence, ...]:
    """The best quotes that are whole; when reports are compared, the best of each."""
    # Best first: sentences of one paragraph are shown in its order.
    whole = tuple(sorted((item for item in inquiry.evidence if item.complete), key=lambda item: -item.score))
    if not inquiry.asked.across:
        return whole[:DRAFTED_FROM]
    first_of = {item.source.document: item for item in reversed(whole)}
    return tuple(item for item in whole if item is first_of[item.source.document])[:DRAFTED_FROM]


def drafted_sentences(question: str, evidence: tuple[Evidence, ...], writer: Writer) -> Iterator[str]:
    """The model's draft, a sentence at a time as it comes; raises ModelProblem when it does not."""
    held, given = "", 0
    for piece in writer.stream(compose_messages(question, evidence)):
        held += piece
        # The tokens after a stop may still be on their way, so a sentence is given out when the next begins.
        complete = _draft_sentences(held)[:-1]
        for sentence in complete[given:ENOUGH_SENTENCES]:
            yield sentence
            given += 1
        if given >= ENOUGH_SENTENCES:
            return
    for sentence in _draft_sentences(held)[given:ENOUGH_SENTENCES]:
        if ENDED.search(sentence):
            yield sentence


def _draft_sentences(text: str) -> list[str]:
    """The sentences of a draft, each with its tokens before its stop: "It is so. [1]" becomes "It is so [1]."."""
    found = sentences(" ".join(TOKENS_AFTER.sub(r"\2\1", text).split()))
    return [without_opening(sentence) for sentence in found]
