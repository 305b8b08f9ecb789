"""A question that asks two things is taken apart: "When was Newtown inspected, and how are its homes?"."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.authorities import find_mentions
from corpus.identity import MONTHS
from index.lexical import tokens
from index.retrieval.ask import OFFICE, Ask
from index.retrieval.understand import Understanding, understand
from rag import wording
from rag.answer import Answer, Evidence, Outcome, Sentence
from rag.stated import subjects_asked

MOST_PARTS = 3
FEWEST_STEMS = 2
_ASKS = (
    r"(?:what|when|who|whom|whose|which|why|how|where|did|do|does|was|were|is|are|has|have|had|could|can|would"
    r"|will|name"
    r"|say whether"
    r"|tell me|say)\b"
)
# Where the next thing asked begins: after a comma, an "and" or a question mark.
_NEXT = re.compile(
    rf"(?:\s*[,;]\s*(?:and|also|plus)?\s+|\s*\+\s*|\s+and\s+|\?\s+(?:and\s+|also\s+)?)(?={_ASKS}|by whom\b|on (?:what"
    rf"|which)\b)",
    re.IGNORECASE,
)
# "Newtown 2022: what was …": whose and when may stand before what is asked.
_ASKING = re.compile(rf"^(?:[^:–—-]{{0,60}}(?::|[–—-] ) *)?(?:and |so |please )?{_ASKS}", re.IGNORECASE)
_TIME = re.compile(rf"^(?:[\s,]*(?:(?:{'|'.join(MONTHS)})[a-z]*|(?:19|20)\d\d))*[\s,:–—-]*", re.IGNORECASE)
_BY_WHOM = re.compile(r"^(?:by whom|who by)\b", re.IGNORECASE)
_WHO = re.compile(r"^who (?:is|was|were|are) the\b", re.IGNORECASE)
_OF_TEAM = re.compile(
    r"\bwho (?:was|were) (?:in charge|the (?:lead|boss|head))(?: of (?:it|the (?:team|inspection|visit)))?\W*$",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^(?:and )?(?:on )?(?:when(?: (?:was|were) (?:it|they|that))?|(?:what|which) (?:dates?"
    r"|days?))\W*$",
    re.IGNORECASE,
)
LED, WHEN = "who led the inspection?", "when was the inspection carried out?"
_CLOSED = re.compile(r"\s*\bplease\b\s*", re.IGNORECASE)
# What the register answers at once; a finding beside it is lost if both are asked for together.
_OF_REGISTER = (Ask.GRADE, Ask.PERSON, Ask.DATE)
_TOKEN = re.compile(r"\[(\d{1,3})\]")


def parts_of(question: str) -> tuple[str, ...]:
    """The things asked one by one, each a question that can stand alone; empty where it is one question.

    Only where one of them is for the register (a grade, a date, a name) or for who holds an office, and another for
    something else, or where each is for a person. Each is given the authority and the time that are named for all.
    """
    whole = understand(question)
    if len(whole.authorities) != 1:
        return ()
    said = [part.strip(" ,.;?") for part in _NEXT.split(question)]
    if not 1 < len(said) <= MOST_PARTS or not all(map(_is_question, said)):
        return ()
    parts = tuple(_alone(part, whole) for part in said)
    taken = [understand(part) for part in parts]
    asks = [(asked.ask, subjects_asked(asked)) for asked in taken]
    of_register = [
        (ask, subjects)
        for (ask, subjects), part in zip(asks, parts, strict=True)
        if ask is Ask.GRADE or (ask in _OF_REGISTER and subjects) or (ask is Ask.PERSON and OFFICE.search(part))
    ]
    # "Who chaired the board, and who was the commissioner?" asks for two people.
    of_people = all(asked.ask is Ask.PERSON for asked in taken)
    return parts if of_people or (of_register and len(set(asks)) > 1) else ()


def merged(base: Answer, answers: tuple[Answer, ...]) -> Answer:
    """One answer of those to the parts, their evidence numbered through; a part without an answer says so.

    What answers each part comes first, then their further quotes.
    """
    evidence: list[Evidence] = []
    sentences: list[Sentence] = []
    withheld: list[Sentence] = []
    said: list[str] = []
    further: list[str] = []
    leads: list[str] = []
    below: list[str] | None = None
    cited: list[str] = []
    for answer in answers:
        shift = len(evidence)
        numbers = {item.token: str(shift + place) for place, item in enumerate(answer.evidence, start=1)}
        evidence += [replace(item, token=numbers[item.token]) for item in answer.evidence]
        sentences += [replace(item, tokens=tuple(numbers[token] for token in item.tokens)) for item in answer.sentences]
        withheld += list(answer.withheld)
        answering, quotes = _halves(_renumbered(answer.text, numbers))
        if answer.outcome.abstained:
            said.append(f"“{answer.question}” {answering}")
            continue
        said.append(answering)
        further.append(quotes)
        leads += [numbers[token] for token in answer.leads]
        if answer.below is not None:
            below = [*(below or []), *(numbers[token] for token in answer.below)]
        cited += [numbers[token] for token in answer.cited]
    unled = any(wording.SAID_BY_REPORTS in text.split("\n\n") for text in said)
    more = further if unled or not any(further) else [wording.MORE, *further]
    whole = all(answer.outcome is Outcome.ANSWERED for answer in answers)
    written = [answer for answer in answers if answer.model != "none"]
    return replace(
        base,
        outcome=Outcome.ANSWERED if whole else Outcome.PARTLY_ANSWERED,
        text="\n\n".join(filter(None, [*said, *more])),
        evidence=tuple(evidence),
        sentences=tuple(sentences),
        withheld=tuple(withheld),
        cited=tuple(cited),
        leads=tuple(leads),
        below=None if below is None else tuple(below),
        model=written[0].model if written else base.model,
        prompt_version=written[0].prompt_version if written else base.prompt_version,
    )


def _halves(text: str) -> tuple[str, str]:
    """What a text says first, and what stands below the line over its further quotes; all of it where none leads."""
    paragraphs = text.split("\n\n")
    lines = (wording.MORE, wording.OWN_WORDS, wording.NEAREST)
    place = next((place for place, paragraph in enumerate(paragraphs) if paragraph in lines), len(paragraphs))
    return "\n\n".join(paragraphs[:place]), "\n\n".join(paragraphs[place + 1 :])


def _renumbered(text: str, numbers: dict[str, str]) -> str:
    return _TOKEN.sub(lambda match: f"[{numbers.get(match[1], match[1])}]", text)


def is_better(answers: tuple[Answer, ...], whole: Answer) -> bool:
    """Whether answering in parts tells more than answering the question as one.

    Where one part has an answer and the reports do not say the other, the question as a whole is either refused or, by
    the register, answered as if only the one had been asked.
    """
    answered = [answer for answer in answers if not answer.outcome.abstained]
    if len(answered) == len(answers):
        return True
    if answered and whole.outcome is Outcome.NOT_IN_REPORTS:
        return True
    return any(map(_of_register_alone, answered)) and _of_register_alone(whole)


def _of_register_alone(answer: Answer) -> bool:
    origins = {sentence.origin for sentence in answer.sentences}
    told = {token for sentence in answer.sentences for token in sentence.tokens}
    return origins == {"register"} and told >= set(answer.cited)


def _is_question(part: str) -> bool:
    asked = understand(part)
    if asked.ask is Ask.GRADE or subjects_asked(asked) or _BY_WHOM.match(part) or _WHEN.match(part):
        return True
    fewest = 1 if _WHO.match(part) else FEWEST_STEMS
    return bool(_ASKING.match(_without_whose(part))) and len(tokens(part)) >= fewest


def _without_whose(part: str) -> str:
    """A part without the authority and time before what it asks: "Newtown July 2019 what was the grade"."""
    mentions = find_mentions(part, typos=False)
    rest = part[mentions[0].end :] if mentions and not part[: mentions[0].start].strip() else part
    return _TIME.sub("", rest)


def _alone(part: str, whole: Understanding) -> str:
    part = _CLOSED.sub(" ", part).strip()
    if _BY_WHOM.match(part) or _OF_TEAM.search(part):
        part = LED
    elif _WHEN.match(part):
        part = WHEN
    missing = [] if find_mentions(part) else list(whole.authorities)
    if whole.years and not understand(part).years:
        months = [f"{_month(month)} {year}" for year, month in whole.months]
        missing.append(
            " and ".join(months or map(str, whole.years[:2])) + (" report" if whole.years_are_reports else "")
        )
    elif whole.latest and not (whole.years or understand(part).latest):
        missing.append("latest report")
    part = part[:1].upper() + part[1:]
    return f"{', '.join(missing)}: {part.rstrip('?')}?" if missing else f"{part.rstrip('?')}?"


def _month(number: int) -> str:
    return next(name.title() for name, value in MONTHS.items() if value == number)
