"""Targets of several plans side by side: a row for each indicator and horizon, a cell for each plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from khparse.compare.facts import TargetFacts
from khparse.compare.matching import SURE, PhraseMatcher, best_pairs
from khparse.compare.ranges import last_day, measure_of


class Agreement(StrEnum):
    """What a row says."""

    AGREE = "agree"
    DIFFER = "differ"
    MISSING = "missing"  # not every plan has it, those that have agree


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One indicator; `cells[i]` is the target of the i-th plan, None where that plan has none."""

    indicator: str
    unit: str
    horizon: str | None
    cells: tuple[TargetFacts | None, ...]
    agreement: Agreement


def side_by_side(
    plan_ids: Sequence[int], targets: Sequence[TargetFacts], matcher: PhraseMatcher
) -> list[ComparisonRow]:
    """The plans' targets aligned, shared rows first, then by order in the first plan that has them."""
    rows: list[dict[int, TargetFacts]] = []
    for column, plan_id in enumerate(plan_ids):
        ours = [t for t in targets if t.plan == plan_id]
        for target, row in _placed(ours, rows, matcher):
            row[column] = target
    return sorted(
        (_row(row, len(plan_ids)) for row in rows),
        key=lambda row: -sum(cell is not None for cell in row.cells),
    )


def _placed(
    ours: list[TargetFacts], rows: list[dict[int, TargetFacts]], matcher: PhraseMatcher
) -> list[tuple[TargetFacts, dict[int, TargetFacts]]]:
    """Each target with the row it joins; a new row where none is surely the same indicator."""
    signatures = [matcher.signature(t.phrase, t.context) for t in ours]
    heads = [next(iter(row.values())) for row in rows]
    by_time: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for index, head in enumerate(heads):
        by_time[measure_of(head.unit).kind, last_day(head.horizon)].append(index)
    known = [matcher.signature(head.phrase, head.context) for head in heads]
    scores = [
        (matcher.match(signatures[i], known[j]).score, i, j)
        for i, target in enumerate(ours)
        for j in by_time[measure_of(target.unit).kind, last_day(target.horizon)]
    ]
    chosen = {i: rows[j] for _, i, j in best_pairs(scores, SURE)}
    placed = []
    for i, target in enumerate(ours):
        row = chosen.get(i)
        if row is None:
            row = {}
            rows.append(row)
        placed.append((target, row))
    return placed


def _row(row: dict[int, TargetFacts], width: int) -> ComparisonRow:
    head = next(iter(row.values()))
    cells = tuple(row.get(column) for column in range(width))
    ranges = {target.range for target in row.values()}
    whole = all(cell is not None for cell in cells)
    agreement = Agreement.DIFFER if len(ranges) > 1 else Agreement.AGREE if whole else Agreement.MISSING
    return ComparisonRow(head.indicator, head.unit, head.horizon, cells, agreement)
