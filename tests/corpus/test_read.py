"""Files become reports, or are set aside with a reason, and one bad file stops nothing."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import Entry
from corpus.folder import SetAside, read_folder, report_files
from corpus.read import MANY_CUT, read_report
from corpus.report import Report, ReportError, ReportKind
from tests.word import paragraph, word

WORDS = "Children in Hartlepool are seen alone by their social workers. " * 5


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def by_document(folder: Path) -> dict[str, Report | SetAside]:
    return {found.document: found for found in read_folder(folder)}


def reason(folder: Path, document: str) -> str:
    found = by_document(folder)[document]
    assert isinstance(found, SetAside)
    return found.reason


# One file


def test_a_report_says_who_was_inspected_and_when(corpus_folder: Path) -> None:
    report = read_report(corpus_folder / "hartlepool-2022-inspection.txt")
    assert (report.authority, report.kind, report.title) == (
        "Hartlepool",
        ReportKind.INSPECTION,
        "Inspection of children's services",
    )
    assert (report.inspection_start, report.inspection_end) == (date(2022, 7, 4), date(2022, 7, 15))
    assert (report.published, report.year, report.problems) == (date(2022, 9, 12), 2022, ())


def test_a_letter_is_read_like_a_report(corpus_folder: Path) -> None:
    report = read_report(corpus_folder / "hartlepool-2024-focused-visit.txt")
    assert (report.authority, report.kind, report.published) == (
        "Hartlepool",
        ReportKind.FOCUSED_VISIT,
        date(2024, 3, 14),
    )
    assert report.judgements == ()


def test_a_markdown_report_gives_its_grades(corpus_folder: Path) -> None:
    report = read_report(corpus_folder / "rutland-2023-inspection.md")
    assert {each.area: each.grade for each in report.judgements} == {
        "overall": "outstanding",
        "leaders": "outstanding",
        "help_protection": "good",
        "in_care": "outstanding",
    }


def test_the_digest_is_that_of_the_bytes(corpus_folder: Path) -> None:
    path = corpus_folder / "rutland-2023-inspection.md"
    assert read_report(path).digest == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_report_is_known_by_its_file_name_or_the_name_given(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", WORDS)
    assert (read_report(path).document, read_report(path, "2022/a.txt").document) == ("a.txt", "2022/a.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_encoding_gives_the_same_text(tmp_path: Path, encoding: str) -> None:
    text = WORDS + "The council’s plan – “good”."
    assert read_report(written(tmp_path, "a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize("name", ["a.html", "a.HTM"])
def test_a_web_page_is_a_report_as_well(tmp_path: Path, name: str) -> None:
    report = read_report(written(tmp_path, name, f"<html><body><script>no</script><p>{WORDS}</p></body></html>"))
    assert (report.authority, report.text) == ("Hartlepool", WORDS.strip())


def test_a_word_document_is_a_report_as_well(tmp_path: Path) -> None:
    report = read_report(written(tmp_path, "a.docx", word(paragraph(WORDS))))
    assert (report.authority, report.text) == ("Hartlepool", WORDS.strip())


def test_what_a_report_does_not_say_is_a_problem_and_not_guessed(tmp_path: Path) -> None:
    report = read_report(written(tmp_path, "a.txt", "Somebody was somewhere and saw something. " * 10))
    assert (report.authority, report.year, report.published) == (None, None, None)
    assert [problem.split(" was ")[0] for problem in report.problems] == ["No authority", "No date"]


@pytest.mark.parametrize(("count", "said"), [(MANY_CUT - 1, False), (MANY_CUT, True)])
def test_many_missing_beginnings_are_a_problem_and_a_few_are_not(tmp_path: Path, count: int, said: bool) -> None:
    text = WORDS + "\n\nwere late, as before." * count
    problems = read_report(written(tmp_path, "a.txt", text)).problems
    assert any(f"beginning of {count} paragraphs" in problem for problem in problems) is said


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"too short to be a report", "fewer than 40 words"),
        ("a.txt", WORDS.encode() + bytes(range(32)), "binary"),
        ("a.txt", WORDS.encode() + b"\x81\xff", "not text in UTF-8"),
        ("a.txt", b"\xff\xfe\x00", "not text in UTF-8"),
        ("a.xls", WORDS.encode(), r"type '\.xls' are not read; the types known are \.txt, \.md, \.pdf"),
        ("a.docx", WORDS.encode(), r"it is plain text; rename it to \.txt"),
        ("a.html", b"%PDF-1.7" + WORDS.encode(), r"it is a PDF; rename it to \.pdf"),
        ("a.txt", b"<html>" + WORDS.encode(), r"it is a web page; rename it to \.html"),
        ("README", WORDS.encode(), "type 'none'"),
    ],
)
def test_a_file_that_is_no_report_is_refused_with_the_reason(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(ReportError, match=said):
        read_report(written(tmp_path, name, content))


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.read.LARGEST_FILE_BYTES", 100)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(ReportError, match="the limit is 100"):
        read_report(written(tmp_path, "a.txt", WORDS))


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    assert read_report(written(tmp_path, "A.TXT", WORDS)).authority == "Hartlepool"


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@given(content=st.binary(max_size=3_000))
def test_whatever_the_bytes_they_are_a_report_or_a_report_error(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), name, content)
        with suppress(ReportError):
            assert read_report(path).text


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@given(content=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=400))
def test_whatever_the_letters_among_words_they_are_a_report(name: str, content: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert read_report(written(Path(folder), name, WORDS + "\n\n" + content)).blocks


# What the catalogue says


def test_the_catalogue_wins_over_what_the_text_seems_to_say(tmp_path: Path) -> None:
    entry = Entry(
        file="a.txt", title="Annual letter", kind=ReportKind.OTHER, authority="Rutland", published=date(2019, 2, 3)
    )
    report = read_report(written(tmp_path, "a.txt", WORDS), entry=entry)
    assert (report.title, report.kind, report.authority, report.year) == (
        "Annual letter",
        ReportKind.OTHER,
        "Rutland",
        2019,
    )


def test_a_date_in_the_catalogue_wins_over_the_printed_one(corpus_folder: Path) -> None:
    entry = Entry(file="hartlepool-2022-inspection.txt", published=date(2022, 10, 1))
    assert read_report(corpus_folder / entry.file, entry=entry).published == date(2022, 10, 1)


@pytest.mark.parametrize(
    ("name", "face", "published", "source"),
    [
        ("a 12 september 2022.txt", "", date(2022, 9, 12), "file name"),
        ("a 12 september 2022.txt", "Report published: 5 September 2022", date(2022, 9, 5), "text"),
        ("a 12 september 2022.txt", "Report published: 31 April 2022", None, ""),
        ("a 12 september 2022.txt", "Inspection dates: 4 to 15 July 2022", date(2022, 9, 12), "file name"),
        ("a 12 july 2022.txt", "Inspection dates: 4 to 15 July 2022", None, ""),
        ("a.txt", "Inspection dates: 4 to 15 July 2022", None, ""),
    ],
)
def test_the_day_in_a_name_counts_only_where_the_text_prints_none_and_it_can_be(
    tmp_path: Path, name: str, face: str, published: date | None, source: str
) -> None:
    report = read_report(written(tmp_path, name, f"{face}\n\n{WORDS}"))
    assert (report.published, report.published_from) == (published, source)


def test_a_day_in_a_name_before_the_inspections_end_is_a_problem(tmp_path: Path) -> None:
    report = read_report(written(tmp_path, "a 12 july 2022.txt", f"Inspection dates: 4 to 15 July 2022\n\n{WORDS}"))
    assert report.problems == ("The day in its name, 12 July 2022, is before the inspection's end and not used.",)
    assert report.year == 2022


def test_a_date_from_the_catalogue_is_marked_so(tmp_path: Path) -> None:
    entry = Entry(file="a.txt", published=date(2019, 2, 3))
    assert read_report(written(tmp_path, "a.txt", WORDS), entry=entry).published_from == "catalogue"


def test_an_official_title_in_the_catalogue_becomes_the_short_name(tmp_path: Path) -> None:
    entry = Entry(file="a.txt", authority="Hartlepool Borough Council")
    assert read_report(written(tmp_path, "a.txt", WORDS), entry=entry).authority == "Hartlepool"


def test_a_file_that_is_not_the_one_described_is_read_with_a_problem(tmp_path: Path) -> None:
    report = read_report(written(tmp_path, "a.txt", WORDS), entry=Entry(file="a.txt", sha256="0" * 64))
    assert any("SHA-256 differs" in problem for problem in report.problems)


# A folder


def test_every_report_below_a_folder_is_found_in_a_stable_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "2022/c.txt", "catalogue.toml", ".hidden.txt", ".git/d.txt"):
        written(tmp_path, name, WORDS)
    names = [path.relative_to(tmp_path).as_posix() for path in report_files(tmp_path)]
    assert names == ["2022/c.txt", "a.md", "b.txt"]


def test_the_catalogue_is_applied_to_the_file_that_it_names(corpus_folder: Path) -> None:
    written(corpus_folder, "catalogue.toml", '[[report]]\nfile = "rutland-2023-inspection.md"\ntitle = "Rutland"\n')
    titles = {
        document: found.title for document, found in by_document(corpus_folder).items() if isinstance(found, Report)
    }
    assert titles["rutland-2023-inspection.md"] == "Rutland"
    assert titles["hartlepool-2022-inspection.txt"] == "Inspection of children's services"


def test_a_file_that_cannot_be_read_is_set_aside_and_the_rest_goes_on(corpus_folder: Path) -> None:
    written(corpus_folder, "a.txt", b"")
    found = by_document(corpus_folder)
    assert found["a.txt"] == SetAside("a.txt", "The file is empty.")
    assert sum(isinstance(each, Report) for each in found.values()) == 3


def test_a_file_without_permission_is_set_aside(corpus_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_bytes = Path.read_bytes

    def guarded(path: Path) -> bytes:
        if path.suffix == ".md":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", guarded)
    assert "Permission denied" in reason(corpus_folder, "rutland-2023-inspection.md")


def test_the_same_file_twice_is_read_once(corpus_folder: Path) -> None:
    text = (corpus_folder / "hartlepool-2022-inspection.txt").read_bytes()
    written(corpus_folder, "z-copy.txt", text)
    assert reason(corpus_folder, "z-copy.txt") == (
        "It is the same file, byte for byte, as hartlepool-2022-inspection.txt."
    )


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=f"There is no folder {tmp_path}/none"):
        list(read_folder(tmp_path / "none"))


def test_an_empty_folder_holds_no_reports(tmp_path: Path) -> None:
    assert list(read_folder(tmp_path)) == []


def test_one_strange_file_does_not_stop_the_folder(corpus_folder: Path) -> None:
    written(corpus_folder, "a.txt", f"1 ſeptember 2011\n\n{WORDS}")
    assert len(by_document(corpus_folder)) == 4
