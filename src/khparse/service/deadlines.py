"""What falls due when: recurring tasks on each of their days, and whether they are on time.

The words are those of the follow-up that Quyết định 42/2014/QĐ-TTg asks for: done or not, in time or late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from khparse.model.stored import StoredTask
from khparse.service.judging import status_of
from khparse.service.questions import TaskQuestion, tasks
from khparse.store.database import Database
from khparse.store.statuses import Status
from khparse.text.recurrence import occurrences

WORDS = {"not_started": "chưa thực hiện", "in_progress": "đang thực hiện", "done": "hoàn thành"}
UNTOLD = Status("not_started")


@dataclass(frozen=True, slots=True)
class FallsDue:
    """A task on one of its days (ISO)."""

    day: str
    task: StoredTask
    status: Status
    overdue: bool

    @property
    def words(self) -> str:
        """As it is told: "hoàn thành quá hạn", "đang thực hiện, trong hạn"."""
        told = WORDS[self.status.status]
        return f"{told}{' ' if self.status.status == 'done' else ', '}{'quá hạn' if self.overdue else 'trong hạn'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineQuestion:
    """From day to day (ISO, both included), of an office; `today` tells what is late."""

    first: str
    last: str
    today: str
    office: str | None = None
    overdue: bool = False


def deadlines(database: Database, question: DeadlineQuestion) -> list[FallsDue]:
    """What falls due, day by day; with `overdue` only what is late and not done."""
    asked = TaskQuestion(office=question.office, due_from=question.first, due_to=question.last)
    found = tasks(database, asked)
    told = status_of(database, found)
    rows = [
        _falls_due(day, task, told.get(task.id, UNTOLD), question.today)
        for task in found
        for day in _days(task, question.first, question.last)
    ]
    late = [row for row in rows if not question.overdue or (row.overdue and row.status.status != "done")]
    return sorted(late, key=lambda row: (row.day, row.task.id))


def _falls_due(day: str, task: StoredTask, status: Status, today: str) -> FallsDue:
    """A task that is done is late by the day when it was; of a recurring one, what was told covers the days before."""
    recurring = bool(task.due and task.due.recurrence)
    if status.status == "done" and recurring and status.date and status.date < day:
        status = UNTOLD
    reached = (status.date or day) if status.status == "done" else today
    return FallsDue(day, task, status, not recurring and reached > day if status.status == "done" else reached > day)


def _days(task: StoredTask, first: str, last: str) -> Iterator[str]:
    due = task.due
    if due is None:
        return
    if due.recurrence is None:
        if due.end and first <= due.end <= last:
            yield due.end
        return
    began = max(first, due.start or f"{(task.plan.date or first)[:4]}-01-01")
    until = min(last, due.end or last)
    if began <= until:
        yield from (
            day.isoformat() for day in occurrences(due.recurrence, date.fromisoformat(began), date.fromisoformat(until))
        )
