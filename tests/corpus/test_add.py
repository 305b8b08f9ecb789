"""A report that is brought in is read first, never in another's place, whole or not at all."""

from __future__ import annotations

import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.add import Added, Refused, add, append_entry
from corpus.catalogue import Entry, load_catalogue
from corpus.download import Downloaded, Downloading
from corpus.folder import report_files
from corpus.report import ReportError, ReportKind

REPORTS = Path(__file__).resolve().parents[1] / "reports"
LETTER = REPORTS / "hartlepool-2024-focused-visit.txt"
RUTLAND = REPORTS / "rutland-2023-inspection.md"
NOTHING = Entry(file="")


class FakeDownloading(Downloading):
    def get(self, address: str) -> Downloaded:
        if "gone" in address:
            raise ReportError("reports.example answered 404, not a file.")
        return Downloaded("5001.txt", LETTER.read_bytes())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "held"


def bring(folder: Path, *sources: str | Path, said: Entry = NOTHING) -> list[Added | Refused]:
    return list(add(tuple(map(str, sources)), folder, said, FakeDownloading()))


def names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in report_files(folder)]


def reason(result: Added | Refused) -> str:
    assert isinstance(result, Refused)
    return result.reason


def test_a_file_is_copied_as_it_is_and_was_understood(folder: Path) -> None:
    (added,) = bring(folder, LETTER)
    assert isinstance(added, Added)
    assert (added.report.document, added.report.authority) == (LETTER.name, "Hartlepool")
    assert (folder / LETTER.name).read_bytes() == LETTER.read_bytes()
    assert not (folder / "catalogue.toml").exists()


def test_what_is_no_report_is_refused_with_its_reason_and_the_rest_is_added(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "sheet.xlsx").write_bytes(b"PK")
    results = bring(folder, tmp_path / "empty.txt", LETTER, tmp_path / "sheet.xlsx", tmp_path / "none.pdf")
    assert [isinstance(result, Added) for result in results] == [False, True, False, False]
    assert "empty" in reason(results[0])
    assert "'.xlsx'" in reason(results[2])
    assert reason(results[3]) == "There is no such file or folder. Check its name."
    assert names(folder) == [LETTER.name]
    assert not [path for path in folder.iterdir() if path.name.startswith(".adding")]


def test_the_same_bytes_are_refused_and_the_twin_is_named(folder: Path, tmp_path: Path) -> None:
    shutil.copy(LETTER, tmp_path / "other.txt")
    first, second, third = bring(folder, LETTER, tmp_path / "other.txt", LETTER)
    assert isinstance(first, Added)
    assert reason(second) == reason(third) == f"It is the same file, byte for byte, as {LETTER.name}."
    assert names(folder) == [LETTER.name]


def test_another_file_of_the_same_name_is_kept_beside_it(folder: Path, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / LETTER.name).write_bytes(LETTER.read_bytes() + b"\n" * number)
    bring(folder, *(tmp_path / str(number) / LETTER.name for number in range(3)))
    assert names(folder) == [f"{LETTER.stem}-2.txt", f"{LETTER.stem}-3.txt", LETTER.name]
    assert (folder / LETTER.name).read_bytes() == LETTER.read_bytes()


def test_a_name_that_the_catalogue_speaks_of_is_taken(folder: Path) -> None:
    folder.mkdir()
    (folder / "catalogue.toml").write_text(f'[[report]]\nfile = "{LETTER.name}"\nauthority = "Leeds"\n', "utf-8")
    (added,) = bring(folder, LETTER)
    assert isinstance(added, Added)
    assert (added.report.document, added.report.authority) == (f"{LETTER.stem}-2.txt", "Hartlepool")


def test_a_hidden_file_gets_a_name_under_which_it_is_read(folder: Path, tmp_path: Path) -> None:
    shutil.copy(LETTER, tmp_path / ".letter.txt")
    bring(folder, tmp_path / ".letter.txt")
    assert names(folder) == ["letter.txt"]


def test_of_a_folder_every_report_comes_with_its_place_and_its_catalogue(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "new" / "rutland").mkdir(parents=True)
    shutil.copy(RUTLAND, tmp_path / "new" / "rutland" / "2023.md")
    shutil.copy(LETTER, tmp_path / "new")
    (tmp_path / "new" / "empty.txt").touch()
    (tmp_path / "new" / "catalogue.toml").write_text('[[report]]\nfile = "rutland/2023.md"\nlicence = "OGL"\n', "utf-8")
    results = bring(folder, tmp_path / "new")
    assert sum(isinstance(result, Added) for result in results) == 2
    assert names(folder) == [LETTER.name, "rutland/2023.md"]
    assert load_catalogue(folder)["rutland/2023.md"].licence == "OGL"


