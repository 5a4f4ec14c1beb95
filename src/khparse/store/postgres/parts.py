"""What a database consists of, to be published piece by piece: each plan, and stretches of the tables that plans share."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from khparse.store.database import Database
from khparse.store.postgres.ownership import Ownership, ownership

K = TypeVar("K")
Row = tuple[Any, ...]

# rows that stay at home: who may log in and what they put in, and what only comparison looks phrases up by
HOME = frozenset({"accounts", "sessions", "jobs", "phrases", "phrase_keys", "sayings", "filed_plans"})
# rewritten only together with the sections, whose new ids tell it
_TOLD_BY_OTHERS = frozenset({"texts", "passages", "pages", "mentions", "plan_versions"})
STRETCH = 1000  # ids


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Rows of a shared table: those whose id lies in the `number`-th thousand; all, where it has no ids (None)."""

    table: str
    number: int | None

    @property
    def rows(self) -> str:
        """The condition that its rows meet."""
        if self.number is None:
            return "1 = 1"
        return f"id >= {self.number * STRETCH} AND id < {(self.number + 1) * STRETCH}"


@dataclass(frozen=True, slots=True)
class Parts:
    """The states of all parts, and who owns which tables."""

    plans: dict[int, str]
    stretches: dict[Stretch, str]
    ownership: Ownership


def parts_of(database: Database, tables: list[str]) -> Parts:
    """Each part and a fingerprint of what it says now."""
    sent = [table for table in tables if table not in HOME]
    owned = ownership(database, sent)
    plans: dict[int, hashlib.blake2b] = defaultdict(hashlib.blake2b)
    for table in sorted(owned.links.keys() - _TOLD_BY_OTHERS):
        sql = f"SELECT {owned.owner(table, 'r')} AS owner, r.* FROM {table} r"
        _tell(database, sql, table, lambda row: plans[row[0]])
    stretches: dict[Stretch, hashlib.blake2b] = defaultdict(hashlib.blake2b)
    for table in sent:
        if table not in owned.links:
            _tell(database, f"SELECT * FROM {table}", table, _of_stretch(_stretch_of(database, table), stretches))
    return Parts(_digests(plans), _digests(stretches), owned)


def _tell(database: Database, sql: str, table: str, part: Callable[[Row], hashlib.blake2b]) -> None:
    for row in database.connection.execute(sql):
        part(row).update(repr((table, row)).encode())


def _of_stretch(
    stretch: Callable[[Row], Stretch], told: dict[Stretch, hashlib.blake2b]
) -> Callable[[Row], hashlib.blake2b]:
    return lambda row: told[stretch(row)]


def _stretch_of(database: Database, table: str) -> Callable[[Row], Stretch]:
    columns = database.rows(f"PRAGMA table_info({table})")
    if not any(column["name"] == "id" for column in columns):
        return lambda _: Stretch(table, None)
    at = [column["name"] for column in columns].index("id")
    return lambda row: Stretch(table, row[at] // STRETCH)


def _digests(parts: dict[K, hashlib.blake2b]) -> dict[K, str]:
    return {part: told.hexdigest()[:32] for part, told in parts.items()}
