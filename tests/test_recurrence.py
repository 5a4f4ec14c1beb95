"""Recurring deadlines as days."""

from __future__ import annotations

from datetime import date

import pytest

from khparse.text.recurrence import occurrences


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15", ["2024-11-15"]),
        ("FREQ=YEARLY", ["2024-12-31"]),
        ("FREQ=YEARLY;BYMONTH=4,5,6", ["2024-06-30"]),
        ("FREQ=MONTHLY;INTERVAL=3", ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]),
        ("FREQ=MONTHLY;INTERVAL=6", ["2024-06-30", "2024-12-31"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", ["2024-03-15", "2024-06-15", "2024-09-15", "2024-12-15"]),
    ],
)
def test_a_rule_gives_its_days_of_a_year(rule: str, days: list[str]) -> None:
    assert [day.isoformat() for day in occurrences(rule, date(2024, 1, 1), date(2024, 12, 31))] == days


@pytest.mark.parametrize(("rule", "count"), [("FREQ=DAILY", 29), ("FREQ=WEEKLY;BYDAY=FR", 4), ("FREQ=MONTHLY", 1)])
def test_short_rhythms_fill_a_month(rule: str, count: int) -> None:
    assert len(list(occurrences(rule, date(2024, 2, 1), date(2024, 2, 29)))) == count


def test_the_thirtieth_of_february_is_its_last_day() -> None:
    days = list(occurrences("FREQ=MONTHLY;BYMONTHDAY=30", date(2023, 2, 1), date(2023, 2, 28)))
    assert days == [date(2023, 2, 28)]
