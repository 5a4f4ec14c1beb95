"""What is exported: stored values of every kind, and where the plans' files lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote

from khparse.model.stored import (
    StoredBudget,
    StoredConflict,
    StoredFinding,
    StoredPlan,
    StoredReference,
    StoredTarget,
    StoredTask,
)

Files = dict[str, bytes]  # what an export consists of: a name for each file, "" for the only one


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The values to export; `paths` holds the file of a plan by the plan's id, where it is known."""

    plans: tuple[StoredPlan, ...] = ()
    references: tuple[StoredReference, ...] = ()
    targets: tuple[StoredTarget, ...] = ()
    tasks: tuple[StoredTask, ...] = ()
    budgets: tuple[StoredBudget, ...] = ()
    findings: tuple[StoredFinding, ...] = ()
    conflicts: tuple[StoredConflict, ...] = ()
    paths: Mapping[int, str] = field(default_factory=dict)

    def of(self, kind: str) -> Sequence[Any]:
        """The values of one kind: "tasks" -> the tasks."""
        values: Sequence[Any] = getattr(self, kind)
        return values

    @cached_property
    def places(self) -> Mapping[int, int]:
        """Where each plan stands among the plans, from 0, by its id."""
        return {plan.id: place for place, plan in enumerate(self.plans)}

    def link(self, plan: StoredPlan, page: int | None = None) -> str | None:
        """The address of a plan's file: "file:///K%E1%BA%BF%20ho%E1%BA%A1ch.pdf#page=3"; a page only where it opens one."""
        path = self.paths.get(plan.id)
        if path is None:
            return None
        address = "file://" + quote(path if path.startswith("/") else f"/{path}".replace("\\", "/"), safe="/:")
        return f"{address}#page={page}" if page and path.lower().endswith(".pdf") else address
