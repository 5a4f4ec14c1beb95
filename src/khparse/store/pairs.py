"""Pairs of phrases that doubtful conflicts rest on: listed, counted and settled without reading the records."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from khparse.store.database import Database

Rows = list[dict[str, Any]]

_OPEN = """FROM conflicts INDEXED BY conflicts_pair WHERE sure = 0 AND phrase_low <> phrase_high AND id NOT IN
  (SELECT c.id FROM decisions d JOIN conflicts c ON c.identity = d.a WHERE d.subject = 'conflict' AND d.verdict = 'dismissed')
  GROUP BY phrase_low, phrase_high"""
_ORDERS = {"conflicts": "conflicts DESC, score DESC", "score": "score DESC, conflicts DESC"}


def count_pairs(database: Database) -> int:
    """How many pairs wait for somebody's word."""
    return int(database.rows(f"SELECT count(*) AS n FROM (SELECT 1 {_OPEN})")[0]["n"])


def pair_rows(database: Database, *, order: str = "score", limit: int = -1, offset: int = 0) -> Rows:
    """low, high, kind, a, b, score, conflicts: the pairs, likeliest or most telling first; a and b in their letters' order."""
    rows = database.rows(
        f"""SELECT p.low, p.high, one.kind, min(one.text, other.text) AS a, max(one.text, other.text) AS b, score, conflicts
            FROM (SELECT phrase_low AS low, phrase_high AS high, max(score) AS score, count(*) AS conflicts {_OPEN}
                  ORDER BY {_ORDERS[order]}, low, high LIMIT ? OFFSET ?) p
            JOIN phrases one ON one.id = p.low JOIN phrases other ON other.id = p.high""",
        (limit, offset),
    )
    return sorted(rows, key=lambda row: (-row["score"], row["a"], row["b"])) if order == "score" else rows


def pair_of(database: Database, low: int, high: int) -> dict[str, Any] | None:
    """kind, a, b of two phrases by their ids."""
    return database.first(
        """SELECT one.kind, min(one.text, other.text) AS a, max(one.text, other.text) AS b
           FROM phrases one, phrases other WHERE one.id = ? AND other.id = ? AND one.kind = other.kind""",
        (low, high),
    )


def examples(database: Database, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The identity of one conflict that rests on each pair."""
    rows = database.rows(
        """SELECT p.value ->> 0 AS low, p.value ->> 1 AS high, (SELECT identity FROM conflicts INDEXED BY conflicts_pair
             WHERE sure = 0 AND phrase_low = p.value ->> 0 AND phrase_high = p.value ->> 1 ORDER BY score DESC LIMIT 1)
             AS identity
           FROM json_each(?) p""",
        (json.dumps(list(pairs)),),
    )
    return {(row["low"], row["high"]): row["identity"] for row in rows}


def pair_of_conflict(database: Database, identity: str) -> dict[str, Any] | None:
    """low, high, a, b of the two phrases that a doubtful conflict rests on; None where it is sure or they are one."""
    row = database.first(
        """SELECT phrase_low AS low, phrase_high AS high FROM conflicts
           WHERE identity = ? AND sure = 0 AND phrase_low <> phrase_high""",
        (identity,),
    )
    words = pair_of(database, row["low"], row["high"]) if row else None
    return row | words if row and words else None


def settle(database: Database, low: int, high: int, *, same: bool) -> int:
    """What rests on the pair at once as somebody says: sure, or gone; the comparison that follows finds the rest."""
    change = "UPDATE conflicts SET sure = 1" if same else "DELETE FROM conflicts"
    return database.run(f"{change} WHERE sure = 0 AND phrase_low = ? AND phrase_high = ?", (low, high))
