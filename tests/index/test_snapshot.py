import shutil
from pathlib import Path

import pytest

from index import snapshot
from index.search import Index, open_index
from index.sync import sync
from tests.fakes import FakeEmbedder

LETTER = "hartlepool-2024-focused-visit.txt"
# The one that is asked, and the one before.
KEPT = 2
QUESTIONS = ("How quickly are return home interviews done?", "private fostering", "zebra crossings")


def states(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "snapshots").iterdir())


def found(index: Index) -> list[tuple[str, ...]]:
    return [tuple(hit.passage.id for hit in index.search(question)) for question in QUESTIONS]


def test_with_and_without_a_snapshot_the_same_is_found(built_index: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built_index, tmp_path / "index"))
    with_one = open_index(folder, FakeEmbedder())
    shutil.rmtree(folder / "snapshots")
    (folder / "CURRENT").unlink()
    without = open_index(folder, FakeEmbedder())
    assert found(with_one) == found(without)
    assert [with_one.passages(each.document) for each in with_one.sources] == [
        without.passages(each.document) for each in without.sources
    ]
    assert (with_one.frequency("interview"), with_one.is_word("children")) == (without.frequency("interview"), True)


@pytest.mark.parametrize("file", ["passages.jsonl", "vectors.npy", "lexical/words.json", "lexical/params.index.json"])
def test_a_damaged_snapshot_is_passed_over(built_index: Path, tmp_path: Path, file: str) -> None:
    folder = Path(shutil.copytree(built_index, tmp_path / "index"))
    (state,) = states(folder)
    (folder / "snapshots" / state / file).write_text("{", "utf-8")
    assert found(open_index(folder, FakeEmbedder())) == found(open_index(built_index, FakeEmbedder()))


@pytest.mark.parametrize("gone", ["about.json", "vectors.npy", "passages.jsonl"])
def test_a_state_that_is_not_whole_is_written_again_by_the_next_sync(
    built_index: Path, tmp_path: Path, corpus_folder: Path, gone: str
) -> None:
    folder = Path(shutil.copytree(built_index, tmp_path / "index"))
    (state,) = states(folder)
    (folder / "snapshots" / state / gone).unlink()
    sync((corpus_folder,), folder, FakeEmbedder())
    held = snapshot.current(folder)
    assert held is not None
    assert held.damaged() == ()
    assert found(open_index(folder, FakeEmbedder())) == found(open_index(built_index, FakeEmbedder()))


@pytest.mark.parametrize("text", ["", "../../elsewhere", "0123456789abcdef", "\xff"])
def test_a_pointer_to_nothing_is_as_none(built_index: Path, tmp_path: Path, text: str) -> None:
    folder = Path(shutil.copytree(built_index, tmp_path / "index"))
    (folder / "CURRENT").write_text(text, "latin-1")
    assert snapshot.current(folder) is None
    assert found(open_index(folder, FakeEmbedder())) == found(open_index(built_index, FakeEmbedder()))


def test_a_sync_that_changes_nothing_keeps_the_snapshot(tmp_path: Path, corpus_folder: Path) -> None:
    sync((corpus_folder,), tmp_path / "index", FakeEmbedder())
    before = states(tmp_path / "index")
    sync((corpus_folder,), tmp_path / "index", FakeEmbedder())
    assert states(tmp_path / "index") == before


def test_an_open_index_stays_as_it_was_while_the_reports_change(tmp_path: Path, corpus_folder: Path) -> None:
    sync((corpus_folder,), tmp_path / "index", FakeEmbedder())
    opened = open_index(tmp_path / "index", FakeEmbedder())
    held = opened.passages(LETTER)
    (corpus_folder / LETTER).unlink()
    sync((corpus_folder,), tmp_path / "index", FakeEmbedder())
    assert opened.passages(LETTER) == held
    assert open_index(tmp_path / "index", FakeEmbedder()).passages(LETTER) == ()
    assert len(states(tmp_path / "index")) == KEPT


def test_only_the_newest_snapshots_are_kept(tmp_path: Path, corpus_folder: Path) -> None:
    for number in range(4):
        with (corpus_folder / LETTER).open("a", encoding="utf-8") as file:
            file.write(f"\nThis is line number {number} of those that were added.\n")
        sync((corpus_folder,), tmp_path / "index", FakeEmbedder())
    assert len(states(tmp_path / "index")) == KEPT
    text = " ".join(passage.text for passage in open_index(tmp_path / "index", FakeEmbedder()).passages(LETTER))
    assert "line number 3" in text


def test_the_state_of_a_register_has_a_name_of_its_own() -> None:
    one = snapshot.fingerprint({"a.txt": ("digest", "recipe")})
    assert one == snapshot.fingerprint({"a.txt": ("digest", "recipe")})
    assert one != snapshot.fingerprint({"a.txt": ("other", "recipe")})
    assert one != snapshot.fingerprint({"b.txt": ("digest", "recipe")})
