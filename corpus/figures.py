"""The figures of a report: what is counted, how many, on which day or over which time, against what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from corpus.figure_subjects import KEYS_OF_COUNTS, LISTS, MASK, WORDINGS, Wording, pattern
from corpus.figure_words import (
    COMPARING,
    SHORT_DAY,
    WHEN,
    comparison_in,
    is_of_others,
    is_qualified,
    time_in_words,
    when_it_holds,
)
from corpus.numbers import NUMBER, TENS, UNITS, number_value
from corpus.report import Block, BlockKind, Figure, is_verbatim, plain
from corpus.sentences import sentences

ANY_NUMBER = re.compile(NUMBER, re.IGNORECASE)
NUMBER_WORDS = frozenset((*UNITS, *TENS))
DIGIT, WORD = re.compile(r"\d"), re.compile("[a-z]+")
# Bullets that were joined into one block; the first pattern is the cheap way to know that there are any.
BULLETS = "\\uf000-\\uf0ff•◼■▪●○◦−─―"
BULLET = re.compile(rf"[{BULLETS}]|^[-–*]")
ITEM = re.compile(rf"(?:^|\s)[{BULLETS}]\s+|^[-–*]\s+")
LIST_KEYS = ("free school meals", "additional language", "in this area", "of this number")
# "In the last 12 months:" and the like opens a list whose items have no time of their own.
OPENER_CHARACTERS = 90
# The list, by its name in a wording, whose items count what happened in such a time.
OVER_A_TIME = "period"
READ = frozenset(BlockKind) - {BlockKind.FOOTNOTE, BlockKind.TABLE_ROW}


@dataclass(frozen=True)
class Place:
    """What the items of a list inherit from the words that open it: its name, the day or the time it holds for."""

    list: str = ""
    as_at: date | None = None
    period: str | None = None


@dataclass(frozen=True)
class Passage:
    """A sentence, the one after it in the same item, and the raw text of their block on one line."""

    sentence: str
    following: str
    source: str

    def holds(self, words: str) -> bool:
        """Whether these words stand in the report as they are."""
        return words in self.source or is_verbatim(words, self.source)


def read_figures(blocks: tuple[Block, ...], text: str) -> tuple[Figure, ...]:
    """The figures, in the order in which they stand; of several for one subject and time, the first."""
    found: dict[tuple[str, str, date | None, str | None], Figure] = {}
    for figure in _figures(blocks, text):
        found.setdefault((figure.subject, figure.unit, figure.as_at, figure.period), figure)
    return tuple(found.values())


def _figures(blocks: tuple[Block, ...], text: str) -> Iterator[Figure]:
    place = Place()
    for block in blocks:
        if block.kind in (BlockKind.HEADING, BlockKind.NUMBERED):
            place = Place()
        if block.kind not in READ:
            continue
        lowered = block.text.lower()
        keys, names_list = _keys_of(lowered), _names_list(lowered)
        is_opener = names_list or len(lowered) <= OPENER_CHARACTERS
        if not (is_opener or (keys and _may_hold_number(lowered))):
            continue
        source = plain(text[block.start : block.end])
        for item in _items(block.text):
            for sentence, following in pairwise([*sentences(item), ""]):
                place = _opened(_in_list(place, sentence) if names_list else place, sentence)
                for figure in _in_sentence(Passage(sentence, following, source), keys, place):
                    yield replace(figure, page=block.page)
                    if figure.subject in LISTS:
                        place = Place(figure.subject, figure.as_at)


def _items(text: str) -> Iterator[str]:
    items = ITEM.split(text) if BULLET.search(text) else [text]
    return filter(None, map(str.strip, items))


def _keys_in(lowered: str, keys: Iterable[str]) -> list[str]:
    """Which keys of wordings are in this text; mostly none, and this is the cheap way to know it."""
    return [key for key in keys if key in lowered]


def _keys_of(lowered: str) -> list[str]:
    return _keys_in(lowered, WORDINGS if "%" in lowered or "cent" in lowered else KEYS_OF_COUNTS)


def _may_hold_number(lowered: str) -> bool:
    return bool(DIGIT.search(lowered)) or not NUMBER_WORDS.isdisjoint(WORD.findall(lowered))


def _names_list(lowered: str) -> bool:
    return bool(_keys_in(lowered, LIST_KEYS))


def _in_list(place: Place, sentence: str) -> Place:
    """The place after this sentence has been looked at for the name of a list."""
    for name, words in LISTS.items():
        if place.list != name and words.search(sentence):
            place = Place(name)
    return place


def _opened(place: Place, sentence: str) -> Place:
    """The place after this sentence has been looked at as the opener of a list that holds for a time."""
    when = WHEN.match(sentence) if len(sentence) <= OPENER_CHARACTERS else None
    if when and not when["day"] and sentence.endswith((":", when[0])):
        return replace(place, as_at=None, period=time_in_words(when))
    return place


def _in_sentence(passage: Passage, keys: list[str], place: Place) -> Iterator[Figure]:
    near = _keys_in(passage.sentence.lower(), keys) if keys else []
    if not near:
        return
    masked = _masked(passage.sentence)
    if MASK not in masked:
        return
    for wording in (wording for key in near for wording in WORDINGS[key]):
        if wording.within in ("", OVER_A_TIME, place.list):
            matches = pattern(wording.words).finditer(masked)
            figures = (_figure(wording, passage, match, place) for match in matches)
            yield from filter(None, [next(filter(None, figures), None)])


def _masked(sentence: str) -> str:
    """The sentence with its numbers masked; the year of "31 May 14, " is not taken for the beginning of a number."""
    if day := SHORT_DAY.match(sentence):
        sentence = re.sub(r"\d", MASK, day[0]) + sentence[day.end() :]
    return ANY_NUMBER.sub(lambda number: MASK * len(number[0]), sentence)


def _figure(wording: Wording, passage: Passage, match: re.Match[str], place: Place) -> Figure | None:
    sentence, (start, end) = passage.sentence, match.span("n")
    if match.start() == start and is_qualified(sentence[:start]):
        return None
    if wording.running and is_of_others(sentence, match.start(), match.end()):
        return None
    as_at, period = when_it_holds(sentence, match)
    if period and wording.running and period.lower().startswith("since"):
        period = None
    if as_at is None and period is None:
        as_at = place.as_at if wording.within and wording.within == place.list else None
        period = place.period
    undated = (wording.stock and not (as_at or period)) or (wording.within == OVER_A_TIME and not period)
    value = _value(sentence, start, end, wording)
    comparison, quote = _comparison_and_quote(passage, match)
    if value is None or undated or quote is None:
        return None
    return Figure(wording.subject, value, wording.unit, quote, as_at, period, comparison)


def _value(sentence: str, start: int, end: int, wording: Wording) -> str | None:
    printed = sentence[start:end]
    # "At 21 June 2017, 2001 children": a year cannot stand there.
    is_count = wording.stock and sentence[:start].endswith(", ")
    return printed if is_count and printed.isdecimal() else number_value(printed)


def _former(sentence: str, match: re.Match[str]) -> str | None:
    """The words for the number before a change, where the wording gives them."""
    return sentence[slice(*match.span("former"))] if "former" in match.re.groupindex else None


def _comparison_and_quote(passage: Passage, match: re.Match[str]) -> tuple[str | None, str | None]:
    """The words that set the figure against another, and the sentence, with the next where that compares."""
    wholes = [passage.sentence, passage.sentence[match.start() : match.end()]]
    comparison = _former(passage.sentence, match) or comparison_in(passage.sentence[match.end() :])
    if comparison is None and COMPARING.match(passage.following):
        comparison = comparison_in(passage.following)
        if comparison:
            wholes.insert(0, f"{passage.sentence} {passage.following}")
    quote = next(filter(passage.holds, wholes), None)
    return (comparison if comparison and passage.holds(comparison) else None), quote
