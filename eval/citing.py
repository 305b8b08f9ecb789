"""Citation recall and precision by sentence, after ALCE, with the project's own checker as the judge of support.

ALCE (Gao, Yen, Yu and Chen, EMNLP 2023, arXiv 2305.14627) asks of each statement whether its citations together
support it, and of each citation whether it was needed. There a language model for inference judges; here
`rag.verify` does, whose own errors `eval.checker` measures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.sentences import sentences
from eval.matching import letters
from eval.rows import CitedQuote, Row
from index.records import Source
from rag import facts
from rag.answer import Evidence
from rag.verify import TOKEN, check
from rag.wording import label

QUOTED = re.compile(r"^\s*[-•*]?\s*“.*”\s*(?:\[\d{1,2}\]\s*)+$")
QUOTE = "quote"
HEADING = re.compile(r":\s*$")


@dataclass(frozen=True)
class Statement:
    """One thing that an answer says, the tokens it names for it, and who wrote it: as in rag.answer, or "quote"."""

    text: str
    tokens: tuple[str, ...]
    origin: str = "model"


@dataclass(frozen=True)
class Cited:
    """Shares of an answer from 0 to 1: statements that their citations support, and citations that were needed.

    `precision` is None for an answer that cites nothing.
    """

    recall: float
    precision: float | None


def cited(row: Row, held: Mapping[str, Source]) -> Cited | None:
    """Citation recall and precision of one answer; None for one that states nothing, as a refusal does.

    The mean over answers is ALCE's figure. A statement's citations count as precise when together they support it and
    each supports it alone or is not spared by the others.
    """
    said = () if row.abstained else statements(row)
    if not said:
        return None
    by_token = {item.token: _evidence(item, held) for item in row.citations if item.document in held}
    supported, needed, named = 0, 0, 0
    for statement in said:
        items = tuple(by_token[token] for token in statement.tokens if token in by_token)
        whole = _supports(statement, items)
        supported += whole
        named += len(statement.tokens)
        needed += sum(_is_needed(statement, item, items) for item in items) if whole else 0
    return Cited(supported / len(said), needed / named if named else None)


def statements(row: Row) -> tuple[Statement, ...]:
    """An answer's written sentences and quotes, taken from its text where the row does not tell them apart."""
    if row.sentences is None:
        return tuple(_of_text(row.answer))
    # A register sentence without a token says that a report gives no grade, which no quote can show.
    written = [
        Statement(item.text, item.tokens, item.origin)
        for item in row.sentences
        if not HEADING.search(item.text) and (item.tokens or item.origin == "model")
    ]
    quotes = [Statement(item.whole or item.quote, (item.token,), QUOTE) for item in row.citations]
    return (*written, *quotes)


def _of_text(text: str) -> list[Statement]:
    found = []
    for line in text.splitlines():
        if not line.strip() or HEADING.search(line):
            continue
        quoted = bool(QUOTED.match(line))
        # A token after the stop belongs to the sentence before it.
        joined = re.sub(r"([.!?][\"”’)]*)((?:\s*\[\d{1,2}\])+)", r"\2\1", line.strip(" -•*"))
        for part in [line.strip(" -•*")] if quoted else sentences(joined):
            bare = re.sub(r"\s+(?=[.!?])", "", TOKEN.sub("", part)).strip(" “”")
            found.append(Statement(bare, tuple(dict.fromkeys(TOKEN.findall(part))), QUOTE if quoted else "model"))
    return found


def _supports(statement: Statement, items: tuple[Evidence, ...]) -> bool:
    if not items:
        return False
    if statement.origin == QUOTE:
        return any(letters(statement.text) in letters(item.quote) for item in items)
    if statement.origin == "register":
        return any(_gives_facts(statement.text, item) for item in items)
    return check(statement.text + "".join(f" [{item.token}]" for item in items), items).passed


def _gives_facts(text: str, item: Evidence) -> bool:
    """Whether the facts of a sentence in the register's set words are in the quote or in its report's name and dates.

    The checker is made for what a model drafts: it would ask the quote itself for the dates of its report.
    """
    known = f"{item.quote} {label(item.source)}"
    return not (
        facts.missing(facts.numbers(text), facts.numbers(known))
        or facts.missing(facts.months(text), facts.months(known))
        or facts.missing(facts.authorities(text), facts.authorities(known))
        or (facts.grades(text) and not facts.grades(text) & facts.grades(item.quote))
    )


def _is_needed(statement: Statement, item: Evidence, items: tuple[Evidence, ...]) -> bool:
    """ALCE's test: a citation is spared when it supports nothing alone and the rest support as much without it."""
    rest = tuple(other for other in items if other is not item)
    return _supports(statement, (item,)) or not _supports(statement, rest)


def _evidence(item: CitedQuote, held: Mapping[str, Source]) -> Evidence:
    quote = item.whole or item.quote
    return Evidence(item.token, held[item.document], quote, quote, page=item.page)
