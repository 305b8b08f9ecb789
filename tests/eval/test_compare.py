"""Two runs side by side: what changed of each question, and what is more than chance."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.compare import Change, compare
from eval.run_loop import RunProblem
from tests.eval.runs import case, row, run

NAMES = [f"q{number}" for number in range(20)]
CASES = [case(name) for name in NAMES]


def test_each_question_is_better_worse_other_or_the_same() -> None:
    before = run(CASES[:4], [row("q0", "no"), row("q1"), row("q2"), row("q3")])
    after = run(CASES[:4], [row("q0"), row("q1", "no"), row("q2", "oh yes"), row("q3")])
    found = compare(before, after)
    assert [each.change for each in found.questions] == [Change.BETTER, Change.WORSE, Change.OTHER, Change.SAME]
    assert found.counts == dict.fromkeys(Change, 1)


def test_a_question_that_was_not_answered_is_worse() -> None:
    found = compare(run(CASES[:1], [row("q0")]), run(CASES[:1], []))
    assert [each.change for each in found.questions] == [Change.WORSE]


@pytest.mark.parametrize(("lost", "worse"), [(0, set()), (5, set()), (6, {"right"}), (20, {"right"})])
def test_worse_is_what_chance_would_rarely_do(lost: int, worse: set[str]) -> None:
    before = run(CASES, [row(name) for name in NAMES])
    after = run(CASES, [row(name, "no" if number < lost else "yes") for number, name in enumerate(NAMES)])
    assert {side.measure.name for side in compare(before, after).worse} == worse


def test_more_of_what_is_bad_is_worse_and_less_is_not() -> None:
    answered, refused = [row(name) for name in NAMES], [row(name, abstained=True) for name in NAMES]
    worse = {side.measure.name for side in compare(run(CASES, answered), run(CASES, refused)).worse}
    assert worse == {"right", "wrongly_refused"}
    assert compare(run(CASES, refused), run(CASES, answered)).worse == ()


def test_a_measure_stands_with_both_values_and_the_difference() -> None:
    found = compare(run(CASES, [row(name) for name in NAMES[:10]]), run(CASES, [row(name) for name in NAMES[:15]]))
    right = next(side for side in found.sides if side.measure.name == "right")
    assert (right.before, right.after, right.difference.value) == (0.5, 0.75, 0.25)
    assert right.difference.low <= 0.25 <= right.difference.high


def test_only_questions_that_both_asked_in_the_same_words_are_compared() -> None:
    before = run([case("a"), case("b"), case("c")], [row("a"), row("b"), row("c")])
    after = run([case("a"), case("b", question="Another?"), case("d")], [row("a"), row("b"), row("d")])
    found = compare(before, after)
    assert [each.before.case.id for each in found.questions] == ["a"]
    assert found.only_one == 3


def test_runs_without_a_common_question_are_told() -> None:
    with pytest.raises(RunProblem, match="one and two have no question in common"):
        compare(run([case("a")], [], Path("one")), run([case("b")], [], Path("two")))
