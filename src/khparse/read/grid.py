"""Tables of plain text: rows of tabs, Markdown's pipes, and the broken pipes of scraped pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from khparse.text.labels import bullet_at, opens_label

Row = list[list[str]]  # cells, each its lines
MAX_COLUMNS = 40
_RULE_ROW = regex.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_PIPES = regex.compile(r"(?<!\\)\|")
_HEADER = regex.compile(r"\**(?:s?tt|số\s*tt|số thứ tự)\.?\**$", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: `width` columns, rows that may be shorter or longer."""

    rows: tuple[Row, ...]
    width: int


Chunk = list[str] | Grid


def chunks(lines: Sequence[str]) -> Iterator[Chunk]:
    """Blocks of lines without a blank one between, and tables, in order."""
    block: list[str] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        end = _table_end(lines, index)
        if end:
            if block:
                yield block
                block = []
            yield from _tables(lines[index:end])
            index = end
            continue
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
        index += 1
    if block:
        yield block


def _table_end(lines: Sequence[str], start: int) -> int | None:
    """Where the table that starts at a line ends, None where none starts."""
    line = lines[start]
    if line.strip() == "|":
        return _fence_end(lines, start)
    if line.lstrip().startswith("|") and len(_PIPES.findall(line)) >= 2:
        return _pipe_end(lines, start)
    if _is_tab_row(line):
        return _tab_end(lines, start)
    return None


def _tables(lines: Sequence[str]) -> Iterator[Grid]:
    first = lines[0]
    if first.strip() == "|":
        yield fence_grid(lines)
        return
    rows = _pipe_rows(lines) if first.lstrip().startswith("|") else _tab_rows(lines)
    if rows:
        yield Grid(tuple(rows), max(map(len, rows)))


# --- rows of tabs ---


def _is_tab_row(line: str) -> bool:
    """Two words or more with a tab between: not "1.<tab>Mục tiêu", where the tab only follows a label."""
    if "\t" not in line:
        return False
    filled = [cell for cell in line.split("\t") if cell.strip()]
    if len(filled) == 2:
        head = filled[0].strip()
        return bullet_at(head + " ") is None and (head.isdigit() or not opens_label(head + " A"))
    return len(filled) > 2


def _tab_end(lines: Sequence[str], start: int) -> int:
    """The end of a table of tabs: blank lines inside it (a page break) are its own while rows alike go on."""
    end = start + 1
    width = lines[start].count("\t")
    index = end
    while index < len(lines) and index - end <= 8:
        line = lines[index]
        if "\t" in line and line.strip() and (index == end or _goes_on(line, width)):
            end = index + 1
            width = max(width, line.count("\t"))
        elif line.strip():
            if index > end or not _is_rest_of_cell(lines, index, width):
                break
            end = index + 1
        index += 1
    return end


def _goes_on(line: str, width: int) -> bool:
    """Whether a row after blank lines belongs to the table above."""
    return width >= 2 and line.count("\t") >= width / 2


def _is_rest_of_cell(lines: Sequence[str], index: int, width: int) -> bool:
    """A line without tabs between two parts of a row: a line break inside a cell."""
    before = lines[index - 1].count("\t")
    after = lines[index + 1].count("\t") if index + 1 < len(lines) else 0
    return 0 < before < width and 0 < after < width and before + after <= width


def _tab_rows(lines: Sequence[str]) -> list[Row]:
    width = max(line.count("\t") for line in lines) + 1
    rows: list[Row] = []
    for line in lines:
        if not line.strip():
            continue
        cells: Row = [[cell] for cell in line.split("\t")]
        if rows and _completes(rows[-1], cells, width):
            rows[-1][-1].extend(cells[0])
            rows[-1].extend(cells[1:])
        elif not (rows and _is_repeated_head(rows, cells)):
            rows.append(cells)
    return rows


def _completes(row: Row, cells: Row, width: int) -> bool:
    """Whether a row and the next line are one row that a line break inside a cell cut in two."""
    first = cells[0][0].strip()
    return (
        len(row) < width
        and len(row) + len(cells) - 1 <= width
        and bool(first)
        and not first[0].isdigit()
        and (len(cells) == 1 or len(row) + len(cells) - 1 == width)
        and row[0][0].strip().rstrip(".").isdigit()
    )


