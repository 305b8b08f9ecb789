"""What report after report prints word for word is told from what one report found."""

from __future__ import annotations

import pytest

from corpus.report import BlockKind
from index.records import Passage
from index.repeated import FEWEST_AUTHORITIES, repeated

AUTHORITIES = {f"{number}.txt": f"Authority {number}" for number in range(20)}
PROSE = "Inspectors read case files and talked to children, parents and the people who work with them."


def passages(texts: list[str]) -> list[Passage]:
    return [
        Passage(f"{number}", f"{number}.txt", text, BlockKind.PARAGRAPH, (), 0, 0, len(text))
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize("text", [PROSE, "E: enquiries@example.org", "W: www.example.org/reports"])
def test_what_several_authorities_reports_have_alike_is_repeated(text: str) -> None:
    assert repeated(passages([text] * FEWEST_AUTHORITIES), AUTHORITIES) == {str(n) for n in range(FEWEST_AUTHORITIES)}


def test_case_and_marks_make_no_difference() -> None:
    assert len(repeated(passages([PROSE, PROSE.upper(), *[PROSE.replace(",", " –")] * 3]), AUTHORITIES)) == 5


def test_what_few_have_is_their_own() -> None:
    assert not repeated(passages([PROSE] * (FEWEST_AUTHORITIES - 1)), AUTHORITIES)


def test_one_authority_that_says_the_same_each_year_is_not_many() -> None:
    assert not repeated(passages([PROSE] * 10), dict.fromkeys(AUTHORITIES, "Authority 0"))


@pytest.mark.parametrize("text", ["Adoption performance Good", "Children who need help and protection inadequate"])
def test_a_judgement_is_never_repeated(text: str) -> None:
    assert not repeated(passages([text] * 10), AUTHORITIES)


def test_a_form_of_words_with_another_figure_in_it_is_another() -> None:
    texts = [
        f"In the last 12 months {number}0 children in this area were adopted by families." for number in range(1, 9)
    ]
    assert not repeated(passages(texts), AUTHORITIES)
