"""Decisions of people on offices, looked up while names are linked to rows."""

from __future__ import annotations

from collections.abc import Callable

from khparse.registry.offices import OfficeIdentity, identify
from khparse.store.database import Database


class DecidedOffices:
    """What was decided, looked up while names are linked."""

    def __init__(self, database: Database, alias_key: Callable[[str], str]) -> None:
        rows = database.rows("SELECT a, b, verdict FROM decisions WHERE subject = 'office'")
        self._said: dict[tuple[str, str], str] = {(row["a"], row["b"]): row["verdict"] for row in rows}
        self._alias_key = alias_key

    def identity(self, name: str, text: str, province: str | None, issuer: str | None) -> OfficeIdentity:
        """The identity that the name has by itself, unless this text was split off it."""
        found = identify(name, province, issuer)
        other = self._said.get((found.id, f"split:{self._alias_key(text)}"))
        return identify(other, province, issuer) if other else found

    def merged(self, identity: str) -> str:
        """The identity of the office that this one was merged into, else its own."""
        for _ in range(8):  # merged offices may be merged again
            into = self._said.get((identity, "merge"))
            if into is None:
                break
            identity = into
        return identity

    def name(self, identity: str) -> str | None:
        """What a person called the office."""
        return self._said.get((identity, "rename"))
