"""How the letters of a born-digital page are set: font style, size and baseline, asked once for each text object.

pypdfium2's ctypes functions build a Python pointer for each answer and a copy of each number: the same C functions,
called with plain addresses, cost half. There are three calls for each word of a page.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import pypdfium2.raw as pdfium

from khparse.read.pdf.page import Quad, Turn

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|[-,]bd|\.vntimeb", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|[-,]it\b", re.IGNORECASE)
_BOLD_WEIGHT = 600
# of a Latin text face, in parts of its size
_ASCENT, _DESCENT = 0.89, 0.22


def _direct(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of pdfium's called with plain numbers; too short to give up the interpreter's lock for."""
    address: Any = ctypes.cast(function, ctypes.c_void_p).value
    called: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *arguments)(address)
    return called


_object_at = _direct(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_origin_of = _direct(
    pdfium.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p
)
_size_at = _direct(pdfium.FPDFText_GetFontSize, ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
_matrix_of = _direct(pdfium.FPDFPageObj_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_font_of = _direct(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p, ctypes.c_void_p)
_box_at = _direct(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


def _numbers(form: Literal["f", "d"], count: int) -> tuple[memoryview[float], int]:
    """Room for so many floats or doubles that pdfium writes, and its address."""
    room = ((ctypes.c_float if form == "f" else ctypes.c_double) * count)()
    return memoryview(room).cast("B").cast(form), ctypes.addressof(room)


class Setting(NamedTuple):
    """How a text object is set: its font's style, its size, where its letters' heads point, and its baseline.

    `low` and `high` are where its words end below and above, as the size says: glyphs' own heights differ.
    """

    bold: bool
    italic: bool
    named: float  # the size that the file names, before the matrix scales it
    size: float  # as printed
    head: tuple[int, int]
    x: float
    y: float
    low: float
    high: float


class Letters:
    """The letters of one page's text, by their place in it."""

    def __init__(self, text_page: Any, turn: Turn) -> None:
        self._turn = turn
        self._raw = text_page.raw
        self._page = ctypes.cast(text_page.raw, ctypes.c_void_p).value
        self._fonts: dict[int, tuple[bool, bool]] = {}
        self._known: dict[int, Setting] = {}
        # pdfium writes the sides of a stretch's first and last letter side by side
        self._sides, self._first_at = _numbers("f", 8)
        self._last_at = self._first_at + 4 * ctypes.sizeof(ctypes.c_float)
        self._matrix, self._matrix_at = _numbers("f", 6)
        self._origin, self._origin_at = _numbers("d", 2)
        self._object: int | None = None
        self.backwards = False  # whether the last stretch, upright, ended left of its first letter
        self.look = (0.0, False, False)  # size, bold, italic of the last stretch
        self._low = self._high = 0.0
        self._upright = self._rightward = True

    def setting(self, index: int) -> Setting:
        """The setting of the letter at `index`."""
        address = _object_at(self._page, index)
        known = self._known.get(address) if address else None
        if known is None:
            known = self._ask(address, index)
            if address:
                self._known[address] = known
        return known

    def box(self, start: int, end: int) -> Quad | None:
        """The box of the letters `[start, end)` on the page as it is shown; `look`, `backwards` tell of the same."""
        address = _object_at(self._page, start)
        if address != self._object or address is None:
            self._enter(address, start)
        if not (_box_at(self._page, start, self._first_at) and _box_at(self._page, end - 1, self._last_at)):
            return None
        left, top, right, bottom, last_left, last_top, last_right, last_bottom = self._sides.tolist()
        self.backwards = False
        if last_left < left - 0.5:
            self.backwards, left, last_right = self._rightward, last_left, max(right, last_right)
        if self._upright:
            return self._turn(left, self._low, last_right, self._high)
        return self._turn(self._low, min(bottom, last_bottom), self._high, max(top, last_top))

    def _enter(self, address: int | None, index: int) -> None:
        setting = self.setting(index)
        self._object = address
        self.look = (setting.size, setting.bold, setting.italic)
        self._low, self._high = setting.low, setting.high
        self._upright, self._rightward = setting.head[1] != 0, setting.head == (0, 1)

    def _ask(self, address: int | None, index: int) -> Setting:
        style, c, d = (False, False), 0.0, 1.0
        if address:
            style = self._style(address, index)
            if _matrix_of(address, self._matrix_at):
                _, _, c, d, _, _ = self._matrix.tolist()
        upright = abs(d) >= abs(c)
        sign = 1 if (d if upright else c) >= 0 else -1
        _origin_of(self._page, index, self._origin_at, self._origin_at + 8)
        x, y = self._origin.tolist()
        named = _size_at(self._page, index)
        size = named * (math.hypot(c, d) or 1.0)
        middle, above, below = y if upright else x, _ASCENT * size, _DESCENT * size
        band = (middle - below, middle + above) if sign > 0 else (middle - above, middle + below)
        return Setting(*style, named, round(size, 1), (0, sign) if upright else (sign, 0), x, y, *band)

    def _style(self, text_object: int, index: int) -> tuple[bool, bool]:
        font = _font_of(text_object)
        if not font:
            return False, False
        if font not in self._fonts:
            self._fonts[font] = self._font_style(font, index)
        return self._fonts[font]

    def _font_style(self, address: int, index: int) -> tuple[bool, bool]:
        font = ctypes.cast(address, pdfium.FPDF_FONT)
        length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
        buffer = ctypes.create_string_buffer(max(length, 1))
        pdfium.FPDFFont_GetBaseFontName(font, buffer, length)
        name = buffer.value.decode("latin-1")
        heavy = pdfium.FPDFText_GetFontWeight(self._raw, index) >= _BOLD_WEIGHT
        return bool(_BOLD.search(name)) or heavy, bool(_ITALIC.search(name))


def height_of(size: float) -> float:
    """How high a word set in this size stands."""
    return (_ASCENT + _DESCENT) * size
