"""Every sentence that may answer a question, with how well it does: by its words, its passage and its closeness."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.sentences import sentences
from index.glossary import expand, spelt_out
from index.lexical import tokens
from index.records import Hit, Passage
from index.retrieval.ask import Ask
from index.retrieval.change import change_said, without_change
from index.retrieval.concepts import Concept, coverage
from index.retrieval.core import core_of
from index.retrieval.fitting import DATED, counts, fits
from index.retrieval.understand import Understanding

# Weights of the share of the question's concepts that a sentence and its passage cover, of BM25 among the sentences
# in scope, of its passage's meaning, and of where its passage ranked. Fitted on 303 questions about findings
# in reports that no rule was written for, by the likelihood of the right sentence among those of its report (a softmax,
# drawn towards the weights set by hand before); found among the first three in 75 of 100 instead of 71, five folds.
OWN_WORDS, PASSAGE_WORDS, WORDS, PASSAGE_MEANING, RANK = 0.43, 0.75, 0.22, 1.6, 0.09
# Weight of a sentence's cosine with the question by the model of sentences. On 748 questions that the model had not
# seen, the best sentence answers in 73 of 100 and one of the first three in 92; without that model in 50 and 80.
CLOSENESS = 2.4
# A cross-encoder, where there is one, reads question and sentence together, and outweighs comparing their vectors.
RELEVANCE = 2.0
FITTING, COUNTING, CUT, SAME_DATE, TOO_LONG = 0.32, 0.25, -0.19, 0.31, -0.63
FINDING_CUE, REASON_CUE, OF_CHANGE, CHANGE_ALONE, OF_THE_BOARD, TO_BE_DONE = 0.05, 0.25, 0.7, 2.0, -0.31, 0.35
# The first sentence of a paragraph says its subject and not what was found: of 399 questions the right sentence came
# first in 64 of 100 instead of 61, and among the first three in as many.
FIRST_OF_ALL = -0.1
# The same before a sentence's own meaning is known, for choosing those that are looked at so closely. In the right
# report the sentence that answers is among 32 of them in 93 of 100 questions.
FIRST_WORDS, FIRST_PASSAGE_MEANING = 0.35, 1.6
LONG_STEMS, FEWEST_WORDS = 40, 4
# What a sentence inherits of the subject of the one before it, if it leans on it ("This is …") and if not.
CUT_SHARE, LEANING_SHARE, NEXT_SHARE = 0.7, 0.8, 0.4
EMBEDDED_SENTENCES = 32
# BM25 as in Lucene, with its usual constants.
K1, B = 1.2, 0.75
SENTENCES_CACHED = 50_000

REASON = re.compile(
    r"\b(?:because|due to|as a result|owing to|reasons?|factors?|caused?|led to|lead(?:s|ing)? to"
    r"|result(?:s|ed|ing)? (?:in|from)|contribut\w+|hampered|means that|meant that|stem\w*|attribut\w+"
    r"|in order to|so that"
    r"|following)\b",
    re.IGNORECASE,
)
SUMMARY = re.compile(r"summary|headline findings|because|the report highlights", re.IGNORECASE)
BOARD = re.compile(r"safeguarding (?:children )?board|\b\w?\w?scb\b", re.IGNORECASE)
# What ought to be done is said where a report says what to improve.
OUGHT = re.compile(
    r"\b(?:should|must|ought|ha[ds]|have|needs?|needed) to\b|\b(?:should|must)\b"
    r"|\b(?:ask(?:ed|ing)?|want(?:ed)?|told|requir\w+|expect\w*|call(?:ed)? for|demand\w*|like to see)\b",
    re.IGNORECASE,
)
TO_IMPROVE = re.compile(
    r"recommendation|needs? to (?:improve|happen|be done)|areas? (?:for|of) (?:improvement|development|priority)"
    r"|priority (?:and immediate )?action|points? for action",
    re.IGNORECASE,
)
JUDGING = re.compile(
    r"\b(?:good|strong|effective|ineffective|poor|weak|robust|rigorous|thorough|inconsistent|consistently"
    r"|insufficient|sufficient|"
    r"not yet|too (?:many|few|long|often|slow)|fail\w*|improv\w+|well|lack\w*|excellent|serious|significant"
    r"|enough|delays?)\b",
    re.IGNORECASE,
)
# Lines of the title page and of the table of grades: answers for the register, and no findings.
TITLE_LINE = re.compile(
    r"^(?:Inspection dates?|Lead inspectors?|Published|(?:Report|Date) (?:published|of (?:publication"
    r"|(?:\w+ )?inspection)))\b.{0,90}$"
    r"|^[^.]{0,120}\b(?:Good|Outstanding|Inadequate|Adequate|Requires improvement(?: to be good)?)$"
)
# Such a sentence leans on the one before it.
LEANS = re.compile(
    r"^(?:This|These|They|Those|It|Their|However|Consequently|As a result|Of this number|Of these|Such|He|She"
    r"|Therefore|Thus"
    r"|As such|For example|For instance|Similarly|(?:For|In|With|By|Of) (?:these|those|this|them|such)"
    r"|(?:For )?(?:[Ss]ome|[Mm]any|[Mm]ost|[Aa]ll|[Nn]one|[Ff]ew|[Bb]oth|[Ee]ach) of (?:these|those|them|this))\b"
)


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer, with how well it does."""

    text: str
    hit: Hit
    place: int
    own: float
    around: float
    fits: bool
    words: float = 0.0
    nearness: float = 0.0
    closeness: float = 0.0
    relevance: float = 0.0
    score: float = 0.0


