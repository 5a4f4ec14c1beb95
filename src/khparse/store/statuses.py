"""How far tasks have come, as people told: kept by what a task says, so that reading its plan anew forgets nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from khparse.store.database import Database


@dataclass(frozen=True, slots=True)
class Status:
    """not_started, in_progress or done; `date` is the day of it (ISO)."""

    status: str
    date: str | None = None
    remark: str | None = None


def set_status(database: Database, words: str, status: Status, plan_id: int | None = None) -> None:
    """Remember it under what the task of that plan says; the last word counts."""
    with database.transaction():
        database.run(
            """INSERT INTO task_statuses (identity, status, date, remark, decided_at, plan_id) VALUES (?, ?, ?, ?, ?, ?)
               ON CONFLICT (identity) DO UPDATE SET status = excluded.status, date = excluded.date,
                 remark = excluded.remark, decided_at = excluded.decided_at, plan_id = excluded.plan_id""",
            (
                _identity(words),
                status.status,
                status.date,
                status.remark,
                datetime.now(UTC).isoformat(timespec="seconds"),
                plan_id,
            ),
        )


def statuses_of(database: Database, words: Iterable[str]) -> dict[str, Status]:
    """What was told of these tasks, by what they say."""
    asked = {_identity(one): one for one in words}
    rows = database.rows(
        "SELECT identity, status, date, remark FROM task_statuses WHERE identity IN (SELECT value FROM json_each(?))",
        (json.dumps(list(asked)),),
    )
    return {asked[row.pop("identity")]: Status(**row) for row in rows}


def plans_told(database: Database) -> tuple[int, ...] | None:
    """The plans of whose tasks somebody told; None where an older program did not note them."""
    rows = database.rows("SELECT DISTINCT plan_id FROM task_statuses")
    if any(row["plan_id"] is None for row in rows):
        return None
    return tuple(int(row["plan_id"]) for row in rows)


def _identity(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:32]
