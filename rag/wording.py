"""Every sentence the service itself says to a reader, in one place."""

from __future__ import annotations

from datetime import date

from corpus.report import ReportKind
from index.records import Grade, Source

EMPTY = "Please type a question, for example: What was the overall judgement in the latest inspection?"
TOO_LONG = "The question has {length:,} characters; the limit is {limit:,}. Please shorten it."
NOT_ENGLISH = "Questions can be read in English only, because the reports are in English. Please ask it in English."
NEEDS_A_PERSON = (
    "If you or a child may be in danger, call 999 now. Children and young people can talk to Childline at any time, "
    "free (0800 1111); adults who worry about a child to the NSPCC (0808 800 5000) or to the council's children's "
    "services. Coram Children's Legal Centre advises on children's law. This service can only say what inspection "
    "reports say; it cannot advise on your situation and knows nothing of any one child, family or case."
)
ASK_SOMETHING = "Please ask about something in the reports: an authority, a year, a topic. {held}"
OUT_OF_SCOPE = (
    "This service answers questions about the inspection reports it holds and nothing else. It takes no instructions "
    "from a question or a report."
)
NO_OPINION = (
    "This service has no opinions and makes no predictions; it says what inspection reports say of the time they were "
    "written. Ask what they found, judged or recommended."
)
NO_SUM = "The reports held name no sum of money for this"
NOT_IN_REPORTS = "No answer was found in the reports held."
NEAREST = "The nearest they come, which was not taken for an answer:"
FAILED = "Something went wrong while answering: {reason}"
NONE_SUCH = "None of the reports held gives the grade “{grade}” here. What they give:"
NO_OWN_GRADE = "The reports give no grade of its own for {topic}."
NOT_SENT = (
    "The question looks as if it held personal data, so it was not sent to the language model, which runs on another "
    "machine. This answer is the reports' own words alone."
)
MODEL_SILENT = "The language model did not answer ({reason}). This answer is the reports' own words alone."
SILENT = "Nothing on this was found in the reports on {name}."
OWN_WORDS = "In the report's words:"
SAID_BY_REPORTS = "The reports say:"
MORE = "More on this:"
SAYS_TOO = "It also says:"
SAME_GRADE = "By these grades none was judged better: {names} were given the same."
EXTREME_GRADE = "The {extreme} of these grades was given to {names}."
TO_IMPROVE = " (from its list of what to improve)"

AREA_PHRASES = {
    "overall": "overall",
    "help_protection": "for children who need help and protection",
    "in_care": "for children looked after",
    "adoption": "for adoption performance",
    "care_leavers": "for the experiences and progress of care leavers",
    "leaders": "for leadership, management and governance",
    "lscb": "for its Local Safeguarding Children Board",
    "quality_of_practice": "for the quality of practice",
    "quality_of_provision": "for the quality of provision",
    "outcomes": "for the outcomes of children looked after",
    "capacity_to_improve": "for its capacity to improve",
}
LABELS = {
    ReportKind.INSPECTION: "inspection",
    ReportKind.FOCUSED_VISIT: "focused visit",
    ReportKind.MONITORING_VISIT: "monitoring visit",
    ReportKind.UNANNOUNCED_INSPECTION: "unannounced inspection",
    ReportKind.JOINT_INSPECTION: "joint inspection",
    ReportKind.NEWS: "news item on the inspection",
    ReportKind.OTHER: "report",
}


def day(value: date) -> str:
    """A date as people write it: 5 June 2015."""
    return f"{value.day} {value:%B %Y}"


def listed(names: list[str]) -> str:
    """Names as people list them: "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def days(start: date | None, end: date | None) -> str:
    """A span of days: 27 January to 19 February 2015, 1 and 2 March 2011; empty when not known."""
    if not end:
        return ""
    if not start or start == end:
        return day(end)
    if (start.year, start.month) == (end.year, end.month):
        joint = "and" if (end - start).days == 1 else "to"
        return f"{start.day} {joint} {day(end)}"
    return f"{start.day} {start:%B} to {day(end)}" if start.year == end.year else f"{day(start)} to {day(end)}"


def label(source: Source) -> str:
    """A report by name and dates: "Newtown inspection of 3 to 14 May 2021, published 2 July 2021"."""
    named = f"{source.authority or source.title} {LABELS[source.kind]}"
    inspected = days(source.inspection_start, source.inspection_end)
    if not inspected and not source.published and source.year:
        return f"{named} of {source.year}"
    named += f" of {inspected}" if inspected else ""
    return named + (f", published {day(source.published)}" if source.published else "")


def says(source: Source) -> str:
    """The opening of a quote that leads an answer: whose words they are, and of when."""
    return f"The {label(source)}{',' if source.published else ''} says:"


def graded(row: Grade) -> str:
    """A judgement as a sentence, without its token: who was judged what, for what, when."""
    source = row.source
    name = source.authority or "The authority"
    printed = row.printed[:1].lower() + row.printed[1:]
    verb = "was judged"
    printed = row.grade if printed.startswith(("requiring", "require ", "required")) else printed
    printed = f"“{printed}”" if printed.startswith("requires") else printed
    where = f"in the {label(source).removeprefix(name).strip()}"
    if source.kind is ReportKind.NEWS:
        where = f"in the {source.year} inspection, according to a news item about it"
    return f"{name} {verb} {printed} {AREA_PHRASES.get(row.area, row.area)} {where}."


def also_graded(row: Grade) -> str:
    """A further area of a report that was given the same grade, as a sentence, without its token."""
    return f"The same report gives “{row.grade}” {AREA_PHRASES.get(row.area, row.area)} too."


def no_grade(source: Source, area: str) -> str:
    """A report that gives no grade, as a sentence."""
    phrase = "no overall grade" if area == "overall" else f"no grade {AREA_PHRASES.get(area, area)}"
    return f"The {label(source)}{',' if source.published else ''} gives {phrase}."


def asked_of(sources: tuple[Source, ...], authorities: tuple[str, ...]) -> str:
    """Where was looked, for a refusal: the one report in scope, or how many of whose."""
    if len(sources) == 1:
        return f"(looked in: {label(sources[0])})"
    whose = f" on {', '.join(authorities)}" if authorities else ""
    return f"(looked in {len(sources)} reports{whose})"


def later_silent(sources: tuple[Source, ...]) -> str:
    """That newer reports than the one spoken from were looked through too."""
    years = ", ".join(dict.fromkeys(str(source.year) for source in sources if source.year))
    many = "reports" if len(sources) > 1 else "report"
    return f"Nothing on this was found in the later {many} on {sources[0].authority} ({years})."
