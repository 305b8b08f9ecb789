"""The models are fetched as data, checked, and fetched once."""

import errno
import hashlib
import os
import re
import subprocess
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

import httpx
import pytest
from filelock import FileLock

from index import weights_sources
from index.weights import (
    HubSource,
    IndexSource,
    LocalSource,
    Member,
    Model,
    ModelStatus,
    Purpose,
    WeightFile,
    WeightsError,
    Wheel,
    by_purpose,
    chat_model,
    embedding_model,
    load_manifest,
    status,
    verify,
)
from index.weights_fetch import Progress, fetch
from index.weights_sources import Outside, Partial, SourceError, pip_download

WEIGHTS = b"0123456789abcdefghijKLMNO"  # parts of 10, 10 and 5 bytes
CONFIG = b'{"tiny": true}'
CONTENT = {"weights.bin": WEIGHTS, "sub/config.json": CONFIG}
URL = "https://hub.test/main/"


def sum_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def tiny_model(*kinds: str) -> Model:
    sources: dict[str, LocalSource | IndexSource | HubSource] = {
        "local": LocalSource("local"),
        "index": IndexSource(
            "index",
            (
                Wheel("tiny-1==1.0", (Member("a", "weights.bin", 10), Member("c", "sub/config.json", len(CONFIG)))),
                Wheel("tiny-2==1.0", (Member("a", "weights.bin", 10),)),
                Wheel("tiny-3==1.0", (Member("a", "weights.bin", 5),)),
            ),
        ),
        "hub": HubSource("hub", URL),
    }
    files = tuple(WeightFile(path, len(content), sum_of(content)) for path, content in CONTENT.items())
    return Model("tiny", Purpose.CHAT, "MIT", "tiny", "weights.bin", files, tuple(sources[kind] for kind in kinds))


@dataclass
class FakeIndex:
    """A package index with the tiny model's three wheels; `broken` maps a requirement to what happens instead."""

    broken: dict[str, BaseException] = field(default_factory=dict)
    members: dict[str, dict[str, bytes]] = field(
        default_factory=lambda: {
            "tiny-1==1.0": {"a": WEIGHTS[:10], "c": CONFIG},
            "tiny-2==1.0": {"a": WEIGHTS[10:20]},
            "tiny-3==1.0": {"a": WEIGHTS[20:]},
        }
    )
    asked: list[str] = field(default_factory=list)
    most_wheels: int = 0

    def download(self, requirement: str, staging: Path) -> Path:
        self.asked.append(requirement)
        if requirement in self.broken:
            raise self.broken[requirement]
        wheel = staging / "tiny.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            for name, content in self.members[requirement].items():
                archive.writestr(name, content)
        self.most_wheels = max(self.most_wheels, len(list(staging.parent.rglob("*.whl"))))
        return wheel


