"""Rankings of authorities by a figure that reports state in set words: the most, the fewest, the highest rate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from corpus.report import ReportKind
from index.records import Counted, Source
from index.retrieval.understand import Understanding
from rag import survey_words as words
from rag import wording
from rag.answer import Evidence, Sentence
from rag.period import Period, period_in
from rag.survey_groups import Group, group_in
from rag.survey_text import NAMED, OTHERS, Written

SHOWN = 5
CHILDREN = r"(?:children|kids|young people|children and young people)"
# A rate is asked for by name, or by "per 10,000"; a share by its sign or name; else it is a count.
SUBJECTS: tuple[tuple[str, str, str], ...] = (
    (
        "cp_plan",
        "children subject to a child protection plan",
        (
            rf"(?:{CHILDREN} )?(?:who (?:are|were) )?(?:on |subject to |with |under )?(?:the |a |an )?"
            r"(?:child protection|CP) (?:plans?|register)"
        ),
    ),
    (
        "looked_after_outside_area",
        "children looked after living outside the area",
        (
            rf"(?:looked[- ]after {CHILDREN}|{CHILDREN} (?:in care|looked after)) (?:who )?(?:are |were )?"
            r"(?:placed |living |live )?(?:out of|outside) (?:the |their )?(?:area|authority|borough|county)"
        ),
    ),
    (
        "looked_after",
        "children looked after",
        (
            rf"looked[- ]after {CHILDREN}"
            rf"|{CHILDREN} (?:who (?:are|were) )?(?:being )?(?:looked[- ]after|in care)(?! plans?)"
        ),
    ),
    ("children_in_need", "children in need", rf"{CHILDREN} in need"),
    (
        "unaccompanied_asylum_seeking",
        "unaccompanied asylum-seeking children",
        rf"unaccompanied (?:asylum[- ]seeking )?{CHILDREN}|UASC",
    ),
    (
        "private_fostering",
        "children in private fostering",
        (
            rf"privately fostered {CHILDREN}|{CHILDREN} (?:in|living in) private(?:ly arranged)? foster(?:ing|\s?care)"
            r"(?: arrangements?)?|private fostering(?: arrangements)?"
        ),
    ),
    ("living_in_poverty", "children living in poverty", rf"{CHILDREN} (?:living |who live )?in poverty|child poverty"),
    ("population_under_18", "children and young people under 18", rf"{CHILDREN} under (?:the age of )?18"),
)
ALWAYS_SHARES = frozenset({"living_in_poverty"})
MOST = re.compile(r"\b(?:the )?(?:most|highest|largest|biggest|greatest|top)\b", re.IGNORECASE)
LEAST = re.compile(r"\b(?:the )?(?:fewest|lowest|smallest|least|bottom)\b", re.IGNORECASE)
RATE = re.compile(
    r"\brates?(?: of)?\b|\bper 10,?000(?: children)?\b|\b(?:for|given) (?:its|their|the) (?:size|population)\b"
    r"|\b(?:relative|in proportion|compared|in relation) to (?:its|their|the) (?:size|population)\b|\bper (?:head"
    r"|child)\b"
    r"|\bproportion(?:ally|ately)\b",
    re.IGNORECASE,
)
# "Looks after the most children" asks for the most children looked after.
LOOKS_AFTER = re.compile(
    rf"\b(?:looks?|looked|looking) after (?P<how>(?:(?:the|more|most|fewer|fewest|less|least|a|larger|largest|higher"
    rf"|highest|smaller|smallest|number|of) )*){CHILDREN}\b",
    re.IGNORECASE,
)
SHARE = re.compile(r"\b(?:share|percentage|per ?cent|proportion)(?: of)?\b|%", re.IGNORECASE)
NUMBER = re.compile(r"\bnumbers? of\b", re.IGNORECASE)


@dataclass(frozen=True)
class Ranking:
    """A question for the authorities with the most (1) or least (-1) of a figure; `said` is the figure in words."""

    subject: str
    unit: str
    said: str
    direction: int
    period: Period
    group: Group | None = None


@dataclass(frozen=True)
class Ranked:
    """The first rows of a ranking and those equal to the last of them; how many reports state it, and which do not."""

    ranking: Ranking
    rows: tuple[Counted, ...]
    stated: int
    silent: tuple[Source, ...]


def ranking_of(asked: Understanding, today: date) -> Ranking | None:
    """How a question ranks authorities by a figure, None when it does not or has words that are not understood."""
    most, least = MOST.search(asked.question), LEAST.search(asked.question)
    if asked.why or asked.authorities or bool(most) == bool(least) or not _asks(asked.question):
        return None
    named = period_in(asked.question, today)
    group, text = group_in(named.rest)
    found = subject_in(text)
    if found is None:
        return None
    subject, said, rest = found
    unit = unit_of(subject, rest)
    if words.unknown_words(without_measure(rest)):
        return None
    kind = f"{subject}_rate" if unit == "per 10,000" else subject
    return Ranking(kind, unit, said, 1 if most else -1, named.period, group)


def _asks(question: str) -> bool:
    """Whether authorities are asked for, if only by beginning with the end of the ranking: "Highest rate of …"."""
    starts = MOST.match(question.strip()) or LEAST.match(question.strip())
    return bool(starts or words.ASKS.search(question))


def unit_of(subject: str, text: str) -> str:
    """Whether a share, a rate or a count of a subject is asked for in a text."""
    if subject in ALWAYS_SHARES:
        return "%"
    return "per 10,000" if RATE.search(text) else "%" if SHARE.search(text) else "children"


def without_measure(text: str) -> str:
    """The text without the words that say how a figure is measured and which end of a ranking is wanted."""
    for each in (MOST, LEAST, RATE, SHARE, NUMBER, words.NUMBERED, words.NOW):
        text = each.sub(" ", text)
    return text


def subject_in(text: str) -> tuple[str, str, str] | None:
    """The first subject that a text names, the same in words, and the rest of the text."""
    text = LOOKS_AFTER.sub(lambda found: f"{found['how']}looked after children", text)
    for subject, said, pattern in SUBJECTS:
        if found := re.search(rf"\b(?:{pattern})(?!\w)", text, re.IGNORECASE):
            return subject, said, f"{text[: found.start()]} {text[found.end() :]}"
    return None


def rank(ranking: Ranking, figures: tuple[Counted, ...], sources: tuple[Source, ...]) -> Ranked:
    """Rank the newest figure of each authority in the period; `figures` and `sources` are the register's."""
    newest = {
        source.authority: source
        for source in sources
        if source.kind is ReportKind.INSPECTION
        and source.authority
        and ranking.period.holds(source)
        and (ranking.group is None or source.authority in ranking.group.names)
        and (not ranking.period.is_open or _figure(ranking, figures, source))
    }
    found = {source.document: _figure(ranking, figures, source) for source in newest.values()}
    rows = sorted(
        (row for row in found.values() if row),
        key=lambda row: (-ranking.direction * Decimal(row.value), row.source.authority or ""),
    )
    shown = [row for row in rows if Decimal(row.value) == Decimal(rows[:SHOWN][-1].value) or row in rows[:SHOWN]]
    silent = tuple(source for source in newest.values() if not found[source.document])
    return Ranked(ranking, tuple(shown), len(rows), silent)


