"""Archives are unpacked within limits, whatever their directory says."""

from __future__ import annotations

import struct
import zipfile

import pytest

from corpus.archive import unpacked
from corpus.report import ReportError
from tests.word import packed


def wanted(name: str) -> bool:
    return name.endswith(".xml")


def refusal(data: bytes) -> str:
    with pytest.raises(ReportError) as caught:
        unpacked(data, wanted)
    return str(caught.value)


def test_only_what_is_wanted_is_unpacked() -> None:
    assert unpacked(packed({"a.xml": b"<a/>", "b.png": b"picture"}), wanted) == {"a.xml": b"<a/>", "b.png": b""}


def test_what_packs_too_well_was_made_to_fill_the_memory() -> None:
    assert "far more than a report holds" in refusal(packed({"a.xml": bytes(3_000_000)}))


def test_a_member_that_is_not_wanted_counts_too() -> None:
    assert "far more than a report holds" in refusal(packed({"b.png": bytes(3_000_000)}))


def test_the_sum_is_limited_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed({"a.xml": b"123456", "b.xml": b"123456"})
    monkeypatch.setattr("corpus.archive.LARGEST_SUM_BYTES", 10)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("it was unpacked"))
    assert "far more than a report holds" in refusal(data)


def test_the_sum_is_limited_again_while_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.archive.LARGEST_WANTED_BYTES", 10)
    assert "far more than a report holds" in refusal(packed({"a.xml": b"123456", "b.xml": b"123456"}))
    assert unpacked(packed({"a.xml": b"123456", "b.png": b"123456"}), wanted)["a.xml"] == b"123456"


def test_many_members_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.archive.MOST_MEMBERS", 2)
    assert refusal(packed({"a": b"", "b": b"", "c": b""})) == "The file packs 3 parts; up to 2 are read."


def test_a_password_is_named() -> None:
    data = bytearray(packed({"a.xml": b"<a/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "protected by a password" in refusal(bytes(data))


def test_a_directory_that_lies_about_sizes_gains_nothing() -> None:
    data = packed({"a.xml": bytes(900_000)})
    false = data.replace(struct.pack("<L", 900_000), struct.pack("<L", 10))
    assert "it is damaged" in refusal(false)


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06", b"PK\x03\x04" + bytes(90), packed({"a.xml": b"<a/>" * 99})[:-30]])
def test_what_is_cut_is_damaged(data: bytes) -> None:
    assert "it is damaged" in refusal(data)


def test_a_way_of_packing_that_nobody_knows_is_damage() -> None:
    data = bytearray(packed({"a.xml": b"<a/>"}))
    data[data.index(b"PK\x01\x02") + 10] = 77
    assert "it is damaged" in refusal(bytes(data))


def test_the_last_member_of_a_name_counts() -> None:
    data = packed({"a.xml": b"<a/>", "b.xml": b"<b/>"}).replace(b"b.xml", b"a.xml")
    assert unpacked(data, wanted) == {"a.xml": b"<b/>"}
