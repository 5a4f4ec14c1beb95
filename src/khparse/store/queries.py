"""Questions: stored records with their plans, as frozen values."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from khparse.errors import StoreError
from khparse.model.record import BudgetRole, Comparator, Due, FindingKind, Relation, TargetKind
from khparse.model.stored import (
    CitedDocument,
    StoredBudget,
    StoredFinding,
    StoredOffice,
    StoredPlan,
    StoredReference,
    StoredTarget,
    StoredTask,
)
from khparse.store.compared import headings_above
from khparse.store.database import Database
from khparse.text.fold import fold
from khparse.text.recurrence import occurrences

COUNTED = ("sections", "references", "targets", "tasks", "budgets", "findings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which records are asked for; what is None does not narrow. Days are ISO, both ends included."""

    ids: tuple[int, ...] | None = None
    plans: tuple[int, ...] | None = None
    offices: tuple[int, ...] | None = None
    role: str | None = None
    unowned: bool = False
    due_from: str | None = None
    due_to: str | None = None
    indicator: str | None = None  # words, with or without diacritics
    horizon: str | None = None


Condition = tuple[bool, str]


def plan_rows(database: Database, ids: Iterable[int] | None = None) -> dict[int, StoredPlan]:
    """Plans by id; all of them where no ids are given."""
    where = "" if ids is None else "WHERE p.id IN (SELECT value FROM json_each(:ids))"
    parameters = {"ids": json.dumps(sorted(set(ids or ())))}
    rows = database.rows(
        f"""SELECT p.id, files.name AS file, p.type, number, issuer, province, date, title, version
            FROM plans p JOIN files ON files.id = p.file_id {where} ORDER BY p.id""",
        parameters,
    )
    cited = database.rows(
        f"""SELECT p.id, relation, d.type, d.number, d.issuer, d.title FROM plans p
            JOIN citations c ON c.plan_id = p.id AND relation IN ('implements', 'amends', 'replaces', 'repeals')
            JOIN documents d ON d.id = c.document_id {where} ORDER BY c.id""",
        parameters,
    )
    implements: dict[int, list[CitedDocument]] = defaultdict(list)
    changes: dict[int, list[CitedDocument]] = defaultdict(list)
    for row in cited:
        kept = implements if row.pop("relation") == "implements" else changes
        kept[row.pop("id")].append(CitedDocument(**row))
    return {
        row["id"]: StoredPlan(**row, implements=tuple(implements[row["id"]]), changes=tuple(changes[row["id"]]))
        for row in rows
    }


def plan_counts(database: Database) -> dict[int, dict[str, int]]:
    """How many records of each kind a plan has, by its id."""
    names = ", ".join(f'"{name}"' for name in COUNTED)
    return {row.pop("id"): row for row in database.rows(f"SELECT id, {names} FROM v_plans")}


