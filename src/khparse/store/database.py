"""Opening the database: every connection checks foreign keys, waits for its turn, and finds the newest schema."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from khparse.errors import RecordRefusedError, StoreError
from khparse.store.full_text import WEIGHED, Terms
from khparse.store.migrations import migrate

BUSY_SECONDS = 30


class Database:
    """An open database: `tables` is sqlite-utils' view of it, `rows` asks, `transaction` writes."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        self._writing = False

    @cached_property
    def tables(self) -> Any:
        """sqlite-utils' view of the database, loaded when there is something to write."""
        from sqlite_utils import Database as Tables

        return Tables(self.connection)

    def rows(self, sql: str, parameters: tuple[Any, ...] | dict[str, Any] = ()) -> list[dict[str, Any]]:
        """A question's answer, a dict for each row."""
        with _told(self.path):
            cursor = self.connection.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def first(self, sql: str, parameters: tuple[Any, ...] | dict[str, Any] = ()) -> dict[str, Any] | None:
        """The answer's first row, None where there is none."""
        return next(iter(self.rows(sql, parameters)), None)

    def lines_with(self, terms: Terms, limit: int, offset: int = 0) -> list[int]:
        """The ids of passages that have all the terms: the newest WEIGHED in the order of their weight, then the rest."""
        newest = "FROM passages_fts WHERE passages_fts MATCH :match ORDER BY rowid DESC"
        sql = f"SELECT rowid AS id {newest} LIMIT :limit OFFSET :offset"
        if offset < WEIGHED:
            weighed = f"SELECT rowid AS id, bm25(passages_fts, 2.0, 1.0) AS weight {newest} LIMIT :weighed"
            sql = f"SELECT id FROM ({weighed}) ORDER BY weight, id LIMIT :limit OFFSET :offset"
        asked = {"match": terms.match, "weighed": WEIGHED, "limit": limit, "offset": offset}
        return [int(row["id"]) for row in self.rows(sql, asked)]

    def count_lines_with(self, terms: Terms) -> int:
        """How many passages have all the terms."""
        return int(
            self.rows("SELECT count(*) AS n FROM passages_fts WHERE passages_fts MATCH ?", (terms.match,))[0]["n"]
        )

    def run(self, sql: str, parameters: tuple[Any, ...] | dict[str, Any] = ()) -> int:
        """One writing statement; returns the number of rows it touched."""
        return self.connection.execute(sql, parameters).rowcount

    def insert(self, table: str, row: dict[str, Any]) -> int:
        """One row; returns its id."""
        return int(self.tables[table].insert(row).last_pk)

    def insert_all(self, table: str, rows: list[dict[str, Any]]) -> None:
        """Many rows at once."""
        if rows:
            self.tables[table].insert_all(rows, batch_size=200)

    def next_id(self, table: str) -> int:
        """The id that the next row of `table` gets: known beforehand, rows that belong together go in bulk."""
        row = self.first("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        return int(row["seq"]) + 1 if row else 1

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing. Takes the writer's place at once, so that reads in it stay true.

        One inside another is part of it.
        """
        if self._writing:
            yield
            return
        with _told(self.path), self._as_writer():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.connection.rollback()
                raise
            self.connection.commit()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one state of the database, whoever writes meanwhile; nothing is kept."""
        with _told(self.path):
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self.connection.rollback()

    @contextmanager
    def _as_writer(self) -> Iterator[None]:
        self._writing = True
        try:
            yield
        finally:
            self._writing = False

    def close(self) -> None:
        """Close the connection; SQLite folds the write-ahead log back into the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_database(path: Path, *, create: bool = False) -> Database:
    """The database at `path`. Raises StoreError: not there (and not `create`), no database, newer than the program."""
    if not create and not path.exists():
        raise StoreError(f"{path}: chưa có cơ sở dữ liệu này", f"hãy chạy `khparse ingest THƯ_MỤC --db {path}` trước")
    if create and not path.parent.is_dir():
        raise StoreError(f"{path}: không có thư mục {path.parent}", "hãy tạo thư mục hoặc chọn chỗ khác cho --db")
    with _told(path):
        try:
            return Database(_connected(str(path)), path)
        except sqlite3.OperationalError:
            if not _is_shut(path):
                raise
            return Database(_connected(f"{path.absolute().as_uri()}?immutable=1"), path)


def _is_shut(path: Path) -> bool:
    """Whether a database lies where nothing can be written, and nothing of it waits to be folded in: it can be asked."""
    return path.is_file() and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()


def _connected(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=BUSY_SECONDS, check_same_thread=False, uri=name.startswith("file:"))
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    migrate(connection)
    connection.execute("PRAGMA synchronous = NORMAL")
    with suppress(sqlite3.OperationalError):  # a database on a write-protected place can still be asked
        connection.execute("PRAGMA journal_mode = WAL")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """SQLite's errors as one line for a person."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise RecordRefusedError(f"dữ liệu trích ra không hợp lệ ({error})", "hãy báo lỗi này kèm tệp") from error
    except sqlite3.DatabaseError as error:
        message, advice = _explain(str(error))
        raise StoreError(f"{path}: {message}", advice) from error


_EXPLANATIONS = (
    ("not a database", "tệp này không phải cơ sở dữ liệu SQLite", "hãy chọn tên khác cho --db"),
    ("malformed", "cơ sở dữ liệu bị hỏng", "hãy xóa tệp và chạy lại khparse ingest"),
    ("locked", "cơ sở dữ liệu đang bận", "hãy đợi chương trình kia xong rồi chạy lại"),
    ("readonly", "không được ghi vào cơ sở dữ liệu", "hãy kiểm tra quyền ghi của tệp và thư mục"),
    ("full", "hết chỗ trên đĩa", "hãy dọn đĩa rồi chạy lại"),
    ("disk I/O", "không ghi được vào đĩa (hết chỗ, hoặc đĩa lỗi); những gì đã ghi vẫn còn", "hãy dọn đĩa rồi chạy lại"),
    ("unable to open", "không mở được cơ sở dữ liệu", "hãy kiểm tra đường dẫn và quyền"),
)


def _explain(error: str) -> tuple[str, str]:
    return next(
        ((message, advice) for sign, message, advice in _EXPLANATIONS if sign in error),
        (f"lỗi cơ sở dữ liệu ({error})", "hãy kiểm tra tệp --db"),
    )
