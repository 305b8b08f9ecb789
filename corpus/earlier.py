"""Grades of earlier inspections that a report recalls, each with the sentence that recalls it.

A row is given only where one sentence, or two that belong together, name the earlier inspection, a
council service and its grade; what is said of homes, schools and agencies, or left to a pronoun whose
service is not sure, gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.authorities import find_mentions
from corpus.identity import MONTH
from corpus.judgements import GRADE, normal_grade
from corpus.report import Block, BlockKind, Judgement, is_verbatim
from corpus.sentences import sentence_spans

WHEN = rf"(?:(?:\d{{1,2}} )?(?:{MONTH}) )?(?:19|20)\d\d"
INSPECTION = r"(?:[\w’'()-]+ ){0,5}?(?:re-?)?inspections?"
# "the last inspection of …, in October 2015": the words that name an earlier inspection.
NAMED = re.compile(
    rf"\b(?:(?:the|its|their|Ofsted[’']s) )?(?:last|previous|earlier|most recent) {INSPECTION}\b"
    rf"(?:,? (?:of [^,.;]{{3,90}}? )?(?:in|on|of|published in) {WHEN})?"
    rf"|\b(?:the|an) {INSPECTION}(?: of [^,.;]{{3,90}}?)?,? (?:in|on) {WHEN}"
    rf"|\b(?:last )?inspected (?:at the end of |in |on ){WHEN}|^In {WHEN}(?=,)",
    re.IGNORECASE,
)
DAY = re.compile(rf"\b{WHEN}\b", re.IGNORECASE)
# Words at the head of such a name that are no part of it.
NO_NAME = re.compile(
    r"^(?:in (?=.*\d)|the (?:point|time) of |(?:last )?inspected (?:at the end of|in|on) )", re.IGNORECASE
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MARK = r"[‘’'“”\"]?"
VERDICT = (
    r"(?:judged|rated|graded|found)(?: by (?:Ofsted|inspectors))?"
    rf"(?: (?:as|to|be|being|overall|still|have|been)\b)* {MARK}"
)
# What may follow a grade that is given; "good or outstanding" is none.
GIVEN = (
    rf"{MARK}(?=\W*$|[.;:,)]"
    rf"|{MARK} (?:because|overall|with|at|in|by|but|and|when|since|across|for|following|as part)\b)"
    r"(?! (?:and|or) (?:better|outstanding|good)\b)(?! at (?!the|its|this))"
)
PASSIVE = re.compile(
    rf"(?P<subject>[^;]*?)(?:,? (?:(?:was|were|had|been|is|are|all|both|again|still|and|also|previously) )+| )"
    rf"{VERDICT}(?P<grade>{GRADE}){GIVEN}",
    re.IGNORECASE,
)
# No words that say who was judged, for another verdict lies between.
VERDICT_WORD = rf"judged|rated|graded|found|{GRADE}"
ACTIVE = re.compile(
    rf"\b(?:judged|rated|graded|found)(?: that)? (?P<subject>(?:(?!{VERDICT_WORD})[^;,.]){{5,110}}?)"
    rf" (?:to be|as|to|were|was) {MARK}(?P<grade>{GRADE}){GIVEN}",
    re.IGNORECASE,
)
WAS_THEN = re.compile(
    rf"^(?P<subject>[^;,.]{{5,110}}?) (?:was|were) {MARK}(?P<grade>{GRADE})"
    r"(?= (?:at|in) (?:the (?:time|point) of )?the (?:last|previous))",
    re.IGNORECASE,
)
# Where the words that say who was judged begin.
CLAUSE = re.compile(r"[,;:(]|\b(?:when|where|which|since|although|while|after|with|but)\b", re.IGNORECASE)
# Whatever else Ofsted inspects, and whoever else judges; other sentences with these words are not read.
ELSEWHERE = re.compile(
    r"\b(?:homes?|schools?|academ\w+|colleges?|pupils?|agenc\w+|placements?|settings?|centres?|nurser\w+|hostels?|units?"
    r"|fostering|providers?|provision|residential|accommodation|cases|audits?|audited|peer|predecessor|partners?|partnership"
    r"|neighbouring|other (?:local )?authorit\w+|monitoring visits?|focused visits?|this inspection|current inspection"
    r"|youth offending|probation|police|health|CQC|aim\w*|target\w*|self-assess\w*|not|never)\b",
    re.IGNORECASE,
)
AREAS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (area, re.compile(pattern, re.IGNORECASE))
    for area, pattern in (
        ("lscb", r"safeguarding children board|\blscb\b"),
        ("adoption", r"\badoption\b"),
        ("in_care", r"looked[- ]after|\bin care\b"),
        ("care_leavers", r"care leavers|leaving care"),
        ("leaders", r"\bleadership\b|impact of leaders"),
        (
            "help_protection",
            (
                r"help and protection|\bsafeguarding(?! children board)|child protection|protection of children"
                r"|need of (?:help|protection)"
            ),
        ),
    )
)
OWN_GRADE = re.compile(
    r"(?:(?:all|and) )*(?:(?:the|its|their|of|our) )*"
    r"(?:overall effectiveness(?: (?:of|for) .+)?"
    r"|(?:.{2,60}?[’']s? )?children.{0,2}s (?:(?:social care )?services|social care)(?: in .+| overall)?"
    r"|(?:local )?authority(?:.{0,2}s services)?|(?:[\w&-]+ ){0,6}?(?:city |county |borough )?council"
    r"|services for (?:vulnerable )?children(?:(?:,| and) (?:young people|families))*(?: in .+)?)",
    re.IGNORECASE,
)
EVERYTHING = re.compile(r"overall effectiveness|children.{0,2}s services", re.IGNORECASE)
BARE = re.compile(r"(?:(?:the|all|both|its|these|and|they|it|overall) ?)*(?:services?)?", re.IGNORECASE)
SAME_SUBJECT = re.compile(
    r"^(?:The local authority|The council|Services|The services?|These services|Children.{0,2}s services|This|It|They"
    rf"|(?:The )?Overall effectiveness) (?:was|were) {VERDICT}(?P<grade>{GRADE})(?=\W*$)",
    re.IGNORECASE,
)
PREVIOUS = re.compile(
    r"^The (?:previous|last|most recent)(?: Ofsted)? (?:inspection|review) of (?P<subject>.{5,120}?),?"
    r" (?:was|took place|was undertaken|was carried out|was conducted|was completed)"
    rf" (?:in|on) (?P<day>{WHEN})",
    re.IGNORECASE,
)
# "the last inspections for … in 2012, when services were judged to be good, and for … in 2010, when they …".
EACH = re.compile(
    rf"\b(?:for|of) (?P<subject>(?:(?!{VERDICT_WORD})[^,.;]){{5,90}}?),? in (?P<day>{WHEN}),? (?:when|where)"
    rf" (?:the )?(?:services?|they|it) (?:was|were) {VERDICT}(?P<grade>{GRADE}){GIVEN}",
    re.IGNORECASE,
)
INSPECTIONS = re.compile(r"\b(?:last|previous|most recent) (?:Ofsted )?inspections\b", re.IGNORECASE)
LONGEST = 420


def read_earlier(blocks: tuple[Block, ...], text: str, own: str | None) -> tuple[Judgement, ...]:
    """Grades of earlier inspections, in the order in which they stand, each once; `of` names the inspection.

    `own` is the authority that the report is about. Two different grades for one area of one inspection cancel
    each other.
    """
    rows = [row for row in _rows(blocks, own) if is_verbatim(row.quote, text)]
    found: dict[tuple[str, str], Judgement] = {}
    twice: set[tuple[str, str]] = set()
    for row in rows:
        if _names_another(row.quote, own):
            continue
        key = (row.area, row.of.lower())
        if found.setdefault(key, row).grade != row.grade:
            twice.add(key)
    return tuple(row for key, row in found.items() if key not in twice)


def _rows(blocks: tuple[Block, ...], own: str | None) -> Iterator[Judgement]:
    for block in blocks:
        if block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW) or not re.search(r"inspect|\bIn ", block.text):
            continue
        said = [block.text[start:end] for start, end in _spans(block.text)]
        for first, second in pairwise([*said, ""]):
            yield from _from_two(first, second, block)
            yield from _from_each(first, block)
            yield from _from_one(first, block, own)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, and bullets that ran together, as positions."""
    for start, end in sentence_spans(text):
        at = start
        for mark in re.finditer(r"[•\ue000-\uf8ff]\s*", text[start:end]):
            if text[at : start + mark.start()].strip():
                yield at, start + len(text[start : start + mark.start()].rstrip())
            at = start + mark.end()
        if at < end:
            yield at, end


