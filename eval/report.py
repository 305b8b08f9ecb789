"""One run as a page that opens offline, made from a template that escapes whatever an answer or a report holds."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval import report_plots
from eval.bootstrap import Interval
from eval.figures import ALL, MEASURES, Measure
from eval.measures import Verdict
from eval.rows import Row
from eval.run_folder import Run
from eval.thresholds import Threshold

TEMPLATE = "report.html.jinja"
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
ALLOWED = "{allowed}"


@dataclass(frozen=True)
class Headline:
    """A measure over all questions, and the least or most that is demanded of it; None where nothing is."""

    measure: Measure
    share: Interval
    goal: float | None
    holds: bool


@dataclass(frozen=True)
class Asked:
    """One question on the page: how its answer fared, the answer, and what of the measures went wrong."""

    verdict: Verdict
    row: Row | None
    outcome: str
    marks: tuple[tuple[str, bool], ...]
    text: str


def as_html(run: Run, thresholds: Iterable[Threshold] = ()) -> str:
    """The whole page: headings, tables, drawings and one script, nothing of it from elsewhere.

    The page's own policy allows that one script alone, by its hash, so that nothing in an answer could run even if
    it were not escaped.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    curves, seconds = report_plots.waiting(run.verdicts)
    questions = [_asked(verdict, run.rows.get(verdict.case.id)) for verdict in run.verdicts]
    page = environment.get_template(TEMPLATE).render(
        run=run,
        part=run.configuration.parts[-1],
        asked=run.configuration.asked,
        measures=MEASURES,
        headlines=_headlines(run, tuple(thresholds)),
        table=run.measured.figures,
        over_all=run.measured.figures[-1],
        dots=report_plots.reliability(run.verdicts, run.rows),
        shares=report_plots.share_ticks(),
        curves=curves,
        seconds=seconds,
        plot=report_plots,
        questions=sorted(questions, key=lambda each: each.verdict.right),
        kinds=sorted({each.verdict.case.kind for each in questions}),
        outcomes=sorted({each.outcome for each in questions}),
        allowed=ALLOWED,
    )
    script = SCRIPT.search(page)
    digest = hashlib.sha256(script[1].encode() if script else b"").digest()
    return page.replace(ALLOWED, f"sha256-{base64.b64encode(digest).decode()}", 1)


def _headlines(run: Run, thresholds: tuple[Threshold, ...]) -> list[Headline]:
    asked = run.configuration.asked
    goals = {
        name: least
        for each in thresholds
        if (each.cases, each.model, each.limit, each.system, each.kind)
        == (asked.cases, asked.model, asked.limit, asked.system, ALL)
        for name, least in each.shares.items()
    }
    found = []
    for measure in MEASURES:
        share, goal = run.measured.figures[-1].shares.get(measure.name), goals.get(measure.name)
        if share:
            holds = goal is None or (share.value >= goal if measure.more_is_better else share.value <= goal)
            found.append(Headline(measure, share, goal, holds))
    return found


def _asked(verdict: Verdict, row: Row | None) -> Asked:
    values = [(measure, measure.of(verdict)) for measure in MEASURES]
    marks = tuple(
        (f"{measure.title} {100 * value:.0f} %" if value not in {0.0, 1.0} else measure.title, is_good(measure, value))
        for measure, value in values
        if value is not None
    )
    return Asked(verdict, row, row.outcome if row else "unanswered", marks, _searched(verdict, row))


def is_good(measure: Measure, value: float) -> bool:
    """Whether a measure is all that it could be."""
    return value == (1.0 if measure.more_is_better else 0.0)


def _searched(verdict: Verdict, row: Row | None) -> str:
    """What the page's search looks through."""
    parts = [verdict.case.id, verdict.case.question, row.answer if row else ""]
    return " ".join(" ".join(parts).lower().split())
