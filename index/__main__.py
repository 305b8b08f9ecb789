"""`python -m index`: bring the index in step with the reports, say what it holds, search it, list its register."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE
from rich.table import Column, Table

from corpus.report import ReportError
from corpus.screen import cell
from index.console import AsJson, err, failed, out
from index.embed import open_embedder
from index.progress import progress
from index.records import NOT_WRITTEN, IndexProblem, Source, SyncCounts
from index.register_command import list_register
from index.settings import IndexSettings
from index.weights import WeightsError, embedding_model
from index.weights_fetch import fetch

if TYPE_CHECKING:
    from index.search import Index
    from index.sync import SyncProgress
    from index.verify import Fault, Places

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
app.command("register")(list_register)
Corpus = Annotated[list[Path] | None, typer.Option(help="Folder of reports; may be given several times.")]


@app.command()
def sync(
    corpus: Corpus = None,
    as_json: AsJson = False,
) -> None:
    """Read new and changed reports, drop removed ones. Unchanged reports cost nothing."""
    settings = IndexSettings()
    folders = _folders(corpus, settings)
    counts = _run_sync(folders, settings)
    if as_json:
        out.say_json(dataclasses.asdict(counts))
        return
    _print_counts(counts)
    if counts.passages == 0:
        out.say(f"There are no reports in {', '.join(map(str, folders))}. Put some there and sync again.")


def _folders(corpus: list[Path] | None, settings: IndexSettings) -> tuple[Path, ...]:
    return tuple(corpus) if corpus else settings.corpus


def _print_counts(counts: SyncCounts) -> None:
    out.say(
        f"{counts.added} added, {counts.changed} changed, {counts.unchanged} unchanged, {counts.removed} removed; "
        f"{counts.passages:,} passages in the index."
    )
    for document, reason in counts.set_aside:
        out.say(f"Set aside: {document}: {reason}")


@app.command()
def status(as_json: AsJson = False) -> None:
    """Say which reports the index holds, what it was made with and when, and what is amiss."""
    # Chroma, as for a sync.
    from index.status import status_of  # noqa: PLC0415
    from index.sync import made_of  # noqa: PLC0415

    settings = IndexSettings()
    try:
        found = status_of(settings.index, settings.register_at, made_of(open_embedder(settings)))
    except IndexProblem as problem:
        raise failed(str(problem)) from problem
    if as_json:
        out.say_json(dataclasses.asdict(found))
        return
    out.print(_reports(found.sources))
    passages = sum(source.passages for source in found.sources)
    out.say(f"{len(found.sources)} reports, {passages:,} passages; synced {found.synced or 'at an unknown time'}.")
    if made := found.made:
        parts = {"Embedder": made.embedder, "chunker": made.chunker, "reader": made.reader, "schema": made.schema}
        out.say("; ".join(f"{name} {value}" for name, value in parts.items()) + ".")
    if found.note:
        out.say(found.note, style="yellow")


def _reports(sources: tuple[Source, ...]) -> Table:
    table = Table(
        Column("document", overflow="fold", ratio=3, min_width=12),
        Column("authority", overflow="fold", ratio=2, min_width=9),
        Column("kind", overflow="fold", ratio=1, min_width=10),
        Column("published", no_wrap=True, min_width=10),
        Column("passages", justify="right", no_wrap=True),
        Column("problems", overflow="fold", ratio=3, min_width=12),
        box=SIMPLE,
        show_edge=False,
    )
    for source in sources:
        when = source.published or source.year
        cells = (source.document, source.authority, source.kind, when, source.passages, " ".join(source.problems))
        table.add_row(*(cell(each, "?") for each in cells))
    return table


@app.command()
def verify(corpus: Corpus = None, as_json: AsJson = False) -> None:
    """Check that reports, register, passages, vectors and snapshot agree; exit status 1 when they do not."""
    from index.sync import made_of  # noqa: PLC0415  (as above)
    from index.verify import verify as verify_index  # noqa: PLC0415

    settings = IndexSettings()
    with _problems_told():
        found = verify_index(_folders(corpus, settings), _places(settings), made_of(open_embedder(settings)))
    if as_json:
        out.say_json(dataclasses.asdict(found))
    else:
        _print_faults(found.faults)
        if found.unread:
            out.say(f"{len(found.unread)} files are not in the index: they are new, or the sync set them aside.")
        if not found.faults:
            out.say(f"All agrees: {found.reports} reports, {found.passages:,} passages and their vectors.")
    if found.faults:
        raise typer.Exit(1)


@app.command()
def repair(corpus: Corpus = None, as_json: AsJson = False) -> None:
    """Mend what `verify` finds: drop what is broken, put back what is held whole elsewhere, read the rest again."""
    from index.repair import repair as repair_index  # noqa: PLC0415  (as above)

    settings = IndexSettings()
    folders = _folders(corpus, settings)
    with _problems_told(), _progress(folders) as heard:
        _fetch_embedder(settings)
        done = repair_index(
            folders,
            _places(settings),
            open_embedder(settings),
            batch=settings.embed_batch,
            processes=settings.processes,
            heard=heard,
        )
    if as_json:
        out.say_json(dataclasses.asdict(done))
    else:
        for sentence in done.dropped:
            out.say(sentence)
        _print_counts(done.counts)
        _print_faults(done.left)
        if not done.left:
            out.say("All agrees now.")
    if done.left:
        raise typer.Exit(1)


@app.command()
def search(
    question: Annotated[str, typer.Argument(help="What to look for, in plain words.")],
    count: Annotated[int, typer.Option(min=1, max=100, help="How many passages.")] = 5,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each passage came where it did.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the passages that answer a question best, only of the authority and date that it names."""
    # As for a sync: the register's commands need none of it.
    from index.retrieval import explain as told  # noqa: PLC0415
    from index.retrieval.find import find  # noqa: PLC0415

    index = _opened(IndexSettings())
    found = find(question, index, count)
    if as_json:
        out.say_json(told.as_json(found, len(index.sources)))
        return
    taken = told.understood(found.asked)
    out.say("Understood: " + "; ".join(f"{name}: {text}" for name, text in taken.items()) + ".", style="dim")
    out.say(" ".join([told.looked_in(found.scope.sources, len(index.sources)), *found.scope.gaps]), style="dim")
    out.say("" if found.passages else "No passage fits.")
    for number, ranked in enumerate(found.passages, start=1):
        passage, source = ranked.hit.passage, ranked.hit.source
        where = ", ".join([*passage.headings[-2:], *([f"page {passage.page}"] if passage.page else [])])
        out.say(f"{number}. {source.authority or source.document} {source.year or ''}, {where}", style="bold")
        out.say(f"   {f'{passage.lead} ' if passage.lead else ''}{passage.text}")
        for line in told.reasons(ranked) if explain else ():
            out.say(f"   - {line}", style="dim")
        out.say("")


