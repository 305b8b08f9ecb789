"""`python -m corpus`: what it prints, what it prints as JSON, and how it ends when something is wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from corpus.__main__ import app
from corpus.overview import summary
from corpus.read import read_report
from corpus.report import Figure, Judgement, Officer, Recommendation

SHIPPED = Path(__file__).resolve().parents[2] / "corpus" / "reports"
WALSALL = str(SHIPPED / "walsall-2017-inspection.md")
WORDS = "The weather was fine and the sea was calm all day. " * 10


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows on one line each."""
    monkeypatch.setenv("COLUMNS", "250")


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def data(*arguments: str) -> Any:  # noqa: ANN401  (whatever the JSON holds)
    return json.loads(run(*arguments, "--json").stdout)


# read


def test_read_as_json_has_all_that_was_understood() -> None:
    report = data("read", WALSALL)
    grades = {each["area"]: each["grade"] for each in report.pop("judgements")}
    statements = {each["subject"]: each for each in report.pop("statements")}
    figures, recommendations, officers = (report.pop(name) for name in ("figures", "recommendations", "officers"))
    assert "inspection of services for children" in report.pop("title")
    assert report == {
        "document": "walsall-2017-inspection.md",
        "authority": "Walsall",
        "kind": "inspection",
        "framework": "SIF",
        "inspection_start": "2017-06-20",
        "inspection_end": "2017-07-13",
        "published": "2017-09-04",
        "lead_inspector": "Jenny Turnross",
        "published_from": "catalogue",
        "pages": None,
        "page_labels": [],
        "ocr_pages": [],
        "problems": [],
    }
    assert (len(grades), grades["adoption"], grades["overall"]) == (7, "good", "requires improvement")
    assert statements["deputy lead inspector"] == {
        "subject": "deputy lead inspector",
        "value": "Alison Smale",
        "page": None,
        "quote": "Deputy lead inspector: Alison Smale",
    }
    keys = {"subject", "value", "unit", "as_at", "period", "comparison", "page", "quote"}
    assert all(set(each) == keys for each in figures)
    assert all(set(each) == {"number", "heading", "text", "page", "quote"} for each in recommendations)
    assert all(set(each) == {"role", "name", "since", "page", "quote"} for each in officers)


def test_read_gives_each_grade_as_printed_with_its_quote(corpus_folder: Path) -> None:
    found = data("read", str(corpus_folder / "hartlepool-2022-inspection.txt"))["judgements"]
    text = " ".join((corpus_folder / "hartlepool-2022-inspection.txt").read_text("utf-8").split())
    assert len(found) == 5
    for judgement in found:
        assert set(judgement) == {"area", "grade", "printed", "page", "quote", "of"}
        assert judgement["quote"] in text
        assert judgement["printed"] in judgement["quote"]


def test_read_for_people_shows_face_grades_and_statements() -> None:
    shown = run("read", WALSALL).stdout
    assert shown.startswith("Walsall: inspection of services")
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown.splitlines() if "│" in line]
    assert ["adoption", "good", "this", "Adoption performance Good"] in rows
    assert ["lead inspector", "Jenny Turnross", "Lead inspector: Jenny Turnross"] in rows


def test_read_says_so_when_there_are_no_grades(corpus_folder: Path) -> None:
    assert "Grades: none found." in run("read", str(corpus_folder / "hartlepool-2024-focused-visit.txt")).stdout


def test_read_takes_what_the_catalogue_beside_the_file_says(corpus_folder: Path) -> None:
    (corpus_folder / "catalogue.toml").write_text(
        '[[report]]\nfile = "rutland-2023-inspection.md"\ntitle = "A [draft] :date: title"\n', "utf-8"
    )
    assert run("read", str(corpus_folder / "rutland-2023-inspection.md")).stdout.startswith("A [draft] :date: title")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("empty [draft].txt", "The file is empty."),
        ("sheet.xlsx", "Files of type '.xlsx' are not read"),
        ("damaged.pdf", "The PDF cannot be read: it is damaged or no PDF"),
    ],
)
def test_read_says_plainly_why_a_file_is_no_report(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / name).write_bytes(b"" if name.startswith("empty") else b"no report")
    result = run("read", str(tmp_path / name), code=1)
    assert f"{name}: {reason}" in result.stderr
    assert result.stdout == ""


