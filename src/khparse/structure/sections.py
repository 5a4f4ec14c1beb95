"""Sections: the tree that the plan numbers, and the items that stand in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from khparse.model.document import Document, Paragraph, Span
from khparse.model.plan import Item, Letterhead, Section, SectionKind
from khparse.rules.kit import Kit
from khparse.structure.items import collect_items
from khparse.structure.labels import Label, readings
from khparse.structure.regions import Annex, Regions, find_regions
from khparse.structure.sequence import Open, Opening, path_of, place
from khparse.text.labels import bullet_at

_FARTHEST_SIBLING = 12  # paragraphs between a label before a figure and the next one


@dataclass(frozen=True, slots=True)
class _Unit:
    """A section before its end is known: `depth` counts the open units above it."""

    unit: Open
    depth: int
    span: Span
    heading: Span
    kind: SectionKind


def build_sections(
    document: Document, letterhead: Letterhead, kit: Kit
) -> tuple[tuple[Section, ...], tuple[Item, ...]]:
    """The numbered units in reading order, and every other paragraph as an item of one of them."""
    regions = find_regions(document, letterhead, kit.headings)
    units = _Walk(document, regions, kit).units()
    sections = _closed(units, regions, document)
    return sections, collect_items(document, regions, sections)


class _Walk:
    """One pass over the paragraphs, with the units that are open."""

    def __init__(self, document: Document, regions: Regions, kit: Kit) -> None:
        self._document = document
        self._regions = regions
        self._book = kit.headings
        self._stack: list[Open] = []
        self._units: list[_Unit] = []
        self._before: str = ""
        self._fresh = False

    def units(self) -> list[_Unit]:
        """The units of body and appendices, in order."""
        paragraphs = [p for p in self._document.paragraphs() if p.kind == "paragraph"]
        annexes = {annex.start: (number, annex) for number, annex in enumerate(self._regions.annexes, 1)}
        skip = -1
        for index, paragraph in enumerate(paragraphs):
            if index <= skip or not self._is_in_plan(paragraph):
                continue
            following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
            if paragraph.span.start in annexes:
                skip = index + self._open_annex(*annexes[paragraph.span.start], paragraph, following)
            elif not self._regions.in_form(paragraph.span.start):
                skip = index + self._open_numbered(paragraph, following)
        return self._units

    def _is_in_plan(self, paragraph: Paragraph) -> bool:
        start = paragraph.span.start
        tail = self._regions.tail
        return start >= self._regions.body.start and not tail.start <= start < tail.end

    def _open_annex(self, number: int, annex: Annex, paragraph: Paragraph, following: Paragraph | None) -> int:
        path = f"PL{number}" if len(self._regions.annexes) > 1 else "PL"
        heading = self._untied(Span(annex.heading_start, paragraph.span.end))
        taken = heading.start >= heading.end and following is not None
        if taken and following:
            heading = self._untied(following.span)
        label = Label(SectionKind.APPENDIX, "appendix", annex.label or "", path, (number,), 0)
        unit = Open(label, path, strong=True)
        self._stack = [unit]
        self._units.append(_Unit(unit, 0, paragraph.span, heading, SectionKind.APPENDIX))
        self._before, self._fresh = "", False
        return int(taken)

    def _untied(self, heading: Span) -> Span:
        """An appendix's heading without the note "(Ban hành kèm theo …)" after it."""
        words = heading.of(self._document.text)
        tied = regex.search(rf"\s*\((?:\w+ ){{0,4}}{self._book.fragments['attached']}.*\)\W*$", words, regex.IGNORECASE)
        return Span(heading.start, heading.start + tied.start()) if tied and tied.start() else heading

    def _open_numbered(self, paragraph: Paragraph, following: Paragraph | None) -> int:
        """Opens a unit where the paragraph has a label; returns how many further paragraphs its heading took."""
        text = paragraph.span.of(self._document.text)
        found = readings(text, self._book)
        strong = _is_strong(paragraph, text)
        counted = False
        if any(label.doubtful for label in found):
            sibling = self._sibling(found[0], paragraph)
            counted = sibling is not None and sibling.follows(found[0].value)
            # the figure stands again before words: that is the label, this one counts something
            found = () if sibling is not None and sibling.value == found[0].value else found
        opening = Opening(found, strong, self._before.endswith(":"), self._fresh, counted)
        chosen = place(opening, self._stack) if found else None
        self._before = text
        if chosen is None or chosen.cost >= 9:
            self._fresh = strong and bullet_at(text) is None and not found
            return 0
        self._fresh = False
        above = self._stack[: chosen.depth]
        path = path_of(chosen.label, above)
        # a decimal label names its place whatever is open: "1.1" printed inside "1.1.1" does not stand in itself
        while above and above[-1].path.count(".") >= path.count("."):
            above = above[:-1]
        unit = Open(chosen.label, path, strong)
        self._stack = [*above, unit]
        heading = Span(paragraph.span.start + chosen.label.end, paragraph.span.end)
        taken = heading.start >= heading.end and following is not None and self._can_head(following)
        if taken and following:
            heading = following.span
        self._units.append(_Unit(unit, len(above), paragraph.span, heading, chosen.label.kind))
        return int(taken)

    def _sibling(self, label: Label, paragraph: Paragraph) -> Label | None:
        """The next label of its kind close below: "2." of "2. Tỷ lệ …" after "1. 100% xã …"."""
        later = (found for text in self._following(paragraph) for found in readings(text, self._book))
        return next((found for found in later if found.kind is label.kind), None)

    def _following(self, paragraph: Paragraph) -> Iterator[str]:
        """The next paragraphs' words, as far as a sibling may stand."""
        blocks = self._document.blocks
        first = bisect_right(blocks, paragraph.span.start, key=lambda block: block.span.start)
        for block in blocks[first : first + _FARTHEST_SIBLING]:
            if isinstance(block, Paragraph):
                yield block.span.of(self._document.text)

    def _can_head(self, paragraph: Paragraph) -> bool:
        """Whether the paragraph after a label that stands alone is its heading: "Phần thứ nhất" / "ĐÁNH GIÁ …"."""
        text = paragraph.span.of(self._document.text)
        return bullet_at(text) is None and not readings(text, self._book) and self._is_in_plan(paragraph)


