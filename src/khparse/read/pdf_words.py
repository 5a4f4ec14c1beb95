"""Words and ruled lines of a born-digital page, through pdfium's C interface: one call for the text, four for a word.

pypdfium2's own helpers box every character through Python; a word needs its first and its last only.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from khparse.errors import LimitError
from khparse.read import limits
from khparse.read.pdf_page import PageContent, Rule, Word

# pdfium prints U+FFFE for a hyphen at a line's end and runs the next line on: the word ends there
_TOKEN = re.compile(r"[^\s\x00\ufffe]+\ufffe?|\ufffe")
_LETTER = re.compile(r"[^\s\x00]")
# "án1", "án1,", "án[2]": what may be a footnote's mark, if it is set small
_MARK = re.compile(r"(?:(?<=[^\d\s/.:([-])|(?<=[^\W\d_][.:]))(\d{1,3}|\[\d{1,3}\]|\(\d{1,3}\)|\*{1,3})(?=[^\w]{0,3}$)")
_OPENING_MARK = re.compile(r"(\d{1,3}|\[\d{1,3}\]|\(\d{1,3}\)|\*{1,3})(?=[^\W\d])")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|[-,]bd|\.vntimeb", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|[-,]it\b", re.IGNORECASE)
_BOLD_WEIGHT = 600
_ON_THE_LINE = False
# of a Latin text face, in parts of its size
_ASCENT, _DESCENT = 0.89, 0.22
_RULE_THICKNESS = 3.0
_RULE_LENGTH = 4.0

Quad = tuple[float, float, float, float]
Turn = Callable[[float, float, float, float], Quad]


def turning(page: Any) -> tuple[Turn, float, float]:
    """How a page's own coordinates (origin bottom left, unrotated) become points from the top left as displayed."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    width, height = right - left, top - bottom
    turns: tuple[Turn, ...] = (
        lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0),
        lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
        lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom),
        lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0),
    )
    rotation = pdfium.FPDFPage_GetRotation(page) % 4
    return (turns[rotation], *((width, height) if rotation % 2 == 0 else (height, width)))


def read_page(page: Any, number: int) -> PageContent:
    """The page's words in the stream's order and its ruled lines. `page` is a pypdfium2 PdfPage."""
    turn, width, height = turning(page)
    words = list(_words(page, turn))
    if _interleaved(words):
        words = list(_words(page, turn, _LETTER))
    rules = list(_rules(page, turn))
    content = PageContent(number, width, height, words, rules)
    return _upright(content)


def _interleaved(words: list[Word]) -> bool:
    """Whether words stand inside other words: letters that a second font drew were put into the stream later."""
    if not any(len(word.text) <= 2 and not word.text.isascii() and word.text.isalpha() for word in words):
        return False
    level: dict[float, list[Word]] = {}
    for word in words:
        level.setdefault(word.bottom, []).append(word)
    for row in level.values():
        row.sort(key=lambda word: word.x0)
        if any(after.x1 < before.x1 and before.text.isalpha() for before, after in pairwise(row)):
            return True
    return False


def _upright(page: PageContent) -> PageContent:
    """A page whose text itself runs up or down is turned so that it reads from left to right."""
    long_words = [word for word in page.words if len(word.text) > 3]
    standing = [word for word in long_words if word.bottom - word.top > 1.5 * (word.x1 - word.x0)]
    if len(standing) * 2 <= len(long_words) or not standing:
        return page
    steps = [after.top - before.top for before, after in pairwise(page.words)]
    down = sum(step > 0 for step in steps) >= sum(step < 0 for step in steps)
    width, height = page.width, page.height

    def turned(x0: float, top: float, x1: float, bottom: float) -> Quad:
        return (top, width - x1, bottom, width - x0) if down else (height - bottom, x0, height - top, x1)

    return PageContent(
        page.number,
        height,
        width,
        [_turned(word, turned(*word[1:5])) for word in page.words],
        [Rule(*turned(*rule)) for rule in page.rules],
        quarters=1 if down else 3,
    )


def _turned(word: Word, box: Quad) -> Word:
    x0, top, x1, bottom = box
    return word._replace(x0=x0, top=top, x1=x1, bottom=bottom, size=(bottom - top) / (_ASCENT + _DESCENT))


class _Setting(NamedTuple):
    """How a text object is set: its font's style, its size, where its letters' heads point, and its baseline."""

    bold: bool
    italic: bool
    named: float  # the size that the file names, before the matrix scales it
    scale: float
    head: tuple[int, int]
    x: float
    y: float


