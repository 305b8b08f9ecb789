"""Word documents written by hand, part by part, so that a test can say what Word itself would never write."""

from __future__ import annotations

import io
import zipfile

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN_TYPE}"/></Types>'
)


def paragraph(words: str, properties: str = "") -> str:
    """A paragraph with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"


def item(words: str, name: int = 1, depth: int = 0) -> str:
    """An item of the list with this number."""
    return paragraph(words, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{name}"/></w:numPr>')


def table(*rows: tuple[str, ...]) -> str:
    """A table whose cells hold one paragraph each."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def word(body: str, **parts: str) -> bytes:
    """A .docx with this body; each further part (`footnotes`, `numbering` …) is the inside of its root element."""
    relations = "".join(
        f'<Relationship Id="r{place}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for place, name in enumerate(parts)
    )
    members = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": _relations(f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'),
        "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(relations),
        **{f"word/{name}.xml": f"<w:{name} {WORD}>{inside}</w:{name}>" for name, inside in parts.items()},
    }
    return packed({name: content.encode() for name, content in members.items()})


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def packed(members: dict[str, bytes]) -> bytes:
    """A ZIP archive of these members."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writing:
        for name, content in members.items():
            writing.writestr(name, content)
    return archive.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    """The members of a ZIP archive, to be changed and packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
