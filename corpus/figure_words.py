"""The words around a figure: when it holds, what it is set against, and what makes it doubtful."""

from __future__ import annotations

import re
from datetime import date

from corpus.identity import MONTH, MONTHS

DATE = rf"\d{{1,2}}(?:st|nd|rd|th)? ?(?:{MONTH}),? 20\d\d"
MONTH_YEAR = rf"(?:{MONTH}),? 20\d\d"
YEARS = r"20\d\d ?[–−─/-] ?\d{2,4}"
WHEN = re.compile(
    rf"\b(?:as at|as of|at|on)(?: the)? (?P<day>{DATE})"
    rf"|\b(?:between|from) (?:\d{{1,2}} )?(?:{MONTH})(?: 20\d\d)? (?:and|to) (?:\d{{1,2}} )?{MONTH_YEAR}"
    rf"|\b(?:in|for|during|over) the (?:year|quarter|\w+ months) (?:up )?(?:to|ending)(?: and including)?"
    rf" (?:{DATE}|{MONTH_YEAR})"
    rf"|\bsince (?:the (?:last|previous) inspection|{DATE}|{MONTH_YEAR}|{YEARS}|20\d\d)|\b(?:an?|one|two) years? ago"
    r"|\b(?:in|during|over|for|within) the (?:last|past|previous|first|current)(?: \w+)?"
    r" (?:months?|years?|quarter|weeks)\b(?: (?:prior to|before) (?:the |this )?inspection)?"
    r"|\bin the (?:financial|calendar|academic) year to date"
    r"|\bin the (?:two|three|\d+) (?:years|months) (?:prior to|before) (?:the |this )?inspection"
    rf"|\b(?:in|during|for|throughout) (?:the year |quarter \w+ of )?{YEARS}"
    rf"|\b(?:at|by) the end of {MONTH_YEAR}|\b(?:in|at|by|to|during|as at|as of) {MONTH_YEAR}"
    r"|\bat the (?:time|point) of (?:the |this )?inspection|\b(?:in|during) 20\d\d\b(?! ?[–−─/-])",
    re.IGNORECASE,
)
COMPARED = re.compile(
    r"(?:\ban? (?:[\w.%]+ )?(?:increase|reduction|decrease|rise|fall|drop|decline|improvement)"
    r"(?: of [^,;]{1,20}?)? (?:from|on|since|compared)"
    r"|\b(?:when )?compared (?:with|to)"
    r"|\bthe (?:national|England) (?:average|figure|level|proportion|rate)|\bthe same (?:as|number|figure)"
    r"|\b(?:up|down) from|\b(?:higher|lower|more|less|better|fewer|worse) than"
    r"(?= (?:the|that|those|national|England|statistical|comparators?|similar|\d))"
    r"|\bagainst an? (?:national|England)"
    r"|\b(?:comparable|compares? (?:\w+ ){0,3})(?:to|with) (?:the|that|national|England)"
    r"|\b(?:above|below|in line with|close to) (?:the )?(?:national|England|statistical|that of|comparator))"
    r"(?:[^.;()]|\.(?=\d)|\([^()]*\))*",
    re.IGNORECASE,
)
NEW_CLAUSE = re.compile(r"\band\b|\bbut\b|;")
# A sentence that only sets the one before against another figure.
COMPARING = re.compile(r"(?:this|it|that) (?:is|was|has|represents?|compares?|shows?)\b", re.IGNORECASE)
# Where a page was damaged, a comparison may have lost what it compares with.
OPEN_END = re.compile(r"\b(?:from|on|since|with|to|than|compared|as)$", re.IGNORECASE)
# A number that these words qualify, or make a part of something, is not the count itself.
QUALIFIED = re.compile(
    r"(?:\b(?:than|over|above|below|under|nearly|almost|around|about|approximately|roughly|some|to|least|most|from|of"
    r"|every|per|by|between|circa|further|another|additional|other|target|average|between \S+ and)|[~<>≤≥])\s*\(?$",
    re.IGNORECASE,
)
# Running text speaks of samples, of other areas, of ages, of other times and of what is hoped for, too.
SAMPLE = re.compile(
    r"\b(?:sampl|(?<!safeguarding )audit|inspectors (?:saw|looked|tracked|reviewed)|seen by inspectors"
    r"|cases (?:seen|tracked|reviewed))",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"\b(?:national(?:ly)?|England|neighbours?|comparators?|targets?|London|region(?:al)?|aged|year[- ]olds?|if|should"
    r"|would|aim\w*|step-(?:up|down))\b[^;.]{0,80}$",
    re.IGNORECASE,
)
ELSEWHERE_AFTER = re.compile(r"[^,;.]{0,20}\b(?:nationally|(?:in|across|for) England|aged|at age|who)\b", re.IGNORECASE)


def when_it_holds(sentence: str, words: re.Match[str]) -> tuple[date | None, str | None]:
    """The day, or else the time as printed, that a number holds for.

    `words` are those that give the number, its group "n". The nearest time before it counts, else the first after.
    """
    start, end = words.span("n")
    held = list(WHEN.finditer(sentence))
    before = [when for when in held if when.start() < start and _reaches(when, sentence[: words.start()])]
    against = COMPARED.search(sentence, end)
    last = against.start() if against else len(sentence)
    after = [when for when in held if start < when.start() < last]
    when = before[-1] if before else next(iter(after), None)
    if when is None:
        return None, None
    day = _day(when["day"]) if when["day"] else None
    return day, None if day else when[0]


def _reaches(when: re.Match[str], before: str) -> bool:
    """Whether a time is that of what follows: it opens the sentence, or no other clause begins after it."""
    return when.start() == 0 or not NEW_CLAUSE.search(before, when.end())


def _day(printed: str) -> date | None:
    number, month, year = re.findall(rf"\d+|{MONTH}", printed, re.IGNORECASE)
    try:
        return date(int(year), MONTHS[month.lower()], int(number))
    except ValueError:
        return None


def comparison_in(text: str) -> str | None:
    """The words that set a figure against another one, as printed; None where there are none or they break off."""
    found = COMPARED.search(text)
    words = found[0].strip(" ,") if found else ""
    return words if words and not OPEN_END.search(words) else None


def is_qualified(before: str) -> bool:
    """Whether the words right before a number make it vague, or a part of another: "fewer than", "three of the"."""
    return bool(QUALIFIED.search(before))


def is_of_others(sentence: str, start: int, end: int) -> bool:
    """Whether a figure of running text, from `start` to `end`, may be of a sample, another area, age or time."""
    return bool(
        COMPARING.match(sentence)
        or SAMPLE.search(sentence)
        or ELSEWHERE.search(sentence[:start])
        or ELSEWHERE_AFTER.match(sentence[end:])
    )
