"""Sums planned in tables: one record for each cell of sums, with its row's work, its column's year, its fund."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from khparse.extract.budgets.sums import Amount, SumRow, TableSums, sums_of
from khparse.model.plan import AssignmentTable, Plan, Role, RowKind
from khparse.model.record import Budget, BudgetRole
from khparse.rules.load import RuleBook
from khparse.text.clauses import first_sentence, plain_end
from khparse.text.money import is_amount, is_share
from khparse.text.periods import period_of, title_period, whole_period

_OF_WHOLE = regex.compile(r"trong đó|chia ra", regex.IGNORECASE)
_DASHED = regex.compile(r"\s*[-–+]\s*\p{L}")
_PART = regex.compile(r"^[\s(+-]*(?:trong đó|bao gồm|gồm)\s*:?\s*(?=\p{L})", regex.IGNORECASE)
_SOURCE = "rule:table.budget"
_INCOME = 0.6
_ROLES = {
    RowKind.ITEM: BudgetRole.ITEM,
    RowKind.GROUP: BudgetRole.SUBTOTAL,
    RowKind.SUBTOTAL: BudgetRole.SUBTOTAL,
    RowKind.TOTAL: BudgetRole.TOTAL,
}
_NAMING = (Role.TASK, Role.INDICATOR, Role.OBJECTIVE, Role.DELIVERABLE)


def table_budgets(plan: Plan, book: RuleBook) -> Iterator[Budget]:
    """The sums of all assignment tables, row by row."""
    income = book.by_id("table.income").pattern
    for table in plan.tables:
        sums = sums_of(table, plan.document.text)
        heading = _heading_period(plan, table)
        nested = _nested(sums, plan.document.text)
        purpose = ""
        for row in sums.rows:
            named = _name(row, table, plan.document.text)
            if is_share(named):
                continue
            purpose = named or purpose
            found = _row_budgets(plan, sums, row, purpose, heading, nested=row.row.index in nested)
            # what comes in is planned too, but whoever asks what is spent must be told apart from it
            yield from (
                (budget.model_copy(update={"confidence": _INCOME}) for budget in found)
                if income.search(table.title)
                else found
            )


def _nested(sums: TableSums, text: str) -> set[int]:
    """The rows of dashes and the row above each run of them: whether the one or the others are the items is seldom said."""
    marks = [bool(_DASHED.match(_first_words(row, text))) for row in sums.rows]
    around = [own or (i + 1 < len(marks) and marks[i + 1]) for i, own in enumerate(marks)]
    return {row.row.index for row, one in zip(sums.rows, around, strict=True) if one}


def _first_words(row: SumRow, text: str) -> str:
    words = (cell.span.of(text) for cell in row.row.cells if cell is not None)
    return next((word for word in words if regex.search(r"\p{L}", word)), "")


def _row_budgets(
    plan: Plan, sums: TableSums, row: SumRow, purpose: str, heading: str | None, *, nested: bool
) -> Iterator[Budget]:
    text = plan.document.text
    for amount in row.amounts:
        period = _period(sums, row, amount, text) or heading
        name = purpose
        if row.row.kind is RowKind.TOTAL and amount.column in sums.yearly and len(sums.yearly) > 1 and period:
            name = (
                purpose
                if period_of(purpose)
                else f"{purpose} {'năm' if '/' not in period else 'giai đoạn'} {period.replace('/', '-')}"
            )
        span = amount.cell.span
        role = _role(sums, row, amount, purpose)
        yield Budget(
            purpose=name,
            amount_vnd=amount.dong,
            period=period,
            fund=_fund(sums, row, amount, text),
            role=role,
            quote=span.of(text).partition("\n")[0],
            section=row.row.section,
            page=plan.document.page_at(span.start),
            start=span.start,
            end=span.start + len(span.of(text).partition("\n")[0]),
            source=_SOURCE,
            confidence=_trust(row, role, nested=nested),
        )


def _trust(row: SumRow, role: BudgetRole, *, nested: bool) -> float:
    """Whether a fund's share of a row is a part or a sum of its own is seldom said."""
    if not row.sure:
        return 0.6
    part = role is BudgetRole.SUBTOTAL and row.row.kind is RowKind.ITEM
    return 0.85 if part or nested else 0.95


def _role(sums: TableSums, row: SumRow, amount: Amount, purpose: str) -> BudgetRole:
    """By what the row is; a fund's part of the row's own sum, headed "Trong đó", is a subtotal."""
    column = sums.column(amount.column)
    # a table may open with its total, labelled like its groups: "A | TỔNG CHI NGÂN SÁCH"
    if row.row.kind is RowKind.GROUP and row.row.index == 0 and purpose.isupper() and purpose.startswith("TỔNG"):
        return BudgetRole.TOTAL
    part = not column.period and not column.adds_up and _OF_WHOLE.search(column.header) is not None
    return BudgetRole.SUBTOTAL if part and row.row.kind is RowKind.ITEM else _ROLES[row.row.kind]


def _name(row: SumRow, table: AssignmentTable, text: str) -> str:
    """The work of the row: its title's first sentence, of a total its words."""
    cells = row.row.cells
    if row.row.kind in {RowKind.ITEM, RowKind.GROUP}:
        for role in _NAMING:
            place = table.column_of(role)
            if place is not None and (cell := cells[place]) is not None:
                return first_sentence(_PART.sub("", cell.span.of(text)))
    words = [
        _PART.sub("", cell.span.of(text)) for cell in cells if cell is not None and not is_amount(cell.span.of(text))
    ]
    return plain_end(max(words[:2], key=len)) if words else ""


def _period(sums: TableSums, row: SumRow, amount: Amount, text: str) -> str | None:
    """The year over the sum; the whole period of a sum over the years; else the years of the row's time cell."""
    column = sums.column(amount.column)
    if sums.yearly and row.row.kind is RowKind.TOTAL and len(row.amounts) == 1 and len(sums.yearly) > 1:
        return period_of(_name(row, sums.table, text)) or _whole(sums)
    if column.period and not column.adds_up:
        merged = [i for i in sums.yearly if row.row.cells[i] is amount.cell]
        return whole_period([p for i in merged if (p := sums.column(i).period)]) if len(merged) > 1 else column.period
    if sums.yearly:
        return column.period or _whole(sums)
    if row.row.kind is RowKind.TOTAL:
        return column.period or period_of(_name(row, sums.table, text))
    return column.period or _time(sums.table, row, text)


def _whole(sums: TableSums) -> str | None:
    return whole_period([period for i in sums.yearly if (period := sums.column(i).period)])


def _time(table: AssignmentTable, row: SumRow, text: str) -> str | None:
    place = table.column_of(Role.DUE)
    cell = row.row.cells[place] if place is not None else None
    return period_of(cell.span.of(text)) if cell else None


def _heading_period(plan: Plan, table: AssignmentTable) -> str | None:
    """The one period in the title above the table or the heading of its section."""
    headings = [section.heading for section in plan.sections if section.path == table.section]
    stated = next((period for words in [table.title, *headings] if (period := period_of(words))), None)
    return stated or title_period(plan.letterhead.title)


def _fund(sums: TableSums, row: SumRow, amount: Amount, text: str) -> str | None:
    if row.row.kind is RowKind.TOTAL:
        return sums.column(amount.column).fund
    place = sums.table.column_of(Role.FUND)
    cell = row.row.cells[place] if place is not None else None
    return (plain_end(cell.span.of(text)) or None) if cell else sums.column(amount.column).fund
