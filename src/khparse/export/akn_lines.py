"""The canonical text as lines, tables and nested sections: what the Akoma Ntoso form is built from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from khparse.model.document import Span
from khparse.model.record import SectionRecord

MOST_BETWEEN = 2  # lines without a tab that a table's row may hold: a group's name, a cell's second paragraph

_ROW_START = regex.compile(r"\s*(?:\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLC]{1,6}|[A-Za-zđĐ])[.)]?)\s*\t")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the spans of its cells."""

    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TableLines:
    """Lines that are a table's rows."""

    span: Span
    rows: tuple[Row, ...]


Block = Span | TableLines


@dataclass(slots=True)
class Unit:
    """A section with the blocks that are its own (its first line among them) and the sections inside it."""

    section: SectionRecord | None
    blocks: list[Block] = field(default_factory=list)
    children: list[Unit] = field(default_factory=list)


def lines_of(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The lines that hold words, in order."""
    spans, at = [], start
    for line in text[start:end].split("\n"):
        if line.strip():
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return spans


def blocks_of(text: str) -> list[Block]:
    """Lines and tables of the whole text. In the text a row is a line, and tabs stand between cells."""
    lines, index = lines_of(text), 0
    blocks: list[Block] = []
    while index < len(lines):
        last = _table_end(text, lines, index)
        if last is None:
            blocks.append(lines[index])
            index += 1
        else:
            blocks.append(_table(text, lines[index:last]))
            index = last
    return blocks


def _table_end(text: str, lines: Sequence[Span], first: int) -> int | None:
    """Where the table that begins with this line ends (exclusive), None where none begins."""
    if "\t" not in lines[first].of(text):
        return None
    end = first + 1
    for index in range(first + 1, len(lines)):
        if index - end > MOST_BETWEEN:
            break
        line = lines[index].of(text)
        if "\t" in line and (index == end or _ROW_START.match(line)):  # after other words only a row goes on with it
            end = index + 1
    return end


def _table(text: str, lines: Sequence[Span]) -> TableLines:
    widest = max(line.of(text).count("\t") for line in lines)
    rows: list[list[Span]] = []
    for line in lines:
        if rows and _goes_on(text, rows[-1], line, widest):
            rows[-1].append(line)
        else:
            rows.append([line])
    return TableLines(Span(lines[0].start, lines[-1].end), tuple(Row(_cells(text, row)) for row in rows))


def _goes_on(text: str, row: Sequence[Span], line: Span, widest: int) -> bool:
    """Whether a line is a further paragraph of a cell: the row is short of cells, the line opens none of its own."""
    words, present = line.of(text), sum(part.of(text).count("\t") for part in row)
    opened = _ROW_START.match(row[0].of(text)) is not None
    return opened and present < widest and present + words.count("\t") <= widest and not _ROW_START.match(words)


def _cells(text: str, row: Sequence[Span]) -> tuple[Span, ...]:
    start, end = row[0].start, row[-1].end
    bounds = [start - 1, *(at for at in range(start, end) if text[at] == "\t"), end]
    return tuple(Span(left + 1, right) for left, right in pairwise(bounds))


def nested(sections: Sequence[SectionRecord], blocks: Sequence[Block]) -> list[Unit]:
    """Sections by what contains them, each with its own blocks. What stands in no section is a unit without one.

    A group's row inside a table stays a row: it is no section here.
    """
    starts = {_span(block).start for block in blocks if isinstance(block, Span)}
    opening = {s.start: s for s in sorted(sections, key=lambda s: -s.end) if s.start in starts}
    units: list[Unit] = []
    above: list[Unit] = []
    for block in blocks:
        start = _span(block).start
        while above and start >= _end(above[-1]):
            above.pop()
        section = opening.get(start)
        if section is not None:
            unit = Unit(section)
            (above[-1].children if above else units).append(unit)
            above.append(unit)
        _place(units, above, block)
    return units


def _place(units: list[Unit], above: list[Unit], block: Block) -> None:
    """A block goes to the innermost section; after inner sections it stands in a unit of its own."""
    into = above[-1].children if above else units
    if above and not into:
        above[-1].blocks.append(block)
    elif into and into[-1].section is None:
        into[-1].blocks.append(block)
    else:
        into.append(Unit(None, [block]))


def _span(block: Block) -> Span:
    return block.span if isinstance(block, TableLines) else block


def _end(unit: Unit) -> int:
    return unit.section.end if unit.section else 0
