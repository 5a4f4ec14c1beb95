"""iCalendar (RFC 5545): deadlines as all-day events, or as to-dos; recurring ones recur in the calendar too."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, Todo, vRecur

from khparse.export.facts import Facts, Files
from khparse.model.record import Due
from khparse.model.stored import StoredPlan, StoredTask
from khparse.text.recurrence import occurrences

LONGEST_SUMMARY = 120
_YEARS_AHEAD = 5  # the first day of a rhythm is found in so many years


def ics_files(facts: Facts, now: datetime, *, as_todos: bool = False) -> Files:
    """One calendar of the tasks that have a day; `now` is the time of export, in UTC.

    A task "trước ngày 15/11/2025" is an event of that day (or a to-do due then), "hằng quý" recurs on the quarters'
    last days. "Thường xuyên" and deadlines that only another document sets have no day and are left out.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//khparse//deadlines//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Thời hạn trong kế hoạch")
    for uid, task in _named(facts.tasks):
        entry = _entry(task, facts, as_todos=as_todos)
        if entry is not None:
            entry.add("uid", uid)
            entry.add("dtstamp", now)
            calendar.add_component(entry)
    return {"": calendar.to_ical()}


def _named(tasks: Iterable[StoredTask]) -> Iterator[tuple[str, StoredTask]]:
    """Each task with a name that stays when its plan is read again, exported again, or stored elsewhere."""
    seen: Counter[str] = Counter()
    for task in tasks:
        words = "\n".join((_identity(task.plan), task.section or "", task.title, task.due.text if task.due else ""))
        digest = hashlib.sha256(words.encode()).hexdigest()[:32]
        seen[digest] += 1
        yield f"{digest}-{seen[digest]}@khparse", task


def _identity(plan: StoredPlan) -> str:
    own = (plan.number, plan.issuer, plan.date) if plan.number else (plan.title, plan.issuer, plan.file)
    return "|".join(part or "" for part in own)


def _entry(task: StoredTask, facts: Facts, *, as_todos: bool) -> Event | Todo | None:
    due = task.due
    days = _days(due, task.plan) if due else None
    if due is None or days is None:
        return None
    start, end = days
    entry = Todo() if as_todos else Event()
    if as_todos:
        entry.add("due", end)
        if due.recurrence or due.start:
            entry.add("dtstart", start)
    else:
        entry.add("dtstart", end)  # a period is due on its last day
        entry.add("dtend", end + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
    if due.recurrence:
        entry.add("rrule", _rule(due.recurrence, end, due.end))
    if as_todos and task.status and not due.recurrence:  # of a rhythm what is told is told of some of its days
        entry.add("status", _PROGRESS[task.status])
        if task.status == "done" and task.status_date:
            entry.add("completed", datetime.fromisoformat(task.status_date).replace(tzinfo=UTC))
    _describe(entry, task, facts)
    return entry


_PROGRESS = {"not_started": "NEEDS-ACTION", "in_progress": "IN-PROCESS", "done": "COMPLETED"}


def _days(due: Due, plan: StoredPlan) -> tuple[date, date] | None:
    """The first and the last day of a deadline (of a rhythm, of its first beat); None where it names no day."""
    if due.recurrence:
        began = date.fromisoformat(due.start or f"{(plan.date or '')[:4] or _year_of(due)}-01-01")
        first = next(occurrences(due.recurrence, began, began.replace(year=began.year + _YEARS_AHEAD, day=1)), None)
        return (first, first) if first else None
    if due.end is None:
        return None
    end = date.fromisoformat(due.end)
    return (date.fromisoformat(due.start) if due.start else end, end)


def _year_of(due: Due) -> str:
    """A rhythm without a beginning in a plan without a date begins with the year that ends it, else in 2000."""
    return due.end[:4] if due.end else "2000"


def _rule(recurrence: str, first: date, until: str | None) -> vRecur:
    """The rule with its day named: "FREQ=YEARLY" that first falls on 31/12 -> BYMONTH=12;BYMONTHDAY=31."""
    rule: vRecur = vRecur.from_ical(recurrence)
    frequency = str(rule["FREQ"][0])
    if frequency in {"MONTHLY", "YEARLY"}:
        last = first.day == monthrange(first.year, first.month)[1] and "BYMONTHDAY" not in rule
        rule["BYMONTHDAY"] = [-1 if last else first.day]
    if frequency == "YEARLY":
        rule["BYMONTH"] = [first.month]
    if frequency == "WEEKLY":
        rule["BYDAY"] = [("MO", "TU", "WE", "TH", "FR", "SA", "SU")[first.weekday()]]
    if until:
        rule["UNTIL"] = [date.fromisoformat(until)]
    return rule


def _describe(entry: Event | Todo, task: StoredTask, facts: Facts) -> None:
    entry.add("summary", _shortened(task.title))
    lead = "; ".join(office.name for office in task.lead)
    coordinating = "; ".join(office.name for office in task.coordinating)
    place = ", ".join(
        filter(None, (task.section and f"mục {task.section}", f"trang {task.page}" if task.page else None))
    )
    lines = (
        task.title,
        f"Chủ trì: {lead}" if lead else "",
        f"Phối hợp: {coordinating}" if coordinating else "",
        f"Thời hạn: {task.due.text}" if task.due else "",
        f"Sản phẩm: {task.deliverable}" if task.deliverable else "",
        f"Theo {task.plan.type or 'Kế hoạch'} {task.plan.name}{f' ({place})' if place else ''}: “{task.quote}”",
    )
    entry.add("description", "\n".join(filter(None, lines)))
    if task.lead:
        entry.add("categories", [office.name for office in task.lead])
    if link := facts.link(task.plan, task.page):
        entry.add("url", link)


def _shortened(title: str) -> str:
    if len(title) <= LONGEST_SUMMARY:
        return title
    return title[: LONGEST_SUMMARY - 1].rsplit(" ", 1)[0] + "…"
