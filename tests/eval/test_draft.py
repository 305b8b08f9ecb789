"""Drafted questions: right by the reports, spread over kinds and reports, and never in the way of a person's work."""

from __future__ import annotations

import errno
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from corpus.figure_subjects import WORDINGS as FIGURE_WORDINGS
from corpus.folder import read_folder
from corpus.report import Report
from eval.__main__ import app
from eval.cases import Case, CaseError, accepted, load_cases
from eval.check import check
from eval.draft import KINDS, Drafted, Wanted, draft
from eval.draft_absent import without_answer
from eval.draft_findings import from_sentences, vocabulary
from eval.draft_proposal import WORDS, Drafter, named_reports
from eval.draft_register import from_register
from eval.matching import has_any, plain
from eval.run import Heard, run_cases
from eval.run import Wanted as WantedRun
from index.glossary import match_terms
from index.search import Index
from rag.settings import Settings
from tests.eval.test_run import Frail, use

OLDER = """Rutland County Council

Inspection of services for children in need of help and protection, children looked after and care leavers

Inspection date: 6 June 2017 to 29 June 2017

Report published: 4 September 2017

Children's services in Rutland require improvement to be good

1. Children who need help and protection Requires improvement

2. Children looked after and achieving permanence Good

3. Leadership, management and governance Requires improvement

Information about this local authority area

Previous Ofsted inspections

The previous inspection of the local authority's services for children looked after was in January 2012. The local
authority was judged to be adequate.

Children looked after in this area

At 31 March 2017, 1,130 children were being looked after by the local authority (a rate of 71 per 10,000 children).

Inspection findings

4. Strategy meetings are delayed because health visitors are seldom invited. Advocacy is offered to every child.

5. Managers told inspectors that in 2014 a review by Ofsted had praised the emergency duty team.

Information about this inspection

Lead inspector: Morgan Ashdown

This report was invented for the tests of a computer program; nothing in it is true of the authority that it names.
"""


@pytest.fixture
def folder(corpus_folder: Path) -> Path:
    """The invented reports, with an older one of Rutland."""
    (corpus_folder / "rutland-2017-inspection.txt").write_text(OLDER, "utf-8")
    return corpus_folder


@pytest.fixture
def reports(folder: Path) -> list[Report]:
    return [found for found in read_folder(folder) if isinstance(found, Report)]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "draft.jsonl"


def drafted(folder: Path, out: Path, *, count: int = 40, per_report: int = 12, seed: int = 0) -> Drafted:
    return draft(Wanted(folder, out, count, per_report, seed))


def of_kind(kind: str, reports: list[Report]) -> list[Case]:
    found = from_register(Drafter(0), named_reports(reports), reports)
    return [proposal.case for proposal in found if proposal.case.kind == kind]


def command(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["draft", *map(str, words)])


def one_line(result: Result) -> str:
    return " ".join(result.output.split())


def test_every_drafted_question_is_without_fault_and_unreviewed(folder: Path, out: Path) -> None:
    added = drafted(folder, out).added
    found = check(out, (folder,))
    assert found.faults == ()
    assert found.questions == found.unreviewed == len(added) > len(KINDS)
    assert all(case.quote and (case.line or case.page) for case in added if not case.abstain)


def test_the_kinds_take_turns(folder: Path, out: Path) -> None:
    assert Counter(case.kind for case in drafted(folder, out, count=len(KINDS)).added) == dict.fromkeys(KINDS, 1)


def test_no_question_is_there_twice(folder: Path, out: Path) -> None:
    questions = [plain(case.question) for case in drafted(folder, out, count=500, per_report=100).added]
    assert len(set(questions)) == len(questions) > 40


def test_the_seed_decides_what_is_drawn_and_how_it_is_worded(folder: Path, tmp_path: Path) -> None:
    first, again, other = (
        [case.question for case in drafted(folder, tmp_path / f"{name}.jsonl", seed=seed).added]
        for name, seed in (("first", 1), ("again", 1), ("other", 2))
    )
    assert first == again
    assert set(first) != set(other)


