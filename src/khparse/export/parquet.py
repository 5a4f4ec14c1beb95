"""Parquet: a file for each kind, typed columns, lists as lists. Needs the extra `khparse[parquet]`."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from khparse.errors import ToolMissingError
from khparse.export.facts import Facts, Files
from khparse.export.fields import KINDS, Form, Kind


def parquet_files(facts: Facts, kinds: Iterable[str]) -> Files:
    """The kinds' tables: {"tasks.parquet": …}. Raises ToolMissingError without pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ImportError as error:
        raise ToolMissingError(
            "thiếu thư viện pyarrow để ghi Parquet", "hãy chạy: pip install 'khparse[parquet]', hoặc xuất ra csv, jsonl"
        ) from error
    return {f"{name}.parquet": _table(facts, KINDS[name], pa) for name in kinds}


def _table(facts: Facts, kind: Kind, arrow: Any) -> bytes:
    types = {
        Form.TEXT: arrow.string(),
        Form.INTEGER: arrow.int64(),
        Form.NUMBER: arrow.float64(),
        Form.FLAG: arrow.bool_(),
        Form.LIST: arrow.list_(arrow.string()),
    }
    schema = arrow.schema([arrow.field(field.key, types[field.form]) for field in kind.fields])
    values = facts.of(kind.name)
    columns = {field.key: [field.value(value) for value in values] for field in kind.fields}
    out = io.BytesIO()
    arrow.parquet.write_table(arrow.Table.from_pydict(columns, schema=schema), out)
    return out.getvalue()
