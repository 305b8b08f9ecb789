"""A download is checked before it is made, while it runs and when it is there."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import httpx
import pytest

from corpus.download import Downloaded, Downloading
from corpus.report import ReportError

PDF = b"%PDF-1.7 not much of it"
Reply = tuple[int, dict[str, str], bytes]
HERE = Downloading(allow_private=True, most_bytes=2_000, seconds=20, resolve=lambda *_: ["127.0.0.1"])


class _Handler(BaseHTTPRequestHandler):
    replies: ClassVar[dict[str, Reply]] = {}
    hosts: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        self.hosts.append(self.headers["Host"])
        if self.path == "/slow":
            self._drip()
            return
        status, headers, body = self.replies.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        """Headers without an end, each in less time than a read may take."""
        try:
            for number in range(100):
                self.wfile.write(f"HTTP/1.0 200 OK\r\nX-{number}: x\r\n".encode() if number == 0 else b"X-1: x\r\n")
                time.sleep(0.1)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, dict[str, Reply], list[str | None]]]:
    """A web site on this machine, under a name that only the tests' resolver knows."""
    replies: dict[str, Reply] = {}
    hosts: list[str | None] = []
    monkeypatch.setattr(_Handler, "replies", replies)
    monkeypatch.setattr(_Handler, "hosts", hosts)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://reports.example:{server.server_port}", replies, hosts
    server.shutdown()
    server.server_close()
    thread.join()


Site = tuple[str, dict[str, Reply], list[str | None]]


def refused(address: str, rules: Downloading = HERE) -> str:
    with pytest.raises(ReportError) as caught:
        rules.get(address)
    return str(caught.value)


def test_a_file_comes_with_a_name_and_the_host_is_asked_by_its_own(site: Site) -> None:
    base, replies, hosts = site
    replies["/files/A%20letter.PDF?v=1"] = (200, {"Content-Type": "application/pdf; charset=x"}, PDF)
    assert HERE.get(f"{base}/files/A%20letter.PDF?v=1") == Downloaded("A-letter.pdf", PDF)
    assert hosts == [base.removeprefix("http://")]


@pytest.mark.parametrize(
    ("path", "kind", "body", "name"),
    [
        ("/file/5001", "application/pdf", PDF, "5001.pdf"),
        ("/file/5001", "", PDF, "5001.pdf"),
        ("/a.bin", "application/octet-stream", b"PK\x03\x04...", "a.bin.docx"),
        ("/page", "text/html; charset=utf-8", b"<html>", "page.html"),
        ("/notes.md", "text/plain", b"words", "notes.txt"),
        ("/R.PDF", "application/pdf", PDF, "R.pdf"),
        ("/", "text/html", b"<html>", "reports.example.html"),
        ("/..%2f..%2fetc%2fpasswd", "text/plain", b"words", "passwd.txt"),
        ("/.hidden", "text/plain", b"words", "hidden.txt"),
    ],
)
def test_the_name_is_plain_and_ends_as_its_type_does(site: Site, path: str, kind: str, body: bytes, name: str) -> None:
    base, replies, _ = site
    replies[path] = (200, {"Content-Type": kind}, body)
    assert HERE.get(base + path).name == name


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("image/png", b"\x89PNG", "Files of type 'image/png' are not fetched"),
        ("application/zip", b"PK\x03\x04", "Files of type 'application/zip' are not fetched"),
        ("application/octet-stream", b"\x00\x01", "Files of type 'application/octet-stream' are not fetched"),
        ("application/pdf", b"<!doctype html>Please log in", "first bytes are not of that type"),
        ("text/html", PDF, "first bytes are not of that type"),
        ("text/plain", b"PK\x03\x04", "first bytes are not of that type"),
    ],
)
def test_a_file_that_is_not_what_is_read_is_refused(site: Site, kind: str, body: bytes, said: str) -> None:
    base, replies, _ = site
    replies["/x"] = (200, {"Content-Type": kind}, body)
    assert said in refused(f"{base}/x")


@pytest.mark.parametrize("said_length", ["10", None])
def test_a_file_that_is_too_large_is_refused_whatever_it_says(site: Site, said_length: str | None) -> None:
    base, replies, _ = site
    headers = {"Content-Type": "application/pdf"} | ({"Content-Length": said_length} if said_length else {})
    replies["/x"] = (200, headers, PDF + b"x" * 3_000)
    if said_length:
        assert len(HERE.get(f"{base}/x").data) == int(said_length)
    else:
        assert "more than 2,000 bytes" in refused(f"{base}/x")


