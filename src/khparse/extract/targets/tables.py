"""Targets in tables: columns of indicators with figures by year, and sentences with figures in the cells of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from khparse.extract.targets.claims import Claim
from khparse.extract.targets.figures import Figure
from khparse.extract.targets.grammar import Grammar
from khparse.extract.targets.grids import grid_claims
from khparse.extract.targets.headings import Above, Headings
from khparse.extract.targets.horizons import heading_horizon
from khparse.extract.targets.indicators import tidy
from khparse.extract.targets.kinds import Surroundings
from khparse.extract.targets.lines import read_line
from khparse.extract.targets.records import record
from khparse.extract.targets.wholes import Wholes
from khparse.model.document import Cell, Span, Table
from khparse.model.plan import AssignmentTable, Plan, Role, Row, RowKind
from khparse.model.record import Office, Target, TargetKind
from khparse.rules.kit import Kit
from khparse.text.money import is_share
from khparse.text.numbers import quantity

_FIGURES = {Role.TARGET, Role.BASELINE}
_SENTENCES = {Role.TASK, Role.OBJECTIVE, Role.DELIVERABLE, Role.INDICATOR, Role.OTHER, Role.NOTE, Role.TARGET}
_UNIT = regex.compile(r"\(\s*(?:đơn vị(?: tính)?\s*:\s*|ĐVT\s*:\s*)?(%|[^()\d]{1,30})\)\s*$", regex.IGNORECASE)
_OFFICE = regex.compile(r"[^\s;\n][^;\n]*[^\s;.,\n]")
_EDGES = regex.compile(r"^[\s\d.+*•–-]*(?=\p{L})|[\s;,.:]+$")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row's records stand and what they share."""

    plan: Plan
    table: AssignmentTable
    row: Row
    horizon: str | None
    around: Surroundings
    lead: tuple[Office, ...]
    whole: str = ""  # what the row's figures are a part of: "Số học sinh" above "+ Học sinh nội trú"


def table_targets(plan: Plan, headings: Headings, words: Grammar, kit: Kit) -> Iterator[Target]:
    """The figures of the plan's tables."""
    read: set[int] = set()  # a merged cell stands in several rows and columns, its sentences are read once
    for table in plan.tables:
        above = headings.under(table.section)
        titled = heading_horizon(table.title, words)
        wholes = Wholes()
        for row in table.rows:
            whole = wholes.above(_words(plan, _measured(table, row)), _words(plan, _cell(table, row, Role.ORDER)))
            if row.kind is not RowKind.TOTAL:
                due = _words(plan, _cell(table, row, Role.DUE))
                horizon = heading_horizon(due, words) if due else None
                if due and horizon is None:
                    horizon = heading_horizon(f"năm {due.strip()}", words)
                around = Surroundings(aims=True, issued=plan.letterhead.date)
                place = _Place(
                    plan, table, row, horizon or titled or above.horizon, around, _lead(plan, table, row, kit), whole
                )
                yield from _of_row(place, read, words)


def loose_targets(plan: Plan, headings: Headings, words: Grammar) -> Iterator[Target]:
    """Percentages in the sentences of tables whose headers say no roles; a bare figure there measures nothing known."""
    known = {table.span.start for read in plan.tables for table in (read.table, *read.continued)}
    first = plan.sections[0].span.start if plan.sections else plan.letterhead.preamble.end
    tail = plan.letterhead.tail
    for table in plan.document.tables():
        start = table.span.start
        if start in known or start < first or tail.start <= start < tail.end:
            continue
        section = plan.section_at(start)
        above = headings.under(section)
        if not headings.in_form(section):
            yield from _shares(plan, table, above, section, words)
            yield from _loose_cells(plan, table, above, section, words)


def _shares(plan: Plan, table: Table, above: Above, section: str | None, words: Grammar) -> Iterator[Target]:
    """The bare figures of a table that says once that they are percentages."""
    text = plan.document.text
    lines = [line for line in text[max(0, table.span.start - 400) : table.span.start].split("\n") if line.strip()]
    for claim, offset in grid_claims(text, table, lines[-2:], words):
        kind = TargetKind.BASELINE if above.around.reports else claim.kind
        yield record(plan, replace(claim, kind=kind), offset, section, claim.horizon or above.horizon)


def _loose_cells(plan: Plan, table: Table, above: Above, section: str | None, words: Grammar) -> Iterator[Target]:
    for cell in table.cells:
        offset = cell.span.start
        for line in cell.span.of(plan.document.text).split("\n"):
            for claim in read_line(line, replace(above.around, context=""), words):
                if claim.figure.percent:
                    sure = replace(claim, confidence=claim.confidence - 0.15)
                    yield record(plan, sure, offset, section, claim.horizon or above.horizon)
            offset += len(line) + 1


