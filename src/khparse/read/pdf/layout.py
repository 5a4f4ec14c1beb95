"""Reading order: words to rows, rows to columns where a gutter runs down, columns to lines.

"ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI …" stands side by side in the letterhead, "Nơi nhận: | CHỦ TỊCH" at the end: each
column is read whole before the next one. A number that the records office printed over the page later ("Số: 362
/KH-SGDĐT") joins the row on which it stands.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from khparse.read.pdf.page import Line, Run, Word, line_of

_left, _right = attrgetter("x0"), attrgetter("x1")
_TOUCHING = 0.1  # letter sizes: no blank is so narrow
_GUTTER = 5.0  # points that must stay white all the way down
_OVERHANG = 25.0  # points by which a letterhead's columns may stand out of the text's edges
_WIDE = 2.0  # a gap of so many letter sizes parts columns even where the stream runs on
_NARROW = 0.6  # and of so many where it does not


class Gap(NamedTuple):
    """The white between two words of a row."""

    x0: float
    x1: float

    def met(self, other: Gap) -> Gap:
        """What is white in both."""
        return Gap(max(self.x0, other.x0), min(self.x1, other.x1))

    @property
    def width(self) -> float:
        """In points; not positive where nothing is white."""
        return self.x1 - self.x0


@dataclass(slots=True)
class Row:
    """Words that stand side by side on the page, and the gaps between them that may part columns."""

    words: list[Word]
    x0: float
    x1: float
    top: float
    bottom: float
    gaps: list[Gap]


class Region(NamedTuple):
    """Rows `[start, end)` are set in two columns on either side of `gutter`."""

    start: int
    end: int
    gutter: Gap


def rows_of(words: list[Word]) -> list[Row]:
    """The page's rows, top to bottom: words whose heights overlap by half."""
    level: dict[tuple[float, float], list[Word]] = {}
    for word in words:
        band = word[2:5:2]
        if band in level:
            level[band].append(word)
        else:
            level[band] = [word]
    if len(level) == 1:
        return [_row(list(words), list(level))]  # a cell holds one line more often than not
    groups: list[tuple[float, float, list[tuple[float, float]]]] = []
    for band in sorted(level, key=sum):
        top, bottom = band
        for index in range(len(groups) - 1, max(len(groups) - 4, -1), -1):
            other_top, other_bottom, others = groups[index]
            if other_bottom <= top or bottom <= other_top:
                continue
            overlap = min(other_bottom, bottom) - max(other_top, top)
            if overlap >= 0.5 * min(other_bottom - other_top, bottom - top):
                others.append(band)
                if bottom - top > other_bottom - other_top:
                    groups[index] = (top, bottom, others)
                break
        else:
            groups.append((top, bottom, [band]))
    groups.sort(key=lambda group: group[0])
    return [_row(list(chain.from_iterable([level[band] for band in bands])), bands) for _, _, bands in groups]


def _row(words: list[Word], bands: list[tuple[float, float]]) -> Row:
    words.sort(key=_left)
    gaps: list[Gap] = []
    broken = False
    for before, after in pairwise(words):
        gap = after.x0 - before.x1
        if gap < _TOUCHING * before.size:
            broken = broken or _touch(before, after)
        elif gap >= _NARROW * before.size and _parts(before, after):
            gaps.append(Gap(before.x1, after.x0))
    if broken:
        words = _mended(words)
    top, bottom = bands[0]
    for other_top, other_bottom in bands[1:]:
        top, bottom = min(top, other_top), max(bottom, other_bottom)
    return Row(words, words[0].x0, max(map(_right, words)), top, bottom, gaps)


def _touch(before: Word, after: Word) -> bool:
    """Whether two pieces are one word, parted in the stream only: letters that a second font had to draw."""
    if before.confidence < 1.0:
        return False  # a recogniser has parted its words itself, and its boxes are rough
    gap = after.x0 - before.x1
    return -0.3 * before.size < gap < _TOUCHING * before.size and not (before.raised or after.raised)


def _mended(words: list[Word]) -> list[Word]:
    whole: list[Word] = []
    for word in words:
        if whole and _touch(whole[-1], word):
            last = whole[-1]
            whole[-1] = last._replace(text=last.text + word.text, x1=word.x1, order=word.order, spaced=word.spaced)
        else:
            whole.append(word)
    return whole


def _parts(before: Word, after: Word) -> bool:
    runs_on = after.order == before.order + 1 and before.spaced
    return not runs_on or after.x0 - before.x1 >= _WIDE * before.size


def regions_of(rows: list[Row], left: float, right: float) -> list[Region]:
    """Where the page is set in two columns; `left` and `right` are the edges of its text."""
    regions: list[Region] = []
    index = 0
    while index < len(rows):
        region = _region_from(rows, index, left, right) if rows[index].gaps else None
        if region is None:
            index += 1
            continue
        start = _reach_up(rows, region, regions[-1].end if regions else 0)
        regions.append(region._replace(start=start))
        index = region.end
    return regions


