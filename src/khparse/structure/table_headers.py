"""Headers of tables: one to three rows of merged cells to columns by their meaning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import regex

from khparse.model.plan import Column, Role
from khparse.rules.load import RuleBook
from khparse.structure.table_grid import Grid
from khparse.structure.table_labels import ROLES, is_year, label_of, unit_in
from khparse.structure.table_money import with_sums
from khparse.structure.table_scraped import with_children_in_place
from khparse.text.fold import key
from khparse.text.money import is_amount, is_empty
from khparse.text.periods import period_of

_MOST_ROWS = 3  # a header of more rows has not been seen
_LATEST_START = 4  # above it at most a title, a unit and a blank row inside the table
_LONGEST = 160
_NUMBER = regex.compile(r"\(?\s*(?:\d{1,2}|[a-zđ])\s*\)?(?:\s*=.{1,40})?", regex.IGNORECASE)
_LEADING = regex.compile(r"\(?\s*(\d+)")
_UNIT_LINE = regex.compile(r"\(?\s*(?:ĐVT|đơn vị)", regex.IGNORECASE)
# how much of each indicator: beside sums it is a factor of them
_QUANTITY = regex.compile(r"(?:số|khối)\s+lượng(?!\p{L})", regex.IGNORECASE)
_UNIT = regex.compile(r"đơn vị", regex.IGNORECASE)  # without "tính" an office as often as a measure
_FIGURE = regex.compile(r"[<>≥≤=~\s]*\d[\d.,]*\s*(?:%|\(%\))?(?:\s*[-–]\s*\d[\d.,]*\s*%?)?")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header ends, and which grid column is which column; `keys` tell its repetition on the next page."""

    body: int
    places: tuple[int, ...]
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    width: int

    def repeats(self, words: Iterable[str]) -> bool:
        """Whether a row of words prints this header's first row again."""
        return tuple(key(word) for word in words if word) == self.keys


def read_header(grid: Grid, book: RuleBook, *, money: bool) -> Header | None:
    """The header of a table, None where its first rows name no roles (a letterhead, signatures, a list of members).

    `money` says that a line above gives a unit of money, so that bare years stand over sums.
    """
    start = next((row for row in range(min(_LATEST_START, grid.rows)) if _opens(grid, row, book, money=money)), None)
    if start is None:
        return None
    grid = with_children_in_place(grid, start, book)
    end = start + 1
    while end < min(grid.rows, start + _MOST_ROWS) and _goes_on(grid, start, end, book):
        end += 1
    stacks = [_stack(grid, start, end, column) for column in range(grid.columns)]
    keys = tuple(key(words) for _, words in grid.distinct(start))
    while end < grid.rows and (_is_number_row(grid, end) or tuple(key(w) for _, w in grid.distinct(end)) == keys):
        end += 1
    columns = [_column(stack, book) for stack in stacks]
    money = money or any(column.multiplier for column in columns) or _says_money(grid, end, book)
    columns = [_with_bare_years(column, columns, money=money) for column in columns]
    places = _kept(columns, stacks, grid, end)
    named = _by_content([columns[place] for place in places], places, grid, end, book, money=money)
    return Header(end, tuple(places), tuple(_without_current_year(named)), keys, grid.columns)


def _opens(grid: Grid, row: int, book: RuleBook, *, money: bool) -> bool:
    cells = grid.distinct(row)
    if len(cells) < 2 or any(len(words) > _LONGEST for _, words in cells):
        return False
    labels = {label_of(words, book) for _, words in cells} - {None, "other"}
    if money and any(is_year(words) or book.by_id("table.sum-column").pattern.search(words) for _, words in cells):
        labels.add("sum-column")
    return len(labels) >= 2 and not any(is_amount(words) and not period_of(words) for _, words in cells)


def _goes_on(grid: Grid, start: int, row: int, book: RuleBook) -> bool:
    """Whether `row` is one more header row: it only fills places under cells merged to the right."""
    new = [
        (column, words)
        for column, words in grid.distinct(row)
        if grid.cells[row - 1][column] is not grid.cells[row][column]
    ]
    if not new or any(len(words) > _LONGEST or not _may_head(words, book) for _, words in new):
        return False
    return all(_under_merged(grid, start, row, column) for column, _ in new)


def _may_head(words: str, book: RuleBook) -> bool:
    if is_year(words) or label_of(words, book):
        return True
    return not is_amount(words) and not _NUMBER.fullmatch(words) and len(words) <= 60


