"""Ruled tables: rules to grids, words to cells. The same for drawn lines of a PDF and lines found in a scan's picture.

A grid's edges are where rules run; two places with no rule between them are one merged cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from khparse.read.pdf.layout import rows_of
from khparse.read.pdf.page import Line, PageContent, Rule, Word, line_of

_NEAR = 3.0  # points within which two rules are one, or touch
_CUT = 8.0  # less than that of a row is no line of words
_MOST_EDGES = 400
_PADDING = (1.5, 8.0)


@dataclass(slots=True)
class GridCell:
    """A cell: the rectangle of the grid that it fills and the lines printed in it."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table on one page (after stitching: on several), its column edges, and the row with which each page begins."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    pages: list[tuple[int, int]]  # (row, page), in order

    @property
    def rows(self) -> int:
        """How many rows the grid has."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def columns(self) -> int:
        """How many columns the grid has."""
        return len(self.xs) - 1

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.pages[0][1]


@dataclass(slots=True)
class _Edge:
    """Collinear rules as one: at `at`, from `start` to `end` along the other axis."""

    at: float
    start: float
    end: float


def grids_of(page: PageContent) -> tuple[list[Grid], list[Word]]:
    """The page's ruled tables, top to bottom, with their words in the cells; and the words that stand outside."""
    if len(page.rules) < 4:
        return [], page.words
    across = _edges(page.rules, horizontal=True)
    down = _edges(page.rules, horizontal=False)
    grids = [grid for part in _components(across, down) if (grid := _grid(*part, page.number))]
    grids = [grid for grid in grids if not any(_inside(grid, other) for other in grids if other is not grid)]
    grids.sort(key=lambda grid: grid.ys[0])
    outside = _place(page.words, grids, page.number)
    return [grid for grid in grids if any(cell.lines for cell in grid.cells)], outside


def _edges(rules: Iterable[Rule], *, horizontal: bool) -> list[_Edge]:
    spans = sorted(
        ((rule.top + rule.bottom) / 2, rule.x0, rule.x1)
        if horizontal
        else ((rule.x0 + rule.x1) / 2, rule.top, rule.bottom)
        for rule in rules
        if rule.horizontal == horizontal
    )
    edges: list[_Edge] = []
    group: list[tuple[float, float, float]] = []
    for span in spans:
        if group and span[0] - group[0][0] > _NEAR:
            edges.extend(_joined_up(group))
            group = []
        group.append(span)
    edges.extend(_joined_up(group))
    return edges


def _joined_up(group: list[tuple[float, float, float]]) -> list[_Edge]:
    """Touching or overlapping stretches of one line become one edge."""
    edges: list[_Edge] = []
    for at, start, end in sorted(group, key=lambda span: span[1]):
        if edges and start - edges[-1].end <= _NEAR:
            edges[-1].end = max(edges[-1].end, end)
        else:
            edges.append(_Edge(at, start, end))
    return edges


def _components(across: list[_Edge], down: list[_Edge]) -> list[tuple[list[_Edge], list[_Edge]]]:
    """Edges that touch each other, apart from those that don't: each a table of its own."""
    parents = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for i, h in enumerate(across):
        for j, v in enumerate(down, len(across)):
            if h.start - _NEAR <= v.at <= h.end + _NEAR and v.start - _NEAR <= h.at <= v.end + _NEAR:
                parents[root(i)] = root(j)
    parts: dict[int, tuple[list[_Edge], list[_Edge]]] = {}
    for index in range(len(parents)):
        part = parts.setdefault(root(index), ([], []))
        if index < len(across):
            part[0].append(across[index])
        else:
            part[1].append(down[index - len(across)])
    return [part for part in parts.values() if len(part[0]) >= 2 and part[1]]


def _levels(edges: Iterable[float]) -> list[float]:
    levels: list[float] = []
    for at in sorted(edges):
        if not levels or at - levels[-1] > _NEAR:
            levels.append(at)
    return levels


def _grid(across: list[_Edge], down: list[_Edge], page: int) -> Grid | None:
    """The grid of touching edges; None for a frame, a box or an underlined word."""
    # a table may be open at its sides: there its long rules end
    left, right = min(edge.start for edge in across), max(edge.end for edge in across)
    xs = _levels([edge.at for edge in down] + [left, right])
    ys = _with_ends(_levels([edge.at for edge in across]), down)
    if not (3 <= len(xs) <= _MOST_EDGES and 2 <= len(ys) <= _MOST_EDGES) or xs[-1] - xs[0] < 30:
        return None
    walls = _along(down, xs)
    floors = _along(across, ys)
    cells = _cells(xs, ys, walls, floors)
    return Grid(xs, ys, cells, [(0, page)]) if len(cells) > 1 else None


