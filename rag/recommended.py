"""What inspectors told an authority to improve, as an answer: a line above the rows, and each row a quote."""

from __future__ import annotations

from index.retrieval.recommended import Found
from rag import wording
from rag.answer import Evidence, Sentence


def as_sentences(found: Found, first: int) -> tuple[Sentence, tuple[Evidence, ...]]:
    """The line above the rows, and the rows as evidence with tokens from `first` on."""
    headings = {row.heading for row in found.rows}
    heading = found.rows[0].heading if len(headings) == 1 else found.rows[0].heading.split(": ")[0]
    named = f"The {wording.label(found.source)}{',' if found.source.published else ''}"
    if found.topical:
        text = f"{named} lists {found.total} things to improve. On this:"
    else:
        text = f"{named} lists {found.total} under “{heading.strip(':*# ')}”:"
    evidence = tuple(
        Evidence(str(number), found.source, row.quote, row.text, (row.heading,), row.page)
        for number, row in enumerate(found.rows, start=first)
    )
    return Sentence(text, (), "report", verified=True), evidence