def test_read_of_no_file_and_of_a_folder(tmp_path: Path) -> None:
    assert f"There is no file {tmp_path / 'gone.pdf'}." in run("read", str(tmp_path / "gone.pdf"), code=1).stderr
    assert "is not a file" in run("read", str(tmp_path), code=1).stderr


def test_read_shows_every_section_with_what_it_found(monkeypatch: pytest.MonkeyPatch) -> None:
    report = read_report(Path(WALSALL))
    report = replace(
        report,
        judgements=(
            *report.judgements,
            Judgement("overall", "adequate", "adequate", "was adequate", 2, "that of 2012"),
        ),
        figures=(Figure("looked_after", "321", "children", "321 [sic] children", date(2017, 3, 31), page=4),),
        recommendations=(Recommendation(1, "What needs to improve", "Visits on time.", "Visits on time."),),
        officers=(Officer("director", "in post since May 2016", None, "2016-05"),),
    )
    monkeypatch.setattr("corpus.__main__.read_report", lambda *_, **__: report)
    shown = run("read", WALSALL).stdout
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown.splitlines() if "│" in line]
    assert ["overall", "adequate", "that of 2012", "2", "was adequate"] in rows
    assert ["looked_after", "321", "children", "2017-03-31", "4", "321 [sic] children"] in rows
    assert ["1", "What needs to improve", "Visits on time."] in rows
    assert ["director", "2016-05", "in post since May 2016"] in rows
    found = data("read", WALSALL)
    assert (found["judgements"][-1]["of"], found["figures"][0]["as_at"]) == ("that of 2012", "2017-03-31")


# check


def test_check_lists_what_was_read() -> None:
    found = data("check", str(SHIPPED))
    assert found["set_aside"] == []
    assert {each["document"]: (each["kind"], each["date"], each["grades"]) for each in found["reports"]} == {
        "sandwell-2011-unannounced-inspection-letter.txt": ("unannounced inspection", "2011-03-30", 0),
        "sandwell-2015-inspection.txt": ("inspection", "2015-06-05", 7),
        "sandwell-2018-inspection-news.txt": ("news", None, 1),
        "sandwell-2025-focused-visit-letter.txt": ("focused visit", "2025-05-20", 0),
        "walsall-2017-inspection.md": ("inspection", "2017-09-04", 7),
    }


def test_check_says_what_is_missing_and_what_was_set_aside(corpus_folder: Path) -> None:
    (corpus_folder / "memo [1].txt").write_text(WORDS, "utf-8")
    (corpus_folder / "empty [2].txt").touch()
    face = "Inspection of children's services in Rutland\n\n"
    (corpus_folder / "ungraded.txt").write_text(face + WORDS, "utf-8")
    (corpus_folder / "catalogue.toml").write_text(
        '[[report]]\nfile = "ungraded.txt"\nkind = "inspection"\npublished = 2020-01-01\n', "utf-8"
    )
    found = data("check", str(corpus_folder))
    missing = {each["document"]: each["missing"] for each in found["reports"] if each["missing"]}
    assert missing["memo [1].txt"] == [
        "authority",
        "inspection dates",
        "publication date",
        "framework",
        "lead inspector",
    ]
    assert missing["ungraded.txt"] == ["inspection dates", "framework", "lead inspector", "grades", "recommendations"]
    assert found["set_aside"] == [{"document": "empty [2].txt", "reason": "The file is empty."}]
    shown = run("check", str(corpus_folder)).stdout
    assert "Problem: memo [1].txt: No authority was found in it" in shown
    assert "Set aside: empty [2].txt: The file is empty." in shown
    assert "5 read, 1 set aside." in shown


