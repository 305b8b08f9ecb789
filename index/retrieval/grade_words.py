"""The words in which questions ask for a grade, name one, or take one for granted."""

from __future__ import annotations

import re

# "Is it a good authority", "did it pass": what they come to is the overall judgement.
GOOD_AUTHORITY = re.compile(
    r"\b(?:is|was|are|were)\b.{0,50}?\b(?:an? |the )?(outstanding|good|bad|failing|inadequate|adequate|poor|decent"
    r"|rubbish)"
    r" (?:local )?(?:authority|council|borough|LA|children['’]?s services)\b",
    re.IGNORECASE,
)
GRADE_WORD = re.compile(
    r"\b(?:which|what) (?:areas|bits|parts|aspects|elements|services) (?:of .{1,40} )?(?:was|were|are|is) (?:\w+ )?"
    r"(?:outstanding|good|requires improvement|inadequate)\b(?=\W*(?:$|[?,.]|(?:in|by|for|at|overall)\b|\d))"
    r"|\bwhat did\b.{3,40}\bget (?:for|on|in)\b|\bpass(?:ed)? or fail(?:ed)?\b|\bpass/fail\b"
    r"|\b(?:pass(?:ed)?|fail(?:ed)?)\b(?: (?:its|their|the|an?|last|latest|\d{4}))* (?:ofsted|inspections?)\b"
    r"|\b(?:inspections?|ofsted)\b.{0,40}\bresults?\b|\bresults? of\b.{0,30}\binspection\b"
    r"|\bgrad(?:e|es|ed|ing)\b|\bjudge?ments?\b|\bjudged\b|\bratings?\b|\brated\b|\bofsted result"
    r"|\bc[oa]me out (?:as|overall)\b"
    r"|\b(?:got|get|gets|given|received?|awarded)\b.{0,25}\b(?:outstanding|good|requires? improvement|inadequate)\b"
    r"(?=\W*(?:$|[,.?]|(?:in|for|by|overall|at|from)\b))"
    r"|\b(?:was|were|is|are) .{3,60} (?:inadequate|outstanding)\b|\boverall\b(?=.{0,15}\?*$)",
    re.IGNORECASE,
)
# "Was Newtown good in 2017?", the name left out: a grade, where nothing but such words stand beside it.
IS_GRADE = re.compile(
    r"^\W*(?:so\s+)?(?:was|is|were|are|did)\b(?:\W|\b(?:s|council|the|children|childrens|services?|lscb|adoption"
    r"|care|leavers"
    r"|leadership|overall|rated|judged|graded|found|get|to|be|any|really|still|safeguarding|board|manage|achieve|reach|stay"
    r"|remain|keep|an?)\b)*"
    r"\b(?:outstanding|good|requires? improvement|inadequate|adequate)\b"
    r"(?:\W|\b(?:overall|back|in|for|by|at|ofsted|the|\d{4}|report|inspection|then|now|today|these|days)\b)*$",
    re.IGNORECASE,
)
# "Which of the two was worse?", names, years and areas left out: by their grades, where nothing else is compared.
_BETTER, _WORSE = "better|best|stronger|strongest|higher|highest", "worse|worst|weaker|weakest|lower|lowest"
BETTER_OR_WORSE = re.compile(rf"\b(?:{_BETTER}|{_WORSE})\b", re.IGNORECASE)
COMPARED = re.compile(rf"{BETTER_OR_WORSE.pattern}|\bcompare[ds]?\b", re.IGNORECASE)
WORSE = re.compile(rf"\b(?:{_WORSE})\b", re.IGNORECASE)
COMPARES_GRADES = re.compile(
    r"^(?:\W|\b(?:so|which|who|what|how|of|the|these|those|two|three|four|both|one|councils?|authorit(?:y|ies)|boroughs?"
    r"|la|las|places?|was|were|is|are|did|does|do|has|have|had|came|come|comes|out|on|got|get|gets|given|received?|been"
    rf"|be|{_BETTER}|{_WORSE}|rated|judged|graded"
    r"|grades?|ratings?|or|and|than|compare[ds]?|with|to|against|vs?|versus|between|in|at|for|by|overall|their|its|it"
    r"|latest|last|newest|most|recent|inspections?|reports?|ofsted|child(?:ren)?|childrens|s|services?|social|care|now"
    r"|today|currently|then|back|a|an|according|there|each|other|do|doing|performed?|perform|performing|\d{2,4})\b)*$",
    re.IGNORECASE,
)
# What an earlier inspection came to is in the report's text, not among the report's own grades.
EARLIER = re.compile(
    # Not "in the year before the inspection", which is of that inspection's own report.
    r"(?<!in the year )(?<!in the months )(?<!in the weeks )\bbefore\b.{0,40}"
    r"\b(?:inspection|report|(?:19|20)\d\d)\b|\b(?:previous|prior"
    r"|earlier)\b.{0,30}\b(?:inspections?|judge?ments?|reports?|grades?|ratings?)\b",
    re.IGNORECASE,
)
# These are grades wherever they stand; "good" and "adequate" only where a verb of judging leads to them.
NAMED_GRADE = re.compile(
    # Not what is still to be done: "outstanding cases".
    r"\b(outstanding(?! (?:\w+ ){0,3}(?:cases?|actions?|issues?|work|reviews?|assessments?|recommendations?|tasks?"
    r"|visits?|items?|matters?|checks?|plans?|concerns?)\b)|requires? improvement|inadequate)\b",
    re.IGNORECASE,
)
PREMISE = re.compile(
    r"\b(?:rated|judged|graded|found|considered|deemed|get|got|given|was|were|being|is)\b[^.?]{0,40}?"
    r"\b(outstanding|good|requires? improvement|requiring improvement|inadequate|adequate|satisfactory)\b"
    # Not the "good" of "good practice".
    r"(?=\W*(?:$|[,.;:?]|(?:in|by|for|overall|at|when|back|then|and|or|during|after|before|to be good|\d{4})\b))",
    re.IGNORECASE,
)


def asks_grade(question: str) -> bool:
    """Whether a question asks how something was judged."""
    return bool(GRADE_WORD.search(question) or GOOD_AUTHORITY.search(question))


def compares_grades(rest: str, *, of_area: bool) -> bool:
    """Whether a question, its names and areas left out, compares authorities by nothing but how they were judged.

    To compare them on an area, without a word for better or worse, is to ask what was found there.
    """
    pattern = BETTER_OR_WORSE if of_area else COMPARED
    return bool(pattern.search(rest) and COMPARES_GRADES.match(rest))


def premise_of(question: str) -> str | None:
    """The grade that a question names or takes for granted, in its normal form; None when there is none."""
    match = PREMISE.search(question) or _good_authority(question) or NAMED_GRADE.search(question)
    if not match:
        return None
    return normal_grade(match[1])


def normal_grade(printed: str) -> str:
    """A grade as the register writes it: "requiring improvement" is "requires improvement"."""
    words = printed.lower()
    return "requires improvement" if words.startswith("requir") else words


def _good_authority(question: str) -> re.Match[str] | None:
    """A grade in "is it a good authority?"; the "bad" that is none is left out."""
    found = GOOD_AUTHORITY.search(question)
    return found if found and found[1].lower() in {"outstanding", "good", "inadequate", "adequate"} else None
