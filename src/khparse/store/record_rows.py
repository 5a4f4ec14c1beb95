"""The extraction record as rows, in bulk: ids are known beforehand, so that children go in with their parents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from khparse.model.record import Budget, Extraction, Office, Record, Reference, SectionRecord, Target, Task
from khparse.store.database import Database
from khparse.store.documents import document_id
from khparse.text.fold import fold

LinkOffice = Callable[[str, str], int]  # an office's full name and the words in the plan -> its row
SectionRows = list[tuple[int, int, int]]  # start, end, id


class _Sections:
    """The plan's sections by path; a label that the plan repeats gives two of one path, told apart by place."""

    def __init__(self, sections: tuple[SectionRecord, ...], first: int) -> None:
        self.rows: SectionRows = [(s.start, s.end, first + i) for i, s in enumerate(sections)]
        self._by_path: dict[str, SectionRows] = defaultdict(list)
        for section, row in zip(sections, self.rows, strict=True):
            self._by_path[section.path].append(row)

    def id_of(self, record: Record) -> int | None:
        rows = self._by_path.get(record.section or "", [])
        inside = (id_ for start, end, id_ in rows if start <= record.start < end)
        return next(inside, rows[0][2] if rows else None)


def save_records(database: Database, plan_id: int, extraction: Extraction, link: LinkOffice) -> SectionRows:
    """Sections and records of one plan; returns the sections' places in text order."""
    sections = _Sections(extraction.sections, database.next_id("sections"))
    database.insert_all("sections", list(_section_rows(plan_id, extraction.sections, sections.rows)))

    def common(record: Record) -> dict[str, Any]:
        return {
            "plan_id": plan_id,
            "section_id": sections.id_of(record),
            "quote": record.quote,
            "page": record.page,
            "start": record.start,
            "end": record.end,
            "source": record.source,
            "confidence": record.confidence,
        }

    _save_references(database, extraction.references, common)
    _save_targets(database, extraction.targets, common, link)
    _save_tasks(database, extraction.tasks, common, link)
    budgets = [common(b) | _own(b, *_BUDGET) for b in extraction.budgets]
    database.insert_all("budgets", budgets)
    database.insert_all("findings", [common(f) | _own(f, *_FINDING) for f in extraction.findings])
    _link_budgets(database, plan_id)
    return sorted(sections.rows)


Common = Callable[[Record], dict[str, Any]]


def save_one(database: Database, plan_id: int, record: Record, link: LinkOffice, id_: int | None = None) -> None:
    """One record more in a plan that is in; with `id_` in the place of a row that is gone."""

    def common(given: Record) -> dict[str, Any]:
        section = database.first(
            """SELECT id FROM sections WHERE plan_id = ? AND path = ?
               ORDER BY "start" <= ? AND "end" > ? DESC, id LIMIT 1""",
            (plan_id, given.section, given.start, given.start),
        )
        names = ("quote", "page", "start", "end", "source", "confidence")
        return {"plan_id": plan_id, "section_id": section["id"] if section else None, **_own(given, *names)}

    table, save = _saving(record)
    new = database.next_id(table)
    save(database, record, common, link)
    if id_ is not None:
        _renumber(database, table, new, id_)
    if table in {"tasks", "budgets"}:
        _link_budgets(database, plan_id)


def _link_budgets(database: Database, plan_id: int) -> None:
    """A sum that is named as one of the plan's tasks pays for that one, and its lead spends it."""
    database.run(
        """UPDATE budgets SET task_id = (SELECT min(t.id) FROM tasks t WHERE t.plan_id = budgets.plan_id AND t.title = purpose)
           WHERE plan_id = ?""",
        (plan_id,),
    )


