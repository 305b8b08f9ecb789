"""The words that surveys are asked in: forms, grades, and what may stand beside them without changing the sense."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

# Adequate and satisfactory are grades of older frameworks, of the same rank as requires improvement.
RANK = {"inadequate": 1, "requires improvement": 2, "adequate": 2, "satisfactory": 2, "good": 3, "outstanding": 4}
GRADE = (
    r"(?:out?st[ae]nding|good|requir(?:es?|ed|ing|ement)[ -]improvement(?: to be good)?|(?-i:RI)|inad[ae]qu?ate"
    r"|adequate|satisfactory|failing|failed (?:its|their|an?) (?:ofsted )?inspections?)"
)
GRADES = re.compile(rf"\b{GRADE}\b", re.IGNORECASE)
LED_TO = r"(?:(?:rated|judged|graded|found|an?|be|been|being) ){0,3}"
AT_LEAST = re.compile(
    rf"\bat least {LED_TO}({GRADE})\b|\b({GRADE}) (?:or|and) (?:better|above|higher|over|upwards?)\b", re.IGNORECASE
)
AT_MOST = re.compile(
    rf"\b(?:no better than|at most) {LED_TO}({GRADE})\b|\b({GRADE}) (?:or|and) (?:worse|below|lower|under)\b",
    re.IGNORECASE,
)
ABOVE = re.compile(rf"\b(?:better|higher) than {LED_TO}({GRADE})\b|\babove {LED_TO}({GRADE})\b", re.IGNORECASE)
BELOW = re.compile(
    rf"\b(?:(?:less|worse|lower) than|below|under|short of) {LED_TO}({GRADE})\b|\bnot (?:yet )?{LED_TO}(good)\b",
    re.IGNORECASE,
)
ANY_BUT = re.compile(rf"\b(?:not|n['’]t|other than|anything but) (?:yet )?{LED_TO}({GRADE})\b", re.IGNORECASE)
BOUNDS: tuple[tuple[re.Pattern[str], Callable[[int, int], bool]], ...] = (
    (AT_LEAST, operator.ge),
    (AT_MOST, operator.le),
    (ABOVE, operator.gt),
    (BELOW, operator.lt),
    (ANY_BUT, operator.ne),
)

AUTHORITY = (
    r"(?:local authorit(?:y|ies)|auth?orit(?:y|ie?s|ys)|coun[cs][ie]ls?|boroughs?|count(?:y|ies)|(?-i:LAs?)|places)"
)
AUTHORITIES = (
    r"(?:local authorities|(?:areas|parts) of (?:the country|England)|auth?orit(?:ie?s|ys)|coun[cs][ie]ls|boroughs"
    r"|counties|(?-i:LAs)|places)"
)
PAPER = r"(?:reports?|inspections?|judge?ments?|grades|ratings)"
ASKS = re.compile(
    r"\b(?:wh?ich|what|any|every|each|no|an?|one|all)\b(?:\W+(?!the\b|this\b|that\b|our\b|my\b)[\w-]+){0,4}?\W+"
    rf"{AUTHORITY}\b|\b{AUTHORITIES}\b"
    rf"|\b(?:which|list|how (?:many|often)|(?:number|share|percentage|per ?cent|proportion|breakdown) of)\b"
    rf"(?:\W+[\w-]+){{0,4}}?\W+{PAPER}\b"
    r"|\bwho(?:'s|s)?\b|\bhow many\b(?! children(?!['’]?s)| times)|\bhow often\b"
    r"|^\W*which\b(?=\W+(?:were|was|are|have|went|got|ones|has|is)\b)"
    r"|\banyone\b|\banybody\b|\banywhere\b|\bwhere\b",
    re.IGNORECASE,
)
# "What did councils do", and one authority or report that is not named.
ASKS_ELSE = re.compile(
    r"\bwhat (?:do|did|does|has|have|had)\b|\bwhat(?:'s| is| are| was| were)\b(?! the (?:\w+ )?(?:worst|best|weakest"
    r"|strongest|lowest|highest|names?|numbers?|share|percentage|proportion|breakdown|distribution|spread|split"
    r"|count))",
    re.IGNORECASE,
)
ONE_UNNAMED = re.compile(
    r"\b(?:the|this|that|our|my|your|its?) (?:\w+ )?(?:council|authority|borough|county|LA|report|inspection"
    r"|(?:children['’]?s )?services?)\b",
    re.IGNORECASE,
)
COUNTED = r"(?:how many|number of|count(?: of)?|share of|percentage of|per ?cent of|proportion of|% of|list)"
OF_REPORTS = re.compile(
    rf"\bhow often\b|\bof (?:the |all )?(?:\w+ ){{0,2}}(?:reports|inspections|judge?ments)\b.*\bhow many\b"
    rf"|\b{COUNTED}\W+(?:(?!{AUTHORITY}\b)[\w-]+\W+){{0,4}}?(?:reports|inspections|judge?ments|ratings)\b",
    re.IGNORECASE,
)
TIMES_OF_ONE = re.compile(r"\bhow many times\b|\bhow often\b|\bnumber of times\b", re.IGNORECASE)
HOW_MANY = re.compile(r"\bhow many\b|\bnumber of\b|\bcount\b|\bhow often\b", re.IGNORECASE)
SHARE = re.compile(r"\b(?:share|percentage|per ?cent|proportion|fraction)\b|%", re.IGNORECASE)
BREAKDOWN = re.compile(
    r"\b(?:each|every|by|per) (?:overall )?(?:grade|judge?ment|rating)s?\b|\bbreak ?down\b|\bdistribut(?:ion|ed)\b"
    r"|\b(?:grades?|ratings?|judge?ments?) split\b|\bsplit by\b"
    r"|\b(?:spread|split|mix) of (?:\w+ )?(?:grade|judge?ment|rating)s\b",
    re.IGNORECASE,
)
MANY_TIMES = {"two": 2, "three": 3, "four": 4, "thrice": 3}
REPEATED = re.compile(
    r"\b(?:at least )?(?:twice|thrice)(?: or more)?\b|\b(?:on )?more than (?:once|one occasion)\b|\brepeatedly\b"
    r"|\b(?:at least |on )?(?:two|three|four|several|multiple)(?: or more)? (?:times|occasions)\b|\bmultiple times\b",
    re.IGNORECASE,
)
NEVER = re.compile(
    r"\b(?:have |has |had )?(?:never|not once|not ever)\b"
    r"|\b(?:have|has|had)(?: not|n['’]t) (?:ever |yet )?(?=(?:been|had|got|received|achieved)\b)",
    re.IGNORECASE,
)
FIRST = re.compile(rf"\bfirst\b(?= (?:\w+ )?{AUTHORITY} )|\bfirst\b(?= to\b)", re.IGNORECASE)
LAST = re.compile(
    rf"\bmost recently\b|\blast\b(?= to\b)|\b(?:last|latest|most recent)\b"
    rf"(?= (?:\w+ )?{AUTHORITY} (?:to|that|which)\b)",
    re.IGNORECASE,
)
NO_LONGER = re.compile(r"\b(?:no longer|stopped being|ceased to be)\b", re.IGNORECASE)
BETTER = re.compile(
    r"\bimprov(?:ed|ing)\b(?! by)"
    r"(?: (?:on|upon) (?:its|their) (?:last|previous|earlier) (?:grades?|ratings?|judge?ments?))?"
    r"|\bgot(?:ten)? better\b|\b(?:gone|went|going|moved|go|stepped) up\b|\brose\b|\brisen\b|\b(?:c[ao]me|got"
    r"|climbed) "
    r"(?:out of|off)\b|\bout of\b|\bturned (?:it |things |themselves )?(?:a)?round\b|\bupgraded\b|\bescaped\b",
    re.IGNORECASE,
)
WORSE = re.compile(
    r"\b(?:got(?:ten)?|getting|become|became) worse\b|\bworsened\b|\bdeclin(?:ed|ing)\b|\bdropped\b|\bfell\b"
    r"|\bfallen\b"
    r"|\b(?:gone|went|going|go|moved) (?:down|backwards?)\b|\bdeteriorated\b"
    r"|\blost\b|\bslipped\b|\bslid\b|\bdowngraded\b",
    re.IGNORECASE,
)
BECAME = re.compile(r"\b(?:bec[ao]me|turned|newly|new(?:ly)? rated)\b", re.IGNORECASE)
# Beside a change, the grade that was reached; any other is the one that was left.
REACHED = re.compile(
    rf"\b(?:(?:in)?to|became|become|turned|newly) (?:be |being |rated |judged |an? |overall )*(?={GRADE}\b)",
    re.IGNORECASE,
)
THEN = re.compile(r"\b(?:(?:in)?to|then|now|bec[ao]me|later|afterwards|subsequently|since|are|is)\b", re.IGNORECASE)
FORMERLY = re.compile(
    r"\b(?:from|having been|after|previously|formerly|used to be"
    r"|(?:but|which|that|who|though) (?:were|was|had been))\b",
    re.IGNORECASE,
)
# Between grades that are looked for together.
TOGETHER = re.compile(r"\W*(?:or|and)?\W*(?:(?:rated|judged|graded|even|overall) ?)*", re.IGNORECASE)
WORST = re.compile(
    r"\bworst\b|^\W*which (?:council|authority|borough|area|place)s? (?:was|is|were|are|did|does"
    r"|do) (?:the )?worse\b|\bweakest\b|\bpoorest\b|\b(?:lowest|bottom)\b(?:[- ](?:rated|graded|judged|grades?"
    r"|ratings?))?",
    re.IGNORECASE,
)
BEST = re.compile(
    r"\bbest\b|\bstrongest\b|\b(?:highest|top)\b(?:[- ](?:rated|graded|judged|grades?|ratings?))?", re.IGNORECASE
)
NOW = re.compile(
    r"\b(?:current(?:ly)?|now|today|at present|presently|at the moment|right now|(?:the |its |their )*(?:very )?"
    r"(?:latest|most recent|newest|last)"
    r"(?= (?:\w+ )?(?:reports?|inspections?|ofsteds?|judge?ments?|grades?|ratings?)\b)"
    r"|latest|still|as (?:of|at)|at the end of)\b",
    re.IGNORECASE,
)
PRESENT = re.compile(r"\b(?:are|is)\b", re.IGNORECASE)
PAST = re.compile(
    r"\b(?:was|were|been|got|gotten|ever|had|did|went|received|given|gave|awarded|achieved|earned|c[ao]me|found"
    r"|ended|scored"
    r"|failed|at any time|all the reports|any report)\b",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|\d{1,2})\b"
    rf"(?= (?:[\w-]+ )?(?:{AUTHORITIES}|worst|best|weakest|strongest|lowest|highest)\b)",
    re.IGNORECASE,
)
OLD_FRAMEWORK = re.compile(
    r"\b(?:under|in|by) (?:the |an )?(?:old(?:er)?|earlier|previous|former) "
    r"(?:inspection )?(?:frameworks?|regimes?|system)\b",
    re.IGNORECASE,
)
# Words that stand in such questions and do not narrow them.
HARMLESS = frozenset(
    """
    a achieve achieved across actually after again all also an and any anybody anyone anywhere are area areas as at
    attained authorities authority authoritys awarded be became become been before being borough boroughs both
    bottom breakdown but by called came can care carried category cent child children childrens classed classified
    come concil considered could council councils count counties country counts county
    cover covered covers date deemed department
    departments dept did do does done down during each earned effectiveness either end ended england english ever
    every experience experiences far for formerly fraction found framework from full gave get gets getting give given go
    going gone got grade graded grades had has hav have having held held hello help hi hold holds how i
    identify if in inspect inspected inspection inspections inspector inspectors is it its judged judgement
    judgements judging judgment judgments just kids know la las later level like list ll local made main many mark
    marked me moment more much my name names national nationally no now number of ofsted ofsteds often ok on once
    one ones only or order our out outcome outcomes overall people per percent percentage performance place places
    please pls plz point previously progress proportion protection publication publish published quality r rank ranked
    ranking rate rated rather rating ratings ratting re really receive received report reports result resulted results s
    said score scored scores see service services share show since so social some someone t team tell than thanks that
    the their them then there these they this those time times to took top total u under up us ve verdict want was
    we went were what whats when where which who whos whose wich will with would year years yet you young
    """.split()
)
# What leads to where authorities lie or to who runs them.
PLACED = r"(?:in|near|around|run|led|controlled|outside|along|on|bordering)"
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|%")


@dataclass(frozen=True)
class Grades:
    """The grades that a text looks for, normal forms, and the text without the words that name them."""

    wanted: frozenset[str]
    rest: str


def normal(printed: str) -> str:
    """The normal form of a grade as people write it."""
    words = printed.lower()
    for start, grade in (("r", "requires improvement"), ("o", "outstanding"), ("i", "inadequate"), ("f", "inadequate")):
        if words.startswith(start):
            return grade
    return words


def grades_in(text: str) -> Grades:
    """Read the grades out of a text: those named, or those at least, at most, above, below or other than one."""
    for pattern, fits in BOUNDS:
        if found := pattern.search(text):
            bound = RANK[normal(next(part for part in found.groups() if part))]
            wanted = frozenset(grade for grade, rank in RANK.items() if fits(rank, bound))
            return Grades(wanted, f"{text[: found.start()]} {text[found.end() :]}")
    named = list(GRADES.finditer(text))
    if not all(TOGETHER.fullmatch(text[one.end() : two.start()]) for one, two in pairwise(named)):
        return Grades(frozenset(), text)
    return Grades(frozenset(normal(match[0]) for match in named), GRADES.sub(" ", text))


def unknown_words(rest: str) -> list[str]:
    """The words of what is left of a question that may narrow it in a way that is not understood."""
    return [
        word
        for word in WORD.findall(rest)
        if any(part not in HARMLESS for part in re.split(r"['’-]", word.lower()) if part)
    ]


def qualifies_authorities(word: str, text: str) -> bool:
    """Whether a word picks out authorities: "coastal councils", "councils run by Labour"."""
    told = re.escape(word)
    before = rf"\b{told}(?:[ -][\w-]+)? {AUTHORITIES}\b"
    behind = rf"\b{AUTHORITIES} (?:(?:that|which) )?(?:(?:are|is) )?{PLACED}\b"
    within = rf"{behind}[^,;?]{{0,30}}\b{told}\b"
    patterns = (before, within, behind) if re.fullmatch(PLACED, word, re.IGNORECASE) else (before, within)
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
