"""Questions to which no report can hold the answer: opinions, predictions, and sums of money that no report names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from index.lexical import tokens
from index.retrieval.ask import asked_in
from index.retrieval.concepts import Concept, coverage
from index.search import Index
from rag import wording
from rag.answer import Outcome
from rag.inquiry import Inquiry
from rag.settings import Settings

GRADE = r"(?:outstanding|good|inadequate|requires? improvement)"
NEXT = r"\b(?:next (?:time|inspection|ofsted|year|report)|in (?:the )?future)\b"
PREDICTION = re.compile(
    rf"\bwill\b.{{0,40}}\b(?:get|be|pass|fail|come out|receive|become|stay|remain|improve|do)\b.{{0,40}}{NEXT}"
    rf"|{NEXT}.{{0,40}}\bwill\b.{{0,30}}\b(?:get|be (?:rated|judged|graded|good)|pass|fail|improve)\b"
    r"|\b(?:grade|rating|judge?ment|verdict)\b.{0,20}\bwill\b"
    rf"|\bwill\b.{{0,40}}\b(?:get|be (?:rated|judged|graded)|be|become) (?:an? )?{GRADE}(?=\W*(?:$|[?,.]|(?:in|by"
    rf"|soon)\b))"
    r"|\b(?:predict|forecast)\w*\b|\b(?:likely|going) to (?:get (?:an? )?"
    rf"{GRADE}|be (?:rated|judged|graded)|pass|fail)\b",
    re.IGNORECASE,
)
OPINION = re.compile(
    r"\bin your (?:own |honest |personal )?(?:opinion|view)\b|\byour (?:own |honest |personal )?(?:opinion|thoughts"
    r"|take)\b"
    r"|\bwhat do you (?:personally )?(?:think|believe|reckon|make) (?:of|about)\b|\bwould you (?:recommend|send"
    r"|trust|move)\b"
    r"|\bshould\b.{0,60}\b(?:be|have been|get|lose|have lost) (?:sacked|fired|dismissed|jailed|prosecuted|ashamed"
    r"|blamed|sued"
    r"|struck off|taken over|their jobs?|his job|her job)\b|\bshould\b.{0,60}\b(?:resign|step down)(?:ed)?\b"
    r"|\bwho(?:['’]?s| is| was) to blame\b|\bdo you (?:agree|like)\b",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"\bin pounds\b|£|\bhow much (?:money|funding|cash)\b|\bhow much (?:did|does|was|were|is|has"
    r"|had)\b.{0,60}\b(?:spen[dt]"
    r"|cost|paid|pay|costs)\b|\bwhat did\b.{0,60}\b(?:spend|cost|pay)\b"
    r"|\bwhat (?:do|does)\b.{0,30}\b(?:spend|cost|pay)\b(?! (?:[\w-]+ ){0,3}(?:attention|regard|heed|tribute)\b)"
    r"|\bwhat (?:is|was|are"
    r"|were) the (?:\w+ )?(?:budget|salary|cost"
    r"|spend|rent|fee|price|allowance)s?\b|\bwhat (?:rent|fees?|price|salary|sum|wage)\b"
    r"|\bhow much (?:is|are|was|were) (?:it|this|that|they|the (?:[\w-]+ ){0,3}(?:grant|allowance"
    r"|payment|bonus|fund|budget))\b"
    r"|\bhow much (?:a|per|each|every) (?:week|month|year|child|night|head)\b|\bweekly (?:\w+ )?(?:allowance|rate"
    r"|fee)s?\b",
    re.IGNORECASE,
)
SUM = re.compile(r"£ ?\d|\b\d[\d.,]* ?(?:million|pounds|m\b)|\bmillion pounds\b", re.IGNORECASE)
# What a thing costs may be nothing.
COST = re.compile(r"\bcosts?\b|\bcharged?\b|\bfees?\b|\bprice\b", re.IGNORECASE)
FREE = re.compile(r"\bfree of charge\b|\b(?:no|without) (?:\w+ )?cost\b", re.IGNORECASE)
OF_MONEY = frozenset(
    tokens(
        "rent fee price allowance weekly week month money pound pounds spend spent cost costs paid pay budget funding "
        "cash much salary sum total"
    )
)
LEAST_COVERED = 0.6


def is_opinion(question: str) -> bool:
    """Whether a question asks for an opinion or a prediction, which reports of the past do not hold."""
    return bool(PREDICTION.search(question) or OPINION.search(question))


def names_no_sum(question: str, concepts: tuple[Concept, ...], texts: Iterable[str]) -> bool:
    """Whether a question asks for a sum of money and nothing else, and no text names one in what is asked about."""
    if not MONEY.search(question) or not all(map(MONEY.search, asked_in(question))):
        return False
    topic = tuple(each for each in concepts if not any(words <= OF_MONEY for words in each.alternatives))
    free = COST.search(question)
    with_sum = [frozenset(tokens(text)) for text in texts if SUM.search(text) or (free and FREE.search(text))]
    return not any(not topic or coverage(topic, stems) >= LEAST_COVERED for stems in with_sum)


def miss_sums(inquiry: Inquiry, index: Index, _: Settings) -> Inquiry:
    """Refuse a question for a sum of money where no report in scope names one for what is asked."""
    if inquiry.recalled or inquiry.stated or inquiry.listed or inquiry.lookups:
        return inquiry
    texts = (item.text for document in inquiry.scope.documents for item in index.passages(document))
    if not names_no_sum(inquiry.question, inquiry.concepts, texts):
        return inquiry
    where = wording.asked_of(inquiry.scope.sources, inquiry.asked.authorities)
    return replace(inquiry, refusal=(Outcome.NOT_IN_REPORTS, f"{wording.NO_SUM} {where}."))
