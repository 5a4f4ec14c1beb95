"""Offices in the database: one row for each, the names that plans give it, and finding it by any of them."""

from __future__ import annotations

import json

import regex

from khparse.store.database import Database
from khparse.text.fold import fold

NATION = 1  # the jurisdiction of offices whose plan names no province

_WORD = regex.compile(r"\w+")


def office_key(name: str) -> str:
    """A name's words without case, diacritics and marks: "Sở GD&ĐT Bà Rịa - Vũng Tàu" -> "so gd dt ba ria vung tau"."""
    return " ".join(_WORD.findall(fold(name)))


def alias_key(text: str) -> str:
    """The same without blanks: "Sở GD&ĐT" and "sở GDĐT" -> "sogddt"."""
    return "".join(_WORD.findall(fold(text)))


class Registry:
    """Rows of offices and jurisdictions, found or made while one plan is saved."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._offices: dict[tuple[int, str], int] = {}
        self._aliases: set[tuple[int, str]] = set()

    def jurisdiction(self, province: str | None) -> int | None:
        """The province's row, None where the plan names none."""
        if not province:
            return None
        key = office_key(province)
        row = self._database.first("SELECT id FROM jurisdictions WHERE folded = ?", (key,))
        if row:
            return int(row["id"])
        values = {"name": province, "folded": key, "level": "province", "parent_id": NATION}
        return self._database.insert("jurisdictions", values)

    def office(self, name: str, text: str, jurisdiction: int | None) -> int:
        """The row of the office with this full name in the jurisdiction; `text` becomes one of its aliases."""
        place = jurisdiction or NATION
        key = (place, office_key(name))
        if key not in self._offices:
            self._offices[key] = self._row(place, key[1], name)
        office = self._offices[key]
        self._learn(office, text)
        return office

    def _row(self, jurisdiction: int, folded: str, name: str) -> int:
        sql = "SELECT id FROM offices WHERE jurisdiction_id = ? AND folded = ?"
        row = self._database.first(sql, (jurisdiction, folded))
        values = {"jurisdiction_id": jurisdiction, "name": name, "folded": folded}
        return int(row["id"]) if row else self._database.insert("offices", values)

    def _learn(self, office: int, text: str) -> None:
        if (office, text) in self._aliases:
            return
        self._aliases.add((office, text))
        self._database.run(
            "INSERT INTO office_aliases (office_id, text, folded) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (office, text, alias_key(text)),
        )


def find_offices(database: Database, question: str, opened: str) -> tuple[int, ...]:
    """The offices that a person may mean, by any name, with or without diacritics.

    `opened` is the question with its abbreviations opened. An office answers to each of its aliases and to the
    beginning of its full name ("van phong so" -> "Văn phòng Sở Giáo dục và Đào tạo tỉnh …"); where none does, to
    words of its name in their order ("Sở Tài chính Quảng Ngãi").
    """
    names = sorted({office_key(opened), office_key(question)} - {""})
    aliases = sorted({alias_key(opened), alias_key(question)} - {""})
    found = database.rows(
        """SELECT id FROM offices JOIN json_each(:names) n
             ON folded = n.value OR (folded >= n.value || ' ' AND folded < n.value || '!')
           UNION SELECT office_id FROM office_aliases WHERE folded IN (SELECT value FROM json_each(:aliases))
           ORDER BY 1""",
        {"names": json.dumps(names), "aliases": json.dumps(aliases)},
    )
    if not found:
        found = database.rows(
            "SELECT id FROM offices JOIN json_each(:names) n ON folded || ' ' LIKE replace(n.value, ' ', '% ') || ' %'",
            {"names": json.dumps(names)},
        )
    return tuple(int(row["id"]) for row in found)
