"""What a command prints: nothing in a text from a file may steer the terminal or pass for a line of the program."""

from __future__ import annotations

import json
import os
import re

from rich.console import Console, ConsoleDimensions
from rich.highlighter import JSONHighlighter
from rich.markup import escape

# Orders to a terminal, and marks that turn the direction of writing.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
BREAK = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]")
REPLACED = "\ufffd"
# Those that JSON itself does not write out.
LEFT_BY_JSON = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
# A file or a pipe has no width of its own.
WIDE_COLUMNS = 120
PIPE_COLUMNS, PIPE_ROWS = 200, 25


def shown(text: str, instead: str = REPLACED) -> str:
    """Text on one line, line breaks and tabs as spaces, other control characters replaced."""
    return CONTROL.sub(instead, BREAK.sub(" ", text))


def cell(value: object, empty: str) -> str:
    """A value for a table; None is shown as `empty`."""
    return escape(shown(empty if value is None else str(value)))


class Screen(Console):
    """Where a command prints, as wide as the terminal, or wide enough for a table where there is none."""

    def __init__(self, *, stderr: bool = False) -> None:
        """Print to standard output or, for messages, to standard error."""
        # Without emoji: a report that prints ":date:" means these letters.
        super().__init__(stderr=stderr, soft_wrap=True, emoji=False)

    @property  # type: ignore[misc]  # nobody sets it
    def size(self) -> ConsoleDimensions:
        """Columns and rows."""
        if self.is_terminal or os.environ.get("COLUMNS"):
            return super().size
        return ConsoleDimensions(PIPE_COLUMNS, PIPE_ROWS)

    @property
    def is_narrow(self) -> bool:
        """Whether a table of many columns would break its words."""
        return self.width < WIDE_COLUMNS

    def say(self, text: str, style: str | None = None) -> None:
        """Print a text as it is but for control characters, on one line."""
        self.print(shown(text), style=style, markup=False)

    def say_json(self, data: object) -> None:
        """Print data as JSON that can be read back whole."""
        text = json.dumps(data, default=str, ensure_ascii=False, indent=2)
        self.print(JSONHighlighter()(LEFT_BY_JSON.sub(lambda odd: f"\\u{ord(odd[0]):04x}", text)))
