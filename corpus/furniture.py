"""What of a web page is not its content: scripts, menus, banners, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping

UNREAD = frozenset(
    "script style noscript template nav aside footer iframe object svg canvas audio video button select input textarea"
    " datalist map head math".split()
)
PAGE_ROLES = frozenset("navigation contentinfo complementary search dialog alertdialog".split())
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
FURNITURE = re.compile(
    r"(?:cookie|consent|gdpr)[\w-]*(?:banner|bar|message|notice|popup|overlay|modal|dialog|prompt|consent)|onetrust"
    r"|\b(?:breadcrumb|skip-?(?:link|to)|pagination|social-share|share-links)"
    r"|\b(?:sr-only|nonvisual|(?:govuk-)?visually-hidden|screen-reader-text)\b",
    re.IGNORECASE,
)
ATTRIBUTE_CHARACTERS = 500


def is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element is of a kind that holds none of what a page says, or is not shown."""
    if tag in UNREAD or attributes.get("role") in PAGE_ROLES or (tag == "dialog" and "open" not in attributes):
        return True
    return "hidden" in attributes or HIDDEN_STYLE.search(_short(attributes, "style")) is not None


def is_furniture(attributes: Mapping[str, str]) -> bool:
    """Whether an element's names say that it is a banner, a breadcrumb trail or only for screen readers."""
    return any(FURNITURE.search(_short(attributes, name)) for name in ("class", "id"))


def _short(attributes: Mapping[str, str], name: str) -> str:
    # A pattern takes long over megabytes that a broken page may hold here.
    return attributes.get(name, "")[:ATTRIBUTE_CHARACTERS]
