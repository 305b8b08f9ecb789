"""Other ways to say the same with the same words: passive and active, what stands in front, what belongs to whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

DEPTH, MOST = 2, 40
BE = r"(?:(?:has|have|had) been|is being|are being|was being|were being|is|are|was|were|been)"
ADVERBS = r"(?:(?:not|never|now|also|still|well|often|rarely|always|no longer|[a-z]+ly) )*"
IRREGULAR_PARTICIPLE = (
    r"understood|written|seen|taken|made|known|given|held|met|led|left|kept|built|done|spent|brought|heard|drawn|risen"
    r"|chosen|sent|taught|found|lost|driven|fallen|run|set|put|shown"
)
PARTICIPLE = rf"(?:[a-z]+ed|{IRREGULAR_PARTICIPLE})"
# An agent ends where the next phrase begins.
AFTER_AGENT = (
    r"(?= (?:in|from|to|within|at|on|all|before|after|during|since|for|when|where|who|because|so|but|and|while|twice"
    r"|once|a|with|without|between|through|under|until|as|over|across|if) |[,;]|$)"
)
PASSIVE = re.compile(
    rf"^(?P<done>[^,;]+?) (?P<be>{BE}) (?P<adverbs>{ADVERBS})(?P<verb>{PARTICIPLE}) (?P<middle>(?:[^,;]+? )??)"
    rf"by (?P<agent>[^,;]+?){AFTER_AGENT}(?P<rest>.*)$"
)
PASSIVE_BY_TWO = re.compile(
    rf"^(?P<done>[^,;]+?) (?P<be>{BE}) (?P<adverbs>{ADVERBS})(?P<verb>{PARTICIPLE}) (?P<middle>(?:[^,;]+? )??)"
    rf"by (?P<agent>[^,;]+? and (?:the |its |their )?\w+){AFTER_AGENT}(?P<rest>.*)$"
)
AGENTLESS = re.compile(
    rf"^(?P<done>[^,;]+?) (?P<be>{BE}) (?P<adverbs>{ADVERBS})(?P<verb>{PARTICIPLE})(?P<rest>(?: .*|[,;].*)?)$"
)
FRONT = re.compile(
    r"^(?P<front>(?:in|at|during|since|within|over|by|for|on|across|between|after|before|until|from|if|unless|when"
    r"|where|because|despite|as|through|with|under|following|all) [^,]+), "
    r"(?P<clause>[^,;]+(?:, (?-i:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+), [^,;]+)?)(?P<rest>[,;].*)?$",
    re.IGNORECASE,
)
# The same without a comma, where it is plain how far it goes.
SHORT_FRONT = re.compile(
    r"^(?P<front>in the (?:last|previous|past) (?:\w+ )?(?:year|months|weeks|years)|in (?:[A-Z][a-z]+ )?(?:19|20)\d\d"
    r"|all (?:day|week|month|quarter|year)|in \w+ of \w+ \w+) (?P<clause>[^,;]+)(?P<rest>[,;].*)?$",
    re.IGNORECASE,
)
THERE_ARE = re.compile(r"^There (?:is|are|was|were) (?=\d)")
NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+"
IS_NAME = re.compile(rf"^(?P<office>The [^,]+?) (?P<be>is|was) (?P<name>{NAME})(?P<rest>,.*)?$")
NAME_IS = re.compile(rf"^(?P<name>{NAME}) (?P<be>is|was) (?P<office>the [^,;]+)$")
OF_SO_MANY = re.compile(
    r"^Of (?P<whole>(?:the )?[\w,]+(?:-\w+)? [^,;]+), (?P<part>(?:only )?[\w,]+(?:-\w+)?(?:%| per cent)?) (?P<rest>.+)$"
)
OWNED = re.compile(
    r"\b(?P<owner>(?:(?:the|all|most|many|some|few) )?\w+)(?:[’']s|[’'])"
    r" (?P<owned>(?:\w+ and \w+|\w+ \w+|\w+)(?= (?:is|are|was|were|has|have|had)\b)|\w+)",
    re.IGNORECASE,
)
TWO_CLAUSES = re.compile(r"^(?P<first>[^,;]+)(?P<link>, (?:and|but|while)|;|, whereas) (?P<second>[^;]+)$")
TWO_WORDS = re.compile(r"\b(?P<first>[\w’'-]+) (?P<link>and|or) (?P<second>[\w’'-]+)\b")
# What is denied is the adverb: "not clearly said" is not "not said".
ADVERB = re.compile(r"(?<!\bnot )(?<!\bno )\b(?P<adverb>well|now|[a-z]+ly) (?P<verb>[\w’'-]+)\b")
LATE_ADVERB = re.compile(r"\b(?!(?:not|no|never) )(?P<verb>[\w’'-]+) (?P<adverb>well|now|[a-z]+ly)\b")


@cache
def reworded(text: str) -> tuple[str, ...]:
    """The text, without its stop, and other ways to say it that need no other words; itself first."""
    found = [text.strip().rstrip(".!?")]
    newest = found
    for _ in range(DEPTH):
        newest = [other for each in newest for other in _once(each) if other not in found]
        found += list(dict.fromkeys(newest))[: MOST - len(found)]
    return tuple(found)


@cache
def agentless(text: str) -> tuple[str, ...]:
    """The same said as of someone who is not named: "Staff has been cut" becomes "cut Staff"."""
    counted = (THERE_ARE.sub("", text),) if THERE_ARE.match(text) else ()
    undone = tuple(
        f"{match['adverbs']}{match['verb']} {match['done']}{match['rest']}"
        for other in reworded(text)
        if (match := AGENTLESS.match(other)) and " by " not in other
    )
    return counted + undone


def _once(text: str) -> Iterator[str]:
    for pattern, reword in REWORDINGS:
        if match := pattern.match(text):
            yield reword(match)
    for pattern, reword in PLACES:
        for match in pattern.finditer(text):
            yield text[: match.start()] + reword(match) + text[match.end() :]


def _active(match: re.Match[str]) -> str:
    said = f"{match['agent']} {match['adverbs']}{match['verb']} {match['done']} {match['middle']}{match['rest']}"
    return " ".join(said.split())


def _front_last(match: re.Match[str]) -> str:
    return f"{match['clause']} {match['front'][0].lower()}{match['front'][1:]}{match['rest'] or ''}"


def _office_last(match: re.Match[str]) -> str:
    return f"{match['name']} {match['be']} the {match['office'][4:]}{match['rest'] or ''}"


def _office_first(match: re.Match[str]) -> str:
    return f"The {match['office'][4:]} {match['be']} {match['name']}"


def _part_of(match: re.Match[str]) -> str:
    return f"{match['part']} of {match['whole']} {match['rest']}"


def _owned_first(match: re.Match[str]) -> str:
    return f"the {match['owned']} of {match['owner']}"


def _turned(match: re.Match[str]) -> str:
    return f"{match['second']}{match['link']} {match['first']}"


def _words_turned(match: re.Match[str]) -> str:
    return f"{match['second']} {match['link']} {match['first']}"


def _adverb_last(match: re.Match[str]) -> str:
    return f"{match['verb']} {match['adverb']}"


def _adverb_first(match: re.Match[str]) -> str:
    return f"{match['adverb']} {match['verb']}"


Reword = Callable[[re.Match[str]], str]
# Of the whole text.
REWORDINGS: tuple[tuple[re.Pattern[str], Reword], ...] = (
    (PASSIVE, _active),
    (PASSIVE_BY_TWO, _active),
    (FRONT, _front_last),
    (SHORT_FRONT, _front_last),
    (IS_NAME, _office_last),
    (NAME_IS, _office_first),
    (OF_SO_MANY, _part_of),
    (TWO_CLAUSES, _turned),
)
# Of each place in it.
PLACES: tuple[tuple[re.Pattern[str], Reword], ...] = (
    (OWNED, _owned_first),
    (TWO_WORDS, _words_turned),
    (ADVERB, _adverb_last),
    (LATE_ADVERB, _adverb_first),
)
