"""Scanned pages are turned until they stand upright, and what could not be recognised is said."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus import pdf as reader
from corpus.ocr import Recognised
from corpus.pdf import MOST_PIXELS, MOST_TURNED, read_pdf
from corpus.report import ReportError

WORDS = ["Children are seen alone and are heard.", "Plans are clear and are kept.", "Visits are made on time."]


def scanned(*pages: list[str], turned: int = 0) -> bytes:
    """A PDF whose pages are pictures of these lines, turned by so many degrees."""
    pictures = []
    for lines in pages:
        picture = Image.new("L", (1200, 400), 255)
        for place, line in enumerate(lines):
            font = ImageFont.load_default(size=40)
            ImageDraw.Draw(picture).text((40, 40 + 90 * place), line, fill=0, font=font)
        pictures.append(picture.rotate(turned, expand=True))
    file = io.BytesIO()
    pictures[0].save(file, "PDF", resolution=150, save_all=True, append_images=pictures[1:])
    return file.getvalue()


class Recogniser:
    """Stands in for the recogniser: each picture in turn is as it says, and the turns asked for are kept."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *found: Recognised) -> None:
        self._found, self.turns = iter(found), list[int]()
        picture = reader._picture

        def kept(page: object, turn: int) -> bytes:
            self.turns.append(turn)
            return picture(page, turn)

        monkeypatch.setattr(reader, "_picture", kept)
        monkeypatch.setattr(reader, "recognised", lambda _: next(self._found))


UPRIGHT, ASKEW, NOTHING = (
    Recognised(WORDS, upright=True),
    Recognised(["lia"], upright=False),
    Recognised([], upright=True),
)


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read(turned: int) -> None:
    parsed = read_pdf(scanned(WORDS, turned=turned))
    assert parsed.text.splitlines() == WORDS
    assert parsed.problems == ("Page 1 was recognised from a picture; words there may be wrong.",)


def test_the_pages_after_one_that_was_turned_are_turned_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Recogniser(monkeypatch, ASKEW, ASKEW, UPRIGHT, UPRIGHT)
    assert read_pdf(scanned(WORDS, WORDS)).ocr_pages == frozenset({1, 2})
    assert asked.turns == [0, 90, 270, 270]


def test_a_page_that_is_upright_in_no_way_gives_the_most_that_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Recogniser(monkeypatch, ASKEW, Recognised(["more of it"], upright=False), ASKEW, ASKEW)
    assert read_pdf(scanned(WORDS)).text == "more of it"
    assert asked.turns == [0, 90, 270, 180]


def test_turning_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Recogniser(monkeypatch, *[ASKEW] * 60)
    read_pdf(scanned(*[WORDS] * 8))
    assert len(asked.turns) == 8 + MOST_TURNED


def test_it_is_said_which_pages_were_recognised_and_which_could_not_be(monkeypatch: pytest.MonkeyPatch) -> None:
    Recogniser(monkeypatch, UPRIGHT, UPRIGHT, UPRIGHT, NOTHING, UPRIGHT)
    parsed = read_pdf(scanned(*[WORDS] * 5))
    assert parsed.ocr_pages == frozenset({1, 2, 3, 5})
    assert parsed.problems == (
        "Pages 1-3, 5 were recognised from pictures; words there may be wrong.",
        "Page 4: only a picture, on which no words could be recognised.",
    )


def test_a_scan_without_any_words_is_no_report() -> None:
    with pytest.raises(ReportError, match=r"^The PDF is a scan whose words could not be recognised\.$"):
        read_pdf(scanned([]))


def test_a_picture_is_no_larger_than_is_of_use(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []

    def seen(picture: bytes) -> Recognised:
        sizes.append(Image.open(io.BytesIO(picture)).size)
        return UPRIGHT

    monkeypatch.setattr(reader, "recognised", seen)
    file = io.BytesIO()
    Image.new("L", (6000, 3000), 255).save(file, "PDF", resolution=150)
    read_pdf(file.getvalue())
    assert [max(size) for size in sizes] == [MOST_PIXELS]
