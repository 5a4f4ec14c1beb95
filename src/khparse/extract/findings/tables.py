"""Totals that their rows don't add up to, and rows with more or fewer sums than there are years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khparse.extract.budgets.sums import SumRow, TableSums, sums_of
from khparse.extract.findings.records import finding
from khparse.model.document import Cell
from khparse.model.plan import AssignmentTable, Plan, Role, RowKind, Section
from khparse.model.record import Finding, FindingKind
from khparse.text.clauses import plain_end
from khparse.text.periods import whole_period


def table_findings(plan: Plan) -> Iterator[Finding]:
    """What is wrong with the sums of the plan's tables."""
    for table in plan.tables:
        sums = sums_of(table, plan.document.text)
        yield from _widths(plan, sums)
        totals = list(_totals(plan, sums))
        yield from totals
        yield from _row_totals(plan, sums, {found.start for found in totals})


def _widths(plan: Plan, sums: TableSums) -> Iterator[Finding]:
    years = len(sums.yearly)
    if years < 2 or len(sums.columns) != years:
        return
    period = (whole_period([p for i in sums.yearly if (p := sums.column(i).period)]) or "").replace("/", "-")
    for row in sums.rows:
        count = len(row.printed)
        if not row.row.broken or count == years:
            continue
        printed = _listed([cell.span.of(plan.document.text) for cell in row.printed])
        message = f"Dòng {_named(row, plan)} của {_place(plan, sums.table)} có {count} số tiền{printed} dưới {years} cột năm {period}"
        if row.sure and count > years:
            message += _meant(row, plan)
        cell = next(cell for cell in _naming(row, sums.table) if cell is not None)
        yield finding(plan, FindingKind.ROW_WIDTH_MISMATCH, message + ".", cell.span, row.row.section)


def _meant(row: SumRow, plan: Plan) -> str:
    """Which of a row's sums count, as the total row tells; of the total row itself what stands there twice."""
    meant = [amount.cell.span.of(plan.document.text) for amount in row.amounts]
    if row.row.kind is not RowKind.TOTAL:
        return f"; theo dòng tổng cộng, dòng này là {' / '.join(meant)}"
    left = [cell.span.of(plan.document.text) for cell in row.printed]
    for words in meant:
        left.remove(words)
    return f"; số {', '.join(dict.fromkeys(left))} bị lặp lại" if set(left) <= set(meant) else ""


def _listed(printed: Sequence[str]) -> str:
    """In brackets, or the one sum that stands everywhere: " (0, 0, 1)", " 5.000"."""
    if len(set(printed)) == 1 and len(printed) > 4:
        return f" {printed[0]}"
    return f" ({', '.join(printed)})"


def _totals(plan: Plan, sums: TableSums) -> Iterator[Finding]:
    """Total rows against the rows above them, column by column; a total over the years against the yearly totals."""
    totals = [row for row in sums.rows if row.row.kind is RowKind.TOTAL]
    for total in totals:
        if len(total.amounts) == 1 and len(sums.yearly) > 1:
            yield from _over_years(plan, sums, total, totals)
            continue
        rows = [row for row in sums.rows if row.row.kind is not RowKind.TOTAL]
        for amount in total.amounts:
            found = _candidates(rows, amount.column, plan)
            if found and amount.dong not in found and all(row.sure for row in (*rows, total)):
                yield _mismatch(plan, sums, total, amount.column, amount.dong, found[0])
    yield from _subtotals(plan, sums)


def _over_years(plan: Plan, sums: TableSums, total: SumRow, totals: Sequence[SumRow]) -> Iterator[Finding]:
    yearly = next((row for row in totals if len(row.amounts) == len(sums.yearly)), None)
    if yearly is None or not yearly.sure:
        return
    added = sum(amount.dong for amount in yearly.amounts)
    if added != total.amounts[0].dong:
        yield _mismatch(plan, sums, total, None, total.amounts[0].dong, added)


def _candidates(rows: Sequence[SumRow], column: int, plan: Plan) -> list[int]:
    """What a total may be the sum of: the items or the groups of the highest level; nothing where levels are unclear."""
    items = [row for row in rows if row.row.kind is RowKind.ITEM and row.under(column) is not None]
    groups = [row for row in rows if row.row.kind is RowKind.GROUP and row.under(column) is not None]
    if len(items) + len(groups) < 2:
        return []
    found: list[int] = []
    if len({_depth(row, plan) for row in items}) == 1:
        found.append(sum(row.under(column) or 0 for row in items))
    elif items and not groups:
        return []
    highest = min(((row.row.section or "").count(".") for row in groups), default=0)
    if groups:
        found.append(sum(row.under(column) or 0 for row in groups if (row.row.section or "").count(".") == highest))
    return found


