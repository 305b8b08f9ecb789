"""What a survey found, in sentences: the number first, then a line for each authority, then what was counted."""

from __future__ import annotations

from collections import Counter

from index.records import Grade, Source
from rag import wording
from rag.answer import Evidence, Sentence
from rag.survey import RANK, Form, Survey
from rag.survey_rows import Line, Surveyed

# More silent reports than this are counted and not named.
NAMED = 6


def as_sentences(found: Surveyed) -> tuple[tuple[Sentence, ...], tuple[Evidence, ...]]:
    """The sentences, headline first and coverage last, and the judgements they stand on as evidence."""
    evidence: list[Evidence] = []
    lines: list[Sentence] = []
    for line in () if found.survey.form is Form.BREAKDOWN else found.lines:
        tokens = []
        for row in line.rows:
            tokens.append(str(len(evidence) + 1))
            evidence.append(Evidence(tokens[-1], row.source, row.quote, row.quote, page=row.page))
        lines.append(Sentence(_line(line), tuple(tokens), "register", verified=True))
    head = Sentence(_headline(found), (), "register", verified=True)
    coverage = Sentence(_coverage(found), (), "register", verified=True)
    return (head, *lines, coverage), tuple(evidence)


def as_text(sentences: tuple[Sentence, ...]) -> str:
    """Headline, a bullet for each line with its tokens, and the coverage below."""
    head, *lines, coverage = sentences
    bullets = "\n".join(f"- {item.text} {''.join(f'[{token}]' for token in item.tokens)}" for item in lines)
    return "\n\n".join(part for part in (head.text, bullets, coverage.text) if part)


def _headline(found: Surveyed) -> str:
    survey, count = found.survey, len(found.lines)
    where = _where(survey)
    if survey.form is Form.BREAKDOWN:
        given = Counter(row.grade for row in found.looked_at)
        order = sorted(given, key=lambda grade: (-RANK.get(grade, 0), grade))
        listed = ", ".join(f"{given[grade]} {grade}" for grade in order)
        return f"{_capital(where)}, the {len(found.looked_at)} judgements {_area(survey)} are: {listed or 'none'}."
    if survey.form is Form.CHANGE:
        return f"{_capital(_authorities(count))} {_change(survey)}{':' if count else '.'}"
    judged = _grade_words(survey, found)
    if survey.authorities:
        name, times = survey.authorities[0], _times(found.judgements)
        return f"{_capital(where)}, {name} was judged {judged} {_area(survey)} {times}{':' if found.lines else '.'}"
    end = ":" if found.lines else "."
    if survey.form is Form.EXTREME:
        which = "lowest" if survey.direction < 0 else "highest"
        return f"{_capital(where)}, the {which} grade {_area(survey)} is {judged}, given to {_authorities(count)}{end}"
    if survey.form is Form.REPEATED:
        who = f"{_authorities(count)} {_were(count)} judged {judged}"
        return f"{_capital(where)}, {who} more than once {_area(survey)}{end}"
    share = ""
    if survey.form is Form.SHARE and found.looked_at:
        total = len({row.source.authority for row in found.looked_at})
        share = f" ({count} of {total}, {100 * count / total:.0f} %)"
    return f"{_capital(where)}, {_authorities(count)}{share} {_were(count)} judged {judged} {_area(survey)}{end}"


def _line(line: Line) -> str:
    if len({row.grade for row in line.rows}) > 1:
        return f"{line.authority}: " + ", then ".join(f"{row.grade} ({_when(row)})" for row in line.rows)
    return f"{line.authority}: {line.rows[0].grade} ({'; '.join(_when(row) for row in line.rows)})"


def _when(row: Grade) -> str:
    return wording.label(row.source).removeprefix(row.source.authority or "").strip()


def _coverage(found: Surveyed) -> str:
    survey = found.survey
    graded = {row.source.document for row in found.looked_at}
    authorities = {row.source.authority for row in found.looked_at}
    period = f" {survey.period.words}" if survey.period.words else ""
    read = f"Counted from {_reports(len(graded))}{period} on {_authorities(len(authorities))}"
    said = [f"{read}, as far as {'they are' if len(graded) != 1 else 'it is'} held here; others may exist."]
    if found.silent:
        named = "; ".join(wording.label(source) for source in found.silent[:NAMED])
        more = f" and {len(found.silent) - NAMED} more" if len(found.silent) > NAMED else ""
        gives = "gives" if len(found.silent) == 1 else "give"
        said.append(f"{_reports(len(found.silent))}{period} {gives} no such grade: {named}{more}.")
    if survey.latest:
        said.append("Of each authority only its newest report with grades is counted.")
    return " ".join(_capital(each) for each in said)


def nothing_held(survey: Survey, sources: tuple[Source, ...]) -> str:
    """A sentence for a survey of a period or area of which no judgement is held."""
    days = sorted(source.published for source in sources if source.published)
    span = f" The reports held were published from {wording.day(days[0])} to {wording.day(days[-1])}." if days else ""
    return (
        f"No report held{' ' + survey.period.words if survey.period.words else ''} gives a grade {_area(survey)}.{span}"
    )


def _where(survey: Survey) -> str:
    if survey.latest:
        return "going by the newest report held of each authority"
    return f"in the reports {survey.period.words}" if survey.period.words else "in all the reports held"


def _change(survey: Survey) -> str:
    when = f" in a report {survey.period.words}" if survey.period.words else " between two reports held"
    if survey.before and survey.grades:
        return f"went from {_either(survey.before)} to {_either(survey.grades)} {_area(survey)}{when}"
    was = f" from {_either(survey.before)}" if survey.before else ""
    return f"got a {'better' if survey.direction > 0 else 'worse'} grade than before {_area(survey)}{was}{when}"


def _grade_words(survey: Survey, found: Surveyed) -> str:
    if survey.form is Form.EXTREME:
        return _either(frozenset(row.grade for line in found.lines for row in line.rows))
    return _either(survey.grades)


def _either(grades: frozenset[str]) -> str:
    return " or ".join(f"“{grade}”" for grade in sorted(grades, key=lambda grade: (-RANK.get(grade, 0), grade)))


def _area(survey: Survey) -> str:
    return wording.AREA_PHRASES.get(survey.area, f"for {survey.area}")


def _authorities(count: int) -> str:
    return "no authority" if count == 0 else "1 authority" if count == 1 else f"{count} authorities"


def _reports(count: int) -> str:
    return "1 report" if count == 1 else f"{count} reports"


def _times(count: int) -> str:
    return {0: "not once", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _were(count: int) -> str:
    return "were" if count > 1 else "was"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
