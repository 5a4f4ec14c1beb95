"""Findings: what in a plan contradicts itself or cannot be right."""

from __future__ import annotations

from khparse.model.plan import Plan
from khparse.model.record import Budget, Finding, Reference, Target, Task
from khparse.rules.kit import Kit


def find_findings(
    plan: Plan,
    references: tuple[Reference, ...],
    targets: tuple[Target, ...],
    tasks: tuple[Task, ...],
    budgets: tuple[Budget, ...],
    kit: Kit,
) -> tuple[Finding, ...]:
    """The plan's own contradictions."""
    return ()
