"""SQLite's schema and questions in PostgreSQL's words, by rule: there is one schema, and it is the migrations'."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any

import regex

from khparse.store.database import Database

Rule = tuple[str, str]

_REFERENCES = r"\s+REFERENCES \w+\s*\(\w+\)(?: ON DELETE (?:CASCADE|SET NULL))?(?: DEFERRABLE INITIALLY DEFERRED)?"
_TABLE: tuple[Rule, ...] = (
    (r"--[^\n]*", ""),
    (r"\)\s*WITHOUT ROWID$", ")"),
    (_REFERENCES, ""),  # foreign keys come after the rows
    (r"\s*CHECK \(typeof\(\w+\) = 'integer'\)", ""),  # its type says so
    (r",\s*UNIQUE \([^)]*\)", ""),  # unique keys are indices: `_unique`
    (r"\bUNIQUE\b", ""),
    (r"INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER PRIMARY KEY"),  # ids are SQLite's
    (r"\bINTEGER\b", "BIGINT"),
    (r"\bREAL\b", "DOUBLE PRECISION"),
    (r"\bTEXT\b", 'TEXT COLLATE "C"'),  # compared and ordered byte by byte, as SQLite does
)
_GLOB = regex.compile(r"GLOB '([^']*)'")
_ASKED: tuple[Rule, ...] = (
    # lists travel as JSON; ids are numbers, pairs are asked for their parts, the rest are words
    (r"\b(id|\w+_id)(\s+(?:NOT )?IN \(SELECT value FROM )json_each\(", r"\1\2json_ids("),
    (r"\bjson_each\((:\w+)\)(?= w\b.*?w\.value ->>)", r"json_pairs(\1)"),
    (r"\bjson_each\(", "json_words("),
    (r"\bgroup_concat\(", "string_agg("),
    (r"\binstr\(", "strpos("),
    (r"\bchar\(", "chr("),
    (r"\bLIKE\b", "ILIKE"),  # SQLite's heeds no case of ASCII letters; nor does this one of a text in collation C
    (r"([\w.]+) = (:\w+) COLLATE NOCASE", r"lower(\1) = lower(\2)"),
    (r"\bIS NOT (?!NULL\b)", "IS DISTINCT FROM "),
    (r"\bLIMIT (:\w+)", r"LIMIT nullif(CAST(\1 AS bigint), -1)"),
)
# an index keeps no value of more than 2,700 bytes: of what a plan may say at any length it keeps the beginning
_LONG = frozenset({"title", "text", "folded", "name", "identity", "parent", "purpose", "issuer", "fund"})
_BEGINNING = 200


@dataclass(frozen=True, slots=True)
class Schema:
    """What to make before the rows come, and after: statements in their order; `version` tells it from any other."""

    tables: dict[str, str]
    after: tuple[str, ...]
    views: dict[str, str]

    @property
    def version(self) -> str:
        """A fingerprint of all of it."""
        whole = "\n".join((prelude(), *self.tables.values(), *self.after, *self.views.values()))
        return hashlib.sha256(whole.encode()).hexdigest()


def schema_of(database: Database) -> Schema:
    """The database's own tables, keys, indices and views."""
    made = database.rows(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY rowid"
    )
    full_text = {row["name"] for row in made if "VIRTUAL TABLE" in (row["sql"] or "")}
    kept = [row for row in made if not any(row["tbl_name"].startswith(name) for name in full_text)]
    tables = {row["name"]: _table(row["sql"]) for row in kept if row["type"] == "table"}
    unique = (sql for table in tables for sql in _unique(database, table))
    keys = (sql for table in tables for sql in _foreign_keys(database, table))
    indices = (_index(row["sql"]) for row in kept if row["type"] == "index" and row["sql"])
    views = {row["name"]: _replaced(row["sql"], _ASKED) for row in kept if row["type"] == "view"}
    return Schema(tables, (*unique, *indices, *keys), views)


