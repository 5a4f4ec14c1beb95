"""Correcting what was read: accept, change, reject or add a record; take it back; export what stands as gold.

A corrected plan waits to be compared anew (service.recompare).
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from khparse.errors import InputError, StoreError
from khparse.model.record import Record
from khparse.rules.kit import load_naming
from khparse.store import corrections as store
from khparse.store.corrections import MODELS, Correction
from khparse.store.database import Database
from khparse.store.load import load_records, load_text

SURE = 1.0


def record_of(database: Database, plan_id: int, kind: str, record_id: int) -> Record:
    """A record by its id. Raises StoreError."""
    found = load_records(database, plan_id, kind).get(record_id)
    if found is None:
        raise StoreError(f"không có bản ghi {record_id} trong kế hoạch {plan_id}", "hãy tải lại trang")
    return found


def accept(database: Database, plan_id: int, kind: str, record_id: int, author: str) -> int:
    """A person has looked, and it is right."""
    present = record_of(database, plan_id, kind, record_id)
    return store.correct(database, plan_id, kind, action="accept", before=record_id, after=present, author=author)


def reject(database: Database, plan_id: int, kind: str, record_id: int, author: str) -> int:
    """It is none: the record goes."""
    return store.correct(database, plan_id, kind, action="reject", before=record_id, after=None, author=author)


def change(database: Database, plan_id: int, kind: str, record_id: int, values: dict[str, Any], author: str) -> int:
    """Other values for a record; its words stay. Raises InputError for values that can't be."""
    present = record_of(database, plan_id, kind, record_id).model_dump(mode="json")
    after = _made(kind, present | _named(values) | {"source": f"person:{author}", "confidence": SURE})
    return store.correct(database, plan_id, kind, action="change", before=record_id, after=after, author=author)


def add(
    database: Database, plan_id: int, kind: str, place: tuple[int, int], values: dict[str, Any], author: str
) -> int:
    """A record that the reader missed, over the marked words. Raises InputError."""
    text = load_text(database, plan_id)
    start, end = place
    quote = text[start:end]
    if not quote.strip() or "\n" in quote or "\t" in quote:
        raise InputError("hãy đánh dấu một đoạn nằm trong một dòng", "chọn lại đoạn văn bản")
    where = {"quote": quote, "start": start, "end": end, **_standing(database, plan_id, start)}
    after = _made(kind, _named(values) | where | {"source": f"person:{author}", "confidence": SURE})
    return store.correct(database, plan_id, kind, action="add", before=None, after=after, author=author)


def take_back(database: Database, correction_id: int, author: str) -> Correction:
    """Undo. Raises StoreError."""
    return store.undo(database, correction_id, author)


def place_of(database: Database, plan_id: int, quote: str, near: int = 0) -> tuple[int, int]:
    """Where words stand in the plan's text, the place nearest to `near`. Raises InputError where they don't."""
    text = load_text(database, plan_id)
    words = " ".join(quote.split())
    places, at = [], text.find(words) if words else -1
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    if not places:
        raise InputError("không thấy đoạn này trong văn bản", "hãy chép đúng nguyên văn, trong một dòng")
    start = min(places, key=lambda place: abs(place - near))
    return start, start + len(words)


def reviews(database: Database, plan_id: int) -> dict[str, Correction]:
    """The last standing correction of each record that is in, by "task-12"."""
    found: dict[str, Correction] = {}
    records: dict[str, dict[int, Record]] = {}
    for correction in store.list_corrections(database, plan_id):
        says = correction.after or correction.before
        if not correction.stands or correction.action == "reject" or says is None:
            continue
        if correction.kind not in records:
            records[correction.kind] = load_records(database, plan_id, correction.kind)
        row = store.find_among(records[correction.kind], says, exact=True)
        if row is not None:
            found[f"{correction.kind}-{row}"] = correction
    return found


def _standing(database: Database, plan_id: int, start: int) -> dict[str, Any]:
    section = database.first(
        """SELECT path FROM sections WHERE plan_id = ? AND "start" <= ? AND "end" > ?
           ORDER BY "start" DESC, level DESC LIMIT 1""",
        (plan_id, start, start),
    )
    page = database.first(
        'SELECT number FROM pages WHERE plan_id = ? AND "start" <= ? ORDER BY number DESC LIMIT 1', (plan_id, start)
    )
    return {"section": section["path"] if section else None, "page": page["number"] if page else None}


def _named(values: dict[str, Any]) -> dict[str, Any]:
    """Offices given as their words -> with their full names."""
    naming = load_naming()
    kept = dict(values)
    for role in ("lead", "coordinating"):
        if role in kept:
            kept[role] = [{"text": text, "name": naming.expand(text)} for text in kept[role]]
    return kept


def _made(kind: str, values: dict[str, Any]) -> Record:
    try:
        return MODELS[kind].model_validate(values, strict=False)
    except ValidationError as error:
        fields = ", ".join(sorted({".".join(map(str, one["loc"])) for one in error.errors()}))
        raise InputError(f"giá trị không hợp lệ: {fields}", "hãy sửa các ô này") from error
