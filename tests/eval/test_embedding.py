"""The comparison of embedders: its arithmetic, its turns and its messages; and once for real."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from eval import embedding
from eval.__main__ import app
from eval.embedding import MANY, PEER, OwnProcess, Speed, compare, measure, texts_of
from index.records import IndexProblem
from tests.conftest import REPORTS


class TimedFake:
    """Notes its turns and says that it took so many seconds a text: one figure after another, 5 ms for a single one."""

    def __init__(self, name: str, seconds: list[float], turns: list[str], vector: tuple[float, float]) -> None:
        self.name, self._seconds, self._turns, self._vector = name, seconds, turns, vector

    def timed(self, texts: list[str]) -> tuple[np.ndarray, float]:
        self._turns.append(self.name)
        taken = 0.005 if len(texts) == 1 else self._seconds.pop(0) * len(texts)
        return np.array([self._vector] * len(texts)), taken


TEXTS = ["Children are safe.", "Visits are late."]


def compared(turns: list[str], vector: tuple[float, float] = (1, 0)) -> tuple[Speed, ...]:
    peer = TimedFake("peer", [9, 2, 4, 6], turns, (2, 0))
    own = TimedFake("own", [9, 1, 1, 1], turns, vector)
    return compare([peer, own], TEXTS, rounds=3)


def test_figures_are_medians_of_rounds_and_the_warming_up_does_not_count() -> None:
    peer, own = compared([])
    assert (peer.passages_a_second, own.passages_a_second) == (1 / 4, 1)
    assert peer.ratio == (1, 1, 1)
    assert own.ratio == (4, 2, 6)
    assert own.question_milliseconds == pytest.approx(5)


def test_the_systems_take_turns_and_none_is_always_first() -> None:
    turns: list[str] = []
    compared(turns)
    assert turns[2:8] == ["peer", "own", "own", "peer", "peer", "own"]


def test_the_cosine_does_not_depend_on_the_length_of_vectors() -> None:
    assert compared([], vector=(5, 0))[1].cosine == (1, 1)
    assert compared([], vector=(0, 1))[1].cosine == (0, 0)
    assert compared([], vector=(1, 1))[1].cosine == pytest.approx((0.5**0.5, 0.5**0.5))


def test_passages_are_drawn_alike_for_a_seed() -> None:
    drawn = texts_of([REPORTS], 3, seed=1)
    assert len(drawn) == 3
    assert drawn == texts_of([REPORTS], 3, seed=1) != texts_of([REPORTS], 3, seed=2)


def test_a_count_beyond_what_there_is_takes_all_and_none_twice() -> None:
    found = texts_of([REPORTS], 10_000, seed=0)
    assert found
    assert sorted(found) == sorted(texts_of([REPORTS], 10_000, seed=5))


def test_a_folder_without_reports_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["embedding", "--corpus", str(tmp_path)])
    assert result.exit_code == 1
    assert "No report could be read in" in result.output
    assert tmp_path.name in result.output.replace("\n", "")


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["embedding", "--corpus", str(tmp_path / "nowhere")])
    assert result.exit_code == 1
    assert "nowhere" in result.output.replace("\n", "")
    assert isinstance(result.exception, SystemExit)


def test_without_the_peer_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "PEER_LIBRARY", "not_there_at_all")
    with pytest.raises(IndexProblem, match=r"needs the package not-there-at-all.*requirements-dev\.txt"):
        measure(TEXTS, 1)


def test_the_table_and_json_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    found = (Speed("peer", 50, 9, (1, 1, 1), (1, 1)), Speed("own", 160, 4, (3.2, 3.1, 3.4), (0.99995, 0.99999)))
    monkeypatch.setattr("eval.commands.embedding.measure", lambda _texts, _rounds: found)
    monkeypatch.setenv("COLUMNS", "200")
    arguments = ["embedding", "--corpus", str(REPORTS), "--count", "4", "--rounds", "2"]
    table = CliRunner().invoke(app, arguments).stdout
    assert "3.20 (3.10 to 3.40)" in table
    assert "4 passages, 2 rounds" in table
    told = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    assert (told["passages"], told["rounds"]) == (4, 2)
    assert told["systems"][1]["ratio"] == [3.2, 3.1, 3.4]


@pytest.mark.models
def test_ours_gives_the_vectors_of_the_peer() -> None:
    pytest.importorskip(embedding.PEER_LIBRARY)
    with closing(OwnProcess(PEER)) as peer, closing(OwnProcess(MANY)) as ours:
        found = compare([peer, ours], texts_of([REPORTS], 12, seed=0), rounds=1)
    assert found[1].cosine[0] > 0.999
