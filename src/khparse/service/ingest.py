"""Taking plans in: files are read by workers, written here, one plan at a time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from khparse.errors import ExitCode, KhparseError, RecordRefusedError
from khparse.model.result import Result
from khparse.service.comparison import refresh_conflicts
from khparse.service.files import Found, find_files, read_file, written
from khparse.service.worker import read_bytes
from khparse.service.workers import read_all
from khparse.store.database import Database
from khparse.store.queries import plan_rows
from khparse.store.save import FileFacts, Saved, is_known, save_plans


class Status(StrEnum):
    """What became of a file."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file's line: the plan it is (id and name), or why it failed."""

    file: str
    status: Status
    plan: int | None = None
    name: str | None = None
    why: str | None = None
    notices: tuple[str, ...] = ()
    changed: tuple[int, ...] = ()  # of all plans in the file those that are new or updated


@dataclass(frozen=True, slots=True)
class IngestReport:
    """The whole run."""

    files: tuple[FileReport, ...]

    def count(self, status: Status) -> int:
        """How many files came to this."""
        return sum(file.status is status for file in self.files)

    @property
    def exit_code(self) -> ExitCode:
        """0 all done, 1 some failed, 3 nothing could be done."""
        failed = self.count(Status.FAILED)
        if failed and failed == len(self.files):
            return ExitCode.NOTHING_DONE
        return ExitCode.SOME_FAILED if failed else ExitCode.DONE


OnFile = Callable[[FileReport, int], None]  # the file's report, how many files there are
OnPages = Callable[[str, int, int], None]  # a scan's file, how many of its pages are read, how many there are
Read = Callable[..., Result]
Answer = Result | KhparseError


def ingest(
    database: Database,
    paths: Sequence[Path],
    on_file: OnFile = lambda _file, _total: None,
    *,
    on_pages: OnPages = lambda _file, _done, _of: None,
    any_document: bool = False,
    read: Read = read_bytes,
) -> IngestReport:
    """Files and folders into the database; `on_file` hears of each file as it is done, `on_pages` of pages of scans.

    `any_document` takes in what is no plan too; `read` is what the workers do.

    Raises StoreError where the database itself fails: what was written before stays.
    """
    found = find_files(list(paths))
    contents: dict[Path, FileFacts] = {}

    def data_of(file: Found) -> bytes | None:
        if file.error is not None:
            raise file.error
        data = read_file(file.path)
        contents[file.path] = FileFacts(written(file.path.resolve()), written(Path(file.path.name)), len(data))
        known = is_known(database, hashlib.sha256(data).hexdigest(), contents[file.path].path)
        return None if known else data

    def on_scan(file: Found, done: int, of: int) -> None:
        on_pages(written(file.path), done, of)

    reports = []
    size = min(len(os.sched_getaffinity(0)), max(len(found), 1))
    reading = read_all(found, data_of, read=partial(read, any_document=any_document), on_pages=on_scan, size=size)
    with closing(reading) as answers:
        for file, answer in answers:
            report = take_in(database, written(file.path), contents.pop(file.path, None), answer)
            reports.append(report)
            on_file(report, len(found))
    return finish(database, reports)


def finish(database: Database, reports: Sequence[FileReport]) -> IngestReport:
    """The end of a run: the conflicts of the plans that came in or changed."""
    refresh_conflicts(database, {plan for report in reports for plan in report.changed})
    return IngestReport(tuple(reports))


def take_in(database: Database, file: str, facts: FileFacts | None, answer: Answer | None) -> FileReport:
    """What a worker made of one file, into the database; None is a file that needed no reading."""
    if answer is None or facts is None:
        return FileReport(file, Status.UNCHANGED) if answer is None else _failed(file, answer)
    if isinstance(answer, KhparseError):
        return _failed(file, answer)
    try:
        plans = save_plans(database, answer, facts)
    except RecordRefusedError as error:
        return _failed(file, error)
    plan_id, saved = plans[0]
    name = plan_rows(database, [plan_id])[plan_id].name
    notices = answer.document.notices
    changed = tuple(id_ for id_, became in plans if became is not Saved.UNCHANGED)
    if not changed:
        notices = (f"cùng nội dung với kế hoạch {plan_id} đã có", *notices)
    status = Status.UPDATED if changed and saved is Saved.UNCHANGED else Status(saved)
    return FileReport(file, status, plan_id, name, notices=notices, changed=changed)


def _failed(file: str, error: Result | KhparseError) -> FileReport:
    return FileReport(file, Status.FAILED, why=str(error))