def _from_two(first: str, second: str, block: Block) -> Iterator[Judgement]:
    """Two sentences: "The previous inspection of … was in October 2012. The local authority was judged adequate"."""
    previous, verdict = PREVIOUS.match(first), SAME_SUBJECT.match(second)
    if not previous or not verdict or len(YEAR.findall(first)) != 1 or ELSEWHERE.search(previous["subject"]):
        return
    if area := _area(previous["subject"], both="overall"):
        quote = block.text[block.text.find(first) : block.text.find(second, block.text.find(first)) + len(second)]
        yield _judgement(area, verdict["grade"], previous["day"], quote, block)


def _from_each(sentence: str, block: Block) -> Iterator[Judgement]:
    """Several inspections in one sentence, each with its service, year and grade."""
    if len(sentence) > LONGEST or not INSPECTIONS.search(sentence) or ELSEWHERE.search(sentence):
        return
    for each in EACH.finditer(sentence):
        if area := _area(each["subject"]):
            yield _judgement(area, each["grade"], each["day"], sentence, block)


def _from_one(sentence: str, block: Block, own: str | None) -> Iterator[Judgement]:
    named = NAMED.search(sentence)
    if not named or len(sentence) > LONGEST or ELSEWHERE.search(sentence) or len(set(YEAR.findall(sentence))) > 1:
        return
    day = DAY.search(sentence)
    of = named[0] if YEAR.search(named[0]) or not day else day[0]
    of = NO_NAME.sub("", of)
    for pattern in (WAS_THEN, ACTIVE, PASSIVE):
        if verdicts := list(pattern.finditer(sentence)):
            for verdict in verdicts:
                if area := _judged(verdict, sentence, named, block, own):
                    yield _judgement(area, verdict["grade"], of, sentence, block)
            return


