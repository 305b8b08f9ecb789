"""A question on its way to an answer: what each step has found so far."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Stated
from index.retrieval.candidates import Candidate
from index.retrieval.concepts import Concept
from index.retrieval.scope import Scope
from index.retrieval.understand import Understanding
from rag.answer import Evidence, Outcome, Sentence
from rag.lookup import Lookup
from rag.survey_text import Written

NO_SCOPE = Scope(())


@dataclass(frozen=True)
class Inquiry:
    """A question on its way to an answer, with what each step has found."""

    question: str
    understanding: Understanding | None = None
    scope: Scope = NO_SCOPE
    concepts: tuple[Concept, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    stated: tuple[Stated, ...] = ()
    surveyed: Written | None = None
    listed: Sentence | None = None
    recalled: bool = False
    corrected: Sentence | None = None
    ranked: tuple[Candidate, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    refusal: tuple[Outcome, str] | None = None

    @property
    def settled(self) -> bool:
        """Whether no further step is to be taken: there is no answer, or the register gave all of it."""
        return bool(self.refusal or self.surveyed or self.corrected)

    @property
    def asked(self) -> Understanding:
        """The understanding; only for steps after the one that sets it."""
        if self.understanding is None:
            raise ValueError("The question has not been understood yet.")
        return self.understanding
