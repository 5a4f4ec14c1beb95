"""The sums of an assignment table, row by row and column by column, broken rows resolved through the total row.

A row with more sums than the header has columns has one or more of them printed twice. Which ones fall away is told
by the columns' totals, where exactly one choice adds up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

import regex

from khparse.model.document import Cell
from khparse.model.plan import AssignmentTable, Column, Role, Row, RowKind
from khparse.text.money import cell_amount

_MOST_CHOICES = 20_000  # above it a table's broken rows stay as printed
_COMMA_GROUP = regex.compile(r"\d{1,3}(?:,\d{3})+")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum under a column of sums: its cell and đồng."""

    column: int
    cell: Cell
    dong: int


@dataclass(frozen=True, slots=True)
class SumRow:
    """A row's sums as they are meant; `printed` are all that stand there, `sure` whether no choice was left open."""

    row: Row
    printed: tuple[Cell, ...]
    amounts: tuple[Amount, ...]
    sure: bool = True

    def under(self, column: int) -> int | None:
        """The đồng under a column, None where nothing stands."""
        return next((amount.dong for amount in self.amounts if amount.column == column), None)

    def cell(self, column: int) -> Cell:
        """The cell under a column that `under` found a sum in."""
        return next(amount.cell for amount in self.amounts if amount.column == column)


@dataclass(frozen=True)
class TableSums:
    """A table's columns of sums and its rows that hold any."""

    table: AssignmentTable
    columns: tuple[int, ...]
    rows: tuple[SumRow, ...]

    @cached_property
    def yearly(self) -> tuple[int, ...]:
        """The columns that belong to a year or period each and add up no others."""
        columns = self.table.columns
        return tuple(i for i in self.columns if columns[i].period and not columns[i].adds_up)

    def column(self, index: int) -> Column:
        """The column's header."""
        return self.table.columns[index]


def sums_of(table: AssignmentTable, text: str) -> TableSums:
    """All sums of a table; none where it has no column of sums."""
    columns = tuple(i for i, column in enumerate(table.columns) if column.role is Role.BUDGET)
    if not columns:
        return TableSums(table, (), ())
    grouping = _grouping(table, columns, text)
    rows = [row for row in (_sum_row(row, table, columns, text, grouping) for row in table.rows) if row]
    return TableSums(table, columns, tuple(_resolved(rows, columns, table, text, grouping)))


def _grouping(table: AssignmentTable, columns: Sequence[int], text: str) -> str | None:
    """A comma where every sum of the table groups its thousands by commas: "2,500" beside "1,200,000" or alone."""
    words = [cell.span.of(text).strip() for row in table.rows for i in columns if (cell := row.cells[i])]
    commas = [word for word in words if "," in word]
    return (
        "," if commas and all(_COMMA_GROUP.fullmatch(w) for w in commas) and not any("." in w for w in words) else None
    )


def _sum_row(
    row: Row, table: AssignmentTable, columns: Sequence[int], text: str, grouping: str | None
) -> SumRow | None:
    cells = [(i, cell) for i in columns if (cell := row.cells[i]) is not None]
    amounts: list[Amount] = []
    for i, cell in cells:
        dong = cell_amount(cell.span.of(text), _multiplier(table, i), grouping=grouping)
        if dong is not None and all(amount.cell is not cell for amount in amounts):
            amounts.append(Amount(i, cell, dong))
    if not amounts:
        return None
    return SumRow(row, (*(amount.cell for amount in amounts), *row.surplus), tuple(amounts), not row.surplus)


def _multiplier(table: AssignmentTable, column: int) -> int | None:
    own = table.columns[column].multiplier
    return own if own is not None else table.multiplier


def _resolved(
    rows: list[SumRow], columns: tuple[int, ...], table: AssignmentTable, text: str, grouping: str | None
) -> Iterator[SumRow]:
    """The rows with the one choice for the broken ones that makes the total row add up."""
    broken = [row for row in rows if row.row.surplus]
    options = [list(_choices(row, columns, table, text, grouping)) for row in broken]
    count = 1
    for choices in options:
        count *= len(choices)
    picks = _picks(rows, broken, options, columns) if broken and count <= _MOST_CHOICES else None
    for row in rows:
        if row in broken and picks is not None:
            yield picks[broken.index(row)]
        else:
            yield row


def _choices(
    row: SumRow, columns: tuple[int, ...], table: AssignmentTable, text: str, grouping: str | None
) -> Iterator[SumRow]:
    """The ways to leave sums out of a row that are different in value."""
    sums = [cell_amount(cell.span.of(text), _multiplier(table, columns[0]), grouping=grouping) for cell in row.printed]
    seen: set[tuple[int, ...]] = set()
    if len(row.printed) > len(columns) + 8:
        return
    for places in combinations(range(len(row.printed)), len(columns)):
        values = tuple(dong for place in places if (dong := sums[place]) is not None)
        if len(values) < len(columns) or values in seen:
            continue
        seen.add(values)
        amounts = [Amount(i, row.printed[place], dong) for i, place, dong in zip(columns, places, values, strict=True)]
        yield SumRow(row.row, row.printed, tuple(amounts))


def _picks(
    rows: list[SumRow], broken: list[SumRow], options: list[list[SumRow]], columns: tuple[int, ...]
) -> tuple[SumRow, ...] | None:
    """The only choice that adds up, or None."""
    if all(len(choices) == 1 for choices in options):
        return tuple(choices[0] for choices in options)
    found: list[tuple[SumRow, ...]] = []
    for picks in product(*options):
        chosen = {id(row): pick for row, pick in zip(broken, picks, strict=True)}
        meant = [chosen.get(id(row), row) for row in rows]
        total = next((row for row in meant if row.row.kind is RowKind.TOTAL and len(row.amounts) == len(columns)), None)
        if total is not None and _adds_up(meant, total, columns):
            found.append(picks)
            if len(found) > 1:
                return None
    return found[0] if found else None


def _adds_up(rows: list[SumRow], total: SumRow, columns: tuple[int, ...]) -> bool:
    items = [row for row in rows if row.row.kind is RowKind.ITEM]
    return all(sum(row.under(i) or 0 for row in items) == total.under(i) for i in columns)
