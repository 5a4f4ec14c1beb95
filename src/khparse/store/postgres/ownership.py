"""Which rows belong to which plan, told by the foreign keys: what goes with a plan is published with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khparse.store.database import Database

# of two plans at once
_SHARED_BY_TWO = frozenset({"conflicts"})


@dataclass(frozen=True, slots=True)
class Link:
    """A column whose row goes when the parent's row does."""

    column: str
    parent: str
    key: str


@dataclass(frozen=True, slots=True)
class Ownership:
    """The tables of plans, children first, each with its links upwards; `plans` itself comes last."""

    links: dict[str, tuple[Link, ...]]

    def rows_of(self, table: str, chosen: str) -> str:
        """The condition for rows of `table` that belong to plans whose ids the question `chosen` gives."""
        if table == "plans":
            return f"id IN ({chosen})"
        return " OR ".join(
            f'"{link.column}" IN (SELECT "{link.key}" FROM {link.parent} WHERE {self.rows_of(link.parent, chosen)})'
            if link.parent != "plans"
            else f'"{link.column}" IN ({chosen})'
            for link in self.links[table]
        )

    def owner(self, table: str, row: str) -> str:
        """The id of the plan that a row (by its alias) belongs to, in SQL."""
        if table == "plans":
            return f"{row}.id"
        above = f"{row}_"
        owners = [
            f'{row}."{link.column}"'
            if link.parent == "plans"
            else f'(SELECT {self.owner(link.parent, above)} FROM {link.parent} {above} WHERE {above}."{link.key}" = {row}."{link.column}")'
            for link in self.links[table]
        ]
        return owners[0] if len(owners) == 1 else f"coalesce({', '.join(owners)})"


def ownership(database: Database, tables: list[str]) -> Ownership:
    """What the schema says of these tables."""
    links: dict[str, tuple[Link, ...]] = {"plans": ()}
    while found := {
        table: upwards for table in tables if table not in links and (upwards := tuple(_links(database, table, links)))
    }:
        links |= found
    return Ownership(dict(reversed(links.items())))


def _links(database: Database, table: str, known: dict[str, tuple[Link, ...]]) -> Iterator[Link]:
    if table in _SHARED_BY_TWO:
        return
    for row in database.rows(f"PRAGMA foreign_key_list({table})"):
        if row["on_delete"] == "CASCADE" and row["table"] in known:
            yield Link(row["from"], row["table"], row["to"] or "id")
