"""Questions from what was read of reports as rows: grades, figures, officers, dates, earlier grades."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.identity import MONTHS
from corpus.numbers import NUMBER, in_digits, number_value
from corpus.report import THIS, Figure, Judgement, Report, Statement
from eval.draft_proposal import (
    PLAIN_KINDS,
    WORDINGS,
    WORDS,
    Ask,
    Drafter,
    Gold,
    Named,
    Proposal,
    day_in_words,
    month_of,
)
from eval.matching import has_any, plain

GRADES = ("outstanding", "good", "requires improvement", "inadequate")
OLD_GRADES = ("outstanding", "good", "adequate", "inadequate")
IMPROVING = ("requires improvement", "require improvement", "required improvement", "requiring improvement")
# Smaller numbers stand in an answer by chance, as a day or a count of something else.
SMALLEST = 10
EARLIER = re.compile(rf"\b(?:(?:{'|'.join(MONTHS)}) )?(?:19|20)\d\d\b", re.IGNORECASE)
INITIALS = re.compile(r"[A-Z]{2,}\b")
LEADERS = ("lead inspector",)


def from_register(drafter: Drafter, named: Sequence[Named], reports: Sequence[Report]) -> Iterator[Proposal]:
    """Every question that the rows of these reports answer; `reports` are all that are held."""
    given = given_grades(reports)
    for each in named:
        yield from _grades(drafter, each, given)
        yield from _figures(drafter, each)
        yield from _statements(drafter, each)
    yield from _trends(drafter, named)


def given_grades(reports: Sequence[Report]) -> dict[tuple[str, str], set[str]]:
    """Every grade that any report gives or recalls for a council's area."""
    given: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for report in reports:
        for judgement in report.judgements:
            given[report.authority or "", judgement.area].add(judgement.grade)
    return given


def forms_of(grade: str) -> tuple[str, ...]:
    """A grade as answers write it."""
    return IMPROVING if grade == IMPROVING[0] else (grade,)


def _grades(drafter: Drafter, named: Named, given: dict[tuple[str, str], set[str]]) -> Iterator[Proposal]:
    own = [judgement for judgement in named.report.judgements if judgement.of == THIS]
    for judgement in own:
        others = _other_grades(judgement, given[named.authority, judgement.area])
        if judgement.area == "overall":
            gold = _grade_gold(named, judgement, "overall", others)
            yield drafter.propose(Ask("overall", "overall", WORDINGS["overall"]), named, gold)
            if others:
                false = drafter.pick(others, named.report.document, "false")
                ask = Ask("false_premise", "overall", WORDINGS["false_premise"], {"grade": false})
                yield drafter.propose(ask, named, _grade_gold(named, judgement, "overall"))
        elif names := WORDS["areas"].get(judgement.area):
            area = drafter.pick(names, named.report.document, judgement.area)
            gold = _grade_gold(named, judgement, f"for {area}")
            yield drafter.propose(Ask("area", judgement.area, WORDINGS["area"], {"area": area}), named, gold)
            if others:
                slots = {"area": area, "grade": drafter.pick(others, named.report.document, judgement.area)}
                yield drafter.propose(Ask("false_premise", judgement.area, WORDINGS["false_area"], slots), named, gold)
    yield from _earlier(drafter, named)


def _other_grades(judgement: Judgement, given: set[str]) -> tuple[str, ...]:
    """The grades of the same scale that no report held gives this council for this area."""
    scale = OLD_GRADES if judgement.grade in {"adequate", "satisfactory"} else GRADES
    return tuple(grade for grade in scale if grade not in given and grade != judgement.grade)


def _grade_gold(named: Named, judgement: Judgement, of: str, others: Sequence[str] = ()) -> Gold:
    forms = forms_of(judgement.grade)
    return Gold(
        answer_contains=(forms,),
        quote=judgement.quote,
        quote_contains=forms,
        reference_answer=f"{named.authority} was judged {judgement.grade} {of} in {named.name}.",
        page=judgement.page,
        answer_excludes=tuple(f"{verb} {grade} overall" for grade in others for verb in ("judged", "rated", "was")),
    )


def _earlier(drafter: Drafter, named: Named) -> Iterator[Proposal]:
    """Grades that the report only recalls, where it says of when and recalls one alone for that time and area."""
    recalled: defaultdict[tuple[str, str], list[Judgement]] = defaultdict(list)
    for judgement in named.report.judgements:
        day = EARLIER.search(judgement.of)
        if judgement.of != THIS and day and judgement.area in WORDS["areas"]:
            recalled[judgement.area, day[0]].append(judgement)
    for (area, said), rows in recalled.items():
        if len({row.grade for row in rows}) != 1:
            continue
        spoken = drafter.pick(WORDS["areas"][area], named.report.document, area)
        gold = _grade_gold(named, rows[0], f"for {spoken} in {said}, as recalled")
        ask = Ask("trend", "earlier", WORDINGS["earlier"], {"area": spoken, "earlier": said})
        yield drafter.propose(ask, named, gold)


