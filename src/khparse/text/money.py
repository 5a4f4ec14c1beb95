"""Vietnamese money to đồng, as an integer.

"1,5 tỷ đồng" -> 1_500_000_000; "2 tỷ 500 triệu" -> 2_500_000_000; "1.000.000đ" -> 1_000_000; a table's "2.000" under
"ĐVT: triệu đồng" -> 2_000_000_000. Figures follow the Vietnamese habit: a dot groups thousands, a comma is decimal.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import regex

from khparse.text.money_words import amount_in_words

THOUSAND, MILLION, BILLION = 10**3, 10**6, 10**9

_SCALES = {
    "nghìn": THOUSAND,
    "ngàn": THOUSAND,
    "ng": THOUSAND,
    "k": THOUSAND,
    "triệu": MILLION,
    "tr": MILLION,
    "tỷ": BILLION,
    "tỉ": BILLION,
    "đồng": 1,
    "đ": 1,
    "vnđ": 1,
    "vnd": 1,
}
_FIGURE = r"\d{1,18}(?:[.,]\d{1,18}){0,8}+"
_PLAIN = regex.compile(rf"\s*{_FIGURE}\s*")
_ZERO_FREE = regex.compile(r"[\s\-–—.…_*x]*", regex.IGNORECASE)
_GROUPING = regex.compile(r"[.,]")
_SCALE_WORD = regex.compile(
    r"nghìn|ngàn|triệu|tr(?!\p{L})|tr(?=\.?đ)|tỷ|tỉ|vnđ|vnd|đồng|đ(?!\p{L})|ng(?!\p{L})|k(?!\p{L})", regex.IGNORECASE
)
_PART = regex.compile(
    rf"(?P<figure>{_FIGURE})\s*(?P<scales>(?:(?:{_SCALE_WORD.pattern})[\s.]*+){{1,3}}+)", regex.IGNORECASE
)
_OTHER_WORD = regex.compile(r"(?!việt|nam)\b\p{L}{2,}", regex.IGNORECASE)
_SHARE = regex.compile(r"^[\s\d.+*–-]*(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tốc độ)(?!\p{L})|\(\s*%\s*\)", regex.IGNORECASE)
_UNIT_FIGURE = regex.compile(r"1(?:[.,]?000){1,3}")


def unit_multiplier(words: str) -> int | None:
    """What a unit makes of a figure: "triệu đồng" -> 1_000_000, "1.000 đồng" -> 1000, "đ" -> 1; None if no money."""
    scales = [_SCALES[scale.lower()] for scale in _SCALE_WORD.findall(words)]
    if not scales:
        return None
    figure = _UNIT_FIGURE.search(words)
    return _product(scales) * (int(_GROUPING.sub("", figure.group())) if figure else 1)


def figure_value(text: str, *, whole: bool = False, grouping: str | None = None) -> Decimal | None:
    """A printed figure: "1.500.000" -> 1500000, "1,5" -> 1.5, "1.500,75" -> 1500.75, "12.5" -> 12.5.

    `whole` says that no fraction is possible (đồng), so that "150,000" is 150000; `grouping` names the sign that
    groups thousands where the text around the figure shows it.
    """
    text = text.strip()
    if not _PLAIN.fullmatch(text):
        return None
    marks = [c for c in text if c in ".,"]
    if not marks:
        return Decimal(text)
    head, _, last = text.rpartition(marks[-1])
    if _is_fraction(marks, head, last, whole=whole, grouping=grouping):
        return Decimal(_GROUPING.sub("", head) + "." + last)
    return Decimal(_GROUPING.sub("", text))


def _is_fraction(marks: list[str], head: str, last: str, *, whole: bool, grouping: str | None) -> bool:
    """Whether the last mark is decimal: two kinds of mark, or a group that is not of three digits, or a comma alone."""
    if len(set(marks)) == 2:
        return marks.count(marks[-1]) == 1
    if len(marks) > 1:
        return False
    if len(last) != 3 or len(head) > 3 or head == "0":
        return not (whole and len(last) == 3)
    return marks[0] == "," and not whole and grouping != ","


def is_amount(text: str) -> bool:
    """Whether a cell holds a sum and nothing else: "2.000", "0", "500 triệu đồng"; not "", "-", "2023-2025"."""
    text = text.strip()
    return bool(_PLAIN.fullmatch(text)) or (text[:1].isdigit() and _written_out(text) is not None)


def is_share(text: str) -> bool:
    """Whether a row among sums is called by a share or a rate: "Tỷ lệ chi so với GRDP (%)"; its figures are no sums."""
    return bool(_SHARE.search(text))


def is_empty(text: str) -> bool:
    """Whether a cell of sums says nothing: "", "-", "…", "x"."""
    return bool(_ZERO_FREE.fullmatch(text))


def cell_amount(text: str, multiplier: int | None, *, grouping: str | None = None) -> int | None:
    """The đồng of a table's cell: "2.000" under triệu đồng -> 2_000_000_000; its own unit counts before the table's.

    Without a unit a figure counts as đồng only from 100.000 up (no office plans a sum of 12 đồng).
    """
    own = _written_out(text)
    if own is not None:
        return own
    if multiplier is None:
        value = figure_value(text, whole=True)
        return int(value) if value is not None and (value == 0 or value >= 100_000) else None
    value = figure_value(text, whole=multiplier == 1, grouping=grouping)
    return _integer(value * multiplier) if value is not None else None


def amount(text: str) -> int | None:
    """The đồng of a sum written with its unit: "1 tỷ 200 triệu đồng" -> 1_200_000_000; None where there is none."""
    return _written_out(text)


def _written_out(text: str) -> int | None:
    parts = list(_PART.finditer(text))
    if not parts or _OTHER_WORD.search(_PART.sub(" ", text)):
        return None
    total, smallest = Decimal(0), None
    for part in parts:
        scale = _product([_SCALES[word.lower()] for word in _SCALE_WORD.findall(part["scales"])])
        if smallest is not None and scale >= smallest:
            return None
        value = figure_value(part["figure"], whole=scale == 1)
        if value is None:
            return None
        total, smallest = total + value * scale, scale
    return _integer(total)


def _integer(value: Decimal) -> int | None:
    return int(value) if value == value.to_integral_value() else None


def _product(factors: list[int]) -> int:
    product = 1
    for factor in factors:
        product *= factor
    return product


def _money(match: regex.Match[str]) -> int | None:
    return amount(match.groupdict().get("sum") or match.group())


def _words(match: regex.Match[str]) -> int | None:
    return amount_in_words(match["sum"])


NORMALISERS: dict[str, Callable[[regex.Match[str]], Any]] = {"money": _money, "money_words": _words}
