"""Verdicts summed up: each measure's share with its interval, by kind of question and over all."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from corpus.report import ReportError
from eval.bootstrap import Interval, interval
from eval.measures import Verdict
from eval.percentile import percentile

ALL = "all"


@dataclass(frozen=True)
class Measure:
    """One measure: the verdict's field it is read from, its title, what it says, and whether more of it is better."""

    name: str
    title: str
    meaning: str
    more_is_better: bool = True

    def of(self, verdict: Verdict) -> float | None:
        """Its value for one verdict, from 0 to 1; None where it does not apply."""
        value = attrgetter(self.name)(verdict)
        return None if value is None else float(value)


MEASURES = (
    Measure("right", "right", "says what the case wants and nothing it excludes, or refuses where there is no answer"),
    Measure("sourced", "right document", "cites a verbatim quote from a document of the case"),
    Measure("page", "right page", "cites the page, or the lines, that the case names"),
    Measure("supported", "supported", "a cited quote from the right document holds what the case wants in a quote"),
    Measure("verbatim", "verbatim", "every quote stands in its document letter for letter, on its page"),
    Measure("recall", "citation recall", "statements that the citations they name support, after ALCE"),
    Measure("precision", "citation precision", "citations that the statement needs, after ALCE"),
    Measure("complete", "list F1", "completeness of lists: harmonic mean of recall and precision of their items"),
    Measure("rightly_refused", "rightly refused", "refused, where the reports have no answer"),
    Measure("wrongly_refused", "wrongly refused", "refused, though the reports have the answer", more_is_better=False),
    Measure(
        "wrong_authority", "wrong authority", "cites a report of an authority not asked about", more_is_better=False
    ),
    Measure(
        "superseded",
        "superseded as current",
        "asked about now, rests first on a report that a later one has replaced",
        more_is_better=False,
    ),
)


@dataclass(frozen=True)
class Waits:
    """Seconds over some answers: the median, the 95th percentile (nearest rank) and the longest."""

    median: float
    most: float
    longest: float


@dataclass(frozen=True)
class Figures:
    """All measures over the answers to one kind of question, or to all; a measure that applies to none is left out."""

    kind: str
    count: int
    unanswered: int
    shares: Mapping[str, Interval]
    evidence: Waits
    first: Waits
    whole: Waits
    words: float
    tokens: float | None

    def share(self, name: str) -> float | None:
        """A measure's mean, or None where it applies to no answer."""
        found = self.shares.get(name)
        return found.value if found else None

    @property
    def right(self) -> float:
        """The share of questions answered rightly."""
        return self.shares["right"].value

    @property
    def verbatim(self) -> float:
        """The share of answers in which every quote is verbatim."""
        return self.shares["verbatim"].value


def figures(verdicts: Iterable[Verdict]) -> list[Figures]:
    """Figures by kind, then over all; raises ReportError when there is nothing to measure."""
    everything = list(verdicts)
    if not everything:
        raise ReportError("There are no answers to measure.")
    by_kind: Mapping[str, list[Verdict]] = defaultdict(list)
    for verdict in everything:
        by_kind[verdict.case.kind].append(verdict)
    return [_figures(kind, group) for kind, group in [*sorted(by_kind.items()), (ALL, everything)]]


def values_of(measure: Measure, verdicts: Iterable[Verdict]) -> list[float]:
    """A measure's values for those verdicts that it applies to."""
    return [value for verdict in verdicts if (value := measure.of(verdict)) is not None]


def _figures(kind: str, group: list[Verdict]) -> Figures:
    shares = {measure.name: interval(values_of(measure, group)) for measure in MEASURES}
    answered = [verdict for verdict in group if verdict.answered]
    told = [verdict.tokens for verdict in answered if verdict.tokens is not None]
    return Figures(
        kind,
        len(group),
        len(group) - len(answered),
        {name: share for name, share in shares.items() if share},
        _waits([verdict.seconds_to_evidence for verdict in answered]),
        _waits([verdict.seconds_to_first for verdict in answered]),
        _waits([verdict.seconds for verdict in answered]),
        statistics.median([verdict.words for verdict in answered] or [0]),
        statistics.mean(told) if told else None,
    )


def _waits(seconds: list[float]) -> Waits:
    if not seconds:
        return Waits(0.0, 0.0, 0.0)
    return Waits(statistics.median(seconds), percentile(seconds, 95), max(seconds))
