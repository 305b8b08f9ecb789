"""How exactly reports are read, against what a gold file says stands on their face, and how fast."""

from __future__ import annotations

import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.folder import SetAside, read_folder, report_files
from corpus.identity import date_in_name, inspection_dates
from corpus.pdf import bare_text
from corpus.pdf_layout import PAGE_BREAK
from corpus.report import (
    THIS,
    Figure,
    Judgement,
    Officer,
    Recommendation,
    Report,
    ReportError,
    Statement,
    is_verbatim,
)
from eval.cases import CaseError

FIELDS = ("grade", "framework", "inspection dates", "published", "lead inspector", "director since", "figure")
BYTES_A_UNIT = 1_024


class GoldOffice(BaseModel):
    """Since when an office was held."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    value: str


class GoldNumber(BaseModel):
    """A count and the day it holds for, both as printed."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    value: str
    date: str


class GoldReport(BaseModel):
    """What one report says on its face, read off independently; None for what it does not say."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    file: str
    published: str
    grades: dict[str, str]
    inspection_dates: str
    framework: str | None = None
    lead_inspector: str | None = None
    dcs_since: GoldOffice | None = None
    numbers: dict[str, GoldNumber] = {}


@dataclass(frozen=True)
class Reading:
    """Counts by field: `asked` in the gold, `found` alike, `contradicted`; quotes and how many are verbatim.

    `seconds` is the wall time of reading the whole folder with `processes`, `bare` that of taking the bare
    text out of the same PDFs with the same library in one process; `megabytes` the most memory that one
    process held. `rows` counts what was read by sort.
    """

    asked: Counter[str]
    found: Counter[str]
    contradicted: Counter[str]
    rows: Counter[str]
    faults: tuple[str, ...]
    quotes: int
    verbatim: int
    processes: int
    seconds: float
    bare: float
    megabytes: float


def load_gold(path: Path) -> tuple[GoldReport, ...]:
    """Read a gold file, a JSON list; raises CaseError when it is not one."""
    try:
        return TypeAdapter(tuple[GoldReport, ...]).validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise CaseError(f"{path} is no gold file: {error}") from error


def measure(gold: tuple[GoldReport, ...], folder: Path, processes: int, heard: Callable[[str], None]) -> Reading:
    """Read every report below a folder and compare those that the gold names."""
    wanted = {item.file: item for item in gold}
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    contradicted: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    faults: list[str] = []
    start = time.perf_counter()
    for report in read_folder(folder, processes=processes):
        if isinstance(report, SetAside):
            faults.append(f"{report.document}: set aside: {report.reason}")
        if not isinstance(report, Report):
            continue
        for name, value, got in _pairs(wanted.pop(report.document, None), report):
            asked[name] += 1
            found[name] += value == got
            contradicted[name] += got is not None and value != got
            if value != got:
                faults.append(f"{report.document}: {name}: wanted {value}, got {got}")
        rows.update(_rows(report))
        faults.extend(f"{report.document}: not verbatim: {quote}" for quote, there in _quotes(report) if not there)
        heard(report.document)
    seconds = time.perf_counter() - start
    for item in wanted.values():
        faults.append(f"{item.file}: not read")
        asked.update(name for name, _, _ in _pairs(item, None))
    verbatim = rows["quotes verbatim"]
    return Reading(
        asked, found, contradicted, rows, tuple(faults), rows["quotes"], verbatim, processes,
        seconds, _bare_seconds(folder), _most_memory(),
    )  # fmt: skip


def _pairs(item: GoldReport | None, report: Report | None) -> Iterator[tuple[str, object, object]]:
    """What the gold wants, and what was got, by field; None for what was not read."""
    if item is None:
        return
    grades = {each.area: each.grade for each in report.judgements if each.of == THIS} if report else {}
    stated = {each.subject: each.value for each in report.statements} if report else {}
    counts = [each for each in report.figures if each.unit == "children"] if report else []
    dates = (report.inspection_start, report.inspection_end) if report else None
    published: date | None = report.published if report else None
    for area, grade in item.grades.items():
        yield "grade", grade, grades.get(area)
    if item.framework:
        yield "framework", item.framework, report.framework if report else None
    days = inspection_dates(f"Inspection dates: {item.inspection_dates}")
    # What the gold says in a form that is not understood here counts as not found.
    yield "inspection dates", days if all(days) else item.inspection_dates, dates
    yield "published", date_in_name(item.published), published
    if item.lead_inspector:
        yield "lead inspector", item.lead_inspector, stated.get("lead inspector")
    if item.dcs_since:
        yield "director since", item.dcs_since.value, stated.get("director of children's services since")
    for subject, number in item.numbers.items():
        day = date_in_name(number.date)
        got = [each.value for each in counts if each.subject == subject and each.as_at == day]
        yield "figure", (subject, day, number.value.replace(",", "")), (subject, day, got[0]) if got else None


def _quotes(report: Report) -> Iterator[tuple[str, bool]]:
    """Every quote of a report, and whether it stands letter for letter on the page that it names."""
    pages = report.text.split(PAGE_BREAK) if report.pages else [report.text]
    said: tuple[Judgement | Statement | Figure | Recommendation | Officer, ...] = (
        *report.judgements,
        *report.statements,
        *report.figures,
        *report.recommendations,
        *report.officers,
    )
    for each in said:
        first = (each.page or 1) - 1
        # A sentence over a page end stands on its page and the next.
        two = PAGE_BREAK.join(pages[first : first + 2])
        yield each.quote, is_verbatim(each.quote, pages[first]) or is_verbatim(each.quote, two)


def _rows(report: Report) -> Counter[str]:
    there = [there for _, there in _quotes(report)]
    return Counter(
        {
            "reports": 1,
            "grades": sum(each.of == THIS for each in report.judgements),
            "earlier grades": sum(each.of != THIS for each in report.judgements),
            "statements": len(report.statements),
            "figures": len(report.figures),
            "recommendations": len(report.recommendations),
            "officers": len(report.officers),
            "quotes": len(there),
            "quotes verbatim": sum(there),
        }
    )


def _bare_seconds(folder: Path) -> float:
    """Seconds to take the bare text out of the PDFs of a folder, in one process."""
    start = time.perf_counter()
    for path in report_files(folder):
        if path.suffix.lower() == ".pdf":
            try:
                bare_text(path.read_bytes())
            except ReportError:
                continue
    return time.perf_counter() - start


def _most_memory() -> float:
    """The most memory, in MB, that this process or one that it started has held; from the operating system's count."""
    kilobytes = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return kilobytes / BYTES_A_UNIT
