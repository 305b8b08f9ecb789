"""What a question asks: of which authority, of when, about which area, and for what sort of answer.

No model is needed: names come from the list of authorities, the rest from the wording. The result is
part of the answer's record, so that a reader can see how the question was taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.authorities import find_mentions
from corpus.identity import MONTHS
from corpus.report import ReportKind
from index.retrieval.ask import Ask, ask_of
from index.retrieval.asker import without_asker
from index.retrieval.change import Change, change_asked
from index.retrieval.grade_words import IS_GRADE, NAMED_GRADE, compares_grades, premise_of
from index.retrieval.times import AFTER, LATEST, YEAR, Time, times_apart, years_of


@dataclass(frozen=True)
class Understanding:
    """How a question was taken.

    `years` are report years that it names, `months` those with a month (year, month); `periods` other
    years in it, which an answer must show in its evidence. `premise` is a grade that the question takes
    for granted. `later_than` is a year after which something is asked for. `percent` says that a share is
    wanted, `across` that each report in scope is to be set beside the others, `change` that what became of
    things is asked, and which way they went, `newest_report` that what the newest report says is. `compared` says
    that authorities are to be compared by nothing but their grades; `apart` is the time of each of several
    authorities, where each has its own.
    """

    question: str
    ask: Ask
    authorities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    years_are_reports: bool = False
    months: tuple[tuple[int, int], ...] = ()
    periods: tuple[str, ...] = ()
    kinds: tuple[ReportKind, ...] = ()
    areas: tuple[str, ...] = ()
    premise: str | None = None
    percent: bool = False
    across: bool = False
    latest: bool = False
    newest_report: bool = False
    unknown_place: str | None = None
    why: bool = False
    later_than: int | None = None
    change: Change | None = None
    compared: bool = False
    apart: tuple[tuple[str, Time], ...] = ()


# Areas in the words that people use; the first that fits takes the words, so the narrow come first.
AREAS: tuple[tuple[str, str], ...] = (
    ("lscb", r"\blscb\b|\bwscb\b|safeguarding (?:children )?board"),
    ("adoption", r"\badoptions?\b"),
    ("care_leavers", r"\bcare[- ]leavers?\b|\bleaving care\b"),
    (
        "in_care",
        # Not "looked after properly", said of staff.
        (
            r"looked[- ]after(?! (?:properly|well|badly|okay|ok|right|poorly|better)\b)"
            r"|\b(?:child(?:ren)?|kids|young people)\b.{0,25}\blooked[- ]after|\bin care\b|\blac\b|\bcla\b"
            r"|achieving permanence"
        ),
    ),
    ("leaders", r"leadership|\bimpact of leaders\b|\bleaders\b|\bmanagement and governance\b"),
    ("help_protection", r"help and protection|need(?:ing|s)? help|\bhelp & protection\b"),
)
# "visit" alone is not a kind: people also say it of a full inspection.
KINDS: tuple[tuple[str, tuple[ReportKind, ...]], ...] = (
    (r"focused visit", (ReportKind.FOCUSED_VISIT,)),
    (r"monitoring visit", (ReportKind.MONITORING_VISIT,)),
    (
        r"unannounced|without (?:any )?(?:prior )?(?:warning|notice)|no[- ]notice|\bsurprise (?:inspection|visit)",
        (ReportKind.UNANNOUNCED_INSPECTION,),
    ),
    (r"joint (?:targeted )?(?:area )?inspection|\bjtai\b", (ReportKind.JOINT_INSPECTION,)),
    (
        r"\bletter\b(?! before)",
        (ReportKind.UNANNOUNCED_INSPECTION, ReportKind.FOCUSED_VISIT, ReportKind.MONITORING_VISIT),
    ),
    (r"\bnews\b|\barticle\b", (ReportKind.NEWS,)),
)
KIND_AS_TIME = re.compile(
    r"\b(?:since|after|following|before|than)\b[^,.?]{0,40}?\b(?:focused|monitoring) visit",
    re.IGNORECASE,
)
# "Did it improve after 2017?", with nothing else to improve named: the grades are meant.
IMPROVED = re.compile(
    r"\bimprov(?:e|ed|ing|ement)\b|\bg[eo]t(?:ten)? (?:any )?(?:better|worse)\b|\bdeclined?\b|\bdeteriorat\w+",
    re.IGNORECASE,
)
MONTH_YEAR = re.compile(rf"\b({'|'.join(MONTHS)})\s+({YEAR})\b", re.IGNORECASE)
REPORT_WORD = (
    r"(?:inspections?|reports?|letters?|visits?|ofsted|ilacs|judge?ments?|ratings?|grades?|graded|rated|judged"
    r"|review)"
)
YEAR_OF_REPORT = re.compile(
    rf"\b{YEAR}\b['’s]*\s+(?:\w+\s+){{0,3}}{REPORT_WORD}\b|\b{REPORT_WORD}\b(?:\W+\w+){{0,6}}?\W+{YEAR}\b",
    re.IGNORECASE,
)
PERCENT = re.compile(r"%|per ?cent|proportion|what share|\bshare of\b", re.IGNORECASE)
COMPARISON = re.compile(
    r"\bcompare[ds]?\b|\bcomparison\b|\bvs?\b|\bversus\b|\bdiffer|\bthan (?:in )?(?-i:[A-Z])|\bbetter\b.*\bor\b"
    r"|\bboth\b",
    re.IGNORECASE,
)
CHANGE = re.compile(
    # Not "changes of social worker".
    r"\bchang(?:e|ed|es|ing)\b(?! of\b)|over time|\bever\b|over the years|\btrend\b|\bhistory\b|\bany improvement\b"
    r"|between .*\d{4} and|\bsince\b.*\d{4}"
    r"|\bby \d{4}\b|\bprogress\b.*\bsince\b|\bfrom \d{4} to\b",
    re.IGNORECASE,
)
QUOTE_MARKS = re.compile(r"[\"“”]|(?<!\w)['‘’]|['‘’](?!\w)")
TAG_ENDING = re.compile(
    r"[,\s]+(?:right|yes or no|correct|true or false|is that (?:right|so|true|correct))\W*$", re.IGNORECASE
)
# "Sandwich council": a place that is meant as an authority, whatever it is.
COUNCIL = re.compile(
    r"\b(?!(?:The|Which|What|Was|Were|Is|Are|Did|Does|How|Has|Have|A|Any|And|In) )"
    r"(?!(?:City|County|Borough|London|English|Northern|Southern) )"
    r"([A-Z][a-z]+(?: [A-Z][a-z]+)?) (?:[Cc]ouncil|[Bb]orough|[Cc]ounty [Cc]ouncil|[Cc]ity [Cc]ouncil)\b"
)
NEWEST_REPORT = re.compile(
    r"\b(?:latest|newest|most recent)\b(?:(?! (?:of|on|in|from)\b) [\w’'&-]+){0,6}"
    r" (?:report|inspection|letter|visit)s?\b",
    re.IGNORECASE,
)


def understand(question: str, is_known: Callable[[str], bool] = lambda _: False) -> Understanding:
    """Take a question apart by its wording; a word that is known to the reports is no misspelt authority."""
    asked = question
    question = TAG_ENDING.sub("", QUOTE_MARKS.sub("", question))
    mentions = [
        mention
        for mention in find_mentions(question)
        if mention.exact or not is_known(question[mention.start : mention.end])
    ]
    authorities = tuple(dict.fromkeys(mention.authority for mention in mentions))
    years, periods = years_of(question, [question[mention.end :] for mention in mentions])
    areas = tuple(area for area, pattern in AREAS if re.search(pattern, question, re.IGNORECASE))
    why = bool(
        re.search(
            r"\bwhy\b|\breasons?\b|\bhow come\b|\bexplain\b|\bwhat (?:caused|led to|was behind|drove|knocked)\b"
            r"|\bto blame\b|\bfactors?\b",
            question,
            re.IGNORECASE,
        )
    )
    nameless = question
    for mention in reversed(mentions):
        nameless = f"{nameless[: mention.start]} {nameless[mention.end :]}"
    compared = (
        len(authorities) > 1
        and not IMPROVED.search(nameless)
        and compares_grades(_without_areas(nameless), of_area=bool(areas))
    )
    ask = Ask.GRADE if compared or IS_GRADE.match(nameless) else ask_of(without_asker(question), why)
    if ask is Ask.NAME and not mentions:
        # "Which councils …" of no authority is asked of them all.
        ask = Ask.FINDING
    premise = premise_of(question) if why or ask is Ask.GRADE or NAMED_GRADE.search(question) else None
    return Understanding(
        question=asked,
        ask=ask,
        authorities=authorities,
        years=years,
        years_are_reports=bool(YEAR_OF_REPORT.search(question)) or ask is Ask.GRADE,
        months=tuple((int(match[2]), MONTHS[match[1].lower()]) for match in MONTH_YEAR.finditer(question)),
        periods=periods,
        kinds=_kinds(question),
        areas=areas,
        premise=premise,
        percent=bool(PERCENT.search(question)),
        across=_is_across(question, authorities, years),
        latest=bool(LATEST.search(question)),
        newest_report=bool(NEWEST_REPORT.search(question)),
        unknown_place=None if authorities else _unknown_place(question),
        why=why,
        later_than=int(found[1]) if (found := AFTER.search(question)) else None,
        change=change_asked(nameless) if ask is Ask.FINDING and len(authorities) <= 1 else None,
        compared=compared,
        apart=times_apart(question, mentions),
    )


def _without_areas(text: str) -> str:
    months = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
    for _, pattern in AREAS:
        text = re.sub(pattern, " ", text, flags=re.IGNORECASE)
    return months.sub(" ", text)


def _unknown_place(question: str) -> str | None:
    found = COUNCIL.search(question)
    return found[1] if found else None


def _kinds(question: str) -> tuple[ReportKind, ...]:
    # "After the focused visit" says when, and not in which report.
    question = KIND_AS_TIME.sub(" ", question)
    for pattern, kinds in KINDS:
        if re.search(pattern, question, re.IGNORECASE):
            return kinds
    return ()


def _is_across(question: str, authorities: tuple[str, ...], years: tuple[int, ...]) -> bool:
    if len(authorities) > 1:
        return True
    return bool(authorities) and (
        len(years) > 1 or bool(CHANGE.search(question)) or (len(years) > 0 and bool(COMPARISON.search(question)))
    )
