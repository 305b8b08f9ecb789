"""Lists that a report prints as lists: recommendations, priority actions, strengths, a bulleted run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus.report import BlockKind
from index.lexical import tokens
from index.records import Passage, Source
from index.retrieval.concepts import Concept
from rag.answer import Evidence

# Different words for the same list; the one asked for is tried first, then the others of its group.
SAME_LISTS = (
    r"recommendations?\b|\brecs\b",
    r"need(?:s|ed)? to (?:improve|do)|must improve|should improve|areas? for improvement|told to",
    r"priority|immediate action",
    r"areas? for development",
    r"strengths?\b",
    r"\bwhy\b|\breasons?\b",
    r"\b(?:look(?:ed)? (?:at|into)|examined?|evaluated?|reviewed|focus(?:ed)? on|covered?)\b",
)
HEADINGS = (
    r"recommendation",
    r"need(?:s)? to improve|areas? for improvement",
    r"priority (?:and immediate )?action",
    r"areas? for development",
    r"strengths?",
    r"because:?\s*$",
    r"inspectors? (?:looked at|evaluated|reviewed|focused on|considered)|areas covered",
)
TO_IMPROVE = 4
LISTED = (BlockKind.BULLET, BlockKind.NUMBERED)
FEWEST_ITEMS, MOST_ITEMS = 2, 20
BOARD = re.compile(r"safeguarding (?:children )?board|\blscb\b|\b\wscb\b", re.IGNORECASE)
SHARED_ENOUGH = 0.5
LONGEST_TITLE = 160


@dataclass(frozen=True)
class Section:
    """A list as the report prints it: the heading (or lead-in line) above it, and its items in order."""

    source: Source
    title: str
    items: tuple[Passage, ...]


def find_section(
    question: str,
    sources: Iterable[Source],
    passages: Callable[[str], tuple[Passage, ...]],
    frequency: Callable[[str], float],
) -> Section | None:
    """The printed list that a question asks for, from the newest report in scope that has one, or None."""
    for source in sorted(sources, key=lambda item: item.order, reverse=True):
        sections = list(_sections(source, passages(source.document)))
        if section := _named(question, sections) or _alike(question, sections, frequency):
            return section
    return None


def on_topic(section: Section, concepts: Iterable[Concept]) -> bool:
    """Whether a list speaks of any of the field's terms that the question has; true where it has none."""
    terms = [concept for concept in concepts if concept.terms]
    held = frozenset(tokens(" ".join([section.title, *(item.text for item in section.items)])))
    return not terms or any(concept.share(held) for concept in terms)


def as_evidence(section: Section, first: int = 1) -> tuple[Evidence, ...]:
    """The items of a list as evidence, with tokens from `first` on, in the order in which they are printed."""
    return tuple(
        Evidence.whole(str(number), section.source, item) for number, item in enumerate(section.items, start=first)
    )


def _sections(source: Source, passages: tuple[Passage, ...]) -> Iterable[Section]:
    """Every heading with all that stands below it, and every lead-in line with its bullets."""
    paths = dict.fromkeys(path for passage in passages for path in _prefixes(passage.headings))
    for path in paths:
        for below in _runs(passage for passage in passages if passage.headings[: len(path)] == path):
            items = tuple(passage for passage in below if passage.kind in LISTED)
            # Beside bullets or numbers, plain paragraphs under the heading are not items of the list.
            items = items if len(items) >= FEWEST_ITEMS else below
            if len(items) <= MOST_ITEMS:
                yield Section(source, " / ".join(path), items)
    for lead in dict.fromkeys(passage.lead for passage in passages if passage.lead):
        led = tuple(passage for passage in passages if passage.lead == lead)
        if len(led) >= FEWEST_ITEMS:
            yield Section(source, lead, led)


def _runs(passages: Iterable[Passage]) -> Iterable[tuple[Passage, ...]]:
    """Passages that follow on one another; a heading that comes back later in the report opens another run."""
    held: list[Passage] = []
    for passage in passages:
        if held and passage.order != held[-1].order + 1:
            yield tuple(held)
            held = []
        held.append(passage)
    if held:
        yield tuple(held)


def _prefixes(path: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    return (path[:length] for length in range(1, len(path) + 1))


def _named(question: str, sections: list[Section]) -> Section | None:
    """The list of the kind that is named, of the board if the board is meant and else of the authority."""
    about_board = bool(BOARD.search(question))
    own = [section for section in sections if bool(BOARD.search(section.title)) == about_board]
    named = [
        heading
        for asked, heading in zip(SAME_LISTS, HEADINGS, strict=True)
        if re.search(asked, question, re.IGNORECASE)
    ]
    # What one report calls recommendations, another calls areas for improvement.
    others = [heading for heading in HEADINGS[:TO_IMPROVE] if set(named) & set(HEADINGS[:TO_IMPROVE])]
    for heading in dict.fromkeys([*named, *others]):
        for section in own:
            last = section.title.rsplit(" / ", 1)[-1]
            if re.search(heading, last, re.IGNORECASE) and len(last) < LONGEST_TITLE:
                return section
    return None


def _alike(question: str, sections: list[Section], frequency: Callable[[str], float]) -> Section | None:
    """The list whose heading or lead-in shares enough of its words with the question."""
    wanted = set(tokens(question))
    best, best_score = None, SHARED_ENOUGH
    for section in sections:
        if section.items[0].kind not in LISTED or len(section.items) < FEWEST_ITEMS:
            continue
        title = set(tokens(section.title.rsplit(" / ", 1)[-1]))
        weight = sum(1 - frequency(stem) for stem in title & wanted)
        score = weight / max(len(title), 1)
        if len(title & wanted) > 1 and score > best_score:
            best, best_score = section, score
    return best
