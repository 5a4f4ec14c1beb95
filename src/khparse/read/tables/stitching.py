"""Tables that go on over pages become one: repeated heads dropped, rows cut in two joined, merged cells carried down."""

from __future__ import annotations

from collections.abc import Sequence

from khparse.read.pdf.lines import is_marked
from khparse.read.tables.ruled import Grid, GridCell

_NEAR = 4.0
_MOST_HEAD_ROWS = 6
_STOPS = (".", ";", ":", "!", "?", "…")

_Row = dict[int, GridCell]


def stitched(upper: Grid, lower: Grid) -> bool:
    """Append `lower`, the next page's first block, to `upper`, the page's last, if both are one table."""
    if not _same_columns(upper.xs, lower.xs):
        return False
    _align(upper, lower)
    repeated = _repeated_rows(upper, lower)
    rest = [cell for cell in lower.cells if cell.row >= repeated]
    for cell in rest:
        cell.row -= repeated
    if rest:
        _append(upper, rest, lower.page)
    return True


def _same_columns(above: Sequence[float], below: Sequence[float]) -> bool:
    """Whether the edges of one stand among the other's, outer ones included."""
    if abs(above[0] - below[0]) > _NEAR or abs(above[-1] - below[-1]) > _NEAR:
        return False
    few, many = sorted((above, below), key=len)
    return all(any(abs(x - other) <= _NEAR for other in many) for x in few)


def _align(upper: Grid, lower: Grid) -> None:
    """Number both tables' columns by the finer of the two."""
    few, many = sorted((upper, lower), key=lambda grid: len(grid.xs))
    place = [min(range(len(many.xs)), key=lambda i, x=x: abs(many.xs[i] - x)) for x in few.xs]  # type: ignore[misc]
    for cell in few.cells:
        end = place[cell.column + cell.column_span]
        cell.column = place[cell.column]
        cell.column_span = end - cell.column
    few.xs = list(many.xs)


def _rows(cells: Sequence[GridCell]) -> dict[int, _Row]:
    rows: dict[int, _Row] = {}
    for cell in cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    return rows


def _words(cell: GridCell) -> str:
    return "".join(line.text for line in cell.lines).replace(" ", "")


def _repeated_rows(upper: Grid, lower: Grid) -> int:
    """How many of the lower part's first rows say what the table's first rows say.

    A repeated head keeps its height; what does not fit runs into the row below, and is taken out there.
    """
    above, below = _rows(upper.cells), _rows(lower.cells)
    count = 0
    while count < min(_MOST_HEAD_ROWS, lower.rows) and _says_again(above.get(count, {}), below.get(count, {})):
        count += 1
    # a head's cell that runs over several rows ends with its last row
    while count and any(cell.row < count < cell.row + cell.row_span for cell in lower.cells):
        count -= 1
    for row in range(count):
        for column, cell in below[row].items():
            _drop_overflow(_words(above[row][column])[len(_words(cell)) :], column, below.get(count, {}))
    return count


def _says_again(first: _Row, again: _Row) -> bool:
    if first.keys() != again.keys():
        return False
    pairs = [(_words(first[column]), _words(cell)) for column, cell in again.items()]
    return any(words for words, _ in pairs) and all(
        words.startswith(repeated) and 2 * len(repeated) >= len(words) for words, repeated in pairs
    )


def _drop_overflow(rest: str, column: int, row: _Row) -> None:
    cell = row.get(column)
    if cell is None or not rest:
        return
    count = 0
    while count < len(cell.lines) and rest.startswith(words := cell.lines[count].text.replace(" ", "")):
        rest = rest[len(words) :]
        count += 1
    del cell.lines[:count]


def _append(upper: Grid, rest: list[GridCell], page: int) -> None:
    last = upper.rows - 1
    ends = {
        column: cell
        for cell in upper.cells
        if cell.row + cell.row_span - 1 == last
        for column in range(cell.column, cell.column + cell.column_span)
    }
    cut = _is_cut(upper, ends, [cell for cell in rest if cell.row == 0])
    shift = last if cut else last + 1
    upper.pages.append((shift + cut, page))
    for cell in rest:
        above = ends.get(cell.column)
        cell.row += shift
        joins = cell.row == shift and above is not None and above.column_span == cell.column_span
        if above is not None and joins and (cut or _goes_on(above, cell)):
            above.lines.extend(cell.lines)
            above.row_span = cell.row + cell.row_span - above.row
        elif not cut or cell.row > shift or cell.lines:
            upper.cells.append(cell)


def _goes_on(above: GridCell, cell: GridCell) -> bool:
    """Whether a merged cell runs on under the page break: it opens empty or inside a sentence."""
    if above.row_span < 2 and cell.row_span < 2:
        return False
    if not cell.lines:
        return bool(above.lines) and above.row_span > 1
    return _inside_sentence(above, cell)


def _inside_sentence(above: GridCell, cell: GridCell) -> bool:
    if not above.lines or not cell.lines:
        return False
    before, after = above.lines[-1].text, cell.lines[0].text
    return not before.endswith(_STOPS) and not is_marked(cell.lines[0]) and not after[:1].isupper()


def _is_cut(upper: Grid, ends: dict[int, GridCell], first: list[GridCell]) -> bool:
    """Whether the page break cuts a row: what stands below it completes what stands above, and numbers no new row."""
    filled = [cell for cell in first if cell.lines]
    if not filled:
        return False
    pairs = [(ends.get(cell.column), cell) for cell in filled]
    inside = [above is not None and _inside_sentence(above, cell) for above, cell in pairs]
    if all(inside):
        return True
    if any(cell.column == 0 for cell in filled):
        return False
    numbered = [cell for cell in upper.cells if cell.column == 0 and cell.row > 0]
    every_row = sum(bool(cell.lines) for cell in numbered) * 10 >= len(numbered) * 8
    return any(inside) or (every_row and all(above is not None and above.lines for above, _ in pairs))