def _saving(record: Record) -> tuple[str, Callable[[Database, Any, Common, LinkOffice], None]]:
    if isinstance(record, Task):
        return "tasks", lambda database, one, common, link: _save_tasks(database, (one,), common, link)
    if isinstance(record, Target):
        return "targets", lambda database, one, common, link: _save_targets(database, (one,), common, link)
    if isinstance(record, Reference):
        return "citations", lambda database, one, common, _: _save_references(database, (one,), common)
    table, names = ("budgets", _BUDGET) if isinstance(record, Budget) else ("findings", _FINDING)
    return table, lambda database, one, common, _: database.insert_all(table, [common(one) | _own(one, *names)])


_CHILDREN = {
    "tasks": (("deadlines", "task_id"), ("assignments", "task_id")),
    "targets": (("assignments", "target_id"),),
    "citations": (("mentions", "citation_id"),),
}


def _renumber(database: Database, table: str, new: int, old: int) -> None:
    """The row takes the id of the one it replaces, so that addresses of it still hold."""
    database.run("PRAGMA defer_foreign_keys = ON")
    database.run(f"UPDATE {table} SET id = ? WHERE id = ?", (old, new))
    for child, column in _CHILDREN.get(table, ()):
        database.run(f"UPDATE {child} SET {column} = ? WHERE {column} = ?", (old, new))


_BUDGET = ("purpose", "amount_vnd", "period", "fund", "role")
_FINDING = ("kind", "message")


def _own(record: Record, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _section_rows(plan_id: int, sections: tuple[SectionRecord, ...], places: SectionRows) -> Iterable[dict[str, Any]]:
    for section, (_, _, id_) in zip(sections, places, strict=True):
        yield {"id": id_, "plan_id": plan_id, **section.model_dump()}


def _save_references(database: Database, references: tuple[Reference, ...], common: Common) -> None:
    first = database.next_id("citations")
    rows = [
        common(reference)
        | _own(reference, "relation", "type", "date", "issuer", "title", "pinpoint", "mentions")
        | {"id": id_, "document_id": document_id(database, reference)}
        for id_, reference in enumerate(references, first)
    ]
    database.insert_all("citations", rows)
    spans = {(id_, span.start, span.end) for id_, reference in enumerate(references, first) for span in reference.spans}
    database.insert_all("mentions", [dict(zip(("citation_id", "start", "end"), s, strict=True)) for s in sorted(spans)])


def _indicator(database: Database, name: str) -> int:
    row = database.first("SELECT id FROM indicators WHERE name = ?", (name,))
    return int(row["id"]) if row else database.insert("indicators", {"name": name, "folded": fold(name)})


def _save_targets(database: Database, targets: tuple[Target, ...], common: Common, link: LinkOffice) -> None:
    first = database.next_id("targets")
    rows = [
        common(target)
        | _own(target, "comparator", "value", "value_max", "unit", "horizon", "kind")
        | {"id": id_, "indicator_id": _indicator(database, target.indicator)}
        for id_, target in enumerate(targets, first)
    ]
    database.insert_all("targets", rows)
    assignments = [
        _assignment(office, "lead", link, target_id=id_)
        for id_, target in enumerate(targets, first)
        for office in target.lead
    ]
    database.insert_all("assignments", assignments)


def _save_tasks(database: Database, tasks: tuple[Task, ...], common: Common, link: LinkOffice) -> None:
    numbered = list(enumerate(tasks, database.next_id("tasks")))
    database.insert_all(
        "tasks", [common(task) | _own(task, "title", "deliverable") | {"id": i} for i, task in numbered]
    )
    database.insert_all("deadlines", [{"task_id": i, **task.due.model_dump()} for i, task in numbered if task.due])
    assignments = [
        _assignment(office, role, link, task_id=i)
        for i, task in numbered
        for role, offices in (("lead", task.lead), ("coordinating", task.coordinating))
        for office in offices
    ]
    database.insert_all("assignments", assignments)


def _assignment(
    office: Office, role: str, link: LinkOffice, *, task_id: int | None = None, target_id: int | None = None
) -> dict[str, Any]:
    return {
        "task_id": task_id,
        "target_id": target_id,
        "office_id": link(office.name, office.text),
        "role": role,
        "text": office.text,
        "name": office.name,
        "start": office.start,
        "end": office.end,
    }
