"""What inspectors told an authority to improve, from the register: the whole list, or what of it is on a topic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.lexical import tokens
from index.records import Recommended, Source
from index.retrieval.concepts import Concept, coverage
from index.retrieval.core import core_of
from index.retrieval.scope import Scope
from index.retrieval.understand import Understanding

INSPECTORS = r"(?:ofsted|inspectors|they|hmi|the (?:inspectors?|report|letter|inspection)|(?:19|20)\d\d inspection)\b"
TO = r"(?:to )?(?:improve|fix|sort|change|do\b|get better|tell|happen|be done|work on)"
ASKED = re.compile(
    r"\brecommend\w*|\brecs?\b|\bimprovement (?:points?|areas?|list)\b|\b(?:areas?|points?) (?:for|of|to) improve\w*"
    r"|\bpriority actions?\b|\bareas? for (?:priority )?action\b|\bareas? for development\b"
    rf"|\bwhat\b.{{0,40}}\b(?:must|should|need(?:s|ed)?|has to|have to|had to)\b.{{0,40}}?\b{TO}"
    r"|\b(?:what|which|anything)\b.{0,40}\b(?:left|had|has|have) to (?:improve|change|fix|get better)\b"
    r"|\bmust (?:get better|improve)\b|\bwhat(?:'?s| is) to improve\b|\bwhat (?:still )?needs? (?:to )?\w+"
    r"|\bwhat needed (?:to|\w+ing)\b|\b(?:told|asked|advised|instructed|ordered|expected|required) to\b"
    r"|\bwhat (?:did|has|does)"
    r" (?:ofsted|inspectors|they|hmi|we|it|the (?:inspectors?|report|letter|inspection))\b.{0,20}"
    r"\b(?:tell|told|ask|asked|want|wanted|expect|instruct|advise|order|say)\b.{0,40}\bto (?:do|improve|sort|fix|change"
    r"|put right)\b|\btell (?:them|it|the \w+) to\b"
    r"|\bwanted? (?:to see )?(?:done|improved)\b"
    rf"|\b{INSPECTORS}.{{0,20}}\b(?:ask|asked|want|wanted|tell|told|require|required|expect|expected|instruct|order)\b"
    r".{3,60}?\bto\b"
    rf"|\b{INSPECTORS}.{{0,20}}\b(?:requires?|required|demand|call for|like to see|want|expect) (?:of|from|for)?\b"
    r"|\b(?:was|were) .{3,60}\b(?:asked|told|required|instructed|ordered) (?:to|for)\b|\bthings to improve\b"
    r"|\bwhat improvements?\b.{0,60}\b(?:ask|want|requir|call|need|expect|made)\w*"
    r"|\bwhere (?:do|does|did|must|should|has|have)\b.{3,60}\b(?:do better|improve|get better)\b"
    r"|\b(?:what|which|how) (?:should|must)\b|\b(?:report|letter|inspectors|ofsted)\b.{0,20}\bask(?:s|ed)? for\b",
    re.IGNORECASE,
)
BOARD = re.compile(r"safeguarding (?:children )?board|\blscb\b|\b\wscb\b", re.IGNORECASE)
PRIORITY = re.compile(r"\bpriorit(?:y|ies)\b|\bimmediate\b|\burgent", re.IGNORECASE)
# Words of the asking, not of a topic.
ASKING = frozenset(
    tokens(
        "recommendation recommend rec recs improve improvement improving area areas point points list priority action "
        "actions immediate must should need needs needed told tell to do done fix sort change better happen work on "
        "left still development inspectors want wanted letter report inspection council authority set out bullet one "
        "ones say said find found ofsted services service made make get things thing part bit"
    )
)
OF_BOARD = frozenset(tokens("local safeguarding children board lscb's lscb"))
# A row is on the topic if it comes this near the best, and the best is any good. Set on questions about the
# recommendations of some thirty reports.
NEAR_BEST, ADDS_SHARE, LEAST_SCORE = 0.72, 0.5, 0.55
# A list so short is given whole where nothing in it is plainly on the topic, unless that is a term of the field, whose
# wordings are known.
SHORT_LIST = 8
COVERED, ALIKE = 1.0, 1.0
MOST = 5


@dataclass(frozen=True)
class Found:
    """Rows of one report's list that answer, and how many the list has."""

    source: Source
    rows: tuple[Recommended, ...]
    total: int
    topical: bool


def find(
    asked: Understanding,
    concepts: tuple[Concept, ...],
    scope: Scope,
    rows: Sequence[Recommended],
    similarity: Callable[[str, list[str]], Iterable[float]],
) -> Found | None:
    """The recommendations that a question asks for, of the newest report that has any; None if it asks for none."""
    if not ASKED.search(asked.question) or asked.across or asked.why:
        return None
    of_board = bool(BOARD.search(asked.question))
    for source in sorted(scope.sources, key=lambda item: item.order, reverse=True):
        held = [row for row in rows if row.source.document == source.document]
        ours = [row for row in held if bool(BOARD.search(row.heading)) == of_board]
        if PRIORITY.search(asked.question):
            ours = [row for row in ours if PRIORITY.search(row.heading)] or ours
        if ours:
            return _of_list(asked, concepts, source, tuple(ours), similarity)
    return None


def _of_list(
    asked: Understanding,
    concepts: tuple[Concept, ...],
    source: Source,
    rows: tuple[Recommended, ...],
    similarity: Callable[[str, list[str]], Iterable[float]],
) -> Found | None:
    asking = ASKING | OF_BOARD if BOARD.search(asked.question) else ASKING
    topic = tuple(each for each in concepts if not any(words <= asking for words in each.alternatives))
    whole = Found(source, rows, len(rows), topical=False)
    if not topic:
        return whole
    texts = [f"{row.heading.split(': ')[-1]}. {row.text}" for row in rows]
    alike = similarity(core_of(asked.question), texts)
    scores = [
        COVERED * coverage(topic, frozenset(tokens(text))) + ALIKE * float(near)
        for text, near in zip(texts, alike, strict=True)
    ]
    best = max(scores)
    if best < LEAST_SCORE:
        of_field = any(each.terms for each in topic)
        return whole if len(rows) <= SHORT_LIST and not of_field else None
    taken: list[int] = []
    for place in sorted(range(len(rows)), key=lambda place: -scores[place]):
        said = frozenset(tokens(" ".join(texts[each] for each in taken)))
        adds = coverage(topic, said | frozenset(tokens(texts[place]))) > coverage(topic, said)
        if len(taken) < MOST and scores[place] >= (ADDS_SHARE if adds else NEAR_BEST) * best:
            taken.append(place)
    return Found(source, tuple(rows[place] for place in sorted(taken)), len(rows), topical=True)
