"""A finished run made by hand, for tests of what is made of runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from eval.bootstrap import Interval
from eval.cases import Case
from eval.checker import CheckerErrors
from eval.figures import figures
from eval.machine import Machine, Versions
from eval.measures import Verdict, judge
from eval.rows import Row
from eval.run_folder import Asked, Configuration, Measured, Part, Run

DAY = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
MACHINE = Machine(processor="A processor", cores=2, memory_gigabytes=8.0, system="Linux x86_64", python="3.11.7")
CHECKER = CheckerErrors(let_through=Interval(0.0, 0.0, 0.05, 60), stopped=Interval(0.3, 0.2, 0.4, 50), wrong=())


def case(name: str, *, kind: str = "number", question: str = "", abstain: bool = False) -> Case:
    """A case that wants "yes"."""
    wanted = () if abstain else (("yes",),)
    return Case(id=name, kind=kind, question=question or f"Is it {name}?", answer_contains=wanted, abstain=abstain)


def row(name: str, answer: str = "yes", *, abstained: bool = False, score: float | None = None) -> Row:
    """An answer without citations."""
    return Row(
        id=name,
        answer=answer,
        outcome="answered",
        abstained=abstained,
        seconds=0.5,
        seconds_to_evidence=0.2,
        score=score,
    )


def run(cases: Iterable[Case], rows: Iterable[Row], folder: Path = Path("a-run")) -> Run:
    """A finished run over these cases."""
    by_id = {each.id: each for each in rows}
    verdicts: tuple[Verdict, ...] = tuple(judge(each, by_id.get(each.id), ()) for each in cases)
    asked = Asked(
        system="chapter-and-verse",
        model="none",
        cases="some.jsonl",
        cases_sha256="",
        questions=len(verdicts),
        limit=None,
        seed=0,
        corpus=("corpus/reports",),
    )
    part = Part(
        started=DAY,
        machine=MACHINE,
        versions=Versions(commit="0123456789abcdef", changed=False, libraries={}, models={}),
    )
    measured = Measured(figures=tuple(figures(verdicts)), checker=CHECKER, memory_megabytes=400.0)
    return Run(folder, Configuration(asked=asked, settings={}, parts=(part,)), by_id, verdicts, measured)
