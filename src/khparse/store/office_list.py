"""Offices as they are listed and looked at: how much each answers for, what plans call it, what people decided of it."""

from __future__ import annotations

import json
from typing import Any

from khparse.store.database import Database

Rows = list[dict[str, Any]]

_ASKED = """(NOT EXISTS (SELECT 1 FROM json_each(:words) w WHERE instr(' ' || o.folded, ' ' || w.value) = 0)
  OR o.id IN (SELECT office_id FROM office_aliases WHERE folded = :alias))"""
_COUNT = "SELECT count(*) FROM assignments a WHERE a.office_id = o.id AND a.role = '{role}'"
_ORDERS = {
    "tasks": "leads + joins_in DESC, o.name, o.id",
    "name": "o.folded, o.id",
    "leads": "leads DESC, o.name, o.id",
}
SORTS = tuple(_ORDERS)


def office_rows(database: Database, folded: str, *, sort: str = "tasks", limit: int = 50, offset: int = 0) -> Rows:
    """id, name, level, jurisdiction, collective, leads, joins_in, tasks: offices whose name has the words (folded)."""
    return database.rows(
        f"""SELECT o.id, o.name, j.level, j.name AS jurisdiction, o.collective,
              ({_COUNT.format(role="lead")}) AS leads, ({_COUNT.format(role="coordinating")}) AS joins_in,
              (SELECT count(*) FROM assignments a WHERE a.office_id = o.id) AS tasks
            FROM offices o JOIN jurisdictions j ON j.id = o.jurisdiction_id WHERE {_ASKED}
            ORDER BY {_ORDERS.get(sort) or _ORDERS["tasks"]} LIMIT :limit OFFSET :offset""",
        _asked(folded) | {"limit": limit, "offset": offset},
    )


def count_offices(database: Database, folded: str) -> int:
    """How many such offices there are."""
    return int(database.rows(f"SELECT count(*) AS n FROM offices o WHERE {_ASKED}", _asked(folded))[0]["n"])


def _asked(folded: str) -> dict[str, Any]:
    return {"words": json.dumps(folded.split()), "alias": "".join(c for c in folded if c.isalnum())}


def office_row(database: Database, office_id: int) -> dict[str, Any] | None:
    """id, name, identity, level, jurisdiction, parent, parent_id, collective, leads, joins_in of one office."""
    return database.first(
        f"""SELECT o.id, o.name, o.identity, j.level, j.name AS jurisdiction, o.collective, p.name AS parent,
              p.id AS parent_id, ({_COUNT.format(role="lead")}) AS leads, ({_COUNT.format(role="coordinating")}) AS joins_in
            FROM offices o JOIN jurisdictions j ON j.id = o.jurisdiction_id LEFT JOIN offices p ON p.identity = o.parent
            WHERE o.id = ?""",
        (office_id,),
    )


def names_given(database: Database, office_id: int) -> Rows:
    """text, n: what plans call an office, and how often; a name that nothing calls it by comes last."""
    return database.rows(
        """SELECT text, sum(n) AS n FROM (
             SELECT text, count(*) AS n FROM assignments WHERE office_id = :id GROUP BY text
             UNION ALL SELECT text, 0 FROM office_aliases WHERE office_id = :id)
           GROUP BY text ORDER BY n DESC, text LIMIT 200""",
        {"id": office_id},
    )


def parts_of(database: Database, identity: str) -> Rows:
    """id, name: the offices that are a part of this one."""
    return database.rows("SELECT id, name FROM offices WHERE parent = ? ORDER BY name LIMIT 200", (identity,))


def said_of(database: Database, identity: str) -> Rows:
    """b, verdict, decided_at: what people decided of an office (merged into it, split off it, renamed)."""
    return database.rows(
        """SELECT a, b, verdict, decided_at FROM decisions WHERE subject = 'office' AND (a = :id OR verdict = :id)
           ORDER BY id DESC""",
        {"id": identity},
    )


def standing_rows(database: Database) -> Rows:
    """id, name, collective, province of every office, and nothing that costs more."""
    return database.rows(
        """SELECT o.id, o.name, o.collective, j.identity FROM offices o JOIN jurisdictions j ON j.id = o.jurisdiction_id"""
    )
