"""A report from the web: http(s) only, from public addresses only, of a known type and no larger than is read."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

import httpx

from corpus.read import LARGEST_FILE_BYTES
from corpus.report import ReportError

REDIRECTS = 5
TIMEOUT = httpx.Timeout(30, connect=15)
LONGEST_SECONDS = 300.0
# The bytes in which the type of a file shows itself.
HEAD_BYTES = 1024
HEADERS = {"Accept-Encoding": "identity", "User-Agent": "Chapter-and-Verse"}
SUFFIXES = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
# Servers that do not know the type of a file call it one of these.
UNKNOWN_TYPES = ("", "application/octet-stream", "binary/octet-stream", "application/force-download")
MAGIC = {b"%PDF-": ".pdf", b"PK\x03\x04": ".docx"}
# Addresses of the later kind that are a way to one of the earlier, in their last four bytes.
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
Resolver = Callable[[str, int], Iterable[str]]


def resolved(host: str, port: int) -> list[str]:
    """Every address that a name stands for; raises OSError when there is none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True)
class Downloaded:
    """What an address gave: the bytes and a file name, whose ending is that of their type."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Downloading:
    """The rules of a download: how many bytes and seconds at most, and whether private addresses are allowed."""

    allow_private: bool = False
    most_bytes: int = LARGEST_FILE_BYTES
    seconds: float = LONGEST_SECONDS
    resolve: Resolver = resolved

    def get(self, address: str) -> Downloaded:
        """The file at an http(s) address; raises ReportError with the reason when it is refused or not to be had."""
        return asyncio.run(self._in_time(_url(address)))

    async def _in_time(self, url: httpx.URL) -> Downloaded:
        # Of everything, the headers and the addresses that it leads on to: a time for each part can be met for ever.
        try:
            async with asyncio.timeout(self.seconds):
                return await self._fetched(url)
        except TimeoutError as error:
            raise ReportError(f"The file was not there after {self.seconds:.0f} seconds.") from error

    async def _fetched(self, url: httpx.URL) -> Downloaded:
        # No proxy of the environment: it would look the name up anew, and connect to what was not checked.
        async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=False, follow_redirects=False) as client:
            for _ in range(REDIRECTS + 1):
                async with self._answer(client, url) as answer:
                    if not answer.has_redirect_location:
                        return await self._taken(answer, url)
                    url = _url(answer.headers["Location"], url)
        raise ReportError(f"The address leads on more than {REDIRECTS} times.")

    @asynccontextmanager
    async def _answer(self, client: httpx.AsyncClient, url: httpx.URL) -> AsyncIterator[httpx.Response]:
        request = client.build_request(
            "GET",
            # The address that was checked is the one connected to, whatever the name stands for a moment later.
            url.copy_with(host=self._checked(url)),
            headers={"Host": url.netloc.decode("ascii"), **HEADERS},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        try:
            answer = await client.send(request, stream=True)
        except httpx.HTTPError as error:
            raise ReportError(f"{url.host} cannot be reached: {str(error) or type(error).__name__}.") from error
        except UnicodeError as error:
            # The library looks at where an answer leads before it is asked to.
            raise ReportError(f"{url.host} leads on to what is not an address: {error}.") from error
        try:
            yield answer
        finally:
            await answer.aclose()

    def _checked(self, url: httpx.URL) -> str:
        """An address of the host; raises ReportError when the host has none or any that is not public."""
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            found = list(self.resolve(url.host, port))
        except (OSError, UnicodeError) as error:
            raise ReportError(f"There is no host {url.host}, or its name cannot be looked up.") from error
        if not found:
            raise ReportError(f"There is no host {url.host}, or its name cannot be looked up.")
        if not self.allow_private and (private := [each for each in found if not _is_public(each)]):
            raise ReportError(
                f"{url.host} is the private address {private[0]}, from which nothing is fetched unless it is allowed."
            )
        return found[0]

    async def _taken(self, answer: httpx.Response, url: httpx.URL) -> Downloaded:
        if answer.status_code != httpx.codes.OK:
            raise ReportError(f"{url.host} answered {answer.status_code}, not a file.")
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise ReportError("The file comes packed, which was not asked for; how large it is cannot be known.")
        data = bytearray()
        try:
            async for part in answer.aiter_raw():
                data += part
                if len(data) > self.most_bytes:
                    raise ReportError(f"The file has more than {self.most_bytes:,} bytes, which is the limit.")
        except httpx.HTTPError as error:
            raise ReportError(f"The connection broke off: {str(error) or type(error).__name__}.") from error
        suffix = _suffix(answer.headers.get("Content-Type", ""), bytes(data[:HEAD_BYTES]))
        return Downloaded(_name(url, suffix), bytes(data))


def _url(address: str, base: httpx.URL | None = None) -> httpx.URL:
    try:
        url = base.join(address) if base else httpx.URL(address)
        # A name that looks coded, and is not, only fails when it is asked for.
        host = url.host
    except (httpx.InvalidURL, UnicodeError) as error:
        raise ReportError(f"It is not an address: {error}.") from error
    if url.scheme not in ("http", "https") or not host:
        raise ReportError("Only addresses that begin with http:// or https:// are fetched.")
    if url.userinfo:
        raise ReportError("An address with a user name or password is not fetched: it would be kept in the catalogue.")
    return url


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    inner: ipaddress.IPv4Address | None = None
    if isinstance(found, ipaddress.IPv6Address):
        # An IPv4 address can be written as, or reached through, one of the later kind.
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        inner = inner or (ipaddress.IPv4Address(found.packed[-4:]) if found in NAT64 else None)
    return found.is_global and not found.is_multicast and (inner is None or _is_public(str(inner)))


def _suffix(content_type: str, head: bytes) -> str:
    """The ending for a type of file; raises ReportError when it is not one that is read, or says it is another."""
    named = content_type.partition(";")[0].strip().lower()
    shown = next((suffix for magic, suffix in MAGIC.items() if head.startswith(magic)), None)
    said = shown if named in UNKNOWN_TYPES else SUFFIXES.get(named)
    if said is None:
        raise ReportError(f"Files of type '{named or 'unknown'}' are not fetched: only PDF, HTML, text and Word are.")
    if (said in MAGIC.values() or shown) and said != shown:
        raise ReportError(f"It is sent as '{named}', and its first bytes are not of that type.")
    return said


def _name(url: httpx.URL, suffix: str) -> str:
    last = PurePosixPath(unquote(url.path)).name
    ending = PurePosixPath(last).suffix
    stem = last.removesuffix(ending) if ending.lower() in SUFFIXES.values() else last
    plain = re.sub(r"[^\w.-]+", "-", stem).strip(".-")[:100]
    return (plain or re.sub(r"[^\w.-]+", "-", url.host)) + suffix
