"""A folder of shards: contents, each named by what it holds, and the inputs of each run in their order.

    SHARDS/contents/v1-3f9a….parquet   answers, keyed by sha256, parser version and whether any document was asked for
    SHARDS/inputs/0001-77c2….parquet   the objects of the first run: path, name, size, content, or why there is none

Files are written whole or not at all, and the same content gives the same name: to write one twice changes nothing.
"""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from khparse.errors import InputError
from khparse.model.result import PARSER_VERSION
from khparse.shards.objects import Input, is_address, store_of
from khparse.shards.rows import (
    Answer,
    Row,
    answer_in,
    arrow,
    content_schema,
    input_in,
    input_row,
    input_schema,
    table_of,
)

Key = tuple[str, bool]  # a content's sha256, and whether any document was asked for
_KEPT = 8  # shards in memory while a run's inputs are gone through in order


@dataclass(frozen=True, slots=True)
class Known:
    """Where a content's answer stands, and whether it is one (`failed` is a reason)."""

    shard: str
    row: int
    failed: bool


def shards_at(place: str) -> Shards:
    """The shards at a local path or an address ("s3://plans/shards"), whether there are any yet or not."""
    return Shards(place if is_address(place) else str(Path(place).resolve()))


@dataclass(frozen=True)
class Shards:
    """Shards; `place` means the same on every machine."""

    place: str

    @cached_property
    def _store(self) -> tuple[Any, str]:
        return store_of(self.place)

    def known(self) -> dict[Key, Known]:
        """The contents that this program's version has answered; a success stands before a failure."""
        found: dict[Key, Known] = {}
        for shard in self._names("contents", f"v{PARSER_VERSION}-"):
            rows = self._read(shard, ["sha256", "any_document", "error"]).to_pylist()
            for number, row in enumerate(rows):
                one = Known(shard, number, failed=row["error"] is not None)
                key = (row["sha256"], row["any_document"])
                if key not in found or (found[key].failed and not one.failed):
                    found[key] = one
        return found

    def write_contents(self, name: str, rows: Sequence[Row]) -> None:
        """One shard; `name` as `shard_name` gives it."""
        self._write(f"contents/{name}.parquet", table_of(rows, content_schema()))

    def write_inputs(self, inputs: Iterable[Input], *, any_document: bool) -> None:
        """What a run was asked for. The same as the last run's is not kept twice."""
        rows = [input_row(one, any_document=any_document) for one in inputs]
        digest = _digest(repr(sorted(row.items())) for row in rows)
        runs = self._names("inputs")
        if runs and PurePosixPath(runs[-1]).stem.endswith(digest):
            return
        self._write(f"inputs/{len(runs) + 1:04d}-{digest}.parquet", table_of(rows, input_schema()))

    def inputs(self) -> list[tuple[Input, bool]]:
        """The objects of all runs, in order, each with whether any document was asked for. Raises InputError: none."""
        runs = self._names("inputs")
        if not runs:
            raise InputError(
                f"{self.place}: không có mảnh nào", f"hãy chạy `khparse shard THƯ_MỤC --out {self.place}` trước"
            )
        rows = [row for run in runs for row in self._read(run).to_pylist()]
        return [(input_in(row), row["any_document"]) for row in rows]

    def answers(self) -> Answers:
        """The contents' answers, looked up one by one."""
        return Answers(self, self.known())

    def shard_rows(self, shard: str) -> Any:
        """A shard's table."""
        return self._read(shard)

    def _names(self, part: str, prefix: str = "") -> list[str]:
        files, place = self._store
        folder = f"{place}/{part}"
        if not files.isdir(folder):
            return []
        names = (str(name) for name in files.ls(folder, detail=False))
        return sorted(n for n in names if n.endswith(".parquet") and PurePosixPath(n).name.startswith(prefix))

    def _read(self, name: str, columns: list[str] | None = None) -> Any:
        files, _ = self._store
        try:
            with files.open(name, "rb") as opened:
                return arrow().parquet.read_table(opened, columns=columns)
        except (OSError, ValueError) as error:  # pyarrow's own errors are ValueErrors
            raise InputError(f"{name}: mảnh này hỏng ({error})", "hãy xóa tệp đó rồi chạy lại khparse shard") from error

    def _write(self, name: str, table: Any) -> None:
        files, place = self._store
        packed = io.BytesIO()
        arrow().parquet.write_table(table, packed, compression="zstd")
        target = f"{place}/{name}"
        part = f"{target}.{uuid.uuid4().hex}.part"
        files.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
        try:
            files.pipe_file(part, packed.getvalue())
            files.mv(part, target)
        except OSError as error:
            raise InputError(
                f"{self.place}: không ghi được mảnh ({error})", "hãy kiểm tra chỗ trống và quyền ghi"
            ) from error


class Answers:
    """Answers by content; those that stand together are read together."""

    def __init__(self, shards: Shards, known: dict[Key, Known]) -> None:
        self._known = known
        self._table = lru_cache(maxsize=_KEPT)(shards.shard_rows)

    def get(self, sha256: str, *, any_document: bool) -> Answer | None:
        """What was answered, None where this program's version was not asked."""
        at = self._known.get((sha256, any_document))
        if at is None:
            return None
        (row,) = self._table(at.shard).slice(at.row, 1).to_pylist()
        return answer_in(row)


def shard_name(contents: Iterable[str], *, any_document: bool) -> str:
    """The name of the shard that holds these contents: the same for the same contents and program."""
    digest = _digest((*contents, str(any_document)))
    return f"v{PARSER_VERSION}-{digest}"


def _digest(parts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.encode("utf-8", "surrogateescape") + b"\n")
    return whole.hexdigest()[:32]


def batches(inputs: Sequence[Input], files: int, most_bytes: int) -> Iterator[tuple[Input, ...]]:
    """The inputs cut into shards: so many files at most, or so many bytes."""
    batch: list[Input] = []
    size = 0
    for one in inputs:
        if batch and (len(batch) >= files or size + one.size > most_bytes):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(one)
        size += one.size
    if batch:
        yield tuple(batch)
