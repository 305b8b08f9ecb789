"""What a sentence says: clauses of canonical words in their order, with numbers, denials and hedges in their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.lexical import STOPWORDS, tokens
from rag import facts

SAME_WORDS = Path(__file__).with_name("same_words.txt")
# A clause ends here; of the next, the beginning must be kept if anything of it is.
BREAKS = frozenset("; : , but while whereas although though and".split())
# Words that searching passes over, and that turn a sense: to wait before is not to wait after.
KEPT = frozenset("after before over out up off than since if too some down under he she or against".split())
LIGHT = frozenset("also however additionally furthermore moreover both any there either being".split())
DENIED = frozenset("not no nor neither none without cannot".split())
# What these lead to is another thing without them: by carers, from care, before the visit, than girls.
ROLES = frozenset("by from after before since than against under over off".split())
LED_NUMBERS = frozenset(("by ", "from "))
DETERMINERS = frozenset("the a an their its these those this that his her".split())
# Turns of several words that deny, each as one word.
DENYING = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\b(?:fail(?:s|ed|ing)? to|(?:is|are|was|were) unable to|can ?not|can['’]t)\b", " not "),
        (r"n['’]t\b", " not "),
        (r"\bnot enough\b", " notenough "),
        (r"\btoo (?:few|little)\b", " toofew "),
        (r"\ba few\b", " afew "),
        # A list of which one is so is one thing.
        (r", (?=[\w'’ -]{1,40} or )", " or "),
        (r"\b(?:rather than|instead of|apart from|other than|except for|far from|free from)\b", " except "),
        (r"\b(?:none of|not any)\b", " not "),
        (r"\byet to\b", " yetto "),
        (r"\bplan(?:s|ned|ning)? to\b", " planto "),
        # The grade that is given is looked at for itself.
        (r"\b(is|are|was|were|been) (?:judged|rated|graded)(?: to be| as)?\b", r"\1"),
    )
)
# What is intended, possible, conditional or said by someone is not what is so, and a few are not all.
STATUS = frozenset(
    "intend intends intended planto aim aims aimed propose proposed hope hoped expect expected may might could would "
    "should must will yetto reportedly allegedly".split()
)
CONDITIONS = frozenset("if unless until".split())
REPORTING = frozenset(
    "said say says told report reports reported believe believed claim claimed felt feel alleged untrue".split()
)
HEDGES = frozenset(
    "some few several minority sometimes occasionally most many mostly largely generally frequently often "
    "nearly almost never hardly barely scarcely rarely seldom except unlike notenough toofew afew "
    "usually partly mainly".split()
)
# Left out, any of these would turn the sense of the clause they stand in; so would one side of an "or".
GUARDS = STATUS | CONDITIONS | REPORTING | HEDGES | {"or"}
DROPPED = (STOPWORDS - KEPT - GUARDS) | LIGHT
COMPARED = (
    (r"(?:(?:no|not) (?:fewer|less) than|at least)", "≥"),
    (r"(?:(?:no|not) more than|at most|up to)", "≤"),
    (r"(?:(?:more|greater|higher) than|over|above|in excess of|just over)", ">"),
    (r"(?:(?:fewer|less|lower) than|under|below|just under)", "<"),
    (r"(?:nearly|almost|close to)", "~<"),
    (r"(?:about|around|approximately|roughly)", "~"),
)
BEFORE_NUMBER = re.compile(
    r"(?:\b(?P<role>of|by|to|from) (?:(?:the|these|those|its|their) )?)?"
    r"(?:\b(?P<bound>" + "|".join(words for words, _ in COMPARED) + r") (?:the |a )?)?$"
)
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[;:,]")
SHARE = re.compile(r"%|half|third|quarter|fifth")
CASED_MONTHS = re.compile(r"\b(May|March)\b")
IRREGULAR = {
    form: forms[0]
    for forms in (
        line.split()
        for line in (
            "understand understood,write wrote written,"
            "see saw seen,take took taken,make made,know knew known,give "
            "gave given,hold held,meet met,lead led,leave left,keep kept,build built,do did done,go went gone,"
            "spend spent,bring brought,hear heard,"
            "speak spoke spoken,draw drew drawn,choose chose chosen,send sent,teach taught,"
            "think thought,become became,find found,lose lost,break broke broken,drive drove driven,child children,"
            "run ran,pay paid,win won,seek sought,arise arose arisen,feel felt,tell told"
        ).split(",")
    )
    for form in forms[1:]
}


@dataclass(frozen=True)
class Clause:
    """A clause: its words, those that must be kept when any is used, and the run of words that it opens with.

    Without a clause that `governs`, nothing that follows it may be told; without one that is `needed`, nothing at all.
    """

    words: tuple[str, ...]
    kept: tuple[str, ...] = ()
    opening: frozenset[str] = frozenset()
    governs: bool = False
    needed: bool = False

    def gives(self, part: tuple[str, ...], *, begins: bool, agentless: bool) -> bool:
        """Whether these words, in this order, tell no more than the clause.

        `begins` says that nothing of an earlier clause is told with them; `agentless` that who did it is left out.
        """
        rest = iter(self.words)
        if not all(word in rest for word in part) or Counter(self.kept) - Counter(part):
            return False
        if not begins:
            # Else the beginning of one clause is told with the end of another.
            return self.words[0] in part
        return agentless or bool(self.opening.intersection(part))


def says(words: tuple[str, ...], held: tuple[Clause, ...], *, agentless: bool = False) -> bool:
    """Whether these words tell nothing but what the clauses say, in the clauses' order."""

    @cache
    def follows(place: int, start: int) -> bool:
        """Whether the words from `start` on are told by the clauses from `place` on."""
        if start == len(words):
            return not any(clause.needed for clause in held[place:])
        if place == len(held):
            return False
        clause = held[place]
        for end in range(start + 1, len(words) + 1):
            if clause.gives(words[start:end], begins=start == 0, agentless=agentless) and follows(place + 1, end):
                return True
        return not (clause.governs or clause.needed) and follows(place + 1, start)

    return bool(words) and follows(0, 0)


