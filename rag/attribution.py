"""What a sentence says of the report itself: "the inspection of 2022 found that …" is taken off where it is true."""

from __future__ import annotations

import re

from corpus.authorities import find_mentions
from corpus.identity import MONTHS
from index.records import Source
from rag.wording import label

REPORT = r"(?:inspection report|report|inspection|letter|focused visit|monitoring visit|visit|inspectors?|Ofsted)"
VERB = r"(?:found|finds?|says?|said|states?|stated|notes?|noted|reported|concluded?|shows?|showed)"
SAYS = re.compile(
    rf"^(?:According to (?P<first>[^,]*\b{REPORT}\b[^,]*),|(?P<second>[^,]{{0,60}}\b{REPORT}\b[^,]{{0,40}}?)"
    rf" {VERB}(?: that)?|(?:In|At|During) (?P<third>[^,]*\b{REPORT}\b[^,]*),) ",
    re.IGNORECASE,
)
AT_THE_END = re.compile(
    rf" (?:at|in|during) (?P<last>(?:this|the)\b[\w ]*\b{REPORT}(?: (?:of|in) [\w ]+)?)(?=[.!?]*$)", re.IGNORECASE
)
FINDING = re.compile(r"^(?:Inspectors|We|Ofsted) (?:found|noted|concluded|judged) that ", re.IGNORECASE)
DATE = re.compile(
    rf"\b(?:(?:\d{{1,2}} )?(?:{'|'.join(MONTHS)}) (?:19|20)\d\d|(?:\d{{1,2}} )(?:{'|'.join(MONTHS)})|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# Besides its dates and authority, all that may be said of a report without a quote.
OF_REPORTS = frozenset(
    "the this its a an of in on and council council's councils children children's services service local authority "
    "inspection report letter focused monitoring visit inspector inspectors ofsted ofsted's full latest published "
    "for s it".split()
)
PLACE = r"(?:the )?(?P<place>[A-Z][\w’' -]+?)"
IN_PLACE = re.compile(rf"^In {PLACE}, |^{PLACE.replace('place', 'owner')}['’]s? (?=[a-z])")
STAFF_IN = re.compile(
    rf"^(?P<who>Leaders|Managers|Staff|Services|Children['’]s services|Social workers) in {PLACE} (?=[a-z])"
)


def without_report(text: str, words: str, source: Source) -> str:
    """The text without what it says of the report, where that is true of it; `words` are the report's own.

    The report's authority may be named as where something is so only if the words themselves name none.
    """
    match = SAYS.match(text)
    if match and _is_true(match["first"] or match["second"] or match["third"] or "", source):
        text = _opened(text[match.end() :])
    match = AT_THE_END.search(text)
    if match and " ".join(match["last"].lower().split()) not in words.lower() and _is_true(match["last"], source):
        text = text[: match.start()] + text[match.end() :]
    if find_mentions(words, typos=False):
        return text
    if (match := IN_PLACE.match(text)) and _is_own(match["place"] or match["owner"], source):
        return _opened(text[match.end() :])
    if (match := STAFF_IN.match(text)) and _is_own(match["place"], source):
        return f"{match['who']} {text[match.end() :]}"
    return text


def without_finding(words: str) -> str:
    """A report's words without the opening that says who found what they say."""
    return FINDING.sub("", words)


def _is_true(said: str, source: Source) -> bool:
    """Whether all that this says of the report is so."""
    known = label(source).lower()
    for date in DATE.findall(said):
        if not re.search(rf"(?<!\w){re.escape(date.lower())}\b", known) and date != str(source.year):
            return False
    rest = DATE.sub(" ", said)
    for mention in reversed(find_mentions(rest, typos=False)):
        if mention.authority != source.authority:
            return False
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    return OF_REPORTS.issuperset(word.lower() for word in re.findall(r"[\w’']+", rest.replace("’", "'")))


def _is_own(place: str, source: Source) -> bool:
    mentions = find_mentions(place, typos=False)
    named = {mention.authority for mention in mentions}
    covered = sum(mention.end - mention.start for mention in mentions)
    return named == {source.authority} and covered >= len(place.removesuffix(" council"))


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]
