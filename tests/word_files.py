"""Word files for tests, written part by part, so that each test shows the markup it is about."""

from __future__ import annotations

import io
import zipfile

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body: str, **parts: str) -> bytes:
    """A .docx: `docx(p("Một"), numbering="<w:num …>")`; a part is its root's content."""
    files = {"word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"}
    relations = []
    for kind, content in parts.items():
        files[f"word/{kind}.xml"] = f"<w:{kind} {NAMESPACES}>{content}</w:{kind}>"
        relations.append(f'<Relationship Id="r{kind}" Type="{TYPES}/{kind}" Target="{kind}.xml"/>')
    files["word/_rels/document.xml.rels"] = _relations("".join(relations))
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        "</Types>"
    )
    files["_rels/.rels"] = _relations(
        f'<Relationship Id="r1" Type="{TYPES}/officeDocument" Target="word/document.xml"/>'
    )
    return package(files)


def _relations(content: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{content}</Relationships>'
    )


def package(files: dict[str, str | bytes]) -> bytes:
    """A ZIP of the files given by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def p(text: str = "", properties: str = "", *, run: str = "", raw: str = "") -> str:
    """A paragraph: `p("Một", "<w:jc w:val='center'/>", run="<w:b/>")`; `raw` is markup after the run."""
    written = r(text, run) if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{written}{raw}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tbl(*rows: str, borders: str = "single", columns: int = 2) -> str:
    """A table whose lines are drawn ("single") or not ("nil")."""
    grid = "<w:gridCol w:w='2000'/>" * columns
    lines = f"<w:tblPr><w:tblBorders><w:top w:val='{borders}'/><w:insideH w:val='{borders}'/></w:tblBorders></w:tblPr>"
    return f"<w:tbl>{lines}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells, or of words put in cells."""
    return f"<w:tr>{properties}{''.join(c if c.startswith('<w:tc>') else tc(c) for c in cells)}</w:tr>"


def tc(content: str, properties: str = "") -> str:
    """A cell."""
    inner = content if content.startswith("<w:") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def numbered(number: int, level: int = 0) -> str:
    """A paragraph's numbering."""
    return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"


def lvl(place: int, form: str, text: str, more: str = "") -> str:
    """One level of a list."""
    return f"<w:lvl w:ilvl='{place}'><w:start w:val='1'/><w:numFmt w:val='{form}'/>{more}<w:lvlText w:val='{text}'/></w:lvl>"


def abstract(number: int, *levels: str) -> str:
    """A list's definition."""
    return f"<w:abstractNum w:abstractNumId='{number}'>{''.join(levels)}</w:abstractNum>"


def num(number: int, list_: int, overrides: str = "") -> str:
    """A list in use."""
    return f"<w:num w:numId='{number}'><w:abstractNumId w:val='{list_}'/>{overrides}</w:num>"
