"""Rows of assignment tables to tasks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeGuard

import regex

from khparse.extract.tasks.deadlines import Deadlines, FoundDue
from khparse.extract.tasks.draft import Draft, first_sentence
from khparse.extract.tasks.role_clauses import Roles
from khparse.extract.tasks.roles import RoleReader
from khparse.model.document import Cell, Span
from khparse.model.plan import AssignmentTable, Plan, Role, Row, RowKind

_OFFICES = (Role.LEAD, Role.COORDINATING, Role.BOTH)
# a table of sums alone is an estimate, unless what it lists are tasks or projects
_CARRIES = (*_OFFICES, Role.DUE, Role.DELIVERABLE)
_WORK_HEADER = regex.compile(r"nhiệm vụ|dự án|đề án|công việc|hoạt động", regex.IGNORECASE)
# a tick under a column of time, and such a column's header
_TICK = regex.compile(r"\s*[xX✓✔√v+•●*]{1,2}\s*")
_PRINTED = regex.compile(r"[^\n\t]+")
_TIME_HEADER = regex.compile(
    r"(?:qu[ýí]|tháng|T)[ ]?(?:IV|I{1,3}|\d{1,2})\b(?:[/ -](?:năm )?\d{4})?|\b(?:năm )?(?:19|20)\d\d(?:[ ]?-[ ]?(?:19|20)\d\d)?",
    regex.IGNORECASE,
)


def tasks_of_tables(plan: Plan, reader: RoleReader, deadlines: Deadlines) -> Iterator[Draft]:
    """One task for each row that sets an item of work; an indicator given to an office is its work too."""
    for table in plan.tables:
        if not _assigns(table):
            continue
        for row in _with_carried(table):
            if row.kind is RowKind.ITEM:
                draft = _task_of_row(plan.document.text, table, row, reader, deadlines)
                if draft:
                    yield draft


def _with_carried(table: AssignmentTable) -> Iterator[Row]:
    """The rows, a blank before the item of work filled from above: "9/2022" said once beside the month's three items.

    Where merged cells are kept each row has its cell; plain text and scans leave a blank below the first.
    """
    task = next((i for i, column in enumerate(table.columns) if column.role in {Role.TASK, Role.INDICATOR}), 0)
    places = [i for i in range(task) if table.columns[i].role in {Role.DUE, Role.LEAD, Role.BOTH}]
    above: dict[int, Cell] = {}
    for row in table.rows:
        if row.kind is not RowKind.ITEM:
            above.clear()
        above.update({i: cell for i in places if i < len(row.cells) and _is_filled(cell := row.cells[i])})
        cells = (above.get(i) if i in places and not _is_filled(cell) else cell for i, cell in enumerate(row.cells))
        yield replace(row, cells=tuple(cells)) if above else row


def _assigns(table: AssignmentTable) -> bool:
    roles = {column.role for column in table.columns}
    works = any(column.role is Role.TASK and _WORK_HEADER.search(column.header) for column in table.columns)
    return bool(roles & set(_CARRIES)) or (Role.BUDGET in roles and works)


def _task_of_row(text: str, table: AssignmentTable, row: Row, reader: RoleReader, deadlines: Deadlines) -> Draft | None:
    cell = _cell(table, row, Role.TASK)
    roles = _roles(text, table, row, reader)
    if cell is None and roles.lead:
        cell = _cell(table, row, Role.INDICATOR)
    quote = _first_line(text, cell) if cell else None
    if quote is None:
        return None
    roles = _with_partners(text, table, quote, roles, reader)
    due = _due_of_row(text, table, row, quote, deadlines)
    product = _cell(table, row, Role.DELIVERABLE)
    return Draft(
        title=first_sentence(text, quote),
        quote=quote,
        roles=roles,
        due=due.due if due else None,
        deliverable=_words(text, product) if product else None,
        section=row.section or table.section,
        source="rule:task.table-row",
        confidence=0.95 if roles.lead or roles.coordinating or due else 0.9,
    )


def _with_partners(text: str, table: AssignmentTable, quote: Span, roles: Roles, reader: RoleReader) -> Roles:
    """Where no column says who joins in, the item itself may: "Phối hợp với Công an xã tuần tra"."""
    if not roles.lead or any(column.role in {Role.COORDINATING, Role.BOTH} for column in table.columns):
        return roles
    partners = reader.of_sentence(text, quote, Roles()).coordinating
    return Roles(roles.lead, (*roles.coordinating, *partners)).settled()


def _due_of_row(text: str, table: AssignmentTable, row: Row, quote: Span, deadlines: Deadlines) -> FoundDue | None:
    """By the last column of time that says when ("bắt đầu", "kết thúc"), a tick, a remark, or the item's own words."""
    values = [" ".join(cell.span.of(text).split()) for cell in _cells(table, row, Role.DUE)]
    if values:
        return deadlines.of_value(values[-1])
    marked = _marked(text, table, row)
    if marked:
        return deadlines.of_value(marked)
    notes = [" ".join(cell.span.of(text).split()) for cell in _cells(table, row, Role.NOTE)]
    whole = (due for note in notes if (due := deadlines.of_value(note)) and due.end - due.start > 0.8 * len(note))
    sentences = (deadlines.of_sentence(words) for words in (*notes, quote.of(text)))
    return next(filter(None, (*whole, *sentences)), None)


def _marked(text: str, table: AssignmentTable, row: Row) -> str | None:
    """When a row is done by the columns of time that are ticked in it: "x" under "Quý I" and "Quý II" -> "Quý I - Quý II"."""
    ticked = [
        column.header
        for column, cell in zip(table.columns, row.cells, strict=False)
        if column.role is Role.OTHER and cell and _TICK.fullmatch(text, cell.span.start, cell.span.end)
    ]
    times = [found.group() for header in ticked if (found := _TIME_HEADER.search(header))]
    if not times or len(times) < len(ticked):
        return None
    return times[0] if len(times) == 1 else f"{times[0]} - {times[-1]}"


def _roles(text: str, table: AssignmentTable, row: Row, reader: RoleReader) -> Roles:
    lead, coordinating = Roles(), Roles()
    for role in (Role.LEAD, Role.BOTH):
        cell = _cell(table, row, role)
        if cell:
            found = reader.of_value(text, cell.span)
            lead = Roles((*lead.lead, *found.lead), (*lead.coordinating, *found.coordinating))
    cell = _cell(table, row, Role.COORDINATING)
    if cell:
        coordinating = reader.of_value(text, cell.span)
    return Roles(lead.lead, (*lead.coordinating, *coordinating.lead, *coordinating.coordinating)).settled()


def _cell(table: AssignmentTable, row: Row, role: Role) -> Cell | None:
    """The first filled cell under a column of that role."""
    return next(iter(_cells(table, row, role)), None)


def _cells(table: AssignmentTable, row: Row, role: Role) -> list[Cell]:
    return [
        cell
        for column, cell in zip(table.columns, row.cells, strict=False)
        if column.role is role and cell is not None and _is_filled(cell)
    ]


def _is_filled(cell: Cell | None) -> TypeGuard[Cell]:
    return cell is not None and cell.span.start < cell.span.end


def _first_line(text: str, cell: Cell) -> Span | None:
    for match in _PRINTED.finditer(text[cell.span.start : cell.span.end]):
        words = match.group().strip(" -–+•*")
        if any(character.isalpha() for character in words):
            start = cell.span.start + match.start() + match.group().index(words)
            return Span(start, start + len(words))
    return None


def _words(text: str, cell: Cell) -> str | None:
    return " ".join(cell.span.of(text).split()).strip(" ;,") or None
