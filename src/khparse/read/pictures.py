"""Pages as pictures through pdfium, and where a text's words stand on the pages of its printed form."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from khparse.errors import InputError
from khparse.model.document import Box, Span, WordBox
from khparse.read.office import to_pdf
from khparse.read.pdf.boxes import placed_words
from khparse.read.pdf.pages import open_pdf

_MOST_PIXELS = 12_000_000
_SUFFIXES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
}


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG, and the page's size in points."""

    png: bytes
    width: float
    height: float


def render_page(data: bytes, page: int, scale: float = 1.6) -> PagePicture:
    """A page (1-based) of a PDF as it is shown; `scale` pixels for a point, fewer for a very large page.

    Raises InputError where the PDF has no such page.
    """
    document = open_pdf(data)
    try:
        if not 1 <= page <= len(document):
            raise InputError(f"tài liệu không có trang {page}")
        sheet = document[page - 1]
        width, height = sheet.get_size()
        scale = min(scale, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        picture = sheet.render(scale=scale, grayscale=False).to_pil()
        kept = io.BytesIO()
        picture.save(kept, "PNG", compress_level=1)
        return PagePicture(kept.getvalue(), float(width), float(height))
    finally:
        document.close()


def page_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page of a PDF, in points."""
    document = open_pdf(data)
    try:
        return tuple((float(w), float(h)) for w, h in (document.get_page_size(i) for i in range(len(document))))
    finally:
        document.close()


def printable(media_type: str) -> bool:
    """Whether a form can be printed to PDF here: Word's and OpenDocument's can."""
    return media_type in _SUFFIXES


def printed(data: bytes, media_type: str) -> bytes:
    """A Word, RTF or ODT file as PDF, through LibreOffice. Raises ToolMissingError, LimitError, InputError."""
    return to_pdf(data, _SUFFIXES[media_type])


def words_in_print(pdf: bytes, text: str) -> Iterator[WordBox]:
    """Where the words of `text` stand in its printed form: page by page, each word after the one before it."""
    from khparse.read.pdf.words import read_page

    document = open_pdf(pdf)
    try:
        reached = 0
        for index in range(len(document)):
            content = read_page(document[index], index + 1)
            for word in placed_words(content, text, Span(reached, len(text))):
                reached = max(reached, word.span.end)
                yield word
    finally:
        document.close()


def areas(words: tuple[WordBox, ...], span: Span) -> tuple[Box, ...]:
    """The rectangles of a stretch of text, one for each printed line it takes."""
    lines: list[Box] = []
    for word in words:
        if word.span.end <= span.start or word.span.start >= span.end:
            continue
        box = word.box
        last = lines[-1] if lines else None
        same = last is not None and last.page == box.page and box.top < last.bottom and box.bottom > last.top
        if last is not None and same and box.x0 >= last.x0 - 1 and box.x0 - last.x1 < 60:
            lines[-1] = Box(
                box.page, last.x0, min(last.top, box.top), max(last.x1, box.x1), max(last.bottom, box.bottom)
            )
        else:
            lines.append(box)
    return tuple(lines)
