"""Which quote leads an answer and which stand below it: decision 16 has what was measured."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise

from rag.answer import Evidence
from rag.evidence import LONGEST_QUOTE_WORDS
from rag.inquiry import Inquiry
from rag.models import Writer
from rag.prompts import copying_messages

# So many words tell one sentence from the others; the model need not copy all of it.
WORDS_COPIED = 10
# What is copied has so many words running of its quote, and no small part of them; the rest may be the model's own.
FEWEST_COPIED, SHORTEST_COPY, PART_COPIED = 4, 3, 0.6
# How many others may stand below, where rank and model agree and where not; and of the best score, what they must have
# where they agree.
BELOW_AGREED, BELOW = 2, 3
OF_BEST = 0.85
WORD = re.compile(r"[^\W_]+")
# "[2]" or "2." before what is copied.
BEFORE_COPY = re.compile(r"^[^\w\[]*(?:\[\d{1,2}\]|\d{1,2}[.)](?=\s))?")


def by_rank(inquiry: Inquiry) -> Evidence | None:
    """The quote that ranks best; None where reports are compared, or where the quotes were not ranked."""
    best = max(inquiry.evidence, key=lambda item: item.score, default=None)
    return best if best and best.score and not inquiry.asked.across else None


def copied(question: str, evidence: tuple[Evidence, ...], writer: Writer) -> Evidence | None:
    """The quote of which the model copies a sentence as the answer; None when it copies none.

    The model only points: what is shown is the quote. Raises ModelProblem when the model does not answer.
    """
    text = ""
    for piece in writer.stream(copying_messages(question, evidence)):
        text += piece
        if len(_words(BEFORE_COPY.sub("", text))) > WORDS_COPIED:
            break
    said = _words(BEFORE_COPY.sub("", text))[:WORDS_COPIED]
    shared = {item.token: _shared(said, _words(item.quote)) for item in evidence}
    found = max(evidence, key=lambda item: (shared[item.token], item.score))
    fewest = max(min(FEWEST_COPIED, max(len(said), SHORTEST_COPY)), PART_COPIED * len(said))
    return found if shared[found.token] >= fewest else None


def with_next(evidence: tuple[Evidence, ...], leads: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Those that lead, each followed by the one after it if that stands in its paragraph: it goes on from it.

    Both together are no longer than one quote may be.
    """
    following = {
        one.token: next_
        for one, next_ in pairwise(evidence)
        if _place(one) == _place(next_) and len(f"{one.quote} {next_.quote}".split()) <= LONGEST_QUOTE_WORDS
    }
    found = {each.token: each for item in leads for each in (item, following.get(item.token)) if each}.values()
    paragraphs = dict.fromkeys(map(_place, found))
    return tuple(item for paragraph in paragraphs for item in evidence if item in found and _place(item) == paragraph)


def below(evidence: tuple[Evidence, ...], leads: tuple[Evidence, ...], *, agreed: bool) -> tuple[Evidence, ...]:
    """The quotes that stand below those that lead: few and near ones, where rank and model agree on one."""
    best = max(item.score for item in leads)
    enough = OF_BEST * best if agreed else 0.0
    others = [item for item in evidence if item not in leads and item.score >= enough]
    taken = sorted(others, key=lambda item: -item.score)[: BELOW_AGREED if agreed else BELOW]
    return tuple(item for item in evidence if item in taken)


def _place(item: Evidence) -> tuple[str, str]:
    return item.source.document, item.passage


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


def _shared(said: list[str], held: list[str]) -> int:
    """How many words running the two have in common: the model may begin within a sentence."""
    return SequenceMatcher(None, said, held, autojunk=False).find_longest_match().size
