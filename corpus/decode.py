"""Bytes of a text file become text, whatever usual encoding they are in."""

from __future__ import annotations

from corpus.report import ReportError

# More than this share of control characters and the file is not text, whatever its name says.
CONTROL_SHARE = 0.002


def decoded(data: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16 with its mark, or Windows-1252; raises ReportError for anything else."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    plain_encoding = "utf-8-sig" if _is_utf8(data) else "cp1252"
    encoding = "utf-16" if marked else plain_encoding
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReportError("The file is not text in UTF-8, UTF-16 or Windows-1252; it may be damaged.") from error
    control = sum(1 for character in text if ord(character) < 32 and character not in "\t\n\r\f\v")
    if control > CONTROL_SHARE * len(text):
        raise ReportError("The file holds binary data, not text, whatever its name says.")
    return text


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
