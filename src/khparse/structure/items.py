"""Items: every paragraph that is no heading, with its bullet and how deep that stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khparse.model.document import Document, Span
from khparse.model.plan import Item, Section
from khparse.structure.regions import Regions
from khparse.text.labels import bullet_at


def collect_items(document: Document, regions: Regions, sections: Sequence[Section]) -> tuple[Item, ...]:
    """The items in reading order; head, tail and blank forms hold none."""
    return tuple(_items(document, regions, sections))


def _items(document: Document, regions: Regions, sections: Sequence[Section]) -> Iterator[Item]:
    headings = {section.heading_span.start for section in sections} | {section.span.start for section in sections}
    current = -1
    markers: list[str] = []
    for paragraph in document.paragraphs():
        start = paragraph.span.start
        while current + 1 < len(sections) and sections[current + 1].span.start <= start:
            current += 1
            markers = []
        if start in headings or not _holds_items(regions, start):
            continue
        text = paragraph.span.of(document.text)
        marker, words = bullet_at(text) or ("", 0)
        if marker and marker not in markers:
            markers.append(marker)
        section = _section_at(sections, current, start)
        depth = markers.index(marker) + 1 if marker else 0
        yield Item(Span(start + words, paragraph.span.end), marker, depth, section, paragraph.kind == "footnote")


def _holds_items(regions: Regions, start: int) -> bool:
    tail = regions.tail
    return start >= regions.body.start and not tail.start <= start < tail.end and not regions.in_form(start)


def _section_at(sections: Sequence[Section], current: int, start: int) -> str | None:
    """The path of the innermost section open at an offset: the last one that started and has not ended."""
    for index in range(current, -1, -1):
        if start < sections[index].span.end:
            return sections[index].path
        if sections[index].parent is None:
            break
    return None
