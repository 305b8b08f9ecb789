"""What a report says of its own publication is stated only where it can be that."""

from __future__ import annotations

from datetime import date

from corpus.report import Block, BlockKind
from corpus.statements import read_statements

INSPECTED = (date(2022, 7, 11), date(2022, 7, 22))


def published(text: str) -> list[str]:
    block = Block(BlockKind.PARAGRAPH, text, 0, len(text), page=1)
    return [each.value for each in read_statements((block,), text, INSPECTED) if each.subject == "publication date"]


def test_a_day_after_the_inspection_is_that_of_publication() -> None:
    assert published("Report published: 5 September 2022") == ["5 September 2022"]


def test_the_first_day_of_the_inspection_is_not() -> None:
    assert published("11 July 2022") == []


def test_a_day_in_figures_is_stated_as_it_is_printed() -> None:
    assert published("Report published: 12/09/2022") == ["12/09/2022"]


def test_inspection_dates_in_figures_are_stated_as_they_are_printed() -> None:
    text = "Inspection date: 11/07/2022 to 22/07/2022"
    (found,) = read_statements((Block(BlockKind.PARAGRAPH, text, 0, len(text), page=1),), text, INSPECTED)
    assert (found.subject, found.value, found.quote) == ("inspection dates", "11/07/2022 to 22/07/2022", text)
