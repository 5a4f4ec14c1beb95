"""Exports: what is asked for is gathered from the database, put into a form, and written whole or not at all."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path

from khparse.errors import InputError
from khparse.export.facts import Facts
from khparse.model.stored import StoredTask
from khparse.service.judging import status_of
from khparse.service.questions import plan_named
from khparse.store.conflicts import list_conflicts
from khparse.store.database import Database
from khparse.store.load import load_extraction, load_text
from khparse.store.queries import (
    Choice,
    budget_rows,
    finding_rows,
    plan_rows,
    reference_rows,
    source_paths,
    target_rows,
    task_rows,
)

Named = Iterable[tuple[str, bytes]]  # files by name, "" for the only one
KINDS = ("plans", "references", "targets", "tasks", "budgets", "findings", "conflicts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to export: kinds of fact (all where none is named), of one plan (id or number), to-dos for events."""

    form: str
    kinds: tuple[str, ...] = ()
    plan: str | None = None
    todos: bool = False


@dataclass(frozen=True, slots=True)
class Download:
    """A file to send: what to call it, what it is, its bytes."""

    name: str
    media_type: str
    data: bytes


_ENDINGS = {"akn": "xml"}
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "ics": "text/calendar; charset=utf-8",
    "akn": "application/akn+xml",
}


def export(database: Database, request: Request, out: Path) -> list[Path]:
    """Write what is asked for to `out`: one file, or a folder of them where the form makes several.

    Raises KhparseError: an unknown plan, a library that is missing, a place that can't be written.
    """
    files = iter(FORMS[request.form](database, request))
    first = list(islice(files, 2))
    is_one = [name for name, _ in first] == [""]
    if len(first) == 1 and (out.suffix or is_one) and not out.is_dir():
        return [_write(out, first[0][1])]
    if is_one:
        raise InputError(
            f"{out}: là thư mục, dạng {request.form} là một tệp", f"hãy đặt tên tệp, ví dụ {out}/plans.{request.form}"
        )
    if out.is_file():
        raise InputError(f"{out}: là tệp, dạng {request.form} cần một thư mục", "hãy chọn tên khác")
    return [_write(out / name, data) for name, data in chain(first, files)]


def download(database: Database, request: Request) -> Download:
    """The same as one file to send: several are packed into a ZIP archive."""
    files = list(FORMS[request.form](database, request))
    if len(files) == 1:
        return Download(f"khparse.{_ENDINGS.get(request.form, request.form)}", _MEDIA[request.form], files[0][1])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(
                zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED
            )  # without the time: same facts, same bytes
    return Download(f"khparse-{request.form}.zip", "application/zip", packed.getvalue())


def gather(database: Database, kinds: Sequence[str], plan: str | None = None) -> Facts:
    """The stored values of these kinds; the plans are always there, since all others name theirs."""
    ids = None if plan is None else (plan_named(database, plan),)
    choice = Choice(plans=ids)
    return Facts(
        plans=tuple(plan_rows(database, ids).values()),
        references=tuple(reference_rows(database, choice)) if "references" in kinds else (),
        targets=tuple(target_rows(database, choice)) if "targets" in kinds else (),
        tasks=_tasks(database, choice) if "tasks" in kinds else (),
        budgets=tuple(budget_rows(database, choice)) if "budgets" in kinds else (),
        findings=tuple(finding_rows(database, choice)) if "findings" in kinds else (),
        conflicts=tuple(list_conflicts(database, plan_id=ids[0] if ids else None)) if "conflicts" in kinds else (),
        paths=source_paths(database),
    )


def _tasks(database: Database, choice: Choice) -> tuple[StoredTask, ...]:
    """With what people told of their progress."""
    found = task_rows(database, choice)
    told = status_of(database, found)
    return tuple(
        replace(task, status=of.status, status_date=of.date, status_remark=of.remark)
        if (of := told.get(task.id))
        else task
        for task in found
    )


def _csv(database: Database, request: Request) -> Named:
    from khparse.export.delimited import csv_files

    kinds = request.kinds or KINDS
    return csv_files(gather(database, kinds, request.plan), kinds).items()


def _xlsx(database: Database, request: Request) -> Named:
    from khparse.export.xlsx import xlsx_files

    kinds = request.kinds or KINDS
    return xlsx_files(gather(database, kinds, request.plan), kinds).items()


def _jsonl(database: Database, request: Request) -> Named:
    from khparse.export.jsonl import jsonl_files

    kinds = request.kinds or KINDS
    return jsonl_files(gather(database, kinds, request.plan), kinds).items()


def _parquet(database: Database, request: Request) -> Named:
    from khparse.export.parquet import parquet_files

    kinds = request.kinds or KINDS
    return parquet_files(gather(database, kinds, request.plan), kinds).items()


def _ics(database: Database, request: Request) -> Named:
    from khparse.export.ics import ics_files

    return ics_files(gather(database, ("tasks",), request.plan), datetime.now(UTC), as_todos=request.todos).items()


def _akn(database: Database, request: Request) -> Named:
    from khparse.export.akn import PlanText, akn_files

    plans = gather(database, (), request.plan).plans
    texts = (PlanText(load_extraction(database, p.id), load_text(database, p.id), Path(p.file).stem) for p in plans)
    return akn_files(texts, datetime.now(UTC).date())


FORMS: dict[str, Callable[[Database, Request], Named]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "ics": _ics,
    "akn": _akn,
}


def _write(path: Path, data: bytes) -> Path:
    """A file written beside its place and moved there: a reader never meets half of it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".khparse-") as beside:
            written = Path(beside, path.name)
            written.write_bytes(data)
            written.replace(path)
    except OSError as error:
        raise InputError(f"{path}: không ghi được ({error.strerror or error})", "hãy chọn chỗ khác") from error
    return path
