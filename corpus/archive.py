"""Archives from strangers are unpacked within limits."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from corpus.report import ReportError

MOST_MEMBERS = 5_000
LARGEST_SUM_BYTES = 200_000_000
LARGEST_WANTED_BYTES = 30_000_000
# Text packs to a twentieth at best; what unpacks to a thousandfold was made to fill the memory.
MOST_RATIO, RATIO_FROM_BYTES = 200, 1_000_000
CHUNK_BYTES = 65_536
ENCRYPTED = 0x1
# What Python's reader raises for archives that are cut, bent or of a kind it does not know.
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OSError)


def unpacked(data: bytes, is_wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The members of a ZIP archive by name; those that are not wanted are there, but empty.

    Raises ReportError when the archive is damaged, has a password, or would unpack to too much: by what
    its directory says before anything is unpacked, and by what comes out while it is.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check(members, len(data))
            budget = LARGEST_WANTED_BYTES
            contents: dict[str, bytes] = {}
            for member in members:
                contents[member.filename] = _content(archive, member, budget) if is_wanted(member.filename) else b""
                budget -= len(contents[member.filename])
            return contents
    except ReportError:
        raise
    except DAMAGED as error:
        raise ReportError(f"The file cannot be unpacked: it is damaged ({error}).") from error


def _check(members: list[zipfile.ZipInfo], packed_bytes: int) -> None:
    if len(members) > MOST_MEMBERS:
        raise ReportError(f"The file packs {len(members):,} parts; up to {MOST_MEMBERS:,} are read.")
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise ReportError("The file is protected by a password; save it without.")
    total = sum(member.file_size for member in members)
    if total > LARGEST_SUM_BYTES or total > max(RATIO_FROM_BYTES, MOST_RATIO * packed_bytes):
        raise _too_large()


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: int) -> bytes:
    content = bytearray()
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            content += chunk
            if len(content) > budget:
                raise _too_large()
    return bytes(content)


def _too_large() -> ReportError:
    return ReportError("The file would unpack to far more than a report holds, so it is not unpacked.")
