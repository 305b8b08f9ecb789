import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from corpus.folder import WORTH_A_PROCESS, Known, SetAside, Unchanged, read_folder, report_files
from corpus.report import Report, ReportError

LETTER = "hartlepool-2024-focused-visit.txt"


@pytest.fixture
def known(corpus_folder: Path) -> dict[str, Known]:
    reports = [report for report in read_folder(corpus_folder) if isinstance(report, Report)]
    return {report.document: Known(report.digest, report.catalogued) for report in reports}


def test_what_is_known_is_not_read_again(corpus_folder: Path, known: dict[str, Known]) -> None:
    found = list(read_folder(corpus_folder, known))
    assert found == [Unchanged(document, each.digest) for document, each in sorted(known.items())]


def test_a_changed_file_is_read_and_the_others_are_not(corpus_folder: Path, known: dict[str, Known]) -> None:
    with (corpus_folder / LETTER).open("a", encoding="utf-8") as file:
        file.write("\nOne more line.\n")
    found = {each.document: type(each) for each in read_folder(corpus_folder, known)}
    assert found.pop(LETTER) is Report
    assert set(found.values()) == {Unchanged}


def test_a_changed_entry_of_the_catalogue_has_the_report_read(corpus_folder: Path, known: dict[str, Known]) -> None:
    with (corpus_folder / "catalogue.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[report]]\nfile = "{LETTER}"\nyear = 2020\n')
    found = {each.document: each for each in read_folder(corpus_folder, known)}
    report = found.pop(LETTER)
    assert isinstance(report, Report)
    assert report.year == 2020


def test_a_copy_of_what_is_known_is_set_aside(corpus_folder: Path, known: dict[str, Known]) -> None:
    shutil.copy(corpus_folder / LETTER, corpus_folder / "zz-copy.txt")
    *_, last = read_folder(corpus_folder, known)
    assert last == SetAside("zz-copy.txt", f"It is the same file, byte for byte, as {LETTER}.")


def test_a_copy_in_place_of_one_that_cannot_be_read_is_read(corpus_folder: Path) -> None:
    shutil.copy(corpus_folder / LETTER, corpus_folder / "a-copy.unknown")
    found = {each.document: type(each) for each in read_folder(corpus_folder)}
    assert (found["a-copy.unknown"], found[LETTER]) == (SetAside, Report)


def test_several_processes_read_the_same_in_the_same_order(corpus_folder: Path) -> None:
    text = (corpus_folder / LETTER).read_text("utf-8")
    for number in range(WORTH_A_PROCESS):
        (corpus_folder / f"copy-{number:02}.txt").write_text(f"{text}\nCopy {number}.\n", "utf-8")
    (corpus_folder / "empty.txt").touch()
    alone, together = list(read_folder(corpus_folder)), list(read_folder(corpus_folder, processes=2))
    assert alone == together
    assert len(together) > WORTH_A_PROCESS
    assert SetAside("empty.txt", "The file is empty.") in together


def test_links_that_lead_nowhere_or_to_a_folder_are_named(corpus_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (corpus_folder / "sub").mkdir()
    (corpus_folder / "sub" / "gone.pdf").symlink_to("/nowhere/gone.pdf")
    (corpus_folder / "round.pdf").symlink_to("round.pdf")
    (corpus_folder / "link").symlink_to(tmp_path / "other")
    (corpus_folder / ".hidden").symlink_to("/nowhere")
    assert [each for each in read_folder(corpus_folder) if isinstance(each, SetAside)] == [
        SetAside("link", "It is a link to a folder, which is not followed."),
        SetAside("round.pdf", "It cannot be read: Too many levels of symbolic links."),
        SetAside("sub/gone.pdf", "It is a link to a file that is not there."),
    ]
    assert len(report_files(corpus_folder)) == 3


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is called "closed" may not be read, whoever runs the test."""
    scan, opened = os.scandir, Path.open

    def closed_scan(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    def closed_open(path: Path, *rest: Any, **named: Any) -> Any:  # noqa: ANN401
        if path.stem == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *rest, **named)

    monkeypatch.setattr("corpus.folder.os.scandir", closed_scan)
    monkeypatch.setattr(Path, "open", closed_open)


@pytest.mark.usefixtures("closed")
def test_what_may_not_be_read_is_named_without_numbers_of_errors(corpus_folder: Path) -> None:
    (corpus_folder / "sub" / "closed").mkdir(parents=True)
    shutil.copyfile(corpus_folder / LETTER, corpus_folder / "closed.txt")
    assert [each for each in read_folder(corpus_folder) if isinstance(each, SetAside)] == [
        SetAside("closed.txt", "It cannot be read: Permission denied."),
        SetAside("sub/closed", "The folder cannot be read: Permission denied."),
    ]


@pytest.mark.usefixtures("closed")
def test_a_folder_that_may_not_be_read_is_no_empty_one(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir()
    with pytest.raises(ReportError, match="closed: The folder cannot be read: Permission denied."):
        report_files(tmp_path / "closed")


def test_a_catalogue_below_the_folder_counts_and_its_change_has_the_report_read(
    corpus_folder: Path, known: dict[str, Known]
) -> None:
    (corpus_folder / "sub").mkdir()
    shutil.move(corpus_folder / LETTER, corpus_folder / "sub" / LETTER)
    (corpus_folder / "sub" / "catalogue.toml").write_text(f'[[report]]\nfile = "{LETTER}"\nyear = 2020\n')
    found = {each.document: each for each in read_folder(corpus_folder, known)}
    report = found[f"sub/{LETTER}"]
    assert isinstance(report, Report)
    assert report.year == 2020
    again = {**known, report.document: Known(report.digest, report.catalogued)}
    assert all(isinstance(each, Unchanged) for each in read_folder(corpus_folder, again))
