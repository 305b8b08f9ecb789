"""The field's short forms and synonyms, so that "RHIs" finds "return home interviews"."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

GLOSSARY = Path(__file__).with_name("glossary.json")


@cache
def _terms() -> tuple[tuple[tuple[str, ...], tuple[re.Pattern[str], ...]], ...]:
    groups = json.loads(GLOSSARY.read_text("utf-8"))["terms"]
    return tuple((tuple(group), tuple(_pattern(term) for term in group)) for group in groups)


def _pattern(term: str) -> re.Pattern[str]:
    # A short form is known by its capitals, except where lower case cannot be another word.
    flags = re.IGNORECASE if len(term) > 2 and term.lower() not in {"pas", "peps", "cog"} else 0
    return re.compile(rf"(?<![A-Za-z]){re.escape(term)}(?![A-Za-z])", flags)


def match_terms(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The glossary terms that `text` uses, as written there, each with all words for the same thing."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for group, patterns in _terms():
        used = [match[0] for pattern in patterns if (match := pattern.search(text))]
        if used:
            found.append((max(used, key=len), group))
    # A longer term takes its words before a shorter one inside it.
    return tuple(sorted(found, key=lambda item: -len(item[0])))


def expand(text: str) -> str:
    """The text followed by the other words for each of its terms, for lexical search."""
    extra = [term for _, group in match_terms(text) for term in group]
    return " ".join([text, *extra])
