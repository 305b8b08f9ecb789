"""Changes that turn a true sentence into one that its evidence does not support."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Each word or phrase, and what may stand in its place to say another thing.
TURNED: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (pattern, tuple(others.split("|")))
    for pattern, others in (
        (r"\bnot yet good\b", "good|outstanding"),
        (r"\b(?:do|does) not ", "|rarely |always "),
        (r"\b(is|are|was|were) not ", r"\1 |\1 always "),
        (r"\bno longer\b", "still|now"),
        (r"\bfail to\b", "try to|always"),
        (r"\brarely\b", "often|always|never|not"),
        (r"\b[Tt]oo few\b", "Enough|Many|Too many|All|Few"),
        (r"\b[Tt]oo long\b", "long enough|briefly"),
        (r"\b[Mm]ost\b", "all|some|few|no"),
        (r"\b[Ss]ome\b", "all|most|no|few"),
        (r"\b[Mm]any\b", "all|few|most|no"),
        (r"\bevery child\b", "no child|some children|the child's mother"),
        (r"\b[Ff]ewer than half\b|\b[Ll]ess than half\b", "More than half|Half|About half|At least half"),
        (r"\b[Mm]ore than\b", "fewer than|about|exactly|up to"),
        (r"\b[Aa]t least\b", "at most|fewer than|nearly"),
        (r"\b[Uu]p to (?=\d|thirty)", "At least |More than |About "),
        (r"\b[Nn]early all\b|\b[Aa]lmost all\b", "all|few|nearly half|not all"),
        (r"\b[Aa]bout a quarter\b", "about a half|over a quarter|a third|three quarters"),
        (r"\b(?:increased|rose|has grown)\b", "fell|decreased|dropped|halved"),
        (r"\b(?:fell|dropped|has declined)\b", "rose|has increased|doubled|has improved"),
        (r"\b(?:cut|reduced)\b", "increased|doubled|raised"),
        (r"\b(?:has|been) improved\b", "has declined|has worsened|has not improved|will improve"),
        (r"\b[Bb]efore\b", "after|without|since"),
        (r"\b[Aa]fter\b", "before|despite|without"),
        (r"\b[Ss]ince\b", "before|until"),
        (r"\b[Bb]etween\b", "after|before"),
        (r"\bwithin\b", "after|before|outside"),
        (r"\b(?:timely|on time|in time)\b", "late|too late|untimely"),
        (r"\b(?:late|long)\b", "early|timely"),
        (r"\beffective\b", "ineffective|expensive"),
        (r"\bwell\b", "poorly|badly|hardly"),
        (r"\bconsistently\b", "inconsistently|rarely|occasionally"),
        (r"\b(?:promptly|quickly)\b", "slowly|belatedly|sometimes"),
        (r"\b(?:regularly|often)\b", "irregularly|seldom|never"),
        (r"\bthoroughly\b", "superficially|partly"),
        (r"\bstrong\b", "weak|inconsistent|outstanding"),
        (r"\bweak\b", "strong|good"),
        (r"\bstable\b", "unstable|temporary"),
        (r"\bvague\b", "clear|precise"),
        (r"\bthin\b", "thorough|good"),
        (r"\bclear\b", "vague|unclear"),
        (
            r"\b(?:children in care|looked after children|Children in care|Children looked after)\b",
            "care leavers|disabled children|children in need|foster carers",
        ),
        (r"\b[Cc]are leavers\b", "Children in care|Foster carers|Disabled children|Parents"),
        (r"\b[Mm]anagers\b", "Social workers|Partners|Councillors"),
        (r"\b[Ss]ocial workers\b", "Foster carers|Managers"),
        (r"\b[Pp]arents\b", "Officers|Children|Teachers"),
        (r"\b[Pp]artners\b", "Managers|Parents|Leaders"),
        (r"\bthe police\b|\bThe police\b", "the council|schools|health partners"),
        (r"\b[Ss]chools\b", "hospitals|courts"),
        (r"\b(?:council|local authority)\b", "police|health board|court"),
        (r"\bMorgan Ashdown\b", "Morgan Penrose|Kit Ashdown|Robin Fairweather"),
        (r"\bRobin Fairweather\b", "Kit Marlow|Robin Penrose"),
        (r"\binadequate\b", "good|outstanding|adequate|satisfactory"),
        (r"\boutstanding\b", "good|inadequate|satisfactory"),
        (r"\bgood\b(?=\.$)", "inadequate|outstanding|satisfactory"),
        (r"\brequires? improvement(?: to be good)?\b", "is good|is inadequate|is outstanding|is satisfactory"),
        (r"\bintend to\b", "refuse to|did|no longer plan to"),
        (
            r"\bif funding is agreed\b|\bIf funding is agreed\b",
            "now|unless funding is agreed|although funding is refused",
        ),
        (r"\bthey felt\b", "they never felt|they rarely felt"),
        (r"\bwithout\b", "with|after"),
        (r"\bprevents|prevented\b", "causes|allows|fails to prevent"),
        (r"\b[Oo]nly\b", "over|not even|nearly"),
        (r"\bper cent\b|%", ""),
        (r"\bhours\b", "days|weeks|minutes"),
        (r"\bdays?\b(?! (?:of|in))", "weeks|months|hours"),
        (r"\byears\b", "months|weeks"),
        (r"\bmonth\b", "week|year"),
        (r"\ba dozen\b|\bA dozen\b", "Hundreds of|Twenty|A hundred|Two dozen|11"),
        (r"\b[Tt]welve\b|\b12\b", "Twenty|120|Dozens of|2"),
        (r"\b[Tt]wo[- ]thirds\b", "One third|Three quarters|Half|Two"),
        (r"\b(?:A|One|a) third\b", "Two thirds|A quarter|Half"),
        (r"\bhalf\b", "a third|a quarter|two thirds"),
        (r"\beach week\b|\bevery week\b|\b[Ee]ach week\b", "twice a week|each month|once a year"),
        (r"\bsee (?=children|the)", "do not see |will see |may see |should see "),
    )
)
MONTHS = "January February March April June July August September October November December".split()
YEAR = re.compile(r"\b(20\d\d)\b")
NUMBER = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})*(?![\d,]|\.\d)")
WORDED = re.compile(r"\b(?:Fourteen|fourteen|nine|Nine|five|one|Seventy-one|Twenty-two|Thirty-eight|thirty|four)\b")
AUXILIARY = re.compile(r"\b(is|are|was|were|has|have|had)\b(?! not| no longer)")
NUMBER_PAIR = re.compile(r"\b(\d+)(%| per cent)?( to | of | and |.{1,30}?)(\d+)(%| per cent)?")
NAMES = ("Leeds", "Rutland", "Kent")


def mutations(said: str) -> Iterator[str]:
    """The sentence with one thing changed, in as many ways as are known."""
    yield from _turned(said)
    yield from _renumbered(said)
    yield from _redated(said)
    yield from _denied(said)
    opened = said if re.match(r"[A-Z]{2}|[A-Z]\w+ [A-Z]", said) else said[0].lower() + said[1:]
    yield from (f"In {name}, {opened}" for name in NAMES)


def _turned(said: str) -> Iterator[str]:
    for pattern, others in TURNED:
        for match in re.finditer(pattern, said):
            for other in others:
                changed = said[: match.start()] + match.expand(other) + said[match.end() :]
                yield " ".join(changed.split())


def _renumbered(said: str) -> Iterator[str]:
    for match in NUMBER.finditer(said):
        number = int(match[0].replace(",", ""))
        if 2000 <= number < 2100:
            continue
        for other in (number + 1, max(number - 1, 0), number * 10, number + 100):
            yield f"{said[: match.start()]}{other}{said[match.end() :]}"
        for other in ("hundreds of", "more than " + match[0], "fewer than " + match[0], "half of " + match[0]):
            yield f"{said[: match.start()]}{other}{said[match.end() :]}"
    for match in WORDED.finditer(said):
        for word in ("seventeen", "six", "a hundred", "two", "90"):
            yield f"{said[: match.start()]}{word}{said[match.end() :]}"
    for match in NUMBER_PAIR.finditer(said):
        if match[1] != match[4]:
            yield (
                f"{said[: match.start()]}{match[4]}{match[2] or ''}{match[3]}{match[1]}{match[5] or ''}"
                f"{said[match.end() :]}"
            )


def _redated(said: str) -> Iterator[str]:
    for month in MONTHS:
        if re.search(rf"\b{month}\b", said):
            for other in ("April", "August", "December"):
                if other != month:
                    yield said.replace(month, other)
    for match in YEAR.finditer(said):
        for year in (int(match[1]) - 1, int(match[1]) + 1, 2016):
            yield f"{said[: match.start()]}{year}{said[match.end() :]}"


def _denied(said: str) -> Iterator[str]:
    match = AUXILIARY.search(said)
    if match:
        for word in ("not", "no longer", "never", "rarely", "hardly", "sometimes", "not always"):
            yield f"{said[: match.end()]} {word}{said[match.end() :]}"