def _figure(ranking: Ranking, figures: tuple[Counted, ...], source: Source) -> Counted | None:
    """The figure of a report for its newest day; none when the report gives two different ones for that day."""
    own = [
        row
        for row in figures
        if row.source.document == source.document and (row.subject, row.unit) == (ranking.subject, ranking.unit)
    ]
    day = max((row.as_at for row in own if row.as_at), default=None)
    own = [row for row in own if row.as_at == day]
    return own[0] if len({Decimal(row.value) for row in own}) == 1 else None


def write(found: Ranked) -> Written:
    """Say who is at that end of the ranking, a line for each, and how many reports state the figure."""
    lines = tuple(
        _sentence(f"{row.source.authority}: {_value(row)}{_day(row)} ({_report(row)})", (str(token),))
        for token, row in enumerate(found.rows, start=1)
    )
    evidence = tuple(
        Evidence(str(token), row.source, row.quote, row.quote, page=row.page)
        for token, row in enumerate(found.rows, start=1)
    )
    return Written(_sentence(_headline(found)), lines, (_sentence(_coverage(found)),), evidence)


def not_stated(ranking: Ranking) -> str:
    """A sentence for a ranking by a figure that no report of the period states."""
    return f"No inspection report held{_of_which(ranking)} states the {_said(ranking)} in words that can be compared."


def _headline(found: Ranked) -> str:
    ranking, first = found.ranking, found.rows[0]
    ends = ("highest", "lowest") if ranking.unit != "children" else ("largest", "smallest")
    best = [row.source.authority or "" for row in found.rows if Decimal(row.value) == Decimal(first.value)]
    where = f"of the figures in the reports {ranking.period.words or 'held'}"
    group = f" on {ranking.group.words}" if ranking.group else ""
    end = ends[0] if ranking.direction > 0 else ends[1]
    return f"{where}{group}, the {end} {_said(ranking)} is that of {' and '.join(best)}, {_value(first)}:"


def _coverage(found: Ranked) -> str:
    total = found.stated + len(found.silent)
    if found.ranking.period.is_open:
        newest = "each by the newest report held that states the figure"
        said = f"Compared are {found.stated} {_members(found.ranking)}, {newest}"
    else:
        period = found.ranking.period.words
        said = f"Read from the reports {period} of {found.stated} of {total} {_members(found.ranking)}"
    named = ", ".join(source.authority or "" for source in found.silent[:NAMED])
    more = f" and {len(found.silent) - NAMED} more" if len(found.silent) > NAMED else ""
    silent = f"; not found for {named}{more}" if found.silent else ""
    return f"{said}{silent}. The days that figures hold for differ from report to report. {OTHERS}"


def _members(ranking: Ranking) -> str:
    return ranking.group.words if ranking.group else "authorities"


def _of_which(ranking: Ranking) -> str:
    group = f" on {ranking.group.words}" if ranking.group else ""
    return f"{group} {ranking.period.words}".rstrip()


def _said(ranking: Ranking) -> str:
    kind = {"children": "number of", "%": "share of", "per 10,000": "rate per 10,000 of"}[ranking.unit]
    return f"{kind} {ranking.said}"


def _value(row: Counted) -> str:
    number = f"{Decimal(row.value):,}"
    return f"{number}%" if row.unit == "%" else f"{number} {row.unit}" if row.unit.startswith("per") else number


def _day(row: Counted) -> str:
    return f" at {wording.day(row.as_at)}" if row.as_at else f" ({row.period})" if row.period else ""


def _report(row: Counted) -> str:
    published = row.source.published
    return f"published {wording.day(published)}" if published else wording.label(row.source)


def _sentence(text: str, tokens: tuple[str, ...] = ()) -> Sentence:
    return Sentence(text[:1].upper() + text[1:], tokens, "register", verified=True)
