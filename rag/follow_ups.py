"""The question that a follow-up stands for, by its form: bare, a comparison, another part, or pointing back."""

from __future__ import annotations

import re

from index.retrieval.ask import Ask
from index.retrieval.understand import AREAS, understand
from rag import bare_forms, pointing
from rag.before import AREA_WORDS, Before
from rag.leaning import echoes, is_fragment, likens
from rag.phrases import (
    LEAD_IN,
    Known,
    core,
    joined,
    named,
    nameless,
    time_of,
    timeless,
    with_ending,
    with_names,
    with_time,
)

_GRADE = re.compile(r"\b(?:outstanding|good|requires? improvement|inadequate|adequate)\b", re.IGNORECASE)
_PLACE_NAME = re.compile(r"(?:[A-Z][a-z]+(?:-[a-z]+)*(?:\s+(?:upon|on|of|and)\s+|[ -]|$))+")
_OF_IT = re.compile(
    r"^(?:anything|something|what else|(?:just|only) (?:the ones?|those|that))\s+(?:on|about|for|in)\s+", re.IGNORECASE
)
_EMPTY = re.compile(r"(?:it|that|they|this|there|the same|same|so|case|true)", re.IGNORECASE)


def rewritten(question: str, before: Before, is_known: Known) -> str | None:
    """The question that a follow-up stands for, None when it cannot be told."""
    bare = core(question)
    if made := bare_forms.whole(bare, before) or _compared(bare, before, is_known):
        return made
    if mentions := named(bare, is_known) if echoes(bare) else ():
        names = tuple(dict.fromkeys(item.authority for item in mentions))
        time = time_of(bare)
        whole = _for_names(names, before)
        return with_time(whole, time) if time else whole
    bare, _ = pointing.with_times(bare, before)
    if is_fragment(bare, named(bare, is_known)):
        return _with_another_part(bare, before, is_known, led_in=LEAD_IN.match(question) is not None)
    return pointing.resolved(bare, before)


def _compared(bare: str, before: Before, is_known: Known) -> str | None:
    """Both sides named: "compare it with Newtown", "is that better than in 2011?"."""
    if not (likens(bare) or re.match(r"(?:versus|vs|than)\b", bare)) or not before.names:
        return None
    others = [item.authority for item in named(bare, is_known)]
    names = joined(tuple(dict.fromkeys([*before.names, *others])))
    years = understand(bare).years
    if not others and not (years and before.year):
        return None
    when = "" if others else f" in {joined(tuple(map(str, (before.year, *years))))}"
    if before.is_about_grade:
        return f"Compare the {before.judgement(plural=True)} for {names}{when}."
    return f"Compare what inspectors said about {before.subject} in {names}{when}."


def _with_another_part(question: str, before: Before, is_known: Known, *, led_in: bool) -> str | None:
    """The question before with another authority, time, grade or subject in it: "and Newtown?", "in 2018?"."""
    mentions = named(question, is_known)
    subject = core(timeless(nameless(question, mentions)))
    subject = _OF_IT.sub("", subject)
    subject = re.sub(r"^(?:(?:for|in|on|of|about|at|with|was|is|were|did|it)\b\s*)+", "", subject, flags=re.IGNORECASE)
    names = tuple(dict.fromkeys(item.authority for item in mentions))
    if subject and led_in and _PLACE_NAME.fullmatch(subject) and not is_known(subject.split()[0]):
        # A place that is no authority is said not to be held, rather than taken for a subject.
        names, subject = (f"{subject} council",), ""
    time = time_of(question)
    whole = before.question
    if subject and not _EMPTY.fullmatch(subject):
        whole = _about(subject, before)
        if names:
            whole = with_names(whole, named(whole, is_known), names)
    elif names:
        whole = _for_names(names, before)
    return with_time(whole, time) if time else whole


def _for_names(names: tuple[str, ...], before: Before) -> str:
    if before.asked.why and before.asked.premise:
        # The grade and the year before were the other authority's own.
        return f"Why did {joined(names)} get {'its' if len(names) == 1 else 'their'} {before.judgement()}?"
    if not before.is_survey:
        return with_names(before.question, before.mentions, names)
    verb = "Were" if len(names) > 1 else "Was"
    if before.grade:
        return f"{verb} {joined(names)} {before.grade}{before.for_area}{before.when}?"
    return f"What was the {before.judgement()} for {joined(names)}{before.when}?"


def _about(subject: str, before: Before) -> str:
    """The question before about another subject, or with another grade."""
    if _GRADE.fullmatch(subject) and _GRADE.search(before.question):
        return _GRADE.sub(subject.lower(), before.question, count=1)
    graded = next((AREA_WORDS[area] for area, words in AREAS if re.search(words, subject, re.IGNORECASE)), None)
    if subject.lower() == "overall":
        graded = "overall"
    if before.is_survey and graded:
        return _survey_of(subject, before)
    if before.is_about_grade and graded:
        what = "overall judgement" if graded == "overall" else f"judgement for {subject}"
        return f"What was the {what}{before.whom('in' if graded != 'overall' else 'for')}{before.when}?"
    asked, old = before.asked.ask, before.subject
    if asked is Ask.LIST and graded and old and old in before.question:
        return before.question.replace(old, f"{old} on {subject}", 1)
    if asked in (Ask.FIGURE, Ask.LIST, Ask.PERSON) and old and old in before.question:
        return before.question.replace(old, re.sub(r"^the ", "", subject), 1)
    typed = joined(before.asked.authorities)
    return f"What did inspectors say about {subject}{f' in {typed}' if typed else ''}{before.when}?"


def _survey_of(subject: str, before: Before) -> str:
    bare = re.sub(r"\s+overall\b", "", timeless(before.question))
    for _, words in AREAS:
        bare = re.sub(rf"\s+(?:for|in) (?:the )?(?:{words})", "", bare, flags=re.IGNORECASE)
    ending = "overall" if subject.lower() == "overall" else f"for {subject}"
    return with_ending(bare, f"{ending}{before.when}")
