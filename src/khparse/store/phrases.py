"""Phrases filed for comparison: what records say, looked up by keys, and the records that say it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from khparse.store.database import Database

_KINDS = ("target", "task", "budget")


@dataclass(frozen=True, slots=True)
class Saying:
    """A record and the phrase that it is compared by, with the phrase's keys."""

    kind: str
    record: int
    plan: int
    phrase: str
    keys: frozenset[int]
    signature: str  # what comparison makes of the phrase, in its own writing


def unfiled_plans(database: Database, keys_version: int) -> list[int]:
    """The plans that are not filed as they now are."""
    rows = database.rows(
        """SELECT plans.id FROM plans LEFT JOIN filed_plans f ON f.plan_id = plans.id
           WHERE f.changed_at IS NOT plans.changed_at OR f.keys_version IS NOT ? ORDER BY plans.id""",
        (keys_version,),
    )
    return [int(row["id"]) for row in rows]


def file_plans(database: Database, plan_ids: Collection[int], sayings: Iterable[Saying], keys_version: int) -> None:
    """File what the plans' records say, in place of what was filed of them."""
    ids = json.dumps(sorted(plan_ids))
    chosen = "plan_id IN (SELECT value FROM json_each(?))"
    with database.transaction():
        database.run(f"DELETE FROM sayings WHERE {chosen}", (ids,))
        phrases: dict[tuple[str, str], int] = {}
        rows = [(s.kind, s.record, s.plan, _phrase_id(database, s, phrases)) for s in sayings]
        database.connection.executemany(
            "INSERT INTO sayings (kind, record_id, plan_id, phrase_id) VALUES (?, ?, ?, ?)", rows
        )
        database.run(f"DELETE FROM filed_plans WHERE {chosen}", (ids,))
        database.run(
            """INSERT INTO filed_plans (plan_id, changed_at, keys_version)
               SELECT id, changed_at, ? FROM plans WHERE id IN (SELECT value FROM json_each(?))""",
            (keys_version, ids),
        )


def _phrase_id(database: Database, saying: Saying, known: dict[tuple[str, str], int]) -> int:
    name = (saying.kind, saying.phrase)
    if name in known:
        return known[name]
    row = database.connection.execute("SELECT id, signature FROM phrases WHERE kind = ? AND text = ?", name).fetchone()
    if row is None:
        id_ = database.connection.execute("INSERT INTO phrases (kind, text) VALUES (?, ?)", name).lastrowid or 0
    else:
        id_ = int(row[0])
    if row is None or row[1] == "":
        sql = "UPDATE phrases SET signature = ?, key_count = ? WHERE id = ?"
        database.run(sql, (saying.signature, len(saying.keys), id_))
        database.connection.executemany(
            "INSERT OR IGNORE INTO phrase_keys (key, phrase_id) VALUES (?, ?)", [(k, id_) for k in saying.keys]
        )
    known[name] = id_
    return id_


def key_counts(database: Database, keys: Collection[int], most: int) -> dict[int, int]:
    """Under each key, how many phrases are filed; counted no further than just over `most`."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM phrase_keys WHERE key = ? LIMIT ?)"
    return {k: int(database.connection.execute(sql, (k, most + 1)).fetchone()[0]) for k in keys}


def phrases_under(
    database: Database, kind: str, keys: Sequence[int], shared: int, unasked: int
) -> list[tuple[int, str, str]]:
    """The phrases of a kind that are filed under at least `shared` of the keys: id, words, signature.

    Of their own keys, too, each must share two fifths; `unasked` keys that are too common to ask may be among them.
    """
    return database.connection.execute(
        """SELECT id, text, signature FROM
             (SELECT phrase_id, count(*) AS found FROM phrase_keys WHERE key IN (SELECT value FROM json_each(:keys))
              GROUP BY phrase_id HAVING count(*) >= :shared)
           JOIN phrases ON id = phrase_id WHERE kind = :kind AND 5 * (found + :unasked) >= 2 * (key_count - 1)""",
        {"kind": kind, "keys": json.dumps(keys), "shared": shared, "unasked": unasked},
    ).fetchall()


def known_phrases(database: Database, kind: str) -> Iterator[tuple[str, str]]:
    """All phrases of a kind and their signatures."""
    sql = "SELECT text, signature FROM phrases WHERE signature <> '' AND kind = ?"
    return database.connection.execute(sql, (kind,))


def phrases_of(database: Database, ids: Collection[int]) -> list[tuple[str, str]]:
    """These phrases and their signatures."""
    sql = "SELECT text, signature FROM phrases WHERE signature <> '' AND id IN (SELECT value FROM json_each(?))"
    return database.connection.execute(sql, (json.dumps(sorted(ids)),)).fetchall()


def forget_old_keys(database: Database, keys_version: int) -> None:
    """What was filed by other rules is filed anew, all of it: phrases, which are shared by plans, keep their ids."""
    old = database.first("SELECT 1 AS old FROM filed_plans WHERE keys_version <> ? LIMIT 1", (keys_version,))
    if old:
        with database.transaction():
            for table in ("sayings", "phrase_keys", "filed_plans"):
                database.run(f"DELETE FROM {table}")
            database.run("UPDATE phrases SET signature = ''")


def phrase_ids(database: Database, kind: str, texts: Iterable[str]) -> set[int]:
    """The ids of phrases given in words; a count's phrase goes on with its unit ("trạm bơm ⟨trạm⟩")."""
    sql = """SELECT p.id FROM json_each(?2) w CROSS JOIN phrases p ON kind = ?1 AND text = w.value
             UNION SELECT p.id FROM json_each(?2) w CROSS JOIN phrases p
               ON kind = ?1 AND text >= w.value || ' ⟨' AND text < w.value || ' ⟩'"""
    rows = database.rows(sql, (kind, json.dumps(list(texts), ensure_ascii=False)))
    return {int(row["id"]) for row in rows}


def records_saying(
    database: Database, phrases: Mapping[str, Collection[int]], plans: Collection[int]
) -> dict[str, tuple[int, ...]]:
    """The records of these plans that say one of the phrases, by kind of record."""
    found: dict[str, tuple[int, ...]] = {}
    for kind, ids in phrases.items():
        rows = database.connection.execute(
            # "+" keeps SQLite from asking once for each pair of a phrase and a plan
            """SELECT record_id FROM sayings WHERE phrase_id IN (SELECT value FROM json_each(?)) AND kind = ?
               AND +plan_id IN (SELECT value FROM json_each(?)) ORDER BY record_id""",
            (json.dumps(sorted(ids)), kind, json.dumps(sorted(plans))),
        )
        found[kind] = tuple(row[0] for row in rows)
    return found


def plans_saying(database: Database, texts: Iterable[str]) -> list[int]:
    """The plans in which one of these phrases stands, a count's without its unit too."""
    words = list(texts)
    ids = {id_ for kind in _KINDS for id_ in phrase_ids(database, kind, words)}
    rows = database.rows(
        "SELECT DISTINCT plan_id FROM sayings WHERE phrase_id IN (SELECT value FROM json_each(?)) ORDER BY plan_id",
        (json.dumps(sorted(ids)),),
    )
    return [int(row["plan_id"]) for row in rows]
