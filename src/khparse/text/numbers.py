"""Numbers as Vietnamese offices write them: a dot groups thousands, a comma opens decimals, words bound a figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import regex

from khparse.model.record import Comparator

_THOUSANDS = regex.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?")
_FOREIGN_THOUSANDS = regex.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?|[1-9]\d{0,2},000")
_PLAIN = regex.compile(r"\d+(?:[.,]\d+)?")
# the groups of a figure's pattern that say how it bounds, strongest last
_BOUNDS = ("approx", "gt", "lt", "ge", "le")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its bound: "từ 90 đến 100" -> between 90 and 100; `value_max` is None for a single figure."""

    comparator: Comparator
    value: float
    value_max: float | None = None

    def __str__(self) -> str:
        """As rule examples write it: "ge 60", "between 90 100"."""
        values = [self.value] if self.value_max is None else [self.value, self.value_max]
        return " ".join([self.comparator.value, *(f"{value:.15g}" for value in values)])


def read_number(text: str) -> float | None:
    """A written number's value: "1.500" -> 1500, "1,5" -> 1.5, "05" -> 5, "0.5" -> 0.5; None where it is no number.

    A dot before three digits groups thousands (NĐ 30/2020/NĐ-CP's practice), unless a zero stands before it.
    "1,500,000" and "2,000" are foreign groupings: decimals do not end in three zeros.
    """
    text = text.strip()
    if _THOUSANDS.fullmatch(text):
        return float(text.replace(".", "").replace(" ", "").replace(",", "."))
    if _FOREIGN_THOUSANDS.fullmatch(text):
        return float(text.replace(",", ""))
    if _PLAIN.fullmatch(text):
        return float(text.replace(",", "."))
    return None


def quantity(match: regex.Match[str]) -> Quantity:
    """A figure rule's match, by its groups: low, high, ge/gt/le/lt/approx, from, up, down.

    "tối thiểu 60" -> ge 60; "từ 90 đến 100" -> between 90 100; "80 trở lên" -> ge 80; "khoảng 3 - 5" -> between 3 5.
    """
    groups = match.groupdict()
    low, high = read_number(groups["low"]), read_number(groups.get("high") or "")
    if low is None:
        raise ValueError(f"không phải số: {groups['low']!r}")
    if high is not None and high > low:
        return Quantity(Comparator.BETWEEN, low, high)
    return Quantity(_bound(groups), low)


def _bound(groups: dict[str, str | None]) -> Comparator:
    if groups.get("up"):
        return Comparator.GE
    if groups.get("down"):
        return Comparator.LE
    for name in _BOUNDS:
        if groups.get(name):
            return Comparator(name)
    # "từ 5%" alone: its "trở lên" is understood
    return Comparator.GE if groups.get("from") else Comparator.EQ


def _figure(match: regex.Match[str]) -> str:
    return str(quantity(match))


NORMALISERS: dict[str, Callable[[regex.Match[str]], Any]] = {"figure": _figure}
