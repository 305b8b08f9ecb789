"""The steps from a question to its evidence, in the order in which they are taken.

Each step is a function of the inquiry so far; a step that finds that there is no answer sets `refusal`,
and no further step is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from index.records import Grade
from index.retrieval.ask import Ask
from index.retrieval.asked import Asked, take_apart
from index.retrieval.candidates import Candidate
from index.retrieval.recommended import find as find_recommended
from index.retrieval.scope import NOT_HELD, Scope, describe_held, resolve
from index.search import Index
from rag import recommended, wording
from rag.absent import is_absent
from rag.answer import Evidence, Outcome
from rag.choosing import FACTS, answers, groups, is_of_now, later_silent, of_newest, of_period
from rag.compose import list_sentence
from rag.evidence import choose, near_best
from rag.inquiry import Inquiry
from rag.known import HOLDINGS, earlier_judgement
from rag.lookup import GRADED, is_wanted, look_up, with_gap
from rag.premise import correction
from rag.retrieve import PassageRetriever
from rag.screen import screen
from rag.sections import as_evidence, find_section, on_topic
from rag.settings import Settings
from rag.stated import addressees, stated_for
from rag.survey_answer import surveyed
from rag.unsaid import miss_sums

QUOTES, QUOTES_A_REPORT, NEAREST = 6, 3, 3
# What each of several reports that are compared may say, in tokens, however many they are: of some three sentences.
TOKENS_A_REPORT = 140
OFF_TOPIC = 0.4
QUOTE_FLOOR = 0.6
# A sentence so close answers even where a term of the question stands nowhere in the reports: of 806 questions two more
# were answered rightly by it, and of 113 without an answer none more was answered.
SURE = 0.55

Step = Callable[[Inquiry, Index, Settings], Inquiry]


def screen_question(inquiry: Inquiry, index: Index, settings: Settings) -> Inquiry:
    """Turn away what is no question about a report."""
    return replace(inquiry, refusal=screen(inquiry.question, settings.question_characters, index.is_word))


def understand_question(inquiry: Inquiry, index: Index, settings: Settings) -> Inquiry:
    """Find out what is asked, of which authority and of when; ask for more where nothing is."""
    taken = take_apart(inquiry.question, index)
    asked = taken.understanding
    inquiry = replace(inquiry, understanding=asked, concepts=taken.concepts)
    if asked.unknown_place:
        gap = NOT_HELD.format(name=asked.unknown_place)
        return replace(inquiry, refusal=(Outcome.NOT_IN_REPORTS, f"{gap} {describe_held(index.sources)}"))
    holdings = bool(HOLDINGS.search(inquiry.question))
    if holdings or not (inquiry.concepts or asked.authorities or asked.years or asked.kinds or asked.ask is Ask.GRADE):
        message = wording.ASK_SOMETHING.format(held=describe_held(index.sources))
        return replace(inquiry, refusal=(Outcome.OUT_OF_SCOPE, message))
    return inquiry


def survey_register(inquiry: Inquiry, index: Index, settings: Settings) -> Inquiry:
    """Count, list, rank and compare across authorities by the register alone, when that is what is asked."""
    found = surveyed(inquiry.asked, index, datetime.now(tz=UTC).date())
    if isinstance(found, str):
        return replace(inquiry, refusal=(Outcome.NOT_IN_REPORTS, found))
    return replace(inquiry, surveyed=found)


def find_reports(inquiry: Inquiry, index: Index, settings: Settings) -> Inquiry:
    """Find the reports that the question may be answered from; refuse when none is held."""
    scope = resolve(inquiry.asked, index.sources)
    if earlier := earlier_judgement(inquiry.asked, index):
        evidence = tuple(replace(item, token=str(number)) for number, item in enumerate(earlier, start=1))
        return replace(inquiry, scope=replace(scope, sources=(earlier[0].source,)), evidence=evidence, recalled=True)
    if scope.sources:
        return replace(inquiry, scope=scope)
    held = describe_held(index.sources, inquiry.asked.authorities)
    return replace(inquiry, scope=scope, refusal=(Outcome.NOT_IN_REPORTS, " ".join([*scope.gaps, held])))


def check_premises(inquiry: Inquiry, index: Index, settings: Settings) -> Inquiry:
    """Put right first what the question takes for granted and the register contradicts."""
    found = None if inquiry.recalled else correction(inquiry.asked, inquiry.scope, index)
    return replace(inquiry, corrected=found.sentence, evidence=(found.evidence,)) if found else inquiry


def look_up_grades(inquiry: Inquiry, index: Index, settings: Settings) -> Inquiry:
    """Take grades from the register; refuse when a grade is asked for and the reports in scope give none."""
    asked = inquiry.asked
    if inquiry.recalled:
        return inquiry
    known = [words for concept in inquiry.concepts for words in concept.alternatives[:1] if _known(words, index)]
    about_grade = all(words <= GRADED for words in known)
    if not is_wanted(asked) or not (asked.ask is Ask.GRADE or about_grade):
        return inquiry
    lookups = look_up(asked, inquiry.scope, index.grades)
    if any(lookup.rows for lookup in lookups):
        return replace(inquiry, lookups=lookups, scope=with_gap(asked, inquiry.scope, index.frequency))
    if asked.ask is not Ask.GRADE:
        return inquiry
    said = [wording.no_grade(source, lookups[0].area) for source in inquiry.scope.sources]
    said += [f"The newest held: {wording.graded(row)}" for row in lookups[0].elsewhere]
    return replace(inquiry, lookups=lookups, refusal=(Outcome.NOT_IN_REPORTS, " ".join(said)))


def look_up_statements(inquiry: Inquiry, index: Index, settings: Settings) -> Inquiry:
    """Take dates, inspectors and offices from the register; refuse when the reports in scope state none."""
    found = stated_for(inquiry.asked, inquiry.scope, (*index.statements, *addressees(index.officers)))
    if found is None or inquiry.lookups or inquiry.recalled:
        return inquiry
    if found:
        return replace(inquiry, stated=found)
    asked_of = wording.asked_of(inquiry.scope.sources, inquiry.asked.authorities)
    message = f"{wording.NOT_IN_REPORTS.rstrip('.')} {asked_of}."
    return replace(inquiry, refusal=(Outcome.NOT_IN_REPORTS, message))


def find_printed_list(inquiry: Inquiry, index: Index, settings: Settings) -> Inquiry:
    """Take a list as the report prints it, when one is asked for; of recommendations, those on the topic."""
    asked = inquiry.asked
    first = register_tokens(inquiry) + 1
    if not (inquiry.recalled or inquiry.stated or inquiry.lookups):
        found = find_recommended(asked, inquiry.concepts, inquiry.scope, index.recommendations, index.similarity)
        if found:
            head, evidence = recommended.as_sentences(found, first)
            return replace(inquiry, listed=head, evidence=evidence)
    wants_list = asked.ask is Ask.LIST and not asked.across
    if inquiry.recalled or inquiry.stated or not (wants_list or (asked.why and inquiry.lookups)):
        return inquiry
    if inquiry.lookups and not asked.why:
        return inquiry
    # Why a grade was given says the report that gave it, and no older one.
    sources = tuple(dict.fromkeys(row.source for row in _rows(inquiry))) or inquiry.scope.sources
    section = find_section(inquiry.question, sources, index.passages, index.frequency)
    if section is None or (wants_list and not on_topic(section, inquiry.concepts)):
        return inquiry
    return replace(inquiry, listed=list_sentence(section), evidence=as_evidence(section, first))


def retrieve(inquiry: Inquiry, index: Index, settings: Settings) -> Inquiry:
    """Find passages in the reports in scope and rank their sentences; each report by itself when they are compared."""
    asked = inquiry.asked
    if (
        inquiry.recalled
        or inquiry.stated
        or inquiry.listed
        or (inquiry.lookups and asked.ask is Ask.GRADE and not asked.why)
    ):
        return inquiry
    sources = of_newest(asked, inquiry.scope.sources)
    if asked.change and not inquiry.concepts and len(sources) > 1:
        # The oldest tells what became of things before it.
        sources = sources[1:]
    documents = tuple(source.document for source in sources)
    apart = asked.across or is_of_now(asked)
    ranked: list[Candidate] = []
    for group in [(document,) for document in reversed(documents)] if apart else [documents]:
        retriever = PassageRetriever(index=index, count=settings.passages, documents=group)
        ranked += retriever.sentences(inquiry.question, Asked(asked, inquiry.concepts))
        if not asked.across and any(answers(item, inquiry) for item in ranked):
            # Of now the newest report speaks that says anything.
            break
    ranked.sort(key=lambda item: -item.score)
    return replace(inquiry, ranked=of_period(ranked, inquiry.scope.periods))


def choose_evidence(inquiry: Inquiry, index: Index, settings: Settings) -> Inquiry:
    """Take the few sentences that answer; refuse when none comes near enough."""
    asked = inquiry.asked
    if inquiry.recalled or inquiry.stated or inquiry.listed or (inquiry.lookups and not inquiry.ranked):
        return inquiry
    if _is_off_topic(inquiry, index):
        return replace(inquiry, refusal=(Outcome.OUT_OF_SCOPE, wording.OUT_OF_SCOPE))
    absent = is_absent(inquiry.question, inquiry.concepts, [index.passages(each) for each in inquiry.scope.documents])
    answering = [item for item in inquiry.ranked if answers(item, inquiry) and (not absent or item.closeness >= SURE)]
    if not answering and not inquiry.lookups:
        return _refused(inquiry)
    fact = asked.ask in FACTS
    chosen_from = groups(inquiry, answering)
    if fact:
        # A figure of something else beside the one that is asked for does harm.
        chosen_from = [tuple(item for item in group if item in answering) for group in chosen_from]
    if fact or len(chosen_from) == 1:
        # Of reports that are compared each has few sentences, and none to spare.
        chosen_from = [near_best(group, needs_fit=fact) for group in chosen_from]
    allowed = settings.evidence_tokens
    if len(chosen_from) > 1:
        allowed = max(allowed // len(chosen_from), TOKENS_A_REPORT)
    most = QUOTES if len(chosen_from) == 1 else QUOTES_A_REPORT
    chosen = [
        item
        for group in chosen_from
        for item in choose(
            group,
            inquiry.concepts,
            most=most,
            tokens_allowed=allowed,
            needs_fit=fact,
            floor=QUOTE_FLOOR,
        )
    ]
    offset = register_tokens(inquiry)
    numbered = tuple(replace(item, token=str(offset + number)) for number, item in enumerate(chosen, start=1))
    return replace(inquiry, evidence=numbered, scope=_with_silent_sides(inquiry, numbered))


STEPS: tuple[Step, ...] = (
    screen_question,
    understand_question,
    survey_register,
    find_reports,
    check_premises,
    look_up_grades,
    look_up_statements,
    find_printed_list,
    miss_sums,
    retrieve,
    choose_evidence,
)


def _with_silent_sides(inquiry: Inquiry, evidence: tuple[Evidence, ...]) -> Scope:
    """The scope, with a gap for each authority in a comparison, or newer report, in which nothing was found."""
    names = inquiry.asked.authorities
    told = {item.source.authority for item in evidence} | {row.source.authority for row in _rows(inquiry)}
    held = {source.authority for source in inquiry.scope.sources}
    silent = [name for name in names if len(names) > 1 and name in held and name not in told]
    gaps = [wording.SILENT.format(name=name) for name in silent]
    if later := later_silent(inquiry, evidence):
        gaps.append(wording.later_silent(later))
    return replace(inquiry.scope, gaps=(*inquiry.scope.gaps, *gaps))


def _rows(inquiry: Inquiry) -> tuple[Grade, ...]:
    return tuple(row for lookup in inquiry.lookups for row in lookup.rows)


def register_tokens(inquiry: Inquiry) -> int:
    """How many tokens the register's judgements take, so that those of the quotes go on from there."""
    return len(_rows(inquiry)) + sum(1 for lookup in inquiry.lookups if lookup.named)


def _is_off_topic(inquiry: Inquiry, index: Index) -> bool:
    """Whether a question that names no authority and no year is in good part about what no report speaks of."""
    if inquiry.asked.authorities or inquiry.asked.years or not inquiry.concepts:
        return False
    unknown = [item for item in inquiry.concepts if not any(_known(words, index) for words in item.alternatives)]
    return sum(item.weight for item in unknown) >= OFF_TOPIC * sum(item.weight for item in inquiry.concepts)


def _refused(inquiry: Inquiry) -> Inquiry:
    asked = inquiry.asked
    nearest = choose(inquiry.ranked, inquiry.concepts, most=NEAREST, tokens_allowed=120, needs_fit=False, floor=0.6)
    asked_of = wording.asked_of(inquiry.scope.sources, asked.authorities)
    message = " ".join([f"{wording.NOT_IN_REPORTS.rstrip('.')} {asked_of}".strip() + ".", *inquiry.scope.gaps])
    return replace(inquiry, evidence=nearest, refusal=(Outcome.NOT_IN_REPORTS, message))


def _known(words: frozenset[str], index: Index) -> bool:
    return all(index.frequency(stem) > 0 for stem in words)
