"""The checker of case files: each fault is named with its line, and what is right passes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus.report import ReportError
from eval.__main__ import app
from eval.cases import FACTS, CaseError
from eval.check import Fault, check
from eval.commands.check import check_command
from tests.conftest import REPORTS
from tests.corpus.test_pdf import pdf

GOOD: dict[str, object] = {
    "id": "a",
    "kind": "number",
    "question": "How many contacts did Rutland's front door get?",
    "documents": ["rutland-2023-inspection.md"],
    "answer_contains": [["1,204", "1204"]],
    "quote_contains": ["1,204"],
    "quote": "The front door received 1,204 contacts in the year",
    "line": 27,
    "checked": "read against the line, 2026-11-22",
    "reference_answer": "1,204 contacts.",
}
NO: dict[str, object] = {"id": "n", "kind": "unanswerable", "question": "How many in 1999?", "abstain": True}


def written(tmp_path: Path, *lines: str | dict[str, object]) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n", "utf-8")
    return path


def faults(tmp_path: Path, *lines: str | dict[str, object]) -> tuple[Fault, ...]:
    return check(written(tmp_path, *lines), (REPORTS,)).faults


def test_right_questions_have_no_fault(tmp_path: Path) -> None:
    shared_form = {name: value for name, value in GOOD.items() if name not in {"line", "checked"}}
    follow_up = {**GOOD, "id": "b", "history": ["How was Rutland rated?"], "kind": "follow_up"}
    no = {**NO, "answer_contains": [["not held"]]}
    other = {**shared_form, "id": "c", "question": "And how many of them were contacts?"}
    found = check(written(tmp_path, GOOD, "", follow_up, no, other), (REPORTS,))
    assert found.faults == ()
    assert found.questions == 4


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        pytest.param({"kind": "numbre"}, "There is no kind numbre. Did you mean number?", id="kind"),
        pytest.param({"kind": "xyz"}, "There is no kind xyz. The kinds are overall, area,", id="kind like none"),
        pytest.param(
            {"anser_contains": []}, "There is no field anser_contains. Did you mean answer_contains?", id="field"
        ),
        pytest.param(
            {"documents": ["rutland-2024-inspection.md"]},
            "There is no report rutland-2024-inspection.md in the folder. Did you mean rutland-2023-inspection.md?",
            id="document",
        ),
        pytest.param(
            {"quote": "The front door received 1,204 calls in the year"},
            "The quote does not stand in rutland-2023-inspection.md letter for letter.",
            id="quote",
        ),
        pytest.param(
            {"line": 26}, "The quote does not begin at line 26 of rutland-2023-inspection.md but at line 27.", id="line"
        ),
        pytest.param({"checked": None}, "It names a line but not, in checked,", id="unchecked"),
        pytest.param({"quote": ""}, "It was checked against a line, but the quote that", id="no quote"),
        pytest.param({"documents": []}, "It says neither abstain nor both", id="no documents"),
        pytest.param({"answer_contains": []}, "It says neither abstain nor both", id="no answer"),
        pytest.param({"answer_contains": [["1,204"], []]}, "A group of answer_contains is empty", id="empty group"),
        pytest.param({"answer_contains": [["1,204", " "]]}, "A group of answer_contains is empty", id="empty text"),
        pytest.param({"answer_excludes": [""]}, "The list answer_excludes holds an empty text.", id="empty exclude"),
        pytest.param(
            {"answer_contains": [["1,204"], ["up", "more"]]},
            "The reference_answer holds none of “up”, “more”, which answer_contains wants.",
            id="reference answer",
        ),
        pytest.param(
            {"answer_excludes": ["contacts"]},
            "The reference_answer holds “contacts”, which answer_excludes rules out.",
            id="excluded",
        ),
        pytest.param(
            {"quote_contains": ["22%"]}, "The quote holds none of “22%”, which quote_contains wants.", id="proof"
        ),
        pytest.param({"abstain": True}, "It wants a no (abstain) and also an answer;", id="abstain"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, changed: dict[str, object], message: str) -> None:
    found = faults(tmp_path, {**NO, "id": "first"}, "", {**GOOD, **changed})
    assert [fault.line for fault in found] == [3] * len(found)
    assert any(fault.message.startswith(message) for fault in found), found


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param('{"id": "b" "kind": "x"}', "It cannot be read as JSON from character 12 on", id="comma"),
        pytest.param("[" * 100_000, "It cannot be read as JSON: it holds too many brackets", id="deep"),
        pytest.param("[]", "A line must be one object", id="no object"),
        pytest.param('{"id": "b", "id": "c"}', "The field id is there twice; leave one.", id="field twice"),
        pytest.param({**GOOD, "line": "three"}, "The field line must be a whole number.", id="line in words"),
        pytest.param({**GOOD, "id": ""}, 'The field id must be a text in "quotation marks", not empty.', id="no id"),
        pytest.param({**GOOD, "abstain": "maybe"}, "The field abstain must be true or false.", id="maybe"),
        pytest.param(
            {**GOOD, "answer_contains": ["1,204"]}, "The field answer_contains must be a list of lists", id="flat group"
        ),
        pytest.param({**GOOD, "history": "x"}, "The field history must be a list of texts", id="flat history"),
        pytest.param(
            {"id": "b", "knd": "number"},
            "The field kind is missing. The field question is missing. There is no field knd. Did you mean kind?",
            id="fields missing",
        ),
    ],
)
def test_a_line_that_is_no_question_is_one_fault(tmp_path: Path, line: str | dict[str, object], message: str) -> None:
    (found,) = faults(tmp_path, line, GOOD)
    assert found.line == 1
    assert found.message.startswith(message), found


def test_every_fault_of_a_file_is_listed_in_order(tmp_path: Path) -> None:
    found = faults(tmp_path, "{", {**GOOD, "kind": "x", "line": 1}, GOOD, {**NO, "quote": "Anything."})
    assert [fault.line for fault in found] == [1, 2, 2, 3, 3, 4]


def test_the_same_id_and_the_same_question_are_told_with_the_first_line(tmp_path: Path) -> None:
    again = {**GOOD, "question": "how many  contacts did RUTLAND's front door get?"}
    assert faults(tmp_path, GOOD, again) == (
        Fault(2, "The id a is already at line 1."),
        Fault(2, "The question is already at line 1."),
    )


def test_the_same_words_after_another_history_are_another_question(tmp_path: Path) -> None:
    first, second = ({**GOOD, "id": name, "history": [f"How was {name} rated?"]} for name in ("x", "y"))
    assert faults(tmp_path, first, second) == ()


def test_a_quote_may_run_over_lines_and_stand_twice(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "x.txt").write_text("It was’s good\nfor all.\nNo.\nIt was's good for all.\n" * 2, "utf-8")
    case = {**GOOD, "documents": ["x.txt"], "quote": "It was's good for all.", "quote_contains": [], "line": 2}
    (found,) = check(written(tmp_path, case), (tmp_path / "reports",)).faults
    assert found.message == "The quote does not begin at line 2 of x.txt but at line 1 and 4 and 5 and 8."


def test_the_quote_may_stand_in_any_report_of_the_question(tmp_path: Path) -> None:
    both = ["hartlepool-2022-inspection.txt", "rutland-2023-inspection.md"]
    assert faults(tmp_path, {**GOOD, "documents": both}) == ()
    (found,) = faults(tmp_path, {**GOOD, "documents": both, "quote": "1,204 and no more"})
    assert found.message.startswith("The quote does not stand in hartlepool-2022-inspection.txt or rutland-2023-")


def test_a_pdf_is_counted_in_pages(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "x.pdf").write_bytes(pdf(["First page."], ["It is good here."]))
    case = {**GOOD, "documents": ["x.pdf"], "quote": "It is good here.", "quote_contains": [], "line": None, "page": 1}
    (found,) = check(written(tmp_path, case), (tmp_path / "reports",)).faults
    assert found.message == "The quote does not begin at page 1 of x.pdf but at page 2."
    assert check(written(tmp_path, {**case, "page": 2}), (tmp_path / "reports",)).faults == ()


def test_a_report_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "x.pdf").write_bytes(b"%PDF-1.4 broken")
    (found,) = check(written(tmp_path, {**GOOD, "documents": ["x.pdf"]}), (tmp_path / "reports",)).faults
    assert found.message.startswith("A report that it names cannot be read. ")


def test_a_file_or_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be read"):
        check(tmp_path / "none.jsonl", (REPORTS,))
    with pytest.raises(ReportError, match="nowhere"):
        check(written(tmp_path, GOOD), (tmp_path / "nowhere",))


def command(*arguments: str | Path, code: int) -> Result:
    result = CliRunner().invoke(app, ["check", *(str(argument) for argument in arguments)])
    assert result.exit_code == code, result.output
    return result


def test_the_command_lists_faults_and_ends_with_1(tmp_path: Path) -> None:
    path = written(tmp_path, {**GOOD, "kind": "[b]x[/b]", "line": 1}, GOOD)
    lines = command(path, "--corpus", REPORTS, code=1).stdout.splitlines()
    assert lines[0].startswith("cases.jsonl, line 1: There is no kind [b]x[/b].")
    assert lines[-1] == "2 questions, 4 faults."


def test_the_command_says_when_all_is_well(tmp_path: Path) -> None:
    assert command(written(tmp_path, GOOD), "--corpus", REPORTS, code=0).stdout == "1 question, no fault.\n"


def test_the_command_prints_json(tmp_path: Path) -> None:
    printed = command(written(tmp_path, {**GOOD, "line": 1}), "--corpus", REPORTS, "--json", code=1).stdout
    found = json.loads(printed)
    assert found["questions"] == 1
    assert found["faults"] == [
        {"line": 1, "message": "The quote does not begin at line 1 of rutland-2023-inspection.md but at line 27."}
    ]


def test_the_command_tells_what_cannot_be_read(tmp_path: Path) -> None:
    result = command(tmp_path / "none.jsonl", "--corpus", REPORTS, code=1)
    assert "none.jsonl cannot be read" in result.stderr
    assert "Traceback" not in result.output


def test_the_command_checks_the_projects_own_questions_by_default() -> None:
    assert check_command.__defaults__ is not None
    assert check_command.__defaults__[0] == FACTS