def _region_from(rows: list[Row], start: int, left: float, right: float) -> Region | None:
    best: tuple[int, float, Region] | None = None
    for gap in rows[start].gaps:
        region, evidence = _reach_down(rows, start, gap, (left + right) / 2)
        alone = evidence == 1 and (gap.width < 3 * rows[start].words[0].size or region.end - region.start < 2)
        if evidence and not alone and (best is None or (evidence, region.gutter.width) > best[:2]):
            best = (evidence, region.gutter.width, region)
    return best[2] if best else None


def _reach_down(rows: list[Row], start: int, gutter: Gap, middle: float) -> tuple[Region, int]:
    evidence, end = 1, start + 1
    while end < len(rows):
        row = rows[end]
        shared = max((gutter.met(gap) for gap in row.gaps), key=lambda gap: gap.width, default=Gap(0, 0))
        if shared.width >= _GUTTER:
            gutter = shared
            evidence += 1
        elif not _beside(row, gutter, middle):
            break
        end += 1
    return Region(start, end, gutter), evidence


def _beside(row: Row, gutter: Gap, middle: float) -> bool:
    """Whether a row lies wholly in one of the two columns: not across the gutter, not in the page's middle."""
    if abs((row.x0 + row.x1) / 2 - middle) < 6:
        return False
    return row.x1 <= gutter.x1 - 1 or row.x0 >= gutter.x0 + 1


def _reach_up(rows: list[Row], region: Region, floor: int) -> int:
    """Rows of the right column alone that stand just above belong to it: a date over the signature."""
    start = region.start
    while start > floor and rows[start - 1].x0 >= region.gutter.x0 + 1 and _near(rows[start - 1], rows[start]):
        start -= 1
    return start


def _near(above: Row, below: Row) -> bool:
    return below.top - above.bottom < 1.5 * (above.bottom - above.top)


def edges_of(rows: list[Row]) -> tuple[float, float]:
    """The text's left and right edge: where all but a few of its rows begin and end."""
    if not rows:
        return 0.0, 0.0
    lefts, rights = sorted(row.x0 for row in rows), sorted(row.x1 for row in rows)
    spare = len(rows) // 20
    return lefts[spare], rights[-1 - spare]


def runs_of(rows: list[Row], page: int, edges: tuple[float, float]) -> list[Run]:
    """The lines in reading order: body, left column, right column, body again; `edges` are the text's on this page."""
    runs: list[Run] = []
    index = 0
    for region in [*regions_of(rows, *edges), Region(len(rows), len(rows), Gap(0, 0))]:
        if region.start > index:
            runs.append(Run([_line(row, page, *edges) for row in rows[index : region.start]]))
        if region.end > region.start:
            columns = _columns(rows[region.start : region.end], region.gutter, page, edges)
            runs.extend(Run(lines, column=True) for lines in columns)
        index = region.end
    return runs


def _columns(rows: list[Row], gutter: Gap, page: int, edges: tuple[float, float]) -> list[list[Line]]:
    sides: tuple[list[list[Word]], list[list[Word]]] = ([], [])
    for row in rows:
        cut = _cut(row, gutter)
        sides[0].append(row.words[:cut])
        sides[1].append(row.words[cut:])
    columns: list[list[Line]] = []
    for side in sides:
        lines = sorted((line_of(words, page) for words in side if words), key=lambda line: line.top)
        if lines:
            _fit(lines, (edges[0] - _OVERHANG, gutter.x1) if side is sides[0] else (gutter.x0, edges[1] + _OVERHANG))
            columns.append(lines)
    return columns


def _cut(row: Row, gutter: Gap) -> int:
    """How many of the row's words stand in the left column: one that stands there alone may reach into the gutter."""
    middle = (gutter.x0 + gutter.x1) / 2
    if any(gutter.met(gap).width >= _GUTTER for gap in row.gaps):
        return bisect_left([word.x0 for word in row.words], middle)
    if row.x0 < gutter.x0 + 1:
        return len(row.words)
    if row.x1 > gutter.x1 - 1:
        return 0
    return len(row.words) if (row.x0 + row.x1) / 2 < middle else 0


def _fit(lines: list[Line], space: tuple[float, float]) -> None:
    """A list's column is as wide as its widest line; centred lines have the space about their common middle."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    middles = [(line.x0 + line.x1) / 2 for line in lines]
    if _spread(middles) <= _spread([line.x0 for line in lines]) + 1:
        middle = (left + right) / 2
        half = max(min(middle - space[0], space[1] - middle), (right - left) / 2)
        left, right = middle - half, middle + half
    for line in lines:
        line.left, line.right = left, right


def _spread(values: list[float]) -> float:
    usual = median(values)
    return median(abs(value - usual) for value in values)


def _line(row: Row, page: int, left: float, right: float) -> Line:
    return Line(row.words, row.x0, row.top, row.x1, row.bottom, page, min(left, row.x0), max(right, row.x1))
