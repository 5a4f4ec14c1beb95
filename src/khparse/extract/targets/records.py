"""A claim of a line, as a record of the plan."""

from __future__ import annotations

from khparse.extract.targets.claims import Claim
from khparse.model.plan import Plan
from khparse.model.record import Office, Target, TargetKind


def record(
    plan: Plan, claim: Claim, offset: int, section: str | None, horizon: str | None, lead: tuple[Office, ...] = ()
) -> Target:
    """A claim of the line that begins at `offset`, as a record. A baseline's horizon is its own or none."""
    start, end = claim.quote.start + offset, claim.quote.end + offset
    quantity = claim.figure.quantity
    return Target(
        quote=plan.document.text[start:end],
        section=section,
        page=plan.document.page_at(start),
        start=start,
        end=end,
        source=claim.figure.rule.source,
        confidence=round(claim.confidence, 2),
        indicator=claim.indicator,
        comparator=claim.comparator,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=claim.figure.unit,
        horizon=horizon if claim.kind is TargetKind.TARGET else claim.horizon,
        kind=claim.kind,
        lead=lead,
    )
