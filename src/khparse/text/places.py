"""Provinces and cities under the central government: recognised however they are spelt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import regex

from khparse.text.alternatives import any_of
from khparse.text.fold import fold

_CITY = "Thành phố "
_NO_LETTER = regex.compile(r"[^\p{L}]")
_LEVEL = regex.compile(r"(?:tỉnh|thành[ ]phố|tp\.?)\s*$", regex.IGNORECASE)


class Provinces:
    """The gazetteer: finds the first province named in a text, names as table keys are."""

    def __init__(self, table: Mapping[str, Mapping[str, Any]]) -> None:
        self.table = table
        self._names = {_key(spelling): name for name, row in table.items() for spelling in (name, *row.get("also", ()))}
        self._pattern = _pattern(spelling for name, row in table.items() for spelling in (name, *row.get("also", ())))

    def find(self, text: str) -> str | None:
        """The bare name of the province that a text names: "TP.HCM" -> "Hồ Chí Minh"; one after "tỉnh" comes first."""
        found = list(self._pattern.finditer(text))
        if not found:
            return None
        best = next((m for m in found if _LEVEL.search(text, 0, m.start())), found[0])
        return self._names[_key(best.group())].removeprefix(_CITY)

    def replace(self, text: str) -> str:
        """Provinces' names in their usual spelling: "Bà Rịa-Vũng Tàu" -> "Bà Rịa - Vũng Tàu"."""
        return self._pattern.sub(lambda found: self._names[_key(found.group())].removeprefix(_CITY), text)

    def phrase(self, bare: str) -> str:
        """How a province follows an office's name: "Quảng Ngãi" -> "tỉnh Quảng Ngãi"; the city of Hồ Chí Minh."""
        row = self.table.get(bare) or self.table.get(_CITY + bare)
        if row is None:
            return bare
        if _CITY + bare in self.table:
            return _CITY + bare
        return f"{row['kind']} {bare}"


def _key(spelling: str) -> str:
    return fold(_NO_LETTER.sub("", spelling))


def _pattern(spellings: Iterable[str]) -> regex.Pattern[str]:
    """Names as written in running text and in capitals; a name's words are capitalised, "hòa bình" is no province."""
    forms = {form for spelling in spellings if not spelling.startswith(_CITY) for form in (spelling, spelling.upper())}
    names = any_of((form.replace(" - ", "–") for form in forms), blank=r"\s{1,3}").replace("–", r"\s{0,2}[\-–]\s{0,2}")
    return regex.compile(rf"(?<!\p{{L}}){names}(?!\p{{L}})")