def without_relevance(item: Candidate) -> float:
    """The score without what a cross-encoder adds, for thresholds that hold with it and without."""
    return item.score - RELEVANCE * item.relevance


@dataclass(frozen=True)
class Judge:
    """What choosing needs of the index.

    Cosine of a question with sentences, and with stored passages; whether a word is an ordinary one; a
    cross-encoder's scores from 0 to 1 of texts for a question, where one is configured.
    """

    closeness: Callable[[str, list[str]], Iterable[float]]
    nearness: Callable[[str, Sequence[Passage]], Iterable[float]]
    is_word: Callable[[str], bool]
    relevance: Callable[[str, list[str]], Iterable[float]] | None = None


def candidates(
    understanding: Understanding, concepts: tuple[Concept, ...], hits: Sequence[Hit], judge: Judge
) -> tuple[Candidate, ...]:
    """Every sentence of the passages, best first."""
    core = core_of(understanding.question)
    nearness = judge.nearness(core, [hit.passage for hit in hits])
    found = [
        item
        for hit, near in zip(hits, nearness, strict=True)
        for item in _of_passage(understanding, concepts, hit, float(near), judge.is_word)
    ]
    return _ranked(understanding, concepts, core, _with_words(understanding.question, found), judge)


def _of_passage(
    understanding: Understanding,
    concepts: tuple[Concept, ...],
    hit: Hit,
    nearness: float,
    is_word: Callable[[str], bool],
) -> Iterable[Candidate]:
    passage = hit.passage
    lead = frozenset(tokens(passage.lead))
    told = [(text, frozenset(stems)) for text, stems in _told(passage.text)]
    context = lead.union(tokens(" ".join(passage.headings)), *(stems for _, stems in told))
    around, before = coverage(concepts, context), 0.0
    for place, (text, stems) in enumerate(told):
        own = coverage(concepts, lead | stems)
        if passage.cut and place == 0:
            if len(text.split()) < FEWEST_WORDS:
                # "… risk." is the end of a sentence that says nothing by itself.
                continue
            # The lost beginning named the subject, as the sentences after it show.
            own = max(own, CUT_SHARE * around)
        if understanding.ask in (Ask.FINDING, Ask.FIGURE) and TITLE_LINE.match(text):
            continue
        before = max(own, (LEANING_SHARE if LEANS.match(text) else NEXT_SHARE) * before)
        fitting = fits(understanding, text, is_word)
        yield Candidate(text, hit, place, before, around, fitting, nearness=nearness)


