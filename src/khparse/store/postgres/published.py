"""Asking a published database: the questions that SQLite is asked, in one unchanging state of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from khparse.errors import StoreError
from khparse.store.database import Database, open_database
from khparse.store.full_text import Terms
from khparse.store.postgres.dialect import asked
from khparse.store.postgres.full_text import FullText
from khparse.store.postgres.server import connect, is_server, told, without_password


class PublishedDatabase(Database):
    """A published database, open for questions; whatever writes is refused."""

    def __init__(self, connection: Any, address: str) -> None:
        super().__init__(connection, Path(without_password(address)))
        self._server = connection
        self._address = address

    def rows(self, sql: str, parameters: tuple[Any, ...] | dict[str, Any] = ()) -> list[dict[str, Any]]:
        """A question's answer, a dict for each row."""
        said = asked(sql, parameters)
        with told(self._address):
            answer = self._server.run(said.sql, types=said.types, **said.values)
        names = [column["name"] for column in self._server.columns or ()]
        return [dict(zip(names, row, strict=True)) for row in answer or ()]

    def lines_with(self, terms: Terms, limit: int, offset: int = 0) -> list[int]:
        """The ids of passages that have all the terms, in the order in which SQLite gives them."""
        return FullText(self.rows, terms).lines(limit, offset)

    def count_lines_with(self, terms: Terms) -> int:
        """How many passages have all the terms."""
        return FullText(self.rows, terms).count()

    def run(self, sql: str, parameters: tuple[Any, ...] | dict[str, Any] = ()) -> int:
        """Refused."""
        self._refuse(sql, parameters)

    def insert(self, table: str, row: dict[str, Any]) -> int:
        """Refused."""
        self._refuse(table, row)

    def insert_all(self, table: str, rows: list[dict[str, Any]]) -> None:
        """Refused."""
        self._refuse(table, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Refused."""
        self._refuse()
        yield

    def _refuse(self, *_: object) -> NoReturn:
        raise StoreError(
            f"{self.path}: bản công bố chỉ để hỏi", "hãy ghi vào cơ sở dữ liệu SQLite rồi chạy khparse publish"
        )


def open_published(address: str) -> PublishedDatabase:
    """The database published at an address. Raises StoreError where there is none."""
    connection = connect(address)
    with told(address):
        connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        ((there,),) = connection.run("SELECT to_regclass('published') IS NOT NULL")
    if not there:
        connection.close()
        raise StoreError(
            f"{without_password(address)}: chưa có bản công bố nào", "hãy chạy `khparse publish` từ máy có tệp SQLite"
        )
    return PublishedDatabase(connection, address)


def open_for_asking(place: Path | str) -> Database:
    """The database at a path, or the one published at a server's address."""
    return open_published(str(place)) if is_server(place) else open_database(Path(place))
