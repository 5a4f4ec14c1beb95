"""Offices in the database: one row for each, the names that plans give it, and finding it by any of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import regex

from khparse.registry.jurisdictions import Jurisdiction
from khparse.registry.offices import OfficeIdentity, normal_key
from khparse.store.database import Database
from khparse.store.decided_offices import DecidedOffices
from khparse.text.fold import fold

_WORD = regex.compile(r"\w+")


def office_key(name: str) -> str:
    """A name's words without case, diacritics and marks: "Sở GD&ĐT Bà Rịa - Vũng Tàu" -> "so gd dt ba ria vung tau"."""
    return " ".join(_WORD.findall(fold(name)))


def alias_key(text: str) -> str:
    """The same without blanks: "Sở GD&ĐT" and "sở GDĐT" -> "sogddt"."""
    return "".join(_WORD.findall(fold(text)))


class OfficeRows:
    """Rows of offices and jurisdictions, found or made while one plan is saved."""

    def __init__(self, database: Database, province: str | None, issuer: str | None) -> None:
        self._database = database
        self._province = province
        self._issuer = issuer
        self._decided = DecidedOffices(database, alias_key)
        self._offices: dict[tuple[str, str], int] = {}
        self._aliases: set[tuple[int, str]] = set()

    def link(self, name: str, text: str) -> int:
        """The row of the office with this full name; `text`, what the plan calls it, becomes one of its aliases."""
        known = (name, text)
        if known not in self._offices:
            self._offices[known] = self._row(self._decided.identity(name, text, self._province, self._issuer))
        office = self._offices[known]
        self._learn(office, text)
        return office

    def jurisdiction(self, place: Jurisdiction) -> int:
        """The territory's row."""
        row = self._database.first("SELECT id FROM jurisdictions WHERE identity = ?", (place.id,))
        if row:
            return int(row["id"])
        name = place.commune or place.district or place.province or "việt nam"
        values = {"identity": place.id, "level": place.level.name.lower(), "name": name.title()}
        return self._database.insert("jurisdictions", values)

    def _row(self, office: OfficeIdentity) -> int:
        for identity in (self._decided.merged(office.id), office.id):
            row = self._database.first("SELECT id FROM offices WHERE identity = ?", (identity,))
            if row:
                return int(row["id"])
        words = office.id.partition("|")[2]
        values = {
            "identity": office.id,
            "jurisdiction_id": self.jurisdiction(office.jurisdiction),
            "name": self._decided.name(office.id) or _ending(office.name, words),
            "folded": office_key(self._decided.name(office.id) or words),
            "collective": int(office.collective),
            "parent": office.parent,
        }
        return self._database.insert("offices", values)

    def _learn(self, office: int, text: str) -> None:
        if (office, text) in self._aliases:
            return
        self._aliases.add((office, text))
        self._database.run(
            "INSERT INTO office_aliases (office_id, text, folded) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (office, text, alias_key(text)),
        )


def _ending(name: str, words: str) -> str:
    """The part of a name that the registry means: "Giám đốc Sở Y tế tỉnh X", "sở y tế tỉnh x" -> "Sở Y tế tỉnh X"."""
    parts = name.split()
    endings = (" ".join(parts[i:]) for i in range(len(parts)))
    return next((ending for ending in endings if normal_key(ending) == words), name)


def find_offices(database: Database, asked: Iterable[str]) -> tuple[int, ...]:
    """The offices that a person may mean by a name, given as typed and with its abbreviations opened.

    An office answers to each of its aliases and to the beginning of its full name ("van phong so" -> "Văn phòng Sở
    Giáo dục và Đào tạo tỉnh …"); where none does, to words of its name in their order ("Sở Tài chính Quảng Ngãi"), at
    last to its initials ("STTTT").
    """
    forms = list(asked)
    names = sorted({office_key(form) for form in forms} - {""})
    aliases = sorted({alias_key(form) for form in forms} - {""})
    found = database.rows(
        """SELECT offices.id FROM offices JOIN json_each(:names) n
             ON folded = n.value OR (folded >= n.value || ' ' AND folded < n.value || '!')
           UNION SELECT office_id FROM office_aliases WHERE folded IN (SELECT value FROM json_each(:aliases))
           ORDER BY 1""",
        {"names": json.dumps(names), "aliases": json.dumps(aliases)},
    )
    if not found:
        found = database.rows(
            "SELECT offices.id FROM offices JOIN json_each(:names) n ON folded || ' ' LIKE replace(n.value, ' ', '% ') || ' %'",
            {"names": json.dumps(names)},
        )
    return tuple(int(row["id"]) for row in found) or _spelt_by_initials(database, names)


def _spelt_by_initials(database: Database, names: Iterable[str]) -> tuple[int, ...]:
    """The offices whose words' initials stand in the name asked: "stttt", "snn ptnt", "so nn va ptnt hoa binh"."""
    asked = [name.split() for name in names]
    rows = database.rows("SELECT id, folded FROM offices WHERE NOT collective ORDER BY id")
    return tuple(int(row["id"]) for row in rows if any(spells(words, row["folded"].split()) for words in asked))


_PLACES = frozenset(["tinh", "thanh", "huyen", "quan", "thi", "xa", "phuong"])


def spells(asked: Sequence[str], name: Sequence[str]) -> bool:
    """Whether an office's name is meant: each word asked is one of its words or the initials of some, then its place.

    All folded: "stttt" and "so tt tt ha nam" spell "so thong tin va truyen thong tinh ha nam".
    """
    if not asked:
        return not name or name[0] in _PLACES
    if name and name[0] in _PLACES and _in_order(asked, name):
        return True
    if name and name[0] == "va" and asked[0] != "va":
        return spells(asked, name[1:])
    if name and asked[0] == name[0] and spells(asked[1:], name[1:]):
        return True
    rest = _after_initials(asked[0], name)
    return rest is not None and spells(asked[1:], rest)


def _after_initials(letters: str, name: Sequence[str]) -> Sequence[str] | None:
    """The words left when the first ones' initials are taken; "va" has none."""
    at = 0
    for letter in letters:
        at += at < len(name) and name[at] == "va"
        if at >= len(name) or name[at][0] != letter:
            return None
        at += 1
    return name[at:] if len(letters) > 1 else None


def _in_order(asked: Sequence[str], words: Sequence[str]) -> bool:
    left = iter(words)
    return all(word in left for word in asked)