@lru_cache(SENTENCES_CACHED)
def _told(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The sentences of a passage, each with its stemmed words."""
    return tuple((sentence, tuple(tokens(sentence))) for sentence in sentences(text))


def _with_words(question: str, found: list[Candidate]) -> list[Candidate]:
    """The same sentences with their BM25 score for the question, as a share of the best."""
    wanted = set(tokens(expand(question)))
    counts = [Counter(_told(item.hit.passage.text)[item.place][1]) for item in found]
    held = Counter(stem for count in counts for stem in count if stem in wanted)
    usual = sum(count.total() for count in counts) / max(len(counts), 1)
    rarity = {stem: math.log(1 + (len(found) - number + 0.5) / (number + 0.5)) for stem, number in held.items()}
    scores = []
    for count in counts:
        length = K1 * (1 - B + B * count.total() / usual) if usual else K1
        scores.append(
            sum(rarity[stem] * count[stem] * (K1 + 1) / (count[stem] + length) for stem in wanted & count.keys())
        )
    best = max(scores, default=0.0) or 1.0
    return [replace(item, words=score / best) for item, score in zip(found, scores, strict=True)]


def _ranked(
    understanding: Understanding, concepts: tuple[Concept, ...], core: str, found: list[Candidate], judge: Judge
) -> tuple[Candidate, ...]:
    dates = set(DATED.findall(understanding.question.title()))
    usual = [(_usual(item, understanding, concepts, dates), item) for item in found]
    first = sorted(
        usual, key=lambda pair: -(pair[0] + FIRST_WORDS * pair[1].words + FIRST_PASSAGE_MEANING * pair[1].nearness)
    )
    near = first[:EMBEDDED_SENTENCES]
    texts = [_in_context(item) for _, item in near]
    subject = core_of(without_change(core)) if understanding.change and concepts else core
    closenesses = judge.closeness(spelt_out(subject), texts) if near else ()
    relevances = judge.relevance(core, texts) if near and judge.relevance else [0.0] * len(near)
    scored = [
        replace(
            item,
            score=score
            + WORDS * item.words
            + PASSAGE_MEANING * item.nearness
            + CLOSENESS * float(closeness)
            + RELEVANCE * float(relevance),
            closeness=float(closeness),
            relevance=float(relevance),
        )
        for (score, item), closeness, relevance in zip(near, closenesses, relevances, strict=True)
    ]
    return tuple(sorted(scored, key=lambda item: -item.score))


def _in_context(item: Candidate) -> str:
    """A sentence with its heading and lead-in, without which it often does not say what it is about."""
    passage = item.hit.passage
    heading = f"{passage.headings[-1].rstrip('.:')}. " if passage.headings else ""
    return f"{heading}{passage.lead} {item.text}" if passage.lead else f"{heading}{item.text}"


def _usual(item: Candidate, understanding: Understanding, concepts: tuple[Concept, ...], dates: set[str]) -> float:
    """What a sentence scores before its words are weighed against the others' and its meaning is known."""
    passage = item.hit.passage
    rank = min(item.hit.lexical_rank or 60, item.hit.dense_rank or 60)
    score = OWN_WORDS * item.own + PASSAGE_WORDS * item.around + RANK / rank
    score += FITTING if item.fits else -FITTING
    score += COUNTING if counts(understanding, item.text) else 0.0
    score += SAME_DATE if dates & set(DATED.findall(item.text)) else 0.0
    if item.place == 0:
        score += FIRST_OF_ALL + (CUT if passage.cut else 0.0)
    if len(_told(passage.text)[item.place][1]) > LONG_STEMS:
        score += TOO_LONG
    if understanding.ask is Ask.FINDING:
        score += FINDING_CUE * (bool(JUDGING.search(item.text)) + any(map(SUMMARY.search, passage.headings)))
    if understanding.why and REASON.search(item.text):
        score += REASON_CUE
    if OUGHT.search(understanding.question) and any(map(TO_IMPROVE.search, passage.headings)):
        score += TO_BE_DONE
    if understanding.change:
        score += (OF_CHANGE if concepts else CHANGE_ALONE) * change_said(understanding.change, item.text)
    if any(map(BOARD.search, passage.headings)) and not BOARD.search(understanding.question):
        score += OF_THE_BOARD
    return score
