"""Questions to which the reports of a folder have no answer: a year or a council of which none is held."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.authorities import Authority, load_authorities
from corpus.report import Report
from corpus.sentences import sentences
from eval.draft_proposal import WORDINGS, Ask, Drafter, Proposal

# Years looked at before the first report of a folder.
YEARS_BEFORE = 2
INSPECTING = re.compile(r"\b(?:inspect|judged|judgement|graded?\b|rated|ofsted|visit|review)", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")


def without_answer(drafter: Drafter, reports: Sequence[Report]) -> Iterator[Proposal]:
    """Questions about a year of a council whose reports say of no inspection in it, and about councils not held."""
    years = {year for report in reports for year in report.years}
    if not years:
        return
    span = range(min(years) - YEARS_BEFORE, max(years) + 1)
    for authority, spoken_of in sorted(_years_spoken_of(reports).items()):
        for year in span:
            if year not in spoken_of:
                slots = {"authority": authority, "year": str(year)}
                yield drafter.propose_no(Ask("unanswerable", authority, WORDINGS["unanswerable"], slots))
    for name in _absent(reports):
        slots = {"authority": name, "year": drafter.pick([str(year) for year in sorted(years)], name)}
        yield drafter.propose_no(Ask("unanswerable", "a council not held", WORDINGS["unanswerable"], slots))


def _years_spoken_of(reports: Sequence[Report]) -> dict[str, set[int]]:
    """By council, the years of its reports, of the grades they recall and of any inspection they speak of."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for report in reports:
        if not report.authority:
            continue
        said = [judgement.of for judgement in report.judgements]
        for block in report.blocks:
            # A heading or bullet may carry the year of what the words beside it say.
            said += [part for part in (sentences(block.text) or [block.text]) if INSPECTING.search(part)]
        found[report.authority] |= report.years | {int(year) for text in said for year in YEAR.findall(text)}
    return found


def _absent(reports: Sequence[Report]) -> list[str]:
    """Neighbours of the councils held of which no report is held, nor of one before or after it, nor any word."""
    known = {authority.name: authority for authority in load_authorities()}
    held = {report.authority for report in reports if report.authority}
    near = sorted({name for authority in held if authority in known for name in known[authority].neighbours} - held)
    return [
        name
        for name in near
        if name in known and not _related(known[name]) & held and not any(name in report.text for report in reports)
    ]


def _related(authority: Authority) -> set[str]:
    return {change.name for change in (*authority.predecessors, *authority.successors)}
