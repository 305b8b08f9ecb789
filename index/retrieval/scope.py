"""Which reports a question may be answered from. A named authority or date is never answered from another's report."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.authorities import by_name
from corpus.report import ReportKind
from index.records import Source
from index.retrieval.understand import Understanding

NOT_HELD = "No report on {name} is held."

# More years than this come from a span ("since 2018"), where years without a report are no surprise.
FEW_YEARS = 2


@dataclass(frozen=True)
class Scope:
    """The reports in scope, oldest first, and what was asked for that is not held.

    `gaps` are sentences for the reader. `periods` are years or periods that the evidence must name,
    because no report of that year is held but another may speak of it.
    """

    sources: tuple[Source, ...]
    gaps: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """The document names of the reports in scope."""
        return tuple(source.document for source in self.sources)


def resolve(understanding: Understanding, sources: tuple[Source, ...]) -> Scope:
    """Find the reports a question may be answered from among those that are held."""
    if not understanding.authorities:
        return _by_date_and_kind(understanding, sources, "")
    scopes = []
    for name in understanding.authorities:
        held = _held_on(name, sources)
        if not held:
            scopes.append(Scope((), (NOT_HELD.format(name=name),)))
        elif time := dict(understanding.apart).get(name):
            chosen = held if time.years else _newest(held)
            scopes.append(_by_date_and_kind(replace(understanding, years=time.years), chosen, name))
        else:
            scopes.append(_by_date_and_kind(understanding, held, name))
    together = Scope(
        tuple(source for scope in scopes for source in scope.sources),
        tuple(gap for scope in scopes for gap in scope.gaps),
        tuple(dict.fromkeys(period for scope in scopes for period in scope.periods)),
    )
    if len(understanding.authorities) == 1 or not understanding.years or understanding.apart:
        return together
    return _side_by_side(understanding, together)


def _side_by_side(understanding: Understanding, together: Scope) -> Scope:
    """Several authorities and years: "A in 2015 and B in 2017" or "A and B in 2015".

    A year that fits one of them is no gap for the other, unless that other is left without a report of it.
    """
    dated = tuple(source for source in together.sources if source.years & set(understanding.years))
    if not dated:
        return together
    gaps = [gap for gap in together.gaps if gap.startswith("No report on ")]
    years = " or ".join(map(str, understanding.years))
    left_out = {source.authority for source in together.sources} - {source.authority for source in dated}
    gaps += [f"No report of {years} on {name} is held." for name in understanding.authorities if name in left_out]
    return Scope(dated, tuple(gaps))


def _of_month(dated: tuple[Source, ...], months: tuple[tuple[int, int], ...]) -> tuple[Source, ...]:
    """Reports published, or else inspected, in a month that the question names; empty when none was."""
    for days in (lambda source: (source.published,), lambda source: (source.inspection_start, source.inspection_end)):
        found = tuple(
            source for source in dated if any(day and (day.year, day.month) in months for day in days(source))
        )
        if found:
            return found
    return ()


def _newest(held: tuple[Source, ...]) -> tuple[Source, ...]:
    """The newest full inspection and what came after it."""
    newest = max((source.order for source in held if source.kind is ReportKind.INSPECTION), default=None)
    return tuple(source for source in held if newest is None or source.order >= newest)


def _held_on(name: str, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Reports on an authority; if there are none, on those that came before or after it in a reorganisation."""
    if held := tuple(source for source in sources if source.authority == name):
        return held
    authority = by_name(name)
    kin = {change.name for change in (*authority.predecessors, *authority.successors)} if authority else set()
    return tuple(source for source in sources if source.authority in kin)


def describe_held(sources: tuple[Source, ...], authorities: tuple[str, ...] = ()) -> str:
    """A sentence that says which reports are held, of the named authorities if there are any."""
    chosen = [source for source in sources if source.authority in authorities] or list(sources)
    by_authority: dict[str, list[str]] = {}
    for source in chosen:
        label = f"{source.year}" if source.year else "undated"
        by_authority.setdefault(source.authority or "unnamed authority", []).append(label)
    if len(by_authority) > 8:
        return f"{len(chosen)} reports on {len(by_authority)} authorities are held."
    listed = "; ".join(f"{name} {', '.join(dict.fromkeys(years))}" for name, years in sorted(by_authority.items()))
    return f"Reports held: {listed}."


def _by_date_and_kind(understanding: Understanding, held: tuple[Source, ...], name: str) -> Scope:
    chosen, gaps = held, []
    of_name = f" on {name}" if name else ""
    periods = list(understanding.periods)
    after = understanding.later_than
    if after and not any(year > after for source in held for year in source.years):
        return Scope((), (f"No report later than {after}{of_name} is held.",))
    if understanding.years:
        dated = tuple(source for source in held if source.years & set(understanding.years))
        known = {year for source in dated for year in source.years}
        missing = [year for year in understanding.years if year not in known]
        if dated:
            chosen = _of_month(dated, understanding.months) or dated
        elif understanding.years_are_reports and not understanding.periods:
            years = " or ".join(map(str, understanding.years))
            return Scope((), (f"No report of {years}{of_name} is held.",))
        if missing and dated and understanding.years_are_reports and name and len(understanding.years) <= FEW_YEARS:
            gaps.append(f"No report of {' or '.join(map(str, missing))}{of_name} is held.")
        if missing and not dated:
            periods.extend(map(str, missing))
    if understanding.kinds:
        of_kind = tuple(source for source in chosen if source.kind in understanding.kinds)
        if of_kind:
            chosen = of_kind
        elif len(understanding.kinds) == 1:
            when = f" of {understanding.years[0]}" if understanding.years else ""
            gaps.append(f"No {understanding.kinds[0].value}{when}{of_name} is held.")
            chosen = ()
    return Scope(chosen, tuple(gaps), tuple(periods))