def _judged(verdict: re.Match[str], sentence: str, named: re.Match[str], block: Block, own: str | None) -> str | None:
    """The area that a verdict is about, or None where it is not sure."""
    clause = _without_name(CLAUSE.split(verdict["subject"])[-1].strip(), own)
    inspected = _area(named[0])
    narrowed = re.match(r"\W*(?:for|in) ([^,.;]{4,60})", sentence[verdict.end("grade") :])
    if narrowed and _area(narrowed[1]):
        return _area(narrowed[1])
    if area := _area(clause):
        return inspected if area == "overall" and inspected and not EVERYTHING.search(clause) else area
    if not BARE.fullmatch(clause):
        return None
    if inspected:
        return inspected
    rest = sentence.replace(named[0], " ")
    if any(pattern.search(rest) for _, pattern in AREAS) or _section_area(block):
        return None
    return "overall" if re.search(r"services|local authority|council|overall", rest, re.IGNORECASE) else None


def _without_name(clause: str, own: str | None) -> str:
    """Words that say who was judged, where they begin with the report's own authority: its name says no more."""
    for mention in find_mentions(clause, typos=False) if own else ():
        if mention.start == 0 and mention.authority == own:
            rest = re.sub(r"^(?:[’']s?)?\s*(?:local authority (?=children))?", "", clause[mention.end :])
            return rest or "the local authority"
    return clause


def _section_area(block: Block) -> bool:
    """Whether the section is about one service only, so that "services" may mean that one."""
    if block.page in (None, 1, 2) or not block.headings:
        return False
    return any(pattern.search(block.headings[-1]) for area, pattern in AREAS if area != "leaders")


def _area(words: str, both: str | None = None) -> str | None:
    """The one area that the words name; `both` where they name protection and care together."""
    areas = [area for area, pattern in AREAS if pattern.search(words)]
    if areas == ["in_care", "help_protection"]:
        return both
    if areas in (["in_care", "care_leavers"], ["in_care"]):
        return "in_care"
    if len(areas) == 1:
        return areas[0]
    return "overall" if not areas and OWN_GRADE.fullmatch(words.strip()) else None


def _judgement(area: str, printed: str, of: str, quote: str, block: Block) -> Judgement:
    return Judgement(area, normal_grade(printed), printed, quote, block.page, of)


def _names_another(quote: str, own: str | None) -> bool:
    """Whether a sentence names an authority and not only the report's own."""
    named = {mention.authority for mention in find_mentions(quote, typos=False)}
    return bool(named) and named != {own}