def prelude() -> str:
    """What the tables and questions need beforehand: functions that SQLite has and PostgreSQL has not, full text."""
    return files("khparse.store").joinpath("sql", "postgresql.sql").read_text(encoding="utf-8")


def _table(sql: str) -> str:
    def as_pattern(match: regex.Match[str]) -> str:
        return f"~ '^{match[1].replace('*', '.*')}$'"

    return _GLOB.sub(as_pattern, _replaced(sql, _TABLE))


def _unique(database: Database, table: str) -> Iterable[str]:
    """Unique keys as indices over digests of texts: a text may be longer than a key can."""
    texts = {row["name"] for row in database.rows(f"PRAGMA table_info({table})") if row["type"] == "TEXT"}
    for row in database.rows(f"PRAGMA index_list({table})"):
        if row["origin"] == "u":
            columns = [one["name"] for one in database.rows(f"PRAGMA index_info({row['name']})")]
            keys = ", ".join(f'md5("{name}")' if name in texts else f'"{name}"' for name in columns)
            yield f"CREATE UNIQUE INDEX {table}_{'_'.join(columns)}_key ON {table} ({keys})"


def _foreign_keys(database: Database, table: str) -> Iterable[str]:
    """Held to when a publication ends: its parts may come and go in any order."""
    for row in database.rows(f"PRAGMA foreign_key_list({table})"):
        yield (
            f'ALTER TABLE {table} ADD CONSTRAINT {table}_{row["from"]}_fkey FOREIGN KEY ("{row["from"]}") '
            f'REFERENCES {row["table"]} ("{row["to"]}") DEFERRABLE INITIALLY DEFERRED'
        )


_PARTS = r"(?<parts>\((?:[^()]++|(?&parts))*\))"
_INDEX = regex.compile(rf"(CREATE INDEX \w+ ON \w+\s*){_PARTS}(.*)", regex.DOTALL)
_KEY = regex.compile(rf"(?:[^,()]++|{_PARTS})+")


def _index(sql: str) -> str:
    head, keys, rest = _INDEX.fullmatch(sql).groups()  # type: ignore[union-attr]  # the migrations' own form
    names = [match[0].strip() for match in _KEY.finditer(keys[1:-1])]
    kept = [f"left({name}, {_BEGINNING})" if name in _LONG else name for name in names]
    return f"{head}({', '.join(kept)}){rest}"


def _replaced(sql: str, rules: Iterable[Rule]) -> str:
    for pattern, by in rules:
        sql = regex.sub(pattern, by, sql, flags=regex.DOTALL)
    return sql


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the server takes it: values by the names of their places, and the types that they have."""

    sql: str
    values: dict[str, Any]
    types: dict[str, int]


def asked(sql: str, parameters: tuple[Any, ...] | dict[str, Any]) -> Asked:
    """A question to SQLite, with its parameters, as one to PostgreSQL."""
    given = parameters if isinstance(parameters, dict) else {f"p{n}": value for n, value in enumerate(parameters)}
    absent = {name for name, value in given.items() if value is None}  # of no type that the server could guess
    text = _NAMED.sub(lambda match: "NULL" if match[1] in absent else match[0], question(sql))
    values = {name: value for name, value in given.items() if value is not None}
    return Asked(text, values, {name: _OIDS[type(value)] for name, value in values.items()})


# the server's numbers of its types
_OIDS: dict[type, int] = {bool: 16, int: 20, str: 25, float: 701, list: 1009}
_PLACE = regex.compile(r"""'[^']*'|"[^"]*"|(\?)""")
_NAMED = regex.compile(r"""'[^']*'|"[^"]*"|:(\w+)""")


@cache
def question(sql: str) -> str:
    """A question to SQLite in PostgreSQL's words; its places "?" become ":p0", ":p1" …"""
    number = count()
    named = _PLACE.sub(lambda match: f":p{next(number)}" if match[1] else match[0], sql)
    return _replaced(named, _ASKED)
