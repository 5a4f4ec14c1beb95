"""A conflict between two records: what comparison finds, the store keeps and people judge."""

from __future__ import annotations

from dataclasses import dataclass

# what a conflict can be, as every list of them can be narrowed to
KINDS = (
    "contradiction",
    "below_parent",
    "above_parent",
    "revised",
    "postponed",
    "regression",
    "divergent",
    "owner",
    "deadline",
    "budget",
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A difference that somebody should look at; `a` and `b` are record ids of `record_kind`.

    `sure` tells it from one to be confirmed; `why` is one Vietnamese sentence.
    """

    kind: str
    severity: str
    record_kind: str
    a: int
    b: int
    plan_a: int
    plan_b: int
    score: float
    sure: bool
    rule: str
    why: str
    direction: str | None = None
