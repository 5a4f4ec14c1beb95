"""Tasks: items of work, their offices, deadlines and products."""

from __future__ import annotations

from khparse.model.plan import Plan
from khparse.model.record import Task
from khparse.rules.kit import Kit


def find_tasks(plan: Plan, kit: Kit) -> tuple[Task, ...]:
    """One record for each item of work."""
    return ()
