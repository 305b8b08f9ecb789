"""A quote that runs over a page end is found by its longer part on one page."""

from __future__ import annotations

import pytest

from corpus.quotes import page_part
from corpus.report import is_verbatim

TEXT = "Help comes early.\nMost of the plans are\fclear about what has to\nchange for a child.\fAll is well."


@pytest.mark.parametrize(
    ("quote", "part"),
    [
        ("Help comes early.", (1, "Help comes early.")),
        ("All is well.", (3, "All is well.")),
        ("clear about what has to change for a child.", (2, "clear about what has to change for a child.")),
        (
            "Most of the plans are clear about what has to change for a child.",
            (2, "clear about what has to change for a child."),
        ),
        ("Most of the plans are clear", (1, "Most of the plans are")),
        ("It is not there.", None),
        ("", None),
    ],
)
def test_the_part_on_one_page_is_found_with_its_page(quote: str, part: tuple[int, str] | None) -> None:
    assert page_part(quote, TEXT) == part


def test_the_position_to_look_from_tells_the_same_words_apart() -> None:
    text = "All is well.\fAll is well."
    assert page_part("All is well.", text) == (1, "All is well.")
    assert page_part("All is well.", text, start=5) == (2, "All is well.")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("an office in fluent flow", "an oﬃce in ﬂuent ﬂow"),
        ("The multi-agency team", "The multi-\nagency team"),
        ("first second", "first \uf0b7 second"),
    ],
)
def test_breaks_ligatures_and_symbols_do_not_hide_a_quote(quote: str, text: str) -> None:
    assert is_verbatim(quote, text)


@pytest.mark.parametrize(("quote", "text"), [("safe-guarding", "safe guarding"), ("firm", "form"), ("a-b", "ab")])
def test_other_letters_are_no_quote(quote: str, text: str) -> None:
    assert not is_verbatim(quote, text)
