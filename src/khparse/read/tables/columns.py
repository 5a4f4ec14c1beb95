"""Tables without rules: rows whose words keep to the same columns, with white gutters all the way down."""

from __future__ import annotations

from khparse.read.pdf.layout import Gap, Row
from khparse.read.pdf.page import Line, Word, line_of
from khparse.read.tables.ruled import Grid, GridCell

_LEAST_GUTTERS = 2  # two columns are a letterhead or a signature
_LEAST_ROWS = 3
_GUTTER = 8.0
_WIDE = 1.2  # letter sizes


def columned(rows: list[Row], page: int) -> list[list[Row] | Grid]:
    """The rows in order, those of a table without rules put together to a grid."""
    parts: list[list[Row] | Grid] = []
    plain: list[Row] = []
    index = 0
    while index < len(rows):
        end, gutters = _reach(rows, index)
        if end - index >= _LEAST_ROWS and _filled(rows[index:end], gutters) >= _LEAST_ROWS:
            if plain:
                parts.append(plain)
            parts.append(_grid(rows[index:end], gutters, page))
            plain, index = [], end
        else:
            plain.append(rows[index])
            index += 1
    if plain:
        parts.append(plain)
    return parts


def _wide_gaps(row: Row) -> list[Gap]:
    return [gap for gap in row.gaps if gap.width >= _WIDE * row.words[0].size]


def _reach(rows: list[Row], start: int) -> tuple[int, list[Gap]]:
    """How far down the first row's gutters stay white, two of them at least."""
    gutters = _wide_gaps(rows[start])
    end = start + 1
    while len(gutters) >= _LEAST_GUTTERS and end < len(rows):
        if rows[end].top - rows[end - 1].bottom > 2.5 * rows[start].words[0].size:
            break
        left = [gap for gutter in gutters if (gap := _white(gutter, rows[end])).width >= _GUTTER]
        if len(left) < _LEAST_GUTTERS:
            break
        gutters = left
        end += 1
    return end, gutters


def _white(gutter: Gap, row: Row) -> Gap:
    """What is left of a gutter between the row's words."""
    x0, x1 = gutter
    middle = (x0 + x1) / 2
    for word in row.words:
        if word.x0 < x1 and word.x1 > x0:
            if (word.x0 + word.x1) / 2 < middle:
                x0 = max(x0, word.x1)
            else:
                x1 = min(x1, word.x0)
    return Gap(x0, x1)


def _filled(rows: list[Row], gutters: list[Gap]) -> int:
    """In how many rows words stand in every column, or in all but one of many."""
    wanted = len(gutters) + 1 if len(gutters) < 4 else len(gutters)
    return sum(sum(map(bool, _split(row, gutters))) >= wanted for row in rows)


def _split(row: Row, gutters: list[Gap]) -> list[list[Word]]:
    columns: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    for word in row.words:
        columns[sum(word.x0 >= (gutter.x0 + gutter.x1) / 2 for gutter in gutters)].append(word)
    return columns


def _grid(rows: list[Row], gutters: list[Gap], page: int) -> Grid:
    """A row that leaves the first column empty carries on the cells above it."""
    xs = [min(row.x0 for row in rows), *(gutter.x1 for gutter in gutters), max(row.x1 for row in rows)]
    grid = Grid(xs, [rows[0].top], [], [(0, page)])
    number = -1
    for row in rows:
        columns = _split(row, gutters)
        if columns[0] or number < 0:
            number += 1
            grid.cells.extend(GridCell(number, column) for column in range(len(columns)))
            grid.ys.append(row.bottom)
        for column, words in enumerate(columns):
            if words:
                line = _line(words, page, xs[column], gutters[column].x0 if column < len(gutters) else xs[-1])
                grid.cells[number * len(columns) + column].lines.append(line)
        grid.ys[-1] = row.bottom
    return grid


def _line(words: list[Word], page: int, left: float, right: float) -> Line:
    line = line_of(words, page)
    line.left, line.right = min(left, line.x0), max(right, line.x1)
    return line
