"""What can be put to the questions: this service, by its name, and whatever else is registered here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from eval.answers import asked, open_for
from eval.cases import Case
from eval.machine import public_name
from eval.peers.opening import PEERS, open_peer
from eval.rows import Row, row_of
from eval.run_loop import RunProblem
from index.records import Source
from rag.answer import Answer
from rag.record import Surroundings, write_record
from rag.service import Service
from rag.settings import Settings

OWN = "chapter-and-verse"
WITHOUT = f"{OWN}-none"
SYSTEMS = (OWN, WITHOUT, *PEERS)
UNKNOWN = "There is no system '{name}'. Those known are {known}."
REMOTE_WORKERS = 4
RECORDS = "records"


@dataclass(frozen=True)
class System:
    """Something that answers cases: its name, what it makes of a case, how many at a time, and the reports it holds."""

    name: str
    ask: Callable[[Case], Row]
    workers: int
    sources: tuple[Source, ...]


Opener = Callable[[tuple[Path, ...], Settings, Path | None], System]


def meant_by(name: str, settings: Settings) -> tuple[str, Settings]:
    """The system that a name on the command line means, and its settings; raises RunProblem for an unknown name."""
    if name not in SYSTEMS:
        raise RunProblem(UNKNOWN.format(name=name, known=", ".join(SYSTEMS)))
    return (OWN, settings.model_copy(update={"model": "none"})) if name == WITHOUT else (name, settings)


def open_system(name: str, corpus: tuple[Path, ...], settings: Settings, folder: Path | None = None) -> System:
    """Open a system over these folders of reports; what it records goes below `folder`, if any. Raises RunProblem."""
    if name not in OPENERS:
        raise RunProblem(UNKNOWN.format(name=name, known=", ".join(OPENERS)))
    return OPENERS[name](corpus, settings, folder)


def of_service(service: Service, folder: Path | None = None) -> System:
    """An opened service as a system; in a folder it keeps a record of each answer for `python -m rag replay`."""
    keep = _recorder(service, folder / RECORDS) if folder else None

    def ask(case: Case) -> Row:
        answer = asked(case, service)
        if keep:
            keep(case, answer)
        return row_of(case.id, answer)

    return System(OWN, ask, workers_for(service.settings), service.index.sources)


def _recorder(service: Service, records: Path) -> Callable[[Case, Answer], None]:
    surroundings = Surroundings.of(service)
    surroundings = replace(
        surroundings, model=public_name(surroundings.model), embedder=public_name(surroundings.embedder)
    )
    records.mkdir(parents=True, exist_ok=True)
    return lambda case, answer: write_record(records / f"{file_name(case.id)}.json", answer, surroundings)


def workers_for(settings: Settings) -> int:
    """How many questions at a time: one where this machine does the work, a few where another does."""
    here = settings.model in {"embedded", "none"} or settings.model.endswith(".gguf")
    return 1 if here else REMOTE_WORKERS


def file_name(case_id: str) -> str:
    """A case's id as the name of a file, still one of a kind where it holds what a file's name may not."""
    safe = re.sub(r"[^\w.-]", "_", case_id)[:80]
    return safe if safe == case_id else f"{safe}-{hashlib.sha256(case_id.encode()).hexdigest()[:8]}"


def _open_own(corpus: tuple[Path, ...], settings: Settings, folder: Path | None) -> System:
    return of_service(open_for(corpus, settings), folder)


def _open_peer(name: str, corpus: tuple[Path, ...], settings: Settings, _folder: Path | None) -> System:
    """A peer, judged by our list of whose reports these are; it takes one question at a time."""
    ask = open_peer(name, corpus, settings)
    return System(name, ask, 1, open_for(corpus, settings).index.sources)


OPENERS: dict[str, Opener] = {OWN: _open_own, **{name: partial(_open_peer, name) for name in PEERS}}