def plan_counts_of(database: Database, ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """The same of some plans."""
    names = ", ".join(f'"{name}"' for name in COUNTED)
    sql = f"SELECT id, {names} FROM v_plans WHERE id IN (SELECT value FROM json_each(?))"
    return {row.pop("id"): row for row in database.rows(sql, (json.dumps(sorted(ids)),))}


def plan_id_of(database: Database, asked: str) -> int:
    """The plan that a person names by its id or its number. Raises StoreError: none, or several of that number."""
    number = "".join(asked.split()).upper()  # SQLite's NOCASE knows ASCII only: "đ" becomes "Đ" here
    sql = "SELECT id FROM plans WHERE id = :id OR number = :number COLLATE NOCASE"
    rows = database.rows(sql, {"id": int(asked) if asked.isdecimal() and len(asked) < 16 else -1, "number": number})
    if not rows:
        raise StoreError(f"không có kế hoạch “{asked}”", "hãy xem `khparse plans`")
    if len(rows) > 1:
        ids = ", ".join(str(row["id"]) for row in rows)
        raise StoreError(f"có {len(rows)} kế hoạch số {asked}", f"hãy dùng mã: {ids}")
    return int(rows[0]["id"])


def task_rows(database: Database, choice: Choice) -> list[StoredTask]:
    """Tasks in the plans' order. A recurring deadline falls between two days when one of its days does."""
    rows = _records(database, "tasks", "r.title, r.deliverable", _task_conditions(choice), choice)
    ids = [row["id"] for row in rows]
    offices = _offices(database, "task_id", ids)
    due = _deadlines(database, ids)
    tasks = [
        StoredTask(
            **row,
            lead=offices.get((row["id"], "lead"), ()),
            coordinating=offices.get((row["id"], "coordinating"), ()),
            due=due.get(row["id"]),
        )
        for row in rows
    ]
    if choice.due_from is None and choice.due_to is None:
        return tasks
    return [task for task in tasks if _falls_between(task, choice.due_from, choice.due_to)]


def _falls_between(task: StoredTask, first: str | None, last: str | None) -> bool:
    """Whether a deadline has a day between two; a rhythm beats from its start, else from the year of the plan."""
    due = task.due
    if due is None or due.recurrence is None:
        return due is not None  # SQL has compared the days
    began = due.start or f"{(task.plan.date or '1900')[:4]}-01-01"
    until = min(last or "9999", due.end or "9999")
    if until == "9999":
        return True
    since = max(first or began, began)
    days = occurrences(due.recurrence, date.fromisoformat(since), date.fromisoformat(until)) if since <= until else ()
    return any(True for _ in days)


def _task_conditions(choice: Choice) -> list[Condition]:
    has_role = "EXISTS (SELECT 1 FROM assignments a WHERE a.task_id = r.id AND a.role = 'lead')"
    due = 'EXISTS (SELECT 1 FROM deadlines d WHERE d.task_id = r.id AND (d.recurrence IS NOT NULL OR d."end"'
    return [
        (
            choice.offices is not None,
            """r.id IN (SELECT task_id FROM assignments WHERE office_id IN (SELECT value FROM json_each(:offices))
               AND (:role IS NULL OR role = :role))""",
        ),
        (choice.unowned, f"NOT {has_role}"),
        (choice.due_from is not None, f"{due} >= :due_from))"),
        (choice.due_to is not None, f"{due} <= :due_to))"),
    ]


def target_rows(database: Database, choice: Choice) -> list[StoredTarget]:
    """Targets in the plans' order."""
    words = fold(choice.indicator or "").split()
    conditions = [
        (choice.horizon is not None, "r.horizon LIKE :horizon || '%' OR r.horizon LIKE '%/' || :horizon || '%'"),
        (
            choice.offices is not None,
            "r.id IN (SELECT target_id FROM assignments WHERE office_id IN (SELECT value FROM json_each(:offices)))",
        ),
        (
            bool(words),
            """NOT EXISTS (SELECT 1 FROM json_each(:words) w
               WHERE instr(' ' || i.folded || ' ', ' ' || w.value || ' ') = 0)""",
        ),
    ]
    columns = "i.name AS indicator, comparator, value, value_max, unit, horizon, r.kind"
    joined = "targets r JOIN indicators i ON i.id = r.indicator_id"
    rows = _records(database, joined, columns, conditions, choice, words=words)
    offices = _offices(database, "target_id", [row["id"] for row in rows])
    return [
        StoredTarget(
            **row
            | {"comparator": Comparator(row["comparator"]), "kind": TargetKind(row["kind"])}
            | {"lead": offices.get((row["id"], "lead"), ())}
        )
        for row in rows
    ]


def budget_rows(database: Database, choice: Choice) -> list[StoredBudget]:
    """Sums of money in the plans' order."""
    rows = _records(database, "budgets", "purpose, amount_vnd, period, fund, r.role", [], choice)
    return [StoredBudget(**row | {"role": BudgetRole(row["role"])}) for row in rows]


def finding_rows(database: Database, choice: Choice) -> list[StoredFinding]:
    """Findings in the plans' order."""
    rows = _records(database, "findings", "r.kind, r.message", [], choice)
    return [StoredFinding(**row | {"kind": FindingKind(row["kind"])}) for row in rows]


def reference_rows(database: Database, choice: Choice) -> list[StoredReference]:
    """Documents that the plans name, in the plans' order."""
    columns = "r.type, d.number, r.date, r.issuer, r.title, r.pinpoint, r.relation, r.mentions"
    rows = _records(database, "citations r JOIN documents d ON d.id = r.document_id", columns, [], choice)
    return [StoredReference(**row | {"relation": Relation(row["relation"])}) for row in rows]


def source_paths(database: Database) -> dict[int, str]:
    """Where each plan's file lay when it was last read, by the plan's id."""
    rows = database.rows("SELECT p.id, path FROM plans p JOIN paths USING (file_id) ORDER BY path DESC")
    return {row["id"]: row["path"] for row in rows}


def _records(
    database: Database,
    table: str,
    columns: str,
    conditions: list[Condition],
    choice: Choice,
    *,
    words: list[str] | None = None,
) -> list[dict[str, Any]]:
    """Records of a table with plan, section and headings. The text order of a plan is the order of its ids."""
    general = [
        (choice.ids is not None, "r.id IN (SELECT value FROM json_each(:ids))"),
        (choice.plans is not None, "r.plan_id IN (SELECT value FROM json_each(:plans))"),
    ]
    chosen = [f"({sql})" for wanted, sql in (*general, *conditions) if wanted]
    rows = database.rows(
        f"""SELECT r.id, r.plan_id, s.path AS section, r.page, r.quote, r."start", r."end", r.source, r.confidence,
              {columns}
            FROM {table if " " in table else table + " r"} LEFT JOIN sections s ON s.id = r.section_id
            WHERE {" AND ".join(chosen) or "TRUE"} ORDER BY r.plan_id, r."start", r.id""",
        {
            "ids": json.dumps(choice.ids or ()),
            "plans": json.dumps(choice.plans or ()),
            "offices": json.dumps(choice.offices or ()),
            "role": choice.role,
            "due_from": choice.due_from,
            "due_to": choice.due_to,
            "horizon": choice.horizon,
            "words": json.dumps(words or []),
        },
    )
    involved = {row["plan_id"] for row in rows}
    plans = plan_rows(database, involved)
    headings = headings_above(database, {(row["plan_id"], row["section"]) for row in rows if row["section"]})
    for row in rows:
        plan_id = row.pop("plan_id")
        row["plan"] = plans[plan_id]
        row["headings"] = headings.get((plan_id, row["section"]), ())
    return rows


def _offices(database: Database, owner: str, ids: list[int]) -> dict[tuple[int, str], tuple[StoredOffice, ...]]:
    """The offices of tasks (`owner` is task_id) or targets (target_id), by record and role."""
    rows = database.rows(
        f"""SELECT {owner} AS owner, role, office_id AS id, text, name FROM assignments a
            WHERE {owner} IN (SELECT value FROM json_each(?)) ORDER BY a.id""",
        (json.dumps(ids),),
    )
    found: dict[tuple[int, str], list[StoredOffice]] = defaultdict(list)
    for row in rows:
        found[row.pop("owner"), row.pop("role")].append(StoredOffice(**row))
    return {key: tuple(offices) for key, offices in found.items()}


def _deadlines(database: Database, ids: list[int]) -> dict[int, Due]:
    rows = database.rows(
        """SELECT task_id, kind, "start", "end", recurrence, text FROM deadlines
           WHERE task_id IN (SELECT value FROM json_each(?))""",
        (json.dumps(ids),),
    )
    return {row.pop("task_id"): Due.model_validate(row, strict=False) for row in rows}
