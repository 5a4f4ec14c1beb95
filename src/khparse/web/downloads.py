"""Lists as files: CSV that Excel opens with its letters right, and XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# a cell that begins so is a formula to a spreadsheet: written in a plan, it stays words
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a file: its heading and what stands in it."""

    heading: str
    of: Callable[[Any], Any]
    width: int = 20


def download(name: str, form: str, fields: Sequence[Field], rows: Iterable[Any]) -> Response:
    """The rows as an attachment `name.form`."""
    body = _xlsx(fields, rows) if form == "xlsx" else _csv(fields, rows)
    media = XLSX if form == "xlsx" else "text/csv; charset=utf-8"
    return Response(body, media_type=media, headers={"content-disposition": f'attachment; filename="{name}.{form}"'})


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _csv(fields: Sequence[Field], rows: Iterable[Any]) -> bytes:
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow([field.heading for field in fields])
    writer.writerows([_safe(field.of(row)) for field in fields] for row in rows)
    return kept.getvalue().encode("utf-8-sig")


def _xlsx(fields: Sequence[Field], rows: Iterable[Any]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([field.heading for field in fields])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        values = (_safe(field.of(row)) for field in fields)
        sheet.append([ILLEGAL_CHARACTERS_RE.sub(" ", v) if isinstance(v, str) else v for v in values])
    for index, field in enumerate(fields, 1):
        sheet.column_dimensions[get_column_letter(index)].width = field.width
    for cells in sheet.iter_rows(min_row=2, max_row=min(sheet.max_row, 5000)):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
