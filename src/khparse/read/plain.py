"""Plain text and Markdown, as typed or as scraped from the web."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise

import regex

from khparse.model.document import Document, Style
from khparse.read.assemble import Assembler, RawCell, bounded
from khparse.read.encoding import decode
from khparse.read.grid import Chunk, Grid, Row, chunks
from khparse.read.lines import Habit, Joined, bridged, habit, join
from khparse.read.marks import hard_breaks, unmark

_NEWLINE = regex.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
# rules drawn under the letterhead, and emphasis around nothing ("** **")
_DRAWN = regex.compile(r"[\s*_=\-–—~|.]*$")
_PAGE_NUMBER = regex.compile(r"\s*+(?:trang\s+)?-?\s*(\d{1,3})\s*-?(?:\s*/\s*\d{1,3})?\s*$", regex.IGNORECASE)
_FOOTNOTE = regex.compile(r"(?P<mark>[¹²³⁰⁴-⁹]{1,3}|\[\^?\d{1,3}\](?=\s|:))[:.]?\s*")
# a two-column head or foot is laid out as a table, or as words with wide gaps
_LAYOUT = regex.compile(
    r"cộng\s+h[oò][àa]?\s+xã\s+hội|độc\s+lập\s*[-–]\s*tự\s+do|đảng\s+cộng\s+sản\s+việt\s+nam|nơi\s+nhận\s*:?",
    regex.IGNORECASE,
)
_FOOT = regex.compile(r"[\s*_]*nơi\s+nhận\s*:?[\s*_]*\t\s*\S", regex.IGNORECASE)
_GAP = regex.compile(r"(?<=\S)(?: {3,}|\u00a0{3,})(?=\S)")


@dataclass(frozen=True, slots=True)
class _Note:
    """A footnote without its mark, and that mark."""

    mark: str
    text: str


_Draft = Joined | Grid


def read_plain(data: bytes) -> Document:
    """Text in UTF-8 or another encoding to a document without pages."""
    lines = [bounded(line) for line in _NEWLINE.split(decode(data))]
    found = list(chunks(_without_page_numbers(_foot_apart(_columns_apart(lines)))))
    manner = habit(block for block in found if isinstance(block, list))
    drafts, notes = _footnotes_apart(_drafts(found, manner))
    assembler = Assembler()
    for draft in _footnotes_back(_whole(drafts), notes):
        _emit(assembler, draft, manner)
    return assembler.document("text/plain")


def _columns_apart(lines: Sequence[str]) -> list[str]:
    """Wide gaps of a typed two-column head or foot become tabs."""
    return [_GAP.sub("\t", line) if index < 20 or _LAYOUT.search(line) else line for index, line in enumerate(lines)]


def _foot_apart(lines: Sequence[str]) -> list[str]:
    """Recipients typed beside the signature, line by line: "Nơi nhận:<tab>KT. CHỦ TỊCH"; the left column first, then the right."""
    start = next((index for index, line in enumerate(lines) if _FOOT.match(line)), None)
    if start is None:
        return list(lines)
    end = next((i for i in range(start, len(lines)) if not lines[i].strip() or lines[i].count("\t") > 1), len(lines))
    columns = [line.partition("\t") for line in lines[start:end]]
    right = [words.strip() for _, _, words in columns if words.strip()]
    return [*lines[:start], *(left for left, _, _ in columns if left.strip()), "", *right, "", *lines[end:]]


def _without_page_numbers(lines: Sequence[str]) -> list[str]:
    """The lines without the lone numbers that count the pages: two of them at least, each one more than the last."""
    alone = [
        (index, int(found.group(1)))
        for index, line in enumerate(lines)
        if (found := _PAGE_NUMBER.match(line)) and _is_alone(lines, index)
    ]
    counting = len(alone) >= 2 and all(b == a + 1 for (_, a), (_, b) in pairwise(alone))
    dropped = {index for index, _ in alone} if counting else set()
    return [line for index, line in enumerate(lines) if index not in dropped]


def _is_alone(lines: Sequence[str], index: int) -> bool:
    around = (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2])
    return not any(line.strip() for line in around)


def _drafts(found: Sequence[Chunk], manner: Habit) -> Iterator[_Draft]:
    """Paragraphs and tables in order; a layout table gives paragraphs, a table cut in two is one again."""
    pending: Grid | None = None
    for chunk in found:
        if isinstance(chunk, list):
            paragraphs = _block(chunk, manner)
            if pending and paragraphs:
                yield pending
                pending = None
            yield from paragraphs
        elif _is_layout(chunk):
            if pending:
                yield pending
                pending = None
            yield from _laid_out(chunk, manner)
        elif pending and pending.width == chunk.width:
            pending = Grid(pending.rows + chunk.rows, pending.width)
        else:
            if pending:
                yield pending
            pending = chunk
    if pending:
        yield pending


def _block(lines: Sequence[str], manner: Habit, *, layout: bool = False) -> list[Joined]:
    """The paragraphs of one block of lines."""
    out: list[Joined] = []
    # a line of asterisks alone may close a bold run: it goes only after the marks are read
    kept = ["" if "*" not in line and _DRAWN.match(line) else line.replace("\t", " ") for line in lines]
    for part in _hard_parts(kept):
        out += join(unmark(part), manner, layout=layout)
    return [paragraph for paragraph in out if not _DRAWN.match(paragraph.text)]


def _hard_parts(lines: Sequence[str]) -> Iterator[list[str]]:
    """The runs of lines between `<br>`s and Markdown's two blanks at a line's end."""
    part: list[str] = []
    for line in lines:
        first, *others = hard_breaks(line)
        part.append(first)
        for other in others:
            yield part
            part = [other]
        if line.endswith("  "):
            part.append("")
    yield part


def _is_layout(grid: Grid) -> bool:
    """A head's or foot's two columns, or a lone row that is no table."""
    words = " ".join(line for row in grid.rows[:4] for cell in row for line in cell)
    return len(grid.rows) == 1 or (grid.width <= 4 and _LAYOUT.search(words.replace("*", "")) is not None)


def _laid_out(grid: Grid, manner: Habit) -> Iterator[Joined]:
    """The paragraphs of a layout table: row by row where cells hold lines, else column by column."""
    if any(len(cell) > 1 for row in grid.rows for cell in row):
        cells = [cell for row in grid.rows for cell in row]
    else:
        columns = range(max(map(len, grid.rows)))
        cells = [[row[column][0] for row in grid.rows if column < len(row)] for column in columns]
    for cell in cells:
        yield from _block(cell, manner, layout=True)


def _footnotes_apart(drafts: Iterator[_Draft]) -> tuple[list[_Draft], list[_Note]]:
    """The drafts without their footnotes, and those."""
    body: list[_Draft] = []
    notes: list[_Note] = []
    for draft in drafts:
        found = None if isinstance(draft, Grid) else _FOOTNOTE.match(draft.text)
        mark = found.group("mark") if found else ""
        if found and not isinstance(draft, Grid) and (mark[0] != "[" or mark.startswith("[^") or _has_mark(body, mark)):
            notes.append(_Note(mark, draft.text[found.end() :]))
        else:
            body.append(draft)
    return body, notes


def _has_mark(drafts: Sequence[_Draft], mark: str) -> bool:
    return any(mark in _words(draft) for draft in drafts)


def _words(draft: _Draft) -> str:
    return draft.text if isinstance(draft, Joined) else " ".join(" ".join(cell) for row in draft.rows for cell in row)


def _whole(drafts: Sequence[_Draft]) -> list[_Draft]:
    """The drafts with cut paragraphs joined; nothing is joined across a table."""
    out: list[_Draft] = []
    run: list[Joined] = []
    for draft in drafts:
        if isinstance(draft, Joined):
            run.append(draft)
            continue
        out += bridged(run)
        run = []
        out.append(draft)
    return out + list(bridged(run))


def _footnotes_back(drafts: Sequence[_Draft], notes: Sequence[_Note]) -> Iterator[_Draft | _Note]:
    """Each footnote after the paragraph or table that holds its mark, which goes; at the end where none does."""
    waiting = list(notes)
    for draft in drafts:
        words = _words(draft) if waiting else ""
        called = [note for note in waiting if note.mark in words and _call(note.mark).search(words)]
        waiting = [note for note in waiting if note not in called]
        yield reduce(_without, [note.mark for note in called], draft)
        yield from called
    yield from waiting


def _call(mark: str) -> regex.Pattern[str]:
    """A mark as the text calls its footnote: "ngày.¹"; the exponent of "m²" is none."""
    return regex.compile(rf"\s*(?<!(?<!\p{{L}})[kdcm]?m)(?<![¹²³⁰⁴-⁹]){regex.escape(mark)}(?![¹²³⁰⁴-⁹])")


def _without(draft: _Draft, mark: str) -> _Draft:
    call = _call(mark)
    if isinstance(draft, Joined):
        return replace(draft, text=call.sub("", draft.text, count=1))
    rows = tuple([[call.sub("", line) for line in cell] for cell in row] for row in draft.rows)
    return Grid(rows, draft.width)


def _emit(assembler: Assembler, draft: _Draft | _Note, manner: Habit) -> None:
    if isinstance(draft, Grid):
        assembler.table(list(_cells(draft, manner)))
    elif isinstance(draft, _Note):
        assembler.paragraph(draft.text, kind="footnote")
    else:
        assembler.paragraph(
            draft.text,
            style=Style(bold=draft.bold or draft.heading is not None, italic=draft.italic, heading=draft.heading),
        )


def _cells(grid: Grid, manner: Habit) -> Iterator[RawCell]:
    """Each printed cell in its place; a row of one or two cells spans the table, surplus cells make columns."""
    for number, row in enumerate(grid.rows):
        for column, cell in enumerate(row):
            paragraphs = tuple(paragraph.text for paragraph in _block(cell, manner))
            closes = _closes_short_row(row, column, grid.width) and not _is_second_head(grid, number)
            span = grid.width - column if closes else 1
            yield RawCell(paragraphs, number, column, 1, span)


def _closes_short_row(row: Row, column: int, width: int) -> bool:
    return column == len(row) - 1 and len(row) <= 2 < width


def _is_second_head(grid: Grid, number: int) -> bool:
    """Whether two cells are what one merged header above them holds: "Kế hoạch | Ước thực hiện" under "Năm 2025"."""
    above, row = grid.rows[0], grid.rows[number]
    return number == 1 and len(row) == 2 and len(above) > 2 and len(above) + len(row) - 1 == grid.width
