"""Reports that others read and embed are those that would have been read here; one that writes is enough."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from corpus.folder import SetAside, Unchanged
from corpus.pool import ReaderStopped
from index import cluster
from index.cluster import Embedded, Job, engine_at, read_over
from index.records import IndexProblem
from index.search import open_index
from index.settings import IndexSettings
from index.sync import sync
from tests.fakes import FakeEmbedder

INSPECTION = "hartlepool-2022-inspection.txt"
SETTINGS = IndexSettings.model_validate({"chroma_token": "a secret", "register_url": "postgresql://u:secret@host/d"})
needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason='the extra is not installed: pip install ".[cluster]"'
)


@dataclass
class Here:
    """An engine that does the work itself and keeps what it was given; some documents end its processes."""

    deadly: frozenset[str] = frozenset()
    jobs: list[Job] = field(default_factory=list)

    def results(self, work: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        for task in tasks:
            self.jobs.append(task)
            yield ReaderStopped("it ended its process") if task.document in self.deadly else work(task)


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_embedder", lambda _: FakeEmbedder())


def synced(corpus: Path, folder: Path, engine: Here) -> tuple[tuple[int, ...], FakeEmbedder]:
    own = FakeEmbedder()
    counts = sync((corpus,), folder, own, read=partial(read_over, engine, settings=SETTINGS))
    return (counts.added, counts.changed, counts.unchanged, len(counts.set_aside)), own


def everything(folder: Path) -> list[object]:
    index = open_index(folder, FakeEmbedder())
    hits = index.search("How quickly are return home interviews done?")
    return [index.sources, index.grades, *(index.passages(each.document) for each in index.sources), hits]


def test_the_index_is_the_one_that_would_have_been_made_here(
    tmp_path: Path, corpus_folder: Path, built_index: Path
) -> None:
    counts, own = synced(corpus_folder, tmp_path / "index", Here())
    assert counts == (3, 0, 0, 0)
    assert own.calls == []
    assert everything(tmp_path / "index") == everything(built_index)


def test_only_what_is_new_is_sent(tmp_path: Path, corpus_folder: Path) -> None:
    synced(corpus_folder, tmp_path / "index", Here())
    path = corpus_folder / INSPECTION
    path.write_text(path.read_text("utf-8") + "\n\nA line more.\n", "utf-8")
    engine = Here()
    assert synced(corpus_folder, tmp_path / "index", engine)[0] == (0, 1, 2, 0)
    assert [job.document for job in engine.jobs] == [INSPECTION]


def test_no_secret_is_sent(corpus_folder: Path) -> None:
    engine = Here()
    list(read_over(engine, corpus_folder, {}, SETTINGS))
    assert {(job.settings.chroma_token, job.settings.register_url) for job in engine.jobs} == {(None, None)}


def test_what_cannot_be_read_is_set_aside_with_the_reason_and_the_rest_goes_on(corpus_folder: Path) -> None:
    (corpus_folder / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    (corpus_folder / "twin.txt").write_bytes((corpus_folder / INSPECTION).read_bytes())
    (corpus_folder / "link.txt").symlink_to(corpus_folder / "nowhere.txt")
    found = list(read_over(Here(frozenset({INSPECTION})), corpus_folder, {}, SETTINGS))
    aside = {each.document: each.reason for each in found if isinstance(each, SetAside)}
    assert aside.keys() == {"broken.pdf", "twin.txt", "link.txt", INSPECTION}
    assert "ended its process" in aside[INSPECTION]
    assert "same file" in aside["twin.txt"]
    assert sum(isinstance(each, Embedded) for each in found) == 2
    assert not any(isinstance(each, Unchanged) for each in found)


# Ray


def test_without_ray_the_sentence_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(IndexProblem, match=r'pip install "\.\[cluster\]"'), engine_at("local"):
        pass


@needs_ray
@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1:{port}"])
def test_an_address_without_a_cluster_is_said_at_once(address: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(IndexProblem, match="does not answer.*ray start --head"), engine_at(address.format(port=port)):
        pass


def work_of_tests(task: int) -> tuple[int, int]:
    """Its square; 7 ends its process, 9 has no model."""
    if task == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    if task == 9:
        raise IndexProblem("There is no model here.")
    return task * task, os.getpid()


# In a process of its own: Ray leaves threads and sockets behind that a suite would warn of.
DRIVER = """
import json, sys
from index.cluster import engine_at
from index.records import IndexProblem
from tests.index.test_cluster import work_of_tests
with engine_at("local") as engine:
    found = list(engine.results(work_of_tests, range(8)))
    try:
        list(engine.results(work_of_tests, [9]))
    except IndexProblem as problem:
        last = str(problem)
print("FOUND", json.dumps([[getattr(each, "reason", None) or each for each in found], last]))
"""


@needs_ray
def test_two_processes_of_a_real_cluster_share_the_work_and_one_that_dies_is_named() -> None:
    project = Path(cluster.__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", DRIVER], capture_output=True, text=True, cwd=project, check=False)
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("FOUND "))
    results, problem = json.loads(line.removeprefix("FOUND "))
    assert [each[0] for each in results[:7]] == [number * number for number in range(7)]
    assert "ended 2 processes" in results[7]
    assert problem == "There is no model here."
    assert os.getpid() not in {each[1] for each in results[:7]}
