"""Deadlines in words to ISO days and RFC 5545 rules (spec: extraction record, `due`).

A value is a mapping of what is stated: `{"kind": "quarter", "end": "2022-12-31"}`. A day whose year is not written
is "--06-30" (ISO 8601's truncated form): whoever knows the plan's own year completes it with `in_year`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from typing import NamedTuple

import regex

Value = dict[str, str]

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_COUNTS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "chín": 9}
_WEEKDAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA", "nhật": "SU"}
_WEEKDAYS |= {"2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR", "7": "SA"}

_SLASH = r"\s?[/.\-–]\s?"
_OF_YEAR = rf"(?:(?:{_SLASH}|/?,?\s*năm\s+)(?P<year>(?:19|20)\d\d))?"
_POINT = regex.compile(
    rf"""
      (?:ngày|mùng|mồng)?\s*\b(?P<day>\d{{1,2}})(?:{_SLASH}|,?\s*tháng\s+)(?P<month>1[0-2]|0?[1-9])(?!\d){_OF_YEAR}(?!\d)
    | (?:tháng|\bT)\s*(?P<month>1[0-2]|0?[1-9])(?!\d){_OF_YEAR}
    | \b(?P<month>1[0-2]|0?[1-9])/(?P<year>(?:19|20)\d\d)
    | (?:qu[ýí]\s*)(?P<quarter>IV|I{{1,3}}|[1-4])\b{_OF_YEAR}
    | (?P<count>\d\d?|sáu|chín|ba)\s+tháng\s+(?P<side>đầu|cuối)(?:\s+(?:của\s+)?năm)?(?:\s+(?P<year>(?:19|20)\d\d))?
    | (?:năm\s+)?\b(?P<year>(?:19|20)\d\d)\b
    | (?:ngày|mùng|mồng)\s*(?P<day>\d{{1,2}})\b
    """,
    regex.VERBOSE | regex.IGNORECASE,
)


class Point(NamedTuple):
    """A named stretch of the calendar: a day, a month, a quarter, half a year, a year; year and months may be unsaid."""

    kind: str
    year: int | None
    months: tuple[int, int] | None
    day: int | None = None

    def first(self) -> str | None:
        """Its first day: "Quý IV/2022" -> "2022-10-01"."""
        return self.months and _iso(self.year, self.months[0], self.day or 1)

    def last(self) -> str | None:
        """Its last day: "Quý IV/2022" -> "2022-12-31", "15/6" -> "--06-15"; None for a day that does not exist."""
        if self.months is None:
            return None
        return _iso(self.year, self.months[1], self.day or monthrange(self.year or 2023, self.months[1])[1])


def _iso(year: int | None, month: int, day: int) -> str | None:
    if not 1 <= day <= monthrange(year or 2024, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}" if year else f"--{month:02}-{day:02}"


def in_year(value: str | None, year: int | None) -> str | None:
    """A truncated day completed: ("--06-30", 2025) -> "2025-06-30"; a whole day stays, None without a year."""
    if value is None or not value.startswith("--"):
        return value
    return _iso(year, int(value[2:4]), int(value[5:7])) if year else None


def point_in(text: str) -> Point | None:
    """The first named stretch of the calendar: "đến hết quý II/2025" -> quarter, 2025, months 4 to 6."""
    match = _POINT.search(text)
    return _point(match.groupdict()) if match else None


def _point(groups: Mapping[str, str | None]) -> Point:
    year = int(groups["year"]) if groups["year"] else None
    if groups["quarter"]:
        quarter = _QUARTERS[groups["quarter"].lower()]
        return Point("quarter", year, (3 * quarter - 2, 3 * quarter))
    if groups["count"]:
        count = _COUNTS.get(groups["count"].lower()) or int(groups["count"])
        return Point("period", year, (1, min(count, 12)) if groups["side"] == "đầu" else (max(13 - count, 1), 12))
    if groups["month"]:
        month = int(groups["month"])
        day = int(groups["day"]) if groups["day"] else None
        return Point("date" if day else "month", year, (month, month), day)
    return Point("date", None, None, int(groups["day"])) if groups["day"] else Point("year", year, (1, 12))


def _value(kind: str, start: str | None = None, end: str | None = None, recurrence: str | None = None) -> Value:
    stated = {"kind": kind, "start": start, "end": end, "recurrence": recurrence}
    return {name: words for name, words in stated.items() if words}


def due_point(match: regex.Match[str]) -> Value | None:
    """Reads "Quý IV năm 2022" -> quarter, end 2022-12-31; "6 tháng đầu năm 2025" -> period 2025-01-01 to 2025-06-30."""
    point = point_in(match.group())
    if point is None or point.last() is None:
        return None
    return _value(point.kind, point.first() if point.kind == "period" else None, point.last())


def due_range(match: regex.Match[str]) -> Value | None:
    """Reads "từ ngày 15/11 đến ngày 15/12/2025" -> period; what the first end leaves unsaid is taken from the last.

    "từ tháng 3 đến tháng 5/2025", "quý I, II/2025" (`unit` carried on), "từ nay đến 30/6/2025" (no start).
    """
    unit = match.groupdict().get("unit") or ""
    last = point_in(f"{unit} {match['last']}")
    first = point_in(f"{unit} {match['first']}")
    if last is None or last.last() is None:
        return None
    if first is None:
        return _value(last.kind if last.kind != "year" else "year", None, last.last())
    first = first._replace(year=first.year or last.year, months=first.months or last.months)
    start, end = first.first(), last.last()
    return _value("period", start, end) if start and end and start <= end else None


def due_days(match: regex.Match[str]) -> Value | None:
    """Reads "15-20/11/2025" -> a period within one month."""
    last = point_in(match["last"])
    if last is None or last.last() is None:
        return None
    start, end = last._replace(day=int(match["first"])).first(), last.last()
    return _value("period", start, end) if start and end and start <= end else None


def due_start(match: regex.Match[str]) -> Value | None:
    """Reads "từ năm 2026 trở đi" -> a period that begins and does not end."""
    point = point_in(match["first"])
    return _value("period", point.first()) if point and point.first() else None


def due_school_year(match: regex.Match[str]) -> Value | None:
    """Reads "năm học 2024-2025" -> September to May (the school calendar that Bộ Giáo dục và Đào tạo issues each year)."""
    first, last = int(match["first"]), int(match["last"])
    return _value("period", f"{first}-09-01", f"{last}-05-31") if last == first + 1 else None


# months, or days and weeks, in each unit of a rhythm
_FREQUENCIES = {
    "ngày": ("DAILY", 1),
    "tuần": ("WEEKLY", 1),
    "tháng": ("MONTHLY", 1),
    "quý": ("MONTHLY", 3),
    "quí": ("MONTHLY", 3),
    "năm": ("YEARLY", 1),
}
_LENGTHS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}
_UNIT = regex.compile(r"(?:(?P<count>\d{1,2}|hai|ba|sáu)\s+)?(?P<unit>ngày|tuần|tháng|qu[ýí]|năm)\b", regex.IGNORECASE)


def rhythm(text: str) -> str | None:
    """The shortest interval that the words name: "hàng tháng, quý" -> FREQ=MONTHLY, "2 năm" -> FREQ=YEARLY;INTERVAL=2."""
    found = []
    for match in _UNIT.finditer(text):
        frequency, interval = _FREQUENCIES[match["unit"].lower()]
        count = (match["count"] or "1").lower()
        interval *= _COUNTS.get(count) or int(count)
        found.append((interval * _LENGTHS[frequency], _rule(frequency, interval)))
    return min(found)[1] if found else None


def _rule(frequency: str, interval: int) -> str:
    if frequency == "MONTHLY" and interval % 12 == 0:
        frequency, interval = "YEARLY", interval // 12
    return f"FREQ={frequency}" + (f";INTERVAL={interval}" if interval > 1 else "")


def due_rhythm(match: regex.Match[str]) -> Value | None:
    """Reads "hằng năm" -> FREQ=YEARLY, "định kỳ 6 tháng, năm" -> FREQ=MONTHLY;INTERVAL=6."""
    found = rhythm(match["rhythm"])
    return _value("recurring", recurrence=found) if found else None


def due_yearly(match: regex.Match[str]) -> Value | None:
    """Reads "trước ngày 15 tháng 11 hằng năm" -> FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15; of two days only FREQ=YEARLY."""
    points = [_point(found.groupdict()) for found in _POINT.finditer(match["days"])]
    if len(points) != 1 or points[0].months is None:
        return _value("recurring", recurrence="FREQ=YEARLY") if points else None
    return yearly_on(points[0])


def yearly_on(point: Point) -> Value | None:
    """A day or month of each year as a rule."""
    if point.months is None or point.last() is None:
        return None
    months = ",".join(str(month) for month in range(point.months[0], point.months[1] + 1))
    day = f";BYMONTHDAY={point.day}" if point.day else ""
    return _value("recurring", recurrence=f"FREQ=YEARLY;BYMONTH={months}{day}")


def due_monthly(match: regex.Match[str]) -> Value | None:
    """Reads "ngày 25 hằng tháng" -> FREQ=MONTHLY;BYMONTHDAY=25, "ngày 15 tháng cuối quý" -> …;INTERVAL=3;BYMONTHDAY=15."""
    day, found = int(match["day"]), rhythm(match["rhythm"])
    return _value("recurring", recurrence=f"{found};BYMONTHDAY={day}") if found and 1 <= day <= 31 else None


def due_weekly(match: regex.Match[str]) -> Value | None:
    """Reads "thứ Sáu hằng tuần" -> FREQ=WEEKLY;BYDAY=FR."""
    return _value("recurring", recurrence=f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[match['weekday'].lower()]}")


def due_plan_year(_: regex.Match[str]) -> Value | None:
    """Reads "Trong năm" -> the last day of a year that is not said."""
    return _value("year", None, "--12-31")


def due_ongoing(_: regex.Match[str]) -> Value | None:
    """Reads "Thường xuyên" -> ongoing, no day."""
    return _value("ongoing")


def due_by_reference(_: regex.Match[str]) -> Value | None:
    """Reads "Theo Công văn số 21/UBND-VP" -> by_reference: another document says when."""
    return _value("by_reference")


NORMALISERS: dict[str, Callable[[regex.Match[str]], Value | None]] = {
    "due_point": due_point,
    "due_range": due_range,
    "due_start": due_start,
    "due_days": due_days,
    "due_school_year": due_school_year,
    "due_rhythm": due_rhythm,
    "due_yearly": due_yearly,
    "due_monthly": due_monthly,
    "due_weekly": due_weekly,
    "due_plan_year": due_plan_year,
    "due_ongoing": due_ongoing,
    "due_by_reference": due_by_reference,
}
