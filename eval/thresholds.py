"""How good a run must be, by case file and model, read from a file; and which of its demands a run does not meet."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.figures import ALL, MEASURES, Figures
from eval.run_folder import Asked
from eval.run_loop import RunProblem

THRESHOLDS = Path(__file__).with_name("thresholds.toml")
BY_NAME = {measure.name: measure for measure in MEASURES}


class Threshold(BaseModel):
    """What is demanded of runs over one case file by one model.

    `limit` is the size of the sample that it is for, None for the whole file; `kind` the kind of question. Of a
    measure that is better when it is more, the number is the least share; of the others the greatest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cases: str
    model: str
    limit: int | None = None
    kind: str = ALL
    system: str = "chapter-and-verse"
    shares: dict[str, float] = Field(min_length=1)


@dataclass(frozen=True)
class Held:
    """One demand and what was measured; `value` is None where the measure applied to no answer."""

    kind: str
    measure: str
    demanded: float
    value: float | None
    holds: bool

    def __str__(self) -> str:
        """The demand in words, with what was measured."""
        measure = BY_NAME[self.measure]
        bound = "at least" if measure.more_is_better else "at most"
        found = "nothing to measure" if self.value is None else f"{100 * self.value:.1f} %"
        return f"{measure.title} ({self.kind}): {found}, {bound} {100 * self.demanded:.1f} % is demanded"


def load_thresholds(file: Path) -> tuple[Threshold, ...]:
    """The demands in a file, a table [[threshold]] each; raises RunProblem with the fault."""
    try:
        found = tomllib.loads(file.read_text("utf-8")).get("threshold", [])
    except OSError as error:
        raise RunProblem(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise RunProblem(f"{file.name} is no TOML: {error}.") from error
    if not isinstance(found, list) or not found:
        raise RunProblem(f"{file.name} has no table [[threshold]].")
    return tuple(_threshold(entry, number, file.name) for number, entry in enumerate(found, start=1))


def hold(thresholds: tuple[Threshold, ...], asked: Asked, table: Mapping[str, Figures]) -> tuple[Held, ...]:
    """Each demand made of such a run, and whether it holds; raises RunProblem when none is made of it.

    `table` holds figures by kind. A demand on what was not measured does not hold.
    """
    meant = [
        each
        for each in thresholds
        if (each.cases, each.model, each.limit, each.system) == (asked.cases, asked.model, asked.limit, asked.system)
    ]
    if not meant:
        sample = f" with --limit {asked.limit}" if asked.limit else ""
        raise RunProblem(
            f"No threshold is set for {asked.cases}, model {asked.model}{sample}. Add a [[threshold]] for it."
        )
    return tuple(_held(each.kind, name, least, table) for each in meant for name, least in each.shares.items())


def _held(kind: str, name: str, demanded: float, table: Mapping[str, Figures]) -> Held:
    value = table[kind].share(name) if kind in table else None
    if value is None:
        return Held(kind, name, demanded, None, holds=False)
    return Held(kind, name, demanded, value, value >= demanded if BY_NAME[name].more_is_better else value <= demanded)


def _threshold(entry: dict[str, object], number: int, name: str) -> Threshold:
    keys = {key for key in Threshold.model_fields if key != "shares"}
    shares = {key: value for key, value in entry.items() if key not in keys}
    if unknown := sorted(set(shares) - set(BY_NAME)):
        raise RunProblem(
            f"{name}, threshold {number}: there is no measure '{unknown[0]}'. Known: {', '.join(BY_NAME)}."
        )
    try:
        return Threshold.model_validate({**{key: entry[key] for key in keys & set(entry)}, "shares": shares})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RunProblem(f"{name}, threshold {number}: {where}: {first['msg']}.") from error
