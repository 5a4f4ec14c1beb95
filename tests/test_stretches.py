"""Stretches asked by bisection say the same as a look at each of them."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from khparse.model.document import Span
from khparse.text.stretches import Taken, beginning_in, covered, inside

PLACES = st.integers(0, 60)
SPANS = st.lists(st.tuples(PLACES, st.integers(1, 9)).map(lambda pair: Span(pair[0], pair[0] + pair[1])), max_size=20)


@dataclass(frozen=True)
class Item:
    span: Span


def apart(spans: list[Span]) -> list[Span]:
    """Those that can be taken one after another."""
    taken = Taken()
    return sorted(span for span in spans if taken.take(*span))


@given(SPANS)
def test_none_is_taken_over_another_and_what_is_free_is_taken(spans: list[Span]) -> None:
    kept: list[Span] = []
    for span in spans:
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    assert apart(spans) == sorted(kept)


@given(SPANS, PLACES, st.integers(1, 9))
def test_inside_and_covered_are_what_each_span_says(spans: list[Span], start: int, length: int) -> None:
    kept, asked = apart(spans), Span(start, start + length)
    assert inside(start, kept) == any(span.start <= start < span.end for span in kept)
    assert covered(asked, kept) == any(span.covers(asked) for span in kept)


@given(SPANS, PLACES, PLACES)
def test_items_that_begin_in_a_stretch_are_found_in_order(spans: list[Span], start: int, end: int) -> None:
    items = [Item(span) for span in apart(spans)]
    assert list(beginning_in(items, start, end)) == [item for item in items if start <= item.span.start < end]
