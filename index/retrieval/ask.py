"""What sort of answer a question wants: a grade, a figure, a person, a name, a date, a list or a finding."""

from __future__ import annotations

import re
from enum import StrEnum

from index.retrieval.grade_words import EARLIER, asks_grade


class Ask(StrEnum):
    """The sort of answer that is wanted."""

    GRADE = "grade"
    FIGURE = "figure"
    PERSON = "person"
    NAME = "name"
    DATE = "date"
    LIST = "list"
    FINDING = "finding"


FIGURE = (
    r"how many|how much(?! (?:clout|say|sway|influence|power|notice|attention|support|help|choice|control"
    r"|of an?|difference|impact|trust|confidence|effort|thought|respect|care|better|worse|progress|use|good)\b)"
    r"|how big|how often|how long|number of|\bno\.? of\b|\bnumbers?\b|percentage|percent"
    r"|per cent|%|proportion"
    r"|\brates? per\b|what share|\bfigures?\b|\baverage\b|\bby how\b|\btotal\b|how old|what rate"
)
ASKS: tuple[tuple[Ask, str], ...] = (
    (
        Ask.LIST,
        (
            r"\b(?:tell|told|ask(?:ed)?|want(?:ed)?|order(?:ed)?)\b.{0,40}\bto (?:improve|change|fix|put right"
            r"|sort(?: out)?)\b"
            r"|\blist\b|\bset out\b|recommendations?\b|\brecs\b|areas? for (?:improvement|development)"
            r"|priority (?:and immediate )?actions?"
            r"|what (?:needs|need) to improve|what (?:must|should|does) .{3,40} improve|which (?:two|three|four|five"
            r"|six) |bullet points?"
            r"|\bstrengths\b|which strength|main reasons"
        ),
    ),
    (Ask.FIGURE, FIGURE),
    (
        Ask.PERSON,
        # Whose name is wanted: of an office, an inspection, a letter. Not the "who" of "young people who go missing",
        # and not that of "who helps them when they leave care?", which a service answers.
        (
            r"(?:^|[,.;:?]\s*|\band\s+|\bsay\s+|\bknow\s+)who(?:'s|s)?\b(?=.{0,60}?\b(?:headed|fronted|director"
            r"|dcs|chief|chair\w*"
            r"|head|lead\w*|led|member|inspect\w*|hmis?|sign\w*|wrote|author\w*|mayor|councillor|commissioner"
            r"|minister"
            r"|in charge|responsible|deputy|team|carried out|ran|runs|boss|went|came|visited|sent|addressed)\b)"
            r"|\bwho (?:led|signed|carried out|chaired|ran|runs)\b|^\W*who(?:'s|s| (?:is|was|were|are))?\W*$"
            r"|\bby whom\b|(?:^|[,.;:?]\s*)whom\b|which (?:hmi|inspectors?|councillor|person)|\bnames?\b|named\b"
        ),
    ),
    (
        Ask.DATE,
        # Not the "when" of "what happens when parents refuse" or "When a child is hurt, who looks?".
        (
            r"(?:^|[,.;:?]\s*|\band\s+)when\b(?!\s+(?:a|an|the|their|they|children|child|young|people|kids|parents"
            r"|families"
            # "When refugees came, how did they cope?"
            r"|[^?.,]{3,120},\s*(?:and\s+)?(?:what|how|who|which|why|where|do|does|did|is|are|was|were|has|have|can)\b"
            r"|do|does|should|must|would|might|can|could|workers|staff|someone|care|social|there|it)\b)"
            r"|\bsince when\b|\bwhen (?:was|were|did|is)\b"
            r"|\bdates?\b|(?:which"
            r"|what) (?:\w+ )?days?\b"
            r"|since what"
        ),
    ),
)
# An organisation as well as a person may run a service, and only of an organisation is it told why.
WHO_RUNS = re.compile(
    r"(?<!someone )(?<!somebody )(?<!anyone )(?<!person )(?<!people )"
    r"\bwho(?:['’]s| is| was)? (?:runs?|ran|running|took over|delivers?|provides?|supplie[sd]|supplies|sells?"
    r"|sold|makes|built)\b"
    r"|\b(?:which|what) (?:[a-z]+ ){0,2}?(?:company|companies|firms?|suppliers?|contractors?|consultanc(?:y|ies)"
    r"|charit(?:y|ies)|universit(?:y|ies)|banks?|vendors?|organisations?|councils?|consultants?)\b"
    # Where in an authority a thing is has a name.
    r"|\bin (?:which|what) (?:parts?|towns?|wards?|districts?|neighbourhoods?|villages?|localities)\b"
    r"|\bwho (?:is|was|are|were) .{3,40}\b(?:buying|getting|bought|hiring|paying)\b"
    r"|\bwho do(?:es)? .{3,40}\b(?:use|buy|pay)\b",
    re.IGNORECASE,
)
# "Which council did better?" asks what was found in each.
COMPARES = re.compile(
    r"\bwhich (?:\w+ )?(?:councils?|organisations?)\b.{0,60}\b(?:better|worse|stronger|weaker|best|worst|more|less"
    r"|fewer|most|least|ahead|behind|further|quicker|slower)\b",
    re.IGNORECASE,
)
# Where a second thing is asked: "… and how many are there?", "… and what help do they get?".
SECOND = re.compile(
    r"(?:,\s*(?:and\s+|but\s+)?|\band\s+|\bbut\s+|[?.;]\s+(?:and\s+)?)"
    r"(?=(?:by )?(?:what|how|why|who|which|where|do|does|did)\b"
    r"|(?:is|are|was|were|has|have|can) (?:they|there|the|it|its|their|any|enough|all|most|children|young|kids|parents"
    r"|families|carers?|staff|social|foster|plans?|caseloads?|that|this)\b)",
    re.IGNORECASE,
)
# "How many are there, and has that changed?" is one question.
OF_THE_SAME = re.compile(
    r"^\W*(?:is|was|were|are|has|have|did|does|how)\b.{0,12}\b(?:that|this|it|they|the (?:number|figure|rate))\b"
    r".{0,20}\b(?:chang\w+|gone|going|fall\w*|fell|ris\w+|rose|increas\w+|decreas\w+|drop\w*|more|less|fewer|better"
    r"|worse|up|down|normal|usual|high\w*|low\w*|compar\w+)\b",
    re.IGNORECASE,
)
# "Why did the number of adoptions fall?" asks for no number.
COUNTS = re.compile(
    r"\bhow (?:many|much|often|long|big|old)\b|\b(?:what|which) (?:share|number|proportion|per ?cent|rate)|\bby how\b",
    re.IGNORECASE,
)
# "Does anybody act on the figures?" and "How did they get by without the numbers?" ask for no figure.
OF_FIGURES = re.compile(r"\bnumbers?\b(?! of)|\bfigures?\b", re.IGNORECASE)
NOT_WHAT = re.compile(
    r"(?:^\W{0,5}|[.?!:;)]\s{1,3})(?:how|is|are|do|does|did|was|were|has|have|can|could)\b", re.IGNORECASE
)
WANTED = re.compile(
    r"\b(?:give|tell|show|have|has|got|get|find|need|want|know|there|any|what|which)\b(?: \w+){0,3}"
    r" (?:figures?|numbers?)\b",
    re.IGNORECASE,
)
ASKING = re.compile(
    r"\b(?:what|how|why|who|which|where)\b|^\W*(?:is|are|do|does|did|was|were|has|have|can)\b", re.IGNORECASE
)
OFFICE = re.compile(
    r"\b(?:director|dcs|chief exec\w*|chair\w*|head|lead(?:er)?|inspect\w*|mayor|boss)\b", re.IGNORECASE
)


