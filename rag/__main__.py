"""`python -m rag`: ask the reports a question, and see to the models."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from index.embed import open_embedder
from index.records import IndexProblem
from index.rerank import open_sentence_model
from index.weights import ModelStatus, WeightsError, load_manifest, status
from index.weights_fetch import Progress, fetch
from rag.answer import Answer, Outcome
from rag.history import UNDERSTOOD_AS, follow
from rag.record import Surroundings, as_json, write_record
from rag.replay import RecordProblem, Replayed, compare, read_record, with_recorded
from rag.service import open_service
from rag.settings import Settings

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)
ModelOption = Annotated[
    str | None,
    typer.Option(help="embedded, none, a path to a GGUF file, or provider:model; default from the settings."),
]


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in plain words; '-' reads it from standard input.")],
    model: ModelOption = None,
    print_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
    stream: Annotated[bool, typer.Option("--stream", help="Print evidence and sentences as they come.")] = False,
    record: Annotated[Path | None, typer.Option(help="Also write all that the answer rests on to this file.")] = None,
) -> None:
    """Answer one question from the reports, with the words the answer stands on."""
    settings = _settings(model)
    question = sys.stdin.read() if question == "-" else question
    try:
        service = open_service(settings)
    except IndexProblem as problem:
        raise _failed(str(problem)) from problem
    answer: Answer | None = None
    for answer in service.chain.stream(question):
        if stream and not print_json:
            _print_progress(answer)
    if answer is None:
        raise _failed("There was no answer.")
    if record:
        try:
            write_record(record, answer, Surroundings.of(service))
        except OSError as error:
            raise _failed(f"The record could not be written to {record}: {error.strerror}.") from error
    if print_json:
        out.print_json(json.dumps(as_json(answer), ensure_ascii=False))
    elif not stream:
        _print_answer(answer)
    raise typer.Exit(1 if answer.outcome is Outcome.FAILED else 0)


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="A record that `ask … --record FILE` wrote.")],
    print_json: Annotated[
        bool, typer.Option("--json", help="Print what is the same and what differs as JSON.")
    ] = False,
) -> None:
    """Ask a recorded question again, and say what is the same and what differs; exit status 1 when anything does."""
    try:
        recorded = read_record(file)
        settings = with_recorded(_settings(None), recorded)
        service = open_service(settings)
    except (RecordProblem, IndexProblem) as problem:
        raise _failed(str(problem)) from problem
    replayed = compare(recorded, service.chain.invoke(recorded.question), Surroundings.of(service))
    if print_json:
        out.print_json(json.dumps(asdict(replayed), ensure_ascii=False))
    else:
        _print_replayed(replayed)
    raise typer.Exit(1 if replayed.different else 0)


def _print_replayed(replayed: Replayed) -> None:
    out.print(replayed.question, markup=False)
    if any(change.startswith("index:") for change in replayed.changed):
        out.print("The index has changed since this was recorded.", markup=False)
    for change in replayed.changed:
        out.print(f"made with another {change}", style="dim", markup=False)
    out.print(f"the same: {', '.join(replayed.same) or 'nothing'}", markup=False)
    out.print(f"different: {', '.join(replayed.different) or 'nothing'}", markup=False)


@app.command()
def chat(model: ModelOption = None) -> None:
    """Ask one question after another; "and Newtown?" or "why?" go on from the one before. An empty line ends it."""
    settings = _settings(model)
    try:
        service = open_service(settings)
    except IndexProblem as problem:
        raise _failed(str(problem)) from problem
    answers: list[Answer] = []
    while question := _typed():
        *_, answer = follow(service, question, answers)
        answers.append(answer)
        if answer.understood_as:
            out.print(UNDERSTOOD_AS.format(question=answer.understood_as), style="dim", markup=False)
        _print_answer(answer)
        out.print()


def _typed() -> str:
    """The next question from standard input, empty at its end."""
    try:
        return err.input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        return ""


@app.command()
def models(
    check_only: Annotated[bool, typer.Option("--check", help="Say what is there; fetch nothing.")] = False,
) -> None:
    """List the models and fetch those that are missing."""
    settings = _settings(None)
    for model in load_manifest():
        found = status(model, settings.models)
        out.print(
            f"{model.name} ({model.purpose.value}, {model.total_bytes / 1e6:,.0f} MB, {model.licence}): {found.value}",
            markup=False,
        )
        if found is ModelStatus.PRESENT or check_only:
            continue
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        try:
            with Bar(*columns, console=err, transient=True) as bar:
                task = bar.add_task(model.name, total=model.total_bytes)

                def heard(progress: Progress, bar: Bar = bar, task: TaskID = task) -> None:
                    bar.update(task, completed=progress.done_bytes, description=escape(progress.note or progress.model))

                path = fetch(model, settings.models, local=settings.models_from, progress=heard)
        except WeightsError as error:
            raise _failed(str(error)) from error
        out.print(f"  fetched and checked: {path}", markup=False)
    if not check_only:
        _prepare_embedder(settings)


def _prepare_embedder(settings: Settings) -> None:
    """Have the embedding model written down for this machine now, and not at the first question."""
    try:
        with err.status("Preparing the embedding models, once"):
            for model in (open_embedder(settings), open_sentence_model(settings)):
                model.embed(["prepared"])
    except (IndexProblem, OSError) as error:
        raise _failed(f"The embedding model could not be prepared: {error}") from error


def _print_progress(answer: Answer) -> None:
    """Redraw nothing: print what is new, so that the stream can be piped."""
    if not answer.complete and not answer.sentences and not answer.withheld:
        for item in answer.evidence:
            out.print(f"[{item.token}] “{item.quote}”", style="dim", markup=False)
    elif not answer.complete and answer.sentences:
        sentence = answer.sentences[-1]
        out.print(sentence.text, "".join(f"[{token}]" for token in sentence.tokens), markup=False)
    elif answer.complete:
        out.print()
        _print_answer(answer)


def _print_answer(answer: Answer) -> None:
    out.print(answer.text, markup=False)
    out.print(
        f"\n{answer.outcome.value}, {answer.timing.total:.2f} s, model: {answer.model}", style="dim", markup=False
    )


def _settings(model: str | None) -> Settings:
    try:
        return Settings(model=model) if model else Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "CHAPTER_VERSE_" + ".".join(str(part) for part in first["loc"]).upper()
        raise _failed(f"{name} is '{first['input']}': {first['msg']}.") from error


def _failed(message: str) -> typer.Exit:
    err.print(message, style="red", markup=False)
    return typer.Exit(1)


if __name__ == "__main__":
    app()