def _of_row(place: _Place, known: set[int], words: Grammar) -> Iterator[Target]:
    measured = _measured(place.table, place.row)
    # among sums a row called "Tỷ lệ … (%)" sets shares
    shares = {Role.BUDGET} if measured and is_share(_words(place.plan, measured)) else set()
    figures = [
        (i, cell)
        for i, (column, cell) in enumerate(zip(place.table.columns, place.row.cells, strict=False))
        if column.role in _FIGURES | shares and cell and measured and cell is not measured
    ]
    read: set[int] = set()
    for i, cell in figures:
        target = _of_cell(place, i, cell, measured, words) if measured else None
        if target:
            read.add(i)
            yield target
    for i, (column, found) in enumerate(zip(place.table.columns, place.row.cells, strict=False)):
        worded = column.role in _SENTENCES and not (column.role is Role.INDICATOR and read)
        if found and worded and i not in read and found.span.start not in known:
            known.add(found.span.start)
            yield from _sentences(place, found, words)


def _of_cell(place: _Place, index: int, cell: Cell, measured: Cell, words: Grammar) -> Target | None:
    """Reads "≥ 95" under "Năm 2025" beside "Tỷ lệ hộ dùng nước sạch (%)", or under "Chỉ tiêu năm 2025 (%)"."""
    column = place.table.columns[index]
    own = _words(place.plan, measured).replace("\n", " ")
    bracketed = _UNIT.search(own)
    stated = _words(place.plan, _cell(place.table, place.row, Role.UNIT)).strip()
    headed = _UNIT.search(column.header)
    stated = stated or next((unit[1].strip() for unit in (headed, bracketed) if unit), "")
    figure = _figure(_words(place.plan, cell), stated, words)
    indicator = tidy(_EDGES.sub("", own[: bracketed.start()] if bracketed else own), words)
    if figure is None or not regex.search(r"\p{L}{2}", indicator):
        return None
    indicator = f"{place.whole}: {indicator}" if place.whole else indicator
    kind = TargetKind.BASELINE if column.role is Role.BASELINE else TargetKind.TARGET
    year = heading_horizon(f"năm {column.period.replace('/', '-')}", words) if column.period else None
    horizon = year or heading_horizon(column.header, words) or place.horizon
    trust = figure.rule.data.confidence
    claim = Claim(
        figure, indicator, figure.quantity.comparator, year, kind, Span(0, len(_words(place.plan, cell))), trust
    )
    return record(place.plan, claim, cell.span.start, place.row.section, horizon, place.lead)


def _figure(text: str, stated: str, words: Grammar) -> Figure | None:
    """A cell's figure: "120 xã" -> 120, "xã"; its unit as stated elsewhere where the cell has none."""
    match = words.cell.pattern.match(text)
    if match is None or "\n" in text.strip():
        return None
    unit = (match["unit"] or "").strip() or stated
    if not regex.search(r"[%‰\p{L}]", unit):
        return None
    return Figure(Span(*match.span()), match.start("low"), quantity(match), unit, words.cell)


def _sentences(place: _Place, cell: Cell, words: Grammar) -> Iterator[Target]:
    """Figures in a cell's sentences; the row's time is their horizon."""
    offset = cell.span.start
    for line in _words(place.plan, cell).split("\n"):
        for claim in read_line(line, place.around, words):
            if claim.figure.percent and claim.indicator:
                yield record(place.plan, claim, offset, place.row.section, claim.horizon or place.horizon)
        offset += len(line) + 1


def _measured(table: AssignmentTable, row: Row) -> Cell | None:
    return _cell(table, row, Role.INDICATOR) or _cell(table, row, Role.TASK)


def _cell(table: AssignmentTable, row: Row, role: Role) -> Cell | None:
    index = table.column_of(role)
    return row.cells[index] if index is not None and index < len(row.cells) else None


def _words(plan: Plan, cell: Cell | None) -> str:
    return cell.span.of(plan.document.text) if cell else ""


def _lead(plan: Plan, table: AssignmentTable, row: Row, kit: Kit) -> tuple[Office, ...]:
    """The offices beside an indicator: one for each line or part between semicolons."""
    cell = _cell(table, row, Role.LEAD)
    if cell is None or table.column_of(Role.INDICATOR) is None:
        return ()
    head = plan.letterhead
    offices: list[Office] = []
    for match in _OFFICE.finditer(_words(plan, cell)):
        start = cell.span.start + match.start()
        name = kit.naming.full_name(match.group(), head.issuer, head.place, head.province)
        offices.append(Office(text=match.group(), name=name, start=start, end=start + len(match.group())))
    return tuple(offices)
