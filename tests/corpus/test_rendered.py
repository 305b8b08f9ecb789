"""Pieces become a text and blocks that stand in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.rendered import Piece, rendered, row
from corpus.report import BlockKind, is_verbatim

PIECES = st.lists(
    st.builds(
        Piece,
        st.sampled_from(list(BlockKind)),
        st.text(st.sampled_from("aB1 .•-\n\t\u00ad\u00a0\x07|*"), max_size=40),
        st.none() | st.just("4"),
    ),
    max_size=8,
)


def test_marks_are_printed_before_the_place_of_the_block() -> None:
    parsed = rendered(
        [
            Piece(BlockKind.NUMBERED, "Plans.", "4"),
            Piece(BlockKind.BULLET, "Visits."),
            Piece(BlockKind.FOOTNOTE, "In May.", "2"),
            row(["Care", "", "Good"]),
        ]
    )
    assert parsed.text == "4. Plans.\n\n• Visits.\n\n2 In May.\n\nCare\tGood"
    assert [parsed.text[block.start : block.end] for block in parsed.blocks] == [
        "Plans.",
        "Visits.",
        "In May.",
        "Care\tGood",
    ]
    assert [block.number for block in parsed.blocks] == ["4", None, None, None]


def test_a_piece_without_words_is_none() -> None:
    assert rendered([Piece(BlockKind.PARAGRAPH, " – "), Piece(BlockKind.HEADING, "")]).blocks == ()


def test_blocks_have_the_headings_above_them() -> None:
    pieces = [Piece(BlockKind.HEADING, "Plans of\ncare"), Piece(BlockKind.PARAGRAPH, "Plans.")]
    assert rendered(pieces).blocks[1].headings == ("Plans of care",)


@given(PIECES)
def test_every_block_stands_word_for_word_in_the_text(pieces: list[Piece]) -> None:
    parsed = rendered(pieces)
    for block in parsed.blocks:
        assert block.text == " ".join(parsed.text[block.start : block.end].split())
        assert is_verbatim(block.text, parsed.text)
    places = [place for block in parsed.blocks for place in (block.start, block.end)]
    assert places == sorted(places)
