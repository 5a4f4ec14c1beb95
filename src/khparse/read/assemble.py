r"""Assembling a `Document`: readers give paragraphs, tables and page breaks in reading order, offsets are made here.

The one place where canonical text is built, so that every reader's offsets, separators and spans are the same:
a paragraph is a line; a table's row is a line with cells separated by tabs (paragraphs of one cell by "\n").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from khparse.errors import LimitError
from khparse.model.document import Block, Box, Cell, Document, Page, Paragraph, Span, Style, Table, WordBox
from khparse.read import limits
from khparse.text.canonical import canonical


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell before its words have offsets: its paragraphs and the grid rectangle that it fills."""

    paragraphs: tuple[str, ...]
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


class Assembler:
    """Builds one canonical text; `document()` ends it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pages: list[Page] = []
        self._words: list[WordBox] = []

    @property
    def length(self) -> int:
        """Characters so far: the offset at which the next block starts."""
        return self._length

    def page(
        self, number: int, width: float = 0.0, height: float = 0.0, *, ocr: bool = False, at: int | None = None
    ) -> None:
        """What follows stands on this page (1-based; sizes in points).

        `at` is for a page that begins inside the block just put: the offset of its first character.
        """
        start = self._length if at is None else at
        self._pages.append(Page(number, Span(start, start), width, height, ocr))

    def paragraph(
        self,
        text: str,
        *,
        style: Style | None = None,
        kind: Literal["paragraph", "footnote"] = "paragraph",
        page: int | None = None,
        box: Box | None = None,
    ) -> Span | None:
        """Append a paragraph; None where nothing is left of it in canonical form."""
        text = canonical(bounded(text))
        if not text:
            return None
        span = self._append(text)
        self._end_line()
        self._blocks.append(Paragraph(span, page or self._page_number(), style or Style(), kind, box))
        return span

    def table(self, cells: Sequence[RawCell], *, page: int | None = None, box: Box | None = None) -> Table | None:
        """Append a table of merged or plain cells; None where it has no cell."""
        if not cells:
            return None
        rows = max(cell.row + cell.row_span for cell in cells)
        columns = max(cell.column + cell.column_span for cell in cells)
        if rows * columns > limits.TABLE_PLACES:
            raise LimitError(f"bảng có hơn {limits.TABLE_PLACES:,} ô", "hãy chia nhỏ bảng")
        placed: list[Cell] = []
        start = self._length
        by_row: dict[int, list[RawCell]] = {}
        for cell in cells:
            by_row.setdefault(cell.row, []).append(cell)
        for row in range(rows):
            column = 0
            for cell in sorted(by_row.get(row, ()), key=lambda c: c.column):
                self._tabs(cell.column - column)
                column = cell.column
                placed.append(self._cell(cell))
            if row < rows - 1:
                self._end_line()
        table = Table(Span(start, self._length), rows, columns, tuple(placed), page or self._page_number(), box)
        self._end_line()
        self._blocks.append(table)
        return table

    def word(self, span: Span, box: Box) -> None:
        """Note where a word of the text stands on its page."""
        self._words.append(WordBox(span, box))

    def document(self, media_type: str, *, confidence: float = 1.0, notices: Sequence[str] = ()) -> Document:
        """The document, whole; page spans closed."""
        text = "".join(self._parts)
        ends = [page.span.start for page in self._pages[1:]] + [len(text)] * bool(self._pages)
        pages = tuple(
            replace(page, span=Span(page.span.start, end)) for page, end in zip(self._pages, ends, strict=True)
        )
        return Document(text, tuple(self._blocks), media_type, pages, tuple(self._words), confidence, tuple(notices))

    def _append(self, text: str) -> Span:
        start = self._length
        self._put(text)
        return Span(start, self._length)

    def _put(self, text: str) -> None:
        self._length += len(text)
        if self._length > limits.TEXT_CHARACTERS:
            raise LimitError(f"văn bản dài hơn {limits.TEXT_CHARACTERS:,} ký tự", "hãy chia nhỏ tệp")
        self._parts.append(text)

    def _end_line(self) -> None:
        self._put("\n")

    def _tabs(self, count: int) -> None:
        if count > 0:
            self._put("\t" * count)

    def _cell(self, cell: RawCell) -> Cell:
        lines = [line for line in map(canonical, map(bounded, cell.paragraphs)) if line]
        span = self._append("\n".join(lines))
        return Cell(span, cell.row, cell.column, cell.row_span, cell.column_span)

    def _page_number(self) -> int | None:
        return self._pages[-1].number if self._pages else None


def bounded(text: str) -> str:
    """The text of one paragraph. Raises LimitError where it is longer than any is."""
    if len(text) > limits.LINE_CHARACTERS:
        raise LimitError(f"một đoạn dài hơn {limits.LINE_CHARACTERS:,} ký tự", "tệp có thể bị mất dấu xuống dòng")
    return text
