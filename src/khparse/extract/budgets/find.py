"""Budgets: the sums of money that a plan plans or allots, in tables and in sentences."""

from __future__ import annotations

from khparse.extract.budgets.sentences import sentence_budgets
from khparse.extract.budgets.tables import table_budgets
from khparse.model.plan import Plan
from khparse.model.record import Budget
from khparse.rules.kit import Kit


def find_budgets(plan: Plan, kit: Kit) -> tuple[Budget, ...]:
    """One record for each sum, in reading order."""
    found = [*sentence_budgets(plan), *table_budgets(plan, kit.tables)]
    return tuple(sorted(found, key=lambda budget: (budget.start, budget.end)))
