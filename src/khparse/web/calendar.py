"""Deadlines: a month as a calendar, and the same as a list."""

from __future__ import annotations

from calendar import Calendar, monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from starlette.responses import Response

from khparse.model.stored import StoredTask
from khparse.service import lists, shapes
from khparse.service.lists import Asked, Listed
from khparse.store import overview as figures
from khparse.store.due import DueDays
from khparse.store.listing import Turn, Wanted
from khparse.web.asking import OFFICE, PLAN, PROVINCE, TASK_FIELDS, WORDS, offices_meant
from khparse.web.listing import ListSpec, list_page
from khparse.web.parameters import Parameter, paged
from khparse.web.visit import PageSpec, View, Visit


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, how many tasks fall due on it, and the first of them."""

    day: date
    count: int
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
    return lists.tasks(visit.database, _asked(visit), replace(turn, sort=turn.sort or "due"))


def deadlines(visit: Visit) -> View | Response:
    """What falls due in a month, day by day."""
    first, last = _month(visit)
    spec = ListSpec("deadlines.html", "thoi-han", TASK_FIELDS, _load, shapes.task_row)
    answer = list_page(
        visit,
        spec,
        first=first,
        before=(first - timedelta(days=1)).isoformat()[:7] if first > date(1, 1, 1) else None,
        after=(last + timedelta(days=1)).isoformat()[:7] if last < date(9999, 12, 1) else None,
        meant=offices_meant(visit),
        provinces=figures.distinct(visit.database, "province"),
    )
    if isinstance(answer, View):
        due = lists.due_between(visit.database, _asked(visit), first, last)
        answer.shown["weeks"] = () if visit.wants_json else _calendar(visit, due, first)
        answer.data["days"] = due.counts
    return answer


def _calendar(visit: Visit, due: DueDays, first: date) -> list[list[Day]]:
    shown = lists.tasks_by_id(visit.database, {id_ for ids in due.first.values() for id_ in ids})

    def of(day: date) -> Day:
        inside, iso = day.month == first.month, day.isoformat()
        tasks = tuple(shown[id_] for id_ in due.first.get(iso, ())) if inside else ()
        return Day(day, due.counts.get(iso, 0) if inside else 0, tasks, inside)

    return [[of(day) for day in week] for week in _weeks(first.year, first.month)]


def _weeks(year: int, month: int) -> list[list[date]]:
    """The month's weeks, whole; those at the calendar's very ends hold no days outside it."""
    try:
        return Calendar().monthdatescalendar(year, month)
    except OverflowError:
        return []


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