def test_a_packed_answer_is_refused(site: Site) -> None:
    base, replies, _ = site
    replies["/x"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"\x1f\x8b")
    assert "comes packed" in refused(f"{base}/x")


def test_a_file_that_takes_too_long_is_refused(site: Site) -> None:
    base, replies, _ = site
    replies["/x"] = (200, {"Content-Type": "application/pdf"}, PDF)
    hurried = Downloading(allow_private=True, seconds=-1, resolve=HERE.resolve)
    assert "was not there after" in refused(f"{base}/x", hurried)


def test_an_answer_that_is_no_file_is_refused(site: Site) -> None:
    assert "reports.example answered 404" in refused(f"{site[0]}/none")


def test_a_redirect_is_followed_and_the_last_address_names_the_file(site: Site) -> None:
    base, replies, _ = site
    replies["/a"] = (302, {"Location": "/b/letter"}, b"")
    replies["/b/letter"] = (200, {"Content-Type": "application/pdf"}, PDF)
    assert HERE.get(f"{base}/a").name == "letter.pdf"


def test_five_redirects_are_followed_and_no_more(site: Site) -> None:
    base, replies, _ = site
    for step in range(7):
        replies[f"/{step}"] = (302, {"Location": f"/{step + 1}"}, b"")
    replies["/7"] = (200, {"Content-Type": "application/pdf"}, PDF)
    assert HERE.get(f"{base}/2").name == "7.pdf"
    assert "more than 5 times" in refused(f"{base}/1")


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("file:///etc/passwd", "Only addresses that begin with http"),
        ("http://user:key@reports.example/", "user name or password"),
        ("http://inner.example/x", "inner.example is the private address 10.0.0.7"),
        ("http://xn--a.com/", "leads on to what is not an address"),
        ("http://[::1", "reports.example cannot be reached: Invalid URL"),
    ],
)
def test_where_a_redirect_leads_is_checked_like_an_address(site: Site, location: str, said: str) -> None:
    base, replies, _ = site
    replies["/a"] = (302, {"Location": location}, b"")
    # The first host counts as public here, so that only the second is at fault.
    known = {"reports.example": ["127.0.0.1"], "inner.example": ["10.0.0.7"]}
    rules = Downloading(resolve=lambda host, _: known[host])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.download._is_public", lambda address: address == "127.0.0.1")
        assert said in refused(f"{base}/a", rules)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104  (no binding: it must be refused)
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "ff02::1",
    ],
)
def test_an_address_that_is_not_public_is_refused_even_beside_a_public_one(address: str) -> None:
    rules = Downloading(resolve=lambda *_: ["93.184.216.34", address])
    assert f"is the private address {address}" in refused("https://reports.example/x.pdf", rules)


def test_a_public_address_passes_the_check() -> None:
    rules = Downloading(resolve=lambda *_: ["93.184.216.34", "2606:2800:220:1::1"])
    assert rules._checked(httpx.URL("https://reports.example")) == "93.184.216.34"


@pytest.mark.parametrize("address", ["http://127.0.0.1/x", "http://[::1]/x", "http://localhost/x"])
def test_this_machine_is_refused_by_the_real_resolver(address: str) -> None:
    assert "private address" in refused(address, Downloading())


def test_a_name_that_stands_for_nothing_is_refused() -> None:
    def unknown(*_: object) -> list[str]:
        raise OSError(-2, "Name or service not known")

    assert "There is no host reports.example" in refused("http://reports.example", Downloading(resolve=unknown))
    assert "There is no host" in refused("http://reports.example", Downloading(resolve=lambda *_: []))


def test_a_host_that_does_not_answer_is_named() -> None:
    assert "reports.example cannot be reached" in refused("http://reports.example:1/x")


@pytest.mark.parametrize("address", ["ftp://reports.example/x", "file:///etc/passwd", "reports.example", "http://"])
def test_only_http_is_fetched(address: str) -> None:
    assert "http" in refused(address) or "not an address" in refused(address)


def test_headers_that_never_end_are_given_up_with_all_else(site: Site) -> None:
    base, replies, _ = site
    replies["/a"] = (302, {"Location": "/slow"}, b"")
    start = time.monotonic()
    said = refused(f"{base}/a", Downloading(allow_private=True, seconds=0.5, resolve=HERE.resolve))
    assert said == "The file was not there after 0 seconds."
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("address", ["http://xn--a.com/", "http://xn--a.com/report.pdf", "http://a\x1b.example/"])
def test_a_name_of_a_host_that_is_none_is_refused(address: str) -> None:
    assert "not an address" in refused(address)
