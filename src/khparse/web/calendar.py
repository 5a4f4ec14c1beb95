"""Deadlines: a month as a calendar, and the same as a list."""

from __future__ import annotations

from calendar import Calendar, monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.responses import Response

from khparse.model.stored import StoredTask
from khparse.service import lists, shapes
from khparse.service.lists import Asked, Listed
from khparse.store import overview as figures
from khparse.store.listing import Turn, Wanted
from khparse.text.recurrence import occurrences
from khparse.web.asking import OFFICE, PLAN, PROVINCE, TASK_FIELDS, WORDS, offices_meant
from khparse.web.listing import ListSpec, list_page
from khparse.web.parameters import Parameter, paged
from khparse.web.visit import PageSpec, View, Visit

MOST_IN_MONTH = 300


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar and what falls due on it."""

    day: date
    tasks: tuple[StoredTask, ...]
    inside: bool


def _month(visit: Visit) -> tuple[date, date]:
    """The first and last day of the month asked for, else of this one."""
    asked = visit.asked["month"]
    first = date.fromisoformat(f"{asked}-01") if asked else visit.today.replace(day=1)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _asked(visit: Visit) -> Asked:
    first, last = _month(visit)
    asked = visit.asked
    wanted = Wanted(
        words=asked["q"],
        role=asked["role"],
        province=asked["province"],
        due_from=first.isoformat(),
        due_to=last.isoformat(),
    )
    return Asked(office=asked["office"], plan=asked["plan"], wanted=wanted)


def _load(visit: Visit, turn: Turn) -> Listed[StoredTask]:
    return lists.tasks(visit.database, _asked(visit), turn)


def deadlines(visit: Visit) -> View | Response:
    """What falls due in a month, day by day."""
    first, last = _month(visit)
    spec = ListSpec("deadlines.html", "thoi-han", TASK_FIELDS, _load, shapes.task_row)
    month = lists.tasks(visit.database, _asked(visit), Turn("due", limit=MOST_IN_MONTH))
    days = days_of(month.rows, first, last)
    weeks = [
        [Day(day, tuple(days.get(day, ())), day.month == first.month) for day in week]
        for week in _weeks(first.year, first.month)
    ]
    return list_page(
        visit,
        spec,
        weeks=weeks,
        first=first,
        before=(first - timedelta(days=1)).isoformat()[:7] if first > date(1, 1, 1) else None,
        after=(last + timedelta(days=1)).isoformat()[:7] if last < date(9999, 12, 1) else None,
        meant=offices_meant(visit),
        provinces=figures.distinct(visit.database, "province"),
    )


def _weeks(year: int, month: int) -> list[list[date]]:
    """The month's weeks, whole; those at the calendar's very ends hold no days outside it."""
    try:
        return Calendar().monthdatescalendar(year, month)
    except OverflowError:
        return []


def days_of(tasks: tuple[StoredTask, ...], first: date, last: date) -> dict[date, list[StoredTask]]:
    """The days of a stretch on which each task falls due."""
    days: dict[date, list[StoredTask]] = defaultdict(list)
    for task in tasks:
        due = task.due
        if due is None:
            continue
        if due.recurrence:
            for day in occurrences(due.recurrence, first, last):
                days[day].append(task)
        elif due.end and first <= date.fromisoformat(due.end) <= last:
            days[date.fromisoformat(due.end)].append(task)
    return days


PAGES = (
    PageSpec(
        "/deadlines",
        "Việc đến hạn trong một tháng",
        deadlines,
        (
            Parameter("month", "month", "Tháng"),
            OFFICE,
            Parameter("role", "choice", "Vai trò của cơ quan", ("lead", "coordinating")),
            WORDS,
            PLAN,
            PROVINCE,
            *paged("due", "plan", "title"),
        ),
    ),
)
