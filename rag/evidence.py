"""The few sentences of the reports that answer a question, each a verbatim quote with a token."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.sentences import sentences
from index.lexical import tokens
from index.retrieval.candidates import LEANS, Candidate
from index.retrieval.concepts import Concept, coverage
from rag.answer import Evidence

REPEATED, NEWLY_COVERED = -0.5, 0.5
# Of the best sentence's score, what another must have. Of 527 questions whose answer is among the sentences a right one
# stays in 95 of 100 with 3.8 quotes, 44 of 100 of which bear on the question; at 0.8 in 93 with 3.1, at 0.85 in 91 with
# 2.5. But of 79 questions that often ask for two things, three lost one of them at 0.8 and above.
OF_BEST, BESIDE_BEST = 0.75, 0.62
# Words to a token of Qwen's tokenizer in English prose, measured on these reports.
TOKENS_PER_WORD = 1.35
LONGEST_SENTENCE_WORDS = 70
# Such a sentence belongs to the one before it.
GOES_ON = re.compile(
    r"^(?:This|These|They|However,?|Of (?:this|these),?|It|As a result,?|Consequently,?"
    r"|The local authority was judged) "
    # "For some children, these are not accepted."
    r"|^(?:For|In|Of|With|By|Among) [^,]{3,40}, (?:these|this) (?:is|are|was|were|do|does|did|has|have|had)\b"
)
GOES_ON_WORDS = 28
# Such a one tells why or to what end, and is half of the answer.
TELLS_WHY = re.compile(
    r"^This (?:is|was) (?:to|because|so|in order|due|partly|as)\b|^This (?:means|meant|led|leads|results?)\b"
)
# Such a one takes back what stands before it, and without it a quote misleads.
TURNS = re.compile(r"^(?:However|But|Nevertheless|Nonetheless|Conversely|Yet|That said|Despite this)\b")
LONGEST_TURNED_WORDS = 95
MOST_SENTENCES = 4
# Sentences of a paragraph that follow each other, or leave two out between them, are one quote up to this length.
LEFT_OUT, LONGEST_QUOTE_WORDS = 2, 110
# "(Recommendation)" is nothing to quote.
FEWEST_WORDS = 3
# Who is meant is said by the sentence before.
POINTS = re.compile(
    r"^(?:Not all|In contrast|By contrast|Others|Instead|Despite this)\b"
    r"|^(?:\w+[ ,]+){0,12}?(?:these|those|such|this) (?:very |most |same )?(?:vulnerable )?(?:children|young people"
    r"|care leavers|families|parents|carers|plans?|cases?|visits?|arrangements?|assessments?|interviews?|homes?|group"
    r"|cohort|waits?|delays?|numbers?|figures?|referrals?|contacts?|meetings?|services?|workers|staff|problems?|issues?"
    r"|concerns?|weaknesses|shortfalls?|gaps?|changes?|approach|team|training|decisions?|reviews?|audits?|placements?"
    r"|records?|process(?:es)?)\b",
    re.IGNORECASE,
)
APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)|(?<=s)’(?= [a-z])")


def near_best(ranked: tuple[Candidate, ...], *, needs_fit: bool) -> tuple[Candidate, ...]:
    """Those that score nearly as well as the best; where a fact is asked for, as the best that holds one.

    Of a sentence beside the best in its paragraph less is demanded: it often says what came of it.
    """
    best = max((item for item in ranked if item.fits or not needs_fit), key=lambda item: item.score, default=None)
    if best is None:
        return ()
    return tuple(
        item
        for item in ranked
        if item.score >= (OF_BEST if needs_fit or not _is_beside(item, best) else BESIDE_BEST) * best.score
    )


def _is_beside(item: Candidate, best: Candidate) -> bool:
    return item.hit.passage == best.hit.passage and abs(item.place - best.place) == 1


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
        if any(item.text in _with_neighbours(other) for other in chosen):
            continue
        if words < FEWEST_WORDS or words > words_left or (words > LONGEST_TURNED_WORDS and chosen):
            continue
        chosen.append(item)
        words_left -= words
    return tuple(_evidence(extract, str(number)) for number, extract in enumerate(_in_order(chosen), start=1))


@dataclass(frozen=True)
class _Extract:
    """Sentences of a passage that follow each other, from `first` to `last`, and the best candidate among them."""

    item: Candidate
    first: int
    last: int

    @property
    def text(self) -> str:
        return _run(self.item, self.first, self.last)


def _in_order(chosen: list[Candidate]) -> list[_Extract]:
    """Sentences of one paragraph as they follow each other in it, at the place of the first that was chosen.

    Those that follow closely are one quote, so that nothing is said twice and nothing between them is lost.
    """
    passages = list(dict.fromkeys(item.hit.passage for item in chosen))
    extracts: list[_Extract] = []
    for passage in passages:
        of_passage = [_Extract(item, *_span(item)) for item in chosen if item.hit.passage == passage]
        for place, extract in enumerate(sorted(of_passage, key=lambda each: (each.first, each.last))):
            joined = _joined(extracts[-1], extract) if place else None
            if joined:
                extracts[-1] = joined
            elif not place or extract.last > extracts[-1].last:
                first = max(extract.first, extracts[-1].last + 1) if place else extract.first
                extracts.append(replace(extract, first=first))
    return extracts


def _joined(one: _Extract, other: _Extract) -> _Extract | None:
    """Both as one, if the other follows closely, on the same page, and both are not too long together."""
    cut = one.item.hit.passage.cut and one.first == 0
    if cut or other.first > one.last + 1 + LEFT_OUT:
        return None
    best = max(one.item, other.item, key=lambda item: item.score)
    whole = _Extract(best, one.first, max(one.last, other.last))
    on_one_page = best.hit.passage.on_page(whole.text)[1] == whole.text
    return whole if on_one_page and len(whole.text.split()) <= LONGEST_QUOTE_WORDS else None


def _gain(item: Candidate, chosen: list[Candidate], concepts: tuple[Concept, ...]) -> float:
    """The share of the concepts that this sentence would be the first to cover."""
    said = frozenset(stem for other in chosen for stem in tokens(other.text))
    return coverage(concepts, said | frozenset(tokens(item.text))) - coverage(concepts, said) if chosen else 0.0


def _overlap(item: Candidate, chosen: list[Candidate]) -> float:
    stems = set(tokens(item.text))
    return max((len(stems & set(tokens(other.text))) / max(len(stems), 1) for other in chosen), default=0.0)


def _evidence(extract: _Extract, token: str) -> Evidence:
    item, quote = extract.item, extract.text
    passage = item.hit.passage
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
        complete=not (passage.cut and extract.first == 0),
    )


def place_of_quote(item: Candidate) -> int:
    """Which sentence of the passage the quote begins with: the one before, where this one leans on it, and so on."""
    around = sentences(item.hit.passage.text)
    first = item.place
    while first and (LEANS.match(around[first]) or POINTS.match(around[first])):
        before = around[first - 1 : item.place + 1]
        if first < item.place and sum(len(text.split()) for text in before) > LONGEST_SENTENCE_WORDS:
            break
        first -= 1
    return first


def _cut_speech(sentences_taken: list[str]) -> bool:
    """Whether a quotation begins in these sentences and does not end there."""
    text = APOSTROPHE.sub("", " ".join(sentences_taken))
    return text.count("‘") > text.count("’") or text.count("“") > text.count("”")


def _with_neighbours(item: Candidate) -> str:
    return _run(item, *_span(item))


def _run(item: Candidate, first: int, last: int) -> str:
    return " ".join(sentences(item.hit.passage.text)[first : last + 1])


def _span(item: Candidate) -> tuple[int, int]:
    """From which sentence to which: the one before if it leans on that, and the one after if that leans on it."""
    around = sentences(item.hit.passage.text)
    first, last = place_of_quote(item), item.place
    words = sum(len(text.split()) for text in around[first : last + 1])
    if words > (LONGEST_TURNED_WORDS if TURNS.match(around[item.place]) else LONGEST_SENTENCE_WORDS):
        first = item.place
    while _cut_speech(around[first : last + 1]) and last + 1 < len(around) and last - first < MOST_SENTENCES:
        # Half of what a child said may be the opposite of it.
        last += 1
    words = sum(len(text.split()) for text in around[first : last + 1])
    if last + 1 < len(around):
        last += 1 if _goes_on(around[last + 1], words) else 0
    return first, last


def _goes_on(text: str, words: int) -> bool:
    """Whether the sentence that follows a quote of so many words belongs to it."""
    more = len(text.split())
    if TURNS.match(text):
        return words + more <= LONGEST_TURNED_WORDS
    short = more <= GOES_ON_WORDS or TELLS_WHY.match(text)
    return bool(GOES_ON.match(text) and short) and words + more <= LONGEST_SENTENCE_WORDS
