"""The corpus's text sources, read into the blocks that a printed plan is set from.

A source is plain text as typed: blank lines part the paragraphs, lines of cells parted by tabs are a table,
the head ("…	CỘNG HÒA XÃ HỘI …") and the foot ("Nơi nhận:	…") are two columns, a line that opens with ¹ is a footnote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center"]

_NOTE = re.compile(r"(?P<mark>[¹²³])\s+(?P<text>.+)")
_SUPERSCRIPTS = {"¹": "1", "²": "2", "³": "3"}
_CENTERED = re.compile(r"(?:KẾ HOẠCH|PHỤ LỤC|CHƯƠNG TRÌNH)\b|\*$")
_HEADING = re.compile(r"(?:Phần thứ|PHẦN|[IVX]+[.-] |\d{1,2}[.-] [A-ZĐÀ-Ỹ,\s]{8,}$)")
_ROW_LABEL = re.compile(r"(?:\d{1,2}|[IVX]+|[A-D])$|tổng", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one paragraph or of one centred block; `page_break` where an appendix opens."""

    lines: tuple[str, ...]
    align: Align = "left"
    bold: bool = False
    page_break: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """A head or foot in two columns without lines."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    foot: bool


@dataclass(frozen=True, slots=True)
class Merge:
    """A rectangle of cells made one: corners included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table with lines: rows of equal width, how many of them are its header, which cells are one."""

    rows: tuple[tuple[str, ...], ...]
    header: int
    merges: tuple[Merge, ...]


Block = Paragraph | Columns | Ruled


@dataclass(frozen=True, slots=True)
class Source:
    """A plan's blocks in order and its footnotes by their marks."""

    blocks: tuple[Block, ...]
    notes: dict[str, str]


def read_source(text: str) -> Source:
    """A source's text -> its blocks; footnotes apart."""
    notes: dict[str, str] = {}
    blocks: list[Block] = []
    for lines in _runs(text):
        note = _NOTE.match(lines[0])
        if note:
            notes[_SUPERSCRIPTS[note["mark"]]] = note["text"]
        elif "\t" in lines[0]:
            blocks.append(_tabbed(lines, first=not blocks))
        else:
            blocks.append(_paragraph(lines))
    return Source(tuple(blocks), notes)


def marks_apart(text: str) -> list[tuple[str, str]]:
    """Stretches, each with the footnote mark after it: "ngày.¹ Sau đó" -> [("ngày.", "1"), (" Sau đó", "")]."""
    parts = re.split(r"([¹²³])", text)
    marks = [_SUPERSCRIPTS[mark] for mark in parts[1::2]]
    return [pair for pair in zip(parts[::2], [*marks, ""], strict=True) if pair != ("", "")]


def _runs(text: str) -> Iterator[list[str]]:
    for run in re.split(r"\n(?:[ ]*\n)+", text.strip("\n")):
        yield run.split("\n")


def _paragraph(lines: Sequence[str]) -> Paragraph:
    centered = bool(_CENTERED.match(lines[0]))
    bold = centered or bool(_HEADING.match(lines[0]))
    return Paragraph(tuple(lines), "center" if centered else "left", bold, lines[0].startswith("PHỤ LỤC"))


def _tabbed(lines: Sequence[str], *, first: bool) -> Columns | Ruled:
    rows = [tuple(line.split("\t")) for line in lines]
    foot = rows[0][0].startswith("Nơi nhận")
    if not (first or foot):
        return _ruled(rows)
    left = tuple(row[0] for row in rows if row[0])
    right = tuple(row[1] for row in rows if len(row) > 1 and row[1])
    return Columns(left, right, foot)


def _ruled(rows: Sequence[tuple[str, ...]]) -> Ruled:
    width = max(map(len, rows))
    full = tuple(row + ("",) * (width - len(row)) for row in rows)
    header = next((i for i, row in enumerate(full) if _ROW_LABEL.match(row[0])), 1)
    return Ruled(full, header, (*_header_merges(full, header), *_total_merges(full, header)))


def _header_merges(rows: Sequence[tuple[str, ...]], header: int) -> Iterator[Merge]:
    """Under "Kinh phí" stand the years; a column without a second line is one cell from top to bottom."""
    if header != 2:
        return
    top, below = rows[0], rows[1]
    for column, words in enumerate(top):
        if words and not below[column]:
            yield Merge(0, column, 1, column)
        elif words:
            end = column
            while end + 1 < len(top) and not top[end + 1] and below[end + 1]:
                end += 1
            yield Merge(0, column, 0, end)


def _total_merges(rows: Sequence[tuple[str, ...]], header: int) -> Iterator[Merge]:
    for index, row in enumerate(rows[header:], header):
        if row[0].lower().startswith("tổng"):
            end = 0
            while end + 1 < len(row) and not row[end + 1]:
                end += 1
            yield Merge(index, 0, index, min(end, len(row) - 2))
