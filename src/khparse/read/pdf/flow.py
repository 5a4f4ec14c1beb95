"""Pages to one flow of paragraphs: furniture out, footnotes aside, columns in order, body text over page breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from khparse.read.pdf.footnotes import Footnote, body_size, take_footnotes
from khparse.read.pdf.furniture import furniture_of
from khparse.read.pdf.layout import Row, edges_of, rows_of, runs_of
from khparse.read.pdf.lines import Habits, habits_of, paragraphs_of
from khparse.read.pdf.page import Line, PageContent, Run, Word
from khparse.read.tables.columns import columned
from khparse.read.tables.ruled import Grid, grids_of
from khparse.read.tables.stitching import stitched

Block = list[Line] | Grid
_ROWS_ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Flow:
    """The document's paragraphs (as lines) and tables in reading order, and its footnotes apart."""

    blocks: list[Block]
    footnotes: list[Footnote]


@dataclass(slots=True)
class _Sheet:
    """A page taken apart: bands of rows between tables, then runs and tables in reading order."""

    page: PageContent
    grids: list[Grid]
    bands: list[list[Row]]
    parts: list[Run | Grid]

    @property
    def runs(self) -> list[Run]:
        return [part for part in self.parts if isinstance(part, Run)]


def flow_of(pages: Sequence[PageContent]) -> Flow:
    """The paragraphs and tables of the pages in reading order."""
    sheets = [_sheet(page) for page in pages]
    _lay_out(sheets)
    _drop_furniture(sheets)
    size = body_size(run for sheet in sheets for run in sheet.runs)
    notes = [note for sheet in sheets for note in take_footnotes(sheet.page, sheet.runs, size)]
    flowing = list(_flowing(part for sheet in sheets for part in sheet.parts))
    habits = habits_of(part for part in flowing if isinstance(part, Run))
    return Flow(list(_blocks(flowing, habits)), notes)


def _blocks(parts: Iterable[Run | Grid], habits: Habits) -> Iterable[Block]:
    for part in parts:
        if isinstance(part, Grid):
            yield part
        else:
            # the body's indent says nothing of a list in a column
            own = replace(habits, labels_indented=False) if part.column else habits
            yield from paragraphs_of(part.lines, own)


def _sheet(page: PageContent) -> _Sheet:
    grids, outside = grids_of(page)
    if not grids:
        return _Sheet(page, [], [rows_of(outside)], [])
    bands: list[list[Word]] = [[] for _ in range(len(grids) + 1)]
    for word in outside:
        middle = (word.top + word.bottom) / 2
        bands[sum(middle > grid.ys[-1] for grid in grids)].append(word)
    return _Sheet(page, grids, [rows_of(band) for band in bands], [])


def _lay_out(sheets: Sequence[_Sheet]) -> None:
    edges = _edges(sheets)
    for sheet in sheets:
        for place, rows in enumerate(sheet.bands):
            if place:
                sheet.parts.append(sheet.grids[place - 1])
            for part in columned(rows, sheet.page.number):
                if isinstance(part, Grid):
                    sheet.parts.append(part)
                else:
                    sheet.parts.extend(runs_of(part, sheet.page.number, edges[_format(sheet)]))


def _format(sheet: _Sheet) -> tuple[int, int]:
    """Pages whose text has the same edges: all of one width; a scanned page, laid by hand, has its own."""
    page = sheet.page
    alone = page.ocr and sum(map(len, sheet.bands)) >= _ROWS_ENOUGH
    return round(page.width), page.number if alone else 0


def _edges(sheets: Sequence[_Sheet]) -> dict[tuple[int, int], tuple[float, float]]:
    """The text's edges on pages of each format, taken together: a last page of three lines has none of its own."""
    together: dict[tuple[int, int], list[Row]] = {}
    for sheet in sheets:
        together.setdefault(_format(sheet), []).extend(row for band in sheet.bands for row in band)
    return {form: edges_of(rows) for form, rows in together.items()}


def _drop_furniture(sheets: Sequence[_Sheet]) -> None:
    lines = [(sheet.page, [line for run in sheet.runs for line in run.lines]) for sheet in sheets]
    furniture = furniture_of(lines)
    for sheet in sheets:
        for run in sheet.runs:
            run.lines = [line for line in run.lines if id(line) not in furniture]


def _flowing(parts: Iterable[Run | Grid]) -> Iterable[Run | Grid]:
    """Body runs that follow each other are one, the body goes on over the page; so do tables."""
    last: Run | Grid | None = None
    for part in parts:
        if isinstance(part, Run) and not part.lines:
            continue
        if isinstance(last, Run) and isinstance(part, Run) and not last.column and not part.column:
            last.lines.extend(part.lines)
            continue
        if isinstance(last, Grid) and isinstance(part, Grid) and part.page > last.page and stitched(last, part):
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last
