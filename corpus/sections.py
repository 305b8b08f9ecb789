"""The headings that inspection reports share, and how deep each of them stands.

Copies of reports lose their typography, so that a heading is known only by its words. The wording is
that of Ofsted's report templates since 2011; a report in other words still reads, with flatter paths.
"""

from __future__ import annotations

import re

# (level, pattern); the first that matches the whole heading counts. Level 1 is a chapter. The part on the
# safeguarding board (level 0) has chapters of its own, until a heading of level 0 ends it.
KNOWN_HEADINGS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern, re.IGNORECASE))
    for level, pattern in (
        (1, r"(?:the )?local authority(?: [-–] summary of findings)?"),
        (0, r"the local safeguarding children board(?: \(lscb\))?(?: [-–] summary of findings)?"),
        (0, r"information about this inspection.{0,3}|what the inspection judgements mean|annex.{0,60}"),
        (1, r"what (?:does|do) .{3,60} need to improve\??"),
        (1, r"what needs to improve(?: in this area of social work practice)?\??"),
        (1, r"inspection judgements? about .{3,40}"),
        (0, r"the experiences? and progress of .{5,80}"),
        (0, r"leadership, management and governance|the impact of leaders .{5,80}"),
        (1, r"the (?:graded )?judgement (?:for|about) .{5,90}"),
        (1, r"(?:the local authority.{0,2}s )strengths"),
        (1, r"progress since the last inspection"),
        (1, r"summary for children and young people"),
        (1, r"information about this local authority area.{0,3}"),
        (1, r"executive summary|recommendations?|headline findings|main findings|contents"),
        (1, r"strengths|areas? for development|priority actions?|next steps"),
        (1, r"the service meets the requirements of statutory guidance in the following areas"),
        (1, r"inspection findings.{0,60}|summary"),
        (2, r"priority and immediate actions?|areas? for improvement"),
        (2, r"the inspection team"),
        (2, r"(?:children living|child protection|children looked after) in this area"),
        (2, r"previous ofsted inspections|other ofsted inspections|local leadership|other information about this area"),
    )
)
FOOTNOTE_MARK = re.compile(r"(?<=[a-z?)])\d{1,2}$")


def bare_heading(text: str) -> str:
    """A heading's words without emphasis marks, a footnote number or a final full stop."""
    return FOOTNOTE_MARK.sub("", text.strip(" *#\t.")).strip()


def is_known_heading(text: str) -> bool:
    """Whether a line is one of the headings that report templates use."""
    return heading_level(text, default=None) is not None


def heading_level(text: str, default: int | None) -> int | None:
    """How deep a heading stands, 1 outermost; `default` for one that no template uses."""
    bare = bare_heading(text)
    for level, pattern in KNOWN_HEADINGS:
        if pattern.fullmatch(bare):
            return level
    return default
