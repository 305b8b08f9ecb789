"""Dates, inspectors and office-holders, which reports state in set words: looked up, exact, without a model."""

from __future__ import annotations

import re

from index.records import Named, Stated
from index.retrieval.ask import Ask
from index.retrieval.scope import Scope
from index.retrieval.understand import Understanding
from rag import wording
from rag.answer import Evidence, Sentence

ADDRESSEE = "addressee"
# What a question asks for, in the words people use, and the subjects of the statements that answer it.
SUBJECTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), subject)
    for pattern, subject in (
        (r"deputy lead", "deputy lead inspector"),
        (
            (
                r"\bwho (?:headed(?: up)?|fronted|ran|was in charge of)\b.{0,60}\b(?:inspection|visit)|\bwho led\b"
                r"|\bwho inspected\b"
                r"|(?<!deputy )lead inspector|\bled the\b.{0,40}\binspection|\blead\b.{0,20}\binspectors?\b"
            ),
            "lead inspector",
        ),
        (r"\b(?:which|what|who were the) (?:hm )?(?:inspectors|hmis?)\b", "inspectors"),
        (
            (
                r"\bteam inspectors?\b|\binspection team\b|\bon the team\b"
                r"|\b(?:which|what|who were the) (?:other |hm )?(?:inspectors|hmis?)\b"
            ),
            "team inspectors",
        ),
        (r"\baddressed to\b|\baddressees?\b|\bletter\b.{0,25}\b(?:sent|went|written) to\b", ADDRESSEE),
        (r"\bsigned\b(?! (?:off|up)\b)|\bwrote the letter|\bletter (?:from|by)\b", "signed by"),
        (
            r"(?:director of children|\bdcs\b)(?=.*\b(?:since|in post|how long)\b)",
            "director of children's services since",
        ),
        (r"since when.*(?:director of children|\bdcs\b)", "director of children's services since"),
        (
            r"(?:lscb|safeguarding board|safeguarding children board).{0,12}chair.*\b(?:since|in post|how long)\b",
            "chair of the LSCB since",
        ),
        (
            r"(?:since when|how long).*(?:chair\b.{0,20}(?:lscb|safeguarding)|(?:lscb|safeguarding).{0,20}chair)",
            "chair of the LSCB since",
        ),
        (r"chief exec(?=.*\b(?:since|in post|how long)\b)|since when.*chief exec", "chief executive since"),
    )
)
WHEN_INSPECTED = re.compile(
    r"\b(?:inspections?|visits?|inspected|visited)\b.{0,60}\b(?:take place|took place|happen|carried out|conducted"
    r"|held)\b"
    r"|\bwhen (?:was|were|did)\b.{0,60}\b(?:inspect\w*|visit\w*)|\bdates?\b.{0,40}\b(?:inspection|visit"
    r"|inspectors|ofsted)"
    r"|\bwhen were (?:ofsted|inspectors|they)\b.{0,20}\b(?:in|at|there)\b"
    r"|\bwhen\b.{0,20}\b(?:ofsted|inspectors|hmi)\b.{0,30}\b(?:go|went|come|came|visit\w*|turn(?:ed)? up"
    r"|arrive\w*|call\w*)\b"
    r"|\b(?:inspection|visit) dates?\b|\b(?:inspection|visit)\b.{0,20}\bdates?\b|\b(?:which|what) (?:\w+ )?days?\b",
    re.IGNORECASE,
)
WHEN_PUBLISHED = re.compile(
    r"\bpublish\w*|\bpublication\b|\bc[ao]me out\b|\bletter dated?\b|\bdate (?:is )?on\b"
    r"|\b(?:report|letter|findings|judge?ments?|results?)\b.{0,40}\b(?:put out|go out|went out|released?|issued?"
    r"|made public)\b"
    r"|\b(?:put out|released?|issued?|made public)\b.{0,40}\b(?:report|letter|findings|judge?ments?|results?)\b",
    re.IGNORECASE,
)
INSPECTED, PUBLISHED = "inspection dates", "publication date"


def subjects_asked(understanding: Understanding) -> tuple[str, ...]:
    """The subjects a question asks for, empty when it is about something else."""
    question = understanding.question
    if understanding.ask not in (Ask.PERSON, Ask.DATE):
        return ()
    found = [subject for pattern, subject in SUBJECTS if pattern.search(question)]
    if understanding.ask is Ask.PERSON and not found:
        # "Who … and when": a date alone would answer half of it as if it were all.
        return ()
    if WHEN_PUBLISHED.search(question):
        found.append(PUBLISHED)
    of_visit = re.search(r"\b(?:inspect|visit|ofsted|hmi\b)", question, re.IGNORECASE)
    if of_visit and WHEN_INSPECTED.search(question) and not any("since" in subject for subject in found):
        found.append(INSPECTED)
    return tuple(dict.fromkeys(found))


def stated_for(understanding: Understanding, scope: Scope, statements: tuple[Stated, ...]) -> tuple[Stated, ...] | None:
    """The statements that answer, None when the question asks for none; empty when the reports in scope state none.

    Without a year, those of the newest report that has them.
    """
    subjects = subjects_asked(understanding)
    if not subjects:
        return None
    documents = set(scope.documents)
    found = [item for item in statements if item.subject in subjects and item.source.document in documents]
    if found and not understanding.years and not understanding.across:
        newest = {item.source.authority: item.source for item in found}
        found = [item for item in found if newest[item.source.authority] is item.source]
    return tuple(found)


def addressees(officers: tuple[Named, ...]) -> tuple[Stated, ...]:
    """Whom letters are addressed to, as statements of their reports."""
    return tuple(
        Stated(item.source, ADDRESSEE, item.name, item.quote, item.page)
        for item in officers
        if item.role == ADDRESSEE and item.name
    )


def as_sentences(found: tuple[Stated, ...]) -> tuple[tuple[Sentence, ...], tuple[Evidence, ...]]:
    """The statements as sentences, each with its quote as evidence."""
    sentences: list[Sentence] = []
    evidence: list[Evidence] = []
    for item in found:
        token = str(len(evidence) + 1)
        evidence.append(Evidence(token, item.source, item.quote, item.quote, page=item.page))
        sentences.append(Sentence(_sentence(item), (token,), "register", verified=True))
    return tuple(sentences), tuple(evidence)


def _sentence(item: Stated) -> str:
    label = wording.label(item.source)
    if item.subject == PUBLISHED:
        return f"The {label.split(', published')[0]} was published on {item.value}."
    if item.subject == INSPECTED:
        when = wording.days(item.source.inspection_start, item.source.inspection_end)
        published = f" (published {wording.day(item.source.published)})" if item.source.published else ""
        name = f"{item.source.authority or 'The'} {wording.LABELS[item.source.kind]}"
        return f"The {name} took place {'from' if ' to ' in when else 'on'} {when}{published}."
    if item.subject.endswith(" since"):
        return (
            f"The {item.subject.removesuffix(' since')} had been in post since {item.value}, according to the {label}."
        )
    if item.subject == ADDRESSEE:
        return f"The letter was addressed to {item.value} ({label})."
    if item.subject == "signed by":
        return f"{item.value} signed the letter ({label})."
    several = item.subject.endswith("inspectors") or bool(re.search(r",| and ", item.value))
    named = f"{item.subject.removesuffix('s')}s were" if several else f"{item.subject} was"
    return f"The {named} {item.value} ({label})."
