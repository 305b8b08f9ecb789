"""Bytes of a text file or a web page become text, whatever usual encoding they are in."""

from __future__ import annotations

import codecs
import re

from corpus.report import ReportError
from corpus.signature import HTML, file_type, is_web_page, refused

# More than this share of control characters and the file is not text, whatever its name says.
CONTROL_SHARE = 0.002
# Of four zero bytes or more, nearly all on one side of each pair: Latin letters in UTF-16.
LEAST_ZEROS, ZERO_SHARE, STRAY_SHARE = 4, 0.4, 0.02
# Up to this share of bytes that no encoding explains is damage that a reader can live with.
LOST_SHARE = 0.001
MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # Before UTF-16, whose mark it begins with.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Bytes that did not decode, as Python hands them on, and what a reader sees in their place.
ODD = re.compile("[\udc80-\udcff]")
LOST = "\ufffd"
# Names of encodings as pages give them, and what browsers take them to mean.
CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "iso-8859-15": "iso-8859-15",
    "macintosh": "mac_roman",
}
META_BYTES = 4_096
META_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)


def decoded(data: bytes) -> str:
    """The text of a file of plain text or Markdown.

    UTF-8, UTF-16, UTF-32 with its mark and Windows-1252 are read. Raises ReportError for anything else,
    also for a PDF, a web page or a picture under a wrong name.
    """
    if found := file_type(data):
        raise refused(found)
    text = _decoded_text(data)
    if is_web_page(text):
        raise refused(HTML)
    return text


def _decoded_text(data: bytes) -> str:
    """The same without a look at what type of text it is; raises ReportError when it is none."""
    text = _decoded(data)
    control = sum(1 for character in text if ord(character) < 32 and character not in "\t\n\r\f\v")
    if control > CONTROL_SHARE * len(text):
        raise ReportError("The file holds binary data, not text, whatever its name says.")
    return text


def _mark_of(data: bytes) -> str | None:
    """The encoding that the byte order mark at the beginning names, or None."""
    return next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)


def decoded_page(data: bytes) -> str:
    """The page's characters: by its byte order mark, else by what it says of itself, else as they look.

    Raises ReportError when the bytes are no text.
    """
    said = META_CHARSET.search(data[:META_BYTES])
    encoding = CHARSETS.get(said[1].decode("ascii", "replace").lower()) if said else None
    if encoding and not _mark_of(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            return _decoded_text(data)
    return _decoded_text(data)


def _decoded(data: bytes) -> str:
    encoding = _mark_of(data) or _utf16_by_zeros(data) or "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-8"):
            return _with_odd_bytes(data.removeprefix(codecs.BOM_UTF8))
        raise _no_text() from error


def _utf16_by_zeros(data: bytes) -> str | None:
    pairs = len(data) // 2
    first, second = data[::2].count(0), data[1::2].count(0)
    if max(first, second) < max(LEAST_ZEROS, ZERO_SHARE * pairs) or min(first, second) > STRAY_SHARE * pairs:
        return None
    return "utf-16-be" if first > second else "utf-16-le"


def _with_odd_bytes(data: bytes) -> str:
    """Text in Windows-1252, or in UTF-8 with some of it pasted in: what is no UTF-8 is what Windows means by it."""
    text = ODD.sub(_as_windows, data.decode("utf-8", "surrogateescape"))
    text, lost = ODD.subn(LOST, text)
    if lost > LOST_SHARE * len(text):
        raise _no_text()
    return text


def _as_windows(odd: re.Match[str]) -> str:
    return odd[0].encode("utf-8", "surrogateescape").decode("cp1252", "surrogateescape")


def _no_text() -> ReportError:
    return ReportError("The file is not text in UTF-8, UTF-16 or Windows-1252; it may be damaged.")
