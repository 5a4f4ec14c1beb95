"""Lists a page at a time: which records, in which order, how many in all. The records themselves come from queries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from khparse.store.database import Database
from khparse.store.rhythms import TASKS_OF, beating
from khparse.store.search import either_way


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
        "due": "(r.due_end IS NULL), r.due_end, r.id",
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


def sorts_of(table: str) -> tuple[str, ...]:
    """What a list can be sorted by; the first is its own order."""
    return tuple(_SORTS[table])


def slice_of(database: Database, table: str, wanted: Wanted, turn: Turn) -> Slice:
    """One page of the records of `table` (plans, tasks, targets, budgets, findings) that are wanted."""
    chosen, parameters = _chosen(database, table, wanted)
    where = " AND ".join(f"({one.sql})" for one in chosen) or "1"
    order = _order(table, turn)
    rows = database.rows(
        f"SELECT r.id FROM {_source(table, order, whole=not chosen)} WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset",
        parameters | {"limit": turn.limit, "offset": turn.offset},
    )
    ids = tuple(int(row["id"]) for row in rows)
    if ids and len(ids) < turn.limit:  # the last page
        return Slice(ids, turn.offset + len(ids))
    # what one question alone answers is counted there, without looking at the records
    alone = chosen[0].counted if len(chosen) == 1 else None
    total = database.rows(alone or f"SELECT count(*) AS n FROM {table} r WHERE {where}", parameters)[0]["n"]
    return Slice(ids, int(total))


def _order(table: str, turn: Turn) -> str:
    """The sort's columns; from the greatest on, what is null comes last by itself."""
    order = _SORTS[table].get(turn.sort) or next(iter(_SORTS[table].values()))
    if not turn.descending:
        return order
    return ", ".join(f"{part} DESC" for part in order.split(", ") if not part.startswith("("))


def _source(table: str, order: str, *, whole: bool) -> str:
    if not order.startswith("i."):
        return f"{table} r"
    # all of them are read along the names; a part is sorted
    names = "indicators i INDEXED BY indicators_folded CROSS JOIN targets r" if whole else "targets r JOIN indicators i"
    return f"{names} ON i.id = r.indicator_id"


@dataclass(frozen=True, slots=True)
class _Condition:
    """What a list is narrowed by, and how many records that alone leaves, where that is quicker to ask."""

    sql: str
    counted: str | None = None