class BreaksOff(httpx.SyncByteStream):
    """A connection that ends in the middle."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __iter__(self) -> Iterator[bytes]:
        yield self.content
        raise httpx.ReadError("connection reset")


@dataclass
class FakeHub:
    """A web server with the files; `replies` are given first, one by one."""

    replies: list[Callable[[httpx.Request], httpx.Response]] = field(default_factory=list)
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    def client(self) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = str(request.url).removeprefix(URL)
        self.asked.append((path, request.headers.get("Range")))
        if self.replies:
            return self.replies.pop(0)(request)
        content = CONTENT[path]
        start = int(re.sub(r"\D", "", request.headers.get("Range", "0")))
        if not start:
            return httpx.Response(200, content=content)
        span = f"bytes {start}-{len(content) - 1}/{len(content)}"
        return httpx.Response(206, content=content[start:], headers={"Content-Range": span})


def no_connection(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("Name or service not known", request=request)


def outside(index: FakeIndex | None = None, hub: FakeHub | None = None, free: int = 10**12) -> Outside:
    index, hub = index or FakeIndex(), hub or FakeHub()
    return Outside(index.download, hub.client, lambda _: free, lambda _: None)


def nothing() -> Outside:
    """Refuse everything: for a fetch that must not need the outside world."""

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("asked the outside world")

    return Outside(refuse, refuse, refuse, refuse)


def nothing_but_space() -> Outside:
    """Refuse everything but a question for free space."""
    return replace(nothing(), free_bytes=lambda _: 10**12)


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """Return a folder that holds the final files."""
    for path, content in CONTENT.items():
        (tmp_path / "stick" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "stick" / path).write_bytes(content)
    return tmp_path / "stick"


@pytest.fixture
def fetched(tmp_path: Path) -> Path:
    """Return a models folder that holds the tiny model."""
    fetch(tiny_model("index"), tmp_path / "models", outside=outside())
    return tmp_path / "models"


def hidden_or_unfinished(folder: Path) -> list[str]:
    known = {*CONTENT, ".lock", ".verified.json"}
    return [
        str(at.relative_to(folder))
        for at in folder.rglob("*")
        if at.is_file() and str(at.relative_to(folder)) not in known
    ]


# The manifest


def test_the_manifest_names_one_model_for_each_purpose() -> None:
    assert [model.purpose for model in load_manifest()] == [Purpose.EMBEDDING, Purpose.CHAT]
    assert embedding_model() == by_purpose(Purpose.EMBEDDING)
    assert chat_model().files[0].bytes == 1_117_320_768
    assert {model.licence for model in load_manifest()} == {"Apache-2.0"}


@pytest.mark.parametrize("model", load_manifest(), ids=lambda model: model.purpose.value)
def test_every_file_of_the_manifest_has_a_sum_and_three_sources(model: Model) -> None:
    assert all(re.fullmatch("[0-9a-f]{64}", file.sha256) for file in model.files)
    assert [source.kind for source in model.sources] == ["local", "index", "hub"]
    assert model.opens == "." or model.opens in {file.path for file in model.files}


@pytest.mark.parametrize("model", load_manifest(), ids=lambda model: model.purpose.value)
def test_the_wheels_of_the_manifest_make_up_every_file_exactly(model: Model) -> None:
    source = next(source for source in model.sources if isinstance(source, IndexSource))
    sizes = {file.path: 0 for file in model.files}
    for wheel in source.wheels:
        assert re.fullmatch(r"[a-z0-9-]+==[0-9.]+", wheel.requirement)
        for member in wheel.members:
            sizes[member.file] += member.bytes
    assert sizes == {file.path: file.bytes for file in model.files}


# Sources


@pytest.mark.parametrize("kind", ["local", "index", "hub"])
def test_every_source_brings_the_same_files(kind: str, tmp_path: Path, local: Path) -> None:
    heard: list[Progress] = []
    model = tiny_model(kind)
    opened = fetch(model, tmp_path / "models", local=local, progress=heard.append, outside=outside())
    assert opened == tmp_path / "models/tiny/weights.bin"
    assert {path: (tmp_path / "models/tiny" / path).read_bytes() for path in CONTENT} == CONTENT
    assert status(model, tmp_path / "models") is ModelStatus.PRESENT
    assert heard[-1].done_bytes == heard[-1].total_bytes == model.total_bytes
    assert [progress.done_bytes for progress in heard] == sorted(progress.done_bytes for progress in heard)
    assert hidden_or_unfinished(tmp_path / "models/tiny") == []


def test_a_local_folder_may_hold_the_folder_of_the_model(tmp_path: Path, local: Path) -> None:
    (tmp_path / "all").mkdir()
    local.rename(tmp_path / "all/tiny")
    assert fetch(tiny_model("local"), tmp_path / "models", local=tmp_path / "all", outside=nothing_but_space()).exists()


def test_sources_are_tried_in_order_until_one_gives_the_files(tmp_path: Path) -> None:
    hub = FakeHub()
    index = FakeIndex(broken={"tiny-1==1.0": SourceError("it cannot be reached")})
    fetch(tiny_model("local", "index", "hub"), tmp_path, outside=outside(index, hub))
    assert index.asked == ["tiny-1==1.0"]
    assert hub.asked == [("weights.bin", None), ("sub/config.json", None)]


def test_the_hub_carries_on_where_the_index_left_off(tmp_path: Path) -> None:
    hub = FakeHub()
    index = FakeIndex(broken={"tiny-3==1.0": SourceError("gone")})
    fetch(tiny_model("index", "hub"), tmp_path, outside=outside(index, hub))
    assert hub.asked == [("weights.bin", "bytes=20-")]


def test_only_one_wheel_lies_on_the_disk_at_a_time(tmp_path: Path) -> None:
    index = FakeIndex()
    fetch(tiny_model("index"), tmp_path, outside=outside(index))
    assert index.most_wheels == 1


# What is there is not fetched again


def test_a_checked_model_costs_nothing(fetched: Path) -> None:
    heard: list[Progress] = []
    fetch(tiny_model("index"), fetched, progress=heard.append, outside=nothing())
    assert heard == []


def test_a_file_that_was_only_touched_is_checked_and_kept(fetched: Path) -> None:
    os.utime(fetched / "tiny/weights.bin", (1, 1))
    assert status(tiny_model("index"), fetched) is ModelStatus.PARTIAL
    fetch(tiny_model("index"), fetched, outside=nothing())
    assert status(tiny_model("index"), fetched) is ModelStatus.PRESENT


def test_whole_seconds_are_enough_as_a_container_layer_keeps_them(fetched: Path) -> None:
    path = fetched / "tiny/weights.bin"
    second = path.stat().st_mtime_ns // 10**9 * 10**9
    os.utime(path, ns=(second, second))
    assert status(tiny_model("index"), fetched) is ModelStatus.PRESENT


def test_files_put_there_by_hand_are_checked_and_kept(tmp_path: Path, local: Path) -> None:
    local.rename(tmp_path / "tiny")
    fetch(tiny_model("index"), tmp_path, outside=nothing())
    assert verify(tiny_model("index"), tmp_path) is ModelStatus.PRESENT


@pytest.mark.parametrize("content", [b"short", WEIGHTS[::-1]], ids=["wrong size", "wrong sum"])
def test_a_damaged_file_is_fetched_again_and_the_others_are_kept(content: bytes, fetched: Path) -> None:
    (fetched / "tiny/weights.bin").write_bytes(content)
    os.utime(fetched / "tiny/weights.bin", (1, 1))
    hub = FakeHub()
    fetch(tiny_model("hub"), fetched, outside=outside(hub=hub))
    assert (fetched / "tiny/weights.bin").read_bytes() == WEIGHTS
    assert hub.asked == [("weights.bin", None)]


# Status


def test_status_tells_the_four_cases_apart(fetched: Path, tmp_path: Path) -> None:
    model = tiny_model("index")
    assert status(model, tmp_path / "elsewhere") is ModelStatus.MISSING
    assert status(model, fetched) is ModelStatus.PRESENT
    (fetched / "tiny/sub/config.json").unlink()
    assert status(model, fetched) is ModelStatus.PARTIAL
    (fetched / "tiny/weights.bin").write_bytes(b"short")
    assert status(model, fetched) is ModelStatus.DAMAGED


def test_a_fetch_that_was_begun_counts_as_partial(tmp_path: Path) -> None:
    index = FakeIndex(broken={"tiny-2==1.0": KeyboardInterrupt()})
    with pytest.raises(KeyboardInterrupt):
        fetch(tiny_model("index"), tmp_path, outside=outside(index))
    assert status(tiny_model("index"), tmp_path) is ModelStatus.PARTIAL


def test_verify_sees_what_size_and_time_do_not_show(fetched: Path) -> None:
    path = fetched / "tiny/weights.bin"
    before = path.stat()
    path.write_bytes(WEIGHTS[::-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert status(tiny_model("index"), fetched) is ModelStatus.PRESENT
    assert verify(tiny_model("index"), fetched) is ModelStatus.DAMAGED
    fetch(tiny_model("index"), fetched, outside=outside())
    assert verify(tiny_model("index"), fetched) is ModelStatus.PRESENT


def test_a_record_that_cannot_be_read_only_costs_a_check(fetched: Path) -> None:
    (fetched / "tiny/.verified.json").write_text("{", encoding="utf-8")
    fetch(tiny_model("index"), fetched, outside=nothing())
    assert status(tiny_model("index"), fetched) is ModelStatus.PRESENT


# Interruptions


def test_an_interrupted_fetch_goes_on_with_the_next_part(tmp_path: Path) -> None:
    index = FakeIndex(broken={"tiny-3==1.0": KeyboardInterrupt()})
    with pytest.raises(KeyboardInterrupt):
        fetch(tiny_model("index"), tmp_path, outside=outside(index))
    again = FakeIndex()
    fetch(tiny_model("index"), tmp_path, outside=outside(again))
    assert again.asked == ["tiny-3==1.0"]


def test_half_a_part_left_by_a_kill_is_cut_off(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    (folder / ".staging-left").mkdir(parents=True)
    (folder / ".staging-left/tiny.whl").write_bytes(b"half a wheel")
    (folder / "weights.bin.partial").write_bytes(WEIGHTS[:10] + b"torn")
    (folder / "weights.bin.partial.bytes").write_text("10", encoding="utf-8")
    index = FakeIndex()
    fetch(tiny_model("index"), tmp_path, outside=outside(index))
    assert index.asked == ["tiny-1==1.0", "tiny-2==1.0", "tiny-3==1.0"]  # the first for the other file
    assert (folder / "weights.bin").read_bytes() == WEIGHTS
    assert hidden_or_unfinished(folder) == []


@pytest.mark.parametrize("state", ["", "99", "-1", "nonsense"])
def test_a_state_that_makes_no_sense_never_claims_more_than_is_there(state: str, tmp_path: Path) -> None:
    file = WeightFile("weights.bin", len(WEIGHTS), sum_of(WEIGHTS))
    (tmp_path / "weights.bin.partial").write_bytes(WEIGHTS[:7])
    (tmp_path / "weights.bin.partial.bytes").write_text(state, encoding="utf-8")
    assert Partial(file, tmp_path / "weights.bin").kept in (0, 7)


def test_a_broken_connection_is_resumed_with_a_range(tmp_path: Path) -> None:
    def breaks_off(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=BreaksOff(WEIGHTS[:7]), headers={"Content-Length": str(len(WEIGHTS))})

    hub = FakeHub([breaks_off])
    fetch(tiny_model("hub"), tmp_path, outside=outside(hub=hub))
    assert hub.asked[:2] == [("weights.bin", None), ("weights.bin", "bytes=7-")]


def test_a_server_without_ranges_is_asked_for_the_whole_file(tmp_path: Path) -> None:
    index = FakeIndex(broken={"tiny-2==1.0": SourceError("gone")})
    hub = FakeHub([lambda _: httpx.Response(200, content=WEIGHTS)])
    assert fetch(tiny_model("index", "hub"), tmp_path, outside=outside(index, hub)).read_bytes() == WEIGHTS


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (httpx.Response(200, text="<html>Please log in</html>"), "gives another file: Content-Length is 26, not 25"),
        (httpx.Response(206, content=b"x", headers={"Content-Range": "bytes 10-10/11"}), "Content-Range is"),
        (httpx.Response(404), "answered 404"),
    ],
    ids=["login page", "another version", "not found"],
)
def test_what_is_not_the_file_does_not_replace_what_is_there(
    reply: httpx.Response, reason: str, tmp_path: Path
) -> None:
    index = FakeIndex(broken={"tiny-2==1.0": SourceError("gone")})
    with pytest.raises(WeightsError, match=reason):
        fetch(tiny_model("index", "hub"), tmp_path, outside=outside(index, FakeHub([lambda _: reply])))
    again = FakeIndex()
    fetch(tiny_model("index"), tmp_path, outside=outside(again))
    assert again.asked == ["tiny-2==1.0", "tiny-3==1.0"]


# Wrong content


def test_a_wrong_sum_costs_the_partial_and_the_next_source_is_tried(tmp_path: Path) -> None:
    index, hub = FakeIndex(), FakeHub()
    index.members["tiny-2==1.0"] = {"a": b"!" * 10}
    fetch(tiny_model("index", "hub"), tmp_path, outside=outside(index, hub))
    assert hub.asked == [("weights.bin", None)]
    assert (tmp_path / "tiny/weights.bin").read_bytes() == WEIGHTS


@pytest.mark.parametrize("members", [{"b": b"other"}, {"a": b"short"}, {"a": b"far too long"}], ids=str)
def test_a_wheel_with_other_members_fails_the_index(members: dict[str, bytes], tmp_path: Path) -> None:
    index = FakeIndex()
    index.members["tiny-2==1.0"] = members
    with pytest.raises(WeightsError, match="tiny-2==1.0"):
        fetch(tiny_model("index"), tmp_path, outside=outside(index))
    again = FakeIndex()
    fetch(tiny_model("index"), tmp_path, outside=outside(again))
    assert again.asked == ["tiny-2==1.0", "tiny-3==1.0"]


def test_a_wheel_that_is_no_archive_fails_the_index(tmp_path: Path) -> None:
    def no_archive(_: str, staging: Path) -> Path:
        (staging / "tiny.whl").write_bytes(b"no archive")
        return staging / "tiny.whl"

    with pytest.raises(WeightsError, match="tiny-1==1.0 is not the wheel it should be"):
        fetch(tiny_model("index"), tmp_path, outside=replace(outside(), download=no_archive))


# What the reader is told


def test_without_a_connection_the_message_says_what_was_tried_and_what_to_do(tmp_path: Path) -> None:
    index = FakeIndex(broken={"tiny-1==1.0": SourceError("it cannot be reached")})
    hub = FakeHub([no_connection] * weights_sources.HTTP_TRIES)
    with pytest.raises(WeightsError) as raised:
        fetch(tiny_model("local", "index", "hub"), tmp_path, outside=outside(index, hub))
    assert str(raised.value) == (
        "tiny could not be fetched (local folder: none was named; package index: it cannot be reached; "
        "hub: https://hub.test/main/weights.bin: Name or service not known). Connect this machine to a package index "
        f"or to the hub, or put weights.bin and sub/config.json into {tmp_path / 'tiny'} by hand, and run "
        "`python -m rag models` again."
    )


def test_a_connection_that_cannot_be_set_up_is_a_reason(tmp_path: Path) -> None:
    def socks() -> httpx.Client:
        raise ImportError("Using SOCKS proxy, but the 'socksio' package is not installed.")

    with pytest.raises(WeightsError, match="SOCKS proxy"):
        fetch(tiny_model("hub"), tmp_path, outside=replace(outside(), client=socks))


def test_a_small_disk_is_refused_before_anything_is_fetched(tmp_path: Path) -> None:
    index = FakeIndex()
    with pytest.raises(WeightsError, match=r"needs 0\.21 GB more .* 0\.10 GB are free.* CHAPTER_VERSE_DATA "):
        fetch(tiny_model("index"), tmp_path, outside=outside(index, free=10**8))
    assert index.asked == []


def test_a_disk_that_fills_up_on_the_way_is_told_in_the_same_words(tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    index = FakeIndex(broken={"tiny-2==1.0": full})
    with pytest.raises(WeightsError, match="needs .* GB more .* CHAPTER_VERSE_DATA "):
        fetch(tiny_model("index", "hub"), tmp_path, outside=outside(index))
    again = FakeIndex()
    fetch(tiny_model("index"), tmp_path, outside=outside(again))
    assert again.asked == ["tiny-2==1.0", "tiny-3==1.0"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(WeightsError, match="cannot be kept in .* CHAPTER_VERSE_DATA"):
        fetch(tiny_model("index"), tmp_path / "models", outside=nothing())


# Two at once


def test_the_second_of_two_waits_says_so_and_finds_it_there(tmp_path: Path) -> None:
    heard: list[Progress] = []
    model, folder = tiny_model("index"), tmp_path / "tiny"
    folder.mkdir()
    second = threading.Thread(
        target=fetch, args=(model, tmp_path), kwargs={"progress": heard.append, "outside": nothing()}
    )
    with FileLock(folder / ".lock"):
        second.start()
        deadline = time.monotonic() + 10
        while not heard and time.monotonic() < deadline:
            time.sleep(0.01)
        for path, content in CONTENT.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(content)
        assert verify(model, tmp_path) is ModelStatus.PRESENT
    second.join(timeout=10)
    assert [progress.note for progress in heard] == ["another process is fetching it; waiting"]


# pip


@dataclass
class FakePip:
    """Stands in for subprocess.run: leaves a wheel unless it is to fail."""

    stderr: str = ""
    command: list[str] = field(default_factory=list)
    env: dict[str, str] = field(default_factory=dict)

    def run(self, command: list[str], *, env: dict[str, str], **_: object) -> subprocess.CompletedProcess[str]:
        self.command, self.env = command, env
        if not self.stderr:
            (Path(env["TMPDIR"]) / "tiny.whl").write_bytes(b"wheel")
        return subprocess.CompletedProcess(command, int(bool(self.stderr)), "", self.stderr)


def test_pip_only_downloads_one_wheel_and_keeps_its_own_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip = FakePip()
    monkeypatch.setattr(subprocess, "run", pip.run)
    monkeypatch.setenv("PIP_INDEX_URL", "https://packages.council.test/simple")
    assert pip_download("tiny==1.0", tmp_path) == tmp_path / "tiny.whl"
    line = " ".join(pip.command[1:])
    assert line.startswith("-m pip download --no-deps --only-binary :all: ")
    assert line.endswith(f"-d {tmp_path} tiny==1.0")
    assert "index-url" not in line
    assert pip.env["PIP_INDEX_URL"] == "https://packages.council.test/simple"


@pytest.mark.parametrize(
    ("stderr", "reason"),
    [
        ("WARNING: Retrying (Retry(total=4)) after\nERROR: No matching distribution found", "it cannot be reached"),
        (
            "ERROR: one\nERROR: No matching distribution found for tiny==1.0\n",
            "No matching distribution found for tiny",
        ),
        ("something else", "pip could not download tiny==1.0"),
    ],
    ids=["no network", "not in this index", "no reason"],
)
def test_a_failure_of_pip_is_told_in_a_few_words(
    stderr: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", FakePip(stderr).run)
    with pytest.raises(SourceError, match=reason):
        pip_download("tiny==1.0", tmp_path)


def test_a_disk_that_pip_found_full_is_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", FakePip("ERROR: OSError: [Errno 28] No space left on device").run)
    with pytest.raises(OSError, match="No space left") as raised:
        pip_download("tiny==1.0", tmp_path)
    assert raised.value.errno == errno.ENOSPC


def test_pip_is_not_waited_for_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(command: list[str], *, timeout: float, **_: object) -> None:
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", hangs)
    with pytest.raises(SourceError, match="took longer than 600 seconds"):
        pip_download("tiny==1.0", tmp_path)


def test_a_python_without_pip_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(SourceError, match="no pip"):
        pip_download("tiny==1.0", tmp_path)
