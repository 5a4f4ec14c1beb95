"""Publishing: what has changed since the last time goes to the server, in one transaction; readers see all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from khparse.errors import StoreError
from khparse.store.database import Database
from khparse.store.postgres.dialect import Schema, prelude, schema_of
from khparse.store.postgres.full_text import words_of
from khparse.store.postgres.parts import Parts, Stretch, parts_of
from khparse.store.postgres.server import connect, told, without_password

_CHOSEN = "SELECT id FROM chosen"
_LOCK = 0x6B68  # two publications at once would each undo the other's
_BLOCK = 2**16  # characters sent at once


@dataclass(frozen=True, slots=True)
class Publication:
    """What a publication did: plans sent and taken away, of how many; rows sent; whether all was made anew."""

    sent: int
    removed: int
    plans: int
    rows: int
    anew: bool


@dataclass(frozen=True, slots=True)
class _Changes:
    plans: list[int]  # sent anew
    gone: list[int]
    stretches: list[Stretch]


def publish(database: Database, address: str) -> Publication:
    """Bring the server at `address` to the state of the database. Raises StoreError; then nothing has changed there."""
    server = connect(address)
    try:
        with told(address), database.snapshot():
            server.run("BEGIN")
            server.run("SELECT pg_advisory_xact_lock(:lock)", lock=_LOCK)
            done = _publish(database, server, address)
            server.run("COMMIT")
            return done
    finally:
        server.close()


def _publish(database: Database, server: Any, address: str) -> Publication:
    schema = schema_of(database)
    parts = parts_of(database, list(schema.tables))
    states = _published(server)
    anew = states.get("schema") != schema.version
    if anew:
        _drop(server, schema, address, known=bool(states))
        states = {}
        _run_all(server, (*_statements(prelude()), *schema.tables.values()))
    changes = _changes(parts, states)
    _choose(database, server, [*changes.plans, *changes.gone])
    if not anew:
        _delete(server, parts, changes)
    rows = _send(database, server, parts, changes)
    if anew:
        _run_all(server, (*schema.after, *_FULL_TEXT_INDICES, *schema.views.values(), "ANALYZE"))
    _note(server, parts, schema, rows)
    return Publication(len(changes.plans), len(changes.gone), len(parts.plans), rows, anew)


def _published(server: Any) -> dict[str, str]:
    ((there,),) = server.run("SELECT to_regclass('published') IS NOT NULL")
    return dict(server.run("SELECT part, state FROM published")) if there else {}


def _drop(server: Any, schema: Schema, address: str, *, known: bool) -> None:
    """Make room; tables of these names that no publication made are somebody's."""
    names = (*schema.views, *schema.tables, "passages_fts", "passages_fts_size")
    there = [name for name in names if server.run("SELECT to_regclass(:name)", name=name) != [[None]]]
    if there and not known:
        raise StoreError(
            f"{without_password(address)}: đã có bảng {there[0]} không do khparse tạo", "hãy dùng cơ sở dữ liệu trống"
        )
    for name in there:
        kind = "VIEW" if name in schema.views else "TABLE"
        server.run(f"DROP {kind} IF EXISTS {name} CASCADE")
    server.run("DROP TABLE IF EXISTS published")


def _statements(script: str) -> Iterator[str]:
    """A script's statements: each ends with a semicolon at a line's end, outside a function's body."""
    statement: list[str] = []
    body = False
    for line in script.splitlines():
        if line.startswith("--") or not line.strip():
            continue
        statement.append(line)
        body ^= line.count("$$") % 2 == 1
        if line.endswith(";") and not body:
            yield "\n".join(statement)
            statement = []


def _run_all(server: Any, statements: Iterable[str]) -> None:
    for statement in statements:
        server.run(statement)


def _changes(parts: Parts, states: dict[str, str]) -> _Changes:
    gone = [int(name[5:]) for name in states if name.startswith("plan ") and int(name[5:]) not in parts.plans]
    here = {_name(stretch): stretch for stretch in parts.stretches}
    left = [_stretch(name) for name in states if name.startswith("rows ") and name not in here]
    return _Changes(
        [plan for plan, state in parts.plans.items() if states.get(f"plan {plan}") != state],
        gone,
        [one for name, one in here.items() if states.get(name) != parts.stretches[one]] + left,
    )


