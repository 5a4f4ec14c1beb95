"""One plan, whole: what is shown beside its pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from khparse.errors import StoreError
from khparse.model.record import Particulars
from khparse.model.stored import (
    StoredBudget,
    StoredConflict,
    StoredFinding,
    StoredPlan,
    StoredRecord,
    StoredTarget,
    StoredTask,
)
from khparse.service.originals import Original, original_of
from khparse.store.conflicts import count_conflicts, list_conflicts
from khparse.store.database import Database
from khparse.store.listing import DOUBTFUL
from khparse.store.load import load_particulars, load_text
from khparse.store.plan_records import reference_rows, section_rows, version_rows
from khparse.store.queries import Choice, budget_rows, finding_rows, plan_rows, target_rows, task_rows


@dataclass(frozen=True, slots=True)
class Mark:
    """A record's place: its kind and id, where it stands, whether it is to be doubted or tells of a mistake."""

    kind: str
    id: int
    start: int
    end: int
    page: int | None
    label: str
    doubtful: bool

    @property
    def anchor(self) -> str:
        """As the page calls it: "task-12"."""
        return f"{self.kind}-{self.id}"


@dataclass(frozen=True, slots=True)
class WholePlan:
    """The plan with all that was read in it, and the file it was read from."""

    plan: StoredPlan
    head: Particulars
    original: Original | None
    text: str
    sections: tuple[dict[str, Any], ...]
    tasks: tuple[StoredTask, ...]
    targets: tuple[StoredTarget, ...]
    budgets: tuple[StoredBudget, ...]
    findings: tuple[StoredFinding, ...]
    references: tuple[dict[str, Any], ...]
    conflicts: tuple[StoredConflict, ...]
    conflict_count: int
    versions: tuple[dict[str, Any], ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every record's place, in the text's order."""
        rows: list[Mark] = []
        kinds: tuple[tuple[str, Sequence[StoredRecord]], ...] = (
            ("task", self.tasks),
            ("target", self.targets),
            ("budget", self.budgets),
            ("finding", self.findings),
        )
        for kind, records in kinds:
            rows += (
                Mark(kind, r.id, r.start, r.end, r.page, r.quote, kind != "finding" and r.confidence < DOUBTFUL)
                for r in records
            )
        rows += (
            Mark("reference", r["id"], r["start"], r["end"], r["page"], r["quote"], r["confidence"] < DOUBTFUL)
            for r in self.references
        )
        return tuple(sorted(rows, key=lambda mark: (mark.start, mark.end)))


def whole_plan(database: Database, plan_id: int) -> WholePlan:
    """The plan of that id. Raises StoreError where there is none."""
    plans = plan_rows(database, [plan_id])
    if plan_id not in plans:
        raise StoreError(f"không có kế hoạch {plan_id}", "hãy xem danh sách kế hoạch")
    choice = Choice(plans=(plan_id,))
    return WholePlan(
        plans[plan_id],
        load_particulars(database, plan_id),
        original_of(database, plan_id),
        load_text(database, plan_id),
        tuple(section_rows(database, plan_id)),
        tuple(task_rows(database, choice)),
        tuple(target_rows(database, choice)),
        tuple(budget_rows(database, choice)),
        tuple(finding_rows(database, choice)),
        tuple(reference_rows(database, plan_id)),
        tuple(list_conflicts(database, plan_id=plan_id, limit=50)),
        count_conflicts(database, plan_id=plan_id),
        tuple(version_rows(database, plan_id)),
    )
