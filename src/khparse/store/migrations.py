"""The schema's versions, in order. A version that was released is never rewritten: the next one changes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib.resources import files

from khparse.errors import StoreError

# tables whose rows quote the text
QUOTING = ("citations", "targets", "tasks", "budgets", "findings", "passages")


def _sql(name: str) -> str:
    return files("khparse.store").joinpath("sql", name).read_text(encoding="utf-8")


def _records() -> str:
    """Version 1: the tables, and the constraint that holds every quote to its text."""
    quotes = _sql("quotes.sql")
    return _sql("0001_records.sql") + "".join(quotes.replace("{table}", table) for table in QUOTING)


def _comparing() -> str:
    """Version 2: phrases filed for comparison, statuses of tasks."""
    return _sql("0002_comparing.sql")


def _web() -> str:
    """Version 3: jobs, corrections, accounts."""
    return _sql("0003_web.sql")


def _compared() -> str:
    """Version 4: in which state of a plan its conflicts were last found."""
    return "ALTER TABLE filed_plans ADD COLUMN compared_at TEXT;\n"


def _status_plans() -> str:
    """Version 5: which plan a status is of."""
    return _sql("0005_status_plans.sql")


def _lists() -> str:
    """Version 6: what lists are filtered, sorted and searched by."""
    return _sql("0006_lists.sql")


def _views() -> str:
    """Version 7: in the views, offices stand in the order in which the plan names them."""
    return ""


def _pairs() -> str:
    """Version 8: the pairs of phrases that conflicts rest on."""
    return _sql("0008_pairs.sql")


def _signatures() -> str:
    """Version 9: what comparison makes of a phrase is kept with it."""
    return _sql("0009_signatures.sql")


MIGRATIONS = (_records, _comparing, _web, _compared, _status_plans, _lists, _views, _pairs, _signatures)
VERSION = len(MIGRATIONS)


def version_of(connection: sqlite3.Connection) -> int:
    """The schema's version in this database: 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the database to VERSION, whole or not at all. Raises StoreError for one that is newer than the program."""
    if version_of(connection) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        _apply_missing(connection)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _apply_missing(connection: sqlite3.Connection) -> None:
    """The versions that are still missing, then the views anew; another process may have been first."""
    present = version_of(connection)
    if present > VERSION:
        raise StoreError(
            f"cơ sở dữ liệu thuộc phiên bản mới hơn (lược đồ {present}, chương trình này biết đến {VERSION})",
            "hãy cập nhật khparse hoặc dùng cơ sở dữ liệu khác",
        )
    if present == 0 and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise StoreError("tệp SQLite này không phải cơ sở dữ liệu của khparse", "hãy chọn tên khác cho --db")
    for migration in MIGRATIONS[present:]:
        _run(connection, migration())
    for (view,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        connection.execute(f'DROP VIEW "{view}"')
    _run(connection, _sql("views.sql"))
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _run(connection: sqlite3.Connection, script: str) -> None:
    """The script's statements one by one: `executescript` would commit the transaction under way."""
    for statement in _statements(script):
        connection.execute(statement)


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(statement):
            yield statement
            statement = ""
