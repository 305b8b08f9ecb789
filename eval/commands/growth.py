"""`python -m eval growth` and `search-speed`: what so many passages cost, and how fast the index at hand is."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from eval.cases import FACTS, load_cases
from eval.commands.shared import PROBLEMS, AsJson, Cases, Limit, Seed, failed, out
from eval.growth import Growth, grow
from eval.machine import machine
from eval.run import drawn
from eval.search_speed import SearchSpeed, search_speed
from rag.settings import Settings


def growth_command(
    passages: Annotated[int, typer.Option(min=100, max=20_000_000, help="How many passages to make.")] = 40_000,
    cases: Cases = FACTS,
    limit: Limit = 100,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Make a throw-away index of so many passages out of the one at hand, and say what it costs.

    Texts and vectors are those of the index that the settings name, over and over with changes. It is made in a
    temporary folder (TMPDIR says where), searched for the questions of the cases, and removed. A million takes
    an hour and 12 GB of memory.
    """
    try:
        questions = tuple(case.question for case in drawn(load_cases(cases), limit, seed))
        found = grow(passages, questions, Settings())
    except PROBLEMS as problem:
        raise failed(problem) from problem
    if as_json:
        out.print_json(json.dumps({**asdict(found), "machine": machine().model_dump()}))
    else:
        _print_growth(found)


def search_speed_command(
    cases: Cases = FACTS,
    limit: Limit = 200,
    seed: Seed = 0,
    goals: Annotated[bool, typer.Option("--goals", help="Exit with 1 when a goal is missed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Open the index that the settings name in a new process, search it for the questions of the cases, and time it."""
    try:
        found = search_speed(tuple(case.question for case in drawn(load_cases(cases), limit, seed)))
    except PROBLEMS as problem:
        raise failed(problem) from problem
    if as_json:
        met = {"times_embedding": found.times_embedding, "goals": found.goals}
        out.print_json(json.dumps({**asdict(found), **met, "machine": machine().model_dump()}))
    else:
        _print_speed(found)
    raise typer.Exit(1 if goals and not all(found.goals.values()) else 0)


def _print_growth(found: Growth) -> None:
    sizes = Table("what", "")
    for name, value in (
        ("fill the vector store", f"{found.chroma_build:,.1f} s"),
        ("make the search by words", f"{found.lexical_build:,.1f} s"),
        ("open, ready to be asked", f"{found.open_seconds:,.1f} s"),
        ("disk: Chroma", f"{found.chroma_disk:,.0f} MB"),
        ("disk: vectors as a matrix", f"{found.exact_disk:,.0f} MB"),
        ("disk: texts and places", f"{found.passages_disk:,.0f} MB"),
        ("disk: search by words", f"{found.lexical_disk:,.0f} MB"),
        ("memory when opened", f"{found.memory:,.0f} MB"),
        ("memory that Chroma adds", f"{found.chroma_memory:,.0f} MB"),
    ):
        sizes.add_row(name, value)
    out.print(f"{found.passages:,} passages.")
    out.print(sizes)
    speeds = Table("search", "median", "95th percentile")
    for name, each in (
        ("by meaning, exact", found.exact),
        ("by meaning, Chroma", found.chroma),
        ("by words", found.lexical),
        ("the whole search, question embedded", found.fused),
    ):
        speeds.add_row(name, f"{1000 * each.median:.1f} ms", f"{1000 * each.p95:.1f} ms")
    out.print(speeds)
    out.print(str(machine()), markup=False)


def _print_speed(found: SearchSpeed) -> None:
    shown = Table("what", "median", "95th percentile")
    shown.add_row("search", *(f"{1000 * value:.1f} ms" for value in found.search))
    shown.add_row("embed the question alone", *(f"{1000 * value:.1f} ms" for value in found.embedding))
    shown.add_row("search in times of embedding", f"{found.times_embedding:.1f}", "")
    shown.add_row("start to the first answer", f"{found.start:.2f} s", "")
    shown.add_row("of that, opening the index", f"{found.opening:.2f} s", "")
    shown.add_row("largest memory", f"{found.memory:,.0f} MB", "")
    out.print(shown)
    for goal, met in found.goals.items():
        out.print(f"{'met' if met else 'MISSED'}: {goal}", markup=False)
    out.print(f"{found.questions} questions, {found.passages:,} passages. {machine()}", markup=False)
