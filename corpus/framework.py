"""The rules that a report was inspected under, told from its title and its set words."""

from __future__ import annotations

import re

from corpus.report import Framework, ReportKind

# The one whose words stand first counts: what a report says of other inspections comes after its own title.
TITLES: tuple[tuple[Framework, re.Pattern[str]], ...] = tuple(
    (framework, re.compile(pattern, re.IGNORECASE))
    for framework, pattern in (
        (
            Framework.SIF,
            # Boards were reviewed by themselves under the same framework.
            (
                r"services for children in need of help and protection,? children looked after"
                r"|review of the effectiveness of the local safeguarding children board"
            ),
        ),
        (Framework.ILACS, r"impact of leaders on social work"),
        (Framework.JTAI, r"joint targeted area inspection"),
        (Framework.CHILD_PROTECTION, r"arrangements for the protection of children"),
        (Framework.LOOKED_AFTER, r"inspection of looked[- ]after children(?:[’']s)? services"),
        (Framework.SAFEGUARDING_LOOKED_AFTER, r"inspection of safeguarding and looked[- ]after children"),
        (Framework.CONTACT_REFERRAL_ASSESSMENT, r"contact,? referral and assessment"),
    )
)
# Letters name the framework in their text, and other inspections with it, so that nothing else counts there.
VISITED_UNDER_ILACS = re.compile(r"\bILACS\b")
VISITS = (ReportKind.FOCUSED_VISIT, ReportKind.MONITORING_VISIT)


def framework_of(face: str, kind: ReportKind) -> Framework | None:
    """The framework of a report by the first words of its face; None where they do not tell."""
    flat = " ".join(face.split())
    if kind is ReportKind.NEWS:
        return None
    if kind in VISITS:
        return Framework.ILACS if VISITED_UNDER_ILACS.search(flat) else None
    found = [(match.start(), framework) for framework, pattern in TITLES if (match := pattern.search(flat))]
    return min(found)[1] if found else None
