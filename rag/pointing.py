"""Pronouns and the like, put back into the names and dates they stand for."""

from __future__ import annotations

import re

from corpus.report import ReportKind
from rag.before import Before
from rag.leaning import points_back
from rag.phrases import TIME, capitalised, joined, time_of, with_ending

_KINDS = {
    ReportKind.FOCUSED_VISIT: "focused visit to",
    ReportKind.MONITORING_VISIT: "monitoring visit to",
    ReportKind.UNANNOUNCED_INSPECTION: "unannounced inspection of",
}
_I = re.IGNORECASE
_SAYING = (
    r"(?:say|said|says|find|found|think|thought|conclude|concluded|report|reported|write|wrote|judge|judged|recommend"
    r"|recommended|note|noted|mean|praise|praised|criticise|criticised|ask|asked|tell|told|see|saw|look|looked|visit|visited"
    r"|inspect|inspected|like|identify|identified|describe|described|rate|rated|grade|graded)"
)
_THEY_SAID = re.compile(rf"\bthey(?=(?:\s+(?!be\b|been\b|being\b|are\b|were\b|get\b|got\b)\w+)?\s+{_SAYING}\b)", _I)
_EVENT = re.compile(
    r"\b(?:the same|that|this|the|its|their)\s+(?:full\s+)?(?:inspection|visit)\b(?!\s+(?:of|in|before|to)\b)", _I
)
_REPORT = re.compile(r"\b(?:the same|that|this|the|its|their)\s+(?:report|letter)\b(?!\s+(?:of|in|on|to|before)\b)", _I)
_HAPPENED = re.compile(
    r"\b(?:led|lead|publish\w*|carried out|conducted|take place|took place|happen\w*|sign\w*|written|wrote|came out"
    r"|come out|done|held|last)\b",
    _I,
)
_OWNED = re.compile(r"\b(?:its|their|theirs)\b", _I)
_WITHIN = re.compile(r"\b(?:over )?there(?=\s*(?:[,?.!]|$|in\b|now\b|then\b))", _I)
_WHOM = re.compile(
    r"\b(?:that|this|the same|the)\s+(?:council|authority|local authority|borough|place|area)\b|\b(?:they|them|it)\b",
    _I,
)
_IT = re.compile(r"\b(?:it|that|this)\b(?!\s+(?:year|time)\b)", _I)
_PRESENT = re.compile(r"\bstill\b|\blatest\b|\bmost recent\b|\bwill\b|^\W*(?:is|are)\b", _I)
_AGREE = {"do": "does", "have": "has", "are": "is", "were": "was", "don't": "doesn't", "weren't": "wasn't"}
_THEN = re.compile(
    r"\b(?:at|by) (?:that|the) time\b|\bback then\b|\b(?:in )?(?:that|the same) year\b|\bthen(?=\W*$)",
    _I,
)


def event(before: Before, *, dated: bool = True) -> str:
    """The inspection or visit that was spoken of: "the inspection of Newtown in 2017"; its year only if `dated`."""
    kind = _KINDS.get(before.kind, "inspection of") if before.kind else "inspection of"
    when = f" in {before.year}" if before.year and dated else ""
    plural = kind.replace("inspection", "inspections") if len(before.names) > 1 else kind
    return f"the {plural} {joined(before.names)}{when}"


def resolved(bare: str, before: Before) -> str:
    """A whole question with what it points to, or leaves out, put into it."""
    text, dated = with_times(bare, before)
    if not before.names or (before.is_survey and not points_back(text)):
        time = time_of(before.question, dated=True)
        return capitalised(text if dated or not before.is_survey else with_ending(text, time))
    whom, named_year = joined(before.names), False
    text = _with_former(text, before)
    if points_back(text):
        text = _THEY_SAID.sub("inspectors", text)
    if _EVENT.search(text):
        text, named_year = _EVENT.sub(event(before, dated=not dated), text, count=1), True
    elif _REPORT.search(text):
        year = f" of {before.year}" if before.year and not dated else ""
        text, named_year = _REPORT.sub(f"the report on {whom}{year}", text, count=1), bool(year)
    elif _IT.search(text) and _HAPPENED.search(text):
        text, named_year = _IT.sub(event(before, dated=not dated), text, count=1), True
    if points_back(text):
        text = _OWNED.sub(f"{whom}'s", text, count=1)
        text = _WITHIN.sub(f"in {whom}", text, count=1)
    if whom not in text and points_back(text) and _WHOM.search(text):
        text = _agreeing(text, whom, single=len(before.names) == 1)
    if not any(name in text for name in before.names):
        text = with_ending(text, f"in {whom}")
    if not dated and not named_year:
        text = with_ending(text, time_of(before.question, dated=True))
    return capitalised(text if text[-1] in "?." else f"{text}?")


def _with_former(text: str, before: Before) -> str:
    for words, name in (("former", before.names[0]), ("latter", before.names[-1])):
        text = re.sub(rf"\bthe {words}\b", name, text, flags=_I)
    return text


def with_times(text: str, before: Before) -> tuple[str, bool]:
    """The text with "then" and the like as years, and whether it names a time of its own."""
    if before.year:
        for words, year in (
            (r"\bthe (?:year before|previous year)\b", before.year - 1),
            (r"\bthe (?:year after|following year|next year)\b", before.year + 1),
        ):
            text = re.sub(words, f"in {year}", text, flags=_I)
        text = re.sub(r"\b(since|before|after|by|until) (?:then|that|it)\b", rf"\1 {before.year}", text, flags=_I)
        text = _THEN.sub(f"in {before.year}", text, count=1)
        text = re.sub(r"\bin in\b", "in", text)
    return text, bool(TIME.search(text)) or bool(_PRESENT.search(text))


def _agreeing(text: str, whom: str, *, single: bool) -> str:
    """The first pronoun as a name, with the verb before or after it as the name has it."""
    found = _WHOM.search(text)
    if not found:
        return text
    left, right = text[: found.start()], text[found.end() :]
    if single and found[0].lower() == "they":
        agreed = re.sub(r"\b(do|have|are|were)(\s+)$", lambda verb: _AGREE[verb[1].lower()] + verb[2], left, flags=_I)
        if agreed == left and not re.search(r"\b(?:did|can|could|should|must|will)\s+$", left, _I):
            right = re.sub(
                r"^(\s+)(have|are|were|do)\b", lambda verb: verb[1] + _AGREE[verb[2].lower()], right, flags=_I
            )
        left = agreed
    return f"{left}{whom}{right}"
