"""Horizons: by when an aim is to be reached, as much as is stated ("2025", "2021-12-31", "2023/2025", "hằng năm")."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from typing import Any

import regex

EVERY_YEAR = "hằng năm"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def year_horizon(match: regex.Match[str]) -> str:
    """Reads "đến năm 2025" -> "2025"; "cuối năm 2021", "hết năm 2021" -> "2021-12-31"."""
    return f"{match['year']}-12-31" if match.groupdict().get("end") else match["year"]


def period_horizon(match: regex.Match[str]) -> str:
    """Reads "giai đoạn 2021 - 2025" -> "2021/2025"; a period that ends before it begins is its end alone."""
    first, last = match["first"], match["last"]
    return f"{first}/{last}" if first < last else last


def day_horizon(match: regex.Match[str]) -> str | None:
    """Reads "Đến 30/8/2025" -> "2025-08-30"; None for a day that does not exist."""
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}"


def month_horizon(match: regex.Match[str]) -> str | None:
    """Reads "đến tháng 6/2025" -> "2025-06"."""
    month = int(match["month"])
    return f"{match['year']}-{month:02}" if 1 <= month <= 12 else None


def quarter_horizon(match: regex.Match[str]) -> str:
    """The quarter's last day: "hết quý II/2025" -> "2025-06-30"; "6 tháng đầu năm 2025" -> "2025-06-30"."""
    quarter = _QUARTERS[match["quarter"].lower()] if match.groupdict().get("quarter") else 2
    return f"{match['year']}-{quarter * 3:02}-{30 if quarter in {2, 3} else 31}"


def yearly_horizon(match: regex.Match[str]) -> str:
    """Reads "mỗi năm", "hàng năm" -> "hằng năm": an aim for each year."""
    del match
    return EVERY_YEAR


NORMALISERS: dict[str, Callable[[regex.Match[str]], Any]] = {
    "year_horizon": year_horizon,
    "period_horizon": period_horizon,
    "day_horizon": day_horizon,
    "month_horizon": month_horizon,
    "quarter_horizon": quarter_horizon,
    "yearly_horizon": yearly_horizon,
}
