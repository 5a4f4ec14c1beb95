"""Tables by the meaning of their headers: who does what by when with which money, row by row.

A timetable by the hour, a list of persons, a blank form, a letterhead and a signature table are none and left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from khparse.model.document import Cell, Document, Paragraph, Span
from khparse.model.plan import AssignmentTable, Role, Row, RowKind, Section
from khparse.rules.kit import Kit
from khparse.rules.load import RuleBook
from khparse.structure.table_grid import Grid, grid_of, plain_words
from khparse.structure.table_groups import GroupPaths
from khparse.structure.table_headers import Header, read_header
from khparse.structure.table_labels import unit_in
from khparse.structure.table_rows import announces_parts, is_part, kind_of, label_of_row, placed_cells
from khparse.text.money import is_empty

_LINES_ABOVE = 5  # how far above a table its unit and title may stand
_HOUR = regex.compile(r"\b(?:[01]?\d|2[0-3])\s*(?:h|giờ|g(?=\d)|:(?=\d\d))\s*(?:[0-5]\d)?", regex.IGNORECASE)
_OFFICES = {Role.LEAD, Role.COORDINATING, Role.BOTH}
_WORK = {Role.TASK, Role.OBJECTIVE, Role.DELIVERABLE}


@dataclass(frozen=True, slots=True)
class _Part:
    """A table with its header (its own or the one it goes on with) and the first row below it."""

    grid: Grid
    header: Header
    body: int


def read_tables(
    document: Document, sections: tuple[Section, ...], kit: Kit
) -> tuple[tuple[AssignmentTable, ...], tuple[Section, ...]]:
    """The tables whose headers say what their columns are, and the sections that their group rows add."""
    tables: list[AssignmentTable] = []
    groups: list[Section] = []
    for parts, above in _stitched(document, kit.tables):
        home = _home(sections, parts[0].grid.table.span.start)
        if (home and home.form) or not _assigns(parts, _title(above, kit.tables), kit.tables):
            continue
        rows, added = _rows(document, parts, home, kit.tables)
        groups += added
        tables.append(
            AssignmentTable(
                parts[0].grid.table,
                home.path if home else None,
                parts[0].header.columns,
                rows,
                _unit(parts, above, kit.tables),
                _title(above, kit.tables),
                tuple(part.grid.table for part in parts[1:]),
            )
        )
    return tuple(tables), tuple(groups)


def _stitched(document: Document, book: RuleBook) -> Iterator[tuple[list[_Part], list[str]]]:
    """The tables with a header, each with those that go on with it, and the lines above."""
    open_parts: list[_Part] = []
    opened_above: list[str] = []
    between: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            between.append(block)
            continue
        grid = grid_of(document, block)
        above = [plain_words(line.span.of(document.text)) for line in between[-_LINES_ABOVE:]]
        money = any(unit_in(line, book) for line in above)
        header = read_header(grid, book, money=money)
        last = open_parts[-1] if open_parts else None
        if last and not between and _goes_on(last, grid, header):
            open_parts.append(_Part(grid, last.header, header.body if header else 0))
        else:
            if open_parts:
                yield open_parts, opened_above
            open_parts = [_Part(grid, header, header.body)] if header else []
            opened_above = above
        between = []
    if open_parts:
        yield open_parts, opened_above


def _goes_on(last: _Part, grid: Grid, header: Header | None) -> bool:
    """Whether a table that follows at once continues the last one: no header, or the same, and as many columns."""
    if header is not None:
        return header.keys == last.header.keys
    width = len(last.header.columns)
    return width >= 3 and width - 1 <= grid.columns <= max(2 * width, last.grid.columns + 2)


def _home(sections: Sequence[Section], offset: int) -> Section | None:
    """The innermost section around an offset."""
    home = None
    for section in sections:
        if section.span.start <= offset < section.span.end:
            home = section
    return home


def _assigns(parts: list[_Part], title: str, book: RuleBook) -> bool:
    """Whether the columns say an assignment or figures to reach, and the cells are filled and are no timetable."""
    columns = parts[0].header.columns
    roles = {column.role for column in columns}
    if not roles & _OFFICES and book.by_id("table.no-plan").pattern.search(title):
        return False
    works = bool(roles & _WORK) and bool(roles & (_OFFICES | {Role.DUE, Role.BUDGET, Role.DELIVERABLE}))
    aims = bool(roles & {Role.INDICATOR, Role.TASK}) and bool(roles & {Role.TARGET, Role.BUDGET} | roles & _OFFICES)
    return (works or aims) and not _is_blank(parts) and not _is_timetable(parts)


def _is_blank(parts: list[_Part]) -> bool:
    """A form: below the header hardly a cell beside the running number is filled."""
    words = [
        part.grid.words[row][place]
        for part in parts
        for row in range(part.body, part.grid.rows)
        for place, column in zip(part.header.places, part.header.columns, strict=True)
        if column.role is not Role.ORDER and place < part.grid.columns
    ]
    return sum(not is_empty(text) for text in words) * 8 < len(words) or not words


def _is_timetable(parts: list[_Part]) -> bool:
    """Most rows name an hour of the day where the time stands."""
    due = [
        part.grid.words[row][place]
        for part in parts
        for row in range(part.body, part.grid.rows)
        for place, column in zip(part.header.places, part.header.columns, strict=True)
        if column.role in {Role.DUE, Role.ORDER} and place < part.grid.columns and part.grid.words[row][place]
    ]
    timed = sum(bool(_HOUR.search(text)) for text in due)
    return timed >= 2 and timed * 3 > sum(len(text) > 3 for text in due)


def _unit(parts: list[_Part], above: list[str], book: RuleBook) -> int | None:
    for line in reversed(above):
        if (unit := unit_in(line, book)) is not None:
            return unit
    grid = parts[0].grid
    heads = (words for row in range(min(parts[0].body, grid.rows)) for words in grid.words[row] if words)
    return next((unit for words in heads if (unit := unit_in(words, book)) is not None), None)


def _title(above: list[str], book: RuleBook) -> str:
    """The last line above a table that is neither its unit nor a bracket."""
    lines = (line for line in reversed(above) if not line.startswith("(") and unit_in(line, book) is None)
    return next(lines, "")


def _rows(
    document: Document, parts: list[_Part], home: Section | None, book: RuleBook
) -> tuple[tuple[Row, ...], list[Section]]:
    rows: list[Row] = []
    groups = GroupPaths(document, home, parts[-1].grid.table.span.end)
    parted = False  # whether "Trong đó" stands above with no row of work since
    for part in parts:
        for index in range(part.body, part.grid.rows):
            if not part.grid.distinct(index):
                continue
            kind, entered = kind_of(part.grid, index, part.header, book)
            if kind is RowKind.HEADER:
                continue
            for group in entered:
                groups.enter(group, group.cell.span if group is not entered[0] else _row_span(part.grid, index))
            if kind is RowKind.ITEM and (label := label_of_row(part.grid, index)):
                groups.leave(label)
            if kind is RowKind.ITEM and parted and is_part(part.grid, index, part.header):
                kind = RowKind.SUBTOTAL
            parted = kind is RowKind.SUBTOTAL and (parted or announces_parts(part.grid, index, book))
            placed = placed_cells(part.grid, index, part.header)
            cells = placed.cells if kind is RowKind.ITEM else _once(placed.cells)
            where = groups.outer if kind is RowKind.TOTAL else groups.path
            rows.append(Row(kind, len(rows), cells, where, placed.surplus, placed.broken))
    return tuple(rows), groups.sections()


def _once(cells: Sequence[Cell | None]) -> tuple[Cell | None, ...]:
    """A merged cell of a group or total row in its first column only."""
    return tuple(None if cell is not None and cell in cells[:i] else cell for i, cell in enumerate(cells))


def _row_span(grid: Grid, row: int) -> Span:
    """From the row's first word to its last."""
    spans = [cell.span for cell in grid.cells[row] if cell is not None and cell.row == row]
    return Span(min(span.start for span in spans), max(span.end for span in spans))
