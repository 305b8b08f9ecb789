"""The index on a Chroma server: the same answers as from a folder, and plain words when the server will not."""

from __future__ import annotations

import gc
import http.client
import shutil
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from index.chroma_server import ChromaServer, server_at
from index.records import IndexProblem
from index.register import Register
from index.search import Index, open_index
from index.served import bring
from index.settings import IndexSettings
from index.store import PassageStore
from index.sync import made_of, recipe_of, sync
from tests.fakes import FakeEmbedder

CHROMA = Path(sys.executable).with_name("chroma")
QUESTIONS = ("How quickly are return home interviews done?", "private fostering", "zebra crossings")
TOKEN = "s3cret-token"  # noqa: S105  (no secret of anyone)
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # Chroma's client leaves its connections open


@pytest.fixture(scope="module", autouse=True)
def _connections_are_collected_here() -> Iterator[None]:
    """What the clients leave open is collected with this module's tests, and not blamed on the next one's."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


needs_chroma = pytest.mark.skipif(not CHROMA.exists(), reason="the command `chroma` is not installed beside Python")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@dataclass
class Served:
    """A Chroma server of its own folder on a port of this machine, to be killed and started again."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [str(CHROMA), "run", "--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the Chroma server did not start")

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()


@dataclass
class Proxy:
    """What stands before a server and asks for a token, as Chroma's own has no such check; `asked` counts requests."""

    to: int
    asked: int = 0
    server: ThreadingHTTPServer | None = None

    def start(self) -> str:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def handle_one_way(self) -> None:
                proxy.asked += 1
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                tokens = (self.headers.get("Authorization"), self.headers.get("x-chroma-token"))
                if tokens != (f"Bearer {TOKEN}", TOKEN):
                    self.answer(401, "text/html", b"<h1>401 Authorization Required</h1>")
                    return
                to = http.client.HTTPConnection("127.0.0.1", proxy.to)
                to.request(self.command, self.path, body, {"Content-Type": "application/json"})
                got = to.getresponse()
                self.answer(got.status, got.getheader("Content-Type", ""), got.read())
                to.close()

            do_GET = do_POST = do_PUT = do_DELETE = handle_one_way  # noqa: N815  (the library's names)

            def answer(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing is printed."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = Served(tmp_path_factory.mktemp("chroma"))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def server(served: Served, request: pytest.FixtureRequest) -> ChromaServer:
    """The server, with collections of this test's own."""
    return server_at(served.url, "", request.node.name.split("[")[0][-40:].strip("_"))


@pytest.fixture
def proxied(served: Served) -> Iterator[tuple[str, Proxy]]:
    proxy = Proxy(served.port)
    yield proxy.start(), proxy
    assert proxy.server
    proxy.server.shutdown()
    proxy.server.server_close()


def found(index: Index) -> list[list[tuple[str, int | None, int | None]]]:
    return [
        [(hit.passage.id, hit.dense_rank, hit.lexical_rank) for hit in index.search(question)] for question in QUESTIONS
    ]


def nearest(store: PassageStore) -> list[list[str]]:
    return [store.nearest(vector, 10) for vector in FakeEmbedder().embed(QUESTIONS)]


# The address


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://chroma:8000", ("http://chroma:8000", "default_tenant", "default_database", "index")),
        ("https://h/?tenant=t&database=d", ("https://h", "t", "d", "index")),
        (
            "https://h:1/chroma/?collection=walsall",
            ("https://h:1/chroma", "default_tenant", "default_database", "walsall"),
        ),
    ],
)
def test_a_url_says_where_which_database_and_how_collections_are_called(
    url: str, expected: tuple[str, str, str, str]
) -> None:
    server = server_at(url, "", "index")
    assert (server.url, server.tenant, server.database, server.prefix) == expected


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("chroma:8000", "has to begin with http"),
        ("http://", "has to begin with http"),
        ("http://h:eight", "port"),
        ("http://me:hunter2@h", "CHAPTER_VERSE_CHROMA_TOKEN"),
        ("http://h?colection=a", "'colection' is unknown"),
        ("http://h?collection=a b", "'collection' has to be one name"),
        ("http://h?tenant=a&tenant=b", "'tenant' has to be one name"),
        ("http://h?tenant", "not the address"),
    ],
)
def test_another_url_is_refused_with_the_reason_and_an_example(url: str, reason: str) -> None:
    with pytest.raises(IndexProblem, match="http://host:8000") as raised:
        server_at(url, "", "index")
    assert reason in str(raised.value)
    assert "hunter2" not in str(raised.value)


