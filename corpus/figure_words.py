"""The words around a figure: when it holds, what it is set against, and what makes it doubtful."""

from __future__ import annotations

import re
from datetime import date

from corpus.identity import MONTH, MONTHS
from corpus.numbers import DASHES

DATE = rf"\d{{1,2}}(?:st|nd|rd|th)? ?(?:{MONTH}),? 20\d\d"
MONTH_YEAR = rf"(?:{MONTH}),? 20\d\d"
# "At 31 May 14, 227 children": the comma after it tells the year from a count.
SHORT_DATE = rf"\d{{1,2}}(?:st|nd|rd|th)? ?(?:{MONTH}) [0-2]\d(?=, )"
SHORT_DAY = re.compile(rf"(?:(?:as )?at |on )?{SHORT_DATE}", re.IGNORECASE)
YEARS = rf"20\d\d ?[/{DASHES}] ?\d{{2,4}}"
# A year with a symbol or a letter after it may be the half of two years.
YEAR = r"20\d\d(?!\w| ?[^\w\s.,;:()'\"’”])"
WHEN = re.compile(
    rf"(?:\b(?:as at|as of|at|on)(?: the)? |^(?=(?:{DATE}|{SHORT_DATE}),))(?P<day>{DATE}|{SHORT_DATE})"
    rf"|\b(?:between|from) (?:\d{{1,2}} )?(?:{MONTH})(?: 20\d\d)? (?:and|to) (?:\d{{1,2}} )?{MONTH_YEAR}"
    rf"|\b(?:in|for|during|over) the (?:year|quarter|\w+ months) (?:up )?(?:to|ending)(?: and including)?"
    rf" (?:{DATE}|{MONTH_YEAR})"
    rf"|\bsince (?:the (?:last|previous) inspection(?: in (?:{MONTH_YEAR}|{YEAR}))?"
    rf"|{DATE}|{MONTH_YEAR}|{YEARS}|20\d\d)|\b(?:an?|one|two) years? ago"
    r"|\b(?:in|during|over|for|within) the (?:last|past|previous|first|current)(?: \w+)?"
    r" (?:months?|years?|quarter|weeks)\b(?: (?:prior to|before) (?:the |this )?inspection)?"
    r"|\bin the (?:financial|calendar|academic) year to date"
    r"|\bin the (?:two|three|\d+) (?:years|months) (?:prior to|before) (?:the |this )?inspection"
    rf"|\b(?:in|during|for|throughout) (?:the year |quarter \w+ of )?{YEARS}"
    rf"|\b(?:at|by) the end of {MONTH_YEAR}|\b(?:in|at|by|to|during|as at|as of) {MONTH_YEAR}"
    rf"|\bat the (?:time|point) of (?:the |this )?inspection|\b(?:in|during) {YEAR}",
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
    r"(?:[^.:;()]|\.(?=\d)|\([^()]*\))*",
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
# "31 March 201412" and "4,8073" have a footnote mark glued to them; after a year it is known which digits count.
GLUED_TO_YEAR = re.compile(rf"\b(?:{MONTH}) 20\d\d(?=\d)", re.IGNORECASE)
GLUED_TO_COUNT = re.compile(r"\d,\d{4}")
# What changed over such a time does not hold for all of it.
STRETCH = re.compile(
    r"(?:between|from|over|since|(?:in|during|for|within) the (?:last|past|previous))\b", re.IGNORECASE
)
RIGHT_AFTER = re.compile(r",? \(?")
DASH = re.compile("[\ue000-\uf8ff]")
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
    Where they give the number before a change, too, its group "former", the time right after the new number counts,
    else the nearest before the words; a stretch of time over which it changed does not.
    """
    when = _time_of_change(sentence, words) if "former" in words.re.groupindex else _time_of(sentence, words)
    if when is None:
        return None, None
    day = _day(when["day"]) if when["day"] else None
    return day, None if day else time_in_words(when)


def time_in_words(when: re.Match[str]) -> str:
    """A time as printed, but with a hyphen for a dash that has no meaning outside its font."""
    return DASH.sub("-", when[0])


def _time_of(sentence: str, words: re.Match[str]) -> re.Match[str] | None:
    start, end = words.span("n")
    held = list(WHEN.finditer(sentence))
    before = [when for when in held if when.start() < start and _reaches(when, sentence[: words.start()])]
    against = COMPARED.search(sentence, end)
    last = against.start() if against else len(sentence)
    after = [when for when in held if start < when.start() < last]
    return before[-1] if before else next(iter(after), None)


def _time_of_change(sentence: str, words: re.Match[str]) -> re.Match[str] | None:
    held = list(WHEN.finditer(sentence))
    before = [when for when in held if when.end() <= words.start() and _reaches(when, sentence[: words.start()])]
    after = [when for when in held if RIGHT_AFTER.fullmatch(sentence, words.end(), when.start())]
    return next((when for when in (*after, *reversed(before)) if not STRETCH.match(when[0])), None)


def _reaches(when: re.Match[str], before: str) -> bool:
    """Whether a time is that of what follows: it opens the sentence, or no other clause begins after it."""
    return when.start() == 0 or not NEW_CLAUSE.search(before, when.end())


def _day(printed: str) -> date | None:
    number, month, year = re.findall(rf"\d+|{MONTH}", printed, re.IGNORECASE)
    try:
        return date(int(year) % 2000 + 2000, MONTHS[month.lower()], int(number))
    except ValueError:
        return None


def comparison_in(text: str) -> str | None:
    """The words that set a figure against another one, as printed; None where there are none or they break off.

    They end before a footnote mark that is glued to a year; where one is glued to a count there are none.
    """
    found = COMPARED.search(text.split(";", maxsplit=1)[0])
    if found is None or GLUED_TO_COUNT.search(found[0]):
        return None
    glued = GLUED_TO_YEAR.search(found[0])
    words = found[0][: glued.end() if glued else None].strip(" ,")
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
