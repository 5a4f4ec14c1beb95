"""The pipeline on Ray Data: objects in, shards out, on one machine's processors or on a cluster's.

Each file is read as on a single machine: in a worker process of its own, confined and bounded; a Ray worker only
hands out the bytes and writes a shard. A Ray worker that dies costs nothing but its shard's time: Ray gives the shard
to another one, which writes the same rows under the same name.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from khparse.errors import ClusterError, ExitCode, InputError, InternalError, KhparseError, ToolMissingError
from khparse.read import limits
from khparse.service.worker import read_bytes
from khparse.service.workers import read_all
from khparse.shards.folder import Shards, batches, shard_name, shards_at
from khparse.shards.objects import Input, Object, content_of, list_objects, look
from khparse.shards.rows import Answer, content_row

P = TypeVar("P")
R = TypeVar("R")

SHARD_FILES = 64
SHARD_BYTES = 64 * limits.MIB
_LOOKED_AT_ONCE = 64
# what travels between Ray's processes are names and counts: its smallest store is enough
_STORE_BYTES = 80 * limits.MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Who reads: a cluster by its address ("auto", "ray://head:10001"), else `workers` processes of this machine."""

    address: str | None = None
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class ShardReport:
    """One shard written: how many contents, how many of them failed."""

    name: str
    contents: int
    failed: int


@dataclass(frozen=True, slots=True)
class ShardingReport:
    """The whole run: objects asked for, those that can't be had, contents known beforehand, shards written."""

    objects: int
    lost: tuple[Input, ...]
    known: int
    shards: tuple[ShardReport, ...]

    @property
    def failed(self) -> int:
        """How many contents failed, and objects that can't be had."""
        return len(self.lost) + sum(shard.failed for shard in self.shards)

    @property
    def exit_code(self) -> ExitCode:
        """0 all done, 1 some failed, 3 nothing could be done."""
        if self.failed and self.failed == self.objects:
            return ExitCode.NOTHING_DONE
        return ExitCode.SOME_FAILED if self.failed else ExitCode.DONE


OnShard = Callable[[ShardReport, int], None]  # the shard's report, how many there are to write


def shard(  # noqa: PLR0913 (each is a choice of the caller)
    asked: Sequence[str],
    out: str,
    on_shard: OnShard = lambda _shard, _total: None,
    *,
    crew: Crew | None = None,
    any_document: bool = False,
    again: bool = False,
    files: int = SHARD_FILES,
) -> ShardingReport:
    """Files, folders and addresses into shards at `out`; contents that have their row are not read twice.

    `again` reads those anew that failed; `files` is how many go into a shard. Raises ToolMissingError without Ray.
    """
    shards = shards_at(out)
    with _cluster(crew or Crew()) as ray:
        inputs = _look_at(ray, list_objects(asked))
        contents = list({one.sha256: one for one in inputs if one.sha256}.values())
        known = {
            sha256
            for (sha256, any_), at in shards.known().items()
            if any_ == any_document and not (again and at.failed)
        }
        missing = list(batches([one for one in contents if one.sha256 not in known], files, SHARD_BYTES))
        written = []
        for report in _map(ray, partial(_write_shard, shards, any_document), missing):
            written.append(report)
            on_shard(report, len(missing))
    shards.write_inputs(inputs, any_document=any_document)
    unread = sum(len(batch) for batch in missing)
    lost = tuple(one for one in inputs if one.error)
    return ShardingReport(len(inputs), lost, len(contents) - unread, tuple(written))


def _look_at(ray: Any, objects: Sequence[Object]) -> list[Input]:
    """Which contents the objects hold, found by the whole cluster, in the objects' order."""
    parts = [objects[at : at + _LOOKED_AT_ONCE] for at in range(0, len(objects), _LOOKED_AT_ONCE)]
    found = {one.path: one for part in _map(ray, _look_at_part, parts) for one in part}
    return [found[one.path] for one in objects]


def _look_at_part(part: Sequence[Object]) -> list[Input]:
    return [look(one) for one in part]


