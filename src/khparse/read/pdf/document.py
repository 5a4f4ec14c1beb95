"""PDF: born digital through pdfium, pages without words (or with words that are none) through `read.scan`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from khparse.model.document import Box, Document, Style
from khparse.read.assemble import Assembler, RawCell
from khparse.read.pdf.boxes import boxes_of_scans, shown_box, shown_size
from khparse.read.pdf.flow import Flow, flow_of
from khparse.read.pdf.lines import joined
from khparse.read.pdf.page import Line, PageContent, Rule
from khparse.read.pdf.pages import read_pages
from khparse.read.scan.pages import Ocr
from khparse.read.tables.cells import cell_paragraphs
from khparse.read.tables.ruled import Grid
from khparse.text.canonical import canonical

MEDIA_TYPE = "application/pdf"


def read_pdf(data: bytes, ocr: Ocr | None = None) -> Document:
    """A PDF to a document with pages and boxes; scanned pages through tesseract as `ocr` says.

    Raises EncryptedError (a password is asked for), InputError (damaged), LimitError (too large), ToolMissingError
    (all of it is scanned, and tesseract is not installed).
    """
    pages, notices = read_pages(data, ocr or Ocr())
    flow = flow_of(pages)
    document = _assemble(pages, flow, notices)
    if not any(page.ocr for page in pages):
        return document
    return replace(document, words=boxes_of_scans(flow, pages, document))


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
            text,
            style=_style(lines),
            kind="footnote" if note else "paragraph",
            page=first,
            box=_box(lines, self._pages[first - 1]),
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
        box = shown_box(Rule(grid.xs[0], grid.ys[0], grid.xs[-1], bottom), self._pages[grid.page - 1])
        table = self.assembler.table(cells, page=grid.page, box=box)
        for row, page in grid.pages[1:]:
            starts = [cell.span.start for cell in table.cells if cell.row >= row] if table else []
            self.reach(page, at=min(starts, default=self.assembler.length))

    def reach(self, number: int, at: int | None = None) -> None:
        """Open the pages up to this one."""
        while self._opened < number:
            page = self._pages[self._opened]
            self.assembler.page(page.number, *shown_size(page), ocr=page.ocr, at=at)
            self._opened += 1


def _assemble(pages: Sequence[PageContent], flow: Flow, notices: Sequence[str]) -> Document:
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
    return writer.assembler.document(MEDIA_TYPE, confidence=_confidence(pages), notices=notices)


def _confidence(pages: Sequence[PageContent]) -> float:
    words = [word.confidence for page in pages for word in page.words] if any(page.ocr for page in pages) else []
    return round(sum(words) / len(words), 4) if words else 1.0


def _style(lines: Sequence[Line]) -> Style:
    return _styled(
        lines[0].size,
        all(line.bold for line in lines),
        all(line.italic for line in lines),
        all(line.centered for line in lines),
    )


@lru_cache(maxsize=256)
def _styled(size: float, bold: bool, italic: bool, centered: bool) -> Style:
    """A document sets its paragraphs in few styles."""
    return Style(size=size, bold=bold, italic=italic, centered=centered)


def _box(lines: Sequence[Line], page: PageContent) -> Box:
    """The box of the part on the paragraph's first page, as that page is shown."""
    x0, top, x1, bottom = lines[0].x0, lines[0].top, lines[0].x1, lines[0].bottom
    for line in lines[1:]:
        if line.page == page.number:
            x0, top, x1, bottom = min(x0, line.x0), min(top, line.top), max(x1, line.x1), max(bottom, line.bottom)
    return shown_box(Rule(x0, top, x1, bottom), page)
