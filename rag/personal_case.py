"""Questions about the asker's own life or about one particular child: for people to answer, not for reports."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.authorities import find_mentions

YOUNG = (
    r"(?:child(?:ren)?|kids?|sons?|daughters?|bab(?:y|ies)|boys?|girls?|lads?|toddlers?|teen(?:ager)?s?|little ones?"
    r"|grand(?:child(?:ren)?|kids?|sons?|daughters?|bab(?:y|ies))|nieces?|nephews?|brothers?|sisters?|siblings?|twins"
    r"|step-?(?:child(?:ren)?|sons?|daughters?|kids?))"
)
KIN = (
    r"(?:mum|mam|mom|mother|dad|father|parents?|step-?(?:mum|mam|mom|mother|dad|father|parents?)|uncle|aunt(?:ie|y)?"
    r"|gran\w*|nan|partner|husband|wife|boyfriend|girlfriend|ex|cousin|friend|mate|neighbou?r|teacher|carers?|family)"
)
HARM = (
    r"(?:hits?|hit(?:ting)|hurt(?:s|ing)?|beats?|beat(?:en|ing)|abus(?:e[ds]?|ing)|kick(?:s|ed|ing)?|punch(?:es|ed"
    r"|ing)?"
    r"|slap(?:s|ped|ping)?|smack(?:s|ed|ing)?|touch(?:es|ed|ing)?|rap(?:e[ds]?|ing)|threaten(?:s|ed|ing)?|groom(?:s"
    r"|ed|ing)"
    r"|starv(?:e[ds]?|ing)|bull(?:y|ies|ied|ying)|scream(?:s|ed|ing)?|neglect(?:s|ed|ing)?|lock(?:s|ed|ing)?"
    r"|in danger|unsafe|bruis(?:es?|ed)|left alone|in trouble|at risk)"
)
I_AM = r"\bi(?:['’]?m| am| was|['’]?ve been| have been| keep (?:being|getting))"
OWN_LIFE = re.compile(
    rf"\bmy (?:own |little |eldest |oldest |youngest |young |baby |disabled |autistic |adopted |foster(?:ed)? |late "
    rf"|\d+[- ]?(?:year|yr|month)s?[- ]?old )*{YOUNG}\b|\bour (?:son|daughter|baby|grand\w+|niece|nephew)s?\b"
    r"|\bmy (?:case|file|records?|social worker|foster (?:carers?|parents?|mum|dad|placement)|placement|rights"
    r"|care (?:order|plan)|personal adviser|child protection (?:plan|conference)|assessment)\b"
    r"|\b(?:placed|living|lives|stay(?:s|ing)) with (?:me|us)\b"
    r"|\b(?:take|took|taken|taking) (?:\w+ ){0,3}(?:from|off) (?:me|us)\b"
    rf"|{I_AM} (?:\w+ )?(?:pregnant|homeless|(?:a )?young carer|in care|(?:a )?care leaver|leaving care)\b"
    rf"|{I_AM} (?:only |just )?(?:\d|1\d)\b",
    re.IGNORECASE,
)
# The asker in danger. "Children whose parents hit them" is a question about reports, "hits me" is none.
DANGER = re.compile(
    rf"\b{HARM} (?:me|us|my)\b|\b(?:he|she) {HARM} (?:her|him|them|the (?:kids?|bab(?:y|ies)|child(?:ren)?))\b"
    rf"|\bmy {KIN}\b(?=.{{0,60}}\b{HARM})"
    rf"|{I_AM} (?:\w+ )?(?:{HARM}|scared|afraid|frightened|terrified|suicidal|being|not safe|self[- ]?harm\w*"
    rf"|cutting)\b"
    r"|\bi (?:do ?n['’]?t|do not|never) feel safe\b|\bi feel (?:unsafe|scared|unhappy)\b"
    r"|\bi(?:['’]?ve| have| want to| wanna| had to|['’]?m going to)? (?:ran|run|running) away\b"
    r"|\b(?:kill|hurt|harm|cut)(?:ing|ting)? myself\b|\bwant to die\b",
    re.IGNORECASE,
)
# "My foster child waited for months. What did Ofsted say about that?" asks for what a report says.
OF_REPORT = re.compile(
    r"\bofsted\b|\binspectors?\b|\b(?:the|that|this|its|their|any|latest|last|(?:19|20)\d\d)\s(?:\w+\s)?"
    r"(?:reports?|inspections?|letter)\b|\breport\s\w+\s(?:19|20)\d\d\b",
    re.IGNORECASE,
)
# "My son may move: what was said of help for disabled children in Newtown in 2021?" is one too, if it tells of no harm
# and of nothing that was done to the asker.
SAID = re.compile(r"\bwhat (?:was|is|has been) (?:said|found|written|reported)\b(?=.*\b(?:19|20)\d\d\b)", re.IGNORECASE)
TOLD = re.compile(
    rf"\b{HARM}\b|\b(?:me|us|not|no|never|without)\b|n['’]t\b|\bmy (?:case|file|records?|social worker|placement|rights"
    r"|care"
    r"|personal|child protection|assessment|foster)\b",
    re.IGNORECASE,
)
# What to do, to whom to turn, what the law allows.
ADVICE = re.compile(
    r"\b(?:should i\b|what should (?:i|we) (?:do|say|tell|expect|ask)|what (?:do|can|shall|must) (?:i|we) do|can (?:i"
    r"|they"
    r"|social services) (?:appeal"
    r"|complain|sue|refuse|stop|take|keep)|is (?:it|that|this) legal|am i (?:allowed|entitled)|are they allowed"
    r"|(?:who|whom|where) (?:do|can|should|must|shall) (?:i|we) (?:\w+ )?(?:call|ring|phone|tell|contact|speak|talk"
    r"|go|turn"
    r"|report|complain|get help)"
    r"|how (?:do|can|would|should) (?:i|we) (?:\w+ )?(?:report|stop|appeal|complain|challenge|fight|refuse|leave"
    r"|escape|protect"
    r"|keep (?:her|him|them|safe)|get (?:help|out|away|custody|\w+ \w+ back|\w+ back))"
    r"|help me(?! (?:to )?(?:understand|find|compare|with|see|work|read|get|out))\b|please help\b)",
    re.IGNORECASE,
)
# A child whom the asker knows of: "I think a child next door is being hurt".
KNOWN_CHILD = re.compile(
    rf"\b(?:i|we)(?:['’]?(?:m|ve|re))? (?:am |are |have )?(?:\w+ )?(?:think|believe|know|suspect|saw|seen|heard"
    rf"|hear|worried"
    rf"|concerned|scared|afraid)\b.{{0,60}}\b(?:{YOUNG}|he|she|they|pupil|student|someone)\b.{{0,60}}\b{HARM}\b"
    rf"|\b(?:next door|across the road|(?:in|on|down) (?:my|our) (?:street|road|block|class|school))\b"
    rf"(?=.*\b(?:{HARM}|{YOUNG})\b)|\b{YOUNG}\b.{{0,40}}\b(?:next door|(?:in|on|down) (?:my|our) (?:street|road"
    rf"|block|class|school))\b"
    rf"|\b(?:a|this|that) {YOUNG} (?:is|was|has been|might be|may be|could be) (?:being )?{HARM}\b(?=.*\b(?:do|help"
    rf"|who|now)\b)"
    rf"|\b(?:is|are) (?:hurting|hitting|beating|abusing) (?:a|the|this|that|her|his|their) {YOUNG}\b",
    re.IGNORECASE,
)
PERSON = (
    r"(?:foster (?:carers?|parents?|famil(?:y|ies))|adopters?|birth (?:mother|father|parents?|famil(?:y|ies))|family"
    r"|mother|father)"
)
ONE_CHILD = r"(?:the|a|this|that|our) (?:\w+ ){0,2}?(?:child|boy|girl|baby|lad|teenager|toddler|sibling|twins)"
# Where somebody lives, and what a file says of one child.
PRIVATE = re.compile(
    rf"\b(?:home |the |their |her |his )?address(?:es)? (?:of|for) (?:the |a |any )?(?:{PERSON}|{ONE_CHILD})\b"
    rf"|\b(?:phone|telephone|mobile|contact) (?:number|details?)s? (?:of|for) (?:the |a )?(?:{PERSON}|{ONE_CHILD})\b"
    rf"|\bwhere (?:do|does|did|is|are|has|have) (?:the (?:{PERSON}|child|boy|girl|baby)|(?:her|his) \w+|he"
    rf"|she)\b.{{0,40}}"
    r"\b(?:lives?|living|placed|staying|moved?|taken)\b"
    rf"|\b(?:files?|records?|case notes) (?:of|on|about|for) {ONE_CHILD}\b",
    re.IGNORECASE,
)
OF_ONE = re.compile(
    r"\b([A-Z][\w-]+(?: [A-Z][\w-]*)?)['’]s (?:case|case file|file|social worker|placement|whereabouts|care plan"
    r"|(?:home )?address"
    r"|(?:phone|telephone) number)(?=\W*$|\W*[?,.;]|\s+(?:in|at|with|now|is|was|to|and)\b)"
)
# What the council would do for the asker, or a writer, which no report can: "how do I get a parking permit".
TO_START = r"^\W*(?:(?:hi|hello|please|ok|okay|hey)\W+)*"
ERRAND = re.compile(
    rf"{TO_START}(?:how|where|when) (?:do|can|would|should) (?:i|we) (?!(?:know|tell|find out|see|read|check"
    rf"|understand"
    r"|compare|learn|look)\b)"
    rf"|{TO_START}(?:(?:can|could|would|will) (?:you|u) )?(?:please )?(?:help me )?(?:to )?(?:write|draft|compose"
    rf"|make up"
    r"|fill (?:in|out)|book|order|buy|sing)\b(?!.*\b(?:summar\w+|reports?|inspections?|findings?|grades?|judge?ments?"
    r"|recommendations?)\b)"
    rf"|{TO_START}(?:\w+ ){{0,4}}(?:write|draft|compose) (?:\w+ ){{0,3}}(?:poem|song|story|joke|speech|essay|tweet|cv"
    r"|cover(?:ing)? letter|application|press release|code)\b",
    re.IGNORECASE,
)


def is_personal_case(question: str, is_word: Callable[[str], bool]) -> bool:
    """Whether a question is about the asker's own life, asks for advice, or is about one particular person.

    `is_word` tells whether the reports use a word in lower case, so that it is no name.
    """
    if any(pattern.search(question) for pattern in (DANGER, KNOWN_CHILD, PRIVATE, ADVICE)):
        return True
    if OWN_LIFE.search(question) and not (OF_REPORT.search(question) or _asks_what_was_said(question)):
        return True
    return any(
        not find_mentions(found[1]) and not is_word(found[1].split()[-1].lower()) for found in OF_ONE.finditer(question)
    )


def _asks_what_was_said(question: str) -> bool:
    """Whether a question names an authority and a year, asks what was said there, and tells of no trouble."""
    return bool(SAID.search(question) and find_mentions(question)) and not TOLD.search(question)
