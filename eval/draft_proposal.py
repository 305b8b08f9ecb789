"""What a drafted question is made of: its case, what it is about, and how councils, reports and times are named."""

from __future__ import annotations

import hashlib
import random
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from corpus.identity import MONTHS
from corpus.report import Report, ReportKind
from eval.cases import Case
from rag.wording import LABELS

WORDS = tomllib.loads(Path(__file__).with_name("draft_wordings.toml").read_text("utf-8"))
WORDINGS: Mapping[str, Sequence[str]] = WORDS["kinds"]
FOUND = "found there by eval draft"
# A bare "report" is what people call these.
PLAIN_KINDS = (ReportKind.INSPECTION, ReportKind.OTHER)


@dataclass(frozen=True)
class Proposal:
    """A question for the file and what it is about ("help_protection", "dental"), so that subjects take turns."""

    case: Case
    about: str

    def with_documents(self, documents: tuple[str, ...]) -> Proposal:
        """The same question, answered by several reports together."""
        return Proposal(self.case.model_copy(update={"documents": documents}), self.about)


@dataclass(frozen=True)
class Named:
    """A report that a question can name: its council, the report ("the 2017 report") and the time ("in 2017")."""

    report: Report
    authority: str
    year: int
    name: str
    when: str

    @property
    def slots(self) -> dict[str, str]:
        """What its wordings are filled with."""
        return {"authority": self.authority, "report": self.name, "when": self.when}


@dataclass(frozen=True)
class Ask:
    """What is asked: kind, what it is about, its wordings and what these are filled with beside council and report."""

    kind: str
    about: str
    wordings: Sequence[str]
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Gold:
    """What a right answer holds and where it stands; the fields are those of Case."""

    answer_contains: tuple[tuple[str, ...], ...]
    quote: str
    quote_contains: tuple[str, ...]
    reference_answer: str
    page: int | None = None
    answer_excludes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drafter:
    """Writes proposals; the same seed picks the same wordings."""

    seed: int

    def pick(self, wordings: Sequence[str], *key: str) -> str:
        """One of the wordings, by the seed and what the question is about."""
        return random.Random(f"{self.seed}|{'|'.join(key)}").choice(wordings)  # noqa: S311  (a choice, not a secret)

    def propose(self, ask: Ask, named: Named, gold: Gold) -> Proposal:
        """A question that a report answers."""
        document = named.report.document
        case = Case(
            id=identity(ask.kind, document, ask.about, gold.quote),
            kind=ask.kind,
            question=_filled(self.pick(ask.wordings, document, ask.about), {**named.slots, **ask.slots}),
            documents=(document,),
            answer_contains=gold.answer_contains,
            answer_excludes=gold.answer_excludes,
            quote_contains=gold.quote_contains,
            quote=gold.quote,
            page=gold.page,
            checked=FOUND,
            reference_answer=gold.reference_answer,
            reviewed=False,
        )
        return Proposal(case, ask.about)

    def propose_no(self, ask: Ask) -> Proposal:
        """A question to which the reports have no answer."""
        key = (ask.about, *ask.slots.values())
        case = Case(
            id=identity(ask.kind, *key),
            kind=ask.kind,
            question=_filled(self.pick(ask.wordings, *key), ask.slots),
            abstain=True,
            reviewed=False,
        )
        return Proposal(case, ask.about)


def identity(kind: str, *key: str) -> str:
    """The id of what is asked, whatever its wording: a repeated draft knows by it what the file already has."""
    return f"draft-{kind}-{hashlib.sha256('|'.join(key).encode()).hexdigest()[:8]}"


def named_reports(reports: Iterable[Report]) -> tuple[Named, ...]:
    """The reports that a question can name without meaning another: by council and year, or else month and year."""
    held = [report for report in reports if report.authority and report.year]
    return tuple(found for report in held if (found := _named(report, held)))


def day_in_words(day: date) -> str:
    """A day as reports print it: 5 June 2015."""
    return f"{day.day} {month_of(day)} {day.year}"


def month_of(day: date) -> str:
    """The name of a day's month."""
    return next(name for name, number in MONTHS.items() if number == day.month).capitalize()


def _named(report: Report, held: Sequence[Report]) -> Named | None:
    if not report.authority or not report.year:
        return None
    others = [other for other in held if other.authority == report.authority and other is not report]
    alone = not any(report.year in other.years for other in others)
    months = {(other.published.year, other.published.month) for other in others if other.published}
    day = report.published
    if not alone and (not day or (day.year, day.month) in months):
        return None
    when = str(report.year) if alone or not day else f"{month_of(day)} {day.year}"
    if report.kind in PLAIN_KINDS or report.kind is ReportKind.NEWS:
        noun = "news item" if report.kind is ReportKind.NEWS else "report"
        name = f"the {when} {noun}"
        short = f"in {when}" if alone and noun == "report" else f"according to {name}"
    else:
        name = f"the letter on the {when} {LABELS[report.kind]}"
        name = name if alone else f"the letter of {when} on the {LABELS[report.kind]}"
        short = f"at the {when} {LABELS[report.kind]}" if alone else f"according to {name}"
    return Named(report, report.authority, report.year, name, short)


def _filled(wording: str, slots: Mapping[str, str]) -> str:
    text = wording.format_map(slots)
    return text[:1].upper() + text[1:]
