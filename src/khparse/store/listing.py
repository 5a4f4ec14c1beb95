"""Lists a page at a time: which records, in which order, how many in all. The records themselves come from queries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from khparse.store.database import Database
from khparse.store.search import match_of
from khparse.text.fold import fold
from khparse.text.recurrence import occurrences


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is narrowed to; None narrows nothing. `doubtful` keeps what the reader was not sure of."""

    words: str | None = None
    plans: tuple[int, ...] | None = None
    offices: tuple[int, ...] | None = None
    role: str | None = None
    unowned: bool = False
    due_from: str | None = None
    due_to: str | None = None
    horizon: str | None = None
    kind: str | None = None
    fund: str | None = None
    province: str | None = None
    doubtful: bool = False
    issuer: str | None = None
    year: str | None = None
    ids: tuple[int, ...] | None = None
    not_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of a list: the ids in order, and how many there are in all."""

    ids: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page of a list: sorted by what, which way, how many records from which on."""

    sort: str = ""
    descending: bool = False
    limit: int = 50
    offset: int = 0


DOUBTFUL = 0.7
_PLACE = 'r.plan_id, r."start", r.id'
_SORTS: Mapping[str, Mapping[str, str]] = {
    "tasks": {
        "plan": _PLACE,
        "title": "r.title, r.id",
        "due": '(d."end" IS NULL), d."end", r.id',
        "confidence": "r.confidence, r.id",
    },
    "targets": {
        "plan": _PLACE,
        "indicator": "i.folded, r.id",
        "value": "r.unit, r.value, r.id",
        "horizon": "(r.horizon IS NULL), r.horizon, r.id",
    },
    "budgets": {
        "plan": _PLACE,
        "amount": "r.amount_vnd, r.id",
        "period": "(r.period IS NULL), r.period, r.id",
        "fund": "(r.fund IS NULL), r.fund, r.id",
    },
    "findings": {"plan": _PLACE, "kind": "r.kind, r.id"},
    "plans": {
        "date": "r.date, r.id",
        "added": "r.added_at, r.id",
        "number": "r.number, r.id",
        "issuer": "r.issuer, r.id",
        "title": "r.title, r.id",
    },
}
_JOINS = {"tasks": "LEFT JOIN deadlines d ON d.task_id = r.id", "targets": "JOIN indicators i ON i.id = r.indicator_id"}
_OFFICE = """r.id IN (SELECT {owner} FROM assignments WHERE office_id IN (SELECT value FROM json_each(:offices))
  AND (:role IS NULL OR role = :role))"""


def sorts_of(table: str) -> tuple[str, ...]:
    """What a list can be sorted by; the first is its own order."""
    return tuple(_SORTS[table])


def slice_of(database: Database, table: str, wanted: Wanted, turn: Turn) -> Slice:
    """One page of the records of `table` (plans, tasks, targets, budgets, findings) that are wanted."""
    if table == "tasks" and wanted.words:
        wanted = replace(wanted, words=None, ids=_with_words(database, wanted))
    where, parameters = conditions(table, wanted)
    source = f"{table} r {_JOINS.get(table, '')} WHERE {where}"
    register(database)
    total = int(database.rows(f"SELECT count(*) AS n FROM {source}", parameters)[0]["n"])
    order = _SORTS[table].get(turn.sort) or next(iter(_SORTS[table].values()))
    if turn.descending:
        order = ", ".join(part if part.startswith("(") else f"{part} DESC" for part in order.split(", "))
    rows = database.rows(
        f"SELECT r.id FROM {source} ORDER BY {order} LIMIT :limit OFFSET :offset",
        parameters | {"limit": turn.limit, "offset": turn.offset},
    )
    return Slice(tuple(int(row["id"]) for row in rows), total)


def _with_words(database: Database, wanted: Wanted) -> tuple[int, ...]:
    """The tasks whose lines have all the words, found once for counting and for listing."""
    rows = database.rows(
        """SELECT DISTINCT x.id FROM passages_fts f JOIN passages p ON p.id = f.rowid
             JOIN tasks x ON x.plan_id = p.plan_id AND x."start" >= p."start" AND x."start" < p."end"
           WHERE passages_fts MATCH ?""",
        (match_of(wanted.words or "") or '""',),
    )
    found = {int(row["id"]) for row in rows}
    return tuple(found if wanted.ids is None else found & set(wanted.ids))


