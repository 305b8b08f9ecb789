"""The headline of a survey: how many, of what, where it was looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from rag import wording
from rag.survey import Form, Survey
from rag.survey_rows import Surveyed
from rag.survey_words import RANK


def headline(found: Surveyed) -> str:
    """The sentence that answers a survey, ended by a colon where a list follows; not capitalised."""
    write = {
        Form.BREAKDOWN: _breakdown,
        Form.CHANGE: _change,
        Form.EXTREME: _extreme,
        Form.SHARE: _share,
        Form.NEVER: _never,
        Form.REPEATED: _repeated,
        Form.FIRST: _first,
    }.get(found.survey.form, _count)
    return write(found) + (":" if found.lines else ".")


def counted(count: int, survey: Survey) -> str:
    """A number of authorities with their group: "12 authorities", "1 authority", "32 London boroughs"."""
    if survey.group and count > 1:
        return f"{count} {survey.group.words}"
    return authorities(count)


def authorities(count: int) -> str:
    """A number of authorities: "no authority", "1 authority", "12 authorities"."""
    return "no authority" if count == 0 else "1 authority" if count == 1 else f"{count} authorities"


def reports(count: int) -> str:
    """A number of inspection reports: "1 inspection report", "12 inspection reports"."""
    return "1 inspection report" if count == 1 else f"{count} inspection reports"


def several(found: Surveyed) -> int:
    """Of how many authorities at least two judgements were compared."""
    return sum(times > 1 for times in Counter(row.source.authority for row in found.looked_at).values())


def by_rank(grades: Collection[str]) -> list[str]:
    """Grades, the best first."""
    return sorted(grades, key=lambda grade: (-RANK.get(grade, 0), grade))


def grade_of(survey: Survey, article: str) -> str:
    """A grade of the survey's area: "no overall grade", "a grade for children looked after"."""
    if survey.area == "overall":
        return f"{article} overall grade"
    return f"{article} grade {_area(survey)}"


def _count(found: Surveyed) -> str:
    survey, count = found.survey, len(found.lines)
    judged = f"judged {_either(_met(found))} {_area(survey)}"
    if survey.authorities:
        return f"{_where(survey)}, {survey.authorities[0]} was {judged} {_times(found.judgements)}"
    if survey.of_reports:
        to = f", to {authorities(count)}" if count else ""
        return f"{_where(survey)}, {_either(_met(found))} was given {_area(survey)} {_times(found.judgements)}{to}"
    more = f", in {found.judgements} reports" if found.judgements > count else ""
    return f"{_where(survey)}, {authorities(count)} {_were(count)} {judged}{more}"


def _share(found: Surveyed) -> str:
    survey, judged = found.survey, f"judged {_either(_met(found))} {_area(found.survey)}"
    if survey.of_reports:
        count, total = found.judgements, len(found.looked_at)
        of = f"{count} of {total} grades {_area(survey)} ({_percent(count, total)})"
        return f"{_where(survey)}, {of} {_were(count)} {_either(_met(found))}"
    count, total = len(found.lines), found.looked_at_authorities
    return f"{_where(survey)}, {count} of {authorities(total)} ({_percent(count, total)}) {_were(count)} {judged}"


def _breakdown(found: Surveyed) -> str:
    given = Counter(row.grade for row in found.looked_at)
    listed = ", ".join(f"{given[grade]} {grade}" for grade in by_rank(given))
    total = len(found.looked_at)
    grades = "1 grade was" if total == 1 else f"{total} grades were"
    return f"{_where(found.survey)}, {grades} given {_area(found.survey)} ({listed})"


def _extreme(found: Surveyed) -> str:
    survey, count = found.survey, len(found.lines)
    which = "lowest" if survey.direction < 0 else "highest"
    grade = _either({row.grade for line in found.lines for row in line.rows})
    given = f"given to {authorities(count)}"
    return f"{_where(survey)}, the {which} grade {_area(survey)} {'is' if survey.latest else 'was'} {grade}, {given}"