def _figures(drafter: Drafter, named: Named) -> Iterator[Proposal]:
    alike: defaultdict[tuple[str, str, date | None], list[Figure]] = defaultdict(list)
    for figure in named.report.figures:
        alike[figure.subject, figure.unit, figure.as_at].append(figure)
    for (subject, unit, day), rows in alike.items():
        wordings = WORDS["figures"].get(unit, {}).get(subject)
        undated_among_dated = day is None and any(key[:2] == (subject, unit) and key[2] for key in alike)
        if not wordings or undated_among_dated or len({row.value for row in rows}) != 1:
            continue
        forms = _forms_of_number(rows[0])
        if float(rows[0].value) < SMALLEST or not has_any(plain(rows[0].quote), forms):
            continue
        time = f"at {day_in_words(day)}" if day else f"according to {named.name}"
        gold = Gold((forms,), rows[0].quote, forms, f"{forms[0]}: “{rows[0].quote}”", rows[0].page)
        yield drafter.propose(Ask("number", subject, wordings, {"time": time}), named, gold)


def _forms_of_number(figure: Figure) -> tuple[str, ...]:
    """A figure as it may be written: with and without the thousands comma, or as the quote prints it."""
    value = figure.value
    grouped = f"{int(value):,}" if value.isdigit() else value
    printed = [found[0] for found in re.finditer(NUMBER, figure.quote, re.IGNORECASE) if _value_of(found[0]) == value]
    return tuple(dict.fromkeys((grouped, value, *printed)))


def _value_of(printed: str) -> str | None:
    return number_value(printed) or (in_digits(printed) if printed.isalpha() else printed.replace(",", ""))


def _statements(drafter: Drafter, named: Named) -> Iterator[Proposal]:
    for statement in named.report.statements:
        if statement.subject in LEADERS and (surname := _surname(statement.value)):
            gold = Gold(((surname,),), statement.quote, (surname,), f"{statement.value}.", statement.page)
            yield drafter.propose(Ask("person", statement.subject, WORDINGS["lead_inspector"]), named, gold)
        elif offices := WORDS["offices"].get(statement.subject):
            since = (statement.value,)
            gold = Gold((since,), statement.quote, since, f"Since {statement.value}.", statement.page)
            office = drafter.pick(offices, named.report.document)
            yield drafter.propose(Ask("person", statement.subject, WORDINGS["since"], {"office": office}), named, gold)
        elif statement.subject == "inspection dates":
            yield from _inspected(drafter, named, statement)
        elif statement.subject == "publication date" and (day := named.report.published):
            if month_of(day) in named.name:
                continue
            groups = ((str(day.day),), (month_of(day),))
            gold = Gold(groups, statement.quote, (statement.value,), f"On {day_in_words(day)}.", statement.page)
            yield drafter.propose(Ask("date", "published", WORDINGS["published"]), named, gold)


def _surname(name: str) -> str | None:
    """The last word of a name that is no title behind it ("HMI"), None where it is not one name."""
    words = [word for word in name.replace(",", " ").split() if not INITIALS.fullmatch(word)]
    return words[-1] if len(words) > 1 and " and " not in name else None


def _inspected(drafter: Drafter, named: Named, statement: Statement) -> Iterator[Proposal]:
    first, last = named.report.inspection_start, named.report.inspection_end
    if not first or not last:
        return
    days = (str(first.day), month_of(first), str(last.day), month_of(last), str(last.year))
    gold = Gold(
        answer_contains=tuple((part,) for part in dict.fromkeys(days)),
        quote=statement.quote,
        quote_contains=(statement.value,),
        reference_answer=f"From {day_in_words(first)} to {day_in_words(last)}.",
        page=statement.page,
    )
    wordings = WORDINGS["inspected" if named.report.kind in PLAIN_KINDS else "visited"]
    yield drafter.propose(Ask("date", "inspected", wordings), named, gold)


def _trends(drafter: Drafter, named: Sequence[Named]) -> Iterator[Proposal]:
    """How the overall grade of a council went, where several of its reports give one, in the order of time."""
    graded: defaultdict[str, list[tuple[Named, Judgement]]] = defaultdict(list)
    for each in sorted(named, key=lambda each: (each.report.date or date.min, each.report.document)):
        overall = [row for row in each.report.judgements if row.of == THIS and row.area == "overall"]
        graded[each.authority] += [(each, row) for row in overall[:1]]
    for authority, rows in graded.items():
        if len(rows) < 2:
            continue
        told = "; ".join(f"{each.year}: {row.grade}" for each, row in rows)
        groups = dict.fromkeys([*(forms_of(row.grade) for _, row in rows), *((str(each.year),) for each, _ in rows)])
        first, judgement = rows[0]
        gold = Gold(tuple(groups), judgement.quote, (), f"{authority}: {told}.", judgement.page)
        drafted = drafter.propose(Ask("trend", "overall", WORDINGS["trend"]), first, gold)
        yield drafted.with_documents(tuple(each.report.document for each, _ in rows))
