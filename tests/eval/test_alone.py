"""One process at a time at a run: the second is told, and a killed one blocks nobody."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from eval.alone import LOCK, alone_at, alone_in
from eval.run_loop import RunProblem

HOLDS = """
import sys
from filelock import FileLock
lock = FileLock(sys.argv[1])
lock.acquire()
print("held", flush=True)
input()
"""
Alone = Callable[[Path], AbstractContextManager[None]]


@contextmanager
def held_elsewhere(lock: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until it is killed."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", HOLDS, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


each = pytest.mark.parametrize(
    ("alone", "path", "lock", "said"),
    [
        (alone_in, "runs/mine", "runs/mine/.lock", "the run in"),
        (alone_at, "out/a.jsonl", "out/.a.jsonl.lock", "the answers in"),
    ],
    ids=["run", "answers"],
)


@each
def test_a_second_process_is_told_in_one_sentence_what_to_do(
    tmp_path: Path, alone: Alone, path: str, lock: str, said: str
) -> None:
    told = f"Another process is at work on {said} {tmp_path / path}. Wait until it has finished, then run the command"
    with held_elsewhere(tmp_path / lock), pytest.raises(RunProblem) as caught, alone(tmp_path / path):
        pytest.fail("two were at it")
    assert str(caught.value).startswith(told)


@each
def test_a_killed_process_blocks_nobody(tmp_path: Path, alone: Alone, path: str, lock: str, said: str) -> None:
    assert said
    with held_elsewhere(tmp_path / lock) as process:
        process.kill()
        process.wait()
        with alone(tmp_path / path):
            assert (tmp_path / lock).exists()


@pytest.mark.parametrize("fails", [False, True])
def test_the_next_may_begin_however_the_one_before_ended(tmp_path: Path, fails: bool) -> None:
    def once() -> None:
        with alone_in(tmp_path / "run"):
            if fails:
                raise OSError("the disk is full")

    for _ in range(2):
        if fails:
            with pytest.raises(OSError, match="full"):
                once()
        else:
            once()
    assert [entry.name for entry in (tmp_path / "run").iterdir()] == [LOCK]


def test_two_runs_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with alone_in(tmp_path / "one"), alone_in(tmp_path / "two"), alone_at(tmp_path / "a"), alone_at(tmp_path / "b"):
        assert len(list(tmp_path.rglob("*lock"))) == 4
