"""PDF: born digital through pdfium, pages without words (or with words that are none) through `read.scan`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from khparse.errors import EncryptedError, InputError, LimitError
from khparse.model.document import Box, Document, Style
from khparse.read.assemble import Assembler, RawCell
from khparse.read.pdf_flow import Flow, flow_of
from khparse.read.pdf_furniture import without_stamps
from khparse.read.pdf_lines import joined
from khparse.read.pdf_page import Line, PageContent
from khparse.read.table_cells import cell_paragraphs
from khparse.read.tables import Grid
from khparse.text.canonical import canonical

MEDIA_TYPE = "application/pdf"
MAX_BYTES = 300_000_000
MAX_PAGES = 3_000


def read_pdf(data: bytes) -> Document:
    """A PDF to a document with pages and boxes.

    Raises EncryptedError (a password is asked for), InputError (damaged), LimitError (too large).
    """
    pages = list(_pages(data))
    return _assemble(pages, flow_of(pages))


def open_pdf(data: bytes) -> Any:
    """The pypdfium2 document of these bytes; the errors of `read_pdf`."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    if len(data) > MAX_BYTES:
        raise LimitError(f"tệp PDF lớn hơn {MAX_BYTES // 1_000_000} MB", "hãy tách tệp")
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise EncryptedError("tệp PDF có mật khẩu mở", "hãy gỡ mật khẩu rồi đọc lại") from error
        raise InputError("tệp PDF hỏng hoặc bị cắt cụt", "hãy tải lại tệp từ nơi ban hành") from error
    if count > MAX_PAGES:
        raise LimitError(f"tệp PDF có {count} trang, nhiều hơn {MAX_PAGES}", "hãy tách tệp")
    if count == 0:
        raise InputError("tệp PDF không có trang nào", "hãy tải lại tệp từ nơi ban hành")
    return document


def _pages(data: bytes) -> Iterator[PageContent]:
    from khparse.read.pdf_words import read_page

    document = open_pdf(data)
    try:
        for index in range(len(document)):
            page = document[index]
            yield without_stamps(read_page(page, index + 1))
            page.close()
    finally:
        document.close()


class _Writer:
    """Appends the flow to an assembler, opening each page where its first words are printed."""

    def __init__(self, pages: Sequence[PageContent]) -> None:
        self._pages = pages
        self._opened = 0
        self.assembler = Assembler()

    def paragraph(self, lines: Sequence[Line], *, note: bool = False) -> None:
        """One paragraph, over as many pages as its lines stand on."""
        first = lines[0].page
        self.reach(first)
        text = joined(lines)
        span = self.assembler.paragraph(
            text, style=_style(lines), kind="footnote" if note else "paragraph", page=first, box=_box(lines)
        )
        if span is None or note:
            return
        for place in range(1, len(lines)):
            if lines[place].page != lines[place - 1].page:
                before = len(canonical(joined(lines[:place])))
                glued = not canonical(text)[before : before + 1].isspace()
                self.reach(lines[place].page, at=span.start + before + (not glued))

    def table(self, grid: Grid) -> None:
        """One table, over as many pages as it takes."""
        self.reach(grid.page)
        cells = [
            RawCell(cell_paragraphs(cell.lines), cell.row, cell.column, cell.row_span, cell.column_span)
            for cell in grid.cells
        ]
        bottom = grid.ys[-1] if len(grid.pages) == 1 else self._pages[grid.page - 1].height
        box = Box(grid.page, *(round(side, 1) for side in (grid.xs[0], grid.ys[0], grid.xs[-1], bottom)))
        table = self.assembler.table(cells, page=grid.page, box=box)
        for row, page in grid.pages[1:]:
            starts = [cell.span.start for cell in table.cells if cell.row >= row] if table else []
            self.reach(page, at=min(starts, default=self.assembler.length))

    def reach(self, number: int, at: int | None = None) -> None:
        """Open the pages up to this one."""
        while self._opened < number:
            page = self._pages[self._opened]
            self.assembler.page(page.number, page.width, page.height, ocr=page.ocr, at=at)
            self._opened += 1


def _assemble(pages: Sequence[PageContent], flow: Flow) -> Document:
    writer = _Writer(pages)
    waiting = defaultdict(list)
    for note in flow.footnotes:
        waiting[note.page, note.mark].append(note)
    for block in flow.blocks:
        if isinstance(block, Grid):
            writer.table(block)
            continue
        writer.paragraph(block)
        for line in block:
            for mark in line.marks:
                for note in waiting.pop((line.page, mark), []):
                    writer.paragraph(note.lines, note=True)
    for notes in waiting.values():
        for note in notes:
            writer.paragraph(note.lines, note=True)
    writer.reach(len(pages))
    return writer.assembler.document(MEDIA_TYPE)


def _style(lines: Sequence[Line]) -> Style:
    return Style(
        size=lines[0].size,
        bold=all(line.bold for line in lines),
        italic=all(line.italic for line in lines),
        centered=all(line.centered for line in lines),
    )


def _box(lines: Sequence[Line]) -> Box:
    """The box of the part on the paragraph's first page."""
    page = lines[0].page
    here = [line for line in lines if line.page == page]
    return Box(
        page,
        round(min(line.x0 for line in here), 1),
        round(min(line.top for line in here), 1),
        round(max(line.x1 for line in here), 1),
        round(max(line.bottom for line in here), 1),
    )
