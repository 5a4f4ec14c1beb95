"""What a row of indicators is a part of, by the marks before its words."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

_MARK = regex.compile(r"\s*(?P<mark>[-–•*+])?\s*(?P<words>\p{L}.*)", regex.DOTALL)
_PART = regex.compile(r"(?:trong đó|bao gồm|gồm|chia ra)\b", regex.IGNORECASE)
_BRACKET = regex.compile(r"\s*\([^()]*\)\s*$")
_DEPTHS = {"-": 1, "–": 1, "•": 1, "*": 1, "+": 2}


@dataclass(slots=True)
class Wholes:
    """The rows of a table that stand above the next: "12 | Giáo dục" over "- Số học sinh" over "+ Nội trú"."""

    _open: dict[int, str] = field(default_factory=dict)
    _numbered: bool = False  # beside numbered rows one without a number or a mark is a part too

    def above(self, words: str, number: str) -> str:
        """What a row without a number of its own is a part of, "" where it stands alone; rows are told in order.

        "+ Học sinh nội trú" below "- Số học sinh" -> "Số học sinh".
        """
        found = _MARK.match(words)
        if not found or _PART.match(found["words"]):
            return ""
        self._numbered = self._numbered or bool(number.strip())
        depth = 0 if number.strip() else _DEPTHS.get(found["mark"], int(self._numbered))
        self._open = {at: name for at, name in self._open.items() if at < depth}
        whole = self._open[max(self._open)] if self._open else ""
        self._open[depth] = _BRACKET.sub("", " ".join(found["words"].split())).rstrip(" :;.,")
        return whole