def test_the_corpus_folder_is_not_added_to_itself(folder: Path) -> None:
    bring(folder, LETTER)
    (result,) = bring(folder, folder)
    assert reason(result) == "It is in the corpus folder already."


def test_a_download_is_kept_with_its_address_and_day(folder: Path) -> None:
    added, gone, ftp = bring(folder, "https://reports.example/5001", "HTTP://reports.example/gone", "ftp://x/y")
    assert isinstance(added, Added)
    entry = load_catalogue(folder)["5001.txt"]
    assert str(entry.source).startswith("https://reports.example/5001, fetched 2")
    assert entry.sha256 == added.report.digest
    assert added.report.problems == ()
    assert "404" in reason(gone)
    assert "http" in reason(ftp)


def test_what_is_said_of_a_file_counts_and_is_written_down(folder: Path) -> None:
    said = Entry(
        file="", title='A "new" \\ title\x7f', kind=ReportKind.OTHER, published=date(2024, 1, 2), licence="OGL"
    )
    (added,) = bring(folder, LETTER, said=said)
    assert isinstance(added, Added)
    assert (added.report.title, added.report.published) == (said.title, date(2024, 1, 2))
    entry = load_catalogue(folder)[LETTER.name]
    assert entry.model_dump(exclude={"file", "sha256"}) == said.model_dump(exclude={"file", "sha256"})


def test_the_rest_of_the_catalogue_stays_as_it_is(folder: Path) -> None:
    folder.mkdir()
    before = '# Kept.\n\n[[report]]\nfile = "é.txt" # this too\nyear = 2_011'
    (folder / "catalogue.toml").write_text(before, "utf-8")
    append_entry(folder, Entry(file="b.txt", year=2020))
    after = (folder / "catalogue.toml").read_text("utf-8")
    assert after == before + '\n\n[[report]]\nfile = "b.txt"\nyear = 2020\n'
    assert len(tomllib.loads(after)["report"]) == 2


def test_a_catalogue_that_cannot_take_an_entry_is_left_and_the_file_refused(folder: Path) -> None:
    folder.mkdir()
    before = 'report = [{file = "a.txt"}]\n'
    (folder / "catalogue.toml").write_text(before, "utf-8")
    (result,) = bring(folder, LETTER, said=Entry(file="", licence="OGL"))
    assert "not valid TOML" in reason(result)
    assert (folder / "catalogue.toml").read_text("utf-8") == before
    assert names(folder) == []


def test_a_broken_catalogue_stops_before_anything_is_added(folder: Path) -> None:
    folder.mkdir()
    (folder / "catalogue.toml").write_text("[[", "utf-8")
    with pytest.raises(ReportError, match="not valid TOML"):
        bring(folder, LETTER)


def test_a_copy_that_breaks_off_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corpus.add.os.fsync", full)
    (result,) = bring(folder, LETTER)
    assert reason(result) == "It cannot be copied: No space left on device."
    assert not [path for path in folder.iterdir() if path.suffix == ".txt"]


def test_one_process_adds_at_a_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.add.LOCK_SECONDS", 0.05)
    folder.mkdir()
    with FileLock(folder / ".add.lock"), pytest.raises(ReportError, match="Another process is adding"):
        bring(folder, LETTER)


def test_what_an_address_carries_to_open_the_file_is_not_kept(folder: Path) -> None:
    bring(folder, "https://reports.example/5001?token=secret#page=2")
    assert str(load_catalogue(folder)["5001.txt"].source).startswith("https://reports.example/5001, fetched 2")
    assert "secret" not in (folder / "catalogue.toml").read_text("utf-8")


def test_a_name_with_control_characters_is_kept_without_them(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    shutil.copy(LETTER, tmp_path / "new" / "a\nb\x1b[31m.txt")
    (added,) = bring(folder, tmp_path / "new")
    assert isinstance(added, Added)
    assert names(folder) == ["a b-[31m.txt"] == [added.report.document]


def test_of_a_folder_the_catalogues_below_it_count_too(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "new" / "rutland").mkdir(parents=True)
    shutil.copy(RUTLAND, tmp_path / "new" / "rutland" / "2023.md")
    (tmp_path / "new" / "rutland" / "catalogue.toml").write_text('[[report]]\nfile = "2023.md"\nlicence = "OGL"\n')
    bring(folder, tmp_path / "new")
    assert load_catalogue(folder)["rutland/2023.md"].licence == "OGL"


def test_a_name_that_a_catalogue_below_speaks_of_is_taken(folder: Path, tmp_path: Path) -> None:
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "catalogue.toml").write_text(f'[[report]]\nfile = "{LETTER.name}"\nauthority = "Leeds"\n')
    (tmp_path / "new" / "sub").mkdir(parents=True)
    shutil.copy(LETTER, tmp_path / "new" / "sub")
    bring(folder, tmp_path / "new")
    assert names(folder) == [f"sub/{LETTER.stem}-2.txt"]
