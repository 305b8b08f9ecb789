"""The wordings that bind a number to what it counts, read from their data file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Numbers in a sentence are masked by as many of these, so that a wording finds them in one step.
MASK = "\ue000"
PART = re.compile(r"\{([a-z_]+)\}")
_SHARE = r"(?:\s?%|\sper\s?cent\b)"
NUMBERS = {
    "n": f"(?P<n>{MASK}+)",
    "p": f"(?P<n>{MASK}+){_SHARE}",
    "any": f"{MASK}+",
    "former": f"(?P<former>from {MASK}+{_SHARE}[^;.%]{{0,45}}?),? to",
}
_FILE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@dataclass(frozen=True)
class Wording:
    """A form of words that gives a figure.

    `key` is in every sentence of this wording, in lower case; `words` is a template for `pattern`. `within` is
    the list that the words must stand in, "" for anywhere. `stock` says that the number means nothing without
    its day. `running` says that it is no standard bullet, so that the words around must be looked at.
    """

    subject: str
    unit: str
    key: str
    words: str
    within: str = ""
    stock: bool = False
    running: bool = False


@cache
def pattern(words: str) -> re.Pattern[str]:
    """The pattern for a template, to be searched in a masked sentence; its group "n" is the number."""
    parts = {**_FILE["parts"], **NUMBERS}
    while PART.search(words):
        words = PART.sub(lambda part: parts[part[1]], words)
    return re.compile(words, re.IGNORECASE)


def _by_key() -> dict[str, tuple[Wording, ...]]:
    rows = [
        *(Wording(**row) for row in _FILE["standard"]),
        *(Wording(**row, running=True) for row in _FILE["running"]),
    ]
    keys = dict.fromkeys(row.key for row in rows)
    return {key: tuple(row for row in rows if row.key == key) for key in keys}


# By the words that a sentence must hold to be looked at.
WORDINGS: dict[str, tuple[Wording, ...]] = _by_key()
KEYS_OF_COUNTS = tuple(key for key, rows in WORDINGS.items() if any(row.unit != "%" for row in rows))
# Words that open a list, by its name.
LISTS: dict[str, re.Pattern[str]] = {name: re.compile(words, re.IGNORECASE) for name, words in _FILE["lists"].items()}
