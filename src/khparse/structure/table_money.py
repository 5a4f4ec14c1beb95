"""Columns of sums that no word in their header names: "TW", "Vốn CTMTQG", "Kế hoạch 2024" under a unit of money.

A table whose unit is money holds sums wherever a column's cells are all amounts, unless its header counts something
("Số hộ", "Đơn giá", "Tỷ lệ (%)"). Funds head such columns in more words than a list can hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from khparse.model.plan import Column, Role
from khparse.rules.load import RuleBook
from khparse.structure.table_grid import Grid
from khparse.structure.table_labels import is_year
from khparse.text.money import is_amount, is_empty

_OPEN = {Role.OTHER, Role.TARGET}
_NAMING = {Role.TASK, Role.INDICATOR, Role.OBJECTIVE, Role.DELIVERABLE}
_UNNAMED = {Role.OTHER, Role.LEAD, Role.FUND}
_PLAIN_HEAD = regex.compile(
    r"(?:kế hoạch|dự toán|nhu cầu|kinh phí|số tiền|thành tiền|giá trị|trong đó|bao gồm|quý|cả năm|tháng)(?!\p{L}).*",
    regex.IGNORECASE,
)
_FUND_HEAD = regex.compile(r"(?:vốn|nguồn|quỹ|đối ứng)\s+\p{L}[^()\d]*", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a column's cells hold anything, and how many of those sums."""

    filled: int
    amounts: int

    @property
    def all_sums(self) -> bool:
        """Whether every filled cell is a sum; one slip in ten is forgiven."""
        return self.filled > 0 and self.amounts * 10 >= self.filled * 9


def share_of(grid: Grid, body: int, place: int) -> Share:
    """The cells of a column below the header."""
    cells = [grid.words[row][place] for row in range(body, grid.rows) if place < grid.columns]
    cells = [cell for cell in cells if not is_empty(cell)]
    return Share(len(cells), sum(map(is_amount, cells)))


def with_sums(
    columns: list[Column], places: list[int], grid: Grid, body: int, book: RuleBook, *, money: bool
) -> list[Column]:
    """The columns with those of sums named by their cells, the columns that add up others, and a column of names."""
    if Role.UNIT not in {column.role for column in columns}:
        columns = [
            _of_cells(column, share_of(grid, body, place), book, money=money)
            for column, place in zip(columns, places, strict=True)
        ]
    return _named(_adding(columns, book), places, grid, body)


def _of_cells(column: Column, share: Share, book: RuleBook, *, money: bool) -> Column:
    leaf = column.header.rpartition(" / ")[2]
    known = money or bool(book.by_id("table.fund-column").pattern.search(leaf) and "(" not in leaf)
    if column.role not in _OPEN or not leaf or not share.all_sums or not known:
        return column
    if any(book.by_id(rule).pattern.search(column.header) for rule in ("table.unit-price", "table.count-column")):
        return column
    generic = is_year(leaf) or _PLAIN_HEAD.fullmatch(leaf) or book.by_id("table.sum-column").pattern.search(leaf)
    return replace(column, role=Role.BUDGET, fund=None if generic else leaf)


def _adding(columns: list[Column], book: RuleBook) -> list[Column]:
    """A "Tổng số" beside columns of sums adds them up, also where no "Kinh phí" stands over both."""
    pattern = book.by_id("table.sum-column").pattern
    if sum(column.role is Role.BUDGET for column in columns) < 2:
        return columns
    return [_beside_others(column, pattern) if column.role is Role.BUDGET else column for column in columns]


def _beside_others(column: Column, pattern: regex.Pattern[str]) -> Column:
    leaf = column.header.rpartition(" / ")[2]
    if pattern.fullmatch(leaf):
        return replace(column, adds_up=True)
    return replace(column, fund=leaf) if column.fund is None and _FUND_HEAD.fullmatch(leaf) else column


def _named(columns: list[Column], places: list[int], grid: Grid, body: int) -> list[Column]:
    """In a table that only divides money, the first column of words says what each row is of: "Đơn vị", "Nguồn vốn"."""
    roles = [column.role for column in columns]
    if Role.BUDGET not in roles or _NAMING & set(roles):
        return columns
    for i, column in enumerate(columns[: roles.index(Role.BUDGET)]):
        share = share_of(grid, body, places[i])
        if column.role in _UNNAMED and share.filled and not share.amounts:
            return [*columns[:i], replace(column, role=Role.INDICATOR), *columns[i + 1 :]]
    return columns
