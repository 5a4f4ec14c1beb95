"""What officials ask: plans, who owns what, targets, conflicts, words; and one plan's record without a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from khparse.model.record import Extraction
from khparse.model.stored import Passage, StoredConflict, StoredFinding, StoredPlan, StoredTarget, StoredTask
from khparse.rules.kit import load_naming
from khparse.service.files import read_file
from khparse.service.worker import read_record, read_text
from khparse.service.workers import read_one
from khparse.store.conflicts import list_conflicts
from khparse.store.database import Database
from khparse.store.offices import alias_key, find_offices
from khparse.store.queries import Choice, finding_rows, plan_counts, plan_id_of, plan_rows, target_rows, task_rows
from khparse.store.search import search as search_passages

OnPages = Callable[[int, int], None]  # how many pages of a scan are read, how many there are


@dataclass(frozen=True, slots=True)
class CountedPlan:
    """A plan and how many records of each kind it has."""

    plan: StoredPlan
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskQuestion:
    """Which tasks: of an office by any of its names, in a role, of a plan (id or number), due between two days."""

    office: str | None = None
    offices: tuple[int, ...] | None = None  # rows in place of a name
    role: str | None = None
    plan: str | None = None
    due_from: str | None = None
    due_to: str | None = None
    unowned: bool = False


def extract(
    path: Path,
    *,
    any_document: bool = False,
    on_pages: OnPages | None = None,
    on_notice: Callable[[str], None] = lambda _notice: None,
) -> Extraction:
    """One plan's record, no database; `on_notice` hears what a person should know of its reading.

    Raises KhparseError, NotAPlanError unless `any_document`.
    """
    record, notices = read_one(read_file(path), partial(read_record, any_document=any_document), on_pages)
    for notice in notices:
        on_notice(notice)
    return record


def text(path: Path, on_pages: OnPages | None = None) -> str:
    """The canonical text that every offset counts in. Raises KhparseError."""
    return read_one(read_file(path), read_text, on_pages)


def plans(database: Database) -> list[CountedPlan]:
    """All plans."""
    counts = plan_counts(database)
    return [CountedPlan(plan, counts[plan.id]) for plan in plan_rows(database).values()]


def plan_named(database: Database, asked: str) -> int:
    """The id of the plan that a person names by its id or number. Raises StoreError: none, or several."""
    return plan_id_of(database, asked)


def tasks(database: Database, question: TaskQuestion) -> list[StoredTask]:
    """The tasks asked for, none where no office answers to the name. Raises StoreError for an unknown plan."""
    return task_rows(
        database,
        Choice(
            plans=_plans(database, question.plan),
            offices=_offices(database, question),
            role=question.role,
            unowned=question.unowned,
            due_from=question.due_from,
            due_to=question.due_to,
        ),
    )


def _offices(database: Database, question: TaskQuestion) -> tuple[int, ...] | None:
    if question.offices is not None or question.office is None:
        return question.offices
    return offices_named(database, question.office)


def offices_named(database: Database, name: str) -> tuple[int, ...]:
    """The offices that a person may mean: "van phong so", "Sở GD&ĐT"."""
    naming = load_naming()
    words = [folded_abbreviations().get(alias_key(word), word) for word in name.split()]
    return find_offices(database, (name, naming.expand(name), " ".join(words)))


@cache
def folded_abbreviations() -> dict[str, str]:
    """Abbreviations as they are typed without diacritics: "gddt" -> "Giáo dục và Đào tạo"."""
    return {alias_key(short): words for short, words in load_naming().abbreviations.items()}


def targets(
    database: Database, indicator: str | None = None, plan: str | None = None, horizon: str | None = None
) -> list[StoredTarget]:
    """Targets whose indicator has all the words, of a plan, by a year."""
    return target_rows(database, Choice(plans=_plans(database, plan), indicator=indicator, horizon=horizon))


def conflicts(
    database: Database, kind: str | None = None, plan: str | None = None, *, dismissed: bool = False
) -> list[StoredConflict]:
    """Conflicts of a kind, of a plan; those that a person dismissed only where asked for."""
    plan_id = plan_named(database, plan) if plan else None
    return list_conflicts(database, kind=kind, plan_id=plan_id, dismissed=dismissed)


def findings(database: Database, plan: str | None = None) -> list[StoredFinding]:
    """What contradicts itself inside single plans."""
    return finding_rows(database, Choice(plans=_plans(database, plan)))


def search(database: Database, words: str, limit: int = 50) -> list[Passage]:
    """Lines that hold all the words, with or without diacritics."""
    return search_passages(database, words, limit)


def _plans(database: Database, asked: str | None) -> tuple[int, ...] | None:
    return None if asked is None else (plan_named(database, asked),)
