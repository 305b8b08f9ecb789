"""Drafting questions about a folder of reports: proposals of every kind, spread evenly, added to a file."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.folder import SetAside, read_folder
from corpus.report import Report, plain
from eval.cases import Case, CaseError, load_cases
from eval.draft_absent import without_answer
from eval.draft_findings import from_sentences, vocabulary
from eval.draft_proposal import Drafter, Proposal, named_reports
from eval.draft_register import from_register
from eval.places import places, unit_of

# In the order in which they take turns.
KINDS = tuple("overall area number person date trend recommendation narrative false_premise unanswerable".split())


@dataclass(frozen=True)
class Wanted:
    """A file of `count` questions about a folder, at most `per_report` about any one report, by a seed."""

    folder: Path
    out: Path
    count: int = 60
    per_report: int = 6
    seed: int = 0


@dataclass(frozen=True)
class Drafted:
    """What a draft did: the questions added, those the file had, and what was left out, each with the reason."""

    added: tuple[Case, ...]
    kept: tuple[Case, ...]
    left_out: tuple[SetAside, ...]


@dataclass(frozen=True)
class _Read:
    """The reports of a folder, and what of it could not be used."""

    reports: tuple[Report, ...]
    left_out: tuple[SetAside, ...]


def draft(
    wanted: Wanted,
    processes: int = 1,
    counted: Callable[[int], None] = lambda _: None,
    heard: Callable[[], None] = lambda: None,
) -> Drafted:
    """Propose questions and add those that the file has not; what the file has stays as it is, letter for letter.

    The same folder, file and seed give the same questions. `counted` is told how many reports are to be read and
    `heard` each one that is. Raises CaseError when the file cannot be used or the folder holds nothing to ask
    about, ReportError when the folder cannot be read.
    """
    kept = _held(wanted)
    read = _read(wanted.folder, processes, counted, heard)
    proposals = _proposals(read.reports, wanted.seed)
    if not proposals:
        raise CaseError(
            f"Nothing could be asked about the reports in {wanted.folder}: of none are both the council and the year "
            "known. `python -m corpus check` says what was read; catalogue.toml may say what a file does not."
        )
    added = _chosen(proposals, kept, wanted)
    if added:
        _append(wanted.out, added)
    return Drafted(added, kept, read.left_out)


def _held(wanted: Wanted) -> tuple[Case, ...]:
    """The questions that the file has already; none where there is no file."""
    if wanted.folder.resolve() in wanted.out.resolve().parents:
        raise CaseError(f"{wanted.out} lies among the reports. Name a file outside {wanted.folder} with --out.")
    if wanted.out.exists() and not wanted.out.is_file():
        raise CaseError(f"{wanted.out} is no file to write questions in. Name another with --out.")
    if not wanted.out.parent.is_dir():
        raise CaseError(f"There is no folder {wanted.out.parent}. Create it, or name another file with --out.")
    try:
        empty = not wanted.out.exists() or not wanted.out.read_bytes().strip()
    except OSError as error:
        raise CaseError(f"{wanted.out} cannot be read: {error.strerror}.") from error
    return () if empty else load_cases(wanted.out)


def _read(folder: Path, processes: int, counted: Callable[[int], None], heard: Callable[[], None]) -> _Read:
    reports: list[Report] = []
    left_out: list[SetAside] = []
    for found in read_folder(folder, processes=processes, counted=counted):
        heard()
        if isinstance(found, SetAside):
            left_out.append(found)
        elif isinstance(found, Report):
            reports.append(found)
            if not (found.authority and found.year):
                left_out.append(SetAside(found.document, "Its council or its year is not known."))
    if not reports:
        told = f" None of its {len(left_out)} files can be read as one: {left_out[0].reason}" if left_out else ""
        raise CaseError(f"{folder} holds no reports.{told} Put PDF, HTML, Word, text or Markdown files in it.")
    return _Read(tuple(reports), tuple(left_out))


def _proposals(reports: Sequence[Report], seed: int) -> dict[str, list[Proposal]]:
    """All that can be asked, by kind, each kind in an order of its own that the seed decides."""
    drafter, named = Drafter(seed), named_reports(reports)
    found: defaultdict[str, list[Proposal]] = defaultdict(list)
    for proposal in (
        *from_register(drafter, named, reports),
        *from_sentences(drafter, named, vocabulary(reports)),
        *without_answer(drafter, reports),
    ):
        found[proposal.case.kind].append(proposal)
    for kind, proposals in found.items():
        random.Random(f"{seed}|{kind}").shuffle(proposals)  # noqa: S311  (a draw, not a secret)
    return found


def _chosen(proposals: Mapping[str, list[Proposal]], kept: Sequence[Case], wanted: Wanted) -> tuple[Case, ...]:
    """New questions up to the count: the kind that has fewest is next, in it the subject, then the report.

    A question is taken only where its quote is found in the file, and says at which page or line.
    """
    kinds, reports = Counter(case.kind for case in kept), Counter(name for case in kept for name in case.documents)
    subjects: Counter[tuple[str, str]] = Counter()
    known = {key for case in kept for key in (case.id, plain(case.question).lower())}
    pools = {kind: list(proposals.get(kind, ())) for kind in KINDS}
    added: list[Case] = []
    while any(pools.values()) and len(kept) + len(added) < wanted.count:
        kind = min((kind for kind in KINDS if pools[kind]), key=lambda kind: kinds[kind])
        used = [(subjects[kind, each.about], _most(reports, each.case)) for each in pools[kind]]
        best = pools[kind].pop(used.index(min(used)))
        keys = {best.case.id, plain(best.case.question).lower()}
        if keys & known or _most(reports, best.case) >= wanted.per_report:
            continue
        if case := _placed(best.case, wanted.folder):
            added.append(case)
            known |= keys
            kinds[kind] += 1
            subjects[kind, best.about] += 1
            reports.update(case.documents)
    return tuple(added)


def _most(reports: Mapping[str, int], case: Case) -> int:
    """How many questions there are about the one of its reports that has most."""
    return max((reports[name] for name in case.documents), default=0)


def _placed(case: Case, folder: Path) -> Case | None:
    """The case with the page or line of its quote; None where the quote is not found letter for letter."""
    if case.quote is None:
        return case
    file = folder / case.documents[0]
    found = places(case.quote, file)
    if not found:
        return None
    if unit_of(file) == "line":
        return case.model_copy(update={"line": found[0], "page": None})
    return case.model_copy(update={"page": case.page if case.page in found else found[0]})


def _append(out: Path, cases: Iterable[Case]) -> None:
    """Write cases behind what a file has, `reviewed` first in each line, where it is seen."""
    lines = [json.dumps(_fields(case), ensure_ascii=False) for case in cases]
    try:
        broken_off = out.exists() and (held := out.read_bytes()) and not held.endswith(b"\n")
        with out.open("a", encoding="utf-8", newline="\n") as file:
            file.write(("\n" if broken_off else "") + "\n".join(lines) + "\n")
    except OSError as error:
        raise CaseError(
            f"{out} cannot be written: {error.strerror}. Name another file with --out, or make room on the disk."
        ) from error


def _fields(case: Case) -> dict[str, object]:
    """The fields of a line: those that people look at first, without those that say nothing."""
    held = case.model_dump(mode="json", exclude_none=True)
    return {"reviewed": case.reviewed} | {name: value for name, value in held.items() if name != "history" or value}
