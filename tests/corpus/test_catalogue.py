"""A catalogue is optional; a broken one is an error that names the entry."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.catalogue import CATALOGUE, Entry, load_catalogue
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
