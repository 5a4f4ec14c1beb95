"""What people correct: kept apart from what is read, and done again to what is read anew."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from khparse.errors import StoreError
from khparse.model.record import Budget, Finding, Record, Reference, Target, Task
from khparse.store.database import Database
from khparse.store.jobs import now
from khparse.store.load import load_records
from khparse.store.offices import OfficeRows
from khparse.store.record_rows import save_one

MODELS: dict[str, type[Record]] = {
    "task": Task,
    "target": Target,
    "budget": Budget,
    "finding": Finding,
    "reference": Reference,
}
TABLES = {
    "task": "tasks",
    "target": "targets",
    "budget": "budgets",
    "finding": "findings",
    "reference": "citations",
}
_PLACES = {"start", "end", "page", "source", "confidence", "spans", "mentions"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One thing a person did to a record: `action` is accept, change, reject or add; who and when, and who undid it."""

    id: int
    plan_id: int
    kind: str
    action: str
    quote: str
    section: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    author: str
    made_at: str
    undone_by: str | None
    undone_at: str | None

    @property
    def stands(self) -> bool:
        """Whether it was not undone."""
        return self.undone_at is None


def list_corrections(database: Database, plan_id: int | None = None) -> list[Correction]:
    """Every correction of a plan (of all plans), the first first, the undone ones too."""
    rows = database.rows(
        "SELECT * FROM corrections WHERE :plan IS NULL OR plan_id = :plan ORDER BY id", {"plan": plan_id}
    )
    return [_correction(row) for row in rows]


def get_correction(database: Database, correction_id: int) -> Correction | None:
    """The correction of that id."""
    row = database.first("SELECT * FROM corrections WHERE id = ?", (correction_id,))
    return _correction(row) if row else None


def correct(  # noqa: PLR0913 (a correction is all of these)
    database: Database, plan_id: int, kind: str, *, action: str, before: int | None, after: Record | None, author: str
) -> int:
    """Do and keep a correction of the record `before` (its id) into `after`; returns its id, all or nothing."""
    with database.transaction():
        present = None if before is None else load_records(database, plan_id, kind).get(before)
        if before is not None and present is None:
            raise StoreError(f"không có bản ghi {kind} {before} trong kế hoạch {plan_id}", "hãy tải lại trang")
        told = present or after
        if told is None:
            raise StoreError("không có gì để sửa")
        correction = _correction(
            {
                "id": 0,
                "plan_id": plan_id,
                "kind": kind,
                "action": action,
                "quote": told.quote,
                "section": told.section,
                "before": present.model_dump_json() if present else None,
                "after": after.model_dump_json() if after else None,
                "author": author,
                "made_at": now(),
                "undone_by": None,
                "undone_at": None,
            }
        )
        _do(database, correction, before)
        return _keep(database, correction)


def undo(database: Database, correction_id: int, by: str) -> Correction:
    """Take a correction back. Raises StoreError where it is not there, was undone, or another stands upon it."""
    with database.transaction():
        correction = get_correction(database, correction_id)
        if correction is None or not correction.stands:
            raise StoreError("không có lần sửa này, hoặc đã hoàn tác", "hãy tải lại trang")
        if correction.action != "accept":
            _undo(database, correction)
        database.run("UPDATE corrections SET undone_by = ?, undone_at = ? WHERE id = ?", (by, now(), correction_id))
        _touch(database, correction.plan_id)
        return correction


def reapply(database: Database, plan_id: int) -> None:
    """Do a plan's corrections again, after it was read anew. One whose words are gone waits for them to come back."""
    for correction in list_corrections(database, plan_id):
        if correction.stands:
            _do(database, correction, None)


def _do(database: Database, correction: Correction, before: int | None) -> None:
    if correction.action == "accept":
        return
    found = before if before is not None else _meant(database, correction)
    if correction.action == "reject":
        if found is not None:
            _remove(database, correction.kind, found)
    elif correction.after is not None and (found is not None or correction.action == "add"):
        _write(database, correction, correction.after, found)
    _touch(database, correction.plan_id)


def _meant(database: Database, correction: Correction) -> int | None:
    """The row that a correction is about; one that was added is there only where the reader now finds the very same."""
    if correction.action == "add":
        return find(database, correction, correction.after or {}, exact=True)
    return find(database, correction, correction.before or {})


