"""What a question takes for granted and the register contradicts: a figure, a person or a grade, put right first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.records import Counted, Grade, Passage, Source
from index.retrieval.ask import Ask
from index.retrieval.grade_words import normal_grade
from index.retrieval.scope import Scope
from index.retrieval.understand import Understanding
from index.search import Index
from rag import wording
from rag.answer import Evidence, Sentence
from rag.lookup import OVERALL
from rag.premise_figure import denied_homes, wrong_figure
from rag.premise_person import Holder, wrong_person

GRADE = r"(outstanding|good|requires? improvement|inadequate|adequate)"
# A grade that something is said to have: "to be good for adoption", "praised as good", "its good rating".
TAKEN = re.compile(
    rf"\b(?:to be(?:come)?|having been|being|became|becoming) (?:rated |judged |graded |found )?{GRADE}"
    r"(?=\W*(?:$|[?,.;]|(?:for|in|overall|by|at)\b|\d))"
    rf"|\b(?:prais|describ|rat|judg|grad|class|regard|mark|scor)\w*\b[^?.]{{0,80}}?\bas {GRADE}\b"
    rf"|\b(?:its|their|the|an?) {GRADE}(?: overall)? (?:rating|grade|judge?ment)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Correction:
    """What a question took wrongly, put right: the sentence that says so, and the words of the report for it."""

    sentence: Sentence
    evidence: Evidence


def correction(asked: Understanding, scope: Scope, index: Index) -> Correction | None:
    """The correction of a question about one authority, None where the register contradicts nothing in it."""
    if len(asked.authorities) != 1 or asked.across or not scope.sources:
        return None
    if figure := wrong_figure(asked, scope, index.figures):
        return _of(*figure)
    sources = {source.document: source for source in scope.sources}
    passages = (item for document in sources for item in index.passages(document))
    if denied := denied_homes(asked.question, passages):
        return _of_passage(*denied, sources[denied[1].document])
    if person := wrong_person(asked.question, scope, index.statements, index.officers, index.is_word):
        return _of(*person)
    grade = _wrong_grade(asked, scope, index.grades)
    return _of(*grade) if grade else None


def _wrong_grade(asked: Understanding, scope: Scope, grades: tuple[Grade, ...]) -> tuple[str, Grade] | None:
    found = TAKEN.search(asked.question)
    if not found or asked.ask is Ask.GRADE or len(asked.areas) > 1:
        return None
    taken = normal_grade(next(part for part in found.groups() if part))
    area = asked.areas[0] if asked.areas else OVERALL
    rows = [row for row in grades if row.area == area and row.source.document in scope.documents]
    if not rows or any(row.grade == taken for row in rows):
        return None
    return f"It was not judged {taken}: {wording.graded(rows[-1])}", rows[-1]


def _of_passage(quote: str, passage: Passage, source: Source) -> Correction:
    text = f"That is not so, according to the {wording.label(source)}: it runs no children's homes."
    evidence = Evidence("1", source, quote, passage.text, passage.headings, passage.on_page(quote)[0])
    return Correction(Sentence(text, ("1",), "register", verified=True), evidence)


def _of(text: str, row: Counted | Grade | Holder) -> Correction:
    source: Source = row.source
    return Correction(
        Sentence(text, ("1",), "register", verified=True), Evidence("1", source, row.quote, row.quote, page=row.page)
    )