class _Settings:
    """The setting of each text object of a page, asked once for each."""

    def __init__(self, text_page: Any) -> None:
        self._raw = text_page.raw
        self._fonts: dict[int, tuple[bool, bool]] = {}
        self._known: dict[int, _Setting] = {}

    def at(self, index: int) -> _Setting:
        """The setting of the character at `index`."""
        text_object = pdfium.FPDFText_GetTextObject(self._raw, index)
        if not text_object:
            return self._ask(None, index)
        address = ctypes.addressof(text_object.contents)
        known = self._known.get(address)
        if known is None:
            known = self._known[address] = self._ask(text_object, index)
        return known

    def _ask(self, text_object: Any, index: int) -> _Setting:
        matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
        style = (False, False)
        if text_object:
            pdfium.FPDFPageObj_GetMatrix(text_object, matrix)
            style = self._style(text_object, index)
        upright = abs(matrix.d) >= abs(matrix.c)
        sign = 1 if (matrix.d if upright else matrix.c) >= 0 else -1
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._raw, index, x, y)
        named = pdfium.FPDFText_GetFontSize(self._raw, index)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        return _Setting(*style, named, scale, (0, sign) if upright else (sign, 0), x.value, y.value)

    def _style(self, text_object: Any, index: int) -> tuple[bool, bool]:
        font = pdfium.FPDFTextObj_GetFont(text_object)
        if not font:
            return False, False
        address = ctypes.addressof(font.contents)
        if address not in self._fonts:
            self._fonts[address] = _font_style(font, self._raw, index)
        return self._fonts[address]


def _font_style(font: Any, text_page: Any, index: int) -> tuple[bool, bool]:
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 1))
    pdfium.FPDFFont_GetBaseFontName(font, buffer, length)
    name = buffer.value.decode("latin-1")
    heavy = pdfium.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT
    return bool(_BOLD.search(name)) or heavy, bool(_ITALIC.search(name))


class _Glyphs:
    """Boxes of stretches of characters, as high as the font's size says: glyphs' own heights differ from word to word."""

    def __init__(self, text_page: Any, turn: Turn) -> None:
        self._raw = text_page.raw
        self._turn = turn
        self._first, self._last = pdfium.FS_RECTF(), pdfium.FS_RECTF()
        self.backwards = False  # whether the last character of the last box stood left of its first one
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def box(self, start: int, end: int, size: float, setting: _Setting) -> Quad | None:
        """The box of characters `[start, end)`, set in `size`; None where pdfium knows none."""
        first, last, ask = self._first, self._last, pdfium.FPDFText_GetLooseCharBox
        if not ask(self._raw, start, first):
            return None
        if end - start == 1:
            last = first
        elif not ask(self._raw, end - 1, last):
            return None
        self.backwards = last.left < first.left - 0.5
        above, below = _ASCENT * size, _DESCENT * size
        head, x, y = setting.head, setting.x, setting.y
        if head[1]:
            low, high = (y - below, y + above) if head[1] > 0 else (y - above, y + below)
            return self._turn(min(first.left, last.left), low, max(first.right, last.right), high)
        near, far = (x - below, x + above) if head[0] > 0 else (x - above, x + below)
        return self._turn(near, min(first.bottom, last.bottom), far, max(first.top, last.top))


def _words(page: Any, turn: Turn, pieces: re.Pattern[str] = _TOKEN) -> Iterator[Word]:
    text_page = page.get_textpage()
    count = text_page.count_chars()
    if count <= 0:
        return
    if count > limits.PDF_CHARACTERS:
        raise LimitError(f"một trang PDF có hơn {limits.PDF_CHARACTERS:,} ký tự", "hãy in ra PDF mới")
    text = _text(text_page, count)
    settings, glyphs = _Settings(text_page), _Glyphs(text_page, turn)
    for order, match in enumerate(pieces.finditer(text)):
        start, end = match.span()
        setting = settings.at(start)
        token = match.group()
        spaced = text[end : end + 1] == " "
        if not token.isalpha():
            token = token.replace("\ufffe", "-")
            cut = _mark_in(token, start, settings)
            if cut:
                yield from _mark(token, start + cut[0], start + cut[1], (settings, glyphs), order)
                token = token[: cut[0]] + token[cut[1] :]
                start, end = (cut[1] + start, end) if cut[0] == 0 else (start, start + cut[0])
                setting = settings.at(start)
        size = setting.named * setting.scale
        quad = glyphs.box(start, end, size, setting)
        if quad is None:
            continue
        # by place: names cost more than the rest of it
        word = Word(token, *quad, round(size, 1), setting.bold, setting.italic, _ON_THE_LINE, spaced, order)
        if glyphs.backwards and setting.head == (0, 1):
            # letters put into the stream later stand in it: rows set them in their places
            yield from _letters(word, start, end, (settings, glyphs))
        else:
            yield word


