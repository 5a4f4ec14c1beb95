"""Saving a plan: one transaction, everything or nothing."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from khparse.model.record import Extraction, Particulars
from khparse.model.result import PARSER_VERSION, Result
from khparse.registry.jurisdictions import jurisdiction_of
from khparse.store.corrections import reapply
from khparse.store.database import Database
from khparse.store.load import load_extraction
from khparse.store.offices import OfficeRows
from khparse.store.record_rows import save_records
from khparse.text.fold import fold, key


class Saved(StrEnum):
    """What saving did to the database."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The file that was read: where it lies, what it is called, its size in bytes."""

    path: str
    name: str
    size: int


def is_known(database: Database, sha256: str, path: str) -> bool:
    """Whether this content needs no reading: read by this program version, or given up for a later state of its plan."""
    row = database.first(
        """SELECT files.id, parser_version, plans.file_id = files.id AS current,
             (SELECT file_id FROM paths WHERE path = ?) AS last
           FROM files JOIN plans ON plans.id = files.plan_id WHERE sha256 = ?""",
        (path, sha256),
    )
    if row is None or row["last"] not in (None, row["id"]):
        return False
    if row["parser_version"] < PARSER_VERSION and row["current"]:
        return False
    if row["last"] is None:
        with database.transaction():
            _remember_path(database, path, row["id"])
    return True


def save_plan(database: Database, result: Result, file: FileFacts) -> tuple[int, Saved]:
    """The plan's id, and whether it is new, updates the same plan (which goes to the history), or changes nothing."""
    with database.transaction():
        if twin := _read_meanwhile(database, result.sha256):
            _remember_path(database, file.path, twin["file_id"])
            return int(twin["plan_id"]), Saved.UNCHANGED
        file_id = _save_file(database, result, file)
        _remember_path(database, file.path, file_id)
        present = _present(database, result.extraction, file_id)
        plan_id, saved = _save(database, result, file_id, present)
        database.run("UPDATE files SET plan_id = ? WHERE id = ?", (plan_id, file_id))
        return plan_id, saved


def _read_meanwhile(database: Database, sha256: str) -> dict[str, Any] | None:
    """The same content, saved since it was last asked for: a copy under another name, another ingest at work."""
    sql = """SELECT files.id AS file_id, plans.id AS plan_id FROM files JOIN plans ON plans.file_id = files.id
             WHERE sha256 = ? AND parser_version >= ?"""
    return database.first(sql, (sha256, PARSER_VERSION))


def identity_of(extraction: Extraction, sha256: str) -> str:
    """What makes two files one plan: number, issuer and date; where it has no number, its title instead."""
    plan = extraction.document
    distinct = plan.number or plan.title
    if not distinct:
        return f"sha256:{sha256}"
    return "|".join((fold(key(distinct)), fold(key(plan.issuer or "")), plan.date or ""))


