"""What a file is by its bytes, whatever its name says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.report import ReportError

HEAD_BYTES = 4_096
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WEB_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class FileType:
    """A type of file: what it is called, and what to do with it when its name is another's."""

    name: str
    advice: str


def _readable(name: str, suffix: str) -> FileType:
    return FileType(name, f"rename it to {suffix}")


PDF = _readable("a PDF", ".pdf")
DOCX = _readable("a Word document", ".docx")
HTML = _readable("a web page", ".html")
TEXT = _readable("plain text", ".txt")
LOCKED = FileType("an Office file with a password", "save it without the password")
OLD_OFFICE = FileType("an Office file of the old kind", "save it as .docx or PDF")
BY_HEAD: tuple[tuple[bytes, FileType], ...] = (
    (b"{\\rtf", FileType("an RTF document", "save it as .docx or PDF")),
    (b"\x89PNG\r\n", FileType("a picture (PNG)", "only text is read")),
    (b"\xff\xd8\xff", FileType("a picture (JPEG)", "only text is read")),
    (b"GIF8", FileType("a picture (GIF)", "only text is read")),
    (b"II*\x00", FileType("a picture (TIFF)", "only text is read")),
    (b"MM\x00*", FileType("a picture (TIFF)", "only text is read")),
    (b"\x1f\x8b\x08", FileType("compressed (gzip)", "unpack it first")),
    (b"7z\xbc\xaf\x27\x1c", FileType("an archive (7z)", "unpack it first")),
    (b"Rar!\x1a\x07", FileType("an archive (RAR)", "unpack it first")),
    (b"From: <Saved by", FileType("a web archive (MHTML)", "save the page as HTML")),
    (b"MIME-Version:", FileType("a web archive (MHTML)", "save the page as HTML")),
)
BY_MEMBER: tuple[tuple[bytes, FileType], ...] = (
    (b"word/document", DOCX),
    (b"xl/workbook", FileType("an Excel workbook", "only documents are read")),
    (b"ppt/presentation", FileType("a PowerPoint presentation", "only documents are read")),
    (b"opendocument.text", FileType("an OpenDocument text", "save it as .docx or PDF")),
)
ARCHIVE = FileType("an archive (ZIP)", "unpack it first")


def file_type(data: bytes) -> FileType | None:
    """The type that the bytes show, None when they show none; plain text shows none."""
    head = data[:HEAD_BYTES].lstrip()
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((found for member, found in BY_MEMBER if member in data), ARCHIVE)
    if head.startswith(OLE):
        return LOCKED if "EncryptedPackage".encode("utf-16-le") in data else OLD_OFFICE
    return next((found for start, found in BY_HEAD if head.startswith(start)), None)


def is_web_page(text: str) -> bool:
    """Whether a text begins as an HTML page does."""
    return WEB_PAGE.match(text[:HEAD_BYTES]) is not None


def refused(found: FileType) -> ReportError:
    """The error for a file whose name says another type than its bytes."""
    return ReportError(f"The file is not what its name says: it is {found.name}; {found.advice}.")