def test_the_token_is_sent_both_ways_and_never_shown() -> None:
    server = server_at("http://h", TOKEN, "index")
    assert server.headers == {"Authorization": f"Bearer {TOKEN}", "x-chroma-token": TOKEN}
    assert TOKEN not in repr(server)
    with pytest.raises(IndexProblem, match="a character that no token can have"):
        server_at("http://h", "two\nlines", "index")


def test_settings_name_the_server_or_none() -> None:
    assert IndexSettings.model_validate({}).chroma_server is None
    given = {"chroma_url": "http://h:1", "chroma_token": TOKEN, "index_name": "walsall"}
    settings = IndexSettings.model_validate(given)
    assert settings.chroma_server == ChromaServer("http://h:1", "default_tenant", "default_database", "walsall", TOKEN)
    assert TOKEN not in repr(settings)


# The same index


@needs_chroma
def test_what_is_found_and_its_ranks_are_those_of_a_folder(
    tmp_path: Path, corpus_folder: Path, built_index: Path, server: ChromaServer
) -> None:
    sync((corpus_folder,), tmp_path / "index", FakeEmbedder(), server=server)
    assert not (tmp_path / "index" / "chroma").exists()
    assert found(open_index(tmp_path / "index", FakeEmbedder())) == found(open_index(built_index, FakeEmbedder()))
    recipe = recipe_of(FakeEmbedder())
    here, there = (
        PassageStore(Path(shutil.copytree(built_index / "chroma", tmp_path / "c")), recipe),
        PassageStore(server, recipe),
    )
    assert nearest(there) == nearest(here)
    assert there.all() == here.all()
    assert there.vectors("rutland-2023-inspection.md").keys() == here.vectors("rutland-2023-inspection.md").keys()


@needs_chroma
def test_another_machine_brings_the_state_once(
    tmp_path: Path, corpus_folder: Path, server: ChromaServer, proxied: tuple[str, Proxy]
) -> None:
    url, proxy = proxied
    sync((corpus_folder,), tmp_path / "one", FakeEmbedder(), server=server)
    shared, through = tmp_path / "one" / "register.sqlite", replace(server, url=url, token=TOKEN)
    bring(tmp_path / "two", through, shared, made_of(FakeEmbedder()))
    asked = proxy.asked
    bring(tmp_path / "two", through, shared, made_of(FakeEmbedder()))
    assert asked > 0
    assert proxy.asked == asked
    assert found(open_index(tmp_path / "two", FakeEmbedder())) == found(open_index(tmp_path / "one", FakeEmbedder()))


@needs_chroma
def test_after_a_sync_elsewhere_the_next_state_is_brought(
    tmp_path: Path, corpus_folder: Path, server: ChromaServer
) -> None:
    made = made_of(FakeEmbedder())
    sync((corpus_folder,), tmp_path / "one", FakeEmbedder(), server=server)
    shared = tmp_path / "one" / "register.sqlite"
    bring(tmp_path / "two", server, shared, made)
    (corpus_folder / "rutland-2023-inspection.md").unlink()
    sync((corpus_folder,), tmp_path / "one", FakeEmbedder(), server=server)
    bring(tmp_path / "two", server, shared, made)
    assert len(open_index(tmp_path / "two", FakeEmbedder()).sources) == 2


@needs_chroma
def test_while_a_sync_runs_the_state_that_is_here_stays_and_none_is_said(
    tmp_path: Path, corpus_folder: Path, server: ChromaServer
) -> None:
    made = made_of(FakeEmbedder())
    sync((corpus_folder,), tmp_path / "one", FakeEmbedder(), server=server)
    shared = tmp_path / "one" / "register.sqlite"
    bring(tmp_path / "two", server, shared, made)
    rows = Register(shared)
    rows.remove("rutland-2023-inspection.md")
    rows.close()
    bring(tmp_path / "two", server, shared, made)
    assert len(open_index(tmp_path / "two", FakeEmbedder()).sources) == 3
    with pytest.raises(IndexProblem, match="being synced, or a sync of it was broken off"):
        bring(tmp_path / "three", server, shared, made)


