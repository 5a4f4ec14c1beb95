"""Conflicts kept: found anew as plans change, judged by people once."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from khparse.model.conflict import Conflict
from khparse.model.stored import Comparable, StoredBudget, StoredConflict, StoredTarget, StoredTask
from khparse.store.database import Database
from khparse.store.queries import Choice, budget_rows, target_rows, task_rows

OPEN = "open"
_ROWS: dict[str, Callable[[Database, Choice], Sequence[Comparable]]] = {
    "target": target_rows,
    "task": task_rows,
    "budget": budget_rows,
}


def uncompared_plans(database: Database) -> list[int]:
    """The plans whose conflicts were not found since they came in or changed: a run may have been cut short."""
    rows = database.rows(
        """SELECT plans.id FROM plans LEFT JOIN filed_plans f ON f.plan_id = plans.id
           WHERE f.compared_at IS NOT plans.changed_at ORDER BY plans.id"""
    )
    return [int(row["id"]) for row in rows]


def mark_compared(database: Database, plans: Mapping[int, str] | None = None, *, plan_id: int | None = None) -> None:
    """Note that conflicts were found: of one plan as it is, or of all these in the state given, and of no others."""
    if plan_id is not None:
        sql = """UPDATE filed_plans SET compared_at = (SELECT changed_at FROM plans WHERE id = plan_id)
                 WHERE plan_id = ?"""
        database.run(sql, (plan_id,))
        return
    database.run("UPDATE filed_plans SET compared_at = NULL")
    database.connection.executemany(
        "UPDATE filed_plans SET compared_at = ? WHERE plan_id = ?", [(at, id_) for id_, at in (plans or {}).items()]
    )


def plan_states(database: Database) -> dict[int, str]:
    """Each plan and when it last changed."""
    return {int(row["id"]): str(row["changed_at"]) for row in database.rows("SELECT id, changed_at FROM plans")}


def save_conflicts(database: Database, conflicts: Sequence[Conflict], *, plan_id: int | None = None) -> None:
    """What a comparison found takes the place of what the last one did: of one plan's conflicts, or of all."""
    with database.transaction():
        if plan_id is None:
            database.run("DELETE FROM conflicts")
        else:
            database.run("DELETE FROM conflicts WHERE a_plan_id = :id OR b_plan_id = :id", {"id": plan_id})
        seen: Counter[str] = Counter()
        for start in range(0, len(conflicts), _CHUNK):
            database.insert_all("conflicts", _rows(database, conflicts[start : start + _CHUNK], seen))


_CHUNK = 2000  # conflicts whose records are in memory at once


def _rows(database: Database, conflicts: Sequence[Conflict], seen: Counter[str]) -> list[dict[str, Any]]:
    """Rows with identities; the second of one identity is told from the first by its number."""
    records = _records(database, ((c.record_kind, id_) for c in conflicts for id_ in (c.a, c.b)))
    rows = []
    for conflict in conflicts:
        identity = _identity(conflict, records)
        seen[identity] += 1
        rows.append(_row(conflict, f"{identity}#{seen[identity]}" if seen[identity] > 1 else identity))
    return rows


def list_conflicts(
    database: Database,
    *,
    kind: str | None = None,
    plan_id: int | None = None,
    dismissed: bool = False,
    limit: int = -1,
    offset: int = 0,
) -> list[StoredConflict]:
    """Conflicts, the sure ones before those to be confirmed, gravest first; those that a person dismissed only where asked for."""
    rows = database.rows(
        f"""SELECT c.*, coalesce(d.verdict, 'open') AS status, d.remark FROM
              (SELECT * FROM conflicts WHERE {_chosen(kind, plan_id, dismissed=dismissed)}
               ORDER BY {_ORDER} LIMIT :limit OFFSET :offset) c
            LEFT JOIN decisions d ON d.subject = 'conflict' AND d.a = c.identity ORDER BY {_ORDER.replace(" id", " c.id")}""",
        {"kind": kind, "plan": plan_id, "limit": limit, "offset": offset},
    )
    records = _records(database, ((row["a_kind"], row[side]) for row in rows for side in ("a_id", "b_id")))
    return [_stored(row, records) for row in rows]


def count_conflicts(
    database: Database, *, kind: str | None = None, plan_id: int | None = None, dismissed: bool = False
) -> int:
    """How many conflicts such a list has."""
    chosen = _chosen(kind, plan_id, dismissed=dismissed)
    rows = database.rows(f"SELECT count(*) AS n FROM conflicts WHERE {chosen}", {"kind": kind, "plan": plan_id})
    return int(rows[0]["n"])


# as the index conflicts_order has it
_ORDER = "sure DESC, CASE severity WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, score DESC, id"


def _chosen(kind: str | None, plan_id: int | None, *, dismissed: bool) -> str:
    asked = [
        (kind is not None, "kind = :kind"),
        # two questions, each with its index
        (
            plan_id is not None,
            """id IN (SELECT id FROM conflicts WHERE a_plan_id = :plan
                      UNION SELECT id FROM conflicts WHERE b_plan_id = :plan)""",
        ),
        (
            not dismissed,
            """identity NOT IN (SELECT a FROM decisions WHERE subject = 'conflict' AND verdict = 'dismissed')""",
        ),
    ]
    return " AND ".join(sql for wanted, sql in asked if wanted) or "1"