def _under_merged(grid: Grid, start: int, row: int, column: int) -> bool:
    """A cell under one that spans several columns, or under a blank: in plain text merged cells leave blanks."""
    above, right = grid.cells[row - 1][column], column + 1
    if above is not None and above.column_span > 1:
        return True
    if not grid.words[row - 1][column]:
        return any(grid.words[r][c] for r in range(start, row) for c in range(column))
    return right < grid.columns and not grid.words[row - 1][right]


def _is_number_row(grid: Grid, row: int) -> bool:
    """The row "(1) (2) (3)" or "A B 1 2" under a header."""
    words = [text for _, text in grid.distinct(row)]
    digits = [int(match.group(1)) for text in words if (match := _LEADING.match(text))]
    return len(words) >= 3 and all(_NUMBER.fullmatch(text) for text in words) and digits == sorted(set(digits))


def _stack(grid: Grid, start: int, end: int, column: int) -> tuple[str, ...]:
    """The header's words over a column from the top: ("Kinh phí", "2025")."""
    words: list[str] = []
    for row in range(start, end):
        own = grid.words[row][column]
        if not own and row < end - 1 and (row == start or not grid.words[row - 1][column]):
            own = next((grid.words[row][c] for c in range(column - 1, -1, -1) if grid.words[row][c]), "")
        if own and own not in words:
            words.append(own)
    if end - start > 1 and words and not any(grid.words[row][column] for row in range(start, end)):
        return (words[0], "")
    return tuple(words)


def _column(stack: tuple[str, ...], book: RuleBook) -> Column:
    if not stack:
        return Column(Role.OTHER, "")
    leaf, parents = stack[-1], stack[:-1]
    label = label_of(leaf, book)
    above = next((found for words in reversed(parents) if (found := label_of(words, book))), None)
    if label is None or (above == "budget" and label in {"baseline", "target"}) or is_year(leaf):
        label = above if above not in {None, "order"} else label
    role = Role(label) if label in ROLES else Role.OTHER
    period = period_of(leaf) or next((p for words in reversed(parents) if (p := period_of(words))), None)
    column = Column(role, " / ".join(word for word in stack if word), period)
    return _of_sums(column, leaf, stack, book) if role in {Role.BUDGET, Role.FUND} else column


def _of_sums(column: Column, leaf: str, stack: tuple[str, ...], book: RuleBook) -> Column:
    fund = leaf if column.role is Role.BUDGET and book.by_id("table.fund-column").pattern.search(leaf) else None
    unit = next((m for words in reversed(stack) if (m := unit_in(words, book))), None)
    adds_up = bool(book.by_id("table.sum-column").pattern.search(leaf)) and len(stack) > 1
    return replace(column, fund=fund, multiplier=unit, adds_up=adds_up)


def _says_money(grid: Grid, body: int, book: RuleBook) -> bool:
    """Whether a row inside the table, above or in the header, gives the unit of all sums alone in its cell."""
    words = (cell for row in range(body) for _, cell in grid.distinct(row))
    return any(_UNIT_LINE.match(cell) and unit_in(cell, book) for cell in words)


def _with_bare_years(column: Column, columns: list[Column], *, money: bool) -> Column:
    """A column headed by a year alone: of sums under a unit of money, else of an indicator's figures."""
    if column.role is not Role.OTHER or column.period is None or not is_year(column.header.rpartition(" / ")[2]):
        return column
    roles = {other.role for other in columns}
    if roles & {Role.UNIT, Role.INDICATOR}:
        return replace(column, role=Role.TARGET)
    return replace(column, role=Role.BUDGET) if money else column


def _without_current_year(columns: list[Column]) -> list[Column]:
    """What was planned for the year that is ending stands beside what it came to: neither is planned here."""
    reported = {
        (column.header.partition(" / ")[0], column.period) for column in columns if column.role is Role.BASELINE
    }
    return [
        replace(column, role=Role.OTHER)
        if column.role in {Role.BUDGET, Role.TARGET}
        and column.period
        and (column.header.partition(" / ")[0], column.period) in reported
        else column
        for column in columns
    ]


def _kept(columns: list[Column], stacks: list[tuple[str, ...]], grid: Grid, body: int) -> list[int]:
    """The grid columns that are columns: a year printed twice and the empty rest of a merged header are none."""
    kept: list[int] = []
    for place, column in enumerate(columns):
        last = columns[kept[-1]] if kept else None
        if (
            last
            and column.period
            and (column.role, column.period, column.header)
            == (
                last.role,
                last.period,
                last.header,
            )
        ):
            continue
        hollow = not stacks[place] or not stacks[place][-1]
        if not hollow or not (_has_fund(columns[:place]) or not _share(grid, body, place).filled):
            kept.append(place)
    return kept


