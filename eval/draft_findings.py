"""Questions from sentences: what inspectors found or recommended on a topic, weak gold that needs a person's eye.

A topic is a term of the glossary, or two, that one sentence of the report alone has. A right answer is taken to
hold the sentence's verdict and its rarest word, in any form that the folder's reports have.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from corpus.report import BlockKind, Recommendation, Report
from corpus.sentences import sentences
from eval.draft_proposal import WORDINGS, WORDS, Ask, Drafter, Gold, Named, Proposal
from index.glossary import match_terms
from index.lexical import tokens

PROSE = (BlockKind.PARAGRAPH, BlockKind.NUMBERED, BlockKind.BULLET)
FEWEST_WORDS, MOST_WORDS = 8, 40
SHORTEST_KEY, MOST_FORMS = 6, 6
NO_FINDINGS = re.compile(
    r"what the inspection judgements mean|information about|inspection team|contents|annex|recommendation|"
    r"need.{0,40}improve|areas? for (?:improvement|development)|priority|in this area|previous|"
    r"other ofsted|local leadership",
    re.IGNORECASE,
)
LEANING = re.compile(
    r"(?:This|These|Those|They|It|Its|He|She|However|In addition|Such|Their|As a result|Both|Consequently|Therefore|"
    r"Nevertheless|Also|Similarly|For example|Here|There|That|But|And|Conversely|Others|Another|When|Where|While|"
    r"Although|Some of|Most of|Many of|As such|In these|In this|For these|For this|For those|Overall|Of)\b"
)
VERDICT = re.compile(
    r"\b(?:lack\w*|delay\w*|weak\w*|poor\w*|inconsisten\w*|insufficien\w*|inadequa\w*|ineffective\w*|effective\w*|"
    r"strong\w*|robust\w*|timely|swift\w*|prompt\w*|improv\w*|reduc\w*|increas\w*|success\w*|comprehensive\w*|"
    r"thorough\w*|consistent\w*|clear\w*|skilled|sensitive\w*|helpful|valuable|valued|variable|limited|slow\w*|drift|"
    r"detailed|excellent|impressive|creative\w*|positive\w*|careful\w*|unable|fail\w*|underdeveloped|embedded)\b",
    re.IGNORECASE,
)
# A part of a hyphened word means something else.
WORD = re.compile(r"(?<![\w-])[A-Za-z][a-z]+(?![\w-])")
OWN_VISIT = re.compile(
    r"\bthis (?:focused |monitoring |unannounced )?(?:visit|letter|report|inspection)\b", re.IGNORECASE
)
LETTERS = re.compile(r"[A-Za-z][a-z]+")
WIDE, NO_NAMES, EMPTY, SEVERAL, SINGLE = (
    frozenset(WORDS["findings"][name]) for name in ("wide", "no_names", "empty", "several", "single")
)


@dataclass(frozen=True)
class Vocabulary:
    """The words of a folder: in how many blocks each stem stands, and the words that share it, the usual first."""

    frequency: Counter[str]
    forms: dict[str, tuple[str, ...]]


def vocabulary(reports: Sequence[Report]) -> Vocabulary:
    """The words of all reports."""
    words: Counter[str] = Counter()
    frequency: Counter[str] = Counter()
    for report in reports:
        for block in report.blocks:
            found = {word.lower() for word in LETTERS.findall(block.text)}
            words.update(found)
            frequency.update(set(tokens(block.text)))
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for word, _ in sorted(words.items(), key=lambda item: (-item[1], item[0])):
        for stem in tokens(word):
            forms[stem].append(word)
    return Vocabulary(frequency, {stem: tuple(found) for stem, found in forms.items()})


def from_sentences(drafter: Drafter, named: Sequence[Named], words: Vocabulary) -> Iterator[Proposal]:
    """Every finding and recommendation that can be asked for by its topic, and the whole list of recommendations."""
    for each in named:
        yield from _findings(drafter, each, words)
        yield from _recommendations(drafter, each, words)


def _findings(drafter: Drafter, named: Named, words: Vocabulary) -> Iterator[Proposal]:
    said = [part for block in named.report.blocks for part in sentences(block.text)]
    topics = _topics(said)
    for block in named.report.blocks:
        if block.kind not in PROSE or block.cut or not block.headings or NO_FINDINGS.search(" | ".join(block.headings)):
            continue
        for sentence in sentences(block.text):
            if sentence not in topics or not _is_finding(sentence):
                continue
            about, topic = topics[sentence]
            ask = Ask("narrative", about, WORDINGS["narrative"], {"topic": topic})
            if gold := _gold(sentence, sentence, topic, words, block.page):
                yield drafter.propose(ask, named, gold)


def _is_finding(sentence: str) -> bool:
    size = len(sentence.split())
    whole = sentence[0].isupper() and sentence.rstrip("0123456789").endswith((".", ".’", ".”"))
    alone = not LEANING.match(sentence) and not OWN_VISIT.search(sentence)
    return bool(FEWEST_WORDS <= size <= MOST_WORDS and whole and alone and VERDICT.search(sentence))


def _topics(texts: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Each text that has terms which no other has: what it is about, and that in the words of a question."""
    terms = {text: _terms(text) for text in dict.fromkeys(texts)}
    having: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        keys = sorted(terms[text])
        having.update([*combinations(keys, 1), *combinations(keys, 2)])
    found: dict[str, tuple[str, str]] = {}
    for text, named in terms.items():
        keys = sorted(named)
        narrow = [key for key in keys if key not in WIDE and named[key].lower() not in NO_NAMES]
        own = [key for key in [*combinations(narrow, 1), *combinations(narrow, 2)] if having[key] == 1]
        if own:
            found[text] = " and ".join(own[0]), " and ".join(named[key] for key in own[0])
    return found


