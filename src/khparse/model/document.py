"""A document as read: one canonical text, and where in it the pages, paragraphs, tables and footnotes lie.

Every offset in the product counts characters of `Document.text`; spans are half-open `[start, end)`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class Span(NamedTuple):
    """A half-open stretch `[start, end)` of the canonical text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words under this span."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class Box(NamedTuple):
    """A rectangle on a page, in points from its top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class WordBox(NamedTuple):
    """Where one word of the text stands on its page's picture."""

    span: Span
    box: Box


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks, as far as its form tells (plain text tells only what its marks say)."""

    size: float | None = None
    bold: bool = False
    italic: bool = False
    centered: bool = False
    heading: int | None = None  # the outline level that the source itself gives ("##", Word's Heading 2)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its 1-based number and the stretch of text printed on it; sizes in points."""

    number: int
    span: Span
    width: float = 0.0
    height: float = 0.0
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the canonical text: a paragraph, whole, however many printed lines or pages it took."""

    span: Span
    page: int | None = None
    style: Style = field(default_factory=Style)
    kind: Literal["paragraph", "footnote"] = "paragraph"
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its words and the rectangle of the grid it fills (0-based, merged cells span more)."""

    span: Span
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    r"""A table: in the text a row is a line and cells are separated by tabs; merged cells are printed once.

    Paragraphs inside one cell are separated by "\n" too: the cells' spans, not the tabs, are the truth.
    """

    span: Span
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    page: int | None = None
    box: Box | None = None

    def grid(self) -> list[list[Cell | None]]:
        """`rows` x `columns`; a merged cell stands in every place that it fills, None where nothing stands."""
        places: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, self.columns)):
                    places[row][column] = cell
        return places


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader returns: the canonical text and its layout, in reading order.

    `media_type` is what the content is; `pages` is empty where the form has none (plain text, HTML, DOCX without
    rendered breaks). `confidence` is 1.0 for digital text and the mean word confidence (0 to 1) for OCR.
    """

    text: str
    blocks: tuple[Block, ...]
    media_type: str
    pages: tuple[Page, ...] = ()
    words: tuple[WordBox, ...] = ()
    confidence: float = 1.0
    notices: tuple[str, ...] = ()  # what a person should know of the reading, in Vietnamese ("trang 3 đọc bằng OCR")

    def page_at(self, offset: int) -> int | None:
        """The 1-based number of the page on which the character at `offset` is printed, None without pages."""
        index = bisect_right(self.pages, offset, key=_start_of) - 1
        return self.pages[max(index, 0)].number if self.pages else None

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs and footnotes outside tables, in reading order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        """The tables, in reading order."""
        return (block for block in self.blocks if isinstance(block, Table))


def _start_of(page: Page) -> int:
    return page.span.start