def _undo(database: Database, correction: Correction) -> None:
    found = find(database, correction, correction.after, exact=True) if correction.after else None
    if correction.after is not None and found is None:
        raise StoreError("bản ghi đã được sửa tiếp sau lần này", "hãy hoàn tác lần sửa sau trước")
    if correction.before is not None:
        _write(database, correction, correction.before, found)
    elif found is not None:
        _remove(database, correction.kind, found)


def find(database: Database, correction: Correction, says: dict[str, Any], *, exact: bool = False) -> int | None:
    """The row that a record kept as `says` means: the same words in the same section, nearest in what it says and where."""
    return find_among(load_records(database, correction.plan_id, correction.kind), says, exact=exact)


def find_among(records: dict[int, Record], says: dict[str, Any], *, exact: bool = False) -> int | None:
    """The same among records that are at hand."""
    same = [(id_, record.model_dump(mode="json")) for id_, record in records.items() if record.quote == says["quote"]]
    if exact:
        same = [(id_, record) for id_, record in same if _values(record) == _values(says)]
    ranked = sorted(
        same,
        key=lambda pair: (
            pair[1]["section"] != says["section"],
            _values(pair[1]) != _values(says),
            abs(pair[1]["start"] - says["start"]),
        ),
    )
    return ranked[0][0] if ranked else None


def _values(record: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in record.items() if name not in _PLACES}
    for role in ("lead", "coordinating"):
        if role in kept:
            kept[role] = [office["name"] for office in kept[role]]
    return kept


def _write(database: Database, correction: Correction, says: dict[str, Any], found: int | None) -> None:
    """The record in the place of `found`, or as a new one where its words still stand in the text."""
    place = _place(database, correction, says, found)
    if place is None:
        return
    if found is not None:
        _remove(database, correction.kind, found)
    record = MODELS[correction.kind].model_validate(says | place, strict=False)
    row = database.rows("SELECT province, issuer FROM plans WHERE id = ?", (correction.plan_id,))[0]
    offices = OfficeRows(database, row["province"], row["issuer"])
    save_one(database, correction.plan_id, record, offices.link, found)


def _place(
    database: Database, correction: Correction, says: dict[str, Any], found: int | None
) -> dict[str, Any] | None:
    """Where the record's words stand now; None where they are gone."""
    if found is not None:
        row = database.rows(f'SELECT "start", "end", page FROM {TABLES[correction.kind]} WHERE id = ?', (found,))[0]
        if row["end"] - row["start"] == len(says["quote"]):
            return row
    text = str(database.rows("SELECT text FROM texts WHERE plan_id = ?", (correction.plan_id,))[0]["text"])
    if text[says["start"] : says["end"]] == says["quote"]:
        return {}
    starts = _all(text, says["quote"])
    start = min(starts, key=lambda at: abs(at - says["start"]), default=None)
    if start is None:
        return None
    page = database.first(
        'SELECT number FROM pages WHERE plan_id = ? AND "start" <= ? ORDER BY number DESC LIMIT 1',
        (correction.plan_id, start),
    )
    place = {"start": start, "end": start + len(says["quote"]), "page": page["number"] if page else None}
    return place | ({"spans": ()} if correction.kind == "reference" else {})


def _all(text: str, quote: str) -> Iterable[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _remove(database: Database, kind: str, record_id: int) -> None:
    database.run(f"DELETE FROM {TABLES[kind]} WHERE id = ?", (record_id,))


def _touch(database: Database, plan_id: int) -> None:
    """The plan has changed, for whoever keeps something made of it."""
    database.run("UPDATE plans SET changed_at = ? WHERE id = ?", (now(), plan_id))


def _keep(database: Database, correction: Correction) -> int:
    names = ("plan_id", "kind", "action", "quote", "section", "author", "made_at")
    values = {name: getattr(correction, name) for name in names}
    for name in ("before", "after"):
        value = getattr(correction, name)
        values[name] = None if value is None else json.dumps(value, ensure_ascii=False)
    return database.insert("corrections", values)


def _correction(row: dict[str, Any]) -> Correction:
    loaded = {name: json.loads(row[name]) if row[name] else None for name in ("before", "after")}
    return Correction(**(row | loaded))
