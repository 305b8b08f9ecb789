import shutil
from pathlib import Path

import pytest

from corpus.folder import WORTH_A_PROCESS, Known, SetAside, Unchanged, read_folder
from corpus.report import Report

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
