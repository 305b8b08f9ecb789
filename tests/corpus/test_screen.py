"""Nothing that a file says of itself steers the terminal, breaks a line or ends the JSON."""

from __future__ import annotations

import json

import pytest

from corpus.screen import PIPE_COLUMNS, Screen, cell, shown


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain – “words” é.txt", "plain – “words” é.txt"),
        ("red\x1b[31m.txt", "red\ufffd[31m.txt"),
        ("title\x1b]0;mine\x07", "title\ufffd]0;mine\ufffd"),
        ("c1\x9b31m\x7f", "c1\ufffd31m\ufffd"),
        ("a.txt\nAdded: b.txt", "a.txt Added: b.txt"),
        ("a\r\tb\x85c\u2028d", "a  b c d"),
        ("txt.\u202efdp", "txt.\ufffdfdp"),
    ],
)
def test_control_characters_are_replaced_and_lines_stay_one(text: str, seen: str) -> None:
    assert shown(text) == seen


def test_another_character_may_stand_in_their_place() -> None:
    assert shown("a\x1bb", instead="-") == "a-b"


def test_a_cell_has_its_brackets_and_no_value_has_a_sign() -> None:
    assert (cell(None, "?"), cell(0, "?"), cell("[bold]x\x1b", "?")) == ("?", "0", "\\[bold]x\ufffd")


def test_a_line_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    Screen().say("smile :smile: [red]\x1b[31m\n" + "word " * 80)
    assert capsys.readouterr().out == "smile :smile: [red]\ufffd[31m " + "word " * 80 + "\n"


def test_messages_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    Screen(stderr=True).say("Refused")
    assert tuple(capsys.readouterr()) == ("", "Refused\n")


def test_json_comes_back_whole_without_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    data = {"name": "a\x1b[31m\x9b\u202e[bold] :smile: “é”\n", "long": "word " * 80, "none": None}
    Screen().say_json(data)
    printed = capsys.readouterr().out
    assert json.loads(printed) == data
    assert "“é”" in printed
    assert not set("\x1b\x9b\u202e") & set(printed)


def test_a_pipe_is_wide_and_a_terminal_is_as_wide_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert Screen().width == PIPE_COLUMNS
    assert not Screen().is_narrow
    monkeypatch.setenv("COLUMNS", "80")
    assert Screen().width == 80
    assert Screen().is_narrow
