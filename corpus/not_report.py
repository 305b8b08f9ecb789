"""Web pages that were saved in place of a report: about cookies, an error, a door that stayed shut."""

from __future__ import annotations

import re

# Every real report speaks of these again and again, and no such page does, whatever else stands on it.
INSPECTED = re.compile(r"\b(?:children|young people|social workers?|care leavers|inspectors)\b", re.IGNORECASE)
LEAST_INSPECTED = 5
COOKIES = re.compile(r"\bcookies?\b", re.IGNORECASE)
LEAST_COOKIES, WORDS_A_COOKIE = 5, 50
# A page that only says what went wrong is short; its menus and small print come to no more than this.
MOST_WORDS = 400
GONE = r"(?:cannot|can’t|can't|could not|couldn’t|couldn't|was not|not) (?:be )?found|no longer (?:exists|available)"
FAILURES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (says, re.compile(pattern, re.IGNORECASE))
    for says, pattern in (
        ("that what was asked for was not found", rf"\b(?:page|report|document|file)\b[^.]{{0,60}}\b(?:{GONE})"),
        ("that what was asked for was not found", r"\b404\b.{0,20}\b(?:error|not found)|\berror.{0,3} 404\b"),
        ("that access was denied", r"\baccess (?:is |was |has been )?denied\b|\b403\b.{0,20}\bforbidden\b"),
        ("that access was denied", r"\bnot (?:authorised|authorized|permitted) to (?:view|access)\b"),
        ("that JavaScript must be switched on", r"\b(?:enable|turn on|switch on|requires?|without) JavaScript\b"),
        ("that JavaScript must be switched on", r"\bJavaScript (?:is|must be|to be) (?:disabled|enabled|required)\b"),
        ("that its visitor must be human", r"\bverif\w+ (?:that )?you are (?:a )?human\b|\bnot a robot\b|\bcaptcha\b"),
        ("that its visitor must be human", r"\bchecking (?:if the site connection is secure|your browser)\b"),
        ("that one must sign in", r"\b(?:sign|log) ?in\b.{0,300}\bpassword\b|\bforgot(?:ten)? (?:your )?password\b"),
        ("that the site was out of order", r"\binternal server error\b|\bbad gateway\b|\bgateway time-?out\b"),
        ("that the site was out of order", r"\bservice (?:is )?(?:temporarily )?unavailable\b"),
        ("that the site was out of order", r"\bproblem with (?:the|this) (?:service|site)\b"),
    )
)


def not_a_report(text: str) -> str | None:
    """Why a text is no report but a web page that came in its place, as a sentence; None if it may be one."""
    if len(INSPECTED.findall(text)) >= LEAST_INSPECTED:
        return None
    words, cookies = len(text.split()), len(COOKIES.findall(text))
    if cookies >= LEAST_COOKIES and cookies * WORDS_A_COOKIE >= words:
        return "It is a web page about cookies, not a report."
    if words <= MOST_WORDS:
        for says, pattern in FAILURES:
            if pattern.search(" ".join(text.split())):
                return f"It is a web page that says {says}, not a report."
    return None
