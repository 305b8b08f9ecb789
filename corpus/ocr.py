"""The words on the picture of a page; the only module that knows rapidocr."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from rapidocr import RapidOCR

# Below this, what is recognised is as often wrong as right.
LEAST_SURE = 0.7
# Two pieces whose middles are nearer than this share of their height stand on one line.
SAME_LINE = 0.5
# One at a time: several reports are read side by side, and a second thread makes a page no quicker.
ENGINE = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Rec.rec_batch_num": 1,
}


class RecognitionError(RuntimeError):
    """Pictures cannot be recognised here; the message says why in a sentence."""


class Piece(NamedTuple):
    """Words recognised in one place, in pixels and as sure as from 0 to 1.

    `left` is where they begin, `middle` half way between top and bottom.
    """

    words: str
    left: float
    middle: float
    height: float
    sure: float
    width: float = math.inf


class Recognised(NamedTuple):
    """The lines of words on a picture, in reading order, and whether the picture stands upright.

    What is hardly legible is left out of the lines. A picture without words counts as upright.
    """

    lines: list[str]
    upright: bool


def recognised(picture: bytes) -> Recognised:
    """The words on a picture, which is an image file; raises RecognitionError when no library for it is installed."""
    found: Any = _recogniser()(picture)
    if found.boxes is None:
        return Recognised([], upright=True)
    pieces = [_piece(*each) for each in zip(found.boxes, found.txts, found.scores, strict=True)]
    return Recognised(in_lines(pieces), is_upright(pieces))


def _piece(box: Any, words: str, sure: float) -> Piece:  # noqa: ANN401  (an array of the library's)
    across, down = box[:, 0], box[:, 1]
    height, width = float(max(down) - min(down)), float(max(across) - min(across))
    return Piece(words, float(min(across)), float(down.mean()), height, sure, width)


def is_upright(pieces: list[Piece]) -> bool:
    """Whether most letters are legible and stand side by side; on a page that was turned they are not or do not."""
    right = sum(len(piece.words) for piece in pieces if piece.sure >= LEAST_SURE and piece.width >= piece.height)
    return 2 * right >= sum(len(piece.words) for piece in pieces)


def in_lines(pieces: list[Piece]) -> list[str]:
    """Pieces as lines from top to bottom, those side by side on one line from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted((piece for piece in pieces if piece.sure >= LEAST_SURE), key=lambda piece: piece.middle):
        if rows and piece.middle - rows[-1][0].middle < SAME_LINE * min(piece.height, rows[-1][0].height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [" ".join(piece.words for piece in sorted(row, key=lambda piece: piece.left)) for row in rows]


@lru_cache(maxsize=1)
def _recogniser() -> RapidOCR:
    try:
        from rapidocr import RapidOCR  # noqa: PLC0415
    except ImportError as error:
        raise RecognitionError("To recognise words on pictures, install rapidocr and onnxruntime.") from error
    return RapidOCR(params=ENGINE)
