"""What a follow-up can take from the turn before it, as the pieces of a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from corpus.authorities import Mention
from corpus.report import ReportKind
from index.retrieval.ask import Ask
from index.retrieval.understand import Understanding
from rag.phrases import joined, subject_of, time_of
from rag.survey import survey_of

AREA_WORDS = {
    "lscb": "the LSCB",
    "adoption": "adoption",
    "care_leavers": "care leavers",
    "in_care": "children looked after",
    "leaders": "leadership",
    "help_protection": "help and protection",
}


@dataclass(frozen=True)
class Before:
    """The turn that a follow-up leans on.

    `question` stands on its own and `mentions` are the authorities in its words; `names` are those it is about,
    which may be the one whose reports alone answered it; `year` and `kind` are of the one report spoken of.
    """

    question: str
    asked: Understanding
    mentions: tuple[Mention, ...]
    names: tuple[str, ...]
    year: int | None
    kind: ReportKind | None
    grade: str | None

    @property
    def is_survey(self) -> bool:
        """Whether the question was to the grades of all authorities."""
        return not self.asked.authorities and is_survey(self.asked)

    @property
    def is_about_grade(self) -> bool:
        """Whether it asked how one or several authorities were judged."""
        taken = self.asked.premise is not None and not self.asked.areas
        return not self.is_survey and (self.asked.ask is Ask.GRADE or taken)

    @property
    def subject(self) -> str:
        """What it was about, without whom and when; it may be empty."""
        return subject_of(self.question, self.mentions)

    @property
    def for_area(self) -> str:
        """The area of services it was about, " for adoption"; empty when it was about none."""
        areas = [AREA_WORDS[area] for area in self.asked.areas if area in AREA_WORDS]
        return f" for {joined(areas)}" if areas else ""

    @property
    def when(self) -> str:
        """The time it named, " in 2015"; empty when it named none, or only the present."""
        time = time_of(self.question, dated=True)
        return f" {time}" if time else ""

    @property
    def of_year(self) -> str:
        """The year of the one report that was spoken of, or else the time that was named."""
        return f" in {self.year}" if self.year else self.when

    def whom(self, preposition: str = "in") -> str:
        """The authorities it was about, " in Newtown"; empty when there were none."""
        return f" {preposition} {joined(self.names)}" if self.names else ""

    def judgement(self, *, plural: bool = False) -> str:
        """The judgement it was about: "overall judgement", "judgement for adoption"."""
        word = "judgements" if plural else "judgement"
        return f"{word}{self.for_area}" if self.for_area else f"overall {word}"


def is_survey(asked: Understanding) -> bool:
    """Whether a question is one to the grades of all authorities."""
    return survey_of(asked, datetime.now(tz=UTC).date()) is not None
