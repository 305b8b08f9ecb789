"""The numbers of lists are counted as a word processor prints them."""

from __future__ import annotations

from corpus.list_numbers import Level, ListNumbers, ListStyle

LEVELS = {
    0: Level("decimal", 1, "%1."),
    1: Level("decimal", 1, "(%1.%2)"),
    2: Level("lowerLetter", 1, "%3)"),
    3: Level("bullet", 1, "•"),
}


def numbers(*places: tuple[str, int], restarts: dict[int, int] | None = None) -> list[str | None]:
    lists = {
        "a": ListStyle("shared", LEVELS, {}),
        "b": ListStyle("shared", LEVELS, restarts or {}),
        "c": ListStyle("other", {0: Level("decimal", 7, "")}, {}),
    }
    counting = ListNumbers(lists)
    return [counting.next(name, depth) for name, depth in places]


def test_items_are_counted_at_each_depth() -> None:
    assert numbers(("a", 0), ("a", 1), ("a", 1), ("a", 0), ("a", 1)) == ["1", "1.1", "1.2", "2", "2.1"]


def test_letters_and_bullets_have_no_number() -> None:
    assert numbers(("a", 0), ("a", 2), ("a", 3), ("a", 0)) == ["1", None, None, "2"]


def test_lists_of_one_definition_count_on() -> None:
    assert numbers(("a", 0), ("b", 0), ("a", 0)) == ["1", "2", "3"]


def test_a_list_may_start_anew_once() -> None:
    assert numbers(("a", 0), ("b", 0), ("b", 0), ("a", 0), restarts={0: 1}) == ["1", "1", "2", "3"]


def test_a_list_counts_from_its_start_and_needs_no_pattern() -> None:
    assert numbers(("c", 0), ("c", 0)) == ["7", "8"]


def test_a_depth_without_the_one_above_it_takes_the_first_number_above() -> None:
    assert numbers(("a", 1)) == ["1.1"]


def test_a_list_or_depth_that_is_not_defined_has_no_number() -> None:
    assert numbers(("x", 0), ("c", 5)) == [None, None]
