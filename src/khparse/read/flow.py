"""What a word processor's page holds, before offsets: paragraphs and grids in reading order, poured into a document.

Word files and web pages both set the letterhead, the signature and real tables with the same table markup; here
they are told apart, once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import regex

from khparse.model.document import Style
from khparse.read.assemble import Assembler, RawCell
from khparse.text.canonical import canonical

# marks inside a paragraph's raw text
LINE_BREAK = "\n"
PAGE_START = "\f"

PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: raw text with LINE_BREAK and PAGE_START in it, its look, and what hangs on it.

    `after` are the footnotes and text boxes anchored in it.
    """

    text: str
    style: Style = PLAIN
    kind: Literal["paragraph", "footnote"] = "paragraph"
    after: tuple[Flow, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid, with all that it holds, and the rectangle that it fills."""

    content: tuple[Flow, ...]
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as marked up: a real one, or a frame for layout. `ruled` says whether its lines are seen."""

    cells: tuple[GridCell, ...]
    ruled: bool = True


Flow = Para | Grid


def pour(flow: Iterable[Flow], assembler: Assembler, *, paged: bool = False) -> None:
    """Put the flow into the assembler: layout frames column by column, tables as tables, notes after their marks."""
    pourer = _Pourer(assembler, paged=paged)
    if paged:
        assembler.page(1)
    for block in flow:
        pourer.block(block)


class _Pourer:
    def __init__(self, assembler: Assembler, *, paged: bool) -> None:
        self._assembler = assembler
        self._paged = paged
        self._page = 1
        self._turned = 0  # where the last page began: one without words is none

    def block(self, block: Flow, *, framed: bool = False) -> None:
        if isinstance(block, Para):
            self._para(block, framed=framed)
        elif is_layout(block):
            for inner in in_columns(block):
                self.block(inner, framed=True)
        else:
            self._table(block)

    def _para(self, para: Para, *, framed: bool) -> None:
        for line in printed_lines(para, framed=framed):
            self._line("".join(c for c in line if c == PAGE_START) if _RULE.fullmatch(line) else line, para)
        for block in para.after:
            self.block(block)

    def _line(self, line: str, para: Para) -> None:
        pieces, ended = line.split(PAGE_START), False
        while len(pieces) > 1 and not pieces[0].strip():
            pieces.pop(0)
            self._turn(self._assembler.length)
        while len(pieces) > 1 and not pieces[-1].strip():
            pieces.pop()
            ended = True
        whole = pieces[0] if len(pieces) == 1 else canonical("".join(pieces))
        span = self._assembler.paragraph(whole, style=para.style, kind=para.kind)
        for i in range(1, len(pieces) if span else 0):
            before = canonical("".join(pieces[:i]))
            self._turn(self._assembler.length - 1 - len(whole[len(before) :].lstrip()))
        if ended:
            self._turn(self._assembler.length)

    def _turn(self, offset: int) -> None:
        if self._paged and offset > self._turned:
            self._page += 1
            self._turned = offset
            self._assembler.page(self._page, at=offset)

    def _table(self, grid: Grid) -> None:
        cells = [
            RawCell(tuple(_cell_lines(cell.content)), cell.row, cell.column, cell.row_span, cell.column_span)
            for cell in grid.cells
        ]
        stripped = [replace(cell, paragraphs=tuple(_unpaged(line) for line in cell.paragraphs)) for cell in cells]
        table = self._assembler.table(stripped)
        if table is not None and self._paged:
            starts = {(cell.row, cell.column): cell.span for cell in table.cells}
            for cell in _turning(cells):
                span = starts[cell.row, cell.column]
                for before in _before_turns(cell):
                    self._turn(min(span.start + len(before), span.end))
        for held in grid.cells:
            for note in _notes(held.content):
                self.block(note)


def _turning(cells: Sequence[RawCell]) -> Iterator[RawCell]:
    """Of each row that a page's end cuts, the cell that tells it: each of the row's cells may."""
    rows: dict[int, RawCell] = {}
    for cell in cells:
        count = sum(line.count(PAGE_START) for line in cell.paragraphs)
        told = rows.get(cell.row)
        if count > (sum(line.count(PAGE_START) for line in told.paragraphs) if told else 0):
            rows[cell.row] = cell
    yield from (rows[row] for row in sorted(rows))


def _before_turns(cell: RawCell) -> Iterator[str]:
    """What a cell prints before each page's end in it, as the canonical text has it."""
    pieces = LINE_BREAK.join(cell.paragraphs).split(PAGE_START)
    for i in range(1, len(pieces)):
        lines = [canonical(line) for line in "".join(pieces[:i]).split(LINE_BREAK)]
        before = "\n".join(line for line in lines if line)
        yield f"{before}\n" if before and not lines[-1] else before


# a line drawn under the head or between parts; dots are a blank to fill in
_RULE = regex.compile(r"(?:\s*+[_\-–—=*~]){3,}+\s*+")


def _unpaged(text: str) -> str:
    return text.replace(PAGE_START, "")


# A line break in running text is a place in the line, but people also end items with it.
_NEW_ITEM = regex.compile(
    r"\s*+(?:[-–+•*]\s|\d{1,2}[.)]\s|[a-zđ]\)\s|(?:[IVX]{1,5}|[A-E])[.\-–]\s|(?:\d{1,2}[\-–]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\(\d{1,2}\))\s\p{Lu}|Điều\s\d)"
)


def printed_lines(para: Para, *, framed: bool) -> Iterator[str]:
    """The lines of the canonical text that a paragraph makes.

    In a frame or a cell each break ends a line; in running text it is a blank, unless what follows is an item of
    its own ("- …", "2. …"), a sentence after another or under a numbered heading, or a title under the capitals of
    its kind ("KẾ HOẠCH" / "Triển khai …").
    """
    lines = para.text.split(LINE_BREAK)
    if framed:
        yield from lines
        return
    held = lines[0]
    for line in lines[1:]:
        if (
            _RULE.fullmatch(line)
            or _RULE.fullmatch(held)
            or _NEW_ITEM.match(line)
            or _ends(held, line)
            or (para.style.centered and _changes_case(held, line))
        ):
            yield held
            held = line
        else:
            held = f"{held} {line}"
    yield held


# where no paragraph goes on: after a sentence, and after a numbered heading with a whole sentence under it
_SENTENCE_END = regex.compile(r"[.;:!?][\"”’)]?\s*$")
_CAPITAL = regex.compile(r"\s*[\"“‘(]?(?:\p{Lu}|\d)")
_LABELLED = regex.compile(
    r"\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)\-–]?|[a-zđ]\)|(?:[IVX]{1,5}|[A-E])[.\-–]|Điều\s\d{1,3}\.)\s"
)
_HEADING_LENGTH, _SENTENCE_LENGTH = 90, 60


def _ends(before: str, after: str) -> bool:
    """Whether a line break that somebody typed between two lines ends a paragraph."""
    if not _CAPITAL.match(after):
        return False
    if _SENTENCE_END.search(before):
        return True
    heading = _LABELLED.match(before) is not None and len(before) <= _HEADING_LENGTH
    return heading and len(after) >= _SENTENCE_LENGTH and _SENTENCE_END.search(after) is not None


def _changes_case(before: str, after: str) -> bool:
    """Whether capitals end and small letters begin between two lines."""
    return before.isupper() and any(c.islower() for c in after)


def _cell_lines(content: Sequence[Flow]) -> Iterator[str]:
    """The lines of a real table's cell; a table inside it gives a line for each of its rows."""
    for block in content:
        if isinstance(block, Para):
            yield from printed_lines(block, framed=True)
            yield from _cell_lines([inner for inner in block.after if not _is_note(inner)])
        elif is_layout(block):
            yield from _cell_lines(list(in_columns(block)))
        else:
            rows: dict[int, list[str]] = {}
            for cell in block.cells:
                rows.setdefault(cell.row, []).append(" ".join(_cell_lines(cell.content)))
            yield from (" ".join(rows[row]) for row in sorted(rows))


def _notes(content: Sequence[Flow]) -> Iterator[Para]:
    """The footnotes that hang on anything in a cell."""
    for block in content:
        inner = block.after if isinstance(block, Para) else [held for cell in block.cells for held in cell.content]
        for held in inner:
            if isinstance(held, Para) and held.kind == "footnote":
                yield held
            else:
                yield from _notes([held])


def _is_note(block: Flow) -> bool:
    return isinstance(block, Para) and block.kind == "footnote"


# NĐ 30/2020/NĐ-CP, Phụ lục I: the national name or the Party's stands beside the office's; "Nơi nhận" beside
# the signature. Neither is ever a cell of a table of facts.
_HEAD = regex.compile(
    r"(?i)\b(?:CỘNG\s+(?:HÒA|HOÀ)\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|Độc\s+lập\s*[-–]\s*Tự\s+do)"
)
_TAIL = regex.compile(
    r"^\W*+(?:(?i:Nơi\s+nhận)\s*+(?::|\n\s*[-–+])|(?:TM|KT|TL|TUQ|Q)\s?\.\s?\p{Lu}{2})", regex.MULTILINE
)
_COUNTED = regex.compile(r"(?i)\W*(?:S?TT|Số\s+TT|Số\s+thứ\s+tự|1|01)\W*")
_FRAME_ROWS, _FRAME_COLUMNS = 12, 5


def is_head(words: str) -> bool:
    """Whether the national name or the Party's stands in the words, as it does in a letterhead alone."""
    return _HEAD.search(words) is not None


def is_layout(grid: Grid) -> bool:
    """Whether a grid only places things: the head's two columns, "Nơi nhận" | signature, a box around words."""
    rows = max((cell.row + cell.row_span for cell in grid.cells), default=0)
    columns = len({cell.column for cell in grid.cells})
    if columns <= 1:
        return True
    if rows > _FRAME_ROWS or columns > _FRAME_COLUMNS:
        return False
    words = [(cell, "\n".join(map(canonical, _cell_lines(cell.content)))) for cell in grid.cells]
    if any(_HEAD.search(said) or _TAIL.search(said) for _, said in words):
        return True
    # a column of running numbers is a table's, whether lines are drawn or not
    counted = any(cell.column == 0 and _COUNTED.fullmatch(said) for cell, said in words)
    return not grid.ruled and not counted and (rows == 1 or (columns <= 3 and rows <= 4))


def in_columns(grid: Grid) -> Iterator[Flow]:
    """What a frame holds, left column before right column; a cell across all columns parts what is above it."""
    width = max(cell.column + cell.column_span for cell in grid.cells)
    band: list[GridCell] = []
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.column_span < width or width == 1:
            band.append(cell)
            continue
        yield from _by_column(band)
        band = []
        yield from cell.content
    yield from _by_column(band)


def _by_column(cells: list[GridCell]) -> Iterator[Flow]:
    for cell in sorted(cells, key=lambda cell: (cell.column, cell.row)):
        yield from cell.content