def test_no_report_has_more_questions_than_allowed(folder: Path, out: Path) -> None:
    drafted(folder, out, per_report=3)
    drafted(folder, out, count=60, per_report=3)
    counted = Counter(name for case in load_cases(out) for name in case.documents)
    assert len(counted) == 4
    assert max(counted.values()) == 3


def test_what_a_person_did_stays_letter_for_letter_and_only_new_questions_are_added(folder: Path, out: Path) -> None:
    drafted(folder, out, count=10)
    lines = out.read_text("utf-8").splitlines()
    lines[2] = lines[2].replace('"reviewed": false', '"reviewed": true')
    mended = json.loads(lines[3]) | {"question": "In other words?", "reviewed": True}
    lines[3] = json.dumps(mended, indent=None, separators=(" ,", " : "))
    edited = "\r\n".join(lines)  # as a person's editor may save it, without an end to the last line
    out.write_bytes(edited.encode())
    assert drafted(folder, out, count=10).added == ()
    assert out.read_bytes() == edited.encode()
    done = drafted(folder, out, count=14)
    assert (len(done.added), len(done.kept)) == (4, 10)
    assert out.read_bytes().startswith(edited.encode() + b"\n")
    cases = load_cases(out)
    assert len({case.id for case in cases}) == 14
    assert [case.reviewed for case in cases].count(True) == 2


def test_a_file_with_a_broken_line_is_named_and_left_as_it_is(folder: Path, out: Path) -> None:
    out.write_text('{"id": "mine"\n', "utf-8")
    with pytest.raises(CaseError, match=r"draft\.jsonl, line 1"):
        drafted(folder, out)
    assert out.read_text("utf-8") == '{"id": "mine"\n'


def test_a_grade_is_asked_for_with_the_forms_it_may_have(reports: list[Report]) -> None:
    found = {case.documents[0]: case for case in of_kind("overall", reports)}
    older = found["rutland-2017-inspection.txt"]
    assert "requires improvement" in older.answer_contains[0]
    assert has_any(plain(older.quote or ""), older.quote_contains)
    # Good is a grade that no report held gives Rutland overall; outstanding is what the later one gives.
    assert "was good overall" in older.answer_excludes
    assert "was outstanding overall" not in older.answer_excludes


def test_a_false_premise_takes_a_grade_that_the_council_never_had(reports: list[Report]) -> None:
    cases = of_kind("false_premise", reports)
    assert cases
    for case in cases:
        if "Rutland" in case.question and "overall" in case.question:
            assert re.search("rat(?:ed|ing Rutland) (?:good|inadequate)", case.question), case.question
        assert not any(f" {form} " in f" {case.question} " for form in case.answer_contains[0])


def test_grades_over_time_come_from_several_reports_or_from_what_one_recalls(reports: list[Report]) -> None:
    several, recalled = sorted(of_kind("trend", reports), key=lambda case: -len(case.documents))
    assert several.documents == ("rutland-2017-inspection.txt", "rutland-2023-inspection.md")
    assert [group[0] for group in several.answer_contains] == ["requires improvement", "outstanding", "2017", "2023"]
    assert "January 2012" in recalled.question
    assert recalled.answer_contains == (("adequate",),)


def test_a_figure_is_asked_for_with_its_day(reports: list[Report]) -> None:
    found = {case.answer_contains[0][0]: case for case in of_kind("number", reports)}
    assert "at 31 March 2017" in found["1,130"].question
    assert found["1,130"].answer_contains == (("1,130", "1130"),)
    assert "71" in found


def test_a_report_is_named_by_its_month_where_its_year_has_another(folder: Path) -> None:
    second = OLDER.replace("4 September 2017", "9 October 2017").replace("Morgan Ashdown", "Ellis Penrose")
    (folder / "rutland-2017-again.txt").write_text(second, "utf-8")
    found = [each for each in read_folder(folder) if isinstance(each, Report)]
    names = {named.name for named in named_reports(found) if named.authority == "Rutland"}
    assert names == {"the 2023 report", "the September 2017 report", "the October 2017 report"}
    third = second.replace("9 October 2017", "23 October 2017")
    (folder / "rutland-2017-third.txt").write_text(third, "utf-8")
    found = [each for each in read_folder(folder) if isinstance(each, Report)]
    assert "the October 2017 report" not in {named.name for named in named_reports(found)}


