"""Answers in the form in which they are kept in a file, one JSON object a line."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from rag.answer import Answer, Evidence
from rag.wording import MODEL_SILENT

SILENT = MODEL_SILENT.partition("(")[0]


class CitedQuote(BaseModel):
    """One citation: `page` counts from 1, or is None in a document without pages.

    `quote` is what stands on that page; `whole` is the sentence where it runs on to the next, else empty.
    """

    model_config = ConfigDict(frozen=True)

    token: str
    document: str
    page: int | None = None
    quote: str
    whole: str = ""


class Retrieved(BaseModel):
    """Where a piece of evidence came from."""

    model_config = ConfigDict(frozen=True)

    document: str
    page: int | None = None


class Said(BaseModel):
    """One written sentence, shown or withheld: the tokens it names, who wrote it, and why it was withheld."""

    model_config = ConfigDict(frozen=True)

    text: str
    tokens: tuple[str, ...] = ()
    origin: str = "model"
    why: str = ""


class Row(BaseModel):
    """One answer: the text a reader saw, outcome, citations; seconds to evidence, first sentence and end.

    `sentences` are those written and shown, None where the system does not tell them apart from its text.
    `score` is the best score of the evidence, None where it was looked up; `tokens` what the model wrote, where it
    tells. `silent` says that a model was to write and did not answer.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    answer: str
    outcome: str
    abstained: bool
    citations: tuple[CitedQuote, ...] = ()
    seconds: float = 0.0
    seconds_to_evidence: float = 0.0
    seconds_to_first: float = 0.0
    model: str = "none"
    withheld: int = 0
    retrieved: tuple[Retrieved, ...] = ()
    sentences: tuple[Said, ...] | None = None
    withheld_sentences: tuple[Said, ...] = ()
    score: float | None = None
    tokens: int | None = None
    silent: bool = False


def row_of(case_id: str, answer: Answer) -> Row:
    """The row that keeps an answer."""
    return Row(
        id=case_id,
        answer=answer.text,
        outcome=answer.outcome.value,
        abstained=answer.outcome.abstained,
        citations=tuple(_cited(item) for item in answer.citations),
        seconds=round(answer.timing.total, 4),
        seconds_to_evidence=round(answer.timing.evidence or 0.0, 4),
        seconds_to_first=round(answer.timing.first or 0.0, 4),
        model=answer.model,
        withheld=len(answer.withheld),
        retrieved=tuple(Retrieved(document=item.source.document, page=item.page) for item in answer.evidence),
        sentences=tuple(
            Said(text=item.text, tokens=item.tokens, origin=item.origin, why=item.why) for item in answer.sentences
        ),
        withheld_sentences=tuple(
            Said(text=item.text, tokens=item.tokens, origin=item.origin, why=item.why) for item in answer.withheld
        ),
        score=round(max(scores), 4) if (scores := [item.score for item in answer.evidence if item.score]) else None,
        silent=SILENT in answer.text,
    )


def _cited(item: Evidence) -> CitedQuote:
    whole = item.quote if item.quote != item.on_page else ""
    return CitedQuote(token=item.token, document=item.source.document, page=item.page, quote=item.on_page, whole=whole)


def load_rows(path: Path) -> dict[str, Row]:
    """Rows of a file by case id, empty when there is none; a line torn by a killed run is passed over."""
    if not path.exists():
        return {}
    found: dict[str, Row] = {}
    for line in path.read_bytes().split(b"\n"):
        try:
            row = Row.model_validate_json(line)
        except ValueError:
            continue
        found[row.id] = row
    return found
