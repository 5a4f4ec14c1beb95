"""A web page's tables to grids: cells that span rows and columns put in their places (HTML standard, 4.9.12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from khparse.errors import LimitError
from khparse.read.flow import Flow, Grid, GridCell

_MAX_COLUMNS = 200
_MAX_PLACES = 400_000

Content = Callable[[etree._Element], tuple[Flow, ...]]  # noqa: SLF001 - lxml names its element type so


def read_grid(table: etree._Element, content: Content, *, ruled: bool) -> Grid | None:
    """`<table>` -> Grid; `content` reads what a cell holds. None where it has no cell."""
    rows = list(_rows(table))
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for number, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (number, column) in taken:
                column += 1
            across = _span(cell, "colspan", _MAX_COLUMNS)
            down = min(_span(cell, "rowspan", len(rows)), len(rows) - number)
            taken.update((number + y, column + x) for y in range(down) for x in range(across))
            if column + across > _MAX_COLUMNS or len(taken) > _MAX_PLACES:
                raise LimitError(f"bảng trong trang HTML rộng hơn {_MAX_COLUMNS} cột hoặc quá lớn")
            cells.append(GridCell(content(cell), number, column, down, across))
            column += across
    return Grid(tuple(cells), ruled=ruled) if cells else None


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from child.iterchildren("tr")


def _span(cell: etree._Element, name: str, most: int) -> int:
    """A span as written; 0 is "to the end"."""
    digits = cell.get(name, "1").strip()
    if not digits.isdigit():
        return 1
    return min(int(digits[:6]) or most, most) or 1