def plainly(text: str) -> str:
    """The text with words for the same thing made one word; everything else as it stands."""
    for pattern, canonical in _same_words():
        text = pattern.sub(canonical, text)
    return text


def words_of(text: str) -> tuple[str, ...]:
    """The words of all clauses in their order."""
    return tuple(word for clause in clauses(text) for word in clause.words)


@cache
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text that `plainly` has been through."""
    found: list[list[_Said]] = [[]]
    for said in _said(text):
        if said.word in BREAKS:
            found.append([])
        else:
            found[-1].append(said)
    return tuple(_clause(each) for each in found if each)


@dataclass(frozen=True)
class _Said:
    """A word, whether it must be kept, and whether it follows on the one before it without a word passed over."""

    word: str
    kept: bool = False
    adjacent: bool = False


def _clause(said: list[_Said]) -> Clause:
    opening = [said[0].word]
    for each in said[1:]:
        if not each.adjacent:
            break
        opening.append(each.word)
    words = tuple(each.word for each in said)
    return Clause(
        words,
        tuple(each.word for each in said if each.kept),
        frozenset(opening),
        governs=not REPORTING.isdisjoint(words),
        needed=not CONDITIONS.isdisjoint(words),
    )


def _said(text: str) -> Iterator[_Said]:
    """Each word that counts: numbers with their bounds, a denial with what it denies, an agent as one."""
    role, denied, adjacent = "", False, False
    for raw in _raw(text):
        if denied and (raw in BREAKS or raw in DENIED):
            yield _Said("not", kept=True)
        if raw in BREAKS:
            role, denied, adjacent = "", False, False
            yield _Said(raw)
        elif raw in DENIED:
            denied, adjacent = True, False
        elif raw in ROLES:
            role, adjacent = f"{raw} ", False
        elif raw in DROPPED:
            role, adjacent = (role if raw in DETERMINERS else ""), False
        elif word := _canonical(raw):
            number = raw.startswith("#")
            whole = f"{'not ' if denied else ''}{'' if number and role in LED_NUMBERS else role}{word}"
            yield _Said(whole, denied or raw in GUARDS or raw.startswith("#of all"), adjacent)
            denied, adjacent = False, not number
    if denied:
        yield _Said("not", kept=True)


def _canonical(raw: str) -> str:
    if raw.startswith("#"):
        return raw.removeprefix("#").removeprefix("of all ")
    if raw in GUARDS or raw in KEPT:
        return raw
    return " ".join(tokens(IRREGULAR.get(raw, raw)))


def _raw(text: str) -> Iterator[str]:
    """Words, stops and numbers; a number as #, what leads to it, its bound, its digits and its unit."""
    lowered = CASED_MONTHS.sub(r"\1month", text).lower()
    for pattern, word in DENYING:
        lowered = pattern.sub(word, lowered)
    at = 0
    for start, end, value in facts.find_numbers(lowered):
        before = BEFORE_NUMBER.search(lowered[at:start])
        led, bound = (before["role"] or "", _bound(before["bound"])) if before else ("", "")
        yield from WORD.findall(lowered[at : at + before.start()] if before else lowered[at:start])
        share = lowered[end:].startswith(" of ") and not re.search(r" [a-z]", value)
        yield f"#{'of all ' if share else ''}{f'{led} ' if led else ''}{bound}{value}"
        at = end
    yield from WORD.findall(lowered[at:])


def _bound(words: str | None) -> str:
    return next((mark for pattern, mark in COMPARED if words and re.fullmatch(pattern, words)), "")


@cache
def _same_words() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for line in SAME_WORDS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            canonical, _, others = line.partition(": ")
            found += [(other.strip(), canonical) for other in others.split(" | ")]
    return tuple((_pattern(other), canonical) for other, canonical in sorted(found, key=lambda pair: -len(pair[0])))


def _pattern(other: str) -> re.Pattern[str]:
    # A short form in capitals is no ordinary word.
    flags = 0 if other.rstrip("s").isupper() else re.IGNORECASE
    return re.compile(rf"(?<![\w-]){re.escape(other)}(?![\w-])", flags)
