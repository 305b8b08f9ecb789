"""Drafts are cut into sentences as they stream."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.drafting import drafted_sentences
from rag.models import ModelProblem
from tests.fakes import ScriptedWriter
from tests.rag.builders import quote


def drafted(reply: str, piece: int = 3) -> list[str]:
    return list(drafted_sentences("How?", (quote("Homes are stable."),), ScriptedWriter([reply], piece=piece)))


@dataclass(frozen=True)
class PieceWriter:
    """A writer that says these pieces."""

    pieces: tuple[str, ...]
    name: str = "pieces"
    only_copies: bool = False

    def stream(self, messages: object) -> Iterator[str]:  # noqa: ARG002  (the protocol's)
        yield from self.pieces


@pytest.mark.parametrize(
    ("reply", "sentences"),
    [
        pytest.param("Homes are stable [1].", ["Homes are stable [1]."], id="one"),
        pytest.param(
            "Homes are [1]. Staff stay [2].", ["Homes are [1].", "Staff stay [2]."], id="tokens before the stop"
        ),
        pytest.param("Homes are. [1] Staff stay. [2]", ["Homes are [1].", "Staff stay [2]."], id="tokens after"),
        pytest.param("Homes are.[1] Staff stay.[2]", ["Homes are[1].", "Staff stay[2]."], id="tokens at the stop"),
        pytest.param("Homes are. [1][2] Staff. [3]", ["Homes are [1][2].", "Staff [3]."], id="two after"),
        pytest.param("Homes are stable. [1]", ["Homes are stable [1]."], id="one with its token after the stop"),
        pytest.param("Homes. Staff", ["Homes."], id="half a sentence at the end"),
        pytest.param("Homes are stable [1]", ["Homes are stable [1]"], id="no stop but a token"),
        pytest.param("Homes? Yes! Stable.", ["Homes?", "Yes!", "Stable."], id="other stops"),
        pytest.param("Dr. Marlow saw 1.5 homes. Yes.", ["Dr. Marlow saw 1.5 homes.", "Yes."], id="no stops"),
        pytest.param("One. Two. Three. Four. Five. Six.", ["One.", "Two.", "Three.", "Four."], id="at most four"),
        pytest.param("", [], id="nothing"),
        pytest.param(" \n ", [], id="white space"),
        pytest.param("and then", [], id="no sentence"),
    ],
)
def test_a_draft_is_given_out_sentence_by_sentence(reply: str, sentences: list[str]) -> None:
    assert drafted(reply) == sentences


def test_a_writer_that_goes_on_is_not_heard_to_the_end() -> None:
    heard: list[str] = []

    def endless() -> Iterator[str]:
        for number in range(10_000):
            heard.append(f"Home {number} is stable [1]. ")
            yield heard[-1]

    writer = PieceWriter(())
    object.__setattr__(writer, "stream", lambda _: endless())
    assert len(list(drafted_sentences("How?", (), writer))) == 4
    assert len(heard) < 10


DRAFTS = st.lists(
    st.sampled_from(
        ["Homes are stable", "Staff stay", "It is 1.5 of 3", "Dr. Marlow came", "Plans are “vague”", "In 2015"]
    ).flatmap(
        lambda words: st.sampled_from(
            [
                f"{words} [1].",
                f"{words} [1][12].",
                f"{words}. [1]",
                f"{words}.[2] [3]",
                f"{words}.",
                f"{words}?",
                f"{words} [2]!",
            ]
        )
    ),
    max_size=6,
).map(" ".join)


@given(DRAFTS, st.data())
def test_any_chunking_gives_the_same_sentences(reply: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(reply)), max_size=12)) | {0, len(reply)})
    pieces = tuple(reply[start:end] for start, end in pairwise(cuts))
    whole = list(drafted_sentences("How?", (), PieceWriter((reply,))))
    assert list(drafted_sentences("How?", (), PieceWriter(pieces))) == whole
    assert len(whole) <= 4


@given(DRAFTS)
def test_nothing_is_added_left_out_or_moved_but_a_stop(reply: str) -> None:
    def unstopped(text: str) -> str:
        return re.sub(r"[.!?\s]", "", text)

    whole = list(drafted_sentences("How?", (), PieceWriter((reply,))))
    assert unstopped(reply).startswith(unstopped("".join(whole)))
    assert all(re.sub(r"\s*\[\d+\]", "", sentence) in re.sub(r"\s*\[\d+\]", "", reply) for sentence in whole)


@given(st.text(max_size=120), st.integers(1, 9))
def test_no_draft_breaks_the_cutting(reply: str, piece: int) -> None:
    assert len(drafted(reply, piece)) <= 4


def test_a_writers_problem_gets_through_after_what_it_said() -> None:
    stream = drafted_sentences("How?", (), ScriptedWriter([("Homes are. Staff", ModelProblem("cut off"))]))
    assert next(stream) == "Homes are."
    with pytest.raises(ModelProblem, match="cut off"):
        next(stream)