def _is_strong(paragraph: Paragraph, text: str) -> bool:
    return paragraph.style.bold or paragraph.style.heading is not None or text.isupper()


def _following(units: Sequence[_Unit]) -> list[int | None]:
    """For each unit the number of the next one that does not stand in it."""
    found: list[int | None] = [None] * len(units)
    still_open: list[int] = []
    for index, unit in enumerate(units):
        while still_open and units[still_open[-1]].depth >= unit.depth:
            found[still_open.pop()] = index
        still_open.append(index)
    return found


def _closed(units: Sequence[_Unit], regions: Regions, document: Document) -> tuple[Section, ...]:
    """The sections, each ending where the next one that is not below it starts."""
    starts = sorted(annex.start for annex in regions.annexes)
    sections: list[Section] = []
    following = _following(units)
    parents: list[str] = []
    for index, unit in enumerate(units):
        limit = len(document.text)
        if unit.span.start < regions.body.end:
            limit = regions.body.end
        else:
            annex = bisect_right(starts, unit.span.start)
            limit = starts[annex] if annex < len(starts) else limit
        later = following[index]
        end = limit if later is None else units[later].span.start
        parents = parents[: unit.depth]
        label = unit.unit.label
        sections.append(
            Section(
                path=unit.unit.path,
                label=label.printed or None,
                heading=unit.heading.of(document.text).strip(),
                level=unit.unit.path.count(".") + 1,
                kind=unit.kind,
                span=Span(unit.span.start, max(min(end, limit), unit.heading.end)),
                heading_span=unit.heading,
                parent=parents[-1] if parents else None,
            )
        )
        parents.append(unit.unit.path)
    return tuple(sections)
