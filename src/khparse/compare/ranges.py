"""Figures as ranges of numbers: eq a point, ge/gt/le/lt half-lines, between a stretch; and horizons as last days."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import regex

from khparse.text.fold import key


class Range(NamedTuple):
    """The values that a target allows: from `low` to `high`; open ends are marked."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def disjoint(self, other: Range) -> bool:
        """Whether no value satisfies both."""
        first, second = sorted((self, other))
        if first.high < second.low:
            return True
        return first.high == second.low and (first.high_open or second.low_open)

    def allows_less_than(self, other: Range, *, falling: bool = False) -> bool:
        """Whether this range is content with a poorer result than `other` (a higher one where less is better)."""
        if falling:
            return (self.high, not self.high_open) > (other.high, not other.high_open)
        return (self.low, self.low_open) < (other.low, other.low_open)


def as_range(comparator: str, value: float, value_max: float | None) -> Range:
    """The range of a figure: ("ge", 60, None) -> [60, ∞)."""
    if comparator == "between" and value_max is not None:
        return Range(value, value_max)
    if comparator in {"ge", "gt"}:
        return Range(value, math.inf, low_open=comparator == "gt")
    if comparator in {"le", "lt"}:
        return Range(-math.inf, value, high_open=comparator == "lt")
    return Range(value, value)


def aim_level(figure: Range, *, falling: bool = False) -> tuple[float, bool]:
    """The poorest result that the figure is content with, ordered so that more is a higher aim.

    90 % on average -> 90; over 80 % -> just above 80; at most 5 % of a falling indicator -> -5.
    """
    if falling:
        bound = figure.high if math.isfinite(figure.high) else figure.low
        return (-bound, figure.high_open)
    bound = figure.low if math.isfinite(figure.low) else figure.high
    return (bound, figure.low_open)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure counts in: how much one is, and of what kind ("triệu đồng" -> 1,000,000 of "đồng")."""

    factor: float
    kind: str


@lru_cache(maxsize=1 << 10)
def measure_of(unit: str) -> Measure:
    """The measure of a unit: "%/năm" -> 1 of "%"; "nghìn tấn" -> 1,000 of "tấn"; "trường" -> 1 of "".

    Counted things are of one kind, told apart by their words; "lớp/năm" is a rate, another kind than "lớp".
    """
    if unit.startswith("%"):
        return Measure(1.0, "%")
    words = key(unit)
    factor, scaled = 1.0, _SCALE.match(words)
    if scaled:
        factor, words = _FACTORS[scaled["scale"]], scaled["of"]
    of, _, per = words.partition("/")
    rate = "/năm" if per.endswith("năm") else ""
    measured = _MEASURED.match(of)
    if measured is None:
        return Measure(factor, rate)
    name, larger = _ALIKE.get(measured.group(), (measured.group(), 1.0))
    return Measure(factor * larger, name if name in _MONEY else name + rate)


_FACTORS = {
    "nghìn": 1e3,
    "ngàn": 1e3,
    "vạn": 1e4,
    "triệu": 1e6,
    "tỷ": 1e9,
    "tỉ": 1e9,
    "nghìn tỷ": 1e12,
    "ngàn tỷ": 1e12,
}
_SCALE = regex.compile(r"(?P<scale>(?:nghìn|ngàn) tỷ|nghìn|ngàn|vạn|triệu|t[ỷỉ])\s+(?P<of>\S.*)$")
_MEASURED = regex.compile(
    r"(?:đồng|vnđ|vnd|usd|đô la|ha|hecta|héc ta|tấn|tạ|kg|km2|km|m2|m3|mét|m|mw|kwh|lít|giờ|phút|ngày|tháng|tuổi|năm)(?!\w)"
)
# one measure for what is written several ways, and how many of it one is
_ALIKE = {
    "vnđ": ("đồng", 1.0), "vnd": ("đồng", 1.0), "đô la": ("usd", 1.0), "hecta": ("ha", 1.0), "héc ta": ("ha", 1.0),
    "tạ": ("tấn", 0.1), "kg": ("tấn", 0.001), "mét": ("m", 1.0), "km": ("m", 1000.0),
}  # fmt: skip
_MONEY = {"đồng", "usd"}


@lru_cache(maxsize=1 << 12)  # comparison asks of the same years again and again
def last_day(horizon: str | None) -> str | None:
    """The last day of a horizon: "2025" -> 2025-12-31, "2023/2025" -> 2025-12-31; "hằng năm" stays; None stays."""
    if horizon is None:
        return None
    end = horizon.rpartition("/")[2]
    if len(end) == 4 and end.isdigit():
        return f"{end}-12-31"
    if len(end) == 7 and end[:4].isdigit():
        return f"{end}-{_LAST[int(end[5:7]) - 1]}" if end[5:7].isdigit() and 1 <= int(end[5:7]) <= 12 else end
    return end


_LAST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
