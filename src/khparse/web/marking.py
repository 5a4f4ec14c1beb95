"""Marks on a plan: rectangles on the picture of a page, or the text cut at the marks' ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from khparse.model.document import Span, WordBox
from khparse.read.pictures import areas
from khparse.service.plan import Mark


@dataclass(frozen=True, slots=True)
class Area:
    """A mark's rectangle on a page, in points."""

    mark: Mark
    x: float
    y: float
    width: float
    height: float
    first: bool


def areas_on(words: tuple[WordBox, ...], marks: Iterable[Mark]) -> list[Area]:
    """Where marks stand on a page; longer ones first, so that the shorter lie above them."""
    if not words:
        return []
    low, high = min(word.span.start for word in words), max(word.span.end for word in words)
    found = []
    for mark in sorted(marks, key=lambda m: m.start - m.end):
        if mark.end <= low or mark.start >= high:
            continue
        for index, box in enumerate(areas(words, Span(mark.start, mark.end))):
            area = Area(mark, box.x0 - 1, box.top - 1, box.x1 - box.x0 + 2, box.bottom - box.top + 2, index == 0)
            found.append(area)
    return found


def area_row(area: Area) -> dict[str, Any]:
    """A rectangle as JSON."""
    names = ("x", "y", "width", "height")
    return {"record": area.mark.anchor} | {name: round(getattr(area, name), 1) for name in names}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: its words, the record it opens (the shortest of those over it), those that begin here."""

    text: str
    mark: Mark | None
    begins: tuple[Mark, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the text with its place and pieces; `level` is its section's where it is a heading."""

    start: int
    pieces: tuple[Piece, ...]
    heading: int | None
    anchor: str | None


def text_lines(text: str, marks: Sequence[Mark], sections: Sequence[dict[str, Any]]) -> Iterator[TextLine]:
    """The text line by line, each cut where marks begin and end."""
    headings = {section["start"]: section for section in reversed(sections)}
    waiting, offset = sorted(marks, key=lambda m: m.start, reverse=True), 0
    open_marks: list[Mark] = []
    for line in text.split("\n"):
        start, offset = offset, offset + len(line) + 1
        while waiting and waiting[-1].start < offset:
            open_marks.append(waiting.pop())
        open_marks = [mark for mark in open_marks if mark.end > start]
        section = headings.get(start)
        if line.strip():
            level = min(int(section["level"]) + 1, 6) if section else None
            anchor = f"section-{section['id']}" if section else None
            yield TextLine(start, tuple(_pieces(line, start, open_marks)), level, anchor)


def _pieces(line: str, start: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    end = start + len(line)
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = sorted({start, end, *(m.start for m in here if m.start > start), *(m.end for m in here if m.end < end)})
    for one, other in pairwise(cuts):
        over = [mark for mark in here if mark.start < other and mark.end > one]
        mark = min(over, key=lambda m: m.end - m.start, default=None)
        begins = tuple(m for m in over if max(m.start, start) == one)
        kinds = tuple(sorted({m.kind for m in over}))
        yield Piece(line[one - start : other - start], mark, begins, kinds)