def _run_sync(folders: tuple[Path, ...], settings: IndexSettings) -> SyncCounts:
    # Both are slow to load, which a look into the register need not wait for.
    from index.cluster import reader_for_sync  # noqa: PLC0415
    from index.embed_pool import embedder_for_sync  # noqa: PLC0415
    from index.sync import sync as sync_index  # noqa: PLC0415

    with _problems_told(), _progress(folders) as heard:
        _fetch_embedder(settings)
        with embedder_for_sync(settings) as embedder, reader_for_sync(settings) as read:
            return sync_index(
                folders,
                settings.index,
                embedder,
                batch=settings.embed_batch,
                processes=settings.processes,
                register=settings.register_at,
                server=settings.chroma_server,
                read=read,
                heard=heard,
            )


def _fetch_embedder(settings: IndexSettings) -> None:
    if settings.embedder == "embedded":
        fetch(embedding_model(), settings.models, local=settings.models_from)


@contextmanager
def _progress(folders: tuple[Path, ...]) -> Iterator[Callable[[SyncProgress], None]]:
    from corpus.folder import report_files  # noqa: PLC0415  (as above)

    total = sum(len(report_files(folder)) for folder in folders if folder.is_dir())
    with progress(total, err) as heard:
        yield heard


@contextmanager
def _problems_told() -> Iterator[None]:
    try:
        yield
    except (IndexProblem, ReportError, WeightsError) as problem:
        raise failed(str(problem)) from problem
    except OSError as error:
        raise failed(NOT_WRITTEN.format(what="index", reason=error.strerror or error)) from error


def _places(settings: IndexSettings) -> Places:
    from index.verify import Places  # noqa: PLC0415  (as above)

    return Places(settings.index, settings.register_at, settings.chroma_server)


def _print_faults(faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        out.say(f"{fault.document or 'The index'}, {fault.part}: {fault.sentence}")
    if faults:
        out.say("Run `python -m index repair` to mend it.")


def _opened(settings: IndexSettings) -> Index:
    from index.rerank import open_weighing  # noqa: PLC0415
    from index.search import open_index  # noqa: PLC0415  (as above)

    try:
        weighing = open_weighing(settings)
        return open_index(
            settings.index, open_embedder(settings), settings.register_at, weighing, settings.chroma_server
        )
    except IndexProblem as problem:
        raise failed(str(problem)) from problem


if __name__ == "__main__":
    app()
