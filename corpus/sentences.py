"""Sentences of a passage, by their positions."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A full stop after these does not end a sentence.
ABBREVIATIONS = frozenset("mr mrs ms dr st no vs e.g i.e etc cllr prof para paras approx".split())
BOUNDARY = re.compile(r"[.!?][\"'”’)\]]*\d{0,2}\s+(?=[\"'“‘(]?[A-Z0-9])|;\s+(?=and\b)")
LAST_WORD = re.compile(r"([\w.]+)$")


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end (half open) of each sentence of a one-line text."""
    start = 0
    for boundary in BOUNDARY.finditer(text):
        word = LAST_WORD.search(text[start : boundary.start()])
        if word and (word[1].lower() in ABBREVIATIONS or (len(word[1]) == 1 and word[1].isupper())):
            continue
        end = start + len(text[start : boundary.end()].rstrip())
        yield start, end
        start = boundary.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def sentences(text: str) -> list[str]:
    """The sentences of a one-line text."""
    return [text[start:end] for start, end in sentence_spans(text)]