def get_conflict(database: Database, identity: str) -> StoredConflict | None:
    """The conflict of that identity, None where there is none: ids change when plans are compared anew."""
    rows = database.rows(
        """SELECT c.*, coalesce(d.verdict, 'open') AS status, d.remark FROM conflicts c
           LEFT JOIN decisions d ON d.subject = 'conflict' AND d.a = c.identity WHERE c.identity = ?""",
        (identity,),
    )
    if not rows:
        return None
    return _stored(rows[0], _records(database, ((rows[0]["a_kind"], rows[0][side]) for side in ("a_id", "b_id"))))


def decide(database: Database, subject: str, a: str, b: str, verdict: str, remark: str | None) -> None:
    """What a person decided of a conflict (confirmed, dismissed), two indicators or two offices; the last word counts."""
    with database.transaction():
        database.run(
            """INSERT INTO decisions (subject, a, b, verdict, remark, decided_at) VALUES (?, ?, ?, ?, ?, ?)
               ON CONFLICT (subject, a, b) DO UPDATE SET verdict = excluded.verdict, decided_at = excluded.decided_at,
                 remark = CASE WHEN excluded.verdict = verdict THEN coalesce(excluded.remark, remark)
                               ELSE excluded.remark END""",
            (subject, a, b, verdict, remark, datetime.now(UTC).isoformat(timespec="seconds")),
        )


def undecide(database: Database, subject: str, a: str, b: str) -> int:
    """Forget what a person decided; returns how many decisions that were."""
    with database.transaction():
        return database.run("DELETE FROM decisions WHERE subject = ? AND a = ? AND b = ?", (subject, a, b))


def identities(database: Database, ids: Iterable[int]) -> dict[int, str]:
    """The identities of conflicts by their ids; those that are not there are left out."""
    sql = "SELECT id, identity FROM conflicts WHERE id IN (SELECT value FROM json_each(?))"
    return {row["id"]: row["identity"] for row in database.rows(sql, (json.dumps(list(ids)),))}


def decisions(database: Database, subject: str) -> list[dict[str, Any]]:
    """What people decided on such a subject: a, b, verdict, remark, decided_at."""
    sql = "SELECT a, b, verdict, remark, decided_at FROM decisions WHERE subject = ? ORDER BY id"
    return database.rows(sql, (subject,))


Records = dict[tuple[str, int], Comparable]


def _records(database: Database, wanted: Iterable[tuple[str, int]]) -> Records:
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, id_ in wanted:
        ids[kind].add(id_)
    return {
        (kind, record.id): record
        for kind, of_kind in ids.items()
        for record in _ROWS[kind](database, Choice(ids=tuple(sorted(of_kind))))
    }


def _identity(conflict: Conflict, records: Records) -> str:
    """The same after the plans are read anew: made of what the records say, not of their ids."""
    sides = sorted(says(records[conflict.record_kind, id_]) for id_ in (conflict.a, conflict.b))
    return hashlib.sha256("\n".join((conflict.kind, *sides)).encode()).hexdigest()[:32]


def says(record: Comparable) -> str:
    """What tells a record from all others, whenever its plan was read."""
    plan = record.plan
    values: tuple[object, ...]
    if isinstance(record, StoredTarget):
        values = (record.indicator, record.comparator, record.value, record.value_max, record.unit, record.horizon)
    elif isinstance(record, StoredTask):
        values = (record.title, *(office.name for office in record.lead), record.due and record.due.text)
    else:
        values = _budget_values(record)
    return "|".join(map(str, (plan.number or plan.title, plan.issuer, plan.date, record.section, *values)))


def _budget_values(record: StoredBudget) -> tuple[object, ...]:
    return (record.purpose, record.amount_vnd, record.period, record.fund)


def _row(conflict: Conflict, identity: str) -> dict[str, Any]:
    return {
        "identity": identity,
        "kind": conflict.kind,
        "severity": conflict.severity,
        "direction": conflict.direction,
        "score": conflict.score,
        "sure": int(conflict.sure),
        "rule": conflict.rule,
        "why": conflict.why,
        "a_kind": conflict.record_kind,
        "a_id": conflict.a,
        "a_plan_id": conflict.plan_a,
        "b_kind": conflict.record_kind,
        "b_id": conflict.b,
        "b_plan_id": conflict.plan_b,
    }


def _stored(row: dict[str, Any], records: Records) -> StoredConflict:
    return StoredConflict(
        **{name: row[name] for name in ("id", "identity", "kind", "severity", "direction", "score", "rule", "why")},
        sure=bool(row["sure"]),
        a=records[row["a_kind"], row["a_id"]],
        b=records[row["b_kind"], row["b_id"]],
        status=row["status"],
        remark=row["remark"],
    )
