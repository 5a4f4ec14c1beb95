"""A table's places and words, as the header and row readers look at them."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from khparse.model.document import Cell, Document, Table

_MARKS = regex.compile(r"[*_#]{1,3}|</?\p{L}{1,6}>")


@dataclass(frozen=True, slots=True)
class Grid:
    """`cells[r][c]` and the words there; a merged cell stands, with its words, in every place that it fills."""

    table: Table
    cells: tuple[tuple[Cell | None, ...], ...]
    words: tuple[tuple[str, ...], ...]

    @property
    def rows(self) -> int:
        """How many rows."""
        return len(self.cells)

    @property
    def columns(self) -> int:
        """How many columns."""
        return self.table.columns

    def distinct(self, row: int) -> list[tuple[int, str]]:
        """The row's cells that hold words, a merged one once, with the column where it begins."""
        found: list[tuple[int, str]] = []
        last: Cell | None = None
        for column, cell in enumerate(self.cells[row]):
            if cell is not None and cell is not last and self.words[row][column]:
                found.append((column, self.words[row][column]))
            last = cell
        return found


def grid_of(document: Document, table: Table) -> Grid:
    """The table's grid with its words on one line, marks of Markdown left out."""
    texts = {id(cell): plain_words(cell.span.of(document.text)) for cell in table.cells}
    cells = tuple(tuple(row) for row in table.grid())
    words = tuple(tuple(texts[id(cell)] if cell is not None else "" for cell in row) for row in cells)
    return Grid(table, cells, words)


def plain_words(text: str) -> str:
    """A cell's words on one line: "**Đơn vị** **tính**" -> "Đơn vị tính"."""
    return " ".join(_MARKS.sub("", text).split())
