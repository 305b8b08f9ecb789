"""The few sentences of the reports that answer a question, each a verbatim quote with a token."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.sentences import sentences
from index.lexical import tokens
from index.records import Hit
from rag.answer import Evidence
from rag.concepts import Concept, coverage
from rag.understand import Ask, Understanding

# Weights of a sentence's own words, of its passage's, of its meaning and of where its passage ranked. Set by
# `python -m eval run` on the known facts; the order matters more than the second decimal.
OWN_WORDS, PASSAGE_WORDS, MEANING, RANK = 1.0, 0.35, 0.6, 0.25
FITTING, CUT, REPEATED, NEWLY_COVERED, SAME_DATE = 0.3, -0.15, -0.5, 0.5, 0.25
FINDING_CUE, OF_THE_BOARD = 0.12, -0.25
# What a sentence inherits of the subject of the one before it, if it leans on it ("This is …") and if not.
CUT_SHARE, LEANING_SHARE, NEXT_SHARE = 0.7, 0.8, 0.4
EMBEDDED_SENTENCES = 32
# Words to a token of Qwen's tokenizer in English prose, measured on these reports.
TOKENS_PER_WORD = 1.35
LONGEST_SENTENCE_WORDS = 70

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(
    rf"\b(?:\d{{1,2}} (?:and \d{{1,2}} )?)?(?:{MONTHS})(?: (?:19|20)\d\d)?\b|\b(?:19|20)\d\d(?:[-–/]\d\d)?\b"
)
DATED = re.compile(rf"\b(?:{MONTHS}) (?:19|20)\d\d\b")
NUMBER = re.compile(
    r"\d[\d,.]*|\b(?:no|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter|dozen)\b",
    re.IGNORECASE,
)
REFERENCE = re.compile(
    r"\b(?:sections?|s\.?|chapter|regulations?|schedule|act|tier|key stage|grade)\s?\d+\w*", re.IGNORECASE
)
SHARE = re.compile(r"\d\s?%|per ?cent|\b(?:half|third|quarter|fifth)\b", re.IGNORECASE)
CAPITALISED = re.compile(r"\b[A-Z][\w’'-]*[a-z](?: [A-Z][\w’'-]*[a-z])+\b")
SUMMARY = re.compile(r"summary|headline findings|because|the report highlights", re.IGNORECASE)
BOARD = re.compile(r"safeguarding (?:children )?board|\b\w?\w?scb\b", re.IGNORECASE)
JUDGING = re.compile(
    r"\b(?:good|strong|effective|ineffective|poor|weak|robust|rigorous|thorough|inconsistent|consistently|insufficient|sufficient|"
    r"not yet|too (?:many|few|long|often|slow)|fail\w*|improv\w+|well|lack\w*|excellent|serious|significant"
    r"|enough|delays?)\b",
    re.IGNORECASE,
)
# Such a sentence leans on the one before it.
GOES_ON = re.compile(r"^(?:This|These|They|However,?|Of (?:this|these),?|It|The local authority was judged) ")
GOES_ON_WORDS = 28
LEANS = re.compile(
    r"^(?:This|These|They|Those|It|Their|However|Consequently|As a result|Of this number|Of these|Such|He|She)\b"
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
    meaning: float = 0.0
    score: float = 0.0


@dataclass(frozen=True)
class Judge:
    """What choosing needs of the index: cosine of a question with texts, and whether a word is an ordinary one."""

    similarity: Callable[[str, list[str]], Sequence[float]]
    is_word: Callable[[str], bool]


def candidates(
    understanding: Understanding, concepts: tuple[Concept, ...], hits: Iterable[Hit], judge: Judge
) -> tuple[Candidate, ...]:
    """Every sentence of the retrieved passages, best first."""
    found: list[Candidate] = []
    for hit in hits:
        context = frozenset(tokens(" ".join((*hit.passage.headings, hit.passage.lead, hit.passage.text))))
        around, before = coverage(concepts, context), 0.0
        for place, text in enumerate(sentences(hit.passage.text)):
            own = coverage(concepts, frozenset(tokens(f"{hit.passage.lead} {text}")))
            if hit.passage.cut and place == 0:
                # The lost beginning named the subject, as the sentences after it show.
                own = max(own, CUT_SHARE * around)
            inherited = LEANING_SHARE if LEANS.match(text) else NEXT_SHARE
            before = max(own, inherited * before)
            found.append(Candidate(text, hit, place, before, around, fits(understanding, text, judge.is_word)))
    return _ranked(understanding, found, judge)


def fits(understanding: Understanding, text: str, is_word: Callable[[str], bool]) -> bool:
    """Whether a sentence holds the sort of thing asked for: a figure, a share, a name, a date."""
    if understanding.ask is Ask.FIGURE:
        bare = REFERENCE.sub(" ", DATE.sub(" ", text))
        return bool(SHARE.search(bare) if understanding.percent else NUMBER.search(bare))
    if understanding.ask is Ask.PERSON:
        return bool(person_names(text, is_word))
    if understanding.ask is Ask.DATE:
        return bool(DATE.search(text))
    return True


def person_names(text: str, is_word: Callable[[str], bool]) -> list[str]:
    """Runs of capitalised words that never stand in lower case: people, and few others."""
    names = []
    for match in CAPITALISED.finditer(text):
        words = [
            word for word in match[0].split() if not is_word(word.strip("'’-").removesuffix("’s").removesuffix("'s"))
        ]
        if len(words) >= 2:
            names.append(" ".join(words))
    return names


def _ranked(understanding: Understanding, found: list[Candidate], judge: Judge) -> tuple[Candidate, ...]:
    dates = set(DATED.findall(understanding.question.title()))
    first = [replace(item, score=_by_words(item, understanding, dates)) for item in found]
    first.sort(key=lambda item: -item.score)
    near = first[:EMBEDDED_SENTENCES]
    if not near:
        return ()
    meanings = judge.similarity(understanding.question, [item.text for item in near])
    scored = [
        replace(item, score=item.score + MEANING * float(meaning), meaning=float(meaning))
        for item, meaning in zip(near, meanings, strict=True)
    ]
    return tuple(sorted(scored, key=lambda item: -item.score))


def _by_words(item: Candidate, understanding: Understanding, dates: set[str]) -> float:
    rank = min(item.hit.lexical_rank or 40, item.hit.dense_rank or 40)
    score = OWN_WORDS * item.own + PASSAGE_WORDS * item.around + RANK / rank
    score += FITTING if item.fits else -FITTING
    score += SAME_DATE if dates & set(DATED.findall(item.text)) else 0.0
    if item.hit.passage.cut and item.place == 0:
        score += CUT
    if understanding.ask is Ask.FINDING:
        score += FINDING_CUE * (bool(JUDGING.search(item.text)) + any(map(SUMMARY.search, item.hit.passage.headings)))
    if any(map(BOARD.search, item.hit.passage.headings)) and not BOARD.search(understanding.question):
        score += OF_THE_BOARD
    return score


def choose(
    ranked: tuple[Candidate, ...],
    concepts: tuple[Concept, ...],
    *,
    most: int,
    tokens_allowed: int,
    needs_fit: bool,
    floor: float,
) -> tuple[Evidence, ...]:
    """Take the best sentences that still say something new, in the order of the reports, with tokens from [1].

    A sentence gains by covering a concept that none before it covers. `floor` is the share of the best
    score that a sentence must reach. One that leans on the sentence before it brings that along.
    """
    chosen: list[Candidate] = []
    words_left = tokens_allowed / TOKENS_PER_WORD
    best = ranked[0].score if ranked else 0.0
    pool = [item for item in ranked if item.fits or not needs_fit]
    while pool and len(chosen) < most:
        repeated = 0.0 if needs_fit else REPEATED
        gains = [
            item.score + repeated * _overlap(item, chosen) + NEWLY_COVERED * _gain(item, chosen, concepts)
            for item in pool
        ]
        place = max(range(len(pool)), key=gains.__getitem__)
        item, gain = pool.pop(place), gains[place]
        words = len(_with_neighbours(item).split())
        if gain < floor * best:
            break
        quote = _with_neighbours(item)
        if any(item.text in _with_neighbours(other) or other.text in quote for other in chosen):
            continue
        if words > words_left or (words > LONGEST_SENTENCE_WORDS and chosen):
            continue
        chosen.append(item)
        words_left -= words
    return tuple(_evidence(item, str(number)) for number, item in enumerate(chosen, start=1))


def _gain(item: Candidate, chosen: list[Candidate], concepts: tuple[Concept, ...]) -> float:
    """The share of the concepts that this sentence would be the first to cover."""
    said = frozenset(stem for other in chosen for stem in tokens(other.text))
    return coverage(concepts, said | frozenset(tokens(item.text))) - coverage(concepts, said) if chosen else 0.0


def _overlap(item: Candidate, chosen: list[Candidate]) -> float:
    stems = set(tokens(item.text))
    return max((len(stems & set(tokens(other.text))) / max(len(stems), 1) for other in chosen), default=0.0)


def _evidence(item: Candidate, token: str) -> Evidence:
    passage, quote = item.hit.passage, _with_neighbours(item)
    page, printed = passage.on_page(quote)
    return Evidence(
        token=token,
        source=item.hit.source,
        quote=quote,
        passage=passage.text,
        headings=passage.headings,
        page=page,
        printed=printed,
        score=item.score,
        complete=not (passage.cut and place_of_quote(item) == 0),
    )


def place_of_quote(item: Candidate) -> int:
    """Which sentence of the passage the quote begins with: the one before, where this one leans on it."""
    return item.place - 1 if item.place and LEANS.match(item.text) else item.place


def _with_neighbours(item: Candidate) -> str:
    """The sentence with the one before it if it leans on that, and the one after it if that leans on it."""
    around = sentences(item.hit.passage.text)
    first, last = place_of_quote(item), item.place
    words = sum(len(text.split()) for text in around[first : last + 1])
    if words > LONGEST_SENTENCE_WORDS:
        first = item.place
    if last + 1 < len(around) and GOES_ON.match(around[last + 1]):
        more = len(around[last + 1].split())
        last += 1 if more <= GOES_ON_WORDS and words + more <= LONGEST_SENTENCE_WORDS else 0
    return " ".join(around[first : last + 1])