def test_a_topic_is_one_that_a_single_sentence_has(reports: list[Report]) -> None:
    proposals = from_sentences(Drafter(0), named_reports(reports), vocabulary(reports))
    older = [each.case for each in proposals if each.case.documents == ("rutland-2017-inspection.txt",)]
    (case,) = (case for case in older if case.kind == "narrative")
    assert case.quote == "Strategy meetings are delayed because health visitors are seldom invited."
    assert "strategy meetings" in case.question
    assert [group[0] for group in case.answer_contains] == ["delayed", "invited"]
    assert not any(has_any(plain(case.question), group) for group in case.answer_contains)


def test_what_has_no_answer_is_in_no_report(reports: list[Report]) -> None:
    cases = [proposal.case for proposal in without_answer(Drafter(0), reports)]
    assert all(case.abstain and not case.documents for case in cases)
    rutland = {
        int(year) for case in cases if "Rutland" in case.question for year in re.findall(r"\d{4}", case.question)
    }
    # Reports are of 2017 and 2023; an inspection of 2012 is recalled and a review of 2014 spoken of.
    assert rutland == set(range(2015, 2025)) - {2017, 2023}
    others = [case.question for case in cases if "Rutland" not in case.question and "Hartlepool" not in case.question]
    assert others
    assert not any((report.authority or "?") in question for report in reports for question in others)


def test_a_council_that_a_report_speaks_of_is_not_taken_for_absent(folder: Path, reports: list[Report]) -> None:
    def asked() -> str:
        held = [each for each in read_folder(folder) if isinstance(each, Report)]
        return " ".join(proposal.case.question for proposal in without_answer(Drafter(0), held))

    assert "Leicestershire" in asked()
    assert reports
    more = OLDER.replace("seldom invited.", "seldom invited. Leicestershire was rated good in 2016.")
    (folder / "rutland-2017-inspection.txt").write_text(more, "utf-8")
    assert "Leicestershire" not in asked()


def test_files_that_cannot_be_read_are_named_and_left_out(folder: Path, out: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "nobody.txt").write_text("Words about no council in no year. " * 20, "utf-8")
    result = command(folder, "--out", out, "--count", "12")
    assert result.exit_code == 0
    assert "Left out: broken.pdf:" in result.output
    assert "Left out: nobody.txt: Its council or its year is not known." in result.output
    assert f"12 questions added to {out}" in one_line(result)


def test_the_command_says_when_the_reports_do_not_suffice(folder: Path, out: Path) -> None:
    assert "For 900 these reports do not suffice" in one_line(command(folder, "--out", out, "--count", "900"))
    held = len(load_cases(out))
    result = command(folder, "--out", out, "--count", str(held))
    assert f"0 questions added to {out}, {held} kept." in one_line(result)
    assert "a larger --count adds to it" in one_line(result)
    told = json.loads(command(folder, "--out", out, "--count", str(held), "--json").stdout)
    assert told == {"added": 0, "kept": held, "kinds": {}, "left_out": []}


@pytest.mark.parametrize(
    ("file", "message"),
    [
        pytest.param("missing/draft.jsonl", "There is no folder", id="no folder"),
        pytest.param("corpus", "is no file to write questions in.", id="a folder"),
        pytest.param("corpus/draft.jsonl", "lies among the reports.", id="among the reports"),
    ],
)
def test_a_file_that_cannot_take_questions_is_refused(folder: Path, tmp_path: Path, file: str, message: str) -> None:
    before = sorted(folder.iterdir())
    result = command(folder, "--out", tmp_path / file)
    assert result.exit_code == 1
    assert message in one_line(result)
    assert sorted(folder.iterdir()) == before


