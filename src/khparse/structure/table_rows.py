"""Rows of a table under its columns: what each row is, and its cells in their columns even where the row is broken."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from khparse.model.document import Cell
from khparse.model.plan import Role, RowKind
from khparse.rules.load import RuleBook
from khparse.structure.table_grid import Grid
from khparse.structure.table_headers import Header
from khparse.text.money import is_amount, is_empty

_GROUP = regex.compile(
    r"\(?(?P<label>(?:[A-ZĐ]\s*\.\s*)?[IVX]{1,6}|[A-ZĐ]|Phần\s+[IVX]{1,6}|(?:[IVX]{1,6}|[A-ZĐ])\.\d{1,2})(?P<end>\s*[.)/:–-]|\s+(?=\p{Lu})|\s*$)"
)
_RUNNING = regex.compile(r"\(?\d{1,3}(?:\.\d{1,3})*[.)]?")
_CHILD = regex.compile(r"\d{1,3}\.\d{1,3}.*|[a-zđ][.)]?|[-–+•*]?")
_BULLET = regex.compile(r"[-–+•*]\s*(?:\p{L}|$)")
_WORDED = {Role.LEAD, Role.COORDINATING, Role.BOTH, Role.DUE, Role.DELIVERABLE, Role.TARGET, Role.BASELINE, Role.UNIT}


@dataclass(frozen=True, slots=True)
class Group:
    """A group row's bare label, as printed, and where its title stands: "I. Tuyên truyền" -> 3 characters into the cell."""

    label: str | None
    printed: str | None
    cell: Cell
    offset: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A row's cells under the columns, its sums too many, and whether it had to be laid out anew."""

    cells: tuple[Cell | None, ...]
    surplus: tuple[Cell, ...] = ()
    broken: bool = False


def placed_cells(grid: Grid, row: int, header: Header) -> Placed:
    """The row's cells under the header's columns, and the sums that are too many.

    A row whose sums and words don't stand under their columns (cells repeated or lost) is laid out anew: its sums
    under the columns of sums from the first one on, the words after them under what follows.
    """
    straight = tuple(_filled(grid, row, place) for place in header.places)
    sums = [i for i, column in enumerate(header.columns) if column.role is Role.BUDGET]
    if len(sums) < 2 or not _is_broken(grid, row, header, straight, sums):
        return Placed(straight)
    run, rest = _run_of_sums(grid, row, header.places[sums[0]])
    if not run:
        return Placed(straight)
    after: list[Cell | None] = [cell for cell in rest if not is_empty(_text(grid, row, cell))]
    tail = len(header.columns) - sums[0] - len(sums)
    fitted: list[Cell | None] = [*run[: len(sums)], *[None] * (len(sums) - len(run))]
    cells = (*straight[: sums[0]], *fitted, *after[:tail], *[None] * (tail - len(after)))
    return Placed(cells, tuple(run[len(sums) :]), broken=True)


def _is_broken(grid: Grid, row: int, header: Header, straight: tuple[Cell | None, ...], sums: list[int]) -> bool:
    """Words under a column of sums, a sum under a column of words after them, or anything outside all columns."""
    if sums != list(range(sums[0], sums[0] + len(sums))) or _counts_on(header, sums[-1]):
        return False
    dropped = [c for c in range(header.places[sums[0]], grid.columns) if c not in header.places]
    if any(not is_empty(grid.words[row][place]) for place in dropped):
        return True
    under = [_text(grid, row, straight[i]) for i in sums]
    if any(not is_empty(words) and not is_amount(words) for words in under) and any(map(is_amount, under)):
        return True
    behind = [i for i in range(sums[-1] + 1, len(straight)) if header.columns[i].role in {Role.FUND, Role.NOTE}]
    return any(is_amount(_text(grid, row, straight[i])) for i in behind)


def _counts_on(header: Header, last: int) -> bool:
    """Whether columns of other figures (percentages, forecasts) follow those of sums: then a figure there is no slip."""
    return any(
        column.header and column.role in {Role.OTHER, Role.TARGET, Role.BASELINE, Role.BUDGET}
        for column in header.columns[last + 1 :]
    )


def _run_of_sums(grid: Grid, row: int, start: int) -> tuple[list[Cell], list[Cell]]:
    cells = [cell for cell in dict.fromkeys(grid.cells[row][start:]) if cell is not None]
    run: list[Cell] = []
    for cell in cells:
        words = _text(grid, row, cell)
        if not is_amount(words) and not (is_empty(words) and words):
            break
        run.append(cell)
    return run, cells[len(run) :]


def _filled(grid: Grid, row: int, place: int) -> Cell | None:
    return grid.cells[row][place] if place < grid.columns and grid.words[row][place] else None


def _text(grid: Grid, row: int, cell: Cell | None) -> str:
    return grid.words[row][cell.column] if cell is not None else ""


def label_of_row(grid: Grid, row: int) -> str | None:
    """The group's label that a row bears in its first cell, alone: "III" of "III | Tổng kết | Văn phòng"."""
    match = _GROUP.fullmatch(grid.words[row][0])
    return _bare(match["label"]) if match else None


def announces_parts(grid: Grid, row: int, book: RuleBook) -> bool:
    """Whether a row opens the parts of the sum above it: "Trong đó: - Ngân sách tỉnh"."""
    cells = grid.distinct(row)
    return bool(cells) and bool(book.by_id("table.part-row").pattern.search(cells[0][1]))


