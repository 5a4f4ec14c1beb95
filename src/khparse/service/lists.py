"""Lists a page at a time, as the page shows and exports them: filtered, sorted and counted by the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, TypeVar

from khparse.model.stored import Passage, StoredBudget, StoredFinding, StoredTarget, StoredTask
from khparse.service.offices import as_of, with_collectives
from khparse.service.questions import CountedPlan, offices_named, plan_named
from khparse.store.database import Database
from khparse.store.due import DueDays, due_days
from khparse.store.listing import Turn, Wanted, slice_of
from khparse.store.queries import Choice, budget_rows, finding_rows, plan_counts_of, plan_rows, target_rows, task_rows
from khparse.store.search import count_passages, search

T = TypeVar("T")
MOST_EXPORTED = 50_000


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """One page of a list and how many rows it has in all."""

    rows: tuple[T, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person narrows a list to, in their words: an office by any of its names, a plan by id or number."""

    office: str | None = None
    collectives: bool = False  # the work given to all offices of a kind too
    as_of: str | None = None  # the work of the offices that the named one succeeds to by that day (ISO) too
    plan: str | None = None
    wanted: Wanted = field(default_factory=Wanted)

    def resolved(self, database: Database) -> Wanted:
        """The same in ids. Raises StoreError for an unknown plan."""
        wanted = self.wanted
        if self.office:
            ids = as_of(database, self.office, self.as_of) if self.as_of else offices_named(database, self.office)
            wanted = replace(wanted, offices=with_collectives(database, ids) if self.collectives else ids)
        if self.plan:
            wanted = replace(wanted, plans=(plan_named(database, self.plan),))
        return wanted


def tasks(database: Database, asked: Asked, turn: Turn) -> Listed[StoredTask]:
    """Tasks."""
    return _listed(database, "tasks", asked, turn, task_rows)


def tasks_by_id(database: Database, ids: Iterable[int]) -> dict[int, StoredTask]:
    """These tasks."""
    return {task.id: task for task in task_rows(database, Choice(ids=tuple(ids)))}


def due_between(database: Database, asked: Asked, first: date, last: date) -> DueDays:
    """What falls due from day to day."""
    return due_days(database, asked.resolved(database), first, last)


def targets(database: Database, asked: Asked, turn: Turn) -> Listed[StoredTarget]:
    """Targets."""
    return _listed(database, "targets", asked, turn, target_rows)


def budgets(database: Database, asked: Asked, turn: Turn) -> Listed[StoredBudget]:
    """Sums of money."""
    return _listed(database, "budgets", asked, turn, budget_rows)


def findings(database: Database, asked: Asked, turn: Turn) -> Listed[StoredFinding]:
    """What contradicts itself inside single plans."""
    return _listed(database, "findings", asked, turn, finding_rows)


def plans(database: Database, asked: Asked, turn: Turn) -> Listed[CountedPlan]:
    """Plans with their counts."""
    found = slice_of(database, "plans", asked.resolved(database), turn)
    rows, counts = plan_rows(database, found.ids), plan_counts_of(database, found.ids)
    return Listed(tuple(CountedPlan(rows[id_], counts[id_]) for id_ in found.ids), found.total)


def passages(database: Database, words: str, turn: Turn) -> Listed[Passage]:
    """Lines of plans with all the words."""
    found = search(database, words, turn.limit, turn.offset)
    return Listed(tuple(found), count_passages(database, words))


def _listed(
    database: Database,
    table: str,
    asked: Asked,
    turn: Turn,
    rows_of: Callable[[Database, Choice], Sequence[Any]],
) -> Listed[Any]:
    found = slice_of(database, table, asked.resolved(database), turn)
    by_id = {row.id: row for row in rows_of(database, Choice(ids=found.ids))}
    return Listed(tuple(by_id[id_] for id_ in found.ids if id_ in by_id), found.total)