def test_a_file_that_cannot_be_written_is_told(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def full(self: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:  # noqa: ANN401  (as open)
        if mode == "a":
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return opened(self, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", full)
    result = command(folder, "--out", out)
    assert result.exit_code == 1
    assert f"{out} cannot be written: No space left on device. Name another file" in one_line(result)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param({}, "holds no reports. Put PDF, HTML, Word, text or Markdown files in it.", id="empty"),
        pytest.param({"a.txt": ""}, "None of its 1 files can be read as one: The file is empty.", id="unreadable"),
        pytest.param(
            {"a.txt": "Words of no one. " * 30}, "of none are both the council and the year known", id="whose"
        ),
    ],
)
def test_a_folder_with_nothing_to_ask_about_is_told(
    tmp_path: Path, out: Path, files: dict[str, str], message: str
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    result = command(folder, "--out", out)
    assert result.exit_code == 1
    assert message in one_line(result)
    assert not out.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, out: Path) -> None:
    result = command(tmp_path / "nowhere", "--out", out)
    assert result.exit_code == 1
    assert "There is no folder" in result.output


def test_unreviewed_questions_count_only_when_told() -> None:
    mine, drafted_one = (Case(id=name, kind="x", question="?", reviewed=name == "mine") for name in ("mine", "other"))
    assert accepted((mine, drafted_one), "a.jsonl", unreviewed=False) == (mine,)
    assert accepted((mine, drafted_one), "a.jsonl", unreviewed=True) == (mine, drafted_one)


def test_a_run_of_nothing_but_unreviewed_questions_is_refused(folder: Path, out: Path, tmp_path: Path) -> None:
    drafted(folder, out, count=3)
    wanted = WantedRun(out, (folder,))
    with pytest.raises(CaseError, match=r"No question of draft\.jsonl has been reviewed yet.*--unreviewed"):
        run_cases(wanted, Settings(model="none"), tmp_path / "run", Heard(lambda _: None, lambda *_: None))


def test_a_run_says_how_many_unreviewed_questions_it_left_out(
    folder: Path, out: Path, tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted(folder, out, count=3)
    out.write_text(out.read_text("utf-8").replace('"reviewed": false', '"reviewed": true', 1), "utf-8")
    use(Frail(), index, tmp_path, monkeypatch)
    words = ["run", "--cases", str(out), "--corpus", str(folder), "--model", "none", "--run"]
    counted = CliRunner().invoke(app, [*words, str(tmp_path / "run")])
    assert "2 of the file's questions are unreviewed and were left out" in one_line(counted)
    assert "of 1)" in counted.output
    every = CliRunner().invoke(app, [*words, str(tmp_path / "every"), "--unreviewed"])
    assert "left out" not in every.output
    assert "of 3)" in every.output


def test_the_check_says_how_many_are_unreviewed(folder: Path, out: Path) -> None:
    drafted(folder, out, count=3)
    out.write_text(out.read_text("utf-8").replace('"reviewed": false', '"reviewed": true', 1), "utf-8")
    result = CliRunner().invoke(app, ["check", str(out), "--corpus", str(folder)])
    assert "3 questions, 2 unreviewed, no fault." in result.output


def test_every_wording_can_be_filled() -> None:
    slots = dict.fromkeys("authority report when area office earlier topic grade year time".split(), "Rutland")
    figures = [wordings for by_subject in WORDS["figures"].values() for wordings in by_subject.values()]
    for wordings in [*WORDS["kinds"].values(), *figures]:
        for wording in wordings:
            assert wording.format_map(slots).endswith("?")


def test_wordings_are_of_figures_that_are_read_and_terms_that_are_known() -> None:
    read = {(row.subject, row.unit) for rows in FIGURE_WORDINGS.values() for row in rows}
    assert {(subject, unit) for unit, subjects in WORDS["figures"].items() for subject in subjects} <= read
    for term in WORDS["findings"]["wide"]:
        assert match_terms(term), term
