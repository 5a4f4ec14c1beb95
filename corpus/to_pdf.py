"""A plan's blocks as a PDF: reportlab, tables that split over pages, footnotes at the page's foot; the same bytes each time."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Spacer, Table
from reportlab.platypus import Paragraph as Set
from source import Columns, Paragraph, Ruled, Source, marks_apart

# Liberation Serif has no letters of the block Latin Extended Additional (ạ, ế, ữ) in Debian 12
_FACES = (
    ("/usr/share/fonts/truetype/dejavu", "DejaVuSerifCondensed.ttf", "DejaVuSerifCondensed-Bold.ttf"),
    ("/usr/share/fonts/truetype/noto", "NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf"),
    ("/usr/share/fonts/truetype/tinos", "Tinos-Regular.ttf", "Tinos-Bold.ttf"),
)
_LEFT, _RIGHT, _TOP, _BOTTOM = 3 * cm, 2 * cm, 2 * cm, 2 * cm
_WIDTH = A4[0] - _LEFT - _RIGHT


class FontMissingError(RuntimeError):
    """No font with Vietnamese letters on this system."""


@cache
def _fonts() -> tuple[str, str]:
    for folder, regular, bold in _FACES:
        if (Path(folder) / regular).exists() and (Path(folder) / bold).exists():
            pdfmetrics.registerFont(TTFont("Regular", str(Path(folder) / regular)))
            pdfmetrics.registerFont(TTFont("Bold", str(Path(folder) / bold)))
            pdfmetrics.registerFontFamily("Regular", normal="Regular", bold="Bold", italic="Regular", boldItalic="Bold")
            return "Regular", "Bold"
    message = "không có phông chữ tiếng Việt: cài bằng `apt-get install fonts-dejavu-extra` (hoặc fonts-noto-core)"
    raise FontMissingError(message)


def _style(size: float = 12, *, bold: bool = False, center: bool = False, indent: float = 0) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}{bold}{center}{indent}",
        fontName=_fonts()[bold],
        fontSize=size,
        leading=size * 1.25,
        spaceAfter=0 if center else 5,
        firstLineIndent=indent,
        alignment=TA_CENTER if center else TA_JUSTIFY if size == 12 else 0,
    )


class _Plan(BaseDocTemplate):
    """A4 pages with numbers on top; `kept` says how high the footnotes of each page are."""

    def __init__(self, out: io.BytesIO, title: str, notes: dict[str, str], kept: dict[int, list[str]]) -> None:
        super().__init__(out, pagesize=A4, title=title, author="khparse corpus", invariant=1)
        self.notes, self.kept, self.seen = notes, kept, {}
        self._body = Frame(_LEFT, _BOTTOM, _WIDTH, A4[1] - _TOP - _BOTTOM, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate("page", [self._body], onPage=self._furnish))

    def _note_lines(self, page: int) -> list[Set]:
        return [
            Set(f"<super>{mark}</super> {escape(self.notes[mark])}", _style(10)) for mark in self.kept.get(page, [])
        ]

    def _furnish(self, canvas: Any, _doc: BaseDocTemplate) -> None:
        page = canvas.getPageNumber()
        canvas.setNamedCB("mark_drawn", self.mark_drawn)
        if page > 1:
            canvas.setFont(_fonts()[0], 13)
            canvas.drawCentredString(A4[0] / 2, A4[1] - 1.3 * cm, str(page))
        lines = self._note_lines(page)
        height = sum(line.wrap(_WIDTH, A4[1])[1] + 2 for line in lines) + (8 if lines else 0)
        self._body.y1, self._body.height = _BOTTOM + height, A4[1] - _TOP - _BOTTOM - height
        if lines:
            canvas.setLineWidth(0.5)
            canvas.line(_LEFT, _BOTTOM + height - 4, _LEFT + 5 * cm, _BOTTOM + height - 4)
        top = _BOTTOM + height - 8
        for line in lines:
            used = line.wrap(_WIDTH, A4[1])[1]
            line.drawOn(canvas, _LEFT, top - used)
            top -= used + 2

    def mark_drawn(self, canvas: Any, _kind: str, mark: str) -> None:
        """Called where a footnote's mark is drawn: its page is only known then."""
        self.seen.setdefault(canvas.getPageNumber(), []).append(mark)


def pdf_of(source: Source, title: str) -> bytes:
    """The PDF's bytes: set again until every footnote stands on the page of its mark."""
    kept: dict[int, list[str]] = {}
    for _ in range(5):
        out = io.BytesIO()
        plan = _Plan(out, title, source.notes, kept)
        plan.build(list(_story(source)))
        if plan.seen == kept:
            return out.getvalue()
        kept = plan.seen
    message = f"footnotes of {title} do not come to rest"
    raise RuntimeError(message)


def _story(source: Source) -> list[Flowable]:
    story: list[Flowable] = []
    for block in source.blocks:
        if isinstance(block, Paragraph):
            if block.page_break:
                story.append(PageBreak())
            indent = 0 if block.align == "center" else 1.27 * cm
            style = _style(12, bold=block.bold, center=block.align == "center", indent=indent)
            story.extend(Set(_markup(line), style) for line in block.lines)
            story.append(Spacer(1, 6 if block.align == "center" else 1))
        elif isinstance(block, Columns):
            story.extend(_columns(block))
        else:
            story.append(_ruled(block))
    return story


def _markup(text: str) -> str:
    """A mark is drawn raised, and tells its page to whoever sets the document."""
    return "".join(
        escape(words) + (f'<super>{mark}</super><onDraw name="mark_drawn" label="{mark}"/>' if mark else "")
        for words, mark in marks_apart(text)
    )


def _columns(block: Columns) -> list[Flowable]:
    shares = (0.5, 0.5) if block.foot else (0.42, 0.58)
    left = [
        Set(escape(line), _style(11 if block.foot else 12, bold=i == 0 or not block.foot, center=not block.foot))
        for i, line in enumerate(block.left)
    ]
    right: list[Flowable] = [Set(escape(line), _style(12, bold=True, center=True)) for line in block.right]
    if block.foot:
        right.insert(len(right) - 1, Spacer(1, 1.8 * cm))
    table = Table([[left, right]], colWidths=[_WIDTH * share for share in shares])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])
    return [Spacer(1, 6), table, Spacer(1, 10)]


def _ruled(block: Ruled) -> Table:
    cells = [
        [Set(escape(words), _style(9, bold=index < block.header)) for words in row]
        for index, row in enumerate(block.rows)
    ]
    spans = [("SPAN", (m.left, m.top), (m.right, m.bottom)) for m in block.merges]
    table = Table(cells, colWidths=_widths(block), repeatRows=block.header, splitInRow=1)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP"), *spans])
    return table


def _widths(block: Ruled) -> list[float]:
    """Column widths by the longest word and, damped, the longest cell of each column."""
    merged = {(m.top, m.left) for m in block.merges if m.left != m.right}
    weights = []
    for column in range(len(block.rows[0])):
        words = [row[column] for i, row in enumerate(block.rows) if (i, column) not in merged]
        longest = max((len(word) for cell in words for word in cell.split()), default=1)
        weights.append(max(longest * 1.2 + 2.2, max(map(len, words), default=1) ** 0.62))
    return [_WIDTH * weight / sum(weights) for weight in weights]