def ask_of(question: str, why: bool) -> Ask:
    """The sort of answer that a question wants, by its wording; `why` says that it asks for reasons."""
    if EARLIER.search(question):
        return Ask.FINDING
    # "Why was it judged inadequate" asks for findings, and "how many were rated good" for a figure.
    if not why and asks_grade(question) and not re.search(r"how many|how did .* compare", question, re.IGNORECASE):
        return Ask.GRADE
    if re.search(r"\bin post\b", question, re.IGNORECASE) and re.search(
        r"how long|since when|\bwhen\b", question, re.IGNORECASE
    ):
        return Ask.DATE
    if WHO_RUNS.search(question) and not COMPARES.search(question) and not OFFICE.search(question):
        return Ask.FINDING if why else Ask.NAME
    ask = next((ask for ask, pattern in ASKS if re.search(pattern, question, re.IGNORECASE)), Ask.FINDING)
    if ask is Ask.FIGURE and (_asks_more(question) or _of_figures(question) or (why and not COUNTS.search(question))):
        return Ask.FINDING
    return ask


def _of_figures(question: str) -> bool:
    """Whether a question only speaks of figures, and asks how or whether something was done with them."""
    rest = OF_FIGURES.sub(" ", question)
    asked_for = re.search(FIGURE, rest, re.IGNORECASE) or WANTED.search(question)
    return bool(NOT_WHAT.search(question)) and not asked_for


def asked_in(question: str) -> list[str]:
    """The parts of a question that ask something each: "how are they found, and what do they cost?"."""
    return [part for part in SECOND.split(question) if ASKING.search(part) and not OF_THE_SAME.match(part)]


def _asks_more(question: str) -> bool:
    """Whether a question asks for a figure and for something else, which a sentence without a figure may tell."""
    parts = asked_in(question)
    figures = [bool(re.search(FIGURE, part, re.IGNORECASE)) for part in parts]
    return len(parts) > 1 and not all(figures)
