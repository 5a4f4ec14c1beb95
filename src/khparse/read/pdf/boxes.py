"""Where the words of the canonical text stand on the page's picture, so that a quote can be shown there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from khparse.model.document import Box, Document, Span, WordBox
from khparse.read.pdf.flow import Flow, flow_of
from khparse.read.pdf.furniture import without_stamps
from khparse.read.pdf.page import Line, PageContent, Rule, Word
from khparse.read.pdf.pages import open_pdf
from khparse.read.tables.ruled import Grid
from khparse.text.canonical import canonical

_REACH = 400  # characters by which a word may stand later than the one before it


def word_boxes(data: bytes, document: Document, page: int) -> tuple[WordBox, ...]:
    """The words of one page (1-based) of the document that `data` was read to; boxes in points from the top left.

    A scan's are kept in the document; a digital page is read again for them.
    """
    kept = tuple(word for word in document.words if word.box.page == page)
    shown = next((each for each in document.pages if each.number == page), None)
    if kept or shown is None or shown.ocr:
        return kept
    from khparse.read.pdf.words import read_page

    source = open_pdf(data)
    try:
        content = without_stamps(read_page(source[page - 1], page))
    finally:
        source.close()
    return tuple(placed_words(content, document.text, shown.span))


def placed_words(content: PageContent, text: str, span: Span) -> Iterator[WordBox]:
    """The words of one page at their places in `text`, which prints this page somewhere inside `span`."""
    return _placed(_lines(flow_of([content])), text, span, content)


def boxes_of_scans(flow: Flow, pages: Sequence[PageContent], document: Document) -> tuple[WordBox, ...]:
    """The words of the pages that were read from pictures."""
    by_page: dict[int, list[Line]] = {}
    for line in _lines(flow):
        by_page.setdefault(line.page, []).append(line)
    spans = {page.number: page.span for page in document.pages}
    return tuple(
        box
        for page in pages
        if page.ocr
        for box in _placed(by_page.get(page.number, []), document.text, spans[page.number], page)
    )


def _lines(flow: Flow) -> Iterator[Line]:
    for block in flow.blocks:
        if isinstance(block, Grid):
            for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
                yield from cell.lines
        else:
            yield from block
    for note in flow.footnotes:
        yield from note.lines


def _placed(lines: Iterable[Line], text: str, span: Span, page: PageContent) -> Iterator[WordBox]:
    """Each word at the next place of the page's text where its letters stand."""
    places = [index for index in range(span.start, span.end) if not text[index].isspace()]
    letters = "".join(text[index] for index in places)
    reached = 0
    for line in lines:
        for word in line.words:
            wanted = canonical(word.text).replace(" ", "")
            found = letters.find(wanted, reached, reached + _REACH + len(wanted)) if wanted else -1
            if found < 0:
                continue
            reached = found + len(wanted)
            yield WordBox(Span(places[found], places[reached - 1] + 1), shown_box(word, page))


def shown_box(area: Word | Line | Rule, page: PageContent) -> Box:
    """The box on the page as it is shown, where the words were read from a picture turned and set straight."""
    if not (page.tilt or page.quarters):
        return Box(page.number, round(area.x0, 1), round(area.top, 1), round(area.x1, 1), round(area.bottom, 1))
    corners = [_shown(x, y, page) for x in (area.x0, area.x1) for y in (area.top, area.bottom)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(page.number, *(round(side, 1) for side in (min(xs), min(ys), max(xs), max(ys))))


def shown_size(page: PageContent) -> tuple[float, float]:
    """Width and height of the page as it is shown."""
    return (page.width, page.height) if page.quarters % 2 == 0 else (page.height, page.width)


def _shown(x: float, y: float, page: PageContent) -> tuple[float, float]:
    if page.tilt:
        angle = math.radians(page.tilt)
        dx, dy = x - page.width / 2, y - page.height / 2
        x = page.width / 2 + dx * math.cos(angle) - dy * math.sin(angle)
        y = page.height / 2 + dx * math.sin(angle) + dy * math.cos(angle)
    width, height = shown_size(page)
    return ((x, y), (width - y, x), (width - x, height - y), (y, height - x))[page.quarters % 4]
