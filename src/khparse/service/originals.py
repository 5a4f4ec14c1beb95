"""The files that plans were read from: those put in by the page lie beside the database, the others where they lay."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khparse.store.database import Database
from khparse.store.overview import originals


def folder_of(db: Path) -> Path:
    """Where the files put in through the page are kept: "plans.db" -> "plans.files"."""
    return db.with_suffix(".files")


def kept_at(db: Path, sha256: str, suffix: str = "") -> Path:
    """The place of a content, by its hash alone: no name that anyone gave is ever part of a path."""
    return folder_of(db) / sha256[:2] / f"{sha256}{suffix}"


def keep(db: Path, data: bytes) -> str:
    """Put the bytes away; returns their sha256. Whole or not at all."""
    sha256 = hashlib.sha256(data).hexdigest()
    put(kept_at(db, sha256), data)
    return sha256


def put(place: Path, data: bytes) -> None:
    """Write a file so that nobody sees half of it."""
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(".part")
    part.write_bytes(data)
    part.replace(place)


@dataclass(frozen=True, slots=True)
class Original:
    """The file of a plan: its name, form, size, how it was read, and its path where its bytes can still be had."""

    sha256: str
    name: str
    media_type: str
    size: int
    pages: int | None
    confidence: float
    notices: tuple[str, ...]
    path: Path | None

    @property
    def is_pdf(self) -> bool:
        """Whether its pages can be shown as they are."""
        return self.media_type == "application/pdf"


def original_of(database: Database, plan_id: int) -> Original | None:
    """The file that a plan was read from; None for an unknown plan."""
    rows = originals(database, plan_id)
    if not rows:
        return None
    row = rows[0]
    return Original(
        row["sha256"],
        row["name"],
        row["media_type"],
        row["size"],
        row["pages"],
        row["confidence"],
        tuple(json.loads(row["notices"])),
        _found(database.path, rows),
    )


def _found(db: Path, rows: list[dict[str, Any]]) -> Path | None:
    """A place that still holds the very bytes; a file changed since then shows other words."""
    kept = kept_at(db, rows[0]["sha256"])
    if kept.is_file():
        return kept
    for row in rows:
        path = Path(row["path"]) if row["path"] else None
        try:
            if path and path.is_file() and path.stat().st_size == row["size"] and _hash(path) == row["sha256"]:
                return path
        except OSError:
            continue
    return None


_HASHES: dict[tuple[str, int, int], str] = {}


def _hash(path: Path) -> str:
    seen = path.stat()
    known = (str(path), seen.st_mtime_ns, seen.st_size)
    if known not in _HASHES:
        _HASHES[known] = hashlib.sha256(path.read_bytes()).hexdigest()
    return _HASHES[known]