def _with_ends(ys: list[float], down: list[_Edge]) -> list[float]:
    """The rows' edges with the ends of a row that a page's end cut: there its walls stop and no floor is drawn."""
    tops = [edge.start for edge in down if edge.start < ys[0] - _CUT]
    bottoms = [edge.end for edge in down if edge.end > ys[-1] + _CUT]
    if len(tops) > len(down) / 2 and len(tops) > 2 and max(tops) - min(tops) < _NEAR:
        ys = [min(tops), *ys]
    if len(bottoms) > len(down) / 2 and len(bottoms) > 2 and max(bottoms) - min(bottoms) < _NEAR:
        ys = [*ys, max(bottoms)]
    return ys


def _along(edges: list[_Edge], levels: list[float]) -> list[list[_Edge]]:
    rows: list[list[_Edge]] = [[] for _ in levels]
    for edge in edges:
        rows[min(range(len(levels)), key=lambda i: abs(levels[i] - edge.at))].append(edge)
    return rows


def _closed(edges: list[_Edge], start: float, end: float) -> bool:
    middle = (start + end) / 2
    return any(edge.start - _NEAR <= middle <= edge.end + _NEAR for edge in edges)


def _cells(xs: list[float], ys: list[float], walls: list[list[_Edge]], floors: list[list[_Edge]]) -> list[GridCell]:
    """Places grown to the right while no wall stands, then down while no floor stands under the whole width."""
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    last_row, last_column = len(ys) - 1, len(xs) - 1
    for row in range(last_row):
        for column in range(last_column):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < last_column and (row, right) not in taken and not _closed(walls[right], ys[row], ys[row + 1]):
                right += 1
            below = row + 1
            while below < last_row and all(
                not _closed(floors[below], xs[c], xs[c + 1]) and (below, c) not in taken for c in range(column, right)
            ):
                below += 1
            taken.update((r, c) for r in range(row, below) for c in range(column, right))
            cells.append(GridCell(row, column, below - row, right - column))
    return cells


def _inside(grid: Grid, other: Grid) -> bool:
    return (
        other.xs[0] - _NEAR <= grid.xs[0]
        and grid.xs[-1] <= other.xs[-1] + _NEAR
        and other.ys[0] - _NEAR <= grid.ys[0]
        and grid.ys[-1] <= other.ys[-1] + _NEAR
    )


def _place(words: Sequence[Word], grids: Sequence[Grid], page: int) -> list[Word]:
    """Words into the cells in which their middle lies; returns those that lie in none."""
    outside: list[Word] = []
    inside: dict[tuple[int, int, int], list[Word]] = {}
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        for index, grid in enumerate(grids):
            if grid.xs[0] - 1 <= x <= grid.xs[-1] + 1 and grid.ys[0] - 1 <= y <= grid.ys[-1] + 1:
                column = min(max(bisect_right(grid.xs, x) - 1, 0), len(grid.xs) - 2)
                row = min(max(bisect_right(grid.ys, y) - 1, 0), len(grid.ys) - 2)
                inside.setdefault((index, row, column), []).append(word)
                break
        else:
            outside.append(word)
    for index, grid in enumerate(grids):
        _fill(grid, {place[1:]: own for place, own in inside.items() if place[0] == index}, page)
    return outside


def _fill(grid: Grid, words: dict[tuple[int, int], list[Word]], page: int) -> None:
    padding = _padding(grid, words)
    for cell in grid.cells:
        own = [
            word
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
            for word in words.get((row, column), ())
        ]
        left, right = grid.xs[cell.column] + padding, grid.xs[cell.column + cell.column_span] - padding
        for row_words in rows_of(own):
            line = line_of(row_words.words, page)
            line.left, line.right = min(left, line.x0), max(right, line.x1)
            cell.lines.append(line)


def _padding(grid: Grid, words: dict[tuple[int, int], list[Word]]) -> float:
    """How far words keep from the rules at their left: as far do they from those at their right."""
    distances = Counter(
        round(2 * (word.x0 - grid.xs[max(bisect_left(grid.xs, word.x0) - 1, 0)])) / 2
        for own in words.values()
        for word in own
    )
    usual = max(sorted(distances), key=lambda distance: distances[distance], default=_PADDING[0])
    return min(max(usual, _PADDING[0]), _PADDING[1])
