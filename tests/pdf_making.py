"""PDFs made for tests: reportlab with a font that has Vietnamese letters, wherever the system keeps one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", str(Path.home() / ".fonts"), "/Library/Fonts")
FACES = ("DejaVuSerif", "LiberationSerif-Regular", "DejaVuSans", "LiberationSans-Regular", "NotoSerif-Regular")
BOLD = {"DejaVuSerif": "DejaVuSerif-Bold", "DejaVuSans": "DejaVuSans-Bold"}
WIDTH, HEIGHT = 595.0, 842.0


def _find(face: str) -> Path | None:
    return next((p for folder in FOLDERS for p in Path(folder).rglob(f"{face}.ttf")), None)


def fonts() -> tuple[str, str]:
    """Registers a plain and a bold font, once; skips the test where the system has none."""
    if "Plain" not in pdfmetrics.getRegisteredFontNames():
        face, plain = next(((face, path) for face in FACES if (path := _find(face))), ("", None))
        if plain is None:
            pytest.skip("no font with Vietnamese letters: apt-get install fonts-dejavu-core")
        pdfmetrics.registerFont(TTFont("Plain", str(plain)))
        bold = _find(BOLD.get(face, face.replace("Regular", "Bold")))
        pdfmetrics.registerFont(TTFont("Bold", str(bold or plain)))
    return "Plain", "Bold"


class Pdf:
    """A page at a time, coordinates from the top left; `bytes()` ends it."""

    def __init__(self, width: float = WIDTH, height: float = HEIGHT, **options: object) -> None:
        self.plain, self.bold = fonts()
        self._buffer = io.BytesIO()
        self.canvas = Canvas(self._buffer, pagesize=(width, height), **options)
        self.width, self.height = width, height

    def text(self, x: float, y: float, text: str, size: float = 13, *, bold: bool = False) -> None:
        self.canvas.setFont(self.bold if bold else self.plain, size)
        self.canvas.drawString(x, self.height - y, text)

    def center(self, x: float, y: float, text: str, size: float = 13, *, bold: bool = False) -> None:
        self.canvas.setFont(self.bold if bold else self.plain, size)
        self.canvas.drawCentredString(x, self.height - y, text)

    def paragraph(
        self, y: float, text: str, *, left: float = 80, right: float = 540, indent: float = 28, size: float = 13
    ) -> float:
        """Wrapped as Word wraps it, first line indented; the height where the next one may begin."""
        first, x = True, left + indent
        words = text.split()
        while words:
            line = simpleSplit(" ".join(words), self.plain, size, right - x)[0]
            self.text(x, y, line, size)
            words = words[len(line.split()) :]
            first, x, y = False, left, y + 1.4 * size
        return y

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def page(self) -> None:
        self.canvas.showPage()

    def bytes(self) -> bytes:
        self.canvas.save()
        return self._buffer.getvalue()
