"""The start page's figures, counted once for each state of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from threading import Lock
from typing import Any

from khparse.model.stored import StoredConflict, StoredPlan, StoredTask
from khparse.service.lists import Asked, tasks, tasks_by_id
from khparse.store import overview as store
from khparse.store.conflicts import list_conflicts
from khparse.store.database import Database
from khparse.store.due import due_days
from khparse.store.listing import Turn, Wanted
from khparse.store.queries import plan_rows

DAYS_AHEAD = 30
DUE_SHOWN = 8
PLANS_SHOWN = 8  # under one document, and under one plan


@dataclass(frozen=True, slots=True)
class DueOn:
    """A task and the day (ISO) on which it next falls due."""

    day: str
    task: StoredTask


@dataclass(frozen=True, slots=True)
class Branch:
    """A plan and the first of those that carry it out; `total` of them."""

    plan: StoredPlan
    below: tuple[StoredPlan, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Parent:
    """A document that plans carry out, and those plans."""

    document: int
    name: str
    title: str | None
    plans: tuple[Branch, ...]
    top: int  # how many stand right under it
    total: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands on the start page. `issuers` is issuer -> year -> number of plans."""

    totals: dict[str, int]
    issuers: dict[str, dict[str, int]]
    years: tuple[str, ...]
    conflicts: tuple[StoredConflict, ...]
    due: tuple[DueOn, ...]
    due_total: int
    offices: tuple[dict[str, Any], ...]
    parents: tuple[Parent, ...]


class _Kept:
    """The last overview of each database, while nothing in it changes."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.of: dict[str, tuple[str, Overview]] = {}


@cache
def _kept() -> _Kept:
    return _Kept()


def overview(database: Database, today: date) -> Overview:
    """The figures as of today."""
    kept, place = _kept(), str(database.path.resolve())
    state = f"{today} {store.fingerprint(database)}"
    with kept.lock:
        known = kept.of.get(place)
    if known and known[0] == state:
        return known[1]
    made = _count(database, today)
    with kept.lock:
        kept.of[place] = (state, made)
    return made


def _count(database: Database, today: date) -> Overview:
    issuers: dict[str, dict[str, int]] = {}
    for row in store.plans_by_issuer_and_year(database):
        issuers.setdefault(row["issuer"], {})[row["year"] or ""] = row["n"]
    ordered = dict(sorted(issuers.items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))[:12])
    years = tuple(sorted({year for counts in ordered.values() for year in counts}))[-8:]
    until = today + timedelta(days=DAYS_AHEAD)
    wanted = Wanted(due_from=today.isoformat(), due_to=until.isoformat())
    return Overview(
        totals=store.totals(database),
        issuers=ordered,
        years=years,
        conflicts=tuple(list_conflicts(database, limit=5)),
        due=_due(database, today, until),
        due_total=tasks(database, Asked(wanted=wanted), Turn(limit=1)).total,
        offices=tuple(store.load_of_offices(database, 10)),
        parents=parents(database, 6),
    )


def _due(database: Database, today: date, until: date) -> tuple[DueOn, ...]:
    """The first tasks to fall due, each on its first day."""
    due = due_days(database, Wanted(), today, until)
    days: dict[int, str] = {}
    for day in sorted(due.first):
        for id_ in due.first[day]:
            days.setdefault(id_, day)
    chosen = sorted(days, key=lambda id_: (days[id_], id_))[:DUE_SHOWN]
    found = tasks_by_id(database, chosen)
    return tuple(DueOn(days[id_], found[id_]) for id_ in chosen)


def parents(database: Database, limit: int, offset: int = 0) -> tuple[Parent, ...]:
    """The documents that most plans carry out, each with its plans, these with the plans that carry them out."""
    return tuple(_parent(database, row) for row in store.parents(database, limit, offset))


def _parent(database: Database, row: dict[str, Any]) -> Parent:
    ids = store.plans_under(database, row["document"])
    below = store.plans_below(database, ids)
    lower = {child for children in below.values() for child in children}
    top = [id_ for id_ in ids if id_ not in lower] or list(ids)
    shown = top[:PLANS_SHOWN]
    plans = plan_rows(database, {*shown, *(child for id_ in shown for child in below.get(id_, ())[:PLANS_SHOWN])})
    branches = tuple(
        Branch(
            plans[id_],
            tuple(plans[child] for child in below.get(id_, ())[:PLANS_SHOWN] if child in plans),
            len(below.get(id_, ())),
        )
        for id_ in shown
    )
    name = " ".join(filter(None, (row["type"], row["number"] or "")))
    return Parent(row["document"], name, row["title"], branches, len(top), len(ids))