def test_a_grade_that_is_only_recalled_is_not_the_reports_own() -> None:
    report = read_report(Path(WALSALL))
    recalled = tuple(replace(each, of="that of 2012") for each in report.judgements)
    found = summary(replace(report, judgements=recalled))
    assert (found["grades"], found["earlier_grades"]) == (0, len(recalled))
    assert "grades" in found["missing"]


def test_check_of_a_folder_without_reports_is_no_failure(tmp_path: Path) -> None:
    assert run("check", str(tmp_path)).stdout == "0 read, 0 set aside.\n"


def test_check_of_a_folder_that_cannot_be_read(tmp_path: Path) -> None:
    assert f"There is no folder {tmp_path / 'gone'}." in run("check", str(tmp_path / "gone"), code=1).stderr
    (tmp_path / "catalogue.toml").write_text("[[", "utf-8")
    assert "catalogue.toml is not valid TOML" in run("check", str(tmp_path), code=1).stderr


# add


def test_add_says_what_was_understood_and_what_to_do_next(tmp_path: Path, corpus_folder: Path) -> None:
    result = run("add", str(corpus_folder), "--to", str(tmp_path / "held"))
    assert result.stderr.count("Added: ") == 3
    assert "Added: hartlepool-2022-inspection.txt: Hartlepool, inspection, 2022-09-12, grades: 5" in result.stderr
    assert result.stdout == f"In {tmp_path / 'held'} now. Next: python -m index sync\n"


def test_add_ends_with_1_when_anything_was_refused_and_adds_the_rest(tmp_path: Path, corpus_folder: Path) -> None:
    (corpus_folder / "empty [1].txt").touch()
    result = run("add", str(corpus_folder), "--to", str(tmp_path / "held"), "--json", code=1)
    found = json.loads(result.stdout)
    assert [each["document"] for each in found["added"]] == [
        "hartlepool-2022-inspection.txt",
        "hartlepool-2024-focused-visit.txt",
        "rutland-2023-inspection.md",
    ]
    assert found["refused"] == [{"source": str(corpus_folder / "empty [1].txt"), "reason": "The file is empty."}]
    assert f"Refused: {corpus_folder / 'empty [1].txt'}: The file is empty." in result.stderr


