"""Words recognised on a picture become lines in reading order."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest
from onnxruntime import InferenceSession
from PIL import Image, ImageDraw, ImageFont

from corpus.ocr import LEAST_SURE, Piece, RecognitionError, _recogniser, in_lines, is_upright, recognised


def picture(*lines: str) -> bytes:
    image = Image.new("RGB", (1100, 120 + 80 * len(lines)), "white")
    for place, line in enumerate(lines):
        ImageDraw.Draw(image).text((40, 40 + 80 * place), line, fill="black", font=ImageFont.load_default(size=44))
    file = io.BytesIO()
    image.save(file, "PPM")
    return file.getvalue()


def test_a_picture_of_words_is_read_from_top_to_bottom() -> None:
    lines = ["Inspection dates: 3 to 7 March 2025", "Children are seen alone."]
    assert recognised(picture(*lines)) == (lines, True)


def test_an_empty_picture_has_no_lines() -> None:
    assert recognised(picture()) == ([], True)


def test_pieces_side_by_side_are_one_line_from_left_to_right() -> None:
    pieces = [Piece("Good", 600, 52, 30, 1), Piece("Below", 0, 90, 30, 1), Piece("Care leavers", 0, 50, 30, 1)]
    assert in_lines(pieces) == ["Care leavers Good", "Below"]


def test_what_is_hardly_legible_is_left_out() -> None:
    assert in_lines([Piece("sure", 0, 10, 20, LEAST_SURE), Piece("guess", 0, 60, 20, LEAST_SURE - 0.01)]) == ["sure"]


def test_without_the_library_the_reason_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _recogniser.cache_clear()
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(RecognitionError, match="install rapidocr"):
        recognised(b"")


def test_one_thread_reads_since_several_reports_are_read_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []

    class Session(InferenceSession):  # type: ignore[misc]
        def __init__(self, *rest: Any, sess_options: Any, **named: Any) -> None:  # noqa: ANN401
            threads.append(sess_options.intra_op_num_threads)
            super().__init__(*rest, sess_options=sess_options, **named)

    monkeypatch.setattr("rapidocr.inference_engine.onnxruntime.main.InferenceSession", Session)
    _recogniser.cache_clear()
    recognised(picture("Good"))
    assert threads
    assert set(threads) == {1}


@pytest.mark.parametrize(
    ("width", "height", "sure", "upright"),
    [(300, 30, 0.9, True), (30, 300, 0.9, False), (300, 30, LEAST_SURE - 0.1, False)],
)
def test_words_that_stand_on_end_or_are_not_legible_are_those_of_a_page_that_was_turned(
    width: float, height: float, sure: float, upright: bool
) -> None:
    words = Piece("Children are seen alone", 0, 50, height, sure, width)
    number = Piece("3", 0, 90, 30, 0.9, 20)
    assert is_upright([words, number]) is upright
    assert is_upright([])
