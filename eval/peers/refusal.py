"""Whether a text of a system that has no outcome of its own tells the reader that there is no answer."""

from __future__ import annotations

import re

from corpus.sentences import sentences

_TEXT = r"(?:text|context|report|reports|document|documents|information|passage|passages|letter|letters|inspection)"
_ADVERB = r"(?:explicitly |specifically |directly |clearly |exactly |actually |currently )?"
_SAY = r"(?:say|state|mention|specify|provide|contain|include|give|indicate|address|discuss|cover|reveal|answer|have)"
_SAID = r"(?:mentioned|stated|specified|provided|given|included|contained|found|available|indicated|discussed|known)"
_NOT = r"(?:n't| not)"

SAYS_NO = re.compile(
    rf"\bI(?: do| am|'m|'d|'ve| have)?{_NOT} (?:know|have|sure|able|find|found)\b"
    rf"|\bI(?:'m| am) (?:sorry|unable)\b"
    rf"|\b(?:cannot|can not|can't|could not|couldn't|unable to|not possible to) (?:be )?"
    rf"(?:answer|determine|find|found|provide|say|tell|confirm|establish)"
    rf"|\b{_TEXT}\b[^.;]{{0,60}}?\b(?:do|does|did){_NOT} {_ADVERB}{_SAY}\b"
    rf"|\b(?:is|are|was|were){_NOT} {_ADVERB}{_SAID} (?:in|by|from|within) [^.;]{{0,35}}?{_TEXT}\b"
    rf"|\b(?:is|are|was|were){_NOT} {_ADVERB}(?:mentioned|stated|specified)\b"
    rf"|\b(?:no|not enough|insufficient) {_ADVERB}(?:specific |direct |further )?(?:information|mention)\b",
    re.IGNORECASE,
)


def says_no(text: str) -> bool:
    """Whether the first sentence says that the answer is not known or not in what was read.

    A plain rule on words: "I don't know", "the context does not mention", "is not stated", "cannot be determined".
    What follows the first sentence is not looked at, so that an answer which only ends with a reserve is an answer.
    """
    first = next(iter(sentences(text.replace("’", "'"))), "")
    return bool(SAYS_NO.search(first))
