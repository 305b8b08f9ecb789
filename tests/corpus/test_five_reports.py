"""Facts about the five reports that come with the project, as a person reads them there."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from corpus.catalogue import CATALOGUE, load_catalogue
from corpus.folder import read_folder
from corpus.report import Block, BlockKind, Report, ReportKind, is_verbatim
from corpus.settings import PROJECT

FOLDER = PROJECT / "corpus" / "reports"
LETTER_2011 = "sandwell-2011-unannounced-inspection-letter.txt"
SANDWELL_2015 = "sandwell-2015-inspection.txt"
NEWS_2018 = "sandwell-2018-inspection-news.txt"
LETTER_2025 = "sandwell-2025-focused-visit-letter.txt"
WALSALL_2017 = "walsall-2017-inspection.md"
DOCUMENTS = (LETTER_2011, SANDWELL_2015, NEWS_2018, LETTER_2025, WALSALL_2017)
each_report = pytest.mark.parametrize("document", DOCUMENTS)

RI = "requires improvement"
GRADES = {
    LETTER_2011: {},
    SANDWELL_2015: {
        "overall": "inadequate",
        "help_protection": "inadequate",
        "in_care": RI,
        "adoption": RI,
        "care_leavers": RI,
        "leaders": "inadequate",
        "lscb": "inadequate",
    },
    NEWS_2018: {"overall": "inadequate"},
    LETTER_2025: {},
    WALSALL_2017: {
        "overall": RI,
        "help_protection": RI,
        "in_care": RI,
        "adoption": "good",
        "care_leavers": RI,
        "leaders": RI,
        "lscb": RI,
    },
}
# The Markdown of two footnotes is itself broken: "<sup>&</sup>lt;sup>1</sup> Ofsted produces …".
BROKEN_FOOTNOTES = 2


@cache
def reports() -> dict[str, Report]:
    return {found.document: found for found in read_folder(FOLDER) if isinstance(found, Report)}


def below(document: str, heading: str, *kinds: BlockKind) -> list[Block]:
    return [block for block in reports()[document].blocks if heading in block.headings and block.kind in kinds]


# The files


def test_all_five_are_read_and_nothing_is_set_aside() -> None:
    assert [found.document for found in read_folder(FOLDER)] == list(DOCUMENTS)


def test_the_catalogue_describes_these_files_and_no_others() -> None:
    assert set(load_catalogue(FOLDER)) == {path.name for path in Path(FOLDER).iterdir()} - {CATALOGUE}


@each_report
def test_the_digest_is_the_one_in_the_catalogue(document: str) -> None:
    digest = hashlib.sha256((FOLDER / document).read_bytes()).hexdigest()
    assert load_catalogue(FOLDER)[document].sha256 == digest == reports()[document].digest


@each_report
def test_the_catalogue_says_where_a_report_comes_from_and_under_which_licence(document: str) -> None:
    entry = load_catalogue(FOLDER)[document]
    assert entry.publisher
    assert entry.licence
    assert entry.source


# Who and when


@pytest.mark.parametrize(
    ("document", "authority", "kind", "year"),
    [
        (LETTER_2011, "Sandwell", ReportKind.UNANNOUNCED_INSPECTION, 2011),
        (SANDWELL_2015, "Sandwell", ReportKind.INSPECTION, 2015),
        (NEWS_2018, "Sandwell", ReportKind.NEWS, 2018),
        (LETTER_2025, "Sandwell", ReportKind.FOCUSED_VISIT, 2025),
        (WALSALL_2017, "Walsall", ReportKind.INSPECTION, 2017),
    ],
)
def test_authority_kind_and_year(document: str, authority: str, kind: ReportKind, year: int) -> None:
    report = reports()[document]
    assert (report.authority, report.kind, report.year) == (authority, kind, year)


@pytest.mark.parametrize(
    ("document", "start", "end", "published"),
    [
        (LETTER_2011, date(2011, 3, 1), date(2011, 3, 2), date(2011, 3, 30)),
        (SANDWELL_2015, date(2015, 1, 27), date(2015, 2, 19), date(2015, 6, 5)),
        (NEWS_2018, None, None, None),
        (LETTER_2025, date(2025, 4, 15), date(2025, 4, 16), date(2025, 5, 20)),
        (WALSALL_2017, date(2017, 6, 20), date(2017, 7, 13), date(2017, 9, 4)),
    ],
)
def test_dates(document: str, start: date | None, end: date | None, published: date | None) -> None:
    report = reports()[document]
    assert (report.inspection_start, report.inspection_end, report.published) == (start, end, published)


@pytest.mark.parametrize(
    ("document", "authority", "kind"),
    [
        (LETTER_2011, "Sandwell", ReportKind.UNANNOUNCED_INSPECTION),
        (SANDWELL_2015, "Sandwell", ReportKind.INSPECTION),
        (NEWS_2018, "Sandwell", ReportKind.NEWS),
        (LETTER_2025, "Sandwell", ReportKind.FOCUSED_VISIT),
        (WALSALL_2017, "Walsall", ReportKind.INSPECTION),
    ],
)
def test_without_the_catalogue_they_are_understood_all_the_same(
    tmp_path: Path, document: str, authority: str, kind: ReportKind
) -> None:
    (tmp_path / document).write_bytes((FOLDER / document).read_bytes())
    (report,) = read_folder(tmp_path)
    assert isinstance(report, Report)
    assert (report.authority, report.kind) == (authority, kind)
    assert report.published == reports()[document].published


# Judgements


@each_report
def test_every_judgement_and_no_other(document: str) -> None:
    assert {each.area: each.grade for each in reports()[document].judgements} == GRADES[document]


@each_report
def test_every_judgement_quotes_the_report_letter_for_letter(document: str) -> None:
    report = reports()[document]
    for judgement in report.judgements:
        assert is_verbatim(judgement.quote, report.text)
        assert judgement.printed in judgement.quote


# Lists


@pytest.mark.parametrize(
    ("document", "heading", "count"),
    [
        (LETTER_2011, "The service meets the requirements of statutory guidance in the following areas", 14),
        (LETTER_2011, "Areas for development", 9),
        (LETTER_2025, "What needs to improve in this area of social work practice?", 4),
    ],
)
def test_bullets_below_a_heading(document: str, heading: str, count: int) -> None:
    assert len(below(document, heading, BlockKind.BULLET)) == count


def test_walsall_has_twelve_recommendations_for_the_authority_and_four_for_the_board() -> None:
    numbered = below(WALSALL_2017, "Recommendations", BlockKind.NUMBERED)
    assert [int(block.number or 0) for block in numbered if int(block.number or 0) < 13] == list(range(1, 13))
    assert len(below(WALSALL_2017, "Recommendations", BlockKind.BULLET)) >= 4


def test_sandwell_in_2015_keeps_what_the_copy_holds_of_seventeen_actions_and_eight_for_the_board() -> None:
    kinds = (BlockKind.PARAGRAPH, BlockKind.BULLET)
    assert len(below(SANDWELL_2015, "What does the local authority need to improve?", *kinds)) == 17
    assert len(below(SANDWELL_2015, "What does the LSCB need to improve?", *kinds)) == 8


def test_the_news_item_lists_six_of_seventeen_recommendations() -> None:
    listed = [block for block in reports()[NEWS_2018].blocks if block.kind is BlockKind.NUMBERED]
    assert [block.number for block in listed] == ["1", "2", "3", "4", "5", "6"]


def test_the_numbered_paragraphs_of_walsall_are_all_there_but_the_one_whose_number_is_displaced() -> None:
    numbers = {int(block.number) for block in reports()[WALSALL_2017].blocks if block.number}
    assert set(range(1, 129)) - numbers == {121}


# Text and places


@each_report
def test_every_block_stands_verbatim_at_its_positions(document: str) -> None:
    report = reports()[document]
    wrong = [block for block in report.blocks if not is_verbatim(block.text, report.text[block.start : block.end])]
    assert all(block.kind is BlockKind.FOOTNOTE for block in wrong)
    assert len(wrong) == (BROKEN_FOOTNOTES if document == WALSALL_2017 else 0)


@each_report
def test_no_letter_stands_outside_the_blocks(document: str) -> None:
    report = reports()[document]
    starts = [block.start for block in report.blocks] + [len(report.text)]
    ends = [0] + [block.end for block in report.blocks]
    between = [report.text[end:start] for end, start in zip(ends, starts, strict=True)]
    assert [gap for gap in between if any(letter.isalpha() for letter in gap)] == []


@each_report
def test_blocks_are_in_reading_order(document: str) -> None:
    spans = [place for block in reports()[document].blocks for place in (block.start, block.end)]
    assert spans == sorted(spans)


def test_damage_is_said_of_the_one_copy_that_lost_lines() -> None:
    assert [document for document in DOCUMENTS if reports()[document].problems] == [SANDWELL_2015]
    assert "paragraphs is missing" in reports()[SANDWELL_2015].problems[0]


def test_the_address_of_a_letter_gives_no_heading() -> None:
    headings = [block.text for block in reports()[LETTER_2025].blocks if block.kind is BlockKind.HEADING]
    assert headings[0] == "Focused visit to Sandwell children's services"
