"""A plan's blocks as a Word file: python-docx, with real merged cells, footnotes and page numbers; the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from source import Columns, Paragraph, Ruled, Source, marks_apart

_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
_ZIP_MOMENT = (2026, 1, 1, 0, 0, 0)
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_ALIGN = {"left": WD_ALIGN_PARAGRAPH.JUSTIFY, "center": WD_ALIGN_PARAGRAPH.CENTER}


def docx_of(source: Source, title: str) -> bytes:
    """The Word file's bytes."""
    document = Document()
    _page(document, title)
    for block in source.blocks:
        if isinstance(block, Paragraph):
            _write_paragraph(document, block)
        elif isinstance(block, Columns):
            _write_columns(document, block)
        else:
            _write_table(document, block)
    if source.notes:
        _write_notes(document, source.notes)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _page(document: Any, title: str) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(6)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    core = document.core_properties
    core.title, core.author, core.last_modified_by = title, "khparse corpus", "khparse corpus"
    core.created = core.modified = _MOMENT
    core.revision = 1


def _write_runs(paragraph: Any, text: str, *, bold: bool = False, size: float | None = None) -> None:
    for words, mark in marks_apart(text):
        run = paragraph.add_run(words)
        run.bold = bold or None
        run.font.size = Pt(size) if size else None
        if mark:
            paragraph.add_run()._r.append(
                parse_xml(f'<w:rPr {nsdecls("w")}><w:vertAlign w:val="superscript"/></w:rPr>')
            )
            paragraph.runs[-1]._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{mark}"/>'))


def _write_paragraph(document: Any, block: Paragraph) -> None:
    for index, line in enumerate(block.lines):
        paragraph = document.add_paragraph()
        paragraph.alignment = _ALIGN[block.align]
        paragraph.paragraph_format.page_break_before = block.page_break and index == 0
        paragraph.paragraph_format.first_line_indent = Cm(1.27) if block.align == "left" else None
        _write_runs(paragraph, line, bold=block.bold)


def _write_columns(document: Any, block: Columns) -> None:
    table = document.add_table(rows=1, cols=2)
    for cell, lines in zip(table.rows[0].cells, (block.left, block.right), strict=True):
        left_of_foot = block.foot and lines is block.left
        for index, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left_of_foot else WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = Pt(0)
            _write_runs(paragraph, line, bold=not left_of_foot or index == 0, size=11 if left_of_foot else 12)
    document.add_paragraph()


def _write_table(document: Any, block: Ruled) -> None:
    table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]))
    table.style = "Table Grid"
    grid = [row.cells for row in table.rows]
    for merge in block.merges:
        if (merge.top, merge.left) != (merge.bottom, merge.right):
            grid[merge.top][merge.left].merge(grid[merge.bottom][merge.right])
    for index, row in enumerate(block.rows):
        for column, words in enumerate(row):
            if words:
                _write_runs(table.cell(index, column).paragraphs[0], words, bold=index < block.header, size=10)
    for row in table.rows[: block.header]:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    document.add_paragraph()


def _write_notes(document: Any, notes: dict[str, str]) -> None:
    marks = '<w:footnote w:type="{0}" w:id="{1}"><w:p><w:r><w:{0}/></w:r></w:p></w:footnote>'
    first = marks.format("separator", -1) + marks.format("continuationSeparator", 0)
    body = "".join(
        f'<w:footnote w:id="{mark}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {words}</w:t></w:r></w:p></w:footnote>'
        for mark, words in notes.items()
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>{first}{body}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), _NOTES_TYPE, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _timeless(data: bytes) -> bytes:
    """The same archive with one fixed time in it, so that the same source gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, _ZIP_MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()
