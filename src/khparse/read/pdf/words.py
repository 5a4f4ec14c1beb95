"""Words and ruled lines of a born-digital page, through pdfium's C interface: one call for the text, four for a word.

pypdfium2's own helpers box every character through Python; a word needs its first and its last only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from khparse.errors import LimitError
from khparse.read import limits
from khparse.read.pdf.page import PageContent, Quad, Rule, Turn, Word
from khparse.read.pdf.rules import rules_of
from khparse.read.pdf.setting import Letters, Setting, height_of

# pdfium prints U+FFFE for a hyphen at a line's end and runs the next line on: the word ends there
_TOKEN = re.compile(r"[^\s\x00\ufffe]+\ufffe?|\ufffe")
_LETTER = re.compile(r"[^\s\x00]")
# "án1", "án1,", "án[2]": what may be a footnote's mark, if it is set small
_MARK = re.compile(r"(?:(?<=[^\d\s/.:([-])|(?<=[^\W\d_][.:]))(\d{1,3}|\[\d{1,3}\]|\(\d{1,3}\)|\*{1,3})(?=[^\w]{0,3}$)")
_FIGURE = re.compile(r"[\d*]")
_ON_THE_LINE = False
_END = "\x00"
_SAMPLE = 100  # words of a page that tell which way its text runs
_OPENING_MARK = re.compile(r"(\d{1,3}|\[\d{1,3}\]|\(\d{1,3}\)|\*{1,3})(?=[^\W\d])")


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
    words = _words(page, turn)
    if _interleaved(words):
        words = _words(page, turn, _LETTER)
    return _upright(PageContent(number, width, height, words, list(rules_of(page, turn))))


def _interleaved(words: list[Word]) -> bool:
    """Whether words stand inside other words: letters that a second font drew were put into the stream later."""
    if not _goes_back(words):
        return False
    level: dict[float, list[Word]] = {}
    for word in words:
        level.setdefault(word.bottom, []).append(word)
    for row in level.values():
        row.sort(key=lambda word: word.x0)
        if any(after.x1 < before.x1 and before.text.isalpha() for before, after in pairwise(row)):
            return True
    return False


def _goes_back(words: list[Word]) -> bool:
    """Whether the stream goes back on a line that it had passed."""
    reached: dict[float, float] = {}
    for word in words:
        x0, bottom = word.x0, word.bottom
        if x0 < reached.get(bottom, x0):
            return True
        reached[bottom] = word.x1
    return False


def _upright(page: PageContent) -> PageContent:
    """A page whose text itself runs up or down is turned so that it reads from left to right."""
    if _upside_down(page.words[: 4 * _SAMPLE]):
        return _over(page)
    long_words = [word for word in page.words[:: len(page.words) // _SAMPLE + 1] if len(word.text) > 3]
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


def _upside_down(words: list[Word]) -> bool:
    """Whether lines run from right to left and upwards."""
    if not words or words[0].top <= words[-1].top:
        return False
    steps = [(after.x0 - before.x0, after.top - before.top) for before, after in pairwise(words)]
    along = [across for across, down in steps if abs(down) < 1]
    return len(along) > 4 and sum(across < 0 for across in along) > 0.65 * len(along)


def _over(page: PageContent) -> PageContent:
    """The page turned by half a turn."""
    width, height = page.width, page.height

    def turned(x0: float, top: float, x1: float, bottom: float) -> Quad:
        return width - x1, height - bottom, width - x0, height - top

    words = [_turned(word, turned(*word[1:5])) for word in page.words]
    return PageContent(page.number, width, height, words, [Rule(*turned(*rule)) for rule in page.rules], quarters=2)


def _turned(word: Word, box: Quad) -> Word:
    x0, top, x1, bottom = box
    return word._replace(x0=x0, top=top, x1=x1, bottom=bottom, size=(bottom - top) / height_of(1.0))


def _words(page: Any, turn: Turn, pieces: re.Pattern[str] = _TOKEN) -> list[Word]:
    text_page = page.get_textpage()
    count = text_page.count_chars()
    if count <= 0:
        return []
    if count > limits.PDF_CHARACTERS:
        raise LimitError(f"một trang PDF có hơn {limits.PDF_CHARACTERS:,} ký tự", "hãy in ra PDF mới")
    text = _text(text_page, count) + _END
    letters = Letters(text_page, turn)
    words: list[Word] = []
    for order, match in enumerate(pieces.finditer(text)):
        start, end = match.span()
        token = match.group()
        spaced = text[end] == " "
        if not token.isalpha():
            token = token.replace("\ufffe", "-")
            cut = _mark_in(token, start, letters) if _FIGURE.search(token) else None
            if cut:
                words += _mark(token, start + cut[0], start + cut[1], letters, order)
                token = token[: cut[0]] + token[cut[1] :]
                start, end = (cut[1] + start, end) if cut[0] == 0 else (start, start + cut[0])
        box = letters.box(start, end)
        if box is None:
            continue
        # through tuple itself, and by place: the named tuple's own call costs as much as all the rest
        word = tuple.__new__(Word, (token, *box, *letters.look, _ON_THE_LINE, spaced, order, 1.0))
        if letters.backwards:
            # letters put into the stream later stand in it: rows set them in their places
            words += _each_letter(word, start, end, letters)
        else:
            words.append(word)
    return words


def _each_letter(word: Word, start: int, end: int, letters: Letters) -> Iterator[Word]:
    for index in range(start, end):
        box = letters.box(index, index + 1)
        if box:
            x0, top, x1, bottom = box
            yield word._replace(text=word.text[index - start], x0=x0, top=top, x1=x1, bottom=bottom)


def _mark(token: str, start: int, end: int, letters: Letters, order: int) -> Iterator[Word]:
    box = letters.box(start, end)
    found = _MARK.search(token) or _OPENING_MARK.match(token)
    if box and found:
        yield Word(found[1], *box, letters.look[0], raised=True, order=order)


def _mark_in(token: str, start: int, letters: Letters) -> tuple[int, int] | None:
    """Where in "án1", "án1," or "1Quyết" a footnote's mark stands: figures set smaller than the word, or above it."""
    found = _MARK.search(token) or _OPENING_MARK.match(token)
    if found is None:
        return None
    cut: tuple[int, int] = found.span(1)
    beside = start if cut[0] else start + len(token) - 1
    figures, word = letters.setting(start + cut[0]), letters.setting(beside)
    return cut if figures.named < 0.8 * word.named or _above(figures, word) else None


def _above(figures: Setting, word: Setting) -> bool:
    """Whether figures are set smaller and higher than the word beside them."""
    rise = (figures.x - word.x) * word.head[0] + (figures.y - word.y) * word.head[1]
    return figures.size < word.size and 0.2 * word.size < rise < word.size


def _text(text_page: Any, count: int) -> str:
    """One character for each of pdfium's character indices."""
    text: str = text_page.get_text_range()
    if len(text) == count:
        return text
    unicode_at = pdfium.FPDFText_GetUnicode
    return "".join(chr(code) if (code := unicode_at(text_page, i)) else " " for i in range(count))
