"""What the chain hands out: an `Answer` with its evidence, sentences, verdicts and a typed outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from index.records import Passage, Source
from index.retrieval.understand import Understanding


class Outcome(StrEnum):
    """How a question ended; a closed set."""

    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly_answered"
    NOT_IN_REPORTS = "not_in_reports"
    OUT_OF_SCOPE = "out_of_scope"
    FAILED = "failed"

    @property
    def abstained(self) -> bool:
        """Whether the reader was given no answer."""
        return self not in (Outcome.ANSWERED, Outcome.PARTLY_ANSWERED)


@dataclass(frozen=True)
class Evidence:
    """One quote chosen to answer a question.

    `token` is the short name shown as [2]. `quote` stands in the report letter for letter;
    `passage` is the passage around it, `headings` where in the report that stands. `page` counts
    from 1, or is None; `printed` is what of the quote stands on that page, where the sentence runs on to the
    next. `complete` is False when the copy held has lost the sentence's beginning.
    """

    token: str
    source: Source
    quote: str
    passage: str
    headings: tuple[str, ...] = ()
    page: int | None = None
    score: float = 0.0
    complete: bool = True
    printed: str = ""

    @classmethod
    def whole(cls, token: str, source: Source, passage: Passage) -> Evidence:
        """A passage quoted as it stands."""
        page, printed = passage.on_page(passage.text)
        return cls(
            token, source, passage.text, passage.text, passage.headings, page, complete=not passage.cut, printed=printed
        )

    @property
    def on_page(self) -> str:
        """The words that can be found on the page: the quote, or the longer part of one that runs over its end."""
        return self.printed or self.quote


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer with the tokens it stands on.

    `verified` sentences passed the check against their evidence; `origin` says who wrote it: the
    model, the register, or the report itself (a quote).
    """

    text: str
    tokens: tuple[str, ...]
    origin: str
    verified: bool
    why: str = ""


@dataclass(frozen=True)
class Timing:
    """Seconds from the question to the first evidence, to the first sentence and to the end."""

    evidence: float | None = None
    first: float | None = None
    total: float = 0.0


@dataclass(frozen=True)
class Answer:
    """An answer, whole or still growing.

    `question` is as it was typed; `understood_as` is the one that was answered, where it leant on an earlier
    turn. `stream` yields one after the other, each with all that the one before it held, save that fewer further
    quotes are shown once the model has chosen; the last has `complete` set. `text` is what the reader sees.
    `sentences` are the ones shown, `withheld` those that failed the check, with the reason, for the record. `leads`
    are the tokens of the quotes shown before all others, `below` those of the others where they were chosen among,
    else None. `model` is the one that was asked to write or to choose, or "none".
    """

    question: str
    outcome: Outcome
    text: str = ""
    evidence: tuple[Evidence, ...] = ()
    cited: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    below: tuple[str, ...] | None = None
    sentences: tuple[Sentence, ...] = ()
    withheld: tuple[Sentence, ...] = ()
    understanding: Understanding | None = None
    nearest: tuple[Evidence, ...] = ()
    model: str = "none"
    prompt_version: str = ""
    timing: Timing = field(default_factory=Timing)
    complete: bool = False
    understood_as: str | None = None

    def __add__(self, later: Answer) -> Answer:
        """A later state of the answer takes the place of an earlier one, as LangChain's streaming expects."""
        return later

    @property
    def citations(self) -> tuple[Evidence, ...]:
        """The evidence whose tokens stand in the text, in order of token."""
        return tuple(item for item in self.evidence if item.token in self.cited)
