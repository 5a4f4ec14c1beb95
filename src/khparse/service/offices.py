"""Who answers for what as of a day: collectives, predecessors, and tasks left with offices that have ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from khparse.model.stored import StoredTask
from khparse.registry.offices import is_among
from khparse.service.comparison import known_history
from khparse.service.judging import status_of
from khparse.service.questions import offices_named
from khparse.store.database import Database
from khparse.store.office_decisions import ListedOffice, list_offices
from khparse.store.office_list import standing_rows
from khparse.store.queries import Choice, task_rows
from khparse.text.fold import key


@dataclass(frozen=True, slots=True)
class Orphan:
    """An open task whose lead office has ended, and who answers for it now (None: nobody by itself)."""

    task: StoredTask
    office: str
    ended: str
    successor: str | None
    note: str


def with_collectives(database: Database, ids: Iterable[int]) -> tuple[int, ...]:
    """These offices and the collectives of their territories that they are among ("các sở, ban, ngành")."""
    chosen = set(ids)
    offices = [
        (row["id"], row["name"], row["collective"], _province(row["identity"])) for row in standing_rows(database)
    ]
    own = [(name, province) for id_, name, _, province in offices if id_ in chosen]
    among = {
        id_
        for id_, words, collective, territory in offices
        if collective and any(territory == province and is_among(name, words) for name, province in own)
    }
    return tuple(sorted(chosen | among))


def _province(identity: str) -> str:
    """The province of a territory: "2:quảng ninh/tiên yên/" -> "quảng ninh"."""
    return identity.partition(":")[2].split("/")[0]


def as_of(database: Database, name: str, day: str) -> tuple[int, ...]:
    """The offices whose work the named one answers for on that day: itself and those that became it.

    An office that has ended is asked for by its old name too: its successor answers.
    """
    ids = set(offices_named(database, name))
    today = {row["id"]: _today(row["name"], day) for row in standing_rows(database)}
    wanted = {key(name), *(words for id_, words in today.items() if id_ in ids)} - {""}
    return tuple(sorted(id_ for id_, words in today.items() if words in wanted))


def asked_offices(
    database: Database, name: str | None, *, collective: bool, as_of: str | None
) -> tuple[int, ...] | None:
    """The rows that a question about an office means; None where no office is named."""
    if name is None:
        return None
    ids = _as_of(database, name, as_of) if as_of else offices_named(database, name)
    return with_collectives(database, ids) if collective and ids else ids


@lru_cache(maxsize=65536)
def _today(name: str, day: str) -> str:
    successor = known_history().successor(name, day)
    return key(successor) if successor else ""


_as_of = as_of  # a parameter has the name


def owners(task: StoredTask, day: str) -> list[str]:
    """Who answers for a task on that day; an office that ended without one successor is left out."""
    found = (known_history().successor(office.name, day) for office in task.lead)
    return list(dict.fromkeys(name for name in found if name))


def orphans(database: Database, day: str) -> list[Orphan]:
    """Open tasks that by that day are left with an office or a level that has ended."""
    ended = {office.id: office for office in list_offices(database) if known_history().ended(office.name, day)}
    tasks = task_rows(database, Choice(offices=tuple(sorted(ended)), role="lead"))
    told = status_of(database, tasks)
    return [
        orphan
        for task in tasks
        if not (task.id in told and told[task.id].status == "done")
        for orphan in _left_with(task, ended, day)
    ]


def _left_with(task: StoredTask, ended: dict[int, ListedOffice], day: str) -> Iterable[Orphan]:
    for office in task.lead:
        over = known_history().ended(ended[office.id].name, day) if office.id in ended else None
        if over is None or (task.due and task.due.end and task.due.end < over.since):
            continue  # due while the office still stood
        yield Orphan(task, office.name, over.since, known_history().successor(office.name, day), over.note)
