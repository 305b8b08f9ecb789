"""Answers in the form in which they are kept in a file, one JSON object a line."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from rag.answer import Answer


class CitedQuote(BaseModel):
    """One citation: `page` counts from 1, or is None in a document without pages."""

    model_config = ConfigDict(frozen=True)

    token: str
    document: str
    page: int | None = None
    quote: str


class Retrieved(BaseModel):
    """Where a piece of evidence came from."""

    model_config = ConfigDict(frozen=True)

    document: str
    page: int | None = None


class Row(BaseModel):
    """One answer: the text a reader saw, outcome, citations; seconds to evidence, first sentence and end."""

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


def row_of(case_id: str, answer: Answer) -> Row:
    """The row that keeps an answer."""
    return Row(
        id=case_id,
        answer=answer.text,
        outcome=answer.outcome.value,
        abstained=answer.outcome.abstained,
        citations=tuple(
            CitedQuote(token=item.token, document=item.source.document, page=item.page, quote=item.on_page)
            for item in answer.citations
        ),
        seconds=round(answer.timing.total, 4),
        seconds_to_evidence=round(answer.timing.evidence or 0.0, 4),
        seconds_to_first=round(answer.timing.first or 0.0, 4),
        model=answer.model,
        withheld=len(answer.withheld),
        retrieved=tuple(Retrieved(document=item.source.document, page=item.page) for item in answer.evidence),
    )


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
