"""How two plans stand to each other: which kind a difference between them is depends on it."""

from __future__ import annotations

from enum import StrEnum

from khparse.compare.facts import PlanFacts
from khparse.registry.jurisdictions import jurisdiction_of, stands_above
from khparse.text.fold import key


class Standing(StrEnum):
    """How plan A stands to plan B."""

    SAME = "same"  # one plan
    ABOVE = "above"  # B implements A, or B's issuer is under A's
    BELOW = "below"
    BEFORE = "before"  # one issuer, A is the earlier
    AFTER = "after"
    PEER = "peer"  # one jurisdiction, neither above the other nor replacing it
    COUSIN = "cousin"  # two jurisdictions, implementing one document
    NONE = "none"

    def turned(self) -> Standing:
        """How B stands to A."""
        return _TURNED.get(self, self)


_TURNED = {
    Standing.ABOVE: Standing.BELOW,
    Standing.BELOW: Standing.ABOVE,
    Standing.BEFORE: Standing.AFTER,
    Standing.AFTER: Standing.BEFORE,
}


def standing(a: PlanFacts, b: PlanFacts) -> Standing:
    """How `a` stands to `b`. References count before issuers: a department may carry out another's plan."""
    if a.id == b.id:
        return Standing.SAME
    for upper, lower, result in ((a, b, Standing.ABOVE), (b, a, Standing.BELOW)):
        if upper.key and upper.key in lower.implements:
            return result
    if not (a.issuer and b.issuer):
        return Standing.COUSIN if a.implements & b.implements and a.province != b.province else Standing.NONE
    if key(a.issuer) == key(b.issuer) and a.province == b.province:
        return _by_date(a, b)
    if stands_above(a.issuer, b.issuer, a.province, b.province):
        return Standing.ABOVE
    if stands_above(b.issuer, a.issuer, b.province, a.province):
        return Standing.BELOW
    if one_jurisdiction(a, b):
        return Standing.PEER
    return Standing.COUSIN if a.implements & b.implements else Standing.NONE


def one_jurisdiction(a: PlanFacts, b: PlanFacts) -> bool:
    """Whether both plans are made for one territory ("UBND tỉnh X", "Sở Y tỉnh X")."""
    if a.id == b.id:
        return True
    if not (a.issuer and b.issuer and a.province and b.province):
        return False
    return jurisdiction_of(a.issuer, a.province).id == jurisdiction_of(b.issuer, b.province).id


def _by_date(a: PlanFacts, b: PlanFacts) -> Standing:
    first, second = a.date or "", b.date or ""
    if not first or not second or first.startswith(second) or second.startswith(first):
        return Standing.PEER
    return Standing.BEFORE if first < second else Standing.AFTER
