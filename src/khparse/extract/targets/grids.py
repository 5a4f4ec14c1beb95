"""Tables of shares whose headers name no roles: rows of what is measured, columns of whom, "%" said once.

"Đơn vị tính: %" above "Nội dung | Khối 1 | Khối 2" makes "Hoàn thành tốt | 62,5 | 70" two targets; so does a column
"%" or "Tỷ lệ" beside its "Số lượng".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from khparse.extract.targets.claims import Claim
from khparse.extract.targets.figures import Figure
from khparse.extract.targets.grammar import Grammar
from khparse.extract.targets.horizons import heading_horizon
from khparse.extract.targets.indicators import tidy
from khparse.model.document import Cell, Span, Table
from khparse.model.record import TargetKind
from khparse.text.numbers import quantity

_TRUST = 0.75
_MOST_HEADS = 3
_UNIT = regex.compile(
    r"(?:ĐVT|đơn vị(?: tính)?|tính theo|tính bằng)\s*:?\s*\(?\s*(?:%|tỷ lệ %|phần trăm)", regex.IGNORECASE
)
# what all cells measure, said once above: "Tỷ lệ học sinh đạt điểm khá (%):"
_LEAD = regex.compile(
    r"[\s+*•–-]*(?P<what>(?:tỷ lệ|tỉ lệ)\s[^:%]{4,200}?)\s*\(\s*(?:tính (?:theo|bằng) |ĐVT\s*:\s*)?%\s*\)\s*[:.]?\s*$",
    regex.IGNORECASE,
)
_SHARE_HEAD = regex.compile(r"(?:.*\(\s*%\s*\)|(?:tỷ lệ|tỉ lệ|TL)?\s*\(?%\)?|tỷ lệ|tỉ lệ|TL)\s*", regex.IGNORECASE)
_SHARE_WORDS = regex.compile(r"\s*\(?\s*%\s*\)?\s*$|^\s*(?:tỷ lệ|tỉ lệ|TL)\s*$", regex.IGNORECASE)
_COUNT = regex.compile(r"(?:SL|số lượng|sĩ số|tổng số|số \p{L}+|TS\.?|\d{1,3}\.?|ghi chú)(?!\p{L}).*", regex.IGNORECASE)
_BLANK = {"-", "–", "x", "/"}
_REPORTED = regex.compile(
    r"(?<!\p{L})(?:thực hiện|kết quả|hiện trạng|hiện có|đạt được|năm (?:học )?trước)(?!\p{L})", regex.IGNORECASE
)
_ORDER = regex.compile(r"(?:s?tt|thứ tự)\.?|\d{1,3}\.?", regex.IGNORECASE)
_WORDS = regex.compile(r"\p{L}{2}")


def grid_claims(text: str, table: Table, said: Sequence[str], words: Grammar) -> Iterator[tuple[Claim, int]]:
    """The shares of a table with the offsets at which their cells begin; `said` are the words above it."""
    grid = [[cell.span.of(text).replace("\n", " ").strip() if cell else "" for cell in row] for row in table.grid()]
    body = next((i for i, row in enumerate(grid) if any(_figure(words_, words) for words_ in row[1:])), 0)
    if not 0 < body <= _MOST_HEADS:
        return
    labels = _labels(grid, body)
    if labels is None:
        return
    lead = next((found["what"] for line in said if (found := _LEAD.match(line))), "")
    whole = (
        bool(lead)
        or any(_UNIT.search(line) for line in said)
        or any(_UNIT.search(head) for row in grid[:body] for head in row)
    )
    for column in range(labels[0] + 1, table.columns):
        heads = _heads(grid, body, column)
        told = whole or _says_percent([row[column] for row in grid[body:]])
        if heads and (_SHARE_HEAD.fullmatch(heads[-1]) or (told and not _COUNT.fullmatch(heads[-1]))):
            own = [f"{lead} {label}" if lead and label else label for label in labels[1]]
            yield from _of_column(table, grid, (body, column), heads, own, words)


def _says_percent(cells: Sequence[str]) -> bool:
    """Whether a column's cells say themselves that they are percentages: "95%"."""
    said = [cell for cell in cells if cell and cell not in _BLANK]
    return bool(said) and all("%" in cell for cell in said)


def _labels(grid: list[list[str]], body: int) -> tuple[int, list[str]] | None:
    """The column that says what each row is of, and its words; a bare "6" under "Khối" is "Khối 6"."""
    for column, head in enumerate(grid[0]):
        own = [row[column] for row in grid]
        if any(_WORDS.search(words) for words in own[body:]):
            return column, own
        if _WORDS.search(head) and not _ORDER.fullmatch(head):
            return column, [f"{head} {words}" if words else "" for words in own]
    return None


def _heads(grid: list[list[str]], body: int, column: int) -> list[str]:
    """The header's words over a column from the top; a blank takes those of the merged cell to its left."""
    heads = [grid[row][column] for row in range(body)]
    above = [
        own or next((grid[row][left] for left in range(column - 1, 0, -1) if grid[row][left]), "")
        for row, own in enumerate(heads[:-1])
    ]
    return [head for head in dict.fromkeys([*above, heads[-1]]) if head]


def _of_column(
    table: Table, grid: list[list[str]], at: tuple[int, int], heads: list[str], labels: list[str], words: Grammar
) -> Iterator[tuple[Claim, int]]:
    body, column = at
    group = " ".join(named for head in heads if (named := _SHARE_WORDS.sub("", head).strip()))
    horizon = heading_horizon(group, words) or heading_horizon(f"năm {group}", words)
    kind = TargetKind.BASELINE if _REPORTED.search(group) else TargetKind.TARGET
    cells: dict[tuple[int, int], Cell] = {(cell.row, cell.column): cell for cell in table.cells}
    for row in range(body, table.rows):
        cell, figure = cells.get((row, column)), _figure(grid[row][column], words)
        if cell is not None and figure is not None and _WORDS.search(labels[row]):
            of_whom, measured = labels[row], "" if horizon else group
            parts = (measured, of_whom) if words.measure.match(measured) else (of_whom, measured)
            indicator = tidy(" ".join(parts), words)
            bound = figure.quantity.comparator
            yield Claim(figure, indicator, bound, horizon, kind, figure.span, _TRUST), cell.span.start


def _figure(cell: str, words: Grammar) -> Figure | None:
    """A cell that is nothing but a share: "34,5", "≥ 95 %"."""
    match = words.cell.pattern.match(cell)
    if match is None or (match["unit"] or "%").strip() != "%" or quantity(match).value > 100:
        return None
    return Figure(Span(*match.span()), match.start("low"), quantity(match), "%", words.cell)
