"""References: the documents that a plan names."""

from __future__ import annotations

from khparse.model.plan import Plan
from khparse.model.record import Reference
from khparse.rules.kit import Kit


def find_references(plan: Plan, kit: Kit) -> tuple[Reference, ...]:
    """One record for each document named, its mentions merged."""
    return ()
