"""Figures as ranges of numbers: eq a point, ge/gt/le/lt half-lines, between a stretch; and horizons as last days."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple


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