def conditions(table: str, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """The WHERE clause over `table r`, and its parameters."""
    own = _plan_conditions(wanted) if table == "plans" else _record_conditions(table, wanted)
    chosen = [f"({sql})" for asked, sql in own if asked]
    parameters = {
        "plans": json.dumps(wanted.plans or ()),
        "offices": json.dumps(wanted.offices or ()),
        "role": wanted.role,
        "due_from": wanted.due_from,
        "due_to": wanted.due_to,
        "horizon": wanted.horizon,
        "kind": wanted.kind,
        "fund": wanted.fund,
        "province": wanted.province,
        "issuer": wanted.issuer,
        "year": wanted.year,
        "ids": json.dumps(wanted.ids or ()),
        "not_ids": json.dumps(wanted.not_ids or ()),
        "doubtful": DOUBTFUL,
        "words": json.dumps(fold(wanted.words or "").split()),
    }
    return " AND ".join(chosen) or "1", parameters


def _plan_conditions(wanted: Wanted) -> list[tuple[bool, str]]:
    return [
        (wanted.plans is not None, "r.id IN (SELECT value FROM json_each(:plans))"),
        (wanted.province is not None, "r.province = :province"),
        (wanted.issuer is not None, "r.issuer = :issuer"),
        (wanted.year is not None, "substr(r.date, 1, 4) = :year"),
        (
            bool(wanted.words),
            """NOT EXISTS (SELECT 1 FROM json_each(:words) w WHERE instr(kh_fold(
                 coalesce(r.number, '') || ' ' || coalesce(r.title, '') || ' ' || coalesce(r.issuer, '')), w.value) = 0)""",
        ),
    ]


def _record_conditions(table: str, wanted: Wanted) -> list[tuple[bool, str]]:
    general = [
        (wanted.plans is not None, "r.plan_id IN (SELECT value FROM json_each(:plans))"),
        (wanted.ids is not None, "r.id IN (SELECT value FROM json_each(:ids))"),
        (wanted.not_ids is not None, "r.id NOT IN (SELECT value FROM json_each(:not_ids))"),
        (wanted.doubtful, "r.confidence < :doubtful"),
        (wanted.province is not None, "r.plan_id IN (SELECT id FROM plans WHERE province = :province)"),
    ]
    return general + {"tasks": _tasks, "targets": _targets, "budgets": _budgets, "findings": _findings}[table](wanted)


def _tasks(wanted: Wanted) -> list[tuple[bool, str]]:
    between = wanted.due_from is not None or wanted.due_to is not None
    return [
        (wanted.offices is not None, _OFFICE.format(owner="task_id")),
        (
            wanted.unowned,
            "NOT EXISTS (SELECT 1 FROM assignments a WHERE a.task_id = r.id AND a.role = 'lead')",
        ),
        (
            between,
            """(d.recurrence IS NULL AND d."end" >= coalesce(:due_from, '') AND d."end" <= coalesce(:due_to, '9999'))
               OR (d.recurrence IS NOT NULL AND kh_beats(d.recurrence, d."start", d."end",
                   (SELECT date FROM plans WHERE id = r.plan_id), :due_from, :due_to))""",
        ),
        (wanted.kind is not None, "d.kind = :kind"),
    ]


def _targets(wanted: Wanted) -> list[tuple[bool, str]]:
    return [
        (wanted.offices is not None, _OFFICE.format(owner="target_id")),
        (wanted.horizon is not None, "r.horizon LIKE :horizon || '%' OR r.horizon LIKE '%/' || :horizon || '%'"),
        (wanted.kind is not None, "r.kind = :kind"),
        (
            bool(wanted.words),
            """r.indicator_id IN (SELECT id FROM indicators n
                 WHERE NOT EXISTS (SELECT 1 FROM json_each(:words) w WHERE instr(n.folded, w.value) = 0))""",
        ),
    ]


def _budgets(wanted: Wanted) -> list[tuple[bool, str]]:
    return [
        (wanted.kind is not None, "r.role = :kind"),
        (wanted.fund is not None, "r.fund = :fund"),
        (
            wanted.year is not None,
            "r.period LIKE :year || '%' OR (r.period LIKE '%/%' AND substr(r.period, 1, 4) <= :year AND substr(r.period, instr(r.period, '/') + 1, 4) >= :year)",
        ),
        (
            wanted.offices is not None,
            """EXISTS (SELECT 1 FROM tasks t JOIN assignments a ON a.task_id = t.id AND a.role = 'lead'
                 WHERE t.plan_id = r.plan_id AND t.title = r.purpose
                   AND a.office_id IN (SELECT value FROM json_each(:offices)))""",
        ),
        (
            bool(wanted.words),
            "NOT EXISTS (SELECT 1 FROM json_each(:words) w WHERE instr(kh_fold(r.purpose), w.value) = 0)",
        ),
    ]


def _findings(wanted: Wanted) -> list[tuple[bool, str]]:
    return [(wanted.kind is not None, "r.kind = :kind")]


def register(database: Database) -> None:
    """The two things that SQL is asked and SQLite does not know."""
    database.connection.create_function("kh_beats", 6, beats, deterministic=True)
    database.connection.create_function("kh_fold", 1, fold, deterministic=True)


@lru_cache(maxsize=65536)
def beats(
    rule: str, start: str | None, end: str | None, issued: str | None, first: str | None, last: str | None
) -> bool:
    """Whether a rhythm has a day between two; it begins with its start, else in the year of the plan."""
    since = max(first or "", start or f"{(issued or '1900')[:4]}-01-01")
    until = min(last or "9999", end or "9999")
    if until == "9999":
        return True
    if since > until:
        return False
    return any(True for _ in occurrences(rule, date.fromisoformat(since), date.fromisoformat(until)))
