"""Where and when a sentence says something is so: taken off where it is the report's own place and time."""

from __future__ import annotations

import re

from corpus.authorities import find_mentions
from corpus.identity import MONTHS
from index.records import Source
from rag.wording import label

_MONTH = rf"(?:{'|'.join(MONTHS)})"
_YEAR = r"(?:19|20)\d\d"
# "in 2014", "back in May 2014", "(2022)", "in the 2019 inspection", "at the time of the 2019 report".
TIME = re.compile(
    rf",? ?(?:\((?:{_MONTH} )?{_YEAR}\)|\b(?:back )?(?:in|during|at|as of|by the time of"
    rf"|at the time of) (?:the )?(?:{_MONTH} )?{_YEAR}"
    r"(?: (?:inspection|report|visit|letter))?(?: report)?)(?=[ ,.;]|$)",
    re.IGNORECASE,
)
DATED = re.compile(rf"\b{_YEAR}\b")
BEFORE_PLACE = re.compile(r",? ?\b(?:in|at|across|within) (?:the )?$", re.IGNORECASE)
AFTER_PLACE = re.compile(r"^(?: (?:City |County |Borough )?[Cc]ouncil)?(?P<owns>['’]s?\b|['’](?= ))? ?")
# Of what is so elsewhere, the own place of the report cannot be added.
ELSEWHERE = re.compile(
    r"\b(?:outside|out[- ]of|elsewhere|neighbour\w*|other (?:local )?authorit|other councils?|away from|beyond"
    r"|at a distance"
    r"|far from|national\w*|region\w*|across england)\b",
    re.IGNORECASE,
)
# What a small model likes to begin with, and no report says: the reader sees from the words themselves.
OPENING = re.compile(
    r"^(?:(?:yes|no|additionally|furthermore|moreover|in addition|also|overall|specifically|in summary)[,:;–—-]+ "
    r"|(?:yes|no)\. )",
    re.IGNORECASE,
)


def without_opening(draft: str) -> str:
    """A drafted sentence without a yes, no or link before it, which no evidence can bear out."""
    bare = OPENING.sub("", draft)
    return bare[:1].upper() + bare[1:] if bare != draft else draft


def without_frame(text: str, words: str, source: Source) -> str:
    """The text without the place and time that its report gives every sentence of its own.

    The place goes only where the report's words name none and speak of nowhere else, the time only where they give no
    year and it is that of the report.
    """
    if not find_mentions(words, typos=False) and not ELSEWHERE.search(words):
        text = _without_place(text, source)
    if not DATED.search(words):
        text = TIME.sub(lambda match: "" if _is_of(match[0], source) else match[0], text)
    return " ".join(text.split())


def _without_place(text: str, source: Source) -> str:
    for mention in reversed(find_mentions(text, typos=False)):
        if mention.authority != source.authority:
            continue
        ahead, behind = text[: mention.start], text[mention.end :]
        after = AFTER_PLACE.match(behind)
        owns = bool(after and after["owns"])
        if before := BEFORE_PLACE.search(ahead):
            ahead = f"{ahead[: before.start()]} "
        elif not owns:
            continue
        elif ahead.lower().endswith("the "):
            ahead = ahead[:-4]
        # "In Newtown's homes" keeps its "in": only what the place owned is left.
        if before and owns:
            ahead = text[: mention.start]
        text = ahead + behind[after.end() if after else 0 :].lstrip(" ,")
    return text[:1].upper() + text[1:]


def _is_of(said: str, source: Source) -> bool:
    """Whether this year, and month if there is one, is that of the report."""
    known = label(source).lower()
    dated = re.search(rf"({_MONTH} )?{_YEAR}", said, re.IGNORECASE)
    if dated is None:
        return False
    return dated[0].lower() in known if dated[1] else int(dated[0]) in source.years