def _repeated(found: Surveyed) -> str:
    survey, count = found.survey, len(found.lines)
    often = "more than once" if survey.least == 2 else f"at least {survey.least} times"
    judged = f"judged {_either(survey.grades)} {_area(survey)}"
    return f"{_where(survey)}, {authorities(count)} {_were(count)} {judged} {often}"


def _first(found: Surveyed) -> str:
    survey, end = found.survey, "first" if found.survey.direction < 0 else "latest"
    if not found.lines:
        return _count(found)
    name = " and ".join(line.authority for line in found.lines)
    return f"{_where(survey)}, the {end} to be judged {_either(survey.grades)} {_area(survey)} was {name}"


def _never(found: Surveyed) -> str:
    survey, count = found.survey, len(found.lines)
    if not count:
        return (
            f"{_where(survey)}, every authority with a grade {_area(survey)} was judged {_either(survey.grades)} once"
        )
    return (
        f"{_where(survey)}, {authorities(count)} {_were(count)} never judged {_either(survey.grades)} {_area(survey)}"
    )


def _change(found: Surveyed) -> str:
    survey, count = found.survey, len(found.lines)
    its = "its" if count < 2 else "their"
    left = f" from {_either(survey.before)}" if survey.before else ""
    reached = f" to {_either(survey.grades)}" if survey.grades else ""
    verb = {1: f"improved {its} grade", -1: f"went down in {its} grade", 0: f"changed {its} grade"}[survey.direction]
    if survey.before and survey.grades:
        verb = "went"
    elif survey.before and not survey.direction:
        verb, reached = "went", " to another grade"
    said = f"{authorities(count)} {verb}{left}{reached} {_area(survey)}{_when_changed(survey)}"
    direct = sum(len(line.rows) == 2 for line in found.lines)
    if count and not direct:
        said += " (with other grades between)"
    elif direct < count:
        said += f" ({direct} of them from one inspection to the next, {count - direct} with other grades between)"
    return said


def _when_changed(survey: Survey) -> str:
    was = f", the earlier grade in a report {survey.was.words}" if survey.was.words else ""
    now = f", the later grade in a report {survey.period.words}" if survey.period.words else ""
    newest = ", going by the newest report held of each" if survey.latest else ""
    return (
        f"{_narrowed(survey)}{was}{now}{newest}" if was or now or newest else f" in the reports held{_narrowed(survey)}"
    )


def _where(survey: Survey) -> str:
    if survey.latest:
        of = f"of the {survey.group.words}" if survey.group else "authority"
        framework = f" under {survey.framework.value}" if survey.framework else ""
        when = f" {survey.period.words}" if survey.period.words else " held"
        return f"going by the newest report{framework}{when} of each {of}"
    return (
        f"in {'the' if survey.period.words else 'all the'} reports {survey.period.words or 'held'}{_narrowed(survey)}"
    )


def _narrowed(survey: Survey) -> str:
    framework = f" under {survey.framework.value}" if survey.framework else ""
    return framework + (f" on {survey.group.words}" if survey.group else "")


def _either(grades: Collection[str]) -> str:
    *others, last = [f"“{grade}”" for grade in by_rank(grades)] or [""]
    return f"{', '.join(others)} or {last}" if others else last


def _met(found: Surveyed) -> frozenset[str]:
    """Of several grades that are looked for, those that were given at all, so that old frameworks' are not named."""
    return found.survey.grades & {row.grade for row in found.looked_at} or found.survey.grades


def _area(survey: Survey) -> str:
    return wording.AREA_PHRASES.get(survey.area, f"for {survey.area}").replace("for its ", "for the ")


def _times(count: int) -> str:
    return {0: "not once", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _percent(count: int, total: int) -> str:
    return f"{100 * count / total:.0f}%" if total else "0%"


def _were(count: int) -> str:
    return "were" if count > 1 else "was"
