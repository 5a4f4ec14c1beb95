"""Everything that two databases hold, to be compared: all but when it was written."""

from __future__ import annotations

from khparse.store.database import Database

WHEN = {"added_at", "changed_at", "read_at", "compared_at", "replaced_at", "decided_at"}


def everything(database: Database) -> dict[str, list[str]]:
    """Each table's rows, ids included; full text is an index of `passages`."""
    tables = database.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'passages_%'"
    )
    return {
        table["name"]: sorted(
            repr({name: value for name, value in row.items() if name not in WHEN})
            for row in database.rows(f"SELECT * FROM {table['name']}")
        )
        for table in tables
    }
