"""Case files: what is read, and what is said of a file that cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.cases import Case, CaseError, load_cases
from eval.fields import FORMS

GOOD: dict[str, object] = {"id": "a", "kind": "number", "question": "How many?"}


def written(tmp_path: Path, *lines: str | dict[str, object]) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n", "utf-8")
    return path


def test_cases_are_read_in_order(tmp_path: Path) -> None:
    more = {**GOOD, "id": "b", "answer_contains": [["two", "2"]], "abstain": True, "not_known": 1}
    assert load_cases(written(tmp_path, GOOD, "", more)) == (
        Case(id="a", kind="number", question="How many?"),
        Case(id="b", kind="number", question="How many?", answer_contains=(("two", "2"),), abstain=True),
    )


def test_the_questions_before_are_read_in_order(tmp_path: Path) -> None:
    (case,) = load_cases(written(tmp_path, {**GOOD, "history": ["First?", "Then?"]}))
    assert case.history == ("First?", "Then?")


def test_a_mark_at_the_start_and_a_rare_line_break_inside_a_text_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(json.dumps({**GOOD, "quote": "a\u2028b"}, ensure_ascii=False), "utf-8-sig")
    (case,) = load_cases(tmp_path / "x.jsonl")
    assert case.quote == "a\u2028b"


def test_every_field_of_a_question_is_written_down_for_the_checker() -> None:
    assert set(FORMS) == set(Case.model_fields)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param("{", "cases.jsonl, line 3: Invalid JSON", id="torn"),
        pytest.param("[]", "cases.jsonl, line 3: ", id="no object"),
        pytest.param({"id": "b", "kind": "x"}, "cases.jsonl, line 3: question: Field required.", id="no question"),
        pytest.param(
            {**GOOD, "id": ""}, "cases.jsonl, line 3: id: String should have at least 1 character.", id="no id"
        ),
        pytest.param({**GOOD, "history": "x"}, "cases.jsonl, line 3: history: ", id="flat history"),
        pytest.param({**GOOD, "answer_contains": ["x"]}, "cases.jsonl, line 3: answer_contains.0: ", id="flat group"),
        pytest.param(GOOD, "cases.jsonl, line 3: the id a is there twice.", id="repeated id"),
    ],
)
def test_a_bad_line_is_named_with_its_fault(tmp_path: Path, line: str | dict[str, object], fault: str) -> None:
    with pytest.raises(CaseError) as caught:
        load_cases(written(tmp_path, GOOD, "", line))
    assert str(caught.value).startswith(fault)


@pytest.mark.parametrize("text", ["", "\n \n"], ids=repr)
def test_an_empty_file_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(CaseError, match="cases.jsonl holds no cases."):
        load_cases(written(tmp_path, text))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="none.jsonl cannot be read: No such file"):
        load_cases(tmp_path / "none.jsonl")


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CaseError, match="x.jsonl is not UTF-8 text"):
        load_cases(tmp_path / "x.jsonl")
