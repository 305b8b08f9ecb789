import os
import time
from collections.abc import Iterator

import pytest

from corpus.pool import AHEAD, ReaderStopped, in_processes


def doubled(number: int) -> int:
    return 2 * number


def dies_at_three(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


def sleeps_at_three(number: int) -> int:
    if number == 3:
        time.sleep(600)
    return number


def fails(number: int) -> int:
    raise ValueError(f"no {number}")


def test_results_come_in_the_order_of_the_tasks() -> None:
    assert list(in_processes(doubled, range(20), processes=2)) == [2 * number for number in range(20)]


def test_no_task_no_result() -> None:
    assert list(in_processes(doubled, [], processes=2)) == []


def test_a_process_that_dies_takes_only_its_own_task_with_it() -> None:
    results = list(in_processes(dies_at_three, range(12), processes=2))
    assert [number for number in results if not isinstance(number, ReaderStopped)] == [0, 1, 2, *range(4, 12)]
    assert isinstance(results[3], ReaderStopped)
    assert "damaged" in results[3].reason


def test_a_task_that_never_ends_is_given_up() -> None:
    results = list(in_processes(sleeps_at_three, range(5), processes=2, seconds=4))
    assert [isinstance(result, ReaderStopped) for result in results] == [False, False, False, True, False]
    assert results[3] == ReaderStopped("it was not done after 4 seconds")


def test_an_error_of_the_work_itself_is_raised() -> None:
    with pytest.raises(ValueError, match="no 0"):
        list(in_processes(fails, range(4), processes=2))


class Watched(list[int]):
    """Tasks that remember how many were taken."""

    taken = 0

    def __getitem__(self, place):  # type: ignore[no-untyped-def, override]  # noqa: ANN001, ANN204
        return self

    def __iter__(self) -> Iterator[int]:
        for number in range(len(self)):
            self.taken += 1
            yield number


def test_only_a_few_results_wait() -> None:
    tasks = Watched(range(50))
    results = in_processes(doubled, tasks, processes=1)
    assert next(results) == 0
    assert tasks.taken <= AHEAD
    results.close()  # type: ignore[attr-defined]
