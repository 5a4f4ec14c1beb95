"""Rhythms of recurring tasks: each is asked once, whichever thousands of tasks have it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from khparse.store.database import Database
from khparse.text.recurrence import occurrences

Rhythm = tuple[str, str, str | None]  # a rule, the day since which it beats, the last day (None: without end)

# each rhythm of :beating (a JSON list) with the tasks that have it
TASKS_OF = """json_each(:beating) b JOIN deadlines d
  ON d.recurrence = b.value ->> 0 AND d.since = b.value ->> 1 AND d."end" IS b.value ->> 2"""


def beating(database: Database, first: str | None, last: str | None) -> tuple[Rhythm, ...]:
    """The rhythms that have a day between two (ISO, either may be open); none where both are open."""
    if first is None and last is None:
        return ()
    rows = database.connection.execute(
        """SELECT recurrence, since, "end" FROM deadlines WHERE recurrence IS NOT NULL GROUP BY 1, 2, 3"""
    )
    return tuple(rhythm for rhythm in rows if beats(rhythm, first or "", last or "9999"))


@lru_cache(maxsize=65536)
def beats(rhythm: Rhythm, first: str, last: str) -> bool:
    """Whether a rhythm has a day between two."""
    until = min(last, rhythm[2] or "9999")
    return until == "9999" or bool(rhythm_days(rhythm, first, until))


@lru_cache(maxsize=65536)
def rhythm_days(rhythm: Rhythm, first: str, last: str) -> tuple[str, ...]:
    """The days of a rhythm between two."""
    rule, begun, end = rhythm
    since, until = max(first, begun), min(last, end or last)
    if since > until:
        return ()
    return tuple(day.isoformat() for day in occurrences(rule, date.fromisoformat(since), date.fromisoformat(until)))
