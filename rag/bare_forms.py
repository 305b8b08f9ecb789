"""Bare follow-ups, which say only what is wanted of the answer before: "why?", "list them", "and before that?"."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.retrieval.ask import Ask
from rag import pointing
from rag.before import Before
from rag.phrases import core, joined

_AUXILIARY = re.compile(r"^(?:was|were|is|are|did|does|do|has|have|had|can|could)\b", re.IGNORECASE)
_OPENING = re.compile(
    r"^(?:which|what|list|name|show me|how many|how often|(?:what|which) (?:share|percentage|proportion|number) of)\b"
    r"(?:\s+all)?(?:\s+(?:of\s+)?the\b)?",
    re.IGNORECASE,
)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})", re.IGNORECASE)


_IT = r"(?:that|it|this|these|those|they|them)"
WHERE = _form(
    r"(?:on |in |from )?(?:which|what) (?:pages?|paragraphs?|sections?|reports?|documents?)"
    rf"(?:\s+(?:is|was|are|does|did) {_IT}\b.*| exactly)?"
    rf"|where(?: in (?:the|which) \w+)?(?: exactly)?\s+(?:is|was|does|do|did|are) (?:{_IT}|the reports?) ?"
    r"(?:say|said|written|stand|come from|stated|from|mentioned)?(?: (?:that|this|it|so))?"
    r"|where(?:'s| is) (?:that|it|this) from|says who"
    r"|(?:the |your )?(?:sources?|references?|citations?|page|page number)"
)
WHY = _form(
    rf"why|why (?:is|was|were|are) (?:{_IT}|so)|why (?:so|not)|how come|how so|explain(?: {_IT}| why)?"
    r"|(?:for )?what (?:were |are |was |is )?(?:the )?(?:main )?reasons?(?: (?:for|behind) (?:that|it|this))?"
    r"|why (?:did|do) (?:they|inspectors|ofsted) (?:say|think|find|judge|conclude) (?:that|so|this|it)"
    r"|what(?:'s| is| was) the reason(?: for (?:that|it|this))?"
)
HOW_MANY = _form(rf"how many(?: (?:is|are|was|were) (?:{_IT}|there)| of them(?: (?:are|were) there)?)?|count them")
LIST = _form(
    rf"(?:(?:can|could|would) you )?(?:list|name|show|give|tell)(?: me)?(?: {_IT}| all(?: of {_IT})?)+"
    rf"|which|which ones?(?: (?:are|were) {_IT})?|(?:what|which) (?:are|were) {_IT}"
    r"|what (?:are|were) they called|name them"
)
WHEN = _form(rf"(?:when|what (?:date|year|day)|which (?:date|year|day))(?: (?:was|is|were) {_IT})?")
HOW_LONG = _form(r"since when|(?:for )?how long(?: for)?|(?:for )?how long (?:have|has|had) (?:he|she|they) been\b.*")
WHO = _form(rf"who|who (?:was|is|were) {_IT}|by whom|who by|who (?:says|said|found|judged) (?:so|{_IT})")
RECOMMENDED = _form(
    r"what (?:did|does|do|has|have) (?:they|it|ofsted|the inspectors?|inspectors|the reports?|the letter)"
    r" recommend(?:ed)?"
    r"|(?:any|what|and the|the) recommendations"
    rf"|what (?:did|do|does|must|should) {_IT} (?:need|have)? ?(?:to )?(?:do|improve)(?: about it| next| better)?"
)
STILL = _form(
    rf"(?:is|are) (?:{_IT}|things) still (?:the case|true|so|right|current|valid|like {_IT}|happening|a problem)"
    rf"|still|still true|(?:is|are) (?:{_IT}|things) (?:true|the case|so|like {_IT}|current)(?: (?:now|today))?"
    rf"|(?:is|are) (?:{_IT}|things) the same(?: now| today)"
)
CHANGED = _form(
    rf"(?:has|have|did) (?:{_IT}|anything|things) (?:since )?"
    r"(?:changed?|improved?|got(?:ten)? (?:any )?(?:better|worse))(?: since(?: then)?)?"
    r"|(?:what|what happened|what changed|what has changed)?\s*(?:since then|since|after (?:that|this|it|then)"
    r"|afterwards|later|next|the next (?:one|inspection|time)|the (?:one|inspection) after(?: that)?)"
)
EARLIER = _form(
    rf"(?:(?:what|how)(?: (?:was|were|did)\b.*?| about| happened| came)?)?\s*(?:before (?:{_IT}|then)|beforehand"
    r"|previously|earlier|(?:the )?(?:previous|last|earlier|prior)(?: (?:one|inspection|report|time|grade|judge?ment))"
    r"|(?:the )?(?:inspection|report|one|time|judge?ment|grade) before(?: (?:that|it|this))?)"
)


def asks_where(question: str) -> bool:
    """Whether only the place of the answer before is asked for: "which page?"."""
    return bool(WHERE.fullmatch(core(question)))


def is_bare(question: str) -> bool:
    """Whether a question has one of these forms."""
    return any(form.fullmatch(core(question)) for form, _ in BARE)


def whole(bare: str, before: Before) -> str | None:
    """The question that a bare follow-up stands for, None when it is none or the turn before does not tell."""
    return next((made for form, make in BARE if form.fullmatch(bare) and (made := make(before))), None)


def _why(before: Before) -> str | None:
    if before.is_survey:
        return f"Why were authorities judged {before.grade}{before.when}?" if before.grade else None
    if before.asked.why:
        return before.question
    if before.is_about_grade and before.names:
        verb = "was" if len(before.names) == 1 else "were"
        judged = f"judged {before.grade}" if before.grade else "judged as it was"
        return f"Why {verb} {joined(before.names)} {judged}{before.for_area}{before.of_year}?"
    if _AUXILIARY.match(before.question):
        return f"Why {before.question[0].lower()}{before.question[1:]}"
    subject = before.subject
    return f"What reasons did inspectors give about {subject}{before.whom()}{before.when}?" if subject else None


def _how_many(before: Before) -> str | None:
    if before.is_survey and _OPENING.match(before.question):
        return re.sub(r"\.?$", "?", _OPENING.sub("How many", before.question, count=1).rstrip("?."))
    subject = before.subject
    return f"How many {subject}{before.whom()}{before.when}?" if subject else None


def _list(before: Before) -> str | None:
    if before.is_survey:
        return _OPENING.sub("Which", before.question, count=1)
    subject = before.subject
    return f"List the {subject}{before.whom('for')}{before.when}." if subject else None


def _of_report(opening: str) -> Callable[[Before], str | None]:
    return lambda before: f"{opening} {pointing.event(before)}?" if before.names else None


def _how_long(before: Before) -> str | None:
    if before.asked.ask is not Ask.PERSON or not before.subject:
        return None
    return f"Since when has the {before.subject} been in post{before.whom()}?"


def _recommended(before: Before) -> str | None:
    return f"What were the recommendations{before.whom('for')}{before.of_year}?" if before.names else None


def _still(before: Before) -> str | None:
    if not before.names:
        return None
    if not before.is_about_grade:
        return f"What does the latest report say about {before.subject}{before.whom()}?"
    if not before.grade or len(before.names) > 1:
        return f"What is the latest {before.judgement()}{before.whom('for')}?"
    return f"Is {before.names[0]} still {before.grade}{before.for_area}?"


def _since(before: Before) -> str | None:
    if not (before.names and before.year):
        return None
    if before.is_about_grade:
        return f"How has the {before.judgement()}{before.whom('for')} changed since {before.year}?"
    return f"What did inspectors say about {before.subject}{before.whom()} since {before.year}?"


def _earlier(before: Before) -> str | None:
    if not (before.names and before.year):
        return None
    if before.is_about_grade:
        return f"What was the {before.judgement()}{before.whom('for')} before {before.year}?"
    return f"What did inspectors say about {before.subject}{before.whom()} before {before.year}?"


BARE: tuple[tuple[re.Pattern[str], Callable[[Before], str | None]], ...] = (
    (WHY, _why),
    (HOW_MANY, _how_many),
    (LIST, _list),
    (WHEN, _of_report("When was")),
    (HOW_LONG, _how_long),
    (WHO, _of_report("Who led")),
    (RECOMMENDED, _recommended),
    (STILL, _still),
    (CHANGED, _since),
    (EARLIER, _earlier),
)
