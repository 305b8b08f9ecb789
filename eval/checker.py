"""How often the checker that judges support is itself wrong, on pairs of sentence and quote labelled by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.report import ReportKind
from eval.bootstrap import Interval, interval
from eval.cases import CaseError
from index.records import Source
from rag.answer import Evidence
from rag.verify import check

PAIRS = Path(__file__).with_name("labelled_pairs.jsonl")


class Pair(BaseModel):
    """A sentence and a quote; `supported` is whether a careful reader finds the sentence said by the quote.

    `sort` says what makes the pair hard. The quotes are invented.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    sort: str
    supported: bool
    sentence: str
    quote: str
    authority: str = "Rutland"
    year: int = 2021


class CheckerErrors(BaseModel):
    """The share of false sentences that pass, and of true ones that are stopped; and the ids of those pairs."""

    model_config = ConfigDict(frozen=True)

    let_through: Interval
    stopped: Interval
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        """One line for a table's foot."""
        return (
            f"The checker that judges support lets through {_percent(self.let_through)} of {self.let_through.count} "
            f"false sentences and stops {_percent(self.stopped)} of {self.stopped.count} true ones (labelled by hand)."
        )


def load_pairs(file: Path = PAIRS) -> tuple[Pair, ...]:
    """The labelled pairs; raises CaseError for a line that is none."""
    pairs = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        try:
            pairs.append(Pair.model_validate_json(line))
        except ValidationError as error:
            raise CaseError(f"{file.name}, line {number}: {error.errors()[0]['msg']}.") from error
    return tuple(pairs)


def passes(pair: Pair) -> bool:
    """Whether the checker finds the pair's sentence said by its quote, as it would for an answer."""
    source = Source(
        f"{pair.id}.txt", "", "Inspection", ReportKind.INSPECTION, pair.authority, None, None, None, pair.year, 1
    )
    return check(f"{pair.sentence} [1]", (Evidence("1", source, pair.quote, pair.quote),)).passed


@cache
def checker_errors(pairs: tuple[Pair, ...] | None = None) -> CheckerErrors:
    """The checker's errors both ways, with intervals; raises CaseError when a label is on no pair."""
    pairs = pairs or load_pairs()
    wrong = {pair.id for pair in pairs if passes(pair) != pair.supported}
    let_through = interval([pair.id in wrong for pair in pairs if not pair.supported])
    stopped = interval([pair.id in wrong for pair in pairs if pair.supported])
    if let_through is None or stopped is None:
        raise CaseError("The labelled pairs need true and false ones.")
    return CheckerErrors(let_through=let_through, stopped=stopped, wrong=tuple(sorted(wrong)))


def _percent(share: Interval) -> str:
    return f"{100 * share.value:.1f} % ({100 * share.low:.1f} to {100 * share.high:.1f})"