def conditions(database: Database, table: str, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """The WHERE clause over `table r`, and its parameters."""
    chosen, parameters = _chosen(database, table, wanted)
    return " AND ".join(f"({one.sql})" for one in chosen) or "1", parameters


def _chosen(database: Database, table: str, wanted: Wanted) -> tuple[list[_Condition], dict[str, Any]]:
    own = _plan_conditions(wanted) if table == "plans" else _record_conditions(table, wanted)
    parameters = {
        "plans": json.dumps(wanted.plans or ()),
        "offices": json.dumps(wanted.offices or ()),
        "role": wanted.role,
        "due_from": wanted.due_from or "",
        "due_to": wanted.due_to or "9999",
        "beating": json.dumps(beating(database, wanted.due_from, wanted.due_to)),
        "horizon": wanted.horizon,
        "kind": wanted.kind,
        "fund": wanted.fund,
        "province": wanted.province,
        "issuer": wanted.issuer,
        "year": wanted.year,
        "ids": json.dumps(wanted.ids or ()),
        "not_ids": json.dumps(wanted.not_ids or ()),
        "doubtful": DOUBTFUL,
        "match": either_way(wanted.words or "", unfinished=table == "plans"),
    }
    chosen = [one if isinstance(one, _Condition) else _Condition(one) for asked, one in own if asked]
    return chosen, parameters


_Asked = list[tuple[bool, "str | _Condition"]]


def _words(table: str) -> _Condition:
    found = f"FROM {table}_fts WHERE {table}_fts MATCH :match"
    return _Condition(f"r.id IN (SELECT rowid {found})", f"SELECT count(*) AS n {found}")


def _of_offices(owner: str) -> _Condition:
    found = """FROM assignments WHERE office_id IN (SELECT value FROM json_each(:offices))
      AND (:role IS NULL OR role = :role)"""
    return _Condition(f"r.id IN (SELECT {owner} {found})", f"SELECT count(DISTINCT {owner}) AS n {found}")


def _plan_conditions(wanted: Wanted) -> _Asked:
    return [
        (wanted.plans is not None, "r.id IN (SELECT value FROM json_each(:plans))"),
        (wanted.province is not None, "r.province = :province"),
        (wanted.issuer is not None, "r.issuer = :issuer"),
        (wanted.year is not None, "substr(r.date, 1, 4) = :year"),
        (bool(wanted.words), _words("plans")),
    ]


def _record_conditions(table: str, wanted: Wanted) -> _Asked:
    general: _Asked = [
        (wanted.plans is not None, "r.plan_id IN (SELECT value FROM json_each(:plans))"),
        (wanted.ids is not None, "r.id IN (SELECT value FROM json_each(:ids))"),
        (wanted.not_ids is not None, "r.id NOT IN (SELECT value FROM json_each(:not_ids))"),
        (wanted.doubtful, "r.confidence < :doubtful"),
        (wanted.province is not None, "r.plan_id IN (SELECT id FROM plans WHERE province = :province)"),
    ]
    return general + {"tasks": _tasks, "targets": _targets, "budgets": _budgets, "findings": _findings}[table](wanted)


_DUE = f"""SELECT id FROM tasks WHERE due_end >= :due_from AND due_end <= :due_to
  UNION ALL SELECT d.task_id FROM {TASKS_OF}"""


def _tasks(wanted: Wanted) -> _Asked:
    kind = "FROM deadlines WHERE kind = :kind"
    return [
        (wanted.offices is not None, _of_offices("task_id")),
        (wanted.unowned, "r.leads = 0"),
        (
            wanted.due_from is not None or wanted.due_to is not None,
            _Condition(f"r.id IN ({_DUE})", f"SELECT count(*) AS n FROM ({_DUE})"),
        ),
        (wanted.kind is not None, _Condition(f"r.id IN (SELECT task_id {kind})", f"SELECT count(*) AS n {kind}")),
        (bool(wanted.words), _words("tasks")),
    ]


def _targets(wanted: Wanted) -> _Asked:
    return [
        (wanted.offices is not None, _of_offices("target_id")),
        (
            wanted.horizon is not None,
            """r.horizon IN (SELECT DISTINCT horizon FROM targets
                 WHERE horizon LIKE :horizon || '%' OR horizon LIKE '%/' || :horizon || '%')""",
        ),
        (wanted.kind is not None, "r.kind = :kind"),
        (
            bool(wanted.words),
            "r.indicator_id IN (SELECT rowid FROM indicators_fts WHERE indicators_fts MATCH :match)",
        ),
    ]


def _budgets(wanted: Wanted) -> _Asked:
    return [
        (wanted.kind is not None, "r.role = :kind"),
        (wanted.fund is not None, "r.fund = :fund"),
        (
            wanted.year is not None,
            "r.period LIKE :year || '%' OR (r.period LIKE '%/%' AND substr(r.period, 1, 4) <= :year AND substr(r.period, instr(r.period, '/') + 1, 4) >= :year)",
        ),
        (
            wanted.offices is not None,
            """r.task_id IN (SELECT task_id FROM assignments
                 WHERE office_id IN (SELECT value FROM json_each(:offices)) AND role = 'lead')""",
        ),
        (bool(wanted.words), _words("budgets")),
    ]


def _findings(wanted: Wanted) -> _Asked:
    return [(wanted.kind is not None, "r.kind = :kind")]
