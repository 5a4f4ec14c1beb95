"""Word's tables to grids: cells merged across and down, rows and cells that a tracked change took away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from lxml import etree

from khparse.read.docx.package import WORD
from khparse.read.docx.styles import Styles, draws, value, whole
from khparse.read.flow import Flow, Grid, GridCell

_MAX_COLUMNS = 200
# lines drawn by hand that miss each other by less than 2.5 mm (in twentieths of a point) are meant as one
_SLIVER = 140

Content = Callable[[etree._Element], tuple[Flow, ...]]  # noqa: SLF001 - lxml names its element type so


@dataclass(frozen=True, slots=True)
class _Place:
    """A `w:tc` on the grid that the file declares."""

    cell: etree._Element
    row: int
    left: int
    right: int
    continued: bool  # vMerge without "restart": the cell above goes on


def read_grid(table: etree._Element, styles: Styles, content: Content) -> Grid | None:
    """`w:tbl` -> Grid; `content` reads what a cell holds, asked in reading order. None where no cell is left."""
    places = [place for row, element in enumerate(_rows(table)) for place in _places(element, row)]
    if not places:
        return None
    edges = _edges(table, places)
    cells: list[GridCell] = []
    open_cells: dict[int, int] = {}  # column -> index of the cell that may go on downwards
    for place in places:
        left = edges[place.left]
        across = max(edges[place.right] - left, 1)
        held = content(place.cell)
        above = open_cells.get(left)
        if place.continued and above is not None:
            cell = cells[above]
            cells[above] = replace(cell, row_span=place.row - cell.row + 1, content=(*cell.content, *held))
            continue
        open_cells[left] = len(cells)
        cells.append(GridCell(held, place.row, left, 1, across))
    return Grid(tuple(cells), ruled=_ruled(table, styles))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows, those in content controls and tracked insertions included, deleted ones not."""
    for child in table:
        if child.tag == f"{WORD}tr":
            if child.find(f"{WORD}trPr/{WORD}del") is None:
                yield child
        elif child.tag in _WRAPPERS:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{WORD}tc":
            if child.find(f"{WORD}tcPr/{WORD}cellDel") is None:
                yield child
        elif child.tag in _WRAPPERS:
            yield from _cells(child)


_WRAPPERS = {f"{WORD}{name}" for name in ("sdt", "sdtContent", "ins", "customXml", "smartTag")}


def _places(row: etree._Element, number: int) -> Iterator[_Place]:
    before = row.find(f"{WORD}trPr/{WORD}gridBefore")
    left = min(max(whole(value(before)) or 0, 0), _MAX_COLUMNS)
    for cell in _cells(row):
        properties = cell.find(f"{WORD}tcPr")
        span = _span(properties)
        yield _Place(cell, number, left, left + span, _continues(properties))
        left += span


def _span(properties: etree._Element | None) -> int:
    span = None if properties is None else whole(value(properties.find(f"{WORD}gridSpan")))
    return min(max(span or 1, 1), _MAX_COLUMNS)


def _continues(properties: etree._Element | None) -> bool:
    merge = None if properties is None else properties.find(f"{WORD}vMerge")
    return merge is not None and value(merge) != "restart"


def _edges(table: etree._Element, places: list[_Place]) -> dict[int, int]:
    """Declared grid line -> column: lines at which no cell ends count for nothing, slivers join their neighbour."""
    widths = (whole(value(column, "w")) or 0 for column in table.iterfind(f"{WORD}tblGrid/{WORD}gridCol"))
    at = list(accumulate(widths, initial=0))
    cells = {(place.left, place.right) for place in places}
    columns: dict[int, int] = {}
    kept = -1  # the last line that counts
    for line in sorted({line for cell in cells for line in cell}):
        near = kept >= 0 and line < len(at) and at[line] - at[kept] < _SLIVER
        if near and not any(kept <= left and right <= line for left, right in cells):
            columns[line] = columns[kept]
        else:
            columns[line] = columns[kept] + 1 if columns else 0
            kept = line
    return columns


def _ruled(table: etree._Element, styles: Styles) -> bool:
    """Whether lines are seen: the table's own borders, else its style's, else those of any cell."""
    own = table.find(f"{WORD}tblPr/{WORD}tblBorders")
    seen = draws(own) if own is not None else styles.ruled(value(table.find(f"{WORD}tblPr/{WORD}tblStyle")))
    return bool(seen) or any(draws(borders) for borders in table.iter(f"{WORD}tcBorders"))
