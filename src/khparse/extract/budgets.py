"""Budgets: the sums of money that a plan plans or allots."""

from __future__ import annotations

from khparse.model.plan import Plan
from khparse.model.record import Budget
from khparse.rules.kit import Kit


def find_budgets(plan: Plan, kit: Kit) -> tuple[Budget, ...]:
    """One record for each sum."""
    return ()