def test_add_goes_to_the_first_corpus_folder_of_the_settings(
    tmp_path: Path, corpus_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAPTER_VERSE_CORPUS", f"{tmp_path / 'first'}:{tmp_path / 'second'}")
    run("add", str(corpus_folder / "rutland-2023-inspection.md"), "--authority", "Kingston upon Hull City Council")
    assert 'authority = "Kingston upon Hull"' in (tmp_path / "first" / "catalogue.toml").read_text("utf-8")


def test_add_refuses_an_authority_it_does_not_know_and_a_date_that_is_none(tmp_path: Path) -> None:
    assert "No authority is called 'Atlantis'" in run("add", WALSALL, "--authority", "Atlantis", code=1).stderr
    assert "--published" in run("add", WALSALL, "--published", "soon", "--to", str(tmp_path), code=2).stderr


def test_add_fetches_nothing_from_inside_unless_it_is_allowed(tmp_path: Path) -> None:
    result = run("add", "http://127.0.0.1:1/x.pdf", "--to", str(tmp_path), code=1)
    assert "is the private address 127.0.0.1" in result.stderr
    result = run("add", "http://127.0.0.1:1/x.pdf", "--to", str(tmp_path), "--allow-private", code=1)
    assert "127.0.0.1 cannot be reached" in result.stderr


# What files say of themselves

ODD = "a\nAdded: b\x1b[31m :smile: [red].txt"
ODD_SHOWN = "a Added: b\ufffd[31m :smile: [red].txt"


def test_a_name_steers_no_terminal_and_forges_no_line(tmp_path: Path, corpus_folder: Path) -> None:
    (corpus_folder / "rutland-2023-inspection.md").rename(corpus_folder / f"{ODD}.md")
    (corpus_folder / ODD).touch()
    for arguments, code in (
        (("read", str(corpus_folder / ODD)), 1),
        (("read", str(corpus_folder / "gone") + ODD), 1),
        (("check", str(corpus_folder)), 0),
        (("add", str(corpus_folder / ODD), "--to", str(tmp_path / "held")), 1),
    ):
        printed = run(*arguments, code=code)
        assert ODD_SHOWN in printed.stdout + printed.stderr
        assert "\x1b" not in printed.stdout + printed.stderr
        assert not [line for line in printed.output.splitlines() if line.startswith("Added")]
    assert data("check", str(corpus_folder))["set_aside"][0]["document"] == ODD


def test_a_title_steers_no_terminal(corpus_folder: Path) -> None:
    name = "rutland-2023-inspection.md"
    (corpus_folder / "catalogue.toml").write_text(f'[[report]]\nfile = "{name}"\ntitle = "A\\u001b]0;mine\\u0007"\n')
    assert run("read", str(corpus_folder / name)).stdout.startswith("A\ufffd]0;mine\ufffd\n")
    assert data("read", str(corpus_folder / name))["title"] == "A\x1b]0;mine\x07"


def test_pages_that_were_recognised_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    report = replace(read_report(Path(WALSALL)), pages=3, ocr_pages=frozenset({3, 1}))
    monkeypatch.setattr("corpus.__main__.read_report", lambda *_, **__: report)
    assert data("read", WALSALL)["ocr_pages"] == [1, 3]
    assert "ocr pages" in run("read", WALSALL).stdout
    monkeypatch.undo()
    assert "ocr pages" not in run("read", WALSALL).stdout


def test_a_file_in_a_closed_folder_ends_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", closed)
    said = run("read", str(tmp_path / "b.txt"), code=1).stderr
    assert said == f"{tmp_path / 'b.txt'} cannot be read: Permission denied.\n"


def test_read_takes_what_a_catalogue_above_says_in_a_corpus_folder_only(
    corpus_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus_folder / "sub").mkdir()
    file = (corpus_folder / "rutland-2023-inspection.md").rename(corpus_folder / "sub" / "r.md")
    (corpus_folder / "catalogue.toml").write_text('[[report]]\nfile = "sub/r.md"\ntitle = "From above"\n')
    assert data("read", str(file))["title"] != "From above"
    monkeypatch.setenv("CHAPTER_VERSE_CORPUS", str(corpus_folder))
    assert data("read", str(file))["title"] == "From above"
    (corpus_folder / "sub" / "catalogue.toml").write_text('[[report]]\nfile = "r.md"\ntitle = "Nearer"\n')
    assert data("read", str(file))["title"] == "Nearer"


# In a narrow window and in a pipe


def test_check_in_a_narrow_window_breaks_no_word_and_says_what_is_missing_below(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("check", str(SHIPPED)).stdout.splitlines()
    table = lines[: next(place for place, line in enumerate(lines) if line.startswith("G grades"))]
    assert max(map(len, table)) <= 80
    assert {"Walsall", "inspection", "unannounced", "2017-09-04"} <= set(" ".join(table).split())
    assert "Not found: sandwell-2018-inspection-news.txt: publication date" in lines


def test_check_in_a_pipe_has_a_line_for_each_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS")
    lines = run("check", str(SHIPPED)).stdout.splitlines()
    (row,) = (line for line in lines if line.strip().startswith("sandwell-2011-unannounced-inspection-letter.txt"))
    assert "unannounced inspection" in row
    assert "contact, referral and assessment 2009-12" in row
