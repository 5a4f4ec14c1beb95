"""What people decided of offices: merged, split, renamed; heeded wherever an office's name is linked to its row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from khparse.errors import StoreError
from khparse.store.conflicts import decide
from khparse.store.database import Database
from khparse.store.offices import OfficeRows, alias_key, office_key


@dataclass(frozen=True, slots=True)
class ListedOffice:
    """An office with the names that plans give it and how much it answers for."""

    id: int
    name: str
    level: str
    jurisdiction: str
    parent: str | None
    aliases: tuple[str, ...]
    leads: int
    joins_in: int
    collective: bool


def list_offices(database: Database, ids: Iterable[int] | None = None) -> list[ListedOffice]:
    """The offices, or those of these ids, by territory and name."""
    chosen = None if ids is None else set(ids)
    rows = database.rows(
        """SELECT o.id, o.name, j.level, j.name AS jurisdiction, o.collective,
             (SELECT name FROM offices p WHERE p.identity = o.parent) AS parent,
             (SELECT group_concat(text, char(10)) FROM office_aliases WHERE office_id = o.id) AS aliases,
             (SELECT count(*) FROM assignments WHERE office_id = o.id AND role = 'lead') AS leads,
             (SELECT count(*) FROM assignments WHERE office_id = o.id AND role = 'coordinating') AS joins_in
           FROM offices o JOIN jurisdictions j ON j.id = o.jurisdiction_id ORDER BY j.identity, o.name"""
    )
    return [_listed(row) for row in rows if chosen is None or row["id"] in chosen]


def _listed(row: dict[str, Any]) -> ListedOffice:
    aliases = tuple(sorted(row.pop("aliases").splitlines())) if row["aliases"] else ()
    return ListedOffice(**row | {"aliases": aliases, "collective": bool(row["collective"])})


def merge_offices(database: Database, from_id: int, into_id: int) -> None:
    """Two rows are one office: what the first answers for goes to the second, now and when plans are read anew."""
    gone, kept = _office(database, from_id), _office(database, into_id)
    if from_id == into_id:
        raise StoreError("hai mã là một cơ quan", "hãy chọn hai cơ quan khác nhau")
    decide(database, "office", gone["identity"], "merge", kept["identity"], None)
    with database.transaction():
        database.run("DELETE FROM decisions WHERE subject = 'office' AND b = 'merge' AND a = ?", (kept["identity"],))
        database.run("UPDATE assignments SET office_id = ? WHERE office_id = ?", (into_id, from_id))
        database.run("UPDATE plans SET issuer_id = ? WHERE issuer_id = ?", (into_id, from_id))
        database.run("UPDATE OR IGNORE office_aliases SET office_id = ? WHERE office_id = ?", (into_id, from_id))
        database.run(
            "INSERT OR IGNORE INTO office_aliases (office_id, text, folded) VALUES (?, ?, ?)",
            (into_id, gone["name"], alias_key(gone["name"])),
        )
        database.run("DELETE FROM offices WHERE id = ?", (from_id,))


def split_office(database: Database, office_id: int, text: str, name: str) -> int:
    """What plans call `text` is not this office but the one named `name`; returns that one's row.

    Raises StoreError where no plan calls the office so.
    """
    office = _office(database, office_id)
    rows = database.rows("SELECT id, text FROM assignments WHERE office_id = ?", (office_id,))
    moved = [row["id"] for row in rows if alias_key(row["text"]) == alias_key(text)]
    if not moved:
        raise StoreError(f"không văn bản nào gọi cơ quan {office_id} là “{text}”", "hãy xem `khparse offices`")
    decide(database, "office", office["identity"], f"split:{alias_key(text)}", name, None)
    with database.transaction():
        new = OfficeRows(database, _province(office), None).link(name, text)
        for row in moved:
            database.run("UPDATE assignments SET office_id = ? WHERE id = ?", (new, row))
        database.run("DELETE FROM office_aliases WHERE office_id = ? AND folded = ?", (office_id, alias_key(text)))
    return new


def rename_office(database: Database, office_id: int, name: str) -> None:
    """The office is called `name` from now on; it still answers to its old name."""
    office = _office(database, office_id)
    decide(database, "office", office["identity"], "rename", name, None)
    with database.transaction():
        database.run("UPDATE offices SET name = ?, folded = ? WHERE id = ?", (name, office_key(name), office_id))
        database.run(
            "INSERT OR IGNORE INTO office_aliases (office_id, text, folded) VALUES (?, ?, ?)",
            (office_id, office["name"], alias_key(office["name"])),
        )


def _office(database: Database, office_id: int) -> dict[str, Any]:
    row = database.first("SELECT * FROM offices WHERE id = ?", (office_id,))
    if row is None:
        raise StoreError(f"không có cơ quan {office_id}", "hãy xem `khparse offices`")
    return row


def _province(office: dict[str, Any]) -> str | None:
    """The province in an office's identity: "1:hà nam//|sở y tế tỉnh hà nam" -> "hà nam"."""
    return office["identity"].partition("|")[0].partition(":")[2].split("/")[0] or None