def is_part(grid: Grid, row: int, header: Header) -> bool:
    """Whether a row below "Trong đó" is one more part: no running number, or a bullet before its words."""
    cells = grid.distinct(row)
    if not cells or _BULLET.match(cells[0][1]):
        return bool(cells)
    return header.columns[0].role is Role.ORDER and not grid.words[row][0]


def kind_of(grid: Grid, row: int, header: Header, book: RuleBook) -> tuple[RowKind, tuple[Group, ...]]:
    """What a row is: a total by its words, a group by its label or its width, else an item.

    Two group rows that a scraper wrote as one ("A | CẤP TỈNH | I | Tuyên truyền") are two groups.
    """
    cells = grid.distinct(row)
    words = [(column, text) for column, text in cells if not is_amount(text)]
    if header.repeats(text for _, text in cells):
        return RowKind.HEADER, ()
    total = _total(words, grid, row, header, book)
    if total is not None:
        return total, ()
    groups = _two_groups(cells, grid, row) or _group(cells, grid, row, header)
    return (RowKind.GROUP, groups) if groups else (RowKind.ITEM, ())


def _total(words: list[tuple[int, str]], grid: Grid, row: int, header: Header, book: RuleBook) -> RowKind | None:
    roles = dict(zip(header.places, header.columns, strict=True))
    worded = {column.role for place, column in roles.items() if place < grid.columns and grid.words[row][place]}
    if not words or _is_labelled(words, grid.words[row][0], header):
        return None
    if worded & {Role.LEAD, Role.COORDINATING, Role.BOTH} and not _one_cell(grid, row, words):
        return None
    told = words[0][1]
    if book.by_id("table.subtotal-row").pattern.search(told) or book.by_id("table.part-row").pattern.search(told):
        return RowKind.SUBTOTAL
    return RowKind.TOTAL if book.by_id("table.total-row").pattern.search(told) else None


def _is_labelled(words: list[tuple[int, str]], first: str, header: Header) -> bool:
    """Whether a row has a number of its own: "I | Tổng dư nợ" is no total of the rows above."""
    if header.columns[0].role is not Role.ORDER or not first:
        return False
    return bool(_RUNNING.fullmatch(first) or _GROUP.fullmatch(first)) and len(words) > (not is_amount(first))


def _one_cell(grid: Grid, row: int, words: list[tuple[int, str]]) -> bool:
    """A total's words merged over the columns of work and offices."""
    first = grid.cells[row][words[0][0]]
    return first is not None and first.column_span > 1 and len(words) == 1


def _two_groups(cells: list[tuple[int, str]], grid: Grid, row: int) -> tuple[Group, ...]:
    if len(cells) != 4:
        return ()
    labels = [_GROUP.fullmatch(text) for _, text in (cells[0], cells[2])]
    titles = [grid.cells[row][column] for column, text in (cells[1], cells[3]) if len(text) > 3]
    if not all(labels) or len(titles) != 2:
        return ()
    return tuple(
        Group(_bare(label["label"]), label.group().strip(), title, 0)
        for label, title in zip(labels, titles, strict=True)
        if label is not None and title is not None
    )


def _group(cells: list[tuple[int, str]], grid: Grid, row: int, header: Header) -> tuple[Group, ...]:
    roles = {place: column.role for place, column in zip(header.places, header.columns, strict=True)}
    words = [
        (column, text) for column, text in cells if not is_amount(text) or (_RUNNING.fullmatch(text) and column == 0)
    ]
    if not words or _says_more(words, roles):
        return ()
    label = _GROUP.match(words[0][1])
    cell = grid.cells[row][words[-1][0] if len(words) > 1 else words[0][0]]
    if cell is None:
        return ()
    if label and (len(words) > 1) == (label.end() == len(words[0][1])):
        offset = 0 if len(words) > 1 else label.end()
        return (Group(_bare(label["label"]), words[0][1][: label.end()].strip(), cell, offset),)
    if label is None and _is_unnumbered_group(words, grid, row, header):
        return (Group(None, None, cell, 0),)
    return ()


def _bare(label: str) -> str:
    return regex.sub(r"\s|Phần", "", label)


def _says_more(words: list[tuple[int, str]], roles: dict[int, Role]) -> bool:
    """Whether the row names an office, a time, a product: then it is an item, whatever its label."""
    first = words[0][0]
    return len(words) > 2 or any(roles.get(column) in _WORDED for column, _ in words if column != first)


def _is_unnumbered_group(words: list[tuple[int, str]], grid: Grid, row: int, header: Header) -> bool:
    """A title merged over the row, or a numbered title alone above "1.1", "a)" or bullets."""
    first = grid.cells[row][words[0][0]]
    if len(words) == 1 and first is not None and first.column_span * 2 > header.width and not is_empty(words[0][1]):
        return True
    if len(words) != 2 or not _RUNNING.fullmatch(words[0][1]) or row + 1 >= grid.rows:
        return False
    following = grid.words[row + 1]
    number = words[0][1].rstrip(".)")
    below = following[words[0][0]]
    return (below.startswith(number + ".") and below != words[0][1]) or bool(regex.fullmatch(r"[a-zđ][.)]", below))
