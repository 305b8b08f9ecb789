"""The address of a Chroma server: what CHAPTER_VERSE_CHROMA_URL means, checked before anything is asked of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from index.records import IndexProblem

TENANT, DATABASE = "default_tenant", "default_database"
KNOWN = {"tenant", "database", "collection"}
# Chroma's own rule for the names of collections, less what the recipe takes of it.
NAME = re.compile(r"[a-zA-Z0-9][\w-]{0,63}")
PRINTABLE = re.compile(r"[!-~]+")

WRONG = (
    "CHAPTER_VERSE_CHROMA_URL is not the address of a Chroma server ({reason}). Write it as http://host:8000, or "
    "https://host/?tenant=T&database=D&collection=NAME."
)
WRONG_TOKEN = "CHAPTER_VERSE_CHROMA_TOKEN has a character that no token can have: use only letters, digits and signs."  # noqa: S105


@dataclass(frozen=True)
class ChromaServer:
    """A Chroma server: its URL without the query, which of its databases, and how our collections' names begin."""

    url: str
    tenant: str
    database: str
    prefix: str
    token: str = field(default="", repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What is sent with each request: the token as proxies ask for it and as Chroma Cloud does."""
        return {"Authorization": f"Bearer {self.token}", "x-chroma-token": self.token} if self.token else {}


def server_at(url: str, token: str, prefix: str) -> ChromaServer:
    """The server that a URL names; collections begin with `prefix` unless it says `collection`.

    Raises IndexProblem when it is no such URL, or the token could not be sent.
    """
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
        query = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise IndexProblem(WRONG.format(reason=str(error).lower())) from error
    if reason := _fault(parts.scheme, parts.hostname, parts.netloc, query):
        raise IndexProblem(WRONG.format(reason=reason))
    if token and not PRINTABLE.fullmatch(token):
        raise IndexProblem(WRONG_TOKEN)
    chosen = {name: values[0] for name, values in query.items()}
    return ChromaServer(
        f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}",
        chosen.get("tenant", TENANT),
        chosen.get("database", DATABASE),
        chosen.get("collection", prefix),
        token,
    )


def _fault(scheme: str, host: str | None, place: str, query: dict[str, list[str]]) -> str | None:
    """What is wrong with the parts of a URL, if anything; never the URL itself, which may hold a password."""
    if scheme not in ("http", "https") or not host:
        return "it has to begin with http:// or https:// and a host"
    if "@" in place:
        return "a user or password is in it; put a token into CHAPTER_VERSE_CHROMA_TOKEN instead"
    if unknown := query.keys() - KNOWN:
        return f"'{min(unknown)}' is unknown"
    for name, values in query.items():
        if len(values) > 1 or not NAME.fullmatch(values[0]):
            return f"'{name}' has to be one name of letters, digits, _ and -"
    return None
