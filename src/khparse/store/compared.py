"""What comparison needs of records, and nothing more: lean rows, thousands at a time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from khparse.store.database import Database

_PLACE = "r.id, r.plan_id AS plan, r.quote, s.path AS section, r.page, r.confidence"
_OF = {
    "target": (
        "i.name AS indicator, comparator, value, value_max, unit, horizon, r.source",
        "targets r JOIN indicators i ON i.id = r.indicator_id",
        "r.kind = 'target'",
    ),
    "task": (
        'title, d."end" AS due, d.recurrence, d."start", r.source, d.kind AS due_kind',
        "tasks r LEFT JOIN deadlines d ON d.task_id = r.id",
        "TRUE",
    ),
    "budget": ("purpose, amount_vnd, period, fund, r.role", "budgets r", "TRUE"),
}


def compared_rows(
    database: Database, kind: str, *, ids: Collection[int] | None = None, plans: Collection[int] | None = None
) -> list[dict[str, Any]]:
    """Records of a kind ("target", "task", "budget"): the chosen ones, those of the plans, or all."""
    columns, tables, condition = _OF[kind]
    chosen = [condition]
    chosen += ["r.id IN (SELECT value FROM json_each(:ids))"] if ids is not None else []
    chosen += ["r.plan_id IN (SELECT value FROM json_each(:plans))"] if plans is not None else []
    asked = {"ids": json.dumps(sorted(ids or ())), "plans": json.dumps(sorted(plans or ()))}
    where = " AND ".join(chosen)
    rows = database.rows(
        f"SELECT {_PLACE}, {columns} FROM {tables} LEFT JOIN sections s ON s.id = r.section_id WHERE {where} ORDER BY r.id",
        asked,
    )
    if kind == "task":
        leads = _leads(database, where, asked)
        for row in rows:
            row["lead"] = tuple(leads.get(row["id"], ()))
    if kind == "target":
        contexts = headings_above(database, {(row["plan"], row["section"]) for row in rows if row["section"]})
        for row in rows:
            row["context"] = " / ".join(contexts.get((row["plan"], row["section"]), ()))
    return rows


def _leads(database: Database, where: str, asked: dict[str, str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    sql = f"""SELECT a.task_id, a.name FROM assignments a JOIN tasks r ON r.id = a.task_id
              WHERE a.role = 'lead' AND {where} ORDER BY a.id"""
    for row in database.rows(sql, asked):
        found[row["task_id"]].append(row["name"])
    return found


Path = tuple[int, str]  # a plan and the path of one of its sections


def headings_above(database: Database, places: Collection[Path]) -> dict[Path, tuple[str, ...]]:
    """The headings over each section and its own, outermost first: "II.1.a" -> those of II, II.1, II.1.a."""
    chains = {place: _chain(place[1]) for place in places}
    wanted = sorted({(plan, path) for (plan, _), chain in chains.items() for path in chain})
    rows = database.rows(
        """SELECT s.plan_id, s.path, s.heading FROM json_each(:wanted) w
           JOIN sections s ON s.plan_id = CAST(w.value ->> 0 AS INTEGER) AND s.path = w.value ->> 1 ORDER BY s.id DESC""",
        {"wanted": json.dumps(wanted, ensure_ascii=False)},
    )
    headings = {(row["plan_id"], row["path"]): row["heading"] for row in rows}
    return {
        place: tuple(headings[place[0], path] for path in chain if (place[0], path) in headings)
        for place, chain in chains.items()
    }


def _chain(path: str) -> list[str]:
    parts = path.split(".")
    return [".".join(parts[: i + 1]) for i in range(len(parts))]
