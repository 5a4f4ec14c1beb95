"""Findings: what in a plan contradicts itself or cannot be right, seen from the plan alone."""

from __future__ import annotations

from khparse.extract.findings.dates import (
    due_before_issue,
    impossible_days,
    reference_date_mismatches,
    self_mismatches,
)
from khparse.extract.findings.numbers import numbering_gaps
from khparse.extract.findings.tables import table_findings
from khparse.extract.findings.values import impossible_shares
from khparse.model.plan import Plan
from khparse.model.record import Budget, Finding, Reference, Target, Task
from khparse.rules.kit import Kit

_READ = 0.5


def find_findings(
    plan: Plan,
    _references: tuple[Reference, ...],
    targets: tuple[Target, ...],
    tasks: tuple[Task, ...],
    _budgets: tuple[Budget, ...],
    kit: Kit,
) -> tuple[Finding, ...]:
    """The plan's own contradictions, in reading order."""
    found = [
        *numbering_gaps(plan),
        *self_mismatches(plan, kit.findings),
        *reference_date_mismatches(plan, kit.findings),
        *impossible_days(plan, kit.findings),
        *impossible_shares(plan, targets, kit.findings),
        *table_findings(plan),
        *due_before_issue(plan, tasks),
    ]
    read = {page.number for page in plan.document.pages if page.ocr}
    told = (_doubted(one) if one.page in read else one for one in found)
    return tuple(sorted(told, key=lambda one: (one.start, one.kind)))


def _doubted(one: Finding) -> Finding:
    """A finding on a page read from its picture: as often the recogniser's slip as the plan's."""
    return one.model_copy(update={"confidence": min(one.confidence, _READ)})
