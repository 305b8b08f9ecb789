"""The words on the picture of a page; the only module that knows rapidocr."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from rapidocr import RapidOCR

# Below this, what is recognised is as often wrong as right.
LEAST_SURE = 0.7
# Two pieces whose middles are nearer than this share of their height stand on one line.
SAME_LINE = 0.5


class RecognitionError(RuntimeError):
    """Pictures cannot be recognised here; the message says why in a sentence."""


class Piece(NamedTuple):
    """Words recognised in one place: the left and the vertical middle in pixels, their height, how sure they are."""

    words: str
    left: float
    middle: float
    height: float
    sure: float


def recognised(picture: bytes) -> list[str]:
    """The lines of words on a picture, in reading order; what is hardly legible is left out.

    `picture` is an image file. Raises RecognitionError when no library for it is installed.
    """
    found: Any = _recogniser()(picture)
    if found.boxes is None:
        return []
    return in_lines(
        [
            Piece(words, float(min(box[:, 0])), float(box[:, 1].mean()), float(max(box[:, 1]) - min(box[:, 1])), sure)
            for box, words, sure in zip(found.boxes, found.txts, found.scores, strict=True)
        ]
    )


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
    # Pages stand upright, so that the model that turns them is not needed.
    return RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False})
