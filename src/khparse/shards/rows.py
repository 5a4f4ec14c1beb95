"""A file's answer as a row of Parquet, and back: what was read, or why nothing was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from khparse import errors
from khparse.errors import InputError, KhparseError, ToolMissingError
from khparse.model.document import Document, Page, Span
from khparse.model.record import Extraction
from khparse.model.result import PARSER_VERSION, Result
from khparse.shards.objects import Input

Row = dict[str, Any]
Answer = Result | KhparseError

_WHY = ("error", "why", "advice")


def arrow() -> Any:
    """pyarrow, with its Parquet. Raises ToolMissingError without it."""
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ImportError as error:
        raise ToolMissingError(
            "thiếu thư viện pyarrow để đọc và ghi Parquet", "hãy chạy: pip install 'khparse[parquet]'"
        ) from error
    return pa


def content_schema() -> Any:
    """A row for each content: its key (sha256, parser version, whether any document was asked for), then its answer."""
    pa = arrow()
    pages = pa.struct([("number", pa.int32()), ("start", pa.int64()), ("end", pa.int64()), ("ocr", pa.bool_())])
    text = pa.string()
    return pa.schema(
        [
            ("sha256", text),
            ("parser_version", pa.int32()),
            ("any_document", pa.bool_()),
            ("media_type", text),
            ("confidence", pa.float64()),
            ("notices", pa.list_(text)),
            ("pages", pa.list_(pages)),
            ("text", pa.large_string()),
            ("record", pa.large_string()),  # the extraction record khparse/1, as JSON
            ("further", pa.list_(pa.struct([("text", text), ("record", text)]))),  # the other plans in the same file
            *((name, text) for name in _WHY),
        ]
    )


def content_row(sha256: str, answer: Answer, *, any_document: bool) -> Row:
    """One content's row; of a failure its reason."""
    key = {"sha256": sha256, "parser_version": PARSER_VERSION, "any_document": any_document}
    if isinstance(answer, KhparseError):
        return key | _why(answer)
    document = answer.document
    return key | {
        "media_type": str(document.media_type),
        "confidence": document.confidence,
        "notices": list(document.notices),
        "pages": [{"number": p.number, "start": p.span.start, "end": p.span.end, "ocr": p.ocr} for p in document.pages],
        "text": document.text,
        "record": answer.extraction.model_dump_json(by_alias=True),
        "further": [
            {"text": each.document.text, "record": each.extraction.model_dump_json(by_alias=True)}
            for each in answer.further
        ],
    }


def answer_in(row: Row) -> Answer:
    """What a content's row says: as the worker answered, without the layout that only extraction needs."""
    if error := _error_in(row):
        return error
    pages = tuple(Page(p["number"], Span(p["start"], p["end"]), ocr=p["ocr"]) for p in row["pages"])
    document = Document(
        row["text"], (), row["media_type"], pages, (), confidence=row["confidence"], notices=tuple(row["notices"])
    )
    further = tuple(
        Result(row["sha256"], replace(document, text=each["text"]), Extraction.model_validate_json(each["record"]))
        for each in row.get("further") or ()
    )
    return Result(row["sha256"], document, Extraction.model_validate_json(row["record"]), further=further)


def input_schema() -> Any:
    """A row for each object of a run, in its order."""
    pa = arrow()
    text = pa.string()
    names = [("path", text), ("name", text), ("size", pa.int64()), ("sha256", text), ("any_document", pa.bool_())]
    return pa.schema([*names, *((name, text) for name in _WHY)])


def input_row(one: Input, *, any_document: bool) -> Row:
    """One object's row."""
    values = {"path": one.path, "name": one.name, "size": one.size, "sha256": one.sha256, "any_document": any_document}
    return values | (_why(one.error) if one.error else {})


def input_in(row: Row) -> Input:
    """The object of a row."""
    return Input(row["path"], row["name"], row["size"], row["sha256"], _error_in(row))


def table_of(rows: Sequence[Row], schema: Any) -> Any:
    """Rows as a table of pyarrow."""
    return arrow().Table.from_pylist(list(rows), schema=schema)


def _why(error: KhparseError) -> Row:
    return {"error": type(error).__name__, "why": error.message, "advice": error.advice}


def _error_in(row: Row) -> KhparseError | None:
    if row["error"] is None:
        return None
    kind = getattr(errors, row["error"], InputError)
    return kind(row["why"], row["advice"]) if issubclass(kind, KhparseError) else InputError(row["why"], row["advice"])