def _name(stretch: Stretch) -> str:
    return f"rows {stretch.table} {'' if stretch.number is None else stretch.number}"


def _stretch(name: str) -> Stretch:
    _, table, number = name.split(" ")
    return Stretch(table, int(number) if number else None)


def _choose(database: Database, server: Any, plans: list[int]) -> None:
    """The changed plans, by their ids, on both sides: what belongs to them is told by the same words."""
    server.run("CREATE TEMP TABLE chosen (id bigint PRIMARY KEY) ON COMMIT DROP")
    _copy(server, "chosen", ["id"], ((plan,) for plan in plans))
    server.run("ANALYZE chosen")
    database.connection.execute("CREATE TEMP TABLE chosen (id INTEGER PRIMARY KEY)")
    database.connection.executemany("INSERT INTO chosen (id) VALUES (?)", ((plan,) for plan in plans))


def _delete(server: Any, parts: Parts, changes: _Changes) -> None:
    """What has changed goes; children first, since their parents tell whose they are."""
    lines = f"SELECT id FROM passages WHERE {parts.ownership.rows_of('passages', _CHOSEN)}"
    server.run(f"DELETE FROM passages_fts WHERE rowid IN ({lines})")
    for table in parts.ownership.links:
        server.run(f"DELETE FROM {table} WHERE {parts.ownership.rows_of(table, _CHOSEN)}")
    for stretch in changes.stretches:
        server.run(f"DELETE FROM {stretch.table} WHERE {stretch.rows}")


def _send(database: Database, server: Any, parts: Parts, changes: _Changes) -> int:
    """The changed parts' rows as they are now; returns how many."""
    conditions = [(table, parts.ownership.rows_of(table, _CHOSEN)) for table in parts.ownership.links]
    conditions += [(stretch.table, stretch.rows) for stretch in changes.stretches]
    sent = 0
    for table, condition in conditions:
        rows = database.connection.execute(f"SELECT * FROM {table} WHERE {condition}")
        sent += _copy(server, table, [column[0] for column in rows.description], rows)
    lines = f"SELECT id, quote, folded FROM passages WHERE {parts.ownership.rows_of('passages', _CHOSEN)}"
    words = ((id_, words_of(quote), words_of(folded)) for id_, quote, folded in database.connection.execute(lines))
    _copy(server, "passages_fts", ["rowid", "quote", "folded"], words)
    return sent


def _copy(server: Any, table: str, columns: list[str], rows: Iterable[tuple[object, ...]]) -> int:
    names = ", ".join(f'"{name}"' for name in columns)
    count = 0

    def blocks() -> Iterator[bytes]:
        nonlocal count
        block: list[str] = []
        size = 0
        for row in rows:
            line = "\t".join(map(_value, row))
            block.append(line)
            size += len(line)
            count += 1
            if size > _BLOCK:
                yield ("\n".join(block) + "\n").encode()
                block, size = [], 0
        if block:
            yield ("\n".join(block) + "\n").encode()

    server.run(f"COPY {table} ({names}) FROM STDIN", stream=blocks())
    return count


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _value(value: object) -> str:
    """A value in COPY's text; a list of words (letters and digits only) as an array."""
    if value is None:
        return "\\N"
    if isinstance(value, list):
        return "{" + ",".join(f'"{word}"' for word in value) + "}"  # in quotes, or "null" were none
    return str(value).translate(_ESCAPES)


_FULL_TEXT_INDICES = tuple(
    f"CREATE INDEX passages_fts_{column} ON passages_fts USING gin ({column}) WITH (fastupdate = off)"
    for column in ("quote", "folded")
)


def _note(server: Any, parts: Parts, schema: Schema, rows: int) -> None:
    """Remember what is there now; the size of the full text is what lines are weighed by."""
    now = {"schema": schema.version, **{f"plan {plan}": state for plan, state in parts.plans.items()}}
    now |= {_name(stretch): state for stretch, state in parts.stretches.items()}
    server.run("DELETE FROM published")
    _copy(server, "published", ["part", "state"], now.items())
    if rows:
        server.run("DELETE FROM passages_fts_size")
        server.run(
            "INSERT INTO passages_fts_size SELECT count(*), coalesce(sum(cardinality(quote) + cardinality(folded)), 0) FROM passages_fts"
        )
