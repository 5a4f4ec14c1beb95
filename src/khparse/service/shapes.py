"""Stored values as the JSON rows that the command line and the web page give: keys are those of the extraction record, `plan` is the plan's id."""

from __future__ import annotations

from typing import Any

from khparse.model.stored import (
    Passage,
    StoredBudget,
    StoredConflict,
    StoredFinding,
    StoredOffice,
    StoredPlan,
    StoredRecord,
    StoredTarget,
    StoredTask,
)
from khparse.service.comparison import ComparedRow
from khparse.service.questions import CountedPlan

Row = dict[str, Any]


def plan_row(counted: CountedPlan) -> Row:
    """A plan with its counts."""
    plan = counted.plan
    names = ("id", "number", "issuer", "province", "date", "title", "file", "version")
    implements = [" ".join(filter(None, (d.type, d.number or d.title))) for d in plan.implements]
    return {**{name: getattr(plan, name) for name in names}, "implements": implements, "counts": counted.counts}


def task_row(task: StoredTask) -> Row:
    """A task."""
    return {
        **_plan(task.plan),
        "section": task.section,
        "title": task.title,
        "lead": _offices(task.lead),
        "coordinating": _offices(task.coordinating),
        "due": task.due.model_dump(mode="json") if task.due else None,
        "deliverable": task.deliverable,
        **_place(task),
    }


def target_row(target: StoredTarget) -> Row:
    """A target."""
    names = ("indicator", "comparator", "value", "value_max", "unit", "horizon", "kind")
    values = {name: getattr(target, name) for name in names}
    lead = _offices(target.lead)
    return {**_plan(target.plan), "section": target.section, **values, "lead": lead, **_place(target)}


def budget_row(budget: StoredBudget) -> Row:
    """A sum of money."""
    names = ("purpose", "amount_vnd", "period", "fund", "role")
    values = {name: getattr(budget, name) for name in names}
    return {**_plan(budget.plan), "section": budget.section, **values, **_place(budget)}


def finding_row(finding: StoredFinding) -> Row:
    """A finding."""
    words = {"kind": finding.kind, "message": finding.message}
    return {**_plan(finding.plan), "section": finding.section, **words, **_place(finding)}


def record_row(record: StoredRecord) -> Row:
    """Whichever of the comparable records it is."""
    if isinstance(record, StoredTarget):
        return target_row(record)
    if isinstance(record, StoredTask):
        return task_row(record)
    if isinstance(record, StoredBudget):
        return budget_row(record)
    raise TypeError(type(record))


def conflict_row(conflict: StoredConflict) -> Row:
    """A conflict with both records."""
    names = ("id", "identity", "kind", "severity", "direction", "score", "sure", "rule", "why", "status", "remark")
    values = {name: getattr(conflict, name) for name in names}
    return {**values, "a": record_row(conflict.a), "b": record_row(conflict.b)}


def compared_row(row: ComparedRow) -> Row:
    """An indicator with each plan's target, null where a plan has none."""
    return {
        "indicator": row.indicator,
        "unit": row.unit,
        "horizon": row.horizon,
        "agreement": row.agreement,
        "targets": [target_row(target) if target else None for target in row.targets],
    }


def passage_row(passage: Passage) -> Row:
    """A line of a plan."""
    place = {name: getattr(passage, name) for name in ("section", "page", "quote", "start", "end")}
    return {**_plan(passage.plan), **place}


def _plan(plan: StoredPlan) -> Row:
    return {"plan": plan.id, "number": plan.number, "issuer": plan.issuer, "file": plan.file}


def _place(record: StoredRecord) -> Row:
    return {name: getattr(record, name) for name in ("quote", "page", "start", "end", "source", "confidence", "id")}


def _offices(offices: tuple[StoredOffice, ...]) -> list[Row]:
    return [{"text": office.text, "name": office.name} for office in offices]
