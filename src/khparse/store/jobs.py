"""Files waiting to be read: a queue that outlives the program that works on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from khparse.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file put in: what it is called, how far it is (queued, working, done, failed) and what came of it."""

    id: int
    name: str
    sha256: str
    size: int
    any_document: bool
    state: str
    outcome: str | None
    plan_id: int | None
    why: str | None
    notices: tuple[str, ...]
    tries: int
    added_by: str | None
    added_at: str
    ended_at: str | None


def now() -> str:
    """The time as the database keeps it: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def add_job(database: Database, name: str, sha256: str, size: int, *, any_document: bool, by: str | None) -> int:
    """A new job at the queue's end; returns its id."""
    values = {"name": name, "sha256": sha256, "size": size, "any_document": int(any_document)}
    with database.transaction():
        return database.insert("jobs", {**values, "added_by": by, "added_at": now()})


def claim_job(database: Database) -> Job | None:
    """The first job that waits, now being worked on; None where none waits."""
    with database.transaction():
        row = database.first("SELECT id FROM jobs WHERE state = 'queued' ORDER BY id LIMIT 1")
        if row is None:
            return None
        database.run("UPDATE jobs SET state = 'working', tries = tries + 1 WHERE id = ?", (row["id"],))
    return get_job(database, int(row["id"]))


def get_job(database: Database, job_id: int) -> Job | None:
    """The job of that id."""
    row = database.first("SELECT * FROM jobs WHERE id = ?", (job_id,))
    return _job(row) if row else None


def list_jobs(database: Database, limit: int = 100) -> list[Job]:
    """The latest jobs, newest first."""
    return [_job(row) for row in database.rows("SELECT * FROM jobs ORDER BY id DESC LIMIT ?", (limit,))]


def finish_job(
    database: Database,
    job_id: int,
    *,
    outcome: str | None = None,
    plan_id: int | None = None,
    why: str | None = None,
    notices: tuple[str, ...] = (),
) -> None:
    """The job ended: with an outcome (new, updated, unchanged), or for a reason (`why`) without one."""
    with database.transaction():
        database.run(
            """UPDATE jobs SET state = ?, outcome = ?, plan_id = ?, why = ?, notices = ?, ended_at = ? WHERE id = ?""",
            (
                "done" if outcome else "failed",
                outcome,
                plan_id,
                why,
                json.dumps(notices, ensure_ascii=False),
                now(),
                job_id,
            ),
        )


def retry_job(database: Database, job_id: int, *, any_document: bool) -> bool:
    """A failed job goes to the queue again; False where it has not failed."""
    with database.transaction():
        return bool(
            database.run(
                "UPDATE jobs SET state = 'queued', why = NULL, ended_at = NULL, any_document = any_document OR ? WHERE id = ? AND state = 'failed'",
                (int(any_document), job_id),
            )
        )


def requeue_interrupted(database: Database) -> int:
    """Jobs that a stopped server was working on wait again; returns how many."""
    with database.transaction():
        return database.run("UPDATE jobs SET state = 'queued' WHERE state = 'working'")


def put_in_uncompared(database: Database) -> tuple[int, ...]:
    """The plans put in or corrected on the page whose conflicts a stopped server has left to be found."""
    rows = database.rows(
        """SELECT plans.id FROM plans LEFT JOIN filed_plans f ON f.plan_id = plans.id
           WHERE f.compared_at IS NOT plans.changed_at AND (EXISTS (SELECT 1 FROM jobs WHERE plan_id = plans.id)
             OR EXISTS (SELECT 1 FROM corrections c WHERE c.plan_id = plans.id)) ORDER BY plans.id"""
    )
    return tuple(int(row["id"]) for row in rows)


def _job(row: dict[str, Any]) -> Job:
    values = row | {"any_document": bool(row["any_document"]), "notices": tuple(json.loads(row["notices"]))}
    return Job(**values)
