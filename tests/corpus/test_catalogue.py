"""A catalogue is optional; a broken one is an error that names the entry."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.catalogue import CATALOGUE, Entry, entry_of, load_catalogue, load_catalogues
from corpus.report import ReportError, ReportKind


def load(folder: Path, text: str | bytes) -> dict[str, Entry]:
    (folder / CATALOGUE).write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_catalogue(folder)


def test_a_folder_without_a_catalogue_has_no_entries(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path) == {}


def test_a_catalogue_without_entries_has_none(tmp_path: Path) -> None:
    assert load(tmp_path, "# nothing yet\n") == {}


def test_entries_are_found_by_file_name_and_typed(tmp_path: Path) -> None:
    entries = load(
        tmp_path,
        '[[report]]\nfile = "a.txt"\nkind = "focused visit"\npublished = 2024-03-14\nyear = 2024\n'
        '[[report]]\nfile = "2/b.md"\n',
    )
    assert set(entries) == {"a.txt", "2/b.md"}
    assert (entries["a.txt"].kind, entries["a.txt"].published, entries["a.txt"].year) == (
        ReportKind.FOCUSED_VISIT,
        date(2024, 3, 14),
        2024,
    )
    assert entries["2/b.md"] == Entry(file="2/b.md")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[report]\n", "not valid TOML"),
        (b"title = '\xff'", "not valid TOML"),
        ('[[report]]\ntitle = "no file"\n', r"report\.0\.file: Field required"),
        ('[[report]]\nfile = "a.txt"\nyaer = 2024\n', r"report\.0\.yaer"),
        ('[[report]]\nfile = "a.txt"\nkind = "gossip"\n', r"report\.0\.kind"),
        ('[[report]]\nfile = "a.txt"\npublished = "soon"\n', r"report\.0\.published"),
        ('[[reports]]\nfile = "a.txt"\n', "reports"),
    ],
)
def test_a_broken_catalogue_is_an_error_that_says_where(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(ReportError, match=rf"{CATALOGUE}.*{said}(?s:.)*[Cc]orrect"):
        load(tmp_path, text)


def entry(name: str, year: int) -> str:
    return f'[[report]]\nfile = "{name}"\nyear = {year}\n'


@pytest.fixture
def nested(tmp_path: Path) -> Path:
    """A folder with a catalogue in it, in a folder below and in a hidden one."""
    for name in ("sub/deep", ".hidden"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / CATALOGUE).write_text(entry("sub/a.txt", 2001) + entry("sub/b.txt", 2002) + entry("c.txt", 2003))
    (tmp_path / "sub" / CATALOGUE).write_text(entry("a.txt", 2011) + entry("deep/d.txt", 2014))
    (tmp_path / ".hidden" / CATALOGUE).write_text("[[")
    return tmp_path


def test_of_several_catalogues_the_nearest_counts(nested: Path) -> None:
    found = load_catalogues(nested)
    years = {name: each.year for name, each in found.items()}
    assert years == {"sub/a.txt": 2011, "sub/b.txt": 2002, "c.txt": 2003, "sub/deep/d.txt": 2014}
    assert all(each.file == name for name, each in found.items())


@pytest.mark.parametrize(
    ("name", "year"), [("sub/a.txt", 2011), ("sub/b.txt", 2002), ("c.txt", 2003), ("sub/deep/d.txt", 2014)]
)
def test_one_file_is_known_by_the_same_entries(nested: Path, name: str, year: int) -> None:
    found = entry_of(nested / name, nested)
    assert found is not None
    assert found.year == year


def test_nothing_above_the_folder_counts(nested: Path) -> None:
    assert entry_of(nested / "sub" / "b.txt", nested / "sub") is None
    assert entry_of(nested / "sub" / "x.txt", nested) is None


def test_a_broken_catalogue_below_is_named_with_its_folder(nested: Path) -> None:
    (nested / "sub" / CATALOGUE).write_text("[[")
    with pytest.raises(ReportError, match=f"sub/{CATALOGUE} is not valid TOML"):
        load_catalogues(nested)


def test_a_catalogue_that_may_not_be_read_is_an_error_and_not_none(
    nested: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", closed)
    with pytest.raises(ReportError, match=f"{CATALOGUE} cannot be read: Permission denied."):
        load_catalogue(nested)
