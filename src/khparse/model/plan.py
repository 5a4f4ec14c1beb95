"""A plan as understood: its letterhead, numbered sections, items under them, and tables by the meaning of columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from khparse.model.document import Cell, Document, Span, Table


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, and as what: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / Lê Thị B" -> Lê Thị B, "Phó Chủ tịch"."""

    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The plan's own particulars (NĐ 30/2020/NĐ-CP, Phụ lục I) and where the parts that hold no commitments lie."""

    type: str | None = None
    number: str | None = None
    issuer: str | None = None
    province: str | None = None  # the bare name: "Quảng Ngãi"
    place: str | None = (
        None  # how a jurisdiction's name follows an office's: "tỉnh Quảng Ngãi", "Thành phố Hồ Chí Minh"
    )
    district: str | None = None  # that a commune's or a school's head names above it: "huyện Trà Cú"
    date: str | None = None  # as much as is stated: "2022", "2025-04", "2023-02-07"
    title: str | None = None
    signers: tuple[Signer, ...] = ()
    recipients: tuple[str, ...] = ()
    head: Span = Span(0, 0)  # everything before the preamble: letterhead and title
    preamble: Span = Span(0, 0)  # from the title's end to the first section
    tail: Span = Span(0, 0)  # recipients and signatures; appendices lie after it


class SectionKind(StrEnum):
    """What numbers a section."""

    PART = "part"
    CHAPTER = "chapter"
    HEADING = "heading"  # Mục
    ARTICLE = "article"
    ROMAN = "roman"
    CAPITAL = "capital"  # A. B.
    NUMBER = "number"
    DECIMAL = "decimal"
    LETTER = "letter"
    BRACKET = "bracket"  # (1)
    APPENDIX = "appendix"
    ROW = "row"  # a group row of a table


@dataclass(frozen=True, slots=True)
class Section:
    """A unit that the plan numbers. `span` runs from its label to the end of its last descendant."""

    path: str
    label: str | None
    heading: str
    level: int
    kind: SectionKind
    span: Span
    heading_span: Span
    parent: str | None = None
    form: bool = False  # inside a blank form to fill in


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph of the body that is no section's heading: a bullet or plain words. `span` leaves the marker out.

    `depth` is 0 for plain words, 1 for the outer bullet, 2 for one inside it; `section` is a section's path.
    """

    span: Span
    marker: str
    depth: int
    section: str | None
    footnote: bool = False


class Role(StrEnum):
    """What a table's column says, by the meaning of its header."""

    ORDER = "order"
    TASK = "task"
    LEAD = "lead"
    COORDINATING = "coordinating"
    BOTH = "both"  # "Chủ trì/phối hợp" in one column
    DUE = "due"
    DELIVERABLE = "deliverable"
    BUDGET = "budget"
    FUND = "fund"
    INDICATOR = "indicator"
    UNIT = "unit"
    TARGET = "target"
    BASELINE = "baseline"
    OBJECTIVE = "objective"
    NOTE = "note"
    OTHER = "other"


class RowKind(StrEnum):
    """What a table's row is."""

    HEADER = "header"
    GROUP = "group"
    ITEM = "item"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its role, the header's words, and the year or period that stands over it ("2025", "2026/2030").

    Of a column of sums, `fund` is the source that its header names ("Ngân sách tỉnh"), `multiplier` what its own unit
    makes of a figure ("Kinh phí (nghìn đồng)" -> 1000), `adds_up` whether it sums the columns beside it ("Tổng số").
    """

    role: Role
    header: str
    period: str | None = None
    fund: str | None = None
    multiplier: int | None = None
    adds_up: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header. `cells[i]` stands under `columns[i]`, None where the row has nothing there.

    `surplus` are sums beyond the last column of sums (a broken row: the first ones stand in those columns, as printed).
    `broken` says that the cells did not stand under their columns and were laid out anew. `section` is the path the
    row belongs to. A cell merged over several rows stands in each of them.
    """

    kind: RowKind
    index: int
    cells: tuple[Cell | None, ...]
    section: str | None
    surplus: tuple[Cell, ...] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True)
class AssignmentTable:
    """A table read by its headers. `multiplier` turns a budget cell into đồng ("ĐVT: triệu đồng" -> 1_000_000).

    `continued` are the tables without a header of their own that go on with it; their rows stand among `rows`.
    """

    table: Table
    section: str | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    multiplier: int | None = None
    title: str = ""
    continued: tuple[Table, ...] = ()

    def column_of(self, role: Role) -> int | None:
        """The first column of that role, None where there is none."""
        return next((i for i, column in enumerate(self.columns) if column.role is role), None)


@dataclass(frozen=True, slots=True)
class Plan:
    """What extraction works on."""

    document: Document
    letterhead: Letterhead
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    tables: tuple[AssignmentTable, ...] = ()

    def section_at(self, offset: int) -> str | None:
        """The path of the innermost section that holds the character at `offset`."""
        best: Section | None = None
        for section in self.sections:
            if section.span.start <= offset < section.span.end:
                best = section
        return best.path if best else None
