"""Questions that verify a database, and copying it while it is in use."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from khparse.errors import StoreError
from khparse.store.database import Database
from khparse.store.migrations import QUOTING


def integrity(database: Database) -> list[str]:
    """What SQLite itself finds wrong with the file and between its tables; nothing where all is well."""
    told = [str(row["integrity_check"]) for row in database.rows("PRAGMA integrity_check(20)")]
    broken = [
        f"{row['table']}, hàng {row['rowid']}: trỏ đến {row['parent']} không có"
        for row in database.rows("PRAGMA foreign_key_check")
    ]
    return [line for line in told if line != "ok"] + broken


def misplaced_quotes(database: Database) -> list[str]:
    """Records whose quote is not the text between their start and end."""
    found = []
    for table in QUOTING:
        rows = database.rows(
            f"""SELECT r.id, r.plan_id FROM {table} r LEFT JOIN texts t ON t.plan_id = r.plan_id
                WHERE substr(t.text, r."start" + 1, r."end" - r."start") IS NOT r.quote LIMIT 20"""
        )
        found += [f"kế hoạch {row['plan_id']}: {table} {row['id']} trích sai chỗ" for row in rows]
    return found


def half_plans(database: Database) -> list[str]:
    """Plans without their text or file, and texts that full-text search does not know."""
    rows = database.rows(
        """SELECT p.id, t.plan_id IS NULL AS no_text, f.id IS NULL AS no_file FROM plans p
           LEFT JOIN texts t ON t.plan_id = p.id LEFT JOIN files f ON f.id = p.file_id
           WHERE t.plan_id IS NULL OR f.id IS NULL OR f.plan_id IS NULL LIMIT 20"""
    )
    return [
        f"kế hoạch {row['id']}: thiếu {'văn bản' if row['no_text'] else 'tệp' if row['no_file'] else 'mối nối với tệp'}"
        for row in rows
    ]


def known_files(database: Database) -> list[tuple[str, str]]:
    """Paths that were read last, with the sha256 of what they held."""
    rows = database.rows("SELECT path, sha256 FROM paths JOIN files ON files.id = paths.file_id ORDER BY path")
    return [(str(row["path"]), str(row["sha256"])) for row in rows]


def copy_to(database: Database, out: Path) -> None:
    """A whole copy of the database as it is now, written while others may read and write. Raises StoreError."""
    beside = out.with_name(f".{out.name}.part")
    beside.unlink(missing_ok=True)
    try:
        with sqlite3.connect(beside) as copy:
            database.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, whole in itself
        copy.close()
        beside.replace(out)
    except (sqlite3.Error, OSError) as error:
        beside.unlink(missing_ok=True)
        raise StoreError(f"{out}: không ghi được bản sao ({error})", "hãy kiểm tra chỗ trống và quyền ghi") from error
