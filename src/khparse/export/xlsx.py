"""XLSX: a sheet for each kind with Vietnamese heads, filters, links to the source; doubtful records are marked."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from khparse.errors import LimitError
from khparse.export.facts import Facts, Files
from khparse.export.fields import KINDS, Field, Form, Kind
from khparse.export.xml_text import xml_text

SURE = 0.9  # a record below this is to be looked at
LONGEST = 32_767  # characters that a cell holds
MOST_LINKS = 65_000  # Excel refuses a sheet with more than 65,530
LONGEST_LINK = 2_000
MOST_ROWS = 1_048_575  # below the head

_HEAD_FONT = Font(bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", start_color="1F4E78")
_HEAD_PLACE = Alignment(wrap_text=True, vertical="center")
_LINK_FONT = Font(color="0563C1", underline="single")
_TEXT_PLACE = Alignment(wrap_text=True, vertical="top")
_DOUBT_FILL = PatternFill("solid", start_color="FFEB9C")
_FORMATS = {"amount_vnd": "#,##0", "confidence": "0.00", "score": "0.00"}


def xlsx_files(facts: Facts, kinds: Iterable[str]) -> Files:
    """One workbook."""
    kinds = tuple(kinds)
    book = Workbook(write_only=True)
    book.properties.creator = "khparse"
    for name in kinds:
        _write_sheet(book, facts, KINDS[name], with_plans="plans" in kinds)
    out = io.BytesIO()
    book.save(out)
    return {"": out.getvalue()}


def _write_sheet(book: Workbook, facts: Facts, kind: Kind, *, with_plans: bool) -> None:
    values = facts.of(kind.name)
    if len(values) > MOST_ROWS:
        raise LimitError(
            f"{kind.title}: {len(values)} dòng, nhiều hơn một trang tính chứa được",
            "hãy xuất từng kế hoạch, hoặc ra csv",
        )
    sheet = book.create_sheet(kind.title)
    for index, field in enumerate(kind.fields, 1):
        sheet.column_dimensions[get_column_letter(index)].width = field.width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(kind.fields))}{len(values) + 1}"
    sheet.append([_head(sheet, field) for field in kind.fields])
    links = iter(range(MOST_LINKS))
    for value in values:
        cells = list(_row(sheet, value, facts, kind, links))
        if not with_plans:
            _unlink_plans(cells)
        sheet.append(cells)


def _head(sheet: Any, field: Field) -> Any:
    cell = WriteOnlyCell(sheet, field.head)
    cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, _HEAD_PLACE
    return cell


def _row(sheet: Any, value: Any, facts: Facts, kind: Kind, links: Iterator[int]) -> Iterator[Any]:
    for field in kind.fields:
        cell = _cell(sheet, field, field.value(value))
        address = field.link(value, facts) if field.link else None
        if address and len(address) <= LONGEST_LINK and cell.value is not None and next(links, None) is not None:
            _link(cell, address)
        yield cell


def _cell(sheet: Any, field: Field, value: Any) -> Any:
    if isinstance(value, list):
        value = "\n".join(value)
    if field.form is Form.FLAG:
        value = "có" if value else "chưa"
    if isinstance(value, str):
        value = xml_text(field.words.get(value, value))[:LONGEST]
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # a plan's "=…" is words, never a formula
    cell.alignment = _TEXT_PLACE
    cell.number_format = _FORMATS.get(field.key, "General")
    if field.key == "confidence" and value is not None and value < SURE:
        cell.fill = _DOUBT_FILL
    return cell


def _link(cell: Any, address: str) -> None:
    """A link to a file, or ("#'Kế hoạch'!A2") to a place in the workbook."""
    cell.hyperlink = address
    if address.startswith("#"):
        cell.hyperlink.target, cell.hyperlink.location = None, address[1:]
    cell.font = _LINK_FONT


def _unlink_plans(cells: Iterable[Any]) -> None:
    """No link to a sheet that is not in the workbook."""
    for cell in cells:
        if cell.hyperlink is not None and cell.hyperlink.location:
            cell.hyperlink, cell.font = None, Font()
