"""The numbers that a word processor prints before the items of its lists, which stand nowhere in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """One level of a list: how it counts ("decimal", "bullet" …), from where, and the pattern printed ("%1.%2.")."""

    counting: str = "bullet"
    start: int = 1
    pattern: str = ""


@dataclass(frozen=True)
class ListStyle:
    """One list of a document: the definition it shares with others, its levels, and where it starts anew."""

    definition: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]


class ListNumbers:
    """Counts the items of a document's lists in the order in which they stand."""

    def __init__(self, lists: Mapping[str, ListStyle]) -> None:
        self._lists = lists
        # Lists that share a definition count on where another of them stopped.
        self._counts: dict[str, dict[int, int]] = {}
        self._seen: set[tuple[str, int]] = set()

    def next(self, name: str, depth: int) -> str | None:
        """The number of the next item of a list at a depth from 0, None if the list prints bullets or letters."""
        style = self._lists.get(name)
        level = style.levels.get(depth) if style else None
        if style is None or level is None or level.counting in ("bullet", "none"):
            return None
        counts = self._counts.setdefault(style.definition, {})
        if depth in style.restarts and (name, depth) not in self._seen:
            counts[depth] = style.restarts[depth] - 1
        self._seen.add((name, depth))
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return self._printed(style, level, depth) if level.counting == "decimal" else None

    def _printed(self, style: ListStyle, level: Level, depth: int) -> str:
        counts = self._counts[style.definition]

        def number(place: re.Match[str]) -> str:
            above = int(place[1]) - 1
            return str(counts.get(above, style.levels.get(above, Level()).start))

        pattern = level.pattern if PLACEHOLDER.search(level.pattern) else f"%{depth + 1}"
        return PLACEHOLDER.sub(number, pattern).strip(" .()[]")
