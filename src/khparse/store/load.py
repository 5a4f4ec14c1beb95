"""A plan's extraction record, built again from its rows: what was saved is what comes back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from khparse.errors import StoreError
from khparse.model.record import (
    Budget,
    Due,
    Extraction,
    Finding,
    Mention,
    Office,
    Particulars,
    Record,
    Reference,
    SectionRecord,
    SignerRecord,
    Target,
    Task,
)
from khparse.store.database import Database

_COMMON = """sections.path AS section, r.quote, r.page, r."start", r."end", r.source, r.confidence"""
_FROM = "LEFT JOIN sections ON sections.id = r.section_id WHERE r.plan_id = ? ORDER BY r.id"


def load_extraction(database: Database, plan_id: int) -> Extraction:
    """The whole record of one plan. Raises StoreError where there is no such plan."""
    return Extraction(
        document=load_particulars(database, plan_id),
        sections=tuple(SectionRecord(**row) for row in _sections(database, plan_id)),
        references=_references(database, plan_id),
        targets=_targets(database, plan_id),
        tasks=_tasks(database, plan_id),
        budgets=_budgets(database, plan_id),
        findings=_findings(database, plan_id),
    )


def load_records(database: Database, plan_id: int, kind: str) -> dict[int, Record]:
    """A plan's records of a kind (task, target, budget, finding, reference) by their rows' ids."""
    table, records = _KINDS[kind]
    ids = [row["id"] for row in database.rows(f"SELECT id FROM {table} WHERE plan_id = ? ORDER BY id", (plan_id,))]
    return dict(zip(ids, records(database, plan_id), strict=True))


def _budgets(database: Database, plan_id: int) -> tuple[Budget, ...]:
    sql = f"SELECT purpose, amount_vnd, period, fund, r.role, {_COMMON} FROM budgets r {_FROM}"
    return tuple(Budget.model_validate(row, strict=False) for row in database.rows(sql, (plan_id,)))


def _findings(database: Database, plan_id: int) -> tuple[Finding, ...]:
    sql = f"SELECT kind, message, {_COMMON} FROM findings r {_FROM}"
    return tuple(Finding.model_validate(row, strict=False) for row in database.rows(sql, (plan_id,)))


def load_text(database: Database, plan_id: int) -> str:
    """The canonical text of a plan."""
    row = database.first("SELECT text FROM texts WHERE plan_id = ?", (plan_id,))
    if row is None:
        raise StoreError(f"không có kế hoạch {plan_id}", "hãy xem `khparse plans`")
    return str(row["text"])


def load_particulars(database: Database, plan_id: int) -> Particulars:
    """The plan's own particulars. Raises StoreError where there is no such plan."""
    row = database.first("SELECT type, number, issuer, province, date, title FROM plans WHERE id = ?", (plan_id,))
    if row is None:
        raise StoreError(f"không có kế hoạch {plan_id}", "hãy xem `khparse plans`")
    signers = database.rows("SELECT name, position FROM signers WHERE plan_id = ? ORDER BY place", (plan_id,))
    recipients = database.rows("SELECT text FROM recipients WHERE plan_id = ? ORDER BY place", (plan_id,))
    return Particulars(
        **row,
        signers=tuple(SignerRecord(**signer) for signer in signers),
        recipients=tuple(recipient["text"] for recipient in recipients),
    )


def _sections(database: Database, plan_id: int) -> list[dict[str, Any]]:
    sql = 'SELECT path, label, heading, level, page, "start", "end" FROM sections WHERE plan_id = ? ORDER BY id'
    return database.rows(sql, (plan_id,))


def _references(database: Database, plan_id: int) -> tuple[Reference, ...]:
    rows = database.rows(
        f"""SELECT r.id, r.type, d.number, r.date, r.issuer, r.title, pinpoint, relation, mentions, {_COMMON}
            FROM citations r JOIN documents d ON d.id = r.document_id {_FROM}""",
        (plan_id,),
    )
    spans: dict[int, list[Mention]] = defaultdict(list)
    sql = """SELECT citation_id, mentions."start", mentions."end" FROM mentions JOIN citations ON citations.id = citation_id
             WHERE plan_id = ? ORDER BY 2"""
    for row in database.rows(sql, (plan_id,)):
        spans[row["citation_id"]].append(Mention(start=row["start"], end=row["end"]))
    return tuple(Reference.model_validate({"spans": tuple(spans[row.pop("id")]), **row}, strict=False) for row in rows)


def _offices(database: Database, plan_id: int, table: str) -> dict[tuple[int, str], tuple[Office, ...]]:
    """The offices of each task or target (`table`) of a plan, by its id and their role."""
    found: dict[tuple[int, str], list[Office]] = defaultdict(list)
    owner = {"tasks": "task_id", "targets": "target_id"}[table]
    rows = database.rows(
        f"""SELECT {owner} AS owner, a.role, a.text, a.name, a."start", a."end"
            FROM assignments a JOIN {table} r ON r.id = a.{owner} WHERE r.plan_id = ? ORDER BY a.id""",
        (plan_id,),
    )
    for row in rows:
        found[row.pop("owner"), row.pop("role")].append(Office(**row))
    return {key: tuple(offices) for key, offices in found.items()}


def _targets(database: Database, plan_id: int) -> tuple[Target, ...]:
    offices = _offices(database, plan_id, "targets")
    rows = database.rows(
        f"""SELECT r.id, i.name AS indicator, comparator, value, value_max, unit, horizon, kind, {_COMMON}
            FROM targets r JOIN indicators i ON i.id = r.indicator_id {_FROM}""",
        (plan_id,),
    )
    return tuple(
        Target.model_validate({"lead": offices.get((row.pop("id"), "lead"), ()), **row}, strict=False) for row in rows
    )


def _tasks(database: Database, plan_id: int) -> tuple[Task, ...]:
    offices = _offices(database, plan_id, "tasks")
    due = {
        row.pop("task_id"): Due.model_validate(row, strict=False)
        for row in database.rows(
            """SELECT task_id, kind, d."start", d."end", recurrence, text
               FROM deadlines d JOIN tasks ON tasks.id = task_id WHERE plan_id = ?""",
            (plan_id,),
        )
    }
    tasks = []
    for row in database.rows(f"SELECT r.id, r.title, deliverable, {_COMMON} FROM tasks r {_FROM}", (plan_id,)):
        id_ = row.pop("id")
        lead, coordinating = offices.get((id_, "lead"), ()), offices.get((id_, "coordinating"), ())
        tasks.append(Task(**row, lead=lead, coordinating=coordinating, due=due.get(id_)))
    return tuple(tasks)


_KINDS: dict[str, tuple[str, Callable[[Database, int], tuple[Record, ...]]]] = {
    "task": ("tasks", _tasks),
    "target": ("targets", _targets),
    "budget": ("budgets", _budgets),
    "finding": ("findings", _findings),
    "reference": ("citations", _references),
}
