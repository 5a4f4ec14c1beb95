"""Verifying a database, and a copy of it kept aside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from khparse.errors import InputError, StoreError
from khparse.service.originals import kept_at
from khparse.store.checking import copy_to, half_plans, integrity, known_files, misplaced_quotes
from khparse.store.database import Database, open_database


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong. A `grave` one is in the database itself; others concern files that it was read from."""

    what: str
    grave: bool = True


def check(database: Database, *, files: bool = True) -> list[Fault]:
    """All that is wrong with a database: structure, links, quotes, half plans, and files moved or changed."""
    faults = [Fault(what) for what in integrity(database)]
    faults += [Fault(what) for what in (*half_plans(database), *misplaced_quotes(database))]
    if files:
        faults += _files(database)
    return faults


def _files(database: Database) -> list[Fault]:
    faults = []
    for path, sha256 in known_files(database):
        present = Path(path)
        if not present.is_file():
            if not kept_at(database.path, sha256).is_file():
                faults.append(Fault(f"{path}: tệp không còn ở chỗ cũ", grave=False))
        elif _sha256(present) != sha256:
            faults.append(Fault(f"{path}: tệp đã đổi nội dung, hãy chạy lại khparse ingest", grave=False))
    return faults


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def backup(database: Database, out: Path) -> None:
    """A copy of the database, verified before it is called one. Raises KhparseError."""
    if out.is_dir():
        raise InputError(f"{out}: là thư mục", f"hãy đặt tên tệp, ví dụ {out}/plans.db")
    if out.exists() and out.samefile(database.path):
        raise InputError(f"{out}: là chính cơ sở dữ liệu đó", "hãy chọn tên khác")
    copy_to(database, out)
    with open_database(out) as copy:
        if faults := check(copy, files=False):
            raise StoreError(f"{out}: bản sao có lỗi ({faults[0].what})", "hãy chạy khparse check với bản gốc")
