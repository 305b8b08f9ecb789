"""Answers are put together: from the register, from a printed list, or from evidence with a model's help."""

from __future__ import annotations

import re

from index.records import Grade, Source
from index.retrieval.candidates import TO_IMPROVE
from index.retrieval.understand import Understanding
from rag import wording
from rag.answer import Evidence, Sentence
from rag.comparing import compared
from rag.lookup import Lookup
from rag.sections import Section

FROM_PICTURES = re.compile(r"recognised from (?:a )?pictures?")
DAMAGED = re.compile(rf"missing from the copy|{FROM_PICTURES.pattern}")
YES_NO = re.compile(r"^\W*(?:so\s+)?(?:was|were|is|are|did|does|do|has|have|had)\b", re.IGNORECASE)


def register_sentences(
    lookups: tuple[Lookup, ...], understanding: Understanding
) -> tuple[tuple[Sentence, ...], tuple[Evidence, ...]]:
    """What the register says, a sentence a judgement, with the words that give each as evidence."""
    sentences: list[Sentence] = []
    evidence: list[Evidence] = []
    if lookups and all(lookup.none_such for lookup in lookups):
        text = wording.NONE_SUCH.format(grade=understanding.premise)
        sentences.append(Sentence(text, (), "register", verified=True))
    if understanding.compared and len(lookups) == 1 and (verdict := compared(lookups[0].rows, understanding.question)):
        tokens = tuple(str(number) for number in range(1, len(lookups[0].rows) + 1))
        sentences.append(Sentence(verdict, tokens, "register", verified=True))
    for lookup in lookups:
        for row in lookup.rows:
            token = str(len(evidence) + 1)
            evidence.append(_grade_evidence(row, token))
            opening = _opening(lookups, understanding) if not sentences else ""
            sentences.append(Sentence(opening + wording.graded(row), (token,), "register", verified=True))
        if lookup.named:
            token = str(len(evidence) + 1)
            evidence.append(_grade_evidence(lookup.named, token))
            sentences.append(Sentence(wording.also_graded(lookup.named), (token,), "register", verified=True))
        without = lookup.ungraded if understanding.across or understanding.years else ()
        sentences.extend(
            Sentence(wording.no_grade(source, lookup.area), (), "register", verified=True)
            for source in (*without, *lookup.later)
            if lookup.rows
        )
    return tuple(sentences), tuple(evidence)


def list_sentence(section: Section) -> Sentence:
    """The line above a printed list: whose it is, under which heading, and how many items it has."""
    count = len(section.items)
    comma = "," if section.source.published else ""
    heading = section.title.rsplit(" / ", 1)[-1].strip(":*# ")
    text = f"The {wording.label(section.source)}{comma} lists {count} under “{heading}”:"
    return Sentence(text, (), "report", verified=True)


def as_text(
    sentences: tuple[Sentence, ...],
    quotes: tuple[Evidence, ...],
    notes: tuple[str, ...] = (),
    heading: str = "",
    leads: tuple[Evidence, ...] = (),
) -> str:
    """The answer as the reader sees it: sentences with tokens, what leads, the other quotes by report, then notes."""
    parts = []
    listed = any(item.origin == "report" for item in sentences)
    if sentences:
        parts.append(" ".join(f"{item.text} {_tokens(item.tokens)}".strip() for item in sentences))
    if leads:
        parts.append(" ".join(_leading(leads)))
    by_source: dict[str, list[Evidence]] = {}
    for item in quotes:
        if item not in leads:
            by_source.setdefault(item.source.document, []).append(item)
    if by_source and heading:
        parts.append(heading)
    for group in by_source.values():
        shown = "\n".join(f"- {_quoted(item) if not listed else in_marks(item)} [{item.token}]" for item in group)
        parts.append(f"{wording.label(group[0].source)}:\n{shown}")
    return "\n\n".join([*parts, *notes])


def source_note(source: Source, touched: bool) -> tuple[str, ...]:
    """A warning for a report that was recognised from pictures, or whose copy lacks words of what is quoted.

    `touched` says that a quote is not whole; empty where nothing quoted can be wrong for it.
    """
    pattern = DAMAGED if touched else FROM_PICTURES
    damaged = [problem for problem in source.problems if pattern.search(problem)]
    return (f"Note on the {wording.label(source)}: {damaged[0][0].lower()}{damaged[0][1:]}",) if damaged else ()


def _opening(lookups: tuple[Lookup, ...], understanding: Understanding) -> str:
    """Yes or No, where one judgement of one authority settles it, and nothing newer may have changed it."""
    rows = [row for lookup in lookups for row in lookup.rows]
    if understanding.premise is None or len(rows) != 1 or any(lookup.none_such for lookup in lookups):
        return ""
    yes_no = bool(YES_NO.match(understanding.question)) and bool(understanding.authorities)
    if lookups[0].contradicts and understanding.latest:
        # An older report may well have judged so: "is it still inadequate?"
        return "Not in the newest report held that gives this grade: "
    if lookups[0].contradicts:
        return "No. " if yes_no else f"It was not judged {understanding.premise}: "
    return "Yes. " if yes_no and not understanding.latest and not lookups[0].later else ""


def _grade_evidence(row: Grade, token: str) -> Evidence:
    return Evidence(token, row.source, row.quote, row.quote, page=row.page)


def _tokens(tokens: tuple[str, ...]) -> str:
    return "".join(f"[{token}]" for token in tokens)


def _leading(leads: tuple[Evidence, ...]) -> list[str]:
    """What the quotes that lead say, each told with the report that says it, unless it goes on from the one before."""
    told = []
    for place, item in enumerate(leads):
        last = leads[place - 1] if place else None
        same = last and last.source == item.source
        opening = f"{wording.SAYS_TOO if same else wording.says(item.source)} "
        opening = "" if same and last and last.passage == item.passage else opening
        told.append(f"{opening}{_quoted(item)} [{item.token}]")
    return told


def _quoted(item: Evidence) -> str:
    """A quote in its marks; an item of a list of what to improve says so: alone it may read like praise."""
    of_list = item.headings and TO_IMPROVE.search(item.headings[-1])
    return f"{in_marks(item)}{wording.TO_IMPROVE if of_list else ''}"


def in_marks(item: Evidence) -> str:
    """A quote in its marks, with dots where the copy lacks its beginning."""
    if not item.complete:
        return f"“… {item.quote}”"
    # What somebody said stands in marks already.
    spoken = item.quote.startswith("“") and item.quote.endswith("”") and item.quote.count("“") == 1
    return item.quote if spoken else f"“{item.quote}”"