def _has_fund(columns: list[Column]) -> bool:
    return any(column.role in {Role.FUND, Role.NOTE} for column in columns)


def _by_content(
    columns: list[Column], places: list[int], grid: Grid, body: int, book: RuleBook, *, money: bool
) -> list[Column]:
    """Roles that only the cells below can tell."""
    roles = [column.role for column in columns]
    yearly = any(column.role is Role.BUDGET and column.period for column in columns)
    named = [
        _revised(_fund_beside_years(column, share, yearly=yearly), share, roles, yearly=yearly)
        for column, place in zip(columns, places, strict=True)
        for share in [_share(grid, body, place)]
    ]
    return _with_doers(_one_task(with_sums(named, places, grid, body, book, money=money), places, grid, body), book)


def _with_doers(columns: list[Column], book: RuleBook) -> list[Column]:
    """Under "Cơ quan, đơn vị" beside "Nhiệm vụ" stands who does it, where no other column says who."""
    roles = {column.role for column in columns}
    if Role.TASK not in roles or roles & {Role.LEAD, Role.BOTH, Role.BUDGET, Role.TARGET}:
        return columns
    office = book.by_id("table.office").pattern
    return [
        replace(column, role=Role.LEAD) if column.role is Role.OTHER and office.match(column.header) else column
        for column in columns
    ]


@dataclass(frozen=True, slots=True)
class _Share:
    filled: int
    amounts: int
    figures: int


def _share(grid: Grid, body: int, place: int) -> _Share:
    """How many of a column's cells hold anything, sums, figures."""
    cells = [grid.words[row][place] for row in range(body, grid.rows) if place < grid.columns]
    cells = [cell for cell in cells if not is_empty(cell)]
    return _Share(len(cells), sum(map(is_amount, cells)), sum(bool(_FIGURE.fullmatch(cell)) for cell in cells))


def _fund_beside_years(column: Column, share: _Share, *, yearly: bool) -> Column:
    """The last column under "Kinh phí và nguồn vốn" whose own header was lost: it holds words beside the years' sums."""
    wordy = share.filled > share.amounts and not column.period and not column.adds_up and not column.fund
    return replace(column, role=Role.FUND) if yearly and wordy and column.role is Role.BUDGET else column


def _revised(column: Column, share: _Share, roles: list[Role], *, yearly: bool) -> Column:
    if column.role is Role.BUDGET and share.filled and not share.amounts and not column.adds_up:
        return replace(column, role=Role.FUND if _is_fund(column, roles) else Role.NOTE)
    if column.role is Role.FUND and not yearly and share.amounts * 2 > share.filled:
        return replace(column, role=Role.BUDGET)
    if column.role is Role.OTHER and _UNIT.fullmatch(column.header) and {Role.INDICATOR, Role.TARGET} <= set(roles):
        return replace(column, role=Role.UNIT)
    mostly_figures = share.filled > 0 and share.figures * 2 > share.filled
    counted = {Role.INDICATOR, Role.UNIT} <= set(roles) and not {Role.BUDGET, Role.TARGET} & set(roles)
    if column.role is Role.OTHER and counted and mostly_figures and _QUANTITY.match(column.header):
        return replace(column, role=Role.TARGET)
    if column.role in {Role.OBJECTIVE, Role.INDICATOR} and mostly_figures and {Role.TASK, Role.INDICATOR} & set(roles):
        return replace(column, role=Role.TARGET)
    if column.role is Role.TARGET and share.filled and not share.figures:
        return replace(column, role=Role.OBJECTIVE)
    if column.role is Role.TASK and Role.UNIT in roles and Role.INDICATOR not in roles and Role.TARGET in roles:
        return replace(column, role=Role.INDICATOR)
    return column


def _is_fund(column: Column, roles: list[Role]) -> bool:
    return Role.FUND not in roles and ("nguồn" in column.header.lower() or not column.period)


def _one_task(columns: list[Column], places: list[int], grid: Grid, body: int) -> list[Column]:
    """Of several columns of work the one with most different words is the item, the others its frame."""
    tasks = [i for i, column in enumerate(columns) if column.role is Role.TASK]
    if len(tasks) < 2:
        return columns
    best = max(tasks, key=lambda i: (len({grid.words[row][places[i]] for row in range(body, grid.rows)}), -i))
    return [
        replace(column, role=Role.OTHER) if i in tasks and i != best else column for i, column in enumerate(columns)
    ]
