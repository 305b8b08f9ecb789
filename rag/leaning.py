"""Whether a question leans on the one before it: it points back, leaves out, or is too short to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.authorities import Mention
from index.retrieval.understand import understand
from rag.before import Before, is_survey
from rag.phrases import LEAD_IN, Known, core, named, nameless, timeless

# A question without an authority that is no longer than this is taken to go on about the same one.
SHORT = 6


_VERBAL = re.compile(
    r"\b(?:was|were|is|are|am|be|been|did|does|do|has|have|had|can|could|will|would|should|may|might|list|show|tell"
    r"|give|compare|explain|describe|name|summarise|count|find|what|which|who|whom|whose|when|where|why|how)\b|\w['’]s\s+the\b",
    re.IGNORECASE,
)
# With nothing but these left, it is the question before over again: "was Newtown?", "and was it in 2018?".
_HOLLOW = re.compile(
    r"(?:\W|\b(?:was|were|is|are|did|does|do|has|have|had|it|that|they|this|there|the|in|for|of|at|case|same|true|so)\b)*$",
    re.IGNORECASE,
)
_ANTECEDENT = re.compile(
    r"\b(?:children|people|leavers|parents|carers|families|workers|staff|adopters|councils|authorities"
    r"|leaders|managers|professionals|partners|agencies|schools|boards|reports|girls|boys|teenagers|babies)\b",
    re.IGNORECASE,
)
_INVERTED = re.compile(r"\b(?:do|did|have|had|are|were|can|could|should|must)\s+$", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|those|these)\b"
    r"|\b(?:that|this)(?=\s+(?:was|is|were|has|had|did|council|authority|report|inspection|visit|letter|year|time"
    r"|place|area|borough|one|judge?ment|grade|rating)\b|\s*[,?.!]|\s*$)"
    r"|\b(?:is|was|does|did|has) (?:that|this)\b|\bthere\s*(?:[,?.!]|$|in\b|now\b|then\b|too\b)|\bthen\s*[?.!]*$"
    r"|\bsince then\b"
    r"|\bthe (?:latter|former)\b|\bback then\b"
    r"|\b(?:(?:at|by) (?:that|the) time|the same (?:year|time|place|report|inspection))\b"
    r"|\bthe year (?:before|after)\b|\bthe (?:following|previous|next) year\b",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(r"\bis it (?:true|right|the case|correct) that\b|\bdoes it matter\b", re.IGNORECASE)
# Of these, each report or authority has its own.
_DEFINITE = re.compile(
    r"\bthe\s+(?:(?:main|key|overall|lead|deputy lead|full|local|chief|most recent|latest)\s+)*"
    r"(?:inspectors?|judge?ments?|grades?|ratings?|recommendations|strengths|weaknesses|priority actions|areas for"
    r"|director|dcs|member|executive|chair|council|authority|lscb|report|inspection|letter|visit|findings|concerns"
    r"|reasons|effectiveness)\b",
    re.IGNORECASE,
)
_ABOUT_ALL = re.compile(
    r"\b(?:all|every|each|any|which|what|how many|other|most|some|many|of the|across|between)\s+(?:\w+\s+){0,2}?"
    r"(?:authorit(?:y|ies)|councils?|boroughs?|counties|LAs?|places|reports)\b"
    r"|\b(?:councils|local authorities|authorities)\b|\bnationally\b|\bnationwide\b|\bin england\b|\belsewhere\b"
    r"|\banywhere\b|\beverywhere\b|\bthe whole country\b|\bacross the (?:country|board)\b|\bin general\b|\bgenerally\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^\W*(?:and|or|but|also)\b", re.IGNORECASE)
_STATEMENT = re.compile(r"^\W*(?:it|they|that|this|there)\s+\w", re.IGNORECASE)
_LONG_WORD = re.compile(r"\b[a-z]{4,}\b", re.IGNORECASE)
_LIKENED = re.compile(
    r"\bcompar\w+|\bversus\b|\bvs\b|\bbetter\b|\bworse\b|\bdiffer\w*|\b(?:the )?same\b|\bsimilar\w*", re.IGNORECASE
)


# "Is that what Newtown got too?": the same thing asked of another.
_ECHO = re.compile(
    r"^\W*(?:and )?(?:is|was|were|are) (?:that|it|this|those|these) (?:also |just )?"
    r"(?:what|how|true of|the case)\b",
    re.IGNORECASE,
)
# In a short question these are words of the asking, whether the reports use them or not.
_ASKING = frozenset(
    "think thinks thought reckon reckons feel feels felt mean means make made like likes want wants happened".split()
)


def echoes(question: str) -> bool:
    """Whether a question asks if what was said holds of another authority or time too."""
    return bool(_ECHO.match(question))


def about_all(question: str) -> bool:
    """Whether a question is clearly about all authorities or reports."""
    return bool(_ABOUT_ALL.search(question))


def is_fragment(question: str, mentions: Sequence[Mention]) -> bool:
    """Whether a question has no verb of its own, or no more than one: "and Newtown?", "in 2018?", "was Newtown?"."""
    rest = core(timeless(nameless(question, mentions)))
    return bool(_HOLLOW.fullmatch(rest)) or not (_VERBAL.search(rest) or _STATEMENT.match(rest))


def points_back(question: str) -> bool:
    """Whether a pronoun or the like stands for something outside the question."""
    question = _EXPLETIVE.sub("", question)
    found = _POINTS_BACK.search(question)
    if not found or found[0].lower() not in {"they", "them", "their", "theirs"}:
        return bool(found)
    # "Children said they were safe", but not "how many social workers do they have".
    ahead = question[: found.start()]
    return bool(_INVERTED.search(ahead)) or not _ANTECEDENT.search(ahead)


def likens(question: str) -> bool:
    """Whether a question sets one thing beside another."""
    return bool(_LIKENED.search(question))


def leans(question: str, before: Before, is_known: Known) -> bool:
    """Whether a question has to be read together with the turn before it."""
    led_in, goes_on = bool(LEAD_IN.match(question)), bool(_GOES_ON.match(question))
    question = core(question)
    mentions = named(question, is_known)
    if is_fragment(question, mentions):
        subject = core(timeless(nameless(question, mentions)))
        # "Newtown care leavers" names both whom and what, and is a question as it stands.
        whole = mentions and subject and not led_in and not _HOLLOW.fullmatch(subject)
        return not whole and not (about_all(question) and not before.is_survey)
    if mentions and echoes(question):
        return True
    if mentions:
        elliptic = not re.search(r"\bthan\b", question) and len(mentions) == 1
        return likens(question) and (points_back(question) or elliptic) and not understand(question).across
    few = len(question.split()) <= SHORT
    if is_survey(understand(question)):
        return before.is_survey and few and not about_all(question)
    if about_all(question):
        return False
    # A short question about what no report speaks of is about something else.
    few = few and all(
        is_known(word) or word.lower() in _ASKING or _VERBAL.fullmatch(word) for word in _LONG_WORD.findall(question)
    )
    return goes_on or points_back(question) or bool(_DEFINITE.search(question)) or few
