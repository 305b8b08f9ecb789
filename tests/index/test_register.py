"""The register keeps who, when and every grade, and replaces a report as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.report import Figure, Framework, Judgement, Officer, Recommendation, Report, ReportKind, Statement
from index.records import IndexProblem, Source
from index.register import Register

REPORT = Report(
    document="a.txt",
    digest="d1",
    title="Inspection of children's services",
    kind=ReportKind.INSPECTION,
    authority="Hartlepool",
    inspection_start=date(2022, 7, 4),
    inspection_end=date(2022, 7, 15),
    published=date(2022, 9, 12),
    year=2022,
    text="",
    blocks=(),
    judgements=(
        Judgement("overall", "good", "Good", "Overall effectiveness Good", 1),
        Judgement("in_care", "outstanding", "Outstanding", "Children in care “Outstanding”"),
        Judgement("overall", "adequate", "adequate", "judged adequate in 2018", 3, "the inspection of 2018"),
        Judgement("overall", "inadequate", "inadequate", "inadequate in 2014", 3, "the inspection of 2014"),
    ),
    statements=(Statement("lead inspector", "Ann Ash", "Lead inspector: Ann Ash", 9),),
    problems=("No date was found – none.",),
    framework=Framework.ILACS,
    figures=(
        Figure("looked_after", "321", "children", "321 children were looked after", date(2022, 6, 30), page=2),
        Figure("cp_plan", "7.5", "%", "7.5% had a plan", None, "in the last year", "up from 5%"),
    ),
    recommendations=(
        Recommendation(1, "What needs to improve", "Visits.", "Visits.", 4),
        Recommendation(2, "What needs to improve", "Plans.", "Plans."),
    ),
    officers=(Officer("director of children’s services", "The director came in May 2020", None, "2020-05", 9),),
    pages=3,
    page_labels=("", "1", "2"),
    ocr_pages=frozenset({2, 3}),
)
UNKNOWN = Report("u.txt", "d2", "", ReportKind.OTHER, None, None, None, None, None, "", ())


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    register = Register(tmp_path / "register.sqlite")
    yield register
    register.close()


def test_a_report_comes_back_as_it_went_in_without_its_text(register: Register) -> None:
    register.put(REPORT, "recipe", 12)
    (source,) = register.sources()
    for name in Source.__dataclass_fields__.keys() - {"passages"}:
        assert getattr(source, name) == getattr(REPORT, name), name
    assert (source.passages, source.years) == (12, REPORT.years)


def test_what_is_not_known_stays_unknown(register: Register) -> None:
    register.put(UNKNOWN, "recipe", 0)
    (source,) = register.sources()
    assert (source.authority, source.published, source.year, source.years) == (None, None, None, frozenset())


def test_a_grade_comes_back_with_its_report_and_its_words(register: Register) -> None:
    register.put(REPORT, "recipe", 1)
    in_care, overall = register.grades()
    assert (in_care.area, in_care.grade, in_care.printed, in_care.page) == (
        "in_care",
        "outstanding",
        "Outstanding",
        None,
    )
    assert in_care.quote == "Children in care “Outstanding”"
    assert (overall.source.document, overall.page) == ("a.txt", 1)


def test_grades_are_the_reports_own_and_those_it_recalls_stand_apart(register: Register) -> None:
    register.put(REPORT, "recipe", 1)
    assert {grade.of for grade in register.grades()} == {"this"}
    assert [(grade.area, grade.grade, grade.of, grade.page) for grade in register.earlier_grades()] == [
        ("overall", "adequate", "the inspection of 2018", 3),
        ("overall", "inadequate", "the inspection of 2014", 3),
    ]


@pytest.mark.parametrize("table", ["statements", "figures", "recommendations", "officers"])
def test_every_row_comes_back_whole_in_order_and_with_its_report(register: Register, table: str) -> None:
    register.put(replace(REPORT, document="z.txt", published=date(2025, 1, 1)), "recipe", 1)
    register.put(REPORT, "recipe", 1)
    written = getattr(REPORT, table)
    read = getattr(register, table)()
    assert [row.source.document for row in read] == ["a.txt"] * len(written) + ["z.txt"] * len(written)
    for row, part in zip(read, written * 2, strict=True):
        assert {name: getattr(row, name) for name in part.__dataclass_fields__} == vars(part)


def test_putting_a_report_again_replaces_it_and_its_grades(register: Register) -> None:
    register.put(REPORT, "recipe", 1)
    register.put(replace(REPORT, digest="d9", judgements=REPORT.judgements[:1]), "recipe", 1)
    assert [source.digest for source in register.sources()] == ["d9"]
    assert [grade.area for grade in register.grades()] == ["overall"]


def test_a_report_that_cannot_be_written_leaves_the_old_one(register: Register) -> None:
    register.put(REPORT, "recipe", 1)
    twice = REPORT.recommendations[:1] * 2
    with pytest.raises(IndexProblem, match="UNIQUE"):
        register.put(replace(REPORT, digest="d9", recommendations=twice), "recipe", 1)
    assert [source.digest for source in register.sources()] == ["d1"]
    assert len(register.grades()) == 2


def test_removing_a_report_removes_its_grades_and_no_others(register: Register) -> None:
    register.put(REPORT, "recipe", 1)
    register.put(replace(REPORT, document="b.txt"), "recipe", 1)
    register.remove("a.txt")
    assert {grade.source.document for grade in register.grades()} == {"b.txt"}
    for rows in (register.earlier_grades(), register.figures(), register.recommendations(), register.officers()):
        assert {row.source.document for row in rows} == {"b.txt"}
    assert [source.document for source in register.sources()] == ["b.txt"]


def test_removing_what_is_not_there_does_nothing(register: Register) -> None:
    register.remove("z.txt")
    assert register.sources() == ()


def test_reports_come_oldest_first_and_undated_ones_before_all(register: Register) -> None:
    days = {"new.txt": date(2024, 3, 14), "old.txt": date(2011, 3, 30), "mid.txt": date(2018, 6, 30)}
    for document, day in days.items():
        register.put(replace(REPORT, document=document, published=day), "recipe", 1)
    register.put(replace(UNKNOWN, document="year.txt", year=2018), "recipe", 1)
    register.put(UNKNOWN, "recipe", 1)
    documents = [source.document for source in register.sources()]
    assert documents == ["u.txt", "old.txt", "mid.txt", "year.txt", "new.txt"]


def test_the_recipe_of_each_report_is_kept(register: Register) -> None:
    register.put(REPORT, "one", 1)
    register.put(UNKNOWN, "two", 1)
    assert register.recipes() == {"a.txt": ("d1", "one"), "u.txt": ("d2", "two")}


def test_what_is_kept_is_there_when_opened_again(tmp_path: Path, register: Register) -> None:
    register.put(REPORT, "recipe", 1)
    again = Register(tmp_path / "register.sqlite")
    assert len(again.grades()) == 2
    again.close()


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    register = Register(tmp_path / "new" / "folder" / "register.sqlite")
    assert register.sources() == ()
    register.close()


def test_a_damaged_file_is_a_problem_that_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    path.write_bytes(b"this is no database " * 100)
    with pytest.raises(IndexProblem, match="Remove the file and run `python -m index sync`"):
        Register(path)


def test_a_full_disk_is_a_problem_of_the_projects_own(register: Register) -> None:
    with register._database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(IndexProblem, match="could not be written.*disk is full.*Free space"):
        register.put(replace(REPORT, title="x" * 100_000), "recipe", 1)