@needs_chroma
def test_two_projects_on_one_server_do_not_meet(tmp_path: Path, corpus_folder: Path, server: ChromaServer) -> None:
    recipe, other = recipe_of(FakeEmbedder()), replace(server, prefix="other")
    sync((corpus_folder,), tmp_path / "one", FakeEmbedder(), server=server)
    held = PassageStore(server, recipe).count()
    (corpus_folder / "rutland-2023-inspection.md").unlink()
    sync((corpus_folder,), tmp_path / "two", FakeEmbedder(), server=other)
    PassageStore(other, recipe).drop_others(set())
    assert PassageStore(server, recipe).count() == held > PassageStore(other, recipe).count()


@needs_chroma
@pytest.mark.parametrize("where", ["folder", "server"])
def test_the_nearest_among_very_many_documents(
    tmp_path: Path, built_index: Path, server: ChromaServer, where: str
) -> None:
    held = PassageStore(Path(shutil.copytree(built_index / "chroma", tmp_path / "c")), recipe_of(FakeEmbedder()))
    store = held if where == "folder" else PassageStore(server, "many")
    if where == "server":
        passages = held.all()
        vectors = {id_: vector for each in {p.document for p in passages} for id_, vector in held.vectors(each).items()}
        store.put(passages, np.stack([vectors[passage.id] for passage in passages]))
    documents = [f"{number:06}.txt" for number in range(35_000)] + sorted({each.document for each in held.all()})
    vector = FakeEmbedder().embed(QUESTIONS)[0]
    assert store.nearest(vector, 5, documents) == store.nearest(vector, 5)


# What goes wrong


@needs_chroma
def test_without_the_right_token_the_sentence_says_so(proxied: tuple[str, Proxy]) -> None:
    url, _ = proxied
    with pytest.raises(IndexProblem, match="asks for a token. Set CHAPTER_VERSE_CHROMA_TOKEN"):
        PassageStore(server_at(url, "", "t"), "recipe")
    with pytest.raises(IndexProblem, match="refuses the token") as raised:
        PassageStore(server_at(url, "wrong", "t"), "recipe")
    assert "wrong" not in str(raised.value)
    assert PassageStore(server_at(url, TOKEN, "t"), "recipe").count() == 0


@needs_chroma
@pytest.mark.parametrize("query", ["?tenant=nobody", "?database=nowhere"])
def test_a_database_that_is_not_there_is_named(served: Served, query: str) -> None:
    with pytest.raises(IndexProblem, match="no(body|where).*make the database there"):
        PassageStore(server_at(f"{served.url}/{query}", "", "t"), "recipe")


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(IndexProblem, match="does not answer.*Check that it runs"):
        PassageStore(server_at(f"http://127.0.0.1:{free_port()}", "", "t"), "recipe")


def test_a_server_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.store.WAIT_SECONDS", 0.3)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(IndexProblem, match="does not answer.*timed out"),
    ):
        PassageStore(server_at(f"http://127.0.0.1:{silent.getsockname()[1]}", "", "t"), "recipe")


@pytest.mark.parametrize("status", [200, 404])
def test_something_else_than_chroma(status: int) -> None:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "13")
            self.end_headers()
            self.wfile.write(b"<html></html>")

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as page:
        Thread(target=page.serve_forever, daemon=True).start()
        with pytest.raises(IndexProblem, match="is not a Chroma server"):
            PassageStore(server_at(f"http://127.0.0.1:{page.server_port}", "", "t"), "recipe")
        page.shutdown()


@dataclass
class Killing(FakeEmbedder):
    """An embedder during whose second call something happens."""

    then: Callable[[], None] = lambda: None

    def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
        if len(self.calls) == 1:
            self.then()
        return super().embed(texts, batch)


@needs_chroma
def test_a_server_killed_in_a_sync_and_started_again_loses_nothing(
    tmp_path: Path, corpus_folder: Path, built_index: Path
) -> None:
    served = Served(tmp_path / "chroma")
    served.start()
    server = server_at(served.url, "", "t")
    with pytest.raises(IndexProblem, match="does not answer.*a sync goes on where it stopped"):
        sync((corpus_folder,), tmp_path / "index", Killing(then=served.kill), server=server)
    served.start()
    again = FakeEmbedder()
    counts = sync((corpus_folder,), tmp_path / "index", again, server=server)
    assert (counts.added, counts.unchanged, len(again.calls)) == (2, 1, 2)
    assert found(open_index(tmp_path / "index", FakeEmbedder())) == found(open_index(built_index, FakeEmbedder()))
    store = PassageStore(server, recipe_of(again))
    before = nearest(store)
    served.kill()
    with pytest.raises(IndexProblem, match="does not answer"):
        nearest(store)
    served.start()
    assert nearest(store) == before
    served.kill()