def digest_of(extraction: Extraction) -> str:
    """A fingerprint of what the plan says, the same in each form (text, DOCX, PDF) that it is read from."""
    values = json.dumps(_values(extraction.model_dump(mode="json")), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(values.encode()).hexdigest()


_fold_line = fold.__wrapped__  # lines hardly repeat: keeping them would only fill the memory
_PLACES = {"start", "end", "page", "quote", "spans", "source", "confidence"}


def _values(value: Any, *, inside_due: bool = False) -> Any:
    """The record without where and how it was read; a deadline's start and end are values."""
    if isinstance(value, dict):
        kept = {name: part for name, part in value.items() if inside_due or name not in _PLACES}
        return {name: _values(part, inside_due=name == "due") for name, part in kept.items()}
    if isinstance(value, list | tuple):
        return [_values(part) for part in value]
    return value


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _remember_path(database: Database, path: str, file_id: int) -> None:
    sql = "INSERT INTO paths (path, file_id) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET file_id = excluded.file_id"
    database.run(sql, (path, file_id))


def _save_file(database: Database, result: Result, file: FileFacts) -> int:
    document = result.document
    values = {
        "sha256": result.sha256,
        "name": file.name,
        "media_type": str(document.media_type),
        "size": file.size,
        "pages": len(document.pages) or None,
        "confidence": document.confidence,
        "notices": json.dumps(document.notices, ensure_ascii=False),
        "parser_version": PARSER_VERSION,
        "read_at": _now(),
    }
    row = database.first("SELECT id FROM files WHERE sha256 = ?", (result.sha256,))
    if row is None:
        return database.insert("files", values)
    database.tables["files"].update(row["id"], values)
    return int(row["id"])


def _present(database: Database, extraction: Extraction, file_id: int) -> dict[str, Any] | None:
    """The plan that this file is a version of, if it is in.

    A file that a newer program reads may now have another identity: its plan keeps its id, unless the plan that it
    turns out to be is in already.
    """
    sha256 = database.rows("SELECT sha256 FROM files WHERE id = ?", (file_id,))[0]["sha256"]
    select = "SELECT plans.*, files.media_type, files.pages, files.confidence FROM plans JOIN files ON files.id = plans.file_id"
    same = database.first(f"{select} WHERE identity = ?", (identity_of(extraction, sha256),))
    own = database.first(f"{select} WHERE plans.file_id = ?", (file_id,))
    if same and own and same["id"] != own["id"]:
        database.run("UPDATE files SET plan_id = ? WHERE plan_id = ?", (same["id"], own["id"]))
        database.run("DELETE FROM plans WHERE id = ?", (own["id"],))
    return same or own


def _save(database: Database, result: Result, file_id: int, present: dict[str, Any] | None) -> tuple[int, Saved]:
    if present is None:
        return _insert(database, result, file_id), Saved.NEW
    plan_id = int(present["id"])
    other_file = present["file_id"] != file_id
    if other_file and _only_recognised(present, result):
        return plan_id, Saved.UNCHANGED
    if other_file and _other_form(present, result):
        if _better_form(present, result):
            _replace(database, result, file_id, present, version=present["version"])
        return plan_id, Saved.UNCHANGED
    if other_file:
        _keep_history(database, present)
    _replace(database, result, file_id, present, version=present["version"] + other_file)
    return plan_id, Saved.UPDATED


def _only_recognised(present: dict[str, Any], result: Result) -> bool:
    """A scan of a plan whose digital text is in: it can say nothing better, only misread."""
    return bool(present["confidence"] == 1.0 and result.document.confidence < 1.0)


def _other_form(present: dict[str, Any], result: Result) -> bool:
    """The same plan as DOCX and as PDF says the same: no new version."""
    same_words: bool = present["digest"] == digest_of(result.extraction)
    return same_words and present["media_type"] != str(result.document.media_type)


def _better_form(present: dict[str, Any], result: Result) -> bool:
    """Digital text is worth more than recognised, text with pages (a quote can be looked up) more than without."""
    if result.document.confidence != present["confidence"]:
        return bool(result.document.confidence > present["confidence"])
    return bool(result.document.pages) and not present["pages"]


def _keep_history(database: Database, present: dict[str, Any]) -> None:
    record = load_extraction(database, present["id"]).model_dump_json(by_alias=True)
    values = {"plan_id": present["id"], "version": present["version"], "file_id": present["file_id"]}
    database.insert("plan_versions", {**values, "replaced_at": _now(), "record": record})


def _insert(database: Database, result: Result, file_id: int) -> int:
    values = _plan_values(result, file_id) | {"added_at": _now()}
    plan_id = database.insert("plans", values)
    _save_contents(database, plan_id, result)
    return plan_id


def _replace(database: Database, result: Result, file_id: int, present: dict[str, Any], *, version: int) -> None:
    """The plan keeps its id; all that was read from the old text goes with it."""
    database.run("DELETE FROM texts WHERE plan_id = ?", (present["id"],))
    database.tables["plans"].update(present["id"], _plan_values(result, file_id) | {"version": version})
    _save_contents(database, present["id"], result)


def _plan_values(result: Result, file_id: int) -> dict[str, Any]:
    plan = result.extraction.document
    return {
        "identity": identity_of(result.extraction, result.sha256),
        "file_id": file_id,
        "type": plan.type,
        "number": plan.number,
        "issuer": plan.issuer,
        "province": plan.province,
        "date": plan.date,
        "title": plan.title,
        "digest": digest_of(result.extraction),
        "changed_at": _now(),
    }


def _save_contents(database: Database, plan_id: int, result: Result) -> None:
    """Text and pages first: every quote is checked against them."""
    document, extraction = result.document, result.extraction
    plan = extraction.document
    offices = OfficeRows(database, plan.province, plan.issuer)
    jurisdiction = offices.jurisdiction(jurisdiction_of(plan.issuer or "", plan.province))
    issuer = offices.link(plan.issuer, plan.issuer) if plan.issuer else None
    database.run("UPDATE plans SET jurisdiction_id = ?, issuer_id = ? WHERE id = ?", (jurisdiction, issuer, plan_id))
    database.insert("texts", {"plan_id": plan_id, "text": document.text})
    database.insert_all(
        "pages",
        [
            {"plan_id": plan_id, "number": p.number, "start": p.span.start, "end": p.span.end, "ocr": int(p.ocr)}
            for p in document.pages
        ],
    )
    _save_people(database, plan_id, plan)
    sections = save_records(database, plan_id, extraction, offices.link)
    _save_passages(database, plan_id, result, sections)
    reapply(database, plan_id)


def _save_people(database: Database, plan_id: int, plan: Particulars) -> None:
    database.insert_all(
        "signers",
        [
            {"plan_id": plan_id, "place": place, "name": signer.name, "position": signer.position}
            for place, signer in enumerate(plan.signers)
        ],
    )
    database.insert_all(
        "recipients",
        [{"plan_id": plan_id, "place": place, "text": text} for place, text in enumerate(plan.recipients)],
    )


def _save_passages(database: Database, plan_id: int, result: Result, sections: list[tuple[int, int, int]]) -> None:
    """The text's lines for searching, each with its page and innermost section (`sections`: start, end, id)."""
    rows: list[dict[str, Any]] = []
    starts = [start for start, _, _ in sections]
    offset = 0
    for line in result.document.text.split("\n"):
        start, offset = offset, offset + len(line) + 1
        if line.strip():
            section = next(
                (id_ for _, end, id_ in reversed(sections[: bisect_right(starts, start)]) if start < end), None
            )
            rows.append(
                {
                    "plan_id": plan_id,
                    "section_id": section,
                    "page": result.document.page_at(start),
                    "start": start,
                    "end": start + len(line),
                    "quote": line,
                    "folded": _fold_line(line),
                }
            )
    database.insert_all("passages", rows)
