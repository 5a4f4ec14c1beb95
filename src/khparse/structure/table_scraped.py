"""Headers of scraped tables, whose merged cells came without their widths: children put back under their parents.

"STT | Nhiệm vụ | Cơ quan thực hiện | Thời hạn" over "Chủ trì | Phối hợp", both from the first column on, with five
cells in the rows below: the two belong under "Cơ quan thực hiện", and "Thời hạn" stands over the fifth column.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from khparse.rules.load import RuleBook
from khparse.structure.table_grid import Grid
from khparse.structure.table_labels import is_year, label_of
from khparse.text.periods import period_of

_OFFICES = regex.compile(r"cơ quan|đơn vị|phân công|thực hiện|trách nhiệm", regex.IGNORECASE)


def with_children_in_place(grid: Grid, start: int, book: RuleBook) -> Grid:
    """The grid with the header's second row under its parents, as it is where the second row stands in its place."""
    if start + 2 >= grid.rows:
        return grid
    heads = [words for _, words in grid.distinct(start)]
    children = [words for _, words in grid.distinct(start + 1)]
    if not _is_packed(grid, start, len(heads)) or not _is_packed(grid, start + 1, len(children)):
        return grid
    parents = _parents(heads, children, grid.columns, book)
    if not parents or any(label_of(words, book) in {"order", "task"} for words in children):
        return grid
    return _relaid(grid, start, parents, len(children))


def _is_packed(grid: Grid, row: int, count: int) -> bool:
    """Whether a row's cells fill its first columns and no others."""
    return count > 1 and [column for column, _ in grid.distinct(row)] == list(range(count))


def _parents(heads: list[str], children: list[str], columns: int, book: RuleBook) -> dict[int, int]:
    """Which header has how many children: {2: 2}; nothing where the widths don't add up."""
    extra = columns - len(heads)
    if extra > 0 and len(children) == extra + 1:
        return {_parent(heads, children, book): len(children)}
    first_year = next((i for i, words in enumerate(children) if is_year(words)), 0)
    if extra > 0 and len(children) == extra + 2 and 0 < first_year < len(children) and len(heads) >= 4:
        return {len(heads) - 2: first_year, len(heads) - 1: len(children) - first_year}
    return {}


def _parent(heads: list[str], children: list[str], book: RuleBook) -> int:
    """The one header that several children can stand under."""
    labels = [label_of(words, book) for words in heads]
    under = {label_of(words, book) for words in children}
    if under <= {"lead", "coordinating", "both"}:
        return next((i for i, words in enumerate(heads) if labels[i] == "lead" or _OFFICES.search(words)), 2)
    if all(map(is_year, children)):
        wanted = ("budget", "target", "indicator", "due")
        return next((labels.index(label) for label in wanted if label in labels), len(heads) - 1)
    return next((i for i, words in enumerate(heads) if period_of(words)), min(2, len(heads) - 1))


def _relaid(grid: Grid, start: int, parents: dict[int, int], count: int) -> Grid:
    """The two header rows spread over the columns; the first row's merged cell stands once, blanks behind it."""
    order: list[int | None] = []
    below: list[int | None] = []
    child = 0
    for head in range(grid.columns):
        if len(order) >= grid.columns:
            break
        width = parents.get(head, 1)
        order += [head, *[None] * (width - 1)]
        below += list(range(child, child + width)) if head in parents else [None]
        child += width if head in parents else 0
    if child != count:
        return grid
    cells, words = list(grid.cells), list(grid.words)
    for row, places in ((start, order), (start + 1, below)):
        cells[row] = tuple(grid.cells[row][place] if place is not None else None for place in places[: grid.columns])
        words[row] = tuple(grid.words[row][place] if place is not None else "" for place in places[: grid.columns])
    return replace(grid, cells=tuple(cells), words=tuple(words))
