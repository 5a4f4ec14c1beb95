"""Stretches of a text that don't overlap: asked by bisection, so that a line of any length costs no more than its length."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Protocol, TypeVar

from khparse.model.document import Span

_START = attrgetter("start")
_SPAN_START = attrgetter("span.start")


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


P = TypeVar("P", bound=_Placed)


def inside(offset: int, spans: Sequence[Span]) -> bool:
    """Whether the offset lies in one of the spans, which stand in order and apart."""
    if not spans:
        return False
    before = bisect_right(spans, offset, key=_START)
    return before > 0 and offset < spans[before - 1].end


def covered(span: Span, spans: Sequence[Span]) -> bool:
    """Whether one of the spans, which stand in order and apart, covers this one."""
    before = bisect_right(spans, span.start, key=_START)
    return before > 0 and span.end <= spans[before - 1].end


def beginning_in(items: Sequence[P], start: int, end: int) -> Sequence[P]:
    """Of items in order those whose span begins in `[start, end)`."""
    if not items:
        return items
    return items[bisect_left(items, start, key=_SPAN_START) : bisect_left(items, end, key=_SPAN_START)]


def blanked(text: str, spans: Sequence[Span]) -> str:
    """The text with the spans painted over, so that they stand in no pattern's way; offsets stay."""
    parts, read = [], 0
    for span in spans:
        parts += [text[read : span.start], " " * (span.end - span.start)]
        read = span.end
    return "".join([*parts, text[read:]])


class Taken:
    """Stretches taken one by one, none over another."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing of `[start, end)` is taken."""
        after = bisect_right(self._starts, start)
        if after and self._ends[after - 1] > start:
            return False
        return after == len(self._starts) or self._starts[after] >= end

    def take(self, start: int, end: int) -> bool:
        """Take the stretch if it is free; whether it was."""
        free = self.is_free(start, end)
        if free:
            at = bisect_right(self._starts, start)
            self._starts.insert(at, start)
            self._ends.insert(at, end)
        return free