def _is_repeated_head(rows: Sequence[Row], cells: Row) -> bool:
    """The header printed again at the top of a page."""
    return cells == rows[0] and _HEADER.match(cells[0][0].strip()) is not None


# --- Markdown's pipes ---


def _pipe_end(lines: Sequence[str], start: int) -> int:
    end = start
    while end < len(lines) and lines[end].strip():
        line = lines[end].rstrip()
        if not line.lstrip().startswith("|"):
            break
        end += 1
        # a cell broken over lines: the row ends with the line that ends with a pipe
        while not line.endswith("|") and end < len(lines) and lines[end].strip() and not lines[end].startswith("|"):
            line = lines[end].rstrip()
            end += 1
    return end


def _pipe_rows(lines: Sequence[str]) -> list[Row]:
    printed: list[str] = []
    for line in lines:
        if line.lstrip().startswith("|") or not printed:
            printed.append(line.strip())
        else:
            words = line.strip()
            printed[-1] += ("\n" if bullet_at(words) or opens_label(words) else " ") + words
    rows: list[Row] = []
    for row in printed:
        if _RULE_ROW.match(row):
            continue
        inner = row.removeprefix("|")
        inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
        rows.append([cell.replace("\\|", "|").split("\n") for cell in _PIPES.split(inner)])
    return rows


# --- scraped pages: each cell between two lines of "|" ---


def _fence_end(lines: Sequence[str], start: int) -> int:
    """The end of a fenced table: its last line is a "|" with a blank line, or nothing, below."""
    end = start
    last = start
    while end < len(lines):
        if lines[end].strip() == "|":
            last = end
        elif not lines[end].strip() and (last == end - 1 or end - last > 60):
            following = next((line.strip() for line in lines[end : end + 12] if line.strip()), "")
            if following != "|":
                break
        end += 1
    return last + 1


def fence_grid(lines: Sequence[str]) -> Grid:
    """Cells between lines of "|" to rows. A row's end is written like an empty cell: the rows' common width tells."""
    cells = _between(lines)
    width = min(_widths(cells), key=lambda width: (_parse(cells, width)[0], -width), default=1)
    rows = _parse(cells, width)[1]
    return Grid(tuple([cells[i] for i in range(start, end)] for start, end in rows), width)


def _between(lines: Sequence[str]) -> list[list[str]]:
    """What stands between each two fences."""
    cells: list[list[str]] = []
    current: list[str] = []
    for line in lines[1:]:
        if line.strip() == "|":
            cells.append(current)
            current = []
        else:
            current.append(line)
    return cells


def _widths(cells: Sequence[list[str]]) -> set[int]:
    """Lengths of runs of filled cells: one of them is the table's width."""
    widths: set[int] = set()
    run = 0
    for cell in [*cells, []]:
        if any(line.strip() for line in cell):
            run += 1
        else:
            widths.add(min(run, MAX_COLUMNS))
            run = 0
    return widths - {0}


def _parse(cells: Sequence[list[str]], width: int) -> tuple[float, list[tuple[int, int]]]:
    """The cheapest cut of the cells into rows of about `width`, an empty slot after each: (cost, row bounds)."""
    filled = [any(line.strip() for line in cell) for cell in cells]
    count = len(cells)
    before = [0]
    for value in filled:
        before.append(before[-1] + value)
    best: list[tuple[float, int]] = [(0.0, 0)] * (count + 2)
    for start in range(count - 1, -1, -1):
        options = []
        for end in range(start + 1, min(start + width + 6, count) + 1):
            if end < count and filled[end]:
                continue
            cost = _row_cost(end - start, before[end] - before[start], width)
            options.append((cost + best[min(end + 1, count)][0], end))
        best[start] = min(options) if options else (1e9, count)
    bounds: list[tuple[int, int]] = []
    start = 0
    while start < count:
        end = best[start][1]
        if before[end] > before[start]:
            bounds.append((start, end))
        start = end + 1
    return best[0][0] if count else 0.0, bounds


def _row_cost(length: int, filled: int, width: int) -> float:
    """How unlike a row of the table a stretch of cells is."""
    if not filled:
        return 1.5
    if length > width:
        return 2.0 + length - width
    return 0.0 if length == width else 1.0 + 0.75 * (length - filled)
