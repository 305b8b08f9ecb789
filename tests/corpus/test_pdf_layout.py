"""Lines of pages become running text: printed numbers, running headers, footnotes, words broken at a line's end."""

from __future__ import annotations

import pytest

from corpus.lines import Role
from corpus.pdf_layout import Layout, PageLine, laid_out

BODY = ["Help comes early.", "Plans are clear.", "Visits are kept.", "Staff are proud.", "Audits are done."]


def layout(*pages: list[str]) -> Layout:
    return laid_out([[PageLine(line) for line in page] for page in pages])


def body(page: int) -> list[str]:
    return [f"{line[:-1]} on day {'abcdefgh'[page]}." for line in BODY]


def numbered(*labels: str) -> Layout:
    return layout(*([label, *body(place)] for place, label in enumerate(labels)))


@pytest.mark.parametrize("form", ["{}", "Page {}", "Page {} of 9", "{} of 9", "1 to 5 May 2023 {}"])
def test_the_printed_number_of_a_page_is_known_and_gone_from_the_text(form: str) -> None:
    read = numbered(*(form.format(number) for number in (1, 2, 3, 4)))
    assert read.labels == ("1", "2", "3", "4")
    assert read.text == "\f".join("\n".join(body(page)) for page in range(4))


def test_printed_numbers_may_begin_later_than_the_file() -> None:
    read = layout(body(0), body(1), ["1", *body(2)], ["2", *body(3)], ["3", *body(4)])
    assert read.labels == ("", "", "1", "2", "3")


def test_a_number_at_the_foot_is_known_too() -> None:
    assert layout(*([*body(page), str(page + 1)] for page in range(3))).labels == ("1", "2", "3")


def test_numbers_that_do_not_count_are_no_page_numbers_and_stay() -> None:
    read = numbered("17", "9", "40")
    assert read.labels == ("", "", "")
    assert read.text.startswith("17\n")


def test_a_number_that_does_not_fit_is_not_taken() -> None:
    read = numbered("1", "2", "99", "4")
    assert read.labels == ("1", "2", "", "4")
    assert "\f99\n" in read.text


def test_the_number_of_a_footnote_is_not_taken_for_the_number_of_the_page() -> None:
    note = [PageLine("3", Role.NOTE), PageLine("A law of 1989.", Role.NOTE_GOES_ON)]
    pages = [[PageLine(line) for line in [str(page + 1), *body(page)]] for page in range(3)]
    read = laid_out([*pages[:2], [*pages[2], *note]])
    assert read.labels == ("1", "2", "3")
    assert read.text.endswith("\n3\nA law of 1989.")


def test_a_line_stands_where_it_says() -> None:
    read = layout(*([str(page + 1), *body(page), ""] for page in range(3)))
    for line in read.lines:
        assert read.text[line.start : line.end] == line.text
        assert line.page == read.text.count("\f", 0, line.start) + 1


def noted(last: str, after: str) -> str:
    note = PageLine("1 A law.", Role.NOTE)
    lines = [PageLine(line) for line in ["Help comes early.", "Plans are clear.", last]]
    return laid_out([[*lines, note], [PageLine(after)]]).text


def test_a_footnote_between_the_halves_of_a_sentence_goes_above_its_paragraph() -> None:
    text = noted("All the plans of the last year", "are kept.")
    assert text == "Help comes early.\nPlans are clear.\n1 A law.\nAll the plans of the last year\fare kept."


def test_a_footnote_that_interrupts_nothing_stays_at_the_foot() -> None:
    assert noted("All plans are kept.", "Visits are kept.").endswith("All plans are kept.\n1 A law.\fVisits are kept.")


def test_a_page_that_is_one_paragraph_keeps_its_footnote_at_the_foot() -> None:
    pages = [[PageLine("All the plans"), PageLine("1 A law.", Role.NOTE)], [PageLine("are kept.")]]
    assert laid_out(pages).text == "All the plans\n1 A law.\fare kept."


@pytest.mark.parametrize(
    ("line", "others", "mended"),
    [
        ("the safe\ufffeguarding board", "safeguarding", "the safeguarding board"),
        ("Under\ufffedeveloped plans", "underdeveloped", "Underdeveloped plans"),
        ("the well\ufffebeing of", "wellbeing and well-being", "the well-being of"),
        ("a multi\ufffeagency plan", "", "a multi-agency plan"),
        ("an out-of\ufffehours team", "ofhours", "an out-of-hours team"),
        ("16\ufffeyear", "", "16-year"),
    ],
)
def test_a_broken_word_is_written_as_the_report_writes_it_elsewhere(line: str, others: str, mended: str) -> None:
    assert layout([line, others]).text == f"{mended}\n{others}"


def test_no_pages_make_no_text() -> None:
    assert laid_out([]) == Layout("", [], ())