def _letters(word: Word, start: int, end: int, page: tuple[_Settings, _Glyphs]) -> Iterator[Word]:
    for index in range(start, end):
        quad = page[1].box(index, index + 1, word.size, page[0].at(index))
        if quad:
            x0, top, x1, bottom = quad
            yield word._replace(text=word.text[index - start], x0=x0, top=top, x1=x1, bottom=bottom)


def _mark(token: str, start: int, end: int, page: tuple[_Settings, _Glyphs], order: int) -> Iterator[Word]:
    setting = page[0].at(start)
    size = setting.named * setting.scale
    box = page[1].box(start, end, size, setting)
    found = _MARK.search(token) or _OPENING_MARK.match(token)
    if box and found:
        yield Word(found[1], *box, round(size, 1), raised=True, order=order)


def _mark_in(token: str, start: int, settings: _Settings) -> tuple[int, int] | None:
    """Where in "án1", "án1," or "1Quyết" a footnote's mark stands: figures set smaller than the word, or above it."""
    found = _MARK.search(token) or _OPENING_MARK.match(token)
    if found is None:
        return None
    cut: tuple[int, int] = found.span(1)
    beside = start if cut[0] else start + len(token) - 1
    figures, word = settings.at(start + cut[0]), settings.at(beside)
    return cut if figures.named < 0.8 * word.named or _above(figures, word) else None


def _above(figures: _Setting, word: _Setting) -> bool:
    """Whether figures are set smaller and higher than the word beside them."""
    rise = (figures.x - word.x) * word.head[0] + (figures.y - word.y) * word.head[1]
    size = word.named * word.scale
    return figures.named * figures.scale < size and 0.2 * size < rise < size


def _text(text_page: Any, count: int) -> str:
    """One character for each of pdfium's character indices."""
    text: str = text_page.get_text_range()
    if len(text) == count:
        return text
    unicode_at = pdfium.FPDFText_GetUnicode
    return "".join(chr(code) if (code := unicode_at(text_page, i)) else " " for i in range(count))


def _rules(page: Any, turn: Turn) -> Iterator[Rule]:
    for index in range(min(pdfium.FPDFPage_CountObjects(page), limits.PDF_OBJECTS)):
        yield from _object_rules(pdfium.FPDFPage_GetObject(page, index), turn, 0)


def _object_rules(item: Any, turn: Turn, depth: int) -> Iterator[Rule]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 3:
        for index in range(min(pdfium.FPDFFormObj_CountObjects(item), 5000)):
            yield from _object_rules(pdfium.FPDFFormObj_GetObject(item, index), turn, depth + 1)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        for x0, y0, x1, y1 in _strokes(item):
            yield Rule(*turn(x0, y0, x1, y1))


def _strokes(path: Any) -> Iterator[Quad]:
    """Thin straight parts of a path: the path itself where it is thin, else its sides."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return
    box = (left.value, bottom.value, right.value, top.value)
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) <= _RULE_THICKNESS:
        if max(width, height) >= _RULE_LENGTH:
            yield box
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    count = pdfium.FPDFPath_CountSegments(path)
    # one filled rectangle is a shade behind the text; many in one path are drawn rules
    if count > 20_000 or not (stroke.value or count > 5):
        return
    yield from _sides(path, count, filled=not stroke.value)


def _sides(path: Any, count: int, *, filled: bool) -> Iterator[Quad]:
    for points in _subpaths(path, count):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if filled:
            if min(box[2] - box[0], box[3] - box[1]) <= _RULE_THICKNESS <= max(box[2] - box[0], box[3] - box[1]):
                yield box
            continue
        for (xa, ya), (xb, yb) in pairwise(points):
            if min(abs(xa - xb), abs(ya - yb)) < 1.0 and max(abs(xa - xb), abs(ya - yb)) >= _RULE_LENGTH:
                yield (min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _subpaths(path: Any, count: int) -> Iterator[list[tuple[float, float]]]:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points
