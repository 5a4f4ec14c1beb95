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
        """SELECT files.id, parser_version, (SELECT file_id FROM paths WHERE path = ?) AS last,
             EXISTS (SELECT 1 FROM plans WHERE file_id = files.id) AS current
           FROM files WHERE sha256 = ? AND plan_id IS NOT NULL""",
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
    return save_plans(database, result, file)[0]


def save_plans(database: Database, result: Result, file: FileFacts) -> list[tuple[int, Saved]]:
    """Each plan of a file as `save_plan` says of one: the file's main plan, then the further ones."""
    with database.transaction():
        if twin := _read_meanwhile(database, result.sha256):
            _remember_path(database, file.path, twin["file_id"])
            return [(int(twin["plan_id"]), Saved.UNCHANGED)]
        renewed = database.first(
            "SELECT id FROM files WHERE sha256 = ? AND parser_version < ?", (result.sha256, PARSER_VERSION)
        )
        file_id = _save_file(database, result, file)
        _remember_path(database, file.path, file_id)
        saved = [
            _save(database, plan, file_id, renewed=renewed is not None) for plan in _plans_of(database, result, file_id)
        ]
        database.run("UPDATE files SET plan_id = ? WHERE id = ?", (saved[0][0], file_id))
        return saved


def _read_meanwhile(database: Database, sha256: str) -> dict[str, Any] | None:
    """The same content, saved since it was last asked for: a copy under another name, another ingest at work."""
    sql = """SELECT files.id AS file_id, plans.id AS plan_id FROM files
             JOIN plans ON plans.id = files.plan_id AND plans.file_id = files.id WHERE sha256 = ? AND parser_version >= ?"""
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


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A plan of the file: what was read, its identity, and the stored plan that it is a version of."""

    result: Result
    identity: str
    present: dict[str, Any] | None


def _plans_of(database: Database, result: Result, file_id: int) -> list[_Incoming]:
    """The file's plans, each with the one that it is a version of, if that is in.

    A file that a newer program reads may now have other identities: its plans keep their ids, in their order, unless
    the plan that one turns out to be is in already; what is then left over of the file's goes.
    """
    select = "SELECT plans.*, files.media_type, files.pages, files.confidence FROM plans JOIN files ON files.id = plans.file_id"
    identities = _identities(result)
    own = database.rows(f"{select} WHERE plans.file_id = ? ORDER BY plans.id", (file_id,))
    left = [row for row in own if row["identity"] not in identities]
    incoming = []
    for plan, identity in zip((result, *result.further), identities, strict=True):
        same = database.first(f"{select} WHERE identity = ?", (identity,))
        incoming.append(_Incoming(plan, identity, same or (left.pop(0) if left else None)))
    for row in left:
        kept = next(plan.present["id"] for plan in incoming if plan.present)
        database.run("UPDATE files SET plan_id = ? WHERE plan_id = ?", (kept, row["id"]))
        database.run("DELETE FROM plans WHERE id = ?", (row["id"],))
    return incoming


def _identities(result: Result) -> list[str]:
    """The identities of the file's plans; of two that call themselves the same the second has its place too."""
    found: list[str] = []
    for place, plan in enumerate((result, *result.further)):
        identity = identity_of(plan.extraction, plan.sha256)
        found.append(f"{identity}#{place + 1}" if identity in found else identity)
    return found


def _save(database: Database, plan: _Incoming, file_id: int, *, renewed: bool) -> tuple[int, Saved]:
    """`renewed`: a newer program reads the file again, which may have been given up for a later state of this plan."""
    present = plan.present
    if present is None:
        return _insert(database, plan, file_id), Saved.NEW
    plan_id = int(present["id"])
    other_file = present["file_id"] != file_id
    if other_file and (renewed or _only_recognised(present, plan.result)):
        return plan_id, Saved.UNCHANGED
    if other_file and _other_form(present, plan.result):
        if _better_form(present, plan.result):
            _replace(database, plan, file_id, version=present["version"])
        return plan_id, Saved.UNCHANGED
    if other_file:
        _keep_history(database, present)
    _replace(database, plan, file_id, version=present["version"] + other_file)
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


def _insert(database: Database, plan: _Incoming, file_id: int) -> int:
    values = _plan_values(plan, file_id) | {"added_at": _now()}
    plan_id = database.insert("plans", values)
    _save_contents(database, plan_id, plan.result)
    return plan_id


def _replace(database: Database, plan: _Incoming, file_id: int, *, version: int) -> None:
    """The plan keeps its id; all that was read from the old text goes with it."""
    plan_id = int((plan.present or {})["id"])
    database.run("DELETE FROM texts WHERE plan_id = ?", (plan_id,))
    database.tables["plans"].update(plan_id, _plan_values(plan, file_id) | {"version": version})
    _save_contents(database, plan_id, plan.result)


def _plan_values(incoming: _Incoming, file_id: int) -> dict[str, Any]:
    plan = incoming.result.extraction.document
    return {
        "identity": incoming.identity,
        "file_id": file_id,
        "type": plan.type,
        "number": plan.number,
        "issuer": plan.issuer,
        "province": plan.province,
        "date": plan.date,
        "title": plan.title,
        "digest": digest_of(incoming.result.extraction),
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
    """The text's lines for searching, each with its page and innermost section (`sections`: start, end, id).

    Lines of a further plan in the same file are that plan's.
    """
    rows: list[dict[str, Any]] = []
    others = [_filled(plan.document.text) for plan in result.further]
    starts = [start for start, _, _ in sections]
    offset = 0
    for line in result.document.text.split("\n"):
        start, offset = offset, offset + len(line) + 1
        if line.strip() and not any(first <= start < last for first, last in others):
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


def _filled(text: str) -> tuple[int, int]:
    """Where the text's words begin and end between blank lines."""
    return len(text) - len(text.lstrip()), len(text.rstrip())
