"""Targets: the figures that a plan sets as aims."""

from __future__ import annotations

from khparse.model.plan import Plan
from khparse.model.record import Target
from khparse.rules.kit import Kit


def find_targets(plan: Plan, kit: Kit) -> tuple[Target, ...]:
    """One record for each figure."""
    return ()
