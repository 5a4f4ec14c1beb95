"""The days that a recurring deadline falls on: RFC 5545 rules as khparse writes them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

_WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}


def occurrences(rule: str, first: date, last: date) -> Iterator[date]:
    """The rule's days from `first` to `last`, both included.

    "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15" -> each 15 November. Where a rule names no day, the last one of its
    interval counts: "FREQ=MONTHLY;INTERVAL=3" -> the quarters' last days, "FREQ=YEARLY" -> 31 December.
    """
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    frequency = parts.get("FREQ")
    if frequency in {"DAILY", "WEEKLY"}:
        yield from _weekdays(None if frequency == "DAILY" else _WEEKDAYS.get(parts.get("BYDAY", "SU"), 6), first, last)
    elif frequency in {"MONTHLY", "YEARLY"}:
        months = _months(parts, yearly=frequency == "YEARLY")
        yield from _month_days(months, _last(parts.get("BYMONTHDAY")), first, last)


def _weekdays(weekday: int | None, first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if weekday is None or day.weekday() == weekday:
            yield day


def _months(parts: dict[str, str], *, yearly: bool) -> set[int]:
    """The months that close an interval: of "BYMONTH=1,2,3" (a quarter) the last."""
    if yearly:
        return {_last(parts.get("BYMONTH")) or 12}
    interval = int(parts.get("INTERVAL", "1"))
    return {month for month in range(1, 13) if month % min(interval, 12) == 0}


def _last(numbers: str | None) -> int | None:
    """The greatest of a list: 1,2,3 -> 3."""
    return max(map(int, numbers.split(","))) if numbers else None


def _month_days(months: set[int], day: int | None, first: date, last: date) -> Iterator[date]:
    for year in range(first.year, last.year + 1):
        for month in sorted(months):
            length = monthrange(year, month)[1]
            due = date(year, month, min(day or length, length))
            if first <= due <= last:
                yield due
