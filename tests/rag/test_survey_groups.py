"""Groups of authorities by kind and region."""

from __future__ import annotations

import pytest

from rag.survey_groups import group_in


@pytest.mark.parametrize(
    ("text", "words", "member", "stranger"),
    [
        ("which London boroughs were good", "London boroughs", "Camden", "Kent"),
        ("London councils", "authorities in London", "Camden", "Kent"),
        ("which metropolitan boroughs were good", "metropolitan boroughs", "Leeds", "Camden"),
        ("which boroughs were good", "boroughs", "Leeds", "Kent"),
        ("which county councils were good", "county councils", "Kent", "Camden"),
        ("which counties were good", "county councils", "Kent", "Camden"),
        ("councils in the North West", "authorities in the North West", "Bolton", "Leeds"),
        ("north western councils", "authorities in the North West", "Bolton", "Leeds"),
        ("councils in Yorkshire", "authorities in Yorkshire and the Humber", "Leeds", "Bolton"),
        ("councils in Yorkshire and Humber", "authorities in Yorkshire and the Humber", "Leeds", "Bolton"),
        ("councils in the East of England", "authorities in the East of England", "Norfolk", "Leeds"),
        ("unitary authorities in the South West", "unitary authorities in the South West", "Cornwall", "Devon"),
    ],
)
def test_a_kind_or_region_picks_authorities_out(text: str, words: str, member: str, stranger: str) -> None:
    group, _ = group_in(text)
    assert group is not None
    assert group.words == words
    assert member in group.names
    assert stranger not in group.names


@pytest.mark.parametrize(
    "text", ["which councils were good", "coastal councils", "around the county", "north councils"]
)
def test_other_words_pick_none_out_and_stay(text: str) -> None:
    assert group_in(text) == (None, text)


def test_the_words_of_the_group_are_taken_out_and_the_rest_still_asks_for_councils() -> None:
    _, rest = group_in("which unitary authorities in the South West were good")
    assert rest.split() == ["which", "councils", "were", "good"]