def _terms(text: str) -> dict[str, str]:
    """The glossary terms of a text by the first of their group, as they stand there within a sentence."""
    return {group[0]: _within(written, group) for written, group in match_terms(text) if group}


def _within(written: str, group: tuple[str, ...]) -> str:
    """A term as a question has it: without the capital that begins a sentence or title, in the plural or with "the"."""
    usual = {term for term in group if term == term.lower()}
    title_only = written[1:] == written[1:].lower() and not any(term.startswith(written) for term in group)
    lowered = title_only or written.lower() in usual or written.lower().removesuffix("s") in usual
    spoken = written.lower() if lowered else written
    last = spoken.split()[-1]
    if last in SEVERAL:
        return f"{spoken.removesuffix('y')}ies" if last.endswith("y") else f"{spoken}s"
    return f"the {spoken}" if last in SINGLE else spoken


def _gold(quote: str, whole: str, asking: str, words: Vocabulary, page: int | None) -> Gold | None:
    """What an answer should hold of a sentence: its verdict and its rarest word, neither of them in the question."""
    asked = set(tokens(" ".join([asking, *(term for _, group in match_terms(asking) for term in group)])))
    said = [word.lower() for word in WORD.findall(quote) if word.islower() and word not in EMPTY]
    known = [word for word in said if (stems := tokens(word)) and stems[0] in words.forms and not asked & set(stems)]
    verdicts = [word for word in known if VERDICT.fullmatch(word)][:1]
    telling = {word for word in known if len(word) >= SHORTEST_KEY and _stem(word) not in map(_stem, verdicts)}
    rarest = sorted(telling, key=lambda word: (words.frequency[_stem(word)], word))
    chosen = (*verdicts, *rarest)[:2]
    if len(chosen) < 2:
        return None
    groups = tuple(_forms(word, words) for word in chosen)
    return Gold(groups, quote, groups[1], whole, page)


def _stem(word: str) -> str:
    return tokens(word)[0]


def _forms(word: str, words: Vocabulary) -> tuple[str, ...]:
    """A word and the longer ones of its stem: "time" says too little beside "timely"."""
    others = (form for form in words.forms[_stem(word)] if len(form) >= SHORTEST_KEY and form != word)
    return (word, *others)[:MOST_FORMS]


def _recommendations(drafter: Drafter, named: Named, words: Vocabulary) -> Iterator[Proposal]:
    rows = named.report.recommendations
    topics = _topics([row.text for row in rows])
    for row in rows:
        if row.text in topics and row.quote[:1].isupper():
            about, topic = topics[row.text]
            if gold := _gold(row.quote, row.text, f"improve {topic}", words, row.page):
                ask = Ask("recommendation", about, WORDINGS["recommendation"], {"topic": topic})
                yield drafter.propose(ask, named, gold)
    if len(rows) > 1 and (gold := _gold_of_list(rows, words)):
        yield drafter.propose(Ask("recommendation", "all", WORDINGS["all_recommendations"]), named, gold)


def _gold_of_list(rows: Sequence[Recommendation], words: Vocabulary) -> Gold | None:
    """The rarest word of each of the first two recommendations."""
    first, second = (_gold(row.quote, row.text, "improve", words, row.page) for row in rows[:2])
    if not first or not second:
        return None
    groups = (first.answer_contains[1], second.answer_contains[1])
    return Gold(groups, first.quote, groups[0], f"{rows[0].text} {rows[1].text}", first.page)
