"""How exactly reports are read, against what a gold file says stands on their face."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.identity import date_in_name, inspection_dates
from corpus.read import read_report
from corpus.report import THIS, Report, ReportError, is_verbatim
from eval.cases import CaseError

FIELDS = ("grade", "inspection dates", "published", "lead inspector", "director since")


class GoldOffice(BaseModel):
    """Since when an office was held."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    value: str


class GoldReport(BaseModel):
    """What one report says on its face, read off independently; None for what it does not say."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    file: str
    published: str
    grades: dict[str, str]
    inspection_dates: str
    lead_inspector: str | None = None
    dcs_since: GoldOffice | None = None


@dataclass(frozen=True)
class Reading:
    """Counts by field: `asked` in the gold, `found` alike, `contradicted`; quotes and how many are verbatim."""

    asked: Counter[str]
    found: Counter[str]
    contradicted: Counter[str]
    faults: tuple[str, ...]
    quotes: int
    verbatim: int
    seconds: float


def load_gold(path: Path) -> tuple[GoldReport, ...]:
    """Read a gold file, a JSON list; raises CaseError when it is not one."""
    try:
        return TypeAdapter(tuple[GoldReport, ...]).validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise CaseError(f"{path} is no gold file: {error}") from error


def measure(gold: tuple[GoldReport, ...], folder: Path, heard: Callable[[str], None]) -> Reading:
    """Read every report that the gold names and compare."""
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    contradicted: Counter[str] = Counter()
    faults: list[str] = []
    quotes = verbatim = 0
    start = time.perf_counter()
    for item in gold:
        try:
            report = read_report(folder / item.file, item.file)
        except (ReportError, OSError) as error:
            faults.append(f"{item.file}: not read: {error}")
            asked.update(name for name, _, _ in _pairs(item, None))
            continue
        for name, wanted, got in _pairs(item, report):
            asked[name] += 1
            found[name] += wanted == got
            contradicted[name] += got is not None and wanted != got
            if wanted != got:
                faults.append(f"{item.file}: {name}: wanted {wanted}, got {got}")
        said = [each.quote for each in report.judgements] + [each.quote for each in report.statements]
        quotes += len(said)
        verbatim += sum(is_verbatim(quote, report.text) for quote in said)
        heard(item.file)
    return Reading(asked, found, contradicted, tuple(faults), quotes, verbatim, time.perf_counter() - start)


def _pairs(item: GoldReport, report: Report | None) -> list[tuple[str, object, object]]:
    grades = {each.area: each.grade for each in report.judgements if each.of == THIS} if report else {}
    stated = {each.subject: each.value for each in report.statements} if report else {}
    dates = (report.inspection_start, report.inspection_end) if report else None
    published: date | None = report.published if report else None
    pairs: list[tuple[str, object, object]] = [
        ("grade", grade, grades.get(area)) for area, grade in item.grades.items()
    ]
    pairs.append(("inspection dates", inspection_dates(f"Inspection dates: {item.inspection_dates}"), dates))
    pairs.append(("published", date_in_name(item.published), published))
    if item.lead_inspector:
        pairs.append(("lead inspector", item.lead_inspector, stated.get("lead inspector")))
    if item.dcs_since:
        pairs.append(("director since", item.dcs_since.value, stated.get("director of children's services since")))
    return pairs