def _depth(row: SumRow, plan: Plan) -> int:
    """How deep a row's number is: "2" -> 1, "2.1" -> 2, a bullet or a letter -> 9."""
    first = row.row.cells[0]
    words = first.span.of(plan.document.text).strip(" .)(") if first is not None else ""
    return words.count(".") + 1 if words[:1].isdigit() else 9


def _subtotals(plan: Plan, sums: TableSums) -> Iterator[Finding]:
    """A group row's sum against its items."""
    for group in (row for row in sums.rows if row.row.kind is RowKind.GROUP):
        inside = [row for row in sums.rows if row.row.kind is RowKind.ITEM and row.row.section == group.row.section]
        for amount in group.amounts:
            found = _candidates(inside, amount.column, plan)
            if found and amount.dong not in found and all(row.sure for row in (*inside, group)):
                yield _mismatch(plan, sums, group, amount.column, amount.dong, found[0])


def _row_totals(plan: Plan, sums: TableSums, told: set[int]) -> Iterator[Finding]:
    """A row's own sum against its years or funds; `told` are the cells found wrong already."""
    for adding in (i for i in sums.columns if sums.column(i).adds_up):
        parts = _parts(sums, adding)
        checked = [
            (row, own, sum(beside))
            for row in sums.rows
            if (own := row.under(adding)) is not None
            and row.sure
            and len(beside := [dong for i in parts if (dong := row.under(i)) is not None]) > 1
        ]
        wrong = [found for found in checked if found[1] != found[2]]
        # a column that few rows agree with adds up something else than what stands beside it
        if len(wrong) * 2 > len(checked) and len(checked) > 1:
            continue
        for row, own, added in wrong:
            if row.cell(adding).span.start not in told:
                yield _mismatch(plan, sums, row, adding, own, added)


def _parts(sums: TableSums, adding: int) -> list[int]:
    """The columns that a column adds up: those beside it under the same header, or all where it stands alone."""
    parent = sums.column(adding).header.rpartition(" / ")[0]
    others = [i for i in sums.columns if not sums.column(i).adds_up]
    beside = [i for i in others if parent and sums.column(i).header.rpartition(" / ")[0] == parent]
    return beside if len(beside) > 1 or (parent and sums.column(adding).period) else others


def _mismatch(plan: Plan, sums: TableSums, row: SumRow, column: int | None, printed: int, added: int) -> Finding:
    over = f", cột {plain_end(sums.column(column).header.rpartition(' / ')[2])}" if column is not None else ""
    amount = next((amount for amount in row.amounts if amount.column == column), row.amounts[0])
    message = (
        f"Dòng {_named(row, plan)} của {_place(plan, sums.table)}{over} ghi {_dong(printed)}; "
        f"cộng lại được {_dong(added)}."
    )
    return finding(plan, FindingKind.SUM_MISMATCH, message, amount.cell.span, row.row.section, 0.85)


def _dong(amount: int) -> str:
    """As offices write it: 28540000000 -> "28.540.000.000 đồng"."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def _named(row: SumRow, plan: Plan) -> str:
    """A row by its number, or by its words."""
    words = [cell.span.of(plan.document.text) for cell in row.row.cells if cell is not None]
    return plain_end(words[0])[:60] if words else str(row.row.index + 1)


def _naming(row: SumRow, table: AssignmentTable) -> Iterator[Cell | None]:
    """The cells by which a row is called, best first."""
    places = [table.column_of(role) for role in (Role.TASK, Role.INDICATOR)]
    yield from (row.row.cells[place] for place in places if place is not None)
    yield from row.row.cells


def _place(plan: Plan, table: AssignmentTable) -> str:
    """The appendix as it is headed, else the section, else "bảng"."""
    home: Section | None = next((section for section in plan.sections if section.path == table.section), None)
    if home is None:
        return "bảng"
    label = plain_end(home.label or "Phụ lục").replace("PHỤ LỤC", "Phụ lục")
    return label if label.startswith("Phụ lục") else f"Mục {home.path}"
