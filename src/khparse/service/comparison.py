"""Stored records as comparison's values, and what comparison finds back into the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from khparse.compare.conflicts import find_conflicts
from khparse.compare.facts import BudgetFacts, PlanFacts, TargetFacts, TaskFacts, document_key
from khparse.compare.matching import PhraseMatcher
from khparse.compare.table import Agreement, side_by_side
from khparse.model.record import TargetKind
from khparse.model.stored import CitedDocument, StoredBudget, StoredPlan, StoredRecord, StoredTarget, StoredTask
from khparse.rules.kit import load_naming
from khparse.rules.load import load
from khparse.store.conflicts import save_conflicts
from khparse.store.database import Database
from khparse.store.queries import Choice, budget_rows, plan_rows, related_plans, target_rows, task_rows

# from so many new plans on, comparing all at once costs less than each against the rest
MANY = 5


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One indicator; `targets[i]` is the i-th plan's, None where it has none. `agreement`: agree, differ, missing."""

    indicator: str
    unit: str
    horizon: str | None
    agreement: Agreement
    targets: tuple[StoredTarget | None, ...]


@cache
def phrase_matcher() -> PhraseMatcher:
    """The matcher of this installation's rules."""
    return PhraseMatcher(load("comparison"), load_naming())


def compare(database: Database, plan_ids: Sequence[int]) -> list[ComparedRow]:
    """The plans' targets side by side."""
    stored = {t.id: t for t in target_rows(database, Choice(plans=tuple(plan_ids))) if t.kind is TargetKind.TARGET}
    rows = side_by_side(plan_ids, [target_facts(target) for target in stored.values()], phrase_matcher())
    return [
        ComparedRow(
            row.indicator,
            row.unit,
            row.horizon,
            row.agreement,
            tuple(stored[cell.id] if cell else None for cell in row.cells),
        )
        for row in rows
    ]


def refresh_conflicts(database: Database, changed: Collection[int]) -> None:
    """Find the conflicts of the plans that changed, each only against what it can conflict with."""
    if len(changed) >= MANY:
        _refresh(database, None)
    else:
        for plan_id in sorted(changed):
            _refresh(database, plan_id)


def _refresh(database: Database, plan_id: int | None) -> None:
    plans = None if plan_id is None else related_plans(database, plan_id)
    choice = Choice(plans=plans)
    found = find_conflicts(
        {id_: plan_facts(plan) for id_, plan in plan_rows(database, plans).items()},
        [target_facts(target) for target in target_rows(database, choice) if target.kind is TargetKind.TARGET],
        [task_facts(task) for task in task_rows(database, choice)],
        [budget_facts(budget) for budget in budget_rows(database, choice)],
        phrase_matcher(),
        only=plan_id,
    )
    save_conflicts(database, found, plan_id=plan_id)


def plan_facts(plan: StoredPlan) -> PlanFacts:
    """A stored plan as comparison sees it."""
    return PlanFacts(
        id=plan.id,
        key=document_key(plan.type, plan.number, plan.issuer),
        issuer=plan.issuer,
        province=plan.province,
        date=plan.date,
        title=plan.title,
        file=plan.file,
        implements=_keys(plan.implements),
        replaces=_keys(plan.changes),
        number=plan.number,
    )


def _keys(documents: Iterable[CitedDocument]) -> frozenset[str]:
    keys = (document_key(document.type, document.number, document.issuer) for document in documents)
    return frozenset(key for key in keys if key)


def _place(record: StoredRecord) -> dict[str, Any]:
    names = ("id", "quote", "section", "page", "confidence")
    return {name: getattr(record, name) for name in names} | {"plan": record.plan.id}


def target_facts(target: StoredTarget) -> TargetFacts:
    """A stored target as comparison sees it."""
    return TargetFacts(
        **_place(target),
        indicator=target.indicator,
        comparator=target.comparator,
        value=target.value,
        value_max=target.value_max,
        unit=target.unit,
        horizon=target.horizon,
        context=" / ".join(target.headings),
    )


def task_facts(task: StoredTask) -> TaskFacts:
    """A stored task as comparison sees it."""
    due = task.due
    return TaskFacts(
        **_place(task),
        title=task.title,
        lead=tuple(office.name for office in task.lead),
        due=due.end if due else None,
        recurrence=due.recurrence if due else None,
        start=due.start if due else None,
        source=task.source,
    )


def budget_facts(budget: StoredBudget) -> BudgetFacts:
    """A stored sum as comparison sees it."""
    return BudgetFacts(
        **_place(budget),
        purpose=budget.purpose,
        amount_vnd=budget.amount_vnd,
        period=budget.period,
        fund=budget.fund,
        role=budget.role,
    )
