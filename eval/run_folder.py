"""The folder that keeps one run: its configuration, answers, records, verdicts and figures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.settings import PROJECT
from eval.alone import LOCK
from eval.cases import Case
from eval.checker import CheckerErrors
from eval.figures import Figures
from eval.machine import Machine, Versions, public_name
from eval.measures import Verdict
from eval.rows import Row, load_rows
from eval.run_loop import RunProblem
from index.records import Source

FORMAT = "chapter-and-verse-run-1"
RUN, ANSWERS, REPORTS, VERDICTS, FIGURES = (
    "run.json",
    "answers.jsonl",
    "reports.json",
    "verdicts.jsonl",
    "figures.json",
)
SOURCES: TypeAdapter[tuple[Source, ...]] = TypeAdapter(tuple[Source, ...])
VERDICT: TypeAdapter[Verdict] = TypeAdapter(Verdict)


class Asked(BaseModel):
    """What decides what a run asks of whom: two parts of one run must have it alike.

    `cases` is the file's name and `cases_sha256` the sum of the cases drawn from it; `corpus` names folders without
    where they lie, unless that is in the project.
    """

    model_config = ConfigDict(frozen=True)

    system: str
    model: str
    cases: str
    cases_sha256: str
    questions: int
    limit: int | None
    seed: int
    corpus: tuple[str, ...]


class Part(BaseModel):
    """One start of a run: a run that stopped and went on has several."""

    model_config = ConfigDict(frozen=True)

    started: datetime
    machine: Machine
    versions: Versions


class Configuration(BaseModel):
    """All that a run was made with; `settings` are those that decide how answers are found and written."""

    model_config = ConfigDict(frozen=True)

    format: str = FORMAT
    asked: Asked
    settings: dict[str, int | float | str]
    parts: tuple[Part, ...]


class Measured(BaseModel):
    """The figures of a run, by kind and last over all, the checker's own errors, and the process's largest memory."""

    model_config = ConfigDict(frozen=True)

    figures: tuple[Figures, ...]
    checker: CheckerErrors
    memory_megabytes: float


@dataclass(frozen=True)
class Run:
    """A run as it was kept, whole."""

    folder: Path
    configuration: Configuration
    rows: dict[str, Row]
    verdicts: tuple[Verdict, ...]
    measured: Measured

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.folder.name


def new_folder(below: Path, cases: str, model: str) -> Path:
    """A folder that is not there yet, named by time, cases and model."""
    plain = public_name(model).replace("/", "_").replace(":", "_")
    name = f"{datetime.now(tz=UTC):%Y%m%d-%H%M%S}-{cases}-{plain}"
    numbered = (below / (name if number == 1 else f"{name}-{number}") for number in range(1, 1000))
    return next(folder for folder in numbered if not folder.exists())


def asked_of(
    system: str, model: str, cases: Iterable[Case], file: Path, drawn: tuple[int | None, int], corpus: Iterable[Path]
) -> Asked:
    """What a run asks; `drawn` is the limit and the seed."""
    lines = [case.model_dump_json() for case in cases]
    return Asked(
        system=system,
        model=public_name(model),
        cases=file.name,
        cases_sha256=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
        questions=len(lines),
        limit=drawn[0],
        seed=drawn[1],
        corpus=tuple(_shown(folder) for folder in corpus),
    )


def earlier_parts(folder: Path, asked: Asked) -> tuple[Part, ...]:
    """The parts of this run that the folder holds, none when it is new or empty.

    Raises RunProblem when it holds another run, or something else.
    """
    if (folder / RUN).exists():
        before = read_configuration(folder)
        old, new = before.asked.model_dump(), asked.model_dump()
        if differing := [f"{name} {old[name]} then, {new[name]} now" for name in old if old[name] != new[name]]:
            raise RunProblem(f"{folder} holds another run ({'; '.join(differing)}). Name another folder with --run.")
        return before.parts
    if folder.exists() and any(entry.name != LOCK for entry in folder.iterdir()):
        raise RunProblem(f"{folder} is not empty and holds no run. Name another folder with --run.")
    return ()


def begin(folder: Path, asked: Asked, settings: dict[str, int | float | str], part: Part) -> Configuration:
    """Write down what a run is made with, after its earlier parts; raises RunProblem as `earlier_parts`."""
    configuration = Configuration(asked=asked, settings=settings, parts=(*earlier_parts(folder, asked), part))
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / RUN, configuration.model_dump_json(indent=1))
    return configuration


def keep(folder: Path, sources: tuple[Source, ...], verdicts: Iterable[Verdict], measured: Measured) -> None:
    """Write what was measured beside the answers."""
    _write(folder / REPORTS, SOURCES.dump_json(sources, indent=1).decode())
    _write(folder / VERDICTS, "\n".join(VERDICT.dump_json(verdict).decode() for verdict in verdicts))
    _write(folder / FIGURES, measured.model_dump_json(indent=1))


def read_configuration(folder: Path) -> Configuration:
    """The configuration of a run; raises RunProblem when there is none that this version reads."""
    try:
        return Configuration.model_validate_json((folder / RUN).read_text("utf-8"))
    except OSError as error:
        raise RunProblem(f"{folder} holds no run: `python -m eval run --run {folder}` makes one.") from error
    except ValidationError as error:
        raise RunProblem(f"{folder / RUN} cannot be read: it was changed by hand or by another version.") from error


def load_run(folder: Path) -> Run:
    """A run that is finished; raises RunProblem for one that is not, or that cannot be read."""
    configuration = read_configuration(folder)
    if not (folder / FIGURES).exists():
        raise RunProblem(
            f"The run in {folder} is not finished: {len(load_rows(folder / ANSWERS))} of "
            f"{configuration.asked.questions} answers are there. Run the same command with --run {folder} to go on."
        )
    try:
        lines = (folder / VERDICTS).read_text("utf-8").splitlines()
        verdicts = tuple(VERDICT.validate_json(line) for line in lines if line)
        measured = Measured.model_validate_json((folder / FIGURES).read_text("utf-8"))
    except (OSError, ValidationError) as error:
        raise RunProblem(
            f"The figures in {folder} cannot be read. Run the same command with --run {folder} to make them again."
        ) from error
    return Run(folder, configuration, load_rows(folder / ANSWERS), verdicts, measured)


def _write(file: Path, text: str) -> None:
    partial = file.with_name(f"{file.name}.partial")
    partial.write_text(f"{text}\n", "utf-8")
    partial.replace(file)


def _shown(folder: Path) -> str:
    whole = folder.resolve()
    return str(whole.relative_to(PROJECT)) if whole.is_relative_to(PROJECT) else whole.name
