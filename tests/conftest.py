"""What every test has: no network, and three small invented reports with an index of them."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from index.search import Index, open_index
from index.sync import sync
from tests.fakes import FakeEmbedder, NetworkRefusedError

REPORTS = Path(__file__).with_name("reports")
LOOPBACK = ("127.0.0.1", "::1", "localhost", "")

# The same examples on every run: a suite that fails by chance is soon not believed.
settings.register_profile("suite", deadline=None, derandomize=True, database=None, max_examples=60)
settings.register_profile("hunt", deadline=None, max_examples=3_000)
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def _sentences_by_the_embedder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that need no weights have no tuned model of sentences either: the index's embedder weighs them."""
    if not any(request.node.iter_markers("models")):
        monkeypatch.setattr("index.rerank.open_sentence_model", lambda _: None)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse connections and look-ups of names to anything but this machine."""
    connect, connect_ex, lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse_outside(host: object) -> None:
        if (host.decode() if isinstance(host, bytes) else host or "") not in LOOPBACK:
            raise NetworkRefusedError(f"a test wanted to reach {host}")

    def guarded_connect(this: socket.socket, address: Any) -> None:  # noqa: ANN401  (as many shapes as families)
        if this.family != socket.AF_UNIX:
            refuse_outside(address[0])
        connect(this, address)

    def guarded_connect_ex(this: socket.socket, address: Any) -> int:  # noqa: ANN401
        if this.family != socket.AF_UNIX:
            refuse_outside(address[0])
        return connect_ex(this, address)

    def guarded_lookup(host: Any, *rest: Any, **named: Any) -> Any:  # noqa: ANN401
        refuse_outside(host)
        return lookup(host, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_lookup)
        yield


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Path:
    """A folder with the three invented reports, to be changed at will."""
    return Path(shutil.copytree(REPORTS, tmp_path / "corpus"))


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of the three reports, for reading only."""
    folder = tmp_path_factory.mktemp("index")
    sync((REPORTS,), folder, FakeEmbedder())
    return folder


@pytest.fixture(scope="session")
def index(built_index: Path) -> Index:
    """The index of the three reports, opened for reading."""
    return open_index(built_index, FakeEmbedder())
