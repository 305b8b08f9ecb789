"""What became of things between two inspections: whether a question asks it, and whether a sentence says it."""

from __future__ import annotations

import re
from enum import StrEnum


class Change(StrEnum):
    """Which way things went; `ANY` is asked where the question leaves that open."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    ANY = "any"


_I = re.IGNORECASE
_TIME = r"(?:inspections?|visits?|reports?|reviews?|letters?|judge?ments?|time(?: round)?|ofsted)"
# "since the last inspection", "compared with 2018", "than it was in 2018", "at the previous visit".
_BACK_THEN = (
    rf"\b(?:since|from|than(?: (?:it|they|things))?(?: (?:was|were|had been|did))?(?: at| in)?|compared (?:with"
    rf"|to)|at)"
    rf" (?:(?:the|its|their|that|an?) )?(?:last|previous|earlier|prior) (?:\w+ )?{_TIME}"
    r"|\b(?:since|compared (?:with|to)|than(?: (?:it|they|things))?(?: (?:was|were|had been))?(?: back)? in)"
    r" (?:the )?(?:\w+ )?(?:19|20)\d\d(?:[/-]\d\d)?(?: (?:inspection|report|visit|letter))?"
    r"|\bthan (?:the time |last time |it used to|before\b)|\bthan (?:at|in) (?:the )?(?:19"
    r"|20)\d\d(?: (?:inspection|report|visit|letter))?"
    r"|\bcompared (?:with|to) (?:when|before|last time|how)\b|\b(?:since|when) (?:then|last time"
    r"|ofsted (?:last )?(?:came|visited|inspected))"
)
_NOT = r"(?:\b(?:is|are|was|were|do|does|did|has|have|had|would|could|should|ca|wo)n['’]?t|\bnot|\bnever|\bno)"
_MENDED = r"(?:fix|sort|solv|resolv|address|tackl|remed|put right|dealt with|improv|mov|got better|chang)\w*"
_ASKED_SAME = (
    rf"\bold (?:\w+ )?(?:problem|weakness|issue|failing|fault|concern)\w*"
    r"|\bsame (?:old )?(?:problem|weakness|issue|failing|fault|concern|thing)s?\b"
    r"|\b(?:remain|persist|linger)\w*|\bunresolved\b|\bunchanged\b|\bstill (?:a |an )?(?:\w+ )?(?:problem|issue"
    r"|concern|weak|"
    rf"poor|bad|not|outstanding|to be|need\w*|have|has|had|were|was|lag\w*|struggl\w*|fail\w*|wait\w*)(?!\w)"
    rf"|{_NOT}(?: \w+){{0,3}}? (?:been )?{_MENDED}\b|\byet to be {_MENDED}|\bwhat(?:['’]s| is| was)? (?:still|left)\b"
)
_ASKED_WORSE = (
    r"\bslipp\w+|\bslid\w*|\b(?:go|goes|went|gone|going) (?:\w+ )?(?:downhill|backwards?|down)\b|\bworse\w*"
    r"|\bdeclin\w+"
    r"|\bdeteriorat\w+|\bdipped\b|\bfallen (?:back|off|away)\b|\bregress\w*|\bweaken(?:ed|ing)\b|\blost ground\b"
    r"|\bknocked\b.{0,40}\boff course\b|\bwent wrong (?:since|after|between)\b"
)
_ASKED_BETTER = (
    r"\bg[eo]t(?:ting|ten)? (?:any |much |a bit |a lot |really )?better\b|\b(?:any |much )?(?:better|stronger"
    r"|safer|quicker) (?:than|since|at|these"
    r"|now)\b"
    r"|(?<!to )\bimprov(?:ed|ing)\b|\b(?:did|does|do|has|have|had) (?:\w+ ){1,6}improve\b"
    r"|\b(?:any|what|which|much|made|seen?|where|some) (?:\w+ )?(?:improvements?|progress)\b(?! plan| board| notice)"
    r"|\bturn(?:ed|ing)? (?:\w+ ){0,2}a?round\b|\bmov(?:ed|ing) (?:on|forward)\b|\bcome (?:on|along|a long way)\b"
)
_ASKED_ANY = (
    r"\b(?:what|anything|much|how|has|have|had|did|any) (?:[\w’'-]+ ){0,8}?(?:changed?(?! of)"
    r"|differ(?:s|ed|ent|ences?)?(?! (?:did|does|do|has|have|had|was)))\b|\bmoved (?:between|since|from)\b"
    r"|\bswitch(?:ed)? (?:since|from|hands)\b|\bhow far (?:has|have|had)\b"
    r"|\bover time\b|\bover the years\b|\btook over\b|\bstrong\w* or weak\w*|\b(?:go|goes|went"
    r"|gone) (?:up or down|down or up)\b|\b(?:better|worse|up|down) or (?:better|worse|up|down)\b"
)
_ASKED = {
    Change.SAME: re.compile(_ASKED_SAME, _I),
    Change.WORSE: re.compile(_ASKED_WORSE, _I),
    Change.BETTER: re.compile(_ASKED_BETTER, _I),
    Change.ANY: re.compile(rf"{_ASKED_ANY}|{_BACK_THEN}", _I),
}
# "Which things got worse?" wants those; "has it got worse?" is answered by whichever way it went.
_WHICH = re.compile(r"\b(?:what|which|where|anything|something|list)\b", _I)
# Nothing is left of a question about change alone when these are gone.
_FRAMING = (
    *_ASKED.values(),
    re.compile(_BACK_THEN, _I),
    re.compile(
        r"\b(?:better|worse|improv\w+|progress\w*|chang\w+(?! of\b)|between|before|previous\w*|last|next|one|since|then"
        r"|still|yet"
        r"|old|fix\w*"
        r"|sorted|tackled|addressed|resolved|mended|put right|problems?|weakness\w*|issues?|concerns?|failings?"
        r"|things"
        r"|situation|place|services?|stayed|stay|moved?|inspections?|reports?|visits?|what|which|by|19\d\d|20\d\d"
        r"|\d\d)\b",
        _I,
    ),
)

_SINCE = re.compile(
    rf"\bsince (?:(?:the|their|its|that) )?(?:(?:last|previous|earlier) (?:\w+ )*?{_TIME}|{_TIME}|(?:\w+ )?(?:19"
    rf"|20)\d\d)"
    rf"|\b(?:last|previous|earlier) (?:\w+ ){{0,3}}?{_TIME}\b|\b(?:inspection|visit|review) (?:in"
    rf"|of) (?:\w+ )?(?:19|20)\d\d\b"
    r"|\b(?:as|than) (?:it|they) (?:was|were|had been) in\b|\bpreviously\b|\bno longer\b",
    _I,
)
_SAID = {
    Change.BETTER: re.compile(
        r"\b(?:has|have|had|is|are) (?:\w+ )?(?:improv|strengthen|transform|enhanc)\w+|\bimprove(?:d|ment\w*)\b"
        r"|\b(?:now|much|significantly) (?:better|stronger)\b|\bprogress\b|\bstrengthened\b|\btransformed\b"
        r"|\bhas been (?:addressed|resolved|tackled)\b|\bno longer\b",
        _I,
    ),
    Change.WORSE: re.compile(
        r"\b(?:declin|deteriorat|weaken|worsen|regress)\w*|\bslipped\b|\bnot as \w+(?: \w+)? as\b"
        r"|\bless (?:\w+ )?(?:well|effective|consistent|robust|strong|timely|secure)\w*\b|\b(?:weaker|worse"
        r"|poorer) than\b"
        r"|\b(?:not|failed to) (?:\w+ )?(?:maintain|sustain)\w*|\bnot been (?:maintained|sustained)\b|\bdrop in\b",
        _I,
    ),
    Change.SAME: re.compile(
        r"\bremain(?:s|ed)?\b(?! (?:in|at|with|safe|living|living|open))|\bstill (?:not|too|need|be|require|an? )\w*"
        r"|\bunchanged\b|\bpersist\w*|\bcontinues? to (?:be (?:a|an|too|poor|weak)|need|require)\w*|\byet to\b"
        r"|\b(?:has|have|had|is|are|was|were)(?: not|n['’]t)(?: yet)?(?: been)?(?: \w+)? (?:address|resolv|tackl"
        r"|improv|rectif|remed"
        r"|embed|complet|implement|achiev|progress)\w*"
        r"|\b(?:little|limited|insufficient|not enough|slow|too slow) (?:progress|improvement|pace)\b",
        _I,
    ),
}
# What must get better is a recommendation and tells of no change.
_DEMANDED = re.compile(
    r"\b(?:need\w*|must|should|ha[sd]|have|required|asked|told)(?: \w+){0,2}? (?:to )?(?:improve|change"
    r"|get (?:\w+ )?better|be better"
    r"|make)\b",
    _I,
)
# Of a sentence that tells of change: how much for saying since when, and for saying that it went the way asked.
_FOR_SINCE, _FOR_WAY = 0.5, 0.5
# "… since 2017, when they were judged to be inadequate" says both where it began and where it came to.
_FOR_GRADE, _GRADED = 0.25, re.compile(r"\b(?:judged|graded|rated)\b|\brequired improvement\b", _I)


def change_asked(question: str) -> Change | None:
    """Which way things went that a question asks about, or None where it does not ask what became of them."""
    found = [way for way, pattern in _ASKED.items() if pattern.search(question)]
    if not found or _DEMANDED.search(question):
        return None
    ways = [way for way in found if way is not Change.ANY]
    return ways[0] if len(ways) == 1 and (ways[0] is Change.SAME or _WHICH.search(question)) else Change.ANY


def without_change(question: str) -> str:
    """The question without the words that ask for change: what is left is the subject whose change is asked about."""
    for pattern in _FRAMING:
        question = pattern.sub(" ", question)
    return question


def change_said(asked: Change, text: str) -> float:
    """How well a sentence tells of the change asked about, from 0 to 1.25: since when, this way, from what grade."""
    ways = {way for way, pattern in _SAID.items() if pattern.search(text)}
    went = bool(ways) if asked is Change.ANY else asked in ways
    told = (_FOR_SINCE if _SINCE.search(text) else 0.0) + (_FOR_WAY if went else 0.0)
    return told + (_FOR_GRADE if told and _GRADED.search(text) else 0.0)
