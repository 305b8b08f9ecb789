"""Personal data in a question: what looks like it is neither logged nor sent to a model on another machine."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from rag.settings import Settings

NAME = r"[A-Z][a-z’'-]+ [A-Z][A-Za-z’'-]+"
DAY = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d\d){1,2}|(?:19|20)\d\d-\d\d-\d\d"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*,? (?:19|20)\d\d)"
)
BORN = r"(?i:born(?: on)?|d\.?o\.?b\.?|date of birth|birthday)"
NUMBERED = (
    r"(?i:\b(?:case|client|pupil|nhs|reference|ref|national insurance|liquidlogic|mosaic)"
    r"(?: (?:number|no|id|ref|reference))?\b[.:#]?\s*(?:is\s+)?)(?=[\w/-]*\d{4})[A-Za-z]{0,4}[\w/-]{4,}"
)
ADDRESS = (
    r"\b\d{1,4}[a-zA-Z]?,? (?:[A-Z][a-z’'-]+ ){1,3}(?i:street|road|avenue|lane|close|drive|crescent|court|way|terrace"
    r"|place|grove|gardens)\b"
)
PERSONAL = tuple(
    re.compile(pattern)
    for pattern in (
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        # A telephone number of the United Kingdom: ten or eleven digits, however they are grouped.
        r"(?<![\w,.])(?:\+44[\s-]?(?:\(0\)[\s-]?)?|\(?0)(?:\d[\s()-]{0,2}){9,10}(?![\d])",
        rf"\b{BORN}\b\W{{0,3}}(?:is |was )?{DAY}",
        rf"\b{NAME},? \(?{DAY}\)?",
        NUMBERED,
        r"\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b",
        r"(?<![\d,.])\d{3} \d{3} \d{4}(?!\d)",
        ADDRESS,
        r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
    )
)
LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))


def holds_personal_data(question: str) -> bool:
    """Whether a question looks as if it told who somebody is: a birthday, telephone, e-mail, address or case number."""
    return any(pattern.search(question) for pattern in PERSONAL)


def is_remote(settings: Settings) -> bool:
    """Whether the model that the settings name may run on another machine; the embedded one and files do not."""
    if settings.model in ("none", "embedded") or settings.model.endswith(".gguf"):
        return False
    return settings.model_url is None or urlsplit(settings.model_url).hostname not in LOCAL


def withheld_from_model(question: str, settings: Settings) -> bool:
    """Whether a question is to be answered without the model, because it would leave the machine."""
    return is_remote(settings) and not settings.send_personal and holds_personal_data(question)
