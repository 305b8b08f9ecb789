"""The place and time of a report are no claim of their own, and no other place or time is."""

from __future__ import annotations

import pytest

from rag.framing import without_frame, without_opening
from rag.verify import check
from tests.rag.builders import quote

HELD = "Older children are not routinely invited to conferences."


@pytest.mark.parametrize(
    ("draft", "left"),
    [
        ("Yes, homes are stable [1].", "Homes are stable [1]."),
        ("No. Homes are not stable.", "Homes are not stable."),
        ("Additionally, homes are stable.", "Homes are stable."),
        ("Overall effectiveness is good.", "Overall effectiveness is good."),
        ("No children wait.", "No children wait."),
    ],
)
def test_what_no_evidence_bears_out_is_taken_from_the_beginning(draft: str, left: str) -> None:
    assert without_opening(draft) == left


SOURCE = quote(HELD).source
OWN, YEAR = SOURCE.authority, SOURCE.year


@pytest.mark.parametrize(
    "said",
    [
        f"Older children in {OWN} are not routinely invited to conferences.",
        f"{OWN}'s older children are not routinely invited to conferences.",
        f"In {OWN} council older children are not routinely invited to conferences.",
        f"Older children were not routinely invited to conferences in {OWN} back in {YEAR}.",
        f"Older children were not routinely invited to conferences in {OWN} ({YEAR}).",
        f"During the {OWN} {YEAR} inspection, older children were not routinely invited to conferences.",
    ],
)
def test_the_reports_own_place_and_time_may_be_named(said: str) -> None:
    assert check(f"{said} [1]", (quote(HELD),)).passed


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (HELD, "Older children in Cornwall are not routinely invited to conferences."),
        (HELD, f"Older children were not routinely invited to conferences in {OWN} back in 1999."),
        (HELD, f"Older children were not routinely invited to conferences in March {YEAR}."),
        ("In 2009, older children were not invited.", f"In {YEAR}, older children were not invited."),
        ("Children placed elsewhere wait for a dentist.", f"Children placed in {OWN} wait for a dentist."),
        ("Children placed in Cornwall wait for a dentist.", f"Children placed in {OWN} wait for a dentist."),
    ],
)
def test_no_other_place_or_time_may(held: str, said: str) -> None:
    assert not check(f"{said} [1]", (quote(held),)).passed


def test_without_a_frame_a_sentence_stays_as_it_is() -> None:
    assert without_frame(HELD, HELD, SOURCE) == HELD


def test_the_end_of_one_sentence_is_not_told_of_the_one_before() -> None:
    held = "Interviews are of high quality. This is a great improvement since the previous inspection."
    assert not check("Interviews are of high quality since the previous inspection [1].", (quote(held),)).passed


def test_the_first_word_is_not_left_out() -> None:
    held = "For some disabled children, advisers are unable to say what they need."
    assert not check(f"{held.removeprefix('For ').capitalize()} [1]", (quote(held),)).passed
    assert check(f"{held} [1]", (quote(held),)).passed
