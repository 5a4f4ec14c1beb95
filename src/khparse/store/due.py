"""What falls due on each day of a stretch, many thousand tasks at a time."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import itemgetter

from khparse.store.database import Database
from khparse.store.listing import Wanted, conditions
from khparse.store.rhythms import TASKS_OF, beating, rhythm_days

SHOWN_A_DAY = 4


@dataclass(frozen=True, slots=True)
class DueDays:
    """How much falls due on each day (ISO), and the first few tasks of it."""

    counts: dict[str, int]
    first: dict[str, tuple[int, ...]]


def due_days(database: Database, wanted: Wanted, first: date, last: date) -> DueDays:
    """The tasks that are wanted, by the days on which they fall due; dated ones before rhythms."""
    where, parameters = conditions(database, "tasks", replace(wanted, due_from=None, due_to=None))
    asked = parameters | {"first": first.isoformat(), "last": last.isoformat()}
    counts: Counter[str] = Counter()
    shown: dict[str, list[int]] = defaultdict(list)
    dated = database.connection.execute(
        f"""SELECT r.due_end, r.id FROM tasks r WHERE r.due_end >= :first AND r.due_end <= :last AND {where}
            ORDER BY r.due_end, r.id""",
        asked,
    )
    for day, rows in groupby(dated, itemgetter(0)):
        ids = [id_ for _, id_ in rows]
        counts[day], shown[day] = len(ids), ids[:SHOWN_A_DAY]
    rhythms = beating(database, asked["first"], asked["last"])
    for key, ids in _tasks_of(database, where, asked | {"beating": json.dumps(rhythms)}).items():
        for day in rhythm_days(rhythms[key], asked["first"], asked["last"]):
            counts[day] += len(ids)
            shown[day] += ids[:SHOWN_A_DAY]
    return DueDays(dict(counts), {day: tuple(ids[:SHOWN_A_DAY]) for day, ids in shown.items()})


def _tasks_of(database: Database, where: str, asked: dict[str, object]) -> dict[int, list[int]]:
    """The tasks of each rhythm, by its place in the list."""
    joined = "" if where == "1" else "JOIN tasks r ON r.id = d.task_id"
    found: dict[int, list[int]] = defaultdict(list)
    for key, id_ in database.connection.execute(
        f"SELECT b.key, d.task_id FROM {TASKS_OF} {joined} WHERE {where}", asked
    ):
        found[key].append(id_)
    return found
