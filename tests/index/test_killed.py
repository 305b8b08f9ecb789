"""A sync that is killed at any moment leaves an index that can be asked, and the next sync makes it whole."""

from __future__ import annotations

import random
import shutil
import signal
import time
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from index import snapshot
from index.intact import look
from index.search import Index, open_index
from index.store import PassageStore
from index.sync import LOCK, recipe_of, sync
from tests.fakes import FakeEmbedder
from tests.syncing import STEPS, begun, processes

INSPECTION, LETTER = "hartlepool-2022-inspection.txt", "hartlepool-2024-focused-visit.txt"
RUTLAND = "rutland-2023-inspection.md"
QUESTIONS = ("return home interviews", "private fostering", "use of agency staff", "a kite club for carers")
MOMENTS = 10
OLD, NEW = "fake-64", "other"


@dataclass(frozen=True)
class Case:
    """A corpus that has changed since it was indexed; what a reader finds before a sync with an embedder, and after."""

    corpus: Path
    folder: Path
    embedder: str
    before: object
    after: object
    seconds: float


@pytest.fixture(scope="module")
def context() -> ForkServerContext:
    return processes()


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory, context: ForkServerContext) -> dict[str, Case]:
    """The same change of reports with the embedder of before, and with another, so that all is replaced."""
    place = tmp_path_factory.mktemp("case")
    corpus = Path(shutil.copytree(Path(__file__).parents[1] / "reports", place / "corpus"))
    folder = place / "index"
    sync((corpus,), folder, FakeEmbedder(name=OLD))
    before = found(open_index(folder, FakeEmbedder(name=OLD)))
    letter = (corpus / LETTER).read_text("utf-8")
    (corpus / LETTER).write_text(letter + "\n\nThe council runs a kite club for carers on Fridays.\n", "utf-8")
    (corpus / RUTLAND).unlink()
    (corpus / INSPECTION).rename(corpus / "renamed.txt")
    (corpus / "new.txt").write_text("Children in Rutland fly kites with their carers each week. " * 9, "utf-8")
    made = {}
    for name in (OLD, NEW):
        whole = Path(shutil.copytree(folder, place / name))
        process = begun(context, corpus, whole, name)
        start = time.monotonic()
        process.join(60)
        after = found(open_index(whole, FakeEmbedder(name=name)))
        assert after != before
        made[name] = Case(corpus, folder, name, before, after, time.monotonic() - start)
    return made


@pytest.fixture
def case(cases: dict[str, Case], request: pytest.FixtureRequest) -> Case:
    """One of the two, by a parameter."""
    return cases[request.param]


@pytest.fixture
def copy(case: Case, tmp_path: Path) -> Path:
    return Path(shutil.copytree(case.folder, tmp_path / "index"))


def found(index: Index) -> object:
    """All that a reader can ask of an index."""
    passages = {source.document: index.passages(source.document) for source in index.sources}
    assert {source.document: source.passages for source in index.sources} == {
        document: len(held) for document, held in passages.items()
    }
    hits = [index.search(question) for question in QUESTIONS]
    assert all(hit.dense_rank or hit.lexical_rank for some in hits for hit in some)
    near = [float(each) for held in passages.values() for each in index.nearness(QUESTIONS[0], held)]
    assert any(near)
    return (index.sources, index.grades, index.statements, index.officers, passages, hits, near)


def check(case: Case, folder: Path) -> None:
    """What is left by a killed sync is the old state or the new; another sync makes it the new, whole."""
    state = snapshot.current(folder)
    assert state is not None
    left = found(open_index(folder, FakeEmbedder(name=state.made.embedder)))
    assert left in (case.before, case.after)
    embedder = FakeEmbedder(name=case.embedder)
    sync((case.corpus,), folder, embedder)
    assert found(open_index(folder, embedder)) == case.after
    looked = look(PassageStore(folder / "chroma", recipe_of(embedder)))
    assert looked is not None
    held = {source.digest[:16]: source.passages for source in open_index(folder, embedder).sources}
    assert (looked.counts, looked.bad) == (held, {})
    assert not list((folder / "snapshots").glob("*.part"))


def by_turns(number: int) -> list[str]:
    """The names of the two cases by turns."""
    return [(OLD, NEW)[place % 2] for place in range(number)]


@pytest.mark.parametrize(("moment", "case"), list(enumerate(by_turns(MOMENTS))), indirect=["case"])
def test_killed_at_any_moment(case: Case, copy: Path, context: ForkServerContext, moment: int) -> None:
    part = (moment + random.Random(moment).random()) / MOMENTS  # noqa: S311  (no secret: a moment)
    process = begun(context, case.corpus, copy, case.embedder)
    time.sleep(case.seconds * part)
    process.kill()
    process.join(60)
    check(case, copy)


@pytest.mark.parametrize(("step", "case"), list(zip(STEPS, by_turns(len(STEPS)), strict=True)), indirect=["case"])
def test_killed_at_each_step(case: Case, copy: Path, context: ForkServerContext, step: str) -> None:
    process = begun(context, case.corpus, copy, case.embedder, step)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    check(case, copy)


def test_a_lock_that_a_killed_sync_left_keeps_nobody_out(
    cases: dict[str, Case], tmp_path: Path, context: ForkServerContext
) -> None:
    process = begun(context, cases[OLD].corpus, tmp_path / "index", OLD, "two rows written")
    process.join(60)
    assert (tmp_path / "index" / LOCK).exists()
    # What a first sync has by then can be asked, and the next goes on from there.
    assert len(open_index(tmp_path / "index", FakeEmbedder(name=OLD)).sources) == 2
    counts = sync((cases[OLD].corpus,), tmp_path / "index", FakeEmbedder(name=OLD))
    assert (counts.added, counts.unchanged) == (1, 2)
