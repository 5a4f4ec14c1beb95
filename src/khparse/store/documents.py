"""Documents that plans refer to: one row for each, whichever plan names it."""

from __future__ import annotations

from khparse.model.record import Reference
from khparse.store.database import Database
from khparse.text.fold import fold

_FIELDS = ("date", "issuer", "title")


def document_id(database: Database, reference: Reference) -> int:
    """The row of the document that a reference names, made or completed by what this mention knows of it.

    Two plans mean one document when type and number agree (title, where it has no number) and neither date nor
    issuer speaks against it: "21/KH-UBND" of two provinces, or of two years, are two documents.
    """
    identity = _identity(reference)
    known = database.rows("SELECT * FROM documents WHERE identity = ? ORDER BY id", (identity,))
    for row in known:
        if _agree(row["date"], reference.date) and _same(row["issuer"], reference.issuer):
            _complete(database, row, reference)
            return int(row["id"])
    fields = {name: getattr(reference, name) for name in ("type", "number", *_FIELDS)}
    return database.insert("documents", {"identity": identity, **fields})


def _identity(reference: Reference) -> str:
    return "|".join(
        (fold(reference.type), fold(reference.number or ""), "" if reference.number else fold(reference.title or ""))
    )


def _agree(one: str | None, other: str | None) -> bool:
    """Whether two dates can be one: "2022" and "2022-01-25" can; an unknown one agrees with any."""
    return one is None or other is None or one.startswith(other) or other.startswith(one)


def _same(one: str | None, other: str | None) -> bool:
    return one is None or other is None or fold(one) == fold(other)


def _complete(database: Database, row: dict[str, object], reference: Reference) -> None:
    """Each field takes the fullest form found in any plan."""
    for name in _FIELDS:
        present, found = row[name], getattr(reference, name)
        if found and len(found) > len(str(present or "")):
            database.run(f"UPDATE documents SET {name} = ? WHERE id = ?", (found, row["id"]))
