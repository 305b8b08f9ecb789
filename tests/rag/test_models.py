"""Who writes: none, a named model, a file, the embedded one; and every way in which it may not answer."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage

from rag.models import ChatWriter, ModelProblem, open_writer
from rag.settings import Settings

MESSAGES = [HumanMessage("How good?")]
PATIENCE = 0.5
# Opening a client and a few short pauses between attempts, on a busy machine.
SLACK = 6.0

Serving = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]


@pytest.fixture
def serving() -> Iterator[Serving]:
    """Starts a server on this machine that answers by a function, and gives its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Callable[[BaseHTTPRequestHandler], None]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/v1"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "dummy")


def writer(url: str) -> ChatWriter:
    opened = open_writer(Settings(model="openai:x", model_url=url, model_seconds=PATIENCE))
    assert opened is not None
    return opened


def event(text: str) -> bytes:
    """A piece of an answer as an OpenAI-compatible server streams it."""
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
    piece = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "x", "choices": [choice]}
    return f"data: {json.dumps(piece)}\n\n".encode()


def send(handler: BaseHTTPRequestHandler, *events: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.end_headers()
    handler.wfile.write(b"".join(events))


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def dawdle(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(3 * SLACK)
    hang_up(handler)


def seconds_to_a_problem(url: str) -> float:
    start = time.monotonic()
    with pytest.raises(ModelProblem, match="^openai:x: "):
        list(writer(url).stream(MESSAGES))
    return time.monotonic() - start


def test_none_is_no_writer() -> None:
    assert open_writer(Settings(model="none")) is None


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("embedded", "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"),
        ("/srv/models/large.gguf", "large.gguf"),
        ("ollama:llama3.1", "ollama:llama3.1"),
    ],
)
def test_opening_a_writer_opens_no_model_and_names_it(model: str, name: str) -> None:
    opened = open_writer(Settings(model=model, data=Path("/nowhere")))
    assert opened is not None
    assert opened.name == name


def test_a_model_is_opened_once() -> None:
    count = iter(range(9))
    opened = ChatWriter("x", lambda: next(count))  # type: ignore[arg-type,return-value]
    assert [opened.ready(), opened.ready()] == [0, 0]


@pytest.mark.parametrize("model", ["nobody:x", "no-provider-at-all"])
def test_a_model_that_is_not_known_says_how_to_name_one(model: str) -> None:
    opened = open_writer(Settings(model=model))
    assert opened is not None
    with pytest.raises(ModelProblem, match=f"(?s)'{model}' cannot be opened: .*Name it as provider:model"):
        list(opened.stream(MESSAGES))


def test_a_missing_key_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    opened = open_writer(Settings(model="openai:x"))
    assert opened is not None
    with pytest.raises(ModelProblem, match="key"):
        list(opened.stream(MESSAGES))


def test_a_model_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    opened = open_writer(Settings(model=str(tmp_path / "x.gguf")))
    assert opened is not None
    with pytest.raises(ModelProblem, match=r"There is no model file .*x\.gguf\. Correct CHAPTER_VERSE_MODEL\."):
        list(opened.stream(MESSAGES))


def test_missing_weights_say_which_command_fetches_them(tmp_path: Path) -> None:
    opened = open_writer(Settings(model="embedded", data=tmp_path))
    assert opened is not None
    with pytest.raises(ModelProblem, match=r"is missing in .*models\. Run `python -m rag models`"):
        list(opened.stream(MESSAGES))


def test_a_servers_words_come_as_it_says_them(serving: Serving) -> None:
    url = serving(lambda handler: send(handler, event("Good"), event(" [1]."), b"data: [DONE]\n\n"))
    assert "".join(writer(url).stream(MESSAGES)) == "Good [1]."


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda handler: handler.send_error(500), id="fails"),
        pytest.param(lambda handler: handler.send_error(401), id="refuses the key"),
        pytest.param(lambda handler: handler.send_error(404), id="does not know the model"),
        pytest.param(hang_up, id="hangs up"),
        pytest.param(dawdle, id="is slow"),
    ],
)
def test_a_server_that_does_not_answer_is_a_problem_before_long(
    serving: Serving, answer: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    assert seconds_to_a_problem(serving(answer)) < SLACK


def test_a_slow_server_is_waited_for_once(serving: Serving) -> None:
    assert seconds_to_a_problem(serving(dawdle)) < 2 * PATIENCE


def test_a_server_that_is_not_there_is_a_problem() -> None:
    with pytest.raises(ModelProblem, match="^openai:x: "):
        list(writer("http://127.0.0.1:1/v1").stream(MESSAGES))


def test_what_was_said_before_a_server_hung_up_has_come(serving: Serving) -> None:
    def cut_off(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 5000\r\n\r\n")
        handler.wfile.write(event("Good"))
        hang_up(handler)

    said = writer(serving(cut_off)).stream(MESSAGES)
    assert next(said) == "Good"
    with pytest.raises(ModelProblem):
        list(said)


def test_a_server_that_talks_nonsense_is_a_problem(serving: Serving) -> None:
    with pytest.raises(ModelProblem):
        list(writer(serving(lambda handler: send(handler, b"data: {nonsense\n\n"))).stream(MESSAGES))