def _write_shard(shards: Shards, any_document: bool, batch: Sequence[Input]) -> ShardReport:
    """Read the contents of a batch and write them as one shard: what a Ray worker does."""
    read = partial(read_bytes, any_document=any_document)
    with closing(read_all(batch, _expected, read=read, size=1)) as answers:
        rows = [content_row(one.sha256 or "", _answered(answer), any_document=any_document) for one, answer in answers]
    name = shard_name((row["sha256"] for row in rows), any_document=any_document)
    shards.write_contents(name, rows)
    return ShardReport(name, len(rows), sum(row.get("error") is not None for row in rows))


def _expected(one: Input) -> bytes:
    """The bytes that were looked at; what has changed since is another content."""
    data = content_of(Object(one.path, one.name))
    if hashlib.sha256(data).hexdigest() != one.sha256:
        raise InputError("tệp đổi trong khi đọc", "hãy chạy lại")
    return data


def _answered(answer: Answer | None) -> Answer:
    return InternalError("việc đọc không trả lời") if answer is None else answer


def _map(ray: Any, work: Callable[[P], R], parts: Sequence[P]) -> Iterator[R]:
    """What the work makes of each part, as they are done, in no order; a part whose worker died is done again."""
    if not parts:
        return
    rows = ray.data.from_items([{"part": pickle.dumps(part)} for part in parts], override_num_blocks=len(parts))
    done = rows.map_batches(_on_worker, fn_args=(work,), batch_size=1, num_cpus=1)
    for row in done.iter_rows():
        answer = pickle.loads(row["done"])  # noqa: S301 (what our own workers made)
        if isinstance(answer, KhparseError):
            raise answer
        yield answer


def _on_worker(rows: Mapping[str, Any], work: Callable[[Any], Any]) -> dict[str, list[bytes]]:
    return {"done": [pickle.dumps(_done(work, pickle.loads(part))) for part in rows["part"]]}  # noqa: S301 (our own)


def _done(work: Callable[[P], R], part: P) -> R | KhparseError:
    """The work's answer, or the error that it told (no room for the shard): both come back whole."""
    try:
        return work(part)
    except KhparseError as error:
        return error


@contextmanager
def _cluster(crew: Crew) -> Iterator[Any]:
    """Ray, connected; one that was started for this run ends with it and leaves nothing lying."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise ToolMissingError(
            "thiếu thư viện Ray để đọc trên nhiều máy", "hãy chạy: pip install 'khparse[ray]'"
        ) from error
    folder = None if crew.address else tempfile.mkdtemp(prefix="khparse-ray-")
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR, "include_dashboard": False}
    own: dict[str, Any] = {"num_cpus": crew.workers, "object_store_memory": _STORE_BYTES, "_temp_dir": folder}
    try:
        if folder:
            with _leaving_things_in(folder):
                ray.init("local", **quiet, **own)
        else:
            ray.init(crew.address, log_to_driver=False, logging_level=logging.ERROR)
        ray.data.DataContext.get_current().enable_progress_bars = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        yield ray
    except ray.exceptions.RayError as error:
        raise ClusterError(
            f"cụm Ray không chạy được ({_cause(error)})", "hãy kiểm tra cụm rồi chạy lại: mảnh đã ghi vẫn còn"
        ) from error
    finally:
        ray.shutdown()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _leaving_things_in(folder: str) -> Iterator[None]:
    """What is started here keeps its temporary files there: a killed worker can't take its own away."""
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = folder
    try:
        yield
    finally:
        del os.environ["TMPDIR"]
        if before is not None:
            os.environ["TMPDIR"] = before


_ERROR = re.compile(r"^[\w.]*(?:Error|Exception): .+", re.MULTILINE)


def _cause(error: Exception) -> str:
    """What went wrong first, in the trace of all that it led to: "OSError: [Errno 28] No space left on device"."""
    first = _ERROR.search(str(error))
    return first[0] if first else type(error).__name__
