"""Where a label belongs: the sequences of labels that are open, and which of them a new one goes on with.

Plans differ in what they put under what (I -> 1 -> a; I -> a; A -> I -> 1.1), so no level is fixed: a label that
follows the last one of an open sequence goes on there, a first one opens a sequence below the innermost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khparse.model.plan import SectionKind
from khparse.structure.labels import Label

# the usual order of kinds, used only where a sequence starts in its middle or a high kind opens late
_RANK = {
    SectionKind.APPENDIX: 0,
    SectionKind.PART: 1,
    SectionKind.CHAPTER: 2,
    SectionKind.CAPITAL: 3,
    SectionKind.ROMAN: 4,
    SectionKind.HEADING: 5,
    SectionKind.ARTICLE: 6,
    SectionKind.NUMBER: 7,
    SectionKind.DECIMAL: 8,
    SectionKind.LETTER: 9,
    SectionKind.BRACKET: 10,
}
_NUMERIC = {SectionKind.NUMBER, SectionKind.DECIMAL}
_FARTHEST_JUMP = 9


@dataclass(frozen=True, slots=True)
class Open:
    """An open unit: its label, path, and whether it was printed as a heading (bold or in capitals)."""

    label: Label
    path: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """A paragraph that may open a unit.

    `lead_in`: the words before it end with a colon; `fresh`: an unnumbered heading stood before it, so that counting
    may start anew without going a level down; `counted`: the next label of its kind goes on from it.
    """

    readings: tuple[Label, ...]
    strong: bool = False
    lead_in: bool = False
    fresh: bool = False
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A reading and how many of the open units stay open above it."""

    cost: float
    depth: int
    label: Label


def place(opening: Opening, stack: Sequence[Open]) -> Place | None:
    """Where a paragraph's label goes, None where no reading of it makes a unit ("500. " after "2.")."""
    options = [
        option
        for label in opening.readings
        for option in _options(label, opening, stack)
        if not label.doubtful or option.cost == 0.0 or opening.counted
    ]
    return min(options, key=lambda option: (option.cost, -option.depth), default=None)


def path_of(label: Label, above: Sequence[Open]) -> str:
    """The labels joined with dots; a decimal one stands for itself and its numbered parents: "III.2.2"."""
    if label.kind is SectionKind.DECIMAL:
        above = _without_numeric_tail(above)
    elif label.kind is SectionKind.LETTER and len(label.order) > 1 and above and above[-1].label.kind is label.kind:
        above = above[:-1]
    return f"{above[-1].path}.{label.bare}" if above else label.bare


def _without_numeric_tail(above: Sequence[Open]) -> Sequence[Open]:
    while above and above[-1].label.kind in _NUMERIC:
        above = above[:-1]
    return above


def _options(label: Label, opening: Opening, stack: Sequence[Open]) -> Iterable[Place]:
    if len(label.order) > 1:
        yield _below_its_parent(label, stack)
        return
    same = [depth for depth, unit in enumerate(stack) if unit.label.style == label.style]
    yield from (_along(label, depth, stack, opening) for depth in same)
    alike = [depth for depth, unit in enumerate(stack) if unit.label.kind is label.kind and depth not in same]
    for depth in alike:
        if label.follows(stack[depth].label.value) and len(stack[depth].label.order) == 1:
            yield Place(1.0, depth, label)
    if label.value == 1:
        yield _first(label, stack)
    elif not same and (label.value <= _FARTHEST_JUMP or opening.strong):
        yield Place(3.2, _depth_by_rank(label, stack), label)


def _along(label: Label, depth: int, stack: Sequence[Open], opening: Opening) -> Place:
    """The label as a member of the sequence that is open at `depth`."""
    last = stack[depth].label
    if label.follows(last.value):
        return Place(0.0, depth, label)
    if label.value > last.value:
        far = label.value - last.value > _FARTHEST_JUMP
        return Place(9.0 if far and not opening.strong else 3.0, depth, label)
    if label.value == last.value and label.value > 1:
        return Place(1.9, depth, label)
    # counting anew under a heading without a number, or one level down: the look of the two labels tells
    alike = stack[depth].strong == opening.strong and not opening.lead_in
    anew = label.value == 1 and alike and (depth == len(stack) - 1 or opening.fresh)
    return Place(1.8 if anew else 5.0, depth, label)


def _first(label: Label, stack: Sequence[Open]) -> Place:
    """A sequence opened below the innermost unit, or below the innermost of a higher kind for the great divisions."""
    depth = _depth_by_rank(label, stack) if _RANK[label.kind] <= _RANK[SectionKind.ARTICLE] else len(stack)
    return Place(2.0, depth, label)


def _depth_by_rank(label: Label, stack: Sequence[Open]) -> int:
    depth = len(stack)
    while depth and _RANK[stack[depth - 1].label.kind] >= _RANK[label.kind]:
        depth -= 1
    return depth


def _below_its_parent(label: Label, stack: Sequence[Open]) -> Place:
    """A label of several figures goes under the one that it names: "2.1" under "2.", "a.1" under "a)"."""
    prefix, cost = label.order[:-1], 0.0
    kinds = _NUMERIC if label.kind is SectionKind.DECIMAL else {SectionKind.LETTER}
    for depth in range(len(stack) - 1, -1, -1):
        unit = stack[depth].label
        if unit.kind in kinds and unit.order == prefix:
            return Place(cost, depth + 1, label)
        if unit.kind is label.kind and len(unit.order) == len(label.order):
            return Place(cost, depth, label)
    for depth in range(len(stack) - 1, -1, -1):
        unit = stack[depth].label
        if unit.kind in _NUMERIC:
            # "3.1" while "2." is open: its own "3." was lost
            return Place(1.5, depth if unit.order < prefix else depth + 1, label)
    return Place(1.5, _depth_by_rank(label, stack), label)
