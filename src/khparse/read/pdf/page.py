"""What stands on one page, however it got there (pdfium, tesseract): words, ruled lines, size. Points from top left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

Quad = tuple[float, float, float, float]
Turn = Callable[[float, float, float, float], Quad]


class Word(NamedTuple):
    """A run of printed characters without a blank.

    `order` is its place in the source's own stream, `spaced` says that the source prints a blank after it, `raised`
    that it is set small above the line (a footnote's mark, an exponent), `confidence` is OCR's (1.0 for digital text).
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    italic: bool = False
    raised: bool = False
    spaced: bool = False
    order: int = 0
    confidence: float = 1.0


class Rule(NamedTuple):
    """A ruled line, thin whichever way it runs: horizontal where it is wider than high."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(slots=True)
class PageContent:
    """One page's words and rules, before anything is known of what they mean.

    A scan's words stand as on its picture turned left by `quarters` right angles and then by `tilt` degrees.
    """

    number: int
    width: float
    height: float
    words: list[Word]
    rules: list[Rule] = field(default_factory=list)
    ocr: bool = False
    tilt: float = 0.0
    quarters: int = 0


class _Facts(NamedTuple):
    """What is asked of a line again and again, and for how many words it was made."""

    words: int
    text: str
    size: float
    bold: bool
    italic: bool


def _facts_of(words: list[Word]) -> _Facts:
    text = " ".join([word.text for word in words])
    looks = {word[5:9] for word in words}  # size, bold, italic, raised
    if len(looks) == 1:
        size, bold, italic, raised = looks.pop()
        if not raised:
            return _Facts(len(words), text, size, bold, italic)
    if any(word.raised for word in words):
        text = "".join(("" if word.raised else " ") + word.text for word in words).strip()
    size = max(words, key=_length).size
    return _Facts(len(words), text, size, all(word.bold for word in words), all(word.italic for word in words))


def _length(word: Word) -> int:
    return len(word.text)


@dataclass(slots=True)
class Line:
    """One printed line of one column; `left` and `right` are the edges between which its column is set."""

    words: list[Word]
    x0: float
    top: float
    x1: float
    bottom: float
    page: int
    left: float = 0.0
    right: float = 0.0
    marks: tuple[str, ...] = ()  # of footnotes, in place of the small figures printed there
    _known: _Facts | None = None

    @property
    def size(self) -> float:
        """The size of its longest word, as of most of its letters."""
        return self._facts().size

    @property
    def bold(self) -> bool:
        """Whether every word is bold."""
        return self._facts().bold

    @property
    def italic(self) -> bool:
        """Whether every word is italic."""
        return self._facts().italic

    @property
    def text(self) -> str:
        """Its words with single blanks; an exponent stays with its word: "m2"."""
        return self._facts().text

    def _facts(self) -> _Facts:
        known = self._known
        if known is None or known.words != len(self.words):
            known = self._known = _facts_of(self.words)
        return known

    @property
    def centered(self) -> bool:
        """Whether it stands in the middle of its column, away from both edges."""
        before, after = self.x0 - self.left, self.right - self.x1
        return before > 10 and abs(before - after) < 7.0


@dataclass(slots=True)
class Run:
    """Lines of one column in reading order; the body runs on from page to page, a column stands for itself."""

    lines: list[Line]
    column: bool = False


def line_of(words: list[Word], page: int) -> Line:
    """The line that these words make, left to right."""
    words.sort(key=lambda word: word.x0)
    return Line(
        words,
        words[0].x0,
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
        page,
    )
